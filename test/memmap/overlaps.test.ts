/** The sweep finds what comparing every pair finds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayoutNode, Region } from '../../server/src/memmap/layout';
import { everyPartOf, overlapsAmong, type Part } from '../../server/src/memmap/overlaps/overlaps';
import { placeOf } from '../../server/src/memmap/places';
import { intersection } from '../../server/src/range';
import { workspace } from './workspace';

const NODE = workspace(
  new Map([
    [
      'os0/kexec/firmware_memmap.c',
      'unsigned long mint_region3_start = 0x20000000, mint_region3_size = 0x1000; void f(void) {}',
    ],
  ]),
).layout.nodes[0];

function partsFrom(ranges: readonly (readonly [number, number])[]): readonly Part[] {
  const node: LayoutNode | undefined = NODE;
  const region: Region | undefined = node?.regions[0];
  if (!node || !region) throw new Error('the fixture has no region');
  return ranges.map(([start, size]) => ({
    node,
    name: region.name,
    region,
    type: 'ram',
    place: { start: placeOf(region.start, node), end: placeOf(region.size, node) },
    range: { start: BigInt(start), end: BigInt(start + size) },
  }));
}

const ranges = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })), { maxLength: 30 });

describe('overlaps by sweeping', () => {
  it('are those of all pairs, in their order', () => {
    fc.assert(
      fc.property(ranges, (given) => {
        const parts = partsFrom(given);
        const pairs = parts.flatMap((a, i) =>
          parts.slice(i + 1).flatMap((b) => {
            const range = intersection(a.range, b.range);
            return range ? [{ a, b, range }] : [];
          }),
        );
        const found = overlapsAmong(parts, () => true);
        expect(found.map(({ range }) => range)).toEqual(pairs.map(({ range }) => range));
        expect(found.every((overlap, i) => overlap.a === pairs[i]?.a && overlap.b === pairs[i]?.b)).toBe(
          true,
        );
      }),
    );
  });

  it('end where everything lies on everything', () => {
    const count = (parts: number) =>
      overlapsAmong(partsFrom(Array.from({ length: parts }, () => [0, 10] as const)), () => true).length;
    expect(count(200)).toBe((200 * 199) / 2);
    expect(count(2_000)).toBeGreaterThanOrEqual(20_000);
    expect(count(2_000)).toBeLessThan(22_000);
  });
});

it('a range stands where it is written, or else at the beginning of the file', () => {
  const text = (member: string) => `#define OSID 0
struct memory_range { unsigned long long start, end; unsigned type; };
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	${member}
	*ranges = 1;
	return 0;
}
`;
  const placesOf = (member: string) => {
    const files = new Map([['os0/kexec/firmware_memmap.c', text(member)]]);
    const space = workspace(files, { nodeCount: 1 });
    const parts = space.layout.nodes.flatMap(everyPartOf);
    return parts.map(({ name, place }) => [name, space.text(place.start), space.text(place.end)]);
  };
  expect(placesOf('range->start = 0x1000; range->end = 0x1fff;')).toEqual([['range[0]', '0x1000', '0x1fff']]);
  expect(placesOf('range->end = 0x1fff;')).toEqual([['range[0]', '', '0x1fff']]);
  expect(placesOf('range->type = 0;')).toEqual([['range[0]', '', '']]);
});
