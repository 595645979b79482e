/** What the table that kexec gets says counts where the variables of regions say something else. */
import { describe, expect, it } from 'vitest';
import { extendRegion, isFix } from '../../server/src/memmap/fixes/move-end';
import { watchFixes } from '../../server/src/memmap/fixes/watch/watch';
import { formatRange } from '../../server/src/range';
import { summaryOf } from '../../server/src/service/summary';
import { workspace } from './workspace';

/**
 * @param end of region 3's range in the table, inclusive
 * @param more statements before the table is filled
 * @param rows statements that fill more of it
 */
function tree(end: string, more = '', rows = ''): string {
  return `struct memory_range { unsigned long long start, end; unsigned type; };
enum { RANGE_RAM, RANGE_RESERVED };
int firmware_says(void);
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	unsigned long long mint_region3_start, mint_region3_size;
	int i = 0;
	mint_region3_start = 0x20000000ULL + OSID * 0x18000000ULL;
	mint_region3_size = 0x18000000;
	${more}
	range[i].start = mint_region3_start;
	range[i].end = ${end};
	range[i].type = RANGE_RAM;
	i++;
	${rows}
	*ranges = i;
	return 0;
}
`;
}

const SIZED = 'mint_region3_start + mint_region3_size - 1';
const FIXED = 'mint_region3_start + 0x18000000 - 1';
const spaceOf = (text: string) =>
  workspace(new Map([['mint/kexec/firmware_memmap.c', text]]), { nodeCount: 3 });

const NOT_EXACT = 'There is no single edit that changes the region so and nothing else.';

/** What region the fix promises for node 0, or why there is none. */
function extended(text: string, region = 'region3', address = 0x68000000n): string {
  const { context, english } = spaceOf(text);
  const fix = extendRegion(context, 0, region, address);
  if (!isFix(fix)) return english(fix).replace(region, 'the region');
  return fix.promise ? formatRange(fix.promise.range) : 'nothing';
}

describe('an edit of a size', () => {
  it('is offered where the table follows it', () => {
    expect(extended(tree(SIZED))).toBe('0x20000000–0x68000000');
  });

  it('is not where kexec would get the same as before', () => {
    expect(extended(tree(FIXED))).toBe(NOT_EXACT);
  });

  it('is not where the table would not be known any more', () => {
    const unknown = 'if (mint_region3_size > 0x18000000) *ranges = firmware_says(); else *ranges = i;';
    expect(extended(tree(SIZED).replace('*ranges = i;', unknown))).toBe(NOT_EXACT);
  });

  it('is not where another range would change with it, and is where the others stay', () => {
    const row = (last: string) => `range[i++] = (struct memory_range){ 0x1000000, ${last}, RANGE_RAM };`;
    expect(extended(tree(SIZED, '', row('0x1ffffff')))).toBe('0x20000000–0x68000000');
    expect(extended(tree(SIZED, '', row('0x1000000 + mint_region3_size / 64')))).toBe(NOT_EXACT);
  });

  it('is where what is cut out of the region goes along, or what is watched in it stays and is given back', () => {
    const reserved = (start: string, last: string) =>
      `range[i++] = (struct memory_range){ ${start}, ${last}, RANGE_RESERVED };`;
    const end = 'mint_region3_start + mint_region3_size';
    const hole = tree(SIZED, '', reserved(`${end} - 0x1000`, `${end} - 1`));
    expect(extended(hole)).toBe('0x20000000–0x68000000');
    expect(extended(hole, 'region3', 0x30000000n)).toBe('0x20000000–0x30000000');
    const watched = tree(SIZED, '', reserved('0x34000000 + OSID * 0x18000000ULL', '0x3bffffff + OSID * 0x18000000ULL')); // biome-ignore format: one line
    expect(extended(watched, 'region3', 0x34000000n)).toBe('0x20000000–0x34000000');
    expect(extended(watched)).toBe(
      'OS node 0 is handed 0x38000000–0x3c000000 as reserved, so it cannot be RAM as well: take that range out of the table first.',
    );
  });

  it('is not where another range would be of another type', () => {
    const type = 'mint_region3_size > 0x18000000 ? RANGE_RESERVED : RANGE_RAM';
    const row = `range[i++] = (struct memory_range){ 0x1000000, 0x1ffffff, ${type} };`;
    expect(extended(tree(SIZED, '', row))).toBe(NOT_EXACT);
  });

  it('is not where kexec gets a part of the region as something else than RAM', () => {
    const upper = tree(SIZED).replace(
      'range[i].start = mint_region3_start',
      'range[i].start = 0x30000000 + OSID * 0x18000000ULL',
    );
    const lower =
      'range[i++] = (struct memory_range){ 0x20000000 + OSID * 0x18000000ULL, 0x2fffffff + OSID * 0x18000000ULL, RANGE_RESERVED };';
    expect(extended(upper.replace('*ranges = i;', `${lower}\n\t*ranges = i;`))).toBe(NOT_EXACT);
  });

  it('is not where it changes what another node gets beside its regions', () => {
    const more =
      'unsigned long long *size = OSID == 0 ? &mint_region3_size : &scratch;\n\t*size = 0x18000000;';
    const row = 'range[i++] = (struct memory_range){ 0x1000000, 0x1000000 + scratch / 64, RANGE_RAM };';
    const at = (last: string) =>
      extended(
        tree(SIZED, more, row.replace('scratch / 64', last)).replace(
          'int i = 0;',
          'int i = 0;\n\tunsigned long long scratch = 0x18000000;',
        ),
      );
    expect(at('0xfff')).toBe('0x20000000–0x68000000');
    expect(at('scratch / 64')).toBe(NOT_EXACT);
  });

  it('of a region that is reserved is offered where its reserved range follows', () => {
    const declared =
      'unsigned long long mint_region2_start, mint_region2_size;\n\tmint_region2_start = 0x8000000 + OSID * 0x8000000ULL;\n\tmint_region2_size = 0x1000000;';
    const row = (last: string) =>
      `range[i++] = (struct memory_range){ mint_region2_start, mint_region2_start + ${last} - 1, RANGE_RESERVED };`;
    const region2 = (last: string) => extended(tree(SIZED, declared, row(last)), 'region2', 0xa000000n);
    expect(region2('mint_region2_size')).toBe('0x8000000–0xa000000');
    expect(region2('0x1000000')).toBe(NOT_EXACT);
  });
});

describe('the summary', () => {
  const summary = (text: string) => summaryOf(spaceOf(text).context, 'en');

  it('counts where the table is known, though a variable is not', () => {
    expect(summary(tree(FIXED, 'mint_region3_size = firmware_says();'))).toBe('3 OS nodes · no overlap');
  });

  it('speaks of regions alone where they stand in for the table', () => {
    expect(summary(tree('firmware_says()'))).toBe('3 OS nodes · no overlap of regions');
  });

  it('is open where neither is known', () => {
    expect(summary(tree(SIZED, 'mint_region3_size = firmware_says();'))).toBe(
      '3 OS nodes · overlaps unknown',
    );
  });
});

it('watching is evaluated once for a node, however often it is asked for', () => {
  const { context, layout } = spaceOf(tree(SIZED));
  const [node] = layout.nodes;
  if (!node) throw new Error('no node');
  const first = watchFixes(context, node);
  expect(first.length).toBeGreaterThan(0);
  expect(watchFixes(context, node).every((fix, index) => fix === first[index])).toBe(true);
});
