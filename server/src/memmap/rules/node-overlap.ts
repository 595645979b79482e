/**
 * Two OS nodes recognize the same memory. Both kernels take it as their own RAM, and each writes over the other's data
 * as soon as its allocator hands that memory out.
 *
 * The finding stands in the tree of the node that reaches too far, at the end to be changed, and names the other node's
 * region as a related place. That is the node whose region all other trees see elsewhere; where they cannot tell, the
 * one with the lower start.
 *
 * Example: in the tree of OS node 0
 * ```c
 * mint_region3_start = mint_memory_start;	// 0x20000000
 * mint_region3_size = 0x48000000;		// up to 0x68000000: nodes 1 and 2 live there
 * ```
 *
 * Remedy: end the region where the other node's begins. The quick fixes do so, or bring back
 * `mint_memory_size - 0x8000000`. An overlap that is wanted is accepted with a reason ("Allow this overlap…"), or better
 * made none: with a range of another type than RAM, as [overlaps](overlaps.md) tells.
 */
import { message } from '../../messages';
import {
  type AddressRange,
  formatHex,
  formatRange,
  formatRoughSize,
  intersection,
  totalLength,
} from '../../range';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import { isFix, moveEnd, moveStart } from '../fixes/move-end';
import { restoreSize } from '../fixes/restore';
import { windowRegion } from '../layout';
import { allowanceOf } from '../overlaps/allowances';
import { allowableOf, type OverlapGroup, overlapGroups, sharedRanges } from '../overlaps/groups';
import { partsOf } from '../overlaps/overlaps';
import type { Draft, Rule } from '../rule';
import { contentsMessage, otherRegions } from '../wording';

export const nodeOverlap: Rule = {
  name: 'node-overlap',
  severity: 'error',
  check: (context) =>
    overlapGroups(
      context,
      context.overlaps.filter((overlap) => !allowanceOf(context, overlap)),
    ).map((group) => draft(context, group)),
};

function draft(context: RuleContext, group: OverlapGroup): Draft {
  const { pairs } = group;
  const [{ blamed, other, side }] = pairs;
  const shared = sharedRanges(group);
  const limit = side === 'end' ? lowest(group) : highest(group);
  return {
    place: blamed.place[side],
    message: message(`rule.node-overlap.${blamed.region ? side : 'range'}`, {
      osid: blamed.node.osid,
      region: blamed.name,
      own: formatRange(blamed.range),
      other: other.node.osid,
      otherRegions: [...new Set(pairs.map((found) => found.other.name))].join(', '),
      ranges: shared.map(formatRange).join(', '),
      size: formatRoughSize(totalLength(shared)),
      contents: contentsMessage(group),
      limit: formatHex(limit),
      now: formatHex(side === 'end' ? blamed.range.end : blamed.range.start),
    }),
    nodes: [blamed.node.osid, other.node.osid],
    related: otherRegions(pairs),
    allowable: allowableOf(group),
    fixes: () => fixes(context, group, limit),
  };
}

function lowest({ pairs }: OverlapGroup): bigint {
  return pairs.map(({ other }) => other.range.start).reduce((a, b) => (a < b ? a : b));
}

function highest({ pairs }: OverlapGroup): bigint {
  return pairs.map(({ other }) => other.range.end).reduce((a, b) => (a > b ? a : b));
}

function fixes(context: RuleContext, { pairs }: OverlapGroup, limit: bigint): readonly Fix[] {
  const [{ blamed, other, side }] = pairs;
  const { node, region } = blamed;
  if (!region) return [];
  if (side === 'start') {
    const moved = moveStart(context, node, region, limit);
    return isFix(moved) && isFree(context, moved, blamed.node.osid) ? [{ ...moved, preferred: true }] : [];
  }
  const restored = region === windowRegion(node) ? restoreSize(context, node) : undefined;
  const shrunk = moveEnd(context, node, region, limit, { osid: other.node.osid, region: other.name });
  const mends = restored?.promise && !intersection(restored.promise.range, other.range);
  return [...(restored && mends ? [restored] : []), ...(isFix(shrunk) ? [shrunk] : [])].map((fix, index) =>
    index === 0 ? { ...fix, preferred: true } : fix,
  );
}

/** Whether the fixed region lies where no other node has memory. */
function isFree(context: RuleContext, fix: Fix, osid: number): boolean {
  const range: AddressRange | undefined = fix.promise?.range;
  const others = partsOf(context.layout.nodes.filter((node) => node.osid !== osid));
  return range !== undefined && others.every((part) => !intersection(part.range, range));
}
