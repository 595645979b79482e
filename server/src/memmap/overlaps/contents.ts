/** What lies in the memory that two OS nodes both recognize. */
import { type AddressRange, intersection, subtract, totalLength } from '../../range';
import type { LayoutNode } from '../layout';
import type { Overlap } from './overlaps';

export interface OverlapContents {
  /** Kernel text of one of the two nodes. */
  readonly kernelTexts: readonly { readonly node: LayoutNode; readonly range: AddressRange }[];
  /** The rest, in bytes. */
  readonly rest: bigint;
}

export function contentsOf({ a, b, range }: Overlap): OverlapContents {
  const kernelTexts = [a.node, b.node].flatMap((node) => {
    const text = node.evidence.kernelText && intersection(node.evidence.kernelText.range, range);
    return text ? [{ node, range: text }] : [];
  });
  const others = subtract(
    [range],
    kernelTexts.map((text) => text.range),
  );
  return { kernelTexts, rest: totalLength(others) };
}
