/**
 * Two OS nodes recognize the same memory, and kexec-mint.json allows it, with a reason. It is shown so that nobody
 * forgets it: for the two kernels it is an overlap like any other.
 *
 * Example: `"allowOverlaps": [{ "nodes": [0, 2], "regions": ["region3", "region3"], "reason": "…" }]`
 *
 * Remedy: none needed. [Overlaps](overlaps.md) says what follows from it.
 */
import { message } from '../../messages';
import { formatRange, formatRoughSize, totalLength } from '../../range';
import { allowanceOf } from '../overlaps/allowances';
import { type OverlapGroup, overlapGroups, sharedRanges } from '../overlaps/groups';
import type { Draft, Rule } from '../rule';
import { contentsMessage, otherRegions } from '../wording';

export const allowedOverlap: Rule = {
  name: 'allowed-overlap',
  severity: 'information',
  check: (context) =>
    overlapGroups(
      context,
      context.overlaps.filter((overlap) => allowanceOf(context, overlap)),
    ).map(draft),
};

function draft(group: OverlapGroup): Draft {
  const [{ blamed, other, side }] = group.pairs;
  const shared = sharedRanges(group);
  return {
    place: blamed.place[side],
    message: message('rule.allowed-overlap', {
      osid: blamed.node.osid,
      region: blamed.name,
      other: other.node.osid,
      ranges: shared.map(formatRange).join(', '),
      size: formatRoughSize(totalLength(shared)),
      contents: contentsMessage(group),
      reason: group.reason ?? '',
    }),
    nodes: [blamed.node.osid, other.node.osid],
    related: otherRegions(group.pairs),
  };
}
