/** Ways in which a tree's code may hand Mint's regions to kexec, as whole trees that gcc compiles. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const sample = join(import.meta.dirname, '../../samples/three-nodes');
const header = (osid: number, name: string) =>
  readFileSync(join(sample, `kexec-mint-os${osid}/kexec/${name}`), 'utf8');

const MINT_LINES = `	/* Modify following three params to setup memmap */
	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;
`;

export interface Style {
  readonly name: string;
  /** Before get_firmware_memmap_ranges(). */
  readonly before?: string;
  readonly parameters?: string;
  /** Behind Mint's lines. */
  readonly code: string;
  /** The lines that watching OS nodes 1 and 2 adds, as a person would write them; undefined: it cannot be added. */
  readonly added: readonly string[] | undefined;
}

const SORT = '	qsort(range, *ranges, sizeof(*range), by_start);';
const DIRECT = [
  'range[i].start = 0x38000000;',
  'range[i].end = 0x68000000 - 1;',
  'range[i].type = RANGE_RESERVED;',
  'i++;',
];
const IN_PLACE = [
  'range[*ranges].start = 0x38000000;',
  'range[*ranges].end = 0x68000000 - 1;',
  'range[*ranges].type = RANGE_RESERVED;',
  '(*ranges)++;',
];

const members = (index: string, region: number, next = '') =>
  `	range[${index}].start = mint_region${region}_start;
	range[${index}].end = mint_region${region}_start + mint_region${region}_size - 1;
	range[${index}].type = RANGE_RAM;${next}`;

export const STYLES: readonly Style[] = [
  {
    name: 'numbered entries, the number set behind them',
    code: `${[1, 2, 3].map((region) => members(`${region - 1}`, region)).join('\n')}
	i = 3;

	/* the caller's */
	*ranges = i;
${SORT}`,
    added: DIRECT,
  },
  {
    name: 'entries counted one by one, a comment behind the last',
    code: `${[1, 2, 3].map((region) => members('i', region, '\n\ti++;')).join('\n')}	/* region 3 */
	*ranges = i;
${SORT}`,
    added: DIRECT,
  },
  {
    name: 'a fixed number of entries',
    code: `	(void)i;
${[1, 2, 3].map((region) => members(`${region - 1}`, region)).join('\n')}
	*ranges = 3;`,
    added: IN_PLACE,
  },
  {
    name: 'a helper that takes the type',
    before: `static void add(struct memory_range *range, size_t *count, unsigned type,
		unsigned long long start, unsigned long long end)
{
	range[*count].start = start;
	range[*count].end = end;
	range[(*count)++].type = type;
}
`,
    code: `	add(range, &i, RANGE_RAM, mint_region1_start, mint_region1_start + mint_region1_size - 1);
	add(range, &i, RANGE_RAM, mint_region2_start, mint_region2_start + mint_region2_size - 1);
	add(range, &i, RANGE_RAM,
	    mint_region3_start,
	    mint_region3_start + mint_region3_size - 1);
	*ranges = i;
${SORT}`,
    added: ['add(range, &i, RANGE_RESERVED,', '    0x38000000,', '    0x38000000 + 0x30000000 - 1);'],
  },
  {
    name: 'a helper that returns the next index',
    before: `static size_t add(struct memory_range *range, size_t at, unsigned long start, unsigned long size)
{
	range[at].start = start;
	range[at].end = (unsigned long long)start + size - 1;
	range[at].type = RANGE_RAM;
	return at + 1;
}
`,
    code: `	i = add(range, i, mint_region1_start, mint_region1_size);
	i = add(range, i, mint_region2_start, mint_region2_size);
	i = add(range, i, mint_region3_start, mint_region3_size);
	*ranges = i;
${SORT}`,
    added: ['i = add(range, i, 0x38000000, 0x30000000);', 'range[i - 1].type = RANGE_RESERVED;'],
  },
  {
    name: 'a helper that counts in the result',
    before: `static void add(struct memory_range *range, size_t *ranges, unsigned long start, unsigned long size)
{
	range[*ranges].start = start;
	range[*ranges].end = (unsigned long long)start + size - 1;
	range[*ranges].type = RANGE_RAM;
	++*ranges;
}
`,
    code: `	*ranges = i;
	add(range, ranges, mint_region1_start, mint_region1_size);
	add(range, ranges, mint_region2_start, mint_region2_size);
	add(range, ranges, mint_region3_start, mint_region3_size);
${SORT}`,
    added: ['add(range, ranges, 0x38000000, 0x30000000);', 'range[*ranges - 1].type = RANGE_RESERVED;'],
  },
  {
    name: 'calls in one condition',
    before: `static int add(struct memory_range *range, size_t *at, unsigned long start, unsigned long size)
{
	range[*at].start = start;
	range[*at].end = (unsigned long long)start + size - 1;
	range[(*at)++].type = RANGE_RAM;
	return 0;
}
`,
    code: `	if(add(range, &i, mint_region1_start, mint_region1_size) ||
	   add(range, &i, mint_region2_start, mint_region2_size) ||
	   add(range, &i, mint_region3_start,  
	       mint_region3_size))
		return -1;
	*ranges = i;
${SORT}`,
    added: [
      'if (add(range, &i, 0x38000000, 0x30000000))',
      '\treturn -1;',
      'range[i - 1].type = RANGE_RESERVED;',
    ],
  },
  {
    name: 'a call under a condition',
    before: `static void add(struct memory_range *range, size_t *at, unsigned type, unsigned long start, unsigned long size)
{
	range[*at].start = start;
	range[*at].end = (unsigned long long)start + size - 1;
	range[(*at)++].type = type;
}
`,
    code: `	add(range, &i, RANGE_RAM, mint_region1_start, mint_region1_size);
	add(range, &i, RANGE_RAM, mint_region2_start, mint_region2_size);
	if (mint_region3_size > 0)
		add(range, &i, RANGE_RAM, mint_region3_start, mint_region3_size);
	*ranges = i;
${SORT}`,
    added: ['if (0x30000000 > 0)', '\tadd(range, &i, RANGE_RESERVED, 0x38000000, 0x30000000);'],
  },
  {
    name: 'a macro for an entry',
    before: `#define ADD_RANGE(from, size, what) \\
	do { \\
		range[i].start = (from); \\
		range[i].end = (from) + (size) - 1; \\
		range[i].type = (what); \\
		i++; \\
	} while (0)
`,
    code: `	ADD_RANGE(mint_region1_start, mint_region1_size, RANGE_RAM);
	ADD_RANGE(mint_region2_start, mint_region2_size, RANGE_RAM);
	ADD_RANGE(mint_region3_start, mint_region3_size, RANGE_RAM);
	*ranges = i;
${SORT}`,
    added: ['ADD_RANGE(0x38000000, 0x30000000, RANGE_RESERVED);'],
  },
  {
    name: 'a structure assigned as a whole',
    code: `	range[i++] = (struct memory_range){ mint_region1_start, mint_region1_start + mint_region1_size - 1, RANGE_RAM };
	range[i++] = (struct memory_range){ mint_region2_start, mint_region2_start + mint_region2_size - 1, RANGE_RAM };
	range[i++] = (struct memory_range){ mint_region3_start, mint_region3_start + mint_region3_size - 1, RANGE_RAM };
	*ranges = i;
${SORT}`,
    added: ['range[i++] = (struct memory_range){ 0x38000000, 0x38000000 + 0x30000000 - 1, RANGE_RESERVED };'],
  },
  {
    name: 'a loop over the regions',
    code: `	const unsigned long regions[][2] = {
		{ mint_region1_start, mint_region1_size },
		{ mint_region2_start, mint_region2_size },
		{ mint_region3_start, mint_region3_size },
	};
	for (size_t k = 0; k < 3; k++) {
		range[i].start = regions[k][0];
		range[i].end = regions[k][0] + regions[k][1] - 1;
		range[i].type = RANGE_RAM;
		i++;
	}
	*ranges = i;
${SORT}`,
    added: DIRECT,
  },
  {
    name: 'a pointer that moves on',
    code: `	struct memory_range *next = range + i;

	next->start = mint_region1_start;
	next->end = mint_region1_start + mint_region1_size - 1;
	next++->type = RANGE_RAM;
	next->start = mint_region2_start;
	next->end = mint_region2_start + mint_region2_size - 1;
	next++->type = RANGE_RAM;
	next->start = mint_region3_start;
	next->end = mint_region3_start + mint_region3_size - 1;
	next++->type = RANGE_RAM;
	*ranges = next - range;
${SORT}`,
    added: IN_PLACE,
  },
  {
    name: 'sorted before it is counted',
    code: `${[1, 2, 3].map((region) => members('i', region, '\n\ti++;')).join('\n')}
	qsort(range, i, sizeof(*range), by_start);
	*ranges = i;`,
    added: DIRECT,
  },
  {
    name: 'braces and conditions around the entries',
    code: `	if (mint_region3_size > 0) {
${members('i', 1, '\n\ti++;')}
${members('i', 2, '\n\ti++;')}
		{
${members('i', 3, '\n\ti++;')}
		}
	} else {
		return -1;
	}
	*ranges = i;
${SORT}`,
    added: DIRECT,
  },
  {
    name: 'all of it in another function, whose result is returned',
    before: `static int fill(struct memory_range *range, size_t *ranges, size_t i)
{
${[1, 2, 3].map((region) => members('i', region, '\n\ti++;')).join('\n')}
	*ranges = i;
${SORT}
	return 0;
}
`,
    code: '	if (i == 0)\n\t\treturn fill(range, ranges, i);',
    added: undefined,
  },
];

/** The tree's files by their paths in it. */
export function treeOf(style: Style, osid = 0): ReadonlyMap<string, string> {
  const { before = '', code, parameters = 'struct memory_range *range, size_t *ranges' } = style;
  const memmap = `#include <dirent.h>
#include <stdlib.h>

#include "kexec.h"
#include "mint.h"

static int by_start(const void *a, const void *b)
{
	const struct memory_range *left = a, *right = b;

	return (left->start > right->start) - (left->start < right->start);
}

${before}
int get_firmware_memmap_ranges(${parameters})
{
	size_t i = 0;

	(void)by_start;
${MINT_LINES}
${code}
	return 0;
}
`;
  return new Map([
    ['kexec/firmware_memmap.c', memmap],
    ['kexec/mint.h', header(osid, 'mint.h')],
    ['kexec/kexec.h', header(osid, 'kexec.h')],
  ]);
}
