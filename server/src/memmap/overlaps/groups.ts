/** Overlaps as people speak of them: all that one region of an OS node has with one other node. */
import { groupBy } from '../../group-by';
import type { AddressRange } from '../../range';
import type { RuleContext } from '../context';
import type { Allowable } from '../finding';
import { allowanceOf } from './allowances';
import { type Blame, blame } from './blame';
import { contentsOf } from './contents';
import type { Overlap } from './overlaps';

export interface OverlapGroup {
  readonly pairs: readonly [BlamedOverlap, ...BlamedOverlap[]];
  /** Why it is wanted, where the project file allows it. */
  readonly reason: string | undefined;
}

/** An overlap, and which of the two regions is the one to change. */
export interface BlamedOverlap extends Blame {
  readonly overlap: Overlap;
}

/** @param overlaps all of the context's, or those that are wanted */
export function overlapGroups(
  context: RuleContext,
  overlaps: readonly Overlap[] = context.overlaps,
): readonly OverlapGroup[] {
  const found = overlaps.map((overlap) => ({
    pair: { ...blame(context, overlap), overlap },
    allowance: allowanceOf(context, overlap),
  }));
  const groups = groupBy(found, ({ pair: { blamed, other, side }, allowance }) => {
    const nodes = [blamed, other].map((part) => context.layout.nodes.indexOf(part.node));
    return [...nodes, blamed.name, side, allowance?.index].join();
  });
  return [...groups.values()].map(([first, ...others]) => ({
    pairs: [first.pair, ...others.map(({ pair }) => pair)],
    reason: first.allowance?.reason,
  }));
}

/** The memory that a group shares. */
export function sharedRanges({ pairs }: OverlapGroup): readonly AddressRange[] {
  return pairs.map(({ overlap }) => overlap.range);
}

/** What lies in it: kernel texts, and how many bytes more. */
export function groupContents({ pairs }: OverlapGroup) {
  const contents = pairs.map(({ overlap }) => contentsOf(overlap));
  return {
    kernelTexts: contents.flatMap(({ kernelTexts }) => kernelTexts),
    rest: contents.reduce((sum, { rest }) => sum + rest, 0n),
  };
}

/** What an allowance of the group would name. */
export function allowableOf({ pairs }: OverlapGroup): readonly Allowable[] {
  return pairs.flatMap(({ overlap: { a, b } }): Allowable[] =>
    // Ranges that are no regions have no name that lasts.
    a.region && b.region ? [{ nodes: [a.node.osid, b.node.osid], regions: [a.name, b.name] }] : [],
  );
}
