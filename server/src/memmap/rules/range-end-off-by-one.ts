/**
 * A range that kexec gets ends one byte too late. In `struct memory_range` the end is the last address of the range, so
 * that of a start and a size is `start + size - 1`.
 *
 * The kernel takes one byte more than the region has. Linux uses whole pages only, so that often nothing comes of it; but
 * the range shares that byte with the one that begins there, of this node or of the next one.
 *
 * Example:
 * ```c
 * range[i].start = mint_region3_start;
 * range[i].end = mint_region3_start + mint_region3_size;	// one too many
 * ```
 *
 * Remedy: subtract 1; the quick fix does so.
 */
import { groupBy } from '../../group-by';
import { message } from '../../messages';
import { formatHex } from '../../range';
import type { RuleContext } from '../context';
import { subtractOne } from '../fixes/subtract-one';
import type { LayoutNode, MemoryRange } from '../layout';
import { isOneTooLong } from '../memory/memory';
import { placeOfTree } from '../places';
import type { Draft, Rule } from '../rule';
import { listMessage } from '../wording';

export const rangeEndOffByOne: Rule = {
  name: 'range-end-off-by-one',
  severity: 'warning',
  check: (context) => context.layout.nodes.flatMap((node) => draftsOf(context, node)),
};

/** One for each place, as a function may write all ranges at one. */
function draftsOf(context: RuleContext, node: LayoutNode): readonly Draft[] {
  const placed = node.memory.ranges
    .filter(isOneTooLong)
    .map((range) => ({ range, place: range.entry?.end?.place ?? placeOfTree(node.tree) }));
  const groups = groupBy(placed, ({ place: { file, start, end } }) => `${file} ${start} ${end}`);
  return [...groups.values()].map((group) => {
    const [first] = group;
    const ranges = group.map(({ range }) => range);
    return draft(context, node, first.place, [first.range, ...ranges.slice(1)]);
  });
}

function draft(
  context: RuleContext,
  node: LayoutNode,
  place: Draft['place'],
  ranges: readonly [MemoryRange, ...MemoryRange[]],
): Draft {
  const [{ range, region, entry }] = ranges;
  const names = ranges.flatMap((one) => one.region?.name ?? []);
  const example = { start: formatHex(range.start), end: formatHex(range.end - 1n) };
  return {
    place,
    message: message('rule.range-end-off-by-one', { regions: listMessage(names) }),
    nodes: [node.osid],
    related: region?.range
      ? [
          {
            place: entry?.end?.origin ?? place,
            message: message('rule.range-end-off-by-one.example', {
              osid: node.osid,
              region: region.name,
              ...example,
              last: formatHex(region.range.end - 1n),
            }),
          },
        ]
      : [],
    fixes: () => subtractOne(context, node, ranges),
  };
}
