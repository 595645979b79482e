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
 * `mint_memory_size - 0x8000000`.
 */
import { message } from '../../messages';
import { type AddressRange, formatHex, formatRange, formatSize, intersection, lengthOf } from '../../range';
import { type Blame, blame } from '../blame';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import { isFix, moveEnd, moveStart } from '../fixes/move-end';
import { restoreSize } from '../fixes/restore';
import { windowRegion } from '../layout';
import { partsOf } from '../overlaps';
import { placeOf } from '../places';
import type { Draft, Rule } from '../rule';

export const nodeOverlap: Rule = {
  name: 'node-overlap',
  severity: 'error',
  check: (context) => grouped(context).map((overlaps) => draft(context, overlaps)),
};

/** All overlaps that one region of the blamed node has with one other node. */
type Group = readonly [Blame, ...Blame[]];

function grouped(context: RuleContext): readonly Group[] {
  const groups = new Map<string, [Blame, ...Blame[]]>();
  for (const overlap of context.overlaps) {
    const found = blame(context, overlap);
    const { blamed, other, side } = found;
    const nodes = [blamed, other].map((part) => context.layout.nodes.indexOf(part.node));
    const key = [...nodes, blamed.region.name, side].join();
    const group = groups.get(key);
    if (group) group.push(found);
    else groups.set(key, [found]);
  }
  return [...groups.values()];
}

function draft(context: RuleContext, group: Group): Draft {
  const [{ blamed, other, side }] = group;
  const shared = group.flatMap((found) => intersection(found.blamed.range, found.other.range) ?? []);
  const size = shared.reduce((sum, range) => sum + lengthOf(range), 0n);
  const limit = side === 'end' ? lowest(group) : highest(group);
  const quantity = side === 'end' ? blamed.region.size : blamed.region.start;
  return {
    place: placeOf(quantity, blamed.node),
    message: message(side === 'end' ? 'rule.node-overlap.end' : 'rule.node-overlap.start', {
      osid: blamed.node.osid,
      region: blamed.region.name,
      own: formatRange(blamed.range),
      other: other.node.osid,
      otherRegions: [...new Set(group.map((found) => found.other.region.name))].join(', '),
      ranges: shared.map(formatRange).join(', '),
      size: formatSize(size),
      limit: formatHex(limit),
      now: formatHex(side === 'end' ? blamed.range.end : blamed.range.start),
    }),
    nodes: [blamed.node.osid, other.node.osid].sort((a, b) => a - b),
    related: group.map((found) => ({
      place: placeOf(found.other.region.start, found.other.node),
      message: message('rule.node-overlap.other', {
        osid: found.other.node.osid,
        region: found.other.region.name,
        range: formatRange(found.other.range),
      }),
    })),
    fixes: () => fixes(context, group, limit),
  };
}

function lowest(group: Group): bigint {
  return group.map(({ other }) => other.range.start).reduce((a, b) => (a < b ? a : b));
}

function highest(group: Group): bigint {
  return group.map(({ other }) => other.range.end).reduce((a, b) => (a > b ? a : b));
}

function fixes(context: RuleContext, [{ blamed, other, side }]: Group, limit: bigint): readonly Fix[] {
  const { node, region } = blamed;
  if (side === 'start') {
    const moved = moveStart(context, node, region, limit);
    return isFix(moved) && isFree(context, moved, blamed.node.osid) ? [{ ...moved, preferred: true }] : [];
  }
  const restored = region === windowRegion(node) ? restoreSize(context, node) : undefined;
  const shrunk = moveEnd(context, node, region, limit, { osid: other.node.osid, region: other.region.name });
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
