/** What lies in the memory that two OS nodes both recognize. */
import { type AddressRange, intersection, lengthOf, subtract } from '../range';
import type { LayoutNode } from './layout';
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
  return { kernelTexts, rest: others.reduce((sum, other) => sum + lengthOf(other), 0n) };
}

/**
 * Whether kexec puts the node's own kernel into the overlap: it takes the top of the highest RAM that holds the kernel,
 * as kexec-tools 2.0.25 was seen to do.
 */
export function holdsOwnKernel(node: LayoutNode, range: AddressRange): boolean {
  const tops = node.regions.flatMap((region) =>
    region.kind === 'ram' && region.range ? [region.range.end] : [],
  );
  const top = tops.reduce((highest, end) => (end > highest ? end : highest), 0n);
  return top > range.start && top <= range.end;
}
