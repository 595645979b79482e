/**
 * What the kernel is told is not what the regions say. The regions are what people edit and compare; the code behind
 * them makes the table that kexec hands to the kernel, and there a region is missing, has another end, or RAM stands
 * that is no region's.
 *
 * Example:
 * ```c
 * range[2].start = mint_region3_start;
 * range[2].end = mint_region3_start + 0x18000000 - 1;	// whatever mint_region3_size is
 * ```
 *
 * Remedy: make each range of its region's start and size.
 */
import { message } from '../../messages';
import { type AddressRange, formatRange, intersection, sameRange, subtract } from '../../range';
import type { LayoutNode, MemoryRange, Region } from '../layout';
import { withoutSurplus } from '../memory/memory';
import { placeOf, placeOfTree } from '../places';
import { isSet } from '../regions';
import type { Draft, Rule } from '../rule';
import { rangeArgs } from '../wording';

export const rangeDisagreesWithRegion: Rule = {
  name: 'range-disagrees-with-region',
  severity: 'warning',
  check: ({ layout }) => layout.nodes.flatMap(disagreements),
};

type KnownRegion = Region & { readonly range: AddressRange };

function disagreements(node: LayoutNode): readonly Draft[] {
  const { memory, regions } = node;
  if (regions.length === 0) return [];
  // RAM that no region seems to give may be that of one that is not known.
  if (regions.some(({ range, start }) => !range || !isSet(start.watched))) return [];
  const known = regions.filter((region): region is KnownRegion => region.range !== undefined);
  const told = memory.ranges.map(withoutSurplus);
  const missing = known.filter(({ range }) => subtract([range], told).length > 0);
  const ram = memory.ranges.filter(({ type }) => type === 'ram');
  const strange = ram.filter((range) => surplus(range, known).length > 0);
  const pairs = missing.map((region) => ({ region, range: ram.find((one) => standsFor(one, region)) }));
  const paired = new Set(pairs.map(({ range }) => range));
  return [
    ...pairs.map(({ region, range }) =>
      range ? otherwise(node, region, range) : notTold(node, region, subtract([region.range], told)),
    ),
    ...strange
      .filter((range) => !paired.has(range))
      .map((range) => noRegion(node, range, surplus(range, known))),
  ];
}

function surplus(range: MemoryRange, regions: readonly KnownRegion[]): readonly AddressRange[] {
  return subtract(
    [withoutSurplus(range)],
    regions.map((region) => region.range),
  );
}

/** It is no other region's, and holds a part of this one. */
function standsFor({ range, region: own }: MemoryRange, region: KnownRegion): boolean {
  return own === undefined && intersection(range, region.range) !== undefined;
}

function otherwise(node: LayoutNode, region: KnownRegion, { range, entry }: MemoryRange): Draft {
  const differing = range.start === region.range.start ? entry?.end : entry?.start;
  return {
    place: differing?.place ?? placeOfTree(node.tree),
    message: message('rule.range-disagrees-with-region.otherwise', {
      region: region.name,
      own: formatRange(region.range),
      ...rangeArgs(range),
    }),
    nodes: [node.osid],
    related: [regionHere(node, region)],
  };
}

function notTold(node: LayoutNode, region: KnownRegion, missing: readonly AddressRange[]): Draft {
  const isWhole = missing.some((part) => sameRange(part, region.range));
  return {
    place: placeOf(region.size, node),
    message: message(`rule.range-disagrees-with-region.${isWhole ? 'missing' : 'missing-part'}`, {
      region: region.name,
      own: formatRange(region.range),
      missing: missing.map(formatRange).join(', '),
    }),
    nodes: [node.osid],
  };
}

function noRegion(node: LayoutNode, { range, entry }: MemoryRange, left: readonly AddressRange[]): Draft {
  return {
    place: entry?.start?.place ?? placeOfTree(node.tree),
    message: left.some((part) => sameRange(part, range))
      ? message('rule.range-disagrees-with-region.surplus', rangeArgs(range))
      : message('rule.range-disagrees-with-region.partly', {
          ...rangeArgs(range),
          surplus: left.map(formatRange).join(', '),
        }),
    nodes: [node.osid],
  };
}

function regionHere(node: LayoutNode, region: KnownRegion) {
  return {
    place: placeOf(region.size, node),
    message: message('rule.node-overlap.other', {
      osid: node.osid,
      region: region.name,
      range: formatRange(region.range),
    }),
  };
}
