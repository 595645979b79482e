/** What the table that kexec gets says counts where the variables of regions say something else. */
import { describe, expect, it } from 'vitest';
import { extendRegion } from '../../server/src/memmap/fixes/move-end';
import { watchFixes } from '../../server/src/memmap/fixes/watch/watch';
import { summaryOf } from '../../server/src/service/summary';
import { workspace } from './workspace';

/** @param end of region 3's range in the table, inclusive @param more statements before the table is filled */
function tree(end: string, more = ''): string {
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
	*ranges = i;
	return 0;
}
`;
}

const SIZED = 'mint_region3_start + mint_region3_size - 1';
const FIXED = 'mint_region3_start + 0x18000000 - 1';
const spaceOf = (text: string) =>
  workspace(new Map([['mint/kexec/firmware_memmap.c', text]]), { nodeCount: 3 });

describe('an edit of a size', () => {
  it('is offered where the table follows it', () => {
    const fix = extendRegion(spaceOf(tree(SIZED)).context, 0, 'region3', 0x68000000n);
    expect(fix).toHaveProperty('promise.range', { start: 0x20000000n, end: 0x68000000n });
  });

  it('is not where kexec would get the same as before', () => {
    const fix = extendRegion(spaceOf(tree(FIXED)).context, 0, 'region3', 0x68000000n);
    expect(fix).toMatchObject({ id: 'fix.not-exact' });
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
