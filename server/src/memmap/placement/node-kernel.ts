/** Where kexec puts the kernel of an OS node, from what the project file says of it and the memory its tree gives it. */
import type { BzImageHeader } from '../../evidence/bzimage';
import type { NodeFacts } from '../../project/project-file';
import type { AddressRange } from '../../range';
import type { LayoutNode } from '../layout';
import { type KernelImage, type NodeKernel, placeKernel } from './place-kernel';

/** A bzImage that the project file names and that could be read. */
export interface NamedImage {
  readonly file: string;
  readonly header: BzImageHeader;
}

/**
 * What stands for a kernel of which no bzImage is named: it needs 64 MiB. Linux 6.1 as Debian builds it for virtual
 * machines needs 51.5 MiB (0x3378000), for all machines some MiB more.
 */
const USUAL_IMAGE: KernelImage = {
  initSize: 0x4000000n,
  kernelAlignment: 0x200000n,
  prefAddress: 0x1000000n,
  relocatable: true,
  setupSize: 0x4000n,
  payloadSize: 0x1000000n,
  anywhere64: true,
  initrdAddressMax: 0x7fffffffn,
};

type Memory = Pick<LayoutNode, 'memory' | 'regions'>;

/** Undefined where the node's RAM is not known. */
export function nodeKernel(
  node: Memory,
  facts: NodeFacts | undefined,
  named: NamedImage | undefined,
): NodeKernel | undefined {
  const limits = { memMin: facts?.memMin, memMax: facts?.memMax };
  return kernelIn(node, { image: named?.header ?? USUAL_IMAGE, file: named?.file, limits });
}

/** The same kernel in other memory. */
export function kernelIn(node: Memory, kernel: Omit<NodeKernel, 'placement'>): NodeKernel | undefined {
  const ram = knownRam(node);
  return ram && { ...kernel, placement: placeKernel(ram, kernel.image, kernel.limits) };
}

/** All RAM that a node is given; undefined where some of it may not be known. */
function knownRam({ memory, regions }: Memory): readonly AddressRange[] | undefined {
  if (memory.from === 'regions' && regions.some(({ unknown }) => unknown)) return undefined;
  return memory.ranges.flatMap(({ type, range }) => (type === 'ram' ? [range] : []));
}
