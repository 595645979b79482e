/** What the layout says of a node before it is booted. */
import type { BzImageHeader } from '../../evidence/bzimage';
import type { MemoryKind } from '../../evidence/evidence';
import type { LayoutNode, MemoryType } from '../../memmap/layout';
import { placeKernel } from '../../memmap/placement/place-kernel';
import { type Message, message } from '../../messages';
import { type AddressRange, formatHex } from '../../range';
import { SECOND_COMMAND_LINE } from './initramfs';
import { ofKind, type TypedRange } from './memory';

export interface Prediction {
  readonly osid: number;
  /** Each range that the tree gives the node. */
  readonly ranges: readonly TypedRange[];
  /** The memory that the node's kernel takes while it starts; undefined where no RAM of the node holds it. */
  readonly kernel: AddressRange | undefined;
  /** What kexec is to be told besides. */
  readonly kexecOptions: readonly string[];
}

/** What is booted: its size decides where it goes. */
export interface Booted {
  readonly header: BzImageHeader;
  /** Bytes. */
  readonly initrdSize: bigint;
}

/** The prediction, or why the node's memory is not known. */
export function predict(node: LayoutNode, { header, initrdSize }: Booted): Prediction | Message {
  const { osid, memory, regions, facts } = node;
  const unknown = regions.find(({ range }) => !range);
  if (memory.from === 'regions' && unknown) {
    const why = unknown.unknown ?? memory.why;
    return message('boot.unknown', { osid, region: unknown.name, why });
  }
  const ranges = memory.ranges.map(({ range, type }) => ({ ...range, kind: kindOf(type) }));
  // kexec counts the NUL that ends the command line.
  const commandLineSize = BigInt(SECOND_COMMAND_LINE.length + 1);
  const limits = { memMin: facts?.memMin, memMax: facts?.memMax };
  const placement = placeKernel(ofKind(ranges, 'ram'), { ...header, commandLineSize, initrdSize }, limits);
  return {
    osid,
    ranges,
    kernel: placement.kind === 'placed' ? placement.runs : undefined,
    kexecOptions: [
      ...(limits.memMin === undefined ? [] : [`--mem-min=${formatHex(limits.memMin)}`]),
      ...(limits.memMax === undefined ? [] : [`--mem-max=${formatHex(limits.memMax)}`]),
    ],
  };
}

function kindOf(type: MemoryType): MemoryKind {
  if (typeof type === 'number') return 'other';
  return type === 'pmem' ? 'persistent' : type;
}
