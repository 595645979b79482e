/** What the layout says of a node before it is booted. */
import { type BzImageHeader, runtimeRange } from '../../evidence/bzimage';
import type { LayoutNode } from '../../memmap/layout';
import { type Message, message } from '../../messages';
import { type AddressRange, lengthOf } from '../../range';
import { merged, ofKind, type TypedRange } from './memory';

export interface Prediction {
  readonly osid: number;
  /** Each range that the tree gives the node. */
  readonly ranges: readonly TypedRange[];
  /** Where the node's kernel will run; undefined where no RAM of the node holds it. */
  readonly kernelStart: bigint | undefined;
  /** The memory that it takes while it starts. */
  readonly kernelRange: AddressRange | undefined;
  /** Options that kexec is to be run with. */
  readonly kexecOptions: readonly string[];
}

/** Undefined where the memory of the node is not known. */
export function predict(node: LayoutNode, header: BzImageHeader): Prediction | Message {
  const unknown = node.regions.find(({ range }) => !range);
  if (unknown) {
    return message('boot.unknown', {
      osid: node.osid,
      region: unknown.name,
      why: unknown.unknown ?? message('editor.unknown'),
    });
  }
  const ranges = node.regions.flatMap(({ range, kind }) => (range ? [{ ...range, kind }] : []));
  const kernelRange = placed(ofKind(merged(ranges), 'ram'), header);
  return { osid: node.osid, ranges, kernelStart: kernelRange?.start, kernelRange, kexecOptions: [] };
}

function placed(ram: readonly AddressRange[], header: BzImageHeader): AddressRange | undefined {
  const { initSize, kernelAlignment } = header;
  const places = ram.flatMap((range) => {
    if (lengthOf(range) < initSize) return [];
    const start = ((range.end - initSize) / kernelAlignment) * kernelAlignment;
    const runs = runtimeRange(header, start);
    return start >= range.start && runs.end <= range.end ? [runs] : [];
  });
  return places.at(-1);
}
