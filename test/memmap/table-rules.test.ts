/** What is said of tables that do not go with the regions, and where a range ends a byte too late. */
import { describe, expect, it } from 'vitest';
import { workspace } from './workspace';

type Row = readonly [start: string, last: string, type?: string];

const HEAD = `struct memory_range { unsigned long long start, end; unsigned type; };
unsigned long long ask(void);
static unsigned long long region1_start = 0x1000;
unsigned long long mint_region2_start = 0x8000000, mint_region2_size = 0x8000000;
unsigned long long mint_region3_start = 0x20000000, mint_region3_size = 0x18000000;
`;

const fill = (...rows: readonly Row[]) =>
  `${rows.map(([start, last, type = '0'], i) => `range[${i}] = (struct memory_range){ ${start}, ${last}, ${type} };`).join('\n\t')}
	*ranges = ${rows.length};`;

/** What a rule finds in a tree whose function for the table has this body. */
function found(
  rule: string,
  body: string,
  more: ReadonlyMap<string, string> = new Map(),
  nodeCount?: number,
) {
  const osid = nodeCount === undefined ? '#define OSID 0\n' : '';
  const text = `${osid}${HEAD}
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	int i = 0;
	${body}
	return 0;
}
`;
  const files = new Map([['os0/kexec/firmware_memmap.c', text], ...more]);
  const space = workspace(files, nodeCount === undefined ? {} : { nodeCount });
  const own = space.findings.filter((one) => [rule, 'internal-error'].includes(one.rule));
  return own.map(({ place, message, related, fixes }) => ({
    at: space.text(place),
    message: space.english(message),
    related: related.map((one) => `${space.text(one.place)}: ${space.english(one.message)}`),
    fixes: fixes.map(({ title, preferred }) => `${preferred ? '* ' : ''}${space.english(title)}`),
  }));
}

const SECOND: Row = ['mint_region2_start', 'mint_region2_start + mint_region2_size - 1'];
const THIRD: Row = ['mint_region3_start', 'mint_region3_start + mint_region3_size - 1'];

describe('a table that does not go with the regions', () => {
  const disagrees = (...rows: readonly Row[]) => found('range-disagrees-with-region', fill(...rows));
  const told = (...rows: readonly Row[]) => disagrees(...rows).map(({ at, message }) => [at, message]);

  it('has another range in place of one, told at the end that differs', () => {
    expect(disagrees(SECOND, ['0x20000000', '0x2fffffff'])).toEqual([
      {
        at: '0x2fffffff',
        message: expect.stringMatching(
          /region3.*0x20000000–0x38000000.*0x20000000–0x30000000|0x20000000–0x30000000.*region3/,
        ),
        related: [expect.stringContaining('0x18000000: region3 of OS node 0: 0x20000000–0x38000000')],
        fixes: [],
      },
    ]);
    expect(told(SECOND, ['0x28000000', '0x37ffffff']).map(([at]) => at)).toEqual(['0x28000000']);
  });

  it('lacks a region, or parts of it', () => {
    expect(told(SECOND)).toEqual([['0x18000000', expect.stringContaining('0x20000000–0x38000000')]]);
    expect(told(SECOND, ['0x20000000', '0x20ffffff', '1'], ['0x30000000', '0x30ffffff', '1'])).toEqual([
      ['0x18000000', expect.stringMatching(/0x21000000–0x30000000, 0x31000000–0x38000000/)],
    ]);
  });

  it('holds RAM that is no region’s, wholly or in part', () => {
    expect(told(SECOND, THIRD, ['0x40000000', '0x40ffffff'])).toEqual([
      ['0x40000000', expect.stringMatching(/0x40000000–0x41000000.*16 MiB/)],
    ]);
    expect(told(SECOND, ['0x20000000', '0x38ffffff'])).toEqual([
      ['0x20000000', expect.stringMatching(/0x20000000–0x39000000.*0x38000000–0x39000000/)],
    ]);
    expect(told(['0x7000000', '0x10ffffff'], THIRD)).toEqual([
      ['0x7000000', expect.stringMatching(/0x7000000–0x8000000, 0x10000000–0x11000000/)],
    ]);
  });

  it('says each range once', () => {
    expect(told(SECOND, ['0x30000000', '0x3fffffff'])).toHaveLength(1);
  });

  it('may hold what is no RAM beside them, and a region in two ranges', () => {
    expect(told(SECOND, THIRD, ['0x40000000', '0x40ffffff', '1'])).toEqual([]);
    expect(told(SECOND, ['0x20000000', '0x2fffffff'], ['0x30000000', '0x37ffffff'])).toEqual([]);
  });

  it('is not judged while a region is not known', () => {
    const unknown = `mint_region2_size = ask();\n\t${fill(THIRD, ['0x40000000', '0x40ffffff'])}`;
    expect(found('range-disagrees-with-region', unknown)).toEqual([]);
  });

  it('without regions is none', () => {
    const text = `#define OSID 0
struct memory_range { unsigned long long start, end; unsigned type; };
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	${fill(['0x1000', '0x1fff'])}
	return 0;
}
`;
    const space = workspace(new Map([['os0/kexec/firmware_memmap.c', text]]), { nodeCount: 1 });
    expect(space.findings.map(({ rule }) => rule)).toEqual([]);
  });
});

describe('a range that ends a byte too late', () => {
  const late = (body: string, more?: ReadonlyMap<string, string>, nodeCount?: number) =>
    found('range-end-off-by-one', body, more, nodeCount).map(({ at, fixes }) => [at, ...fixes]);
  const LATE: Row = ['mint_region3_start', 'mint_region3_start + mint_region3_size'];
  const MENDED = [
    'mint_region3_start + mint_region3_size',
    '* Subtract 1: `mint_region3_start + mint_region3_size - 1`',
  ];

  it('is ended by subtracting 1', () => {
    expect(late(fill(SECOND, LATE))).toEqual([MENDED]);
    expect(late(fill(SECOND, THIRD))).toEqual([]);
  });

  it('is mended whatever another tree holds', () => {
    const other = `#define OSID 1\n${HEAD.replace('0x20000000', '0x40000000')}
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	*ranges = ask();
	return 0;
}
`;
    expect(late(fill(SECOND, LATE), new Map([['os1/kexec/firmware_memmap.c', other]]))).toEqual([MENDED]);
  });

  it('is left where the same place ends a range that is right', () => {
    const both = `for (i = 0; i < 2; i++) {
		range[i].start = i ? mint_region3_start : mint_region2_start;
		range[i].end = range[i].start + (i ? mint_region3_size : mint_region2_size - 1);
		range[i].type = 0;
	}
	*ranges = 2;`;
    expect(late(both).map(([, ...fixes]) => fixes)).toEqual([[]]);
  });

  it('is left where the next range begins, or has its type, by that end', () => {
    const next = 'range[2].start = range[1].end + 0x1000; range[2].end = 0x3fffffff; *ranges = 3;';
    expect(late(`${fill(SECOND, LATE)} ${next}`).map(([, ...fixes]) => fixes)).toEqual([[]]);
    const type = 'range[2].start = 0x40000000; range[2].end = 0x40ffffff; range[2].type = range[1].end & 1; *ranges = 3;'; // biome-ignore format: one line
    expect(late(`${fill(SECOND, LATE)} ${type}`).map(([, ...fixes]) => fixes)).toEqual([[]]);
  });

  it('is left where the number of ranges rests on that end', () => {
    const count = '*ranges = range[1].end & 1 ? 1 : 2;';
    expect(late(`${fill(SECOND, LATE)} ${count}`).map(([, ...fixes]) => fixes)).toEqual([[]]);
  });

  it('is left where the table would not be known any more, or is not for another node of the tree', () => {
    const unknown = 'if (range[1].end & 1) *ranges = ask();';
    expect(late(`${fill(SECOND, LATE)} ${unknown}`).map(([, ...fixes]) => fixes)).toEqual([[]]);
    const one = 'if (OSID == 1) *ranges = ask();';
    expect(late(`${fill(SECOND, LATE)} ${one}`, new Map(), 2).map(([, ...fixes]) => fixes)).toEqual([[]]);
    expect(late(fill(SECOND, LATE), new Map(), 2)).toEqual([MENDED]);
  });

  it('is ended in parentheses where the expression needs them', () => {
    const shifted: Row = ['mint_region3_start', 'mint_region3_start | mint_region3_size'];
    expect(late(fill(SECOND, shifted))).toEqual([
      [
        'mint_region3_start | mint_region3_size',
        '* Subtract 1: `(mint_region3_start | mint_region3_size) - 1`',
      ],
    ]);
  });
});
