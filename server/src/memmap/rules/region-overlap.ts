/**
 * Two regions of one OS node hold the same memory. The next kernel gets it twice in its memory map.
 *
 * Example:
 * ```c
 * mint_region1_start = 0x0;
 * mint_region1_size = 0x9000000;	// reaches into region 2
 * mint_region2_start = 0x8000000;
 * mint_region2_size = 0x8000000;
 * ```
 *
 * Remedy: end the lower region where the upper one begins; the quick fix does so.
 */
import { message } from '../../messages';
import { formatHex, formatRange } from '../../range';
import type { RuleContext } from '../context';
import { isFix, moveEnd } from '../fixes/move-end';
import { type Overlap, overlapsAmong, type Part, partsOf } from '../overlaps/overlaps';
import type { Draft, Rule } from '../rule';
import { rangeArgs } from '../wording';

export const regionOverlap: Rule = {
  name: 'region-overlap',
  severity: 'error',
  check: (context) =>
    context.layout.nodes.flatMap((node) =>
      overlapsAmong(partsOf([node]), areRegions).map((overlap) => draft(context, overlap)),
    ),
};

/** Ranges that are no regions are told by `ranges-unsorted-or-overlapping`. */
function areRegions(a: Part, b: Part): boolean {
  return a.region !== undefined && b.region !== undefined && a.region !== b.region;
}

function draft(context: RuleContext, { a, b, range }: Overlap): Draft {
  const [lower, upper] = a.range.start <= b.range.start ? [a, b] : [b, a];
  const { node } = lower;
  return {
    place: lower.place.end,
    message: message('rule.region-overlap', {
      region: lower.name,
      own: formatRange(lower.range),
      other: upper.name,
      ...rangeArgs(range),
      limit: formatHex(upper.range.start),
    }),
    nodes: [node.osid],
    related: [
      {
        place: upper.place.start,
        message: message('rule.region-overlap.other', {
          region: upper.name,
          range: formatRange(upper.range),
        }),
      },
    ],
    fixes: () =>
      lower.region ? [moveEnd(context, node, lower.region, upper.range.start)].filter(isFix) : [],
  };
}
