/**
 * The ranges that kexec gets are not in ascending order, or two of them hold the same memory.
 *
 * kexec goes through the table from its beginning and puts a kernel into the last range with room for it. That is the
 * highest one in an ascending table only. Memory that is in two ranges of different types is what the next kernel makes
 * of it. Where two regions overlap, `region-overlap` tells.
 *
 * Example:
 * ```c
 * range[0].start = mint_region3_start;	// 0x20000000
 * range[1].start = mint_region1_start;	// 0x0, behind it
 * *ranges = 2;				// and no qsort()
 * ```
 *
 * Remedy: sort the table when all ranges are in it, as upstream does with `qsort()`; end a range where the next begins.
 */
import { message } from '../../messages';
import { type AddressRange, formatRange, intersection } from '../../range';
import type { LayoutNode, MemoryRange } from '../layout';
import { withoutSurplus } from '../memory/memory';
import { placeOfTree } from '../places';
import { isSet } from '../regions';
import type { Draft, Rule } from '../rule';
import { rangeArgs } from '../wording';

export const rangesUnsortedOrOverlapping: Rule = {
  name: 'ranges-unsorted-or-overlapping',
  severity: 'warning',
  check: ({ layout }) =>
    layout.nodes
      .filter(({ memory }) => memory.from === 'table')
      .flatMap((node) => [...unsorted(node), ...overlapping(node)]),
};

/** The first range that begins below the one before it. */
function unsorted(node: LayoutNode): readonly Draft[] {
  const { ranges } = node.memory;
  const at = ranges.findIndex(({ range }, index) => {
    const before = ranges[index - 1];
    return before !== undefined && range.start < before.range.start;
  });
  const [before, lower] = [ranges[at - 1], ranges[at]];
  if (!before || !lower) return [];
  return [
    {
      place: placeOfRange(node, lower),
      message: message('rule.ranges-unsorted', {
        range: formatRange(lower.range),
        index: lower.entry?.index ?? 0,
        before: formatRange(before.range),
      }),
      nodes: [node.osid],
      related: [{ place: placeOfRange(node, before), message: otherMessage(before) }],
    },
  ];
}

/** Each range that shares memory with one that begins before it and reaches highest. */
function overlapping(node: LayoutNode): readonly Draft[] {
  const ascending = [...node.memory.ranges].sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
  let highest: MemoryRange | undefined;
  return ascending.flatMap((upper) => {
    const lower = highest;
    if (!lower || withoutSurplus(upper).end > withoutSurplus(lower).end) highest = upper;
    const shared = lower && intersection(withoutSurplus(lower), withoutSurplus(upper));
    return shared && !isToldOfRegions(lower, upper) ? [overlap(node, lower, upper, shared)] : [];
  });
}

function overlap(node: LayoutNode, lower: MemoryRange, upper: MemoryRange, shared: AddressRange): Draft {
  return {
    place: placeOfRange(node, upper),
    message: message('rule.ranges-overlapping', {
      own: formatRange(upper.range),
      other: formatRange(lower.range),
      ...rangeArgs(shared),
    }),
    nodes: [node.osid],
    related: [{ place: placeOfRange(node, lower), message: otherMessage(lower) }],
    severity: 'error',
  };
}

/** By `region-overlap`, or by `start-never-assigned` where that is what makes them overlap. */
function isToldOfRegions({ region: a }: MemoryRange, { region: b }: MemoryRange): boolean {
  return (
    [a, b].some((region) => region && !isSet(region.start.watched)) || (a !== undefined && b !== undefined)
  );
}

function placeOfRange(node: LayoutNode, { entry }: MemoryRange) {
  return entry?.start?.origin ?? placeOfTree(node.tree);
}

function otherMessage({ range, entry }: MemoryRange) {
  return message('rule.ranges-unsorted.other', { range: formatRange(range), index: entry?.index ?? 0 });
}
