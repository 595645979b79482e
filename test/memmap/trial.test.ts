/** The layout with one region ending elsewhere, for every move of a mouse. */
import { describe, expect, it } from 'vitest';
import type { RuleContext } from '../../server/src/memmap/context';
import { canMove, tried } from '../../server/src/memmap/trial';
import { formatRange } from '../../server/src/range';
import { rangesOf, workspace } from './workspace';

const START = '0x20000000UL + OSID * 0x18000000UL';
const REGION = 'unsigned long mint_region3_start, mint_region3_size;';

/** Three nodes whose regions stand in for the table: the start and the size of region 3. */
function byRegions(start = START, size = '0x18000000') {
  const set = `mint_region3_start = ${start}; mint_region3_size = ${size};`;
  const text = `${REGION}\nunsigned long ask(void);\nvoid setup(void)\n{\n\t${set}\n}\n`;
  return workspace(new Map([['mint/kexec/firmware_memmap.c', text]]), { nodeCount: 3 });
}

/** Three nodes whose table these rows fill. */
function byTable(...rows: readonly (readonly [start: string, last: string, type: number])[]) {
  const filled = rows.map(([start, last, type], i) => `range[${i}] = (struct memory_range){ ${start}, ${last}, ${type} };`); // biome-ignore format: one line
  const text = `struct memory_range { unsigned long long start, end; unsigned type; };
${REGION}
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	mint_region3_start = ${START};
	mint_region3_size = 0x18000000;
	${filled.join('\n\t')}
	*ranges = ${rows.length};
	return 0;
}
`;
  return workspace(new Map([['mint/kexec/firmware_memmap.c', text]]), { nodeCount: 3 });
}

const OWN = [START, `${START} + 0x17ffffff`, 0] as const;
/** In one row with the region: the 16 MiB below it. */
const MERGED = [`${START} - 0x1000000`, `${START} + 0x17ffffff`, 0] as const;

const ended = ({ context }: { readonly context: RuleContext }, end: bigint, osid = 0) =>
  tried(context, { osid, region: 'region3', end });

const rangesIn = (context: RuleContext | undefined, osid = 0) =>
  context?.layout.nodes[osid]?.memory.ranges.map(({ range, type }) => `${type} ${formatRange(range)}`);

const regionIn = (context: RuleContext | undefined, osid = 0) => {
  const region = context?.layout.nodes[osid]?.regions[0];
  return region && { size: region.size.value, end: region.end, range: region.range, unknown: region.unknown };
};

describe('a region that ends elsewhere', () => {
  it('has that range, and its node that memory; the others are as they were', () => {
    const space = byRegions();
    const after = ended(space, 0x40000000n);
    expect(regionIn(after)).toEqual({
      size: 0x20000000n,
      end: 0x40000000n,
      range: { start: 0x20000000n, end: 0x40000000n },
      unknown: undefined,
    });
    expect(rangesIn(after)).toEqual(['ram 0x20000000–0x40000000']);
    expect(after?.layout.nodes.slice(1)).toEqual(space.layout.nodes.slice(1));
    expect(rangesOf(space)[0]).toEqual({ region3: '0x20000000–0x38000000' });
  });

  it('brings the overlaps that it has then', () => {
    const space = byRegions();
    const overlaps = (end: bigint) => ended(space, end)?.overlaps.map(({ range }) => formatRange(range));
    expect(overlaps(0x40000000n)).toEqual(['0x38000000–0x40000000']);
    expect(overlaps(0x30000000n)).toEqual([]);
    expect(space.context.overlaps).toEqual([]);
  });

  it('is known then, also where its size is not, or is zero', () => {
    const known = { size: 0x1000n, end: 0x20001000n, range: { start: 0x20000000n, end: 0x20001000n }, unknown: undefined }; // biome-ignore format: one line
    for (const size of ['ask()', '0']) {
      const after = ended(byRegions(START, size), 0x20001000n);
      expect(regionIn(after)).toEqual(known);
      expect(rangesIn(after)).toEqual(['ram 0x20000000–0x20001000']);
      expect(after?.layout.nodes[0]?.memory.ranges[0]?.region?.range).toEqual(known.range);
    }
  });

  it('is what the table has of it', () => {
    const after = ended(byTable(OWN, ['0x1000', '0x1fff', 0]), 0x40000000n);
    expect(rangesIn(after)).toEqual(['ram 0x20000000–0x40000000', 'ram 0x1000–0x2000']);
    expect(regionIn(after)).toMatchObject({ end: 0x40000000n });
    expect(after?.layout.nodes[0]?.memory.ranges[0]?.region?.end).toBe(0x40000000n);
  });

  it('ends the range that holds it and more below', () => {
    const after = ended(byTable(MERGED), 0x68000000n, 1);
    expect(rangesIn(after, 1)).toEqual(['ram 0x37000000–0x68000000']);
    expect(after?.layout.nodes[1]?.memory.ranges[0]?.region).toBeUndefined();
    expect(regionIn(after, 1)).toMatchObject({ range: { start: 0x38000000n, end: 0x68000000n } });
  });

  it('is watched as far as it reaches', () => {
    const watching = byTable(OWN, ['OSID == 1 ? 0x10000000 : 0x1000', 'OSID == 1 ? 0x37ffffff : 0xfff', 1]);
    const watched = (end: bigint) => ended(watching, end)?.layout.watches.map(({ range }) => formatRange(range)); // biome-ignore format: one line
    expect(watched(0x30000000n)).toEqual(['0x20000000–0x30000000']);
    expect(watched(0x28000000n)).toEqual(['0x20000000–0x28000000']);
  });
});

describe('there is no trial', () => {
  it('of an end at or below the start, or behind all addresses', () => {
    const space = byRegions();
    expect(ended(space, 0x20000000n)).toBeUndefined();
    expect(ended(space, 0x1fffffffn)).toBeUndefined();
    expect(ended(space, (1n << 64n) + 1n)).toBeUndefined();
    expect(regionIn(ended(space, 0x20000001n))).toMatchObject({ size: 1n });
    expect(regionIn(ended(space, 1n << 64n))).toMatchObject({ end: 1n << 64n });
  });

  it('of a node or a region that is not there, or starts nobody knows where', () => {
    const space = byRegions();
    expect(ended(space, 0x30000000n, 7)).toBeUndefined();
    expect(tried(space.context, { osid: 0, region: 'region4', end: 0x30000000n })).toBeUndefined();
    expect(ended(byRegions('ask() + OSID'), 0x30000000n)).toBeUndefined();
  });

  it('where the table has another end, or the start as well', () => {
    const reaches = (...row: readonly [string, string]) => {
      const space = byTable([...row, 0]);
      const [node] = space.layout.nodes;
      const [region] = node?.regions ?? [];
      const isMoved = ended(space, 0x30000000n) !== undefined;
      expect(node && region && canMove(node, region)).toBe(isMoved);
      return isMoved;
    };
    expect(reaches(OWN[0], OWN[1])).toBe(true);
    expect(reaches(MERGED[0], MERGED[1])).toBe(true);
    expect(reaches('0x20000000', '0x3fffffff')).toBe(false);
    expect(reaches('0x21000000', '0x37ffffff')).toBe(false);
    expect(reaches('0x1000000', '0x1ffffff')).toBe(false);
  });

  it('but where the regions stand in, every region can move', () => {
    const { layout } = byRegions(START, '0');
    const [node] = layout.nodes;
    const [region] = node?.regions ?? [];
    expect(node && region && canMove(node, region)).toBe(true);
  });
});
