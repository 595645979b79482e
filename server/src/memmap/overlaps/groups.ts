/** Overlaps as people speak of them: all that one region of an OS node has with one other node. */
import { type AddressRange, intersection, lengthOf } from '../../range';
import type { RuleContext } from '../context';
import type { Allowable } from '../finding';
import { allowanceOf } from './allowances';
import { type Blame, blame } from './blame';
import { contentsOf } from './contents';
import type { Overlap } from './overlaps';

export interface OverlapGroup {
  readonly overlaps: readonly [Overlap, ...Overlap[]];
  readonly blames: readonly [Blame, ...Blame[]];
  /** Why it is wanted, where the project file allows it. */
  readonly reason: string | undefined;
}

export function overlapGroups(context: RuleContext): readonly OverlapGroup[] {
  const groups = new Map<
    string,
    { overlaps: [Overlap, ...Overlap[]]; blames: [Blame, ...Blame[]]; reason: string | undefined }
  >();
  for (const overlap of context.overlaps) {
    const found = blame(context, overlap);
    const { blamed, other, side } = found;
    const allowance = allowanceOf(context, overlap);
    const nodes = [blamed, other].map((part) => context.layout.nodes.indexOf(part.node));
    const key = [...nodes, blamed.region.name, side, allowance?.index].join();
    const group = groups.get(key);
    if (group) {
      group.overlaps.push(overlap);
      group.blames.push(found);
    } else groups.set(key, { overlaps: [overlap], blames: [found], reason: allowance?.reason });
  }
  return [...groups.values()];
}

/** The memory that a group shares. */
export function sharedRanges({ blames }: OverlapGroup): readonly AddressRange[] {
  return blames.flatMap(({ blamed, other }) => intersection(blamed.range, other.range) ?? []);
}

/** What lies in it: kernel texts, and how many bytes more. */
export function groupContents({ overlaps }: OverlapGroup) {
  const contents = overlaps.map(contentsOf);
  return {
    kernelTexts: contents.flatMap(({ kernelTexts }) => kernelTexts),
    rest: contents.reduce((sum, { rest }) => sum + rest, 0n),
  };
}

/** What an allowance of the group would name. */
export function allowableOf({ overlaps }: OverlapGroup): readonly Allowable[] {
  return overlaps.map(({ a, b }) => ({
    nodes: [a.node.osid, b.node.osid],
    regions: [a.region.name, b.region.name],
  }));
}

export function sizeOf(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((sum, range) => sum + lengthOf(range), 0n);
}
