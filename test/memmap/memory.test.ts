/** A node's memory: the rows of the table beside the regions, and the regions where the table says nothing. */
import { describe, expect, it } from 'vitest';
import { isByRegions } from '../../server/src/memmap/layout';
import { withoutSurplus } from '../../server/src/memmap/memory/memory';
import { formatRange } from '../../server/src/range';
import { workspace } from './workspace';

const REGION = 'unsigned long mint_region1_start = 0x1000, mint_region1_size = 0x1000;';

/** The one node; `rows` are of the table, ends inclusive, types 0 for RAM and 1 for reserved. */
function nodeOf(lines: string, rows: readonly (readonly [start: string, last: string, type: number])[]) {
  const filled = rows.map(([start, last, type], i) => `range[${i}] = (struct memory_range){ ${start}, ${last}, ${type} };`); // biome-ignore format: one line
  return only(`${lines}
struct memory_range { unsigned long long start, end; unsigned type; };
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	${filled.join('\n\t')}
	*ranges = ${rows.length};
	return 0;
}
`);
}

function only(text: string) {
  const { layout } = workspace(new Map([['os0/kexec/firmware_memmap.c', `#define OSID 0\n${text}`]]));
  const [node] = layout.nodes;
  if (!node) throw new Error('no node');
  return node;
}

const ranges = ({ memory }: ReturnType<typeof nodeOf>) =>
  memory.ranges.map((one) => `${one.type} ${formatRange(one.range)} ${one.region?.name}`);

describe('regions', () => {
  const isBy = (text: string) => isByRegions(only(`${REGION}\n${text}`));
  const table = (count: string) =>
    `unsigned long ask(void);\nint get_firmware_memmap_ranges(void *range, unsigned long *ranges) { *ranges = ${count}; return 0; }`;

  it('stand in for a table that is there and not known, and for no other', () => {
    expect(isBy(table('ask()'))).toBe(true);
    expect(isBy('void setup(void) {}')).toBe(false);
    expect(isByRegions(nodeOf(REGION, [['0x1000', '0x1fff', 0]]))).toBe(false);
  });
});

describe('a region', () => {
  it('is of the kind that the table gives it', () => {
    const kinds = (type: number) =>
      nodeOf(REGION, [
        ['0x8000', '0x8fff', 0],
        ['0x1000', '0x1fff', type],
      ]).regions.map(({ kind }) => kind);
    expect(kinds(0)).toEqual(['ram']);
    expect(kinds(1)).toEqual(['reserved']);
    expect(kinds(2)).toEqual(['reserved']);
  });

  it('is what a row has exactly, before what ends one byte sooner', () => {
    const longer = 'unsigned long mint_region2_start = 0x1000, mint_region2_size = 0x1001;';
    expect(ranges(nodeOf(REGION, [['0x1000', '0x2000', 0]]))).toEqual(['ram 0x1000–0x2001 region1']);
    expect(ranges(nodeOf(`${REGION}\n${longer}`, [['0x1000', '0x2000', 0]]))).toEqual([
      'ram 0x1000–0x2001 region2',
    ]);
    expect(ranges(nodeOf(REGION, [['0x1000', '0x2001', 0]]))).toEqual(['ram 0x1000–0x2002 undefined']);
    expect(ranges(nodeOf(REGION, [['0x1000', '0x1ffe', 0]]))).toEqual(['ram 0x1000–0x1fff undefined']);
  });

  it('has no surplus byte, and a range of none keeps what it has', () => {
    const without = (last: string) =>
      nodeOf(REGION, [['0x1000', last, 0]]).memory.ranges.map((one) => formatRange(withoutSurplus(one)));
    expect(without('0x2000')).toEqual(['0x1000–0x2000']);
    expect(without('0x2001')).toEqual(['0x1000–0x2002']);
  });
});

describe('a row', () => {
  it('that ends before it starts holds nothing, one of a byte holds it', () => {
    const rows = [
      ['0x1000', '0x1fff', 0],
      ['0x8000', '0x7fff', 0],
      ['0x9000', '0x9000', 0],
    ] as const;
    expect(ranges(nodeOf(REGION, rows))).toEqual([
      'ram 0x1000–0x2000 region1',
      'ram 0x9000–0x9001 undefined',
    ]);
  });
});

describe('the regions stand in', () => {
  it('where the table holds no RAM', () => {
    expect(nodeOf(REGION, [['0x1000', '0x1fff', 1]]).memory).toMatchObject({
      from: 'regions',
      why: { args: { function: 'get_firmware_memmap_ranges' } },
      isTold: true,
    });
    expect(nodeOf(REGION, [['0x8000', '0x7fff', 0]]).memory.from).toBe('regions');
    expect(nodeOf(REGION, [['0x8000', '0x8000', 0]]).memory.from).toBe('table');
  });

  it('where one of them has a range, and another none', () => {
    const empty = 'unsigned long mint_region2_start = 0x8000, mint_region2_size = argument;';
    const node = nodeOf(`extern unsigned long argument;\n${REGION}\n${empty}`, []);
    expect(ranges(node)).toEqual(['ram 0x1000–0x2000 region1']);
  });

  it('where there is no such function, which nobody is told of', () => {
    expect(only(`${REGION}\nvoid setup(void) { mint_region1_size = 0x1000; }`).memory).toMatchObject({
      from: 'regions',
      isTold: false,
    });
    const unknown = `${REGION}\nint argument(void);\nint get_firmware_memmap_ranges(void *range, unsigned long *ranges)\n{\n\t*ranges = argument();\n\treturn 0;\n}`; // biome-ignore format: one text
    expect(only(unknown).memory).toMatchObject({ from: 'regions', isTold: true });
  });
});
