/** Tables that random code fills, moves and sorts: one program with all of them, compiled by gcc, is the judge. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspace } from './workspace';

const COUNT = 60;
const SEED = 20160929;

const DECLARATIONS = `#include <stdlib.h>
#include <string.h>

struct memory_range { unsigned long long start, end; unsigned type; };

static int by_start(const void *a, const void *b)
{
	const struct memory_range *left = a, *right = b;

	return (left->start > right->start) - (left->start < right->start);
}

static int by_type_downwards(const void *a, const void *b)
{
	const struct memory_range *left = a, *right = b;

	return (int)right->type - (int)left->type;
}

static void swap(struct memory_range *a, struct memory_range *b)
{
	struct memory_range kept = *a;

	*a = *b;
	*b = kept;
}
`;

const address = fc.integer({ min: 0, max: 0x1000 }).map((pages) => `0x${(pages * 0x100000).toString(16)}`);
const type = fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 6, 11);

/** A statement, with `n` for the number of ranges so far; it leaves the table alone where that is too small. */
const statement = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(address, type).map(([start, kind]) => add(start, kind)) },
  fc.tuple(address, type).map(([start, kind]) => structure(start, kind)),
  address.map((start) => insert(start)),
  fc.constant('qsort(range, n, sizeof(*range), by_start);'),
  fc.constant('qsort(range, n, sizeof(range[0]), by_type_downwards);'),
  fc.constant('if (n > 1) swap(&range[0], &range[n - 1]);'),
  fc.constant('if (n > 2) { memmove(range + 1, range + 2, (n - 2) * sizeof(*range)); n--; }'),
  fc.constant('for (int k = 0; k < n; k++) range[k].end += 0x1000;'),
  fc.constant('for (struct memory_range *r = range; r < range + n; r++) r->type ^= 1;'),
  fc.constant('if (n > 0 && OSID == 1) memset(&range[n - 1], 0, sizeof(range[0]));'),
);

function add(start: string, kind: number): string {
  return `range[n].start = ${start}; range[n].end = range[n].start + 0xfffff; range[n++].type = ${kind};`;
}

function structure(start: string, kind: number): string {
  return `range[n++] = (struct memory_range){ ${start}, ${start} + 0x1fffffull, ${kind} };`;
}

function insert(start: string): string {
  return `memmove(&range[1], range, n++ * sizeof(*range)); *range = (struct memory_range){ .start = ${start} };`;
}

const program = fc.array(statement, { minLength: 1, maxLength: 14 });

function definition(name: string, statements: readonly string[]): string {
  const lines = statements.map((text) => `	${text}\n`).join('');
  return `int ${name}(struct memory_range *range, size_t *ranges)\n{\n	int n = 0;\n\n${lines}	*ranges = n;\n	return 0;\n}\n`;
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-random-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What each program's table holds for an OSID, `start end type` with the end as in the table. */
function gccSays(programs: readonly (readonly string[])[], osid: number): readonly string[] {
  const calls = programs.map((_, index) => `	print(table_${index});\n`).join('');
  const text = `#include <stdio.h>
${DECLARATIONS}
${programs.map((statements, index) => definition(`table_${index}`, statements)).join('\n')}
static void print(int (*fill)(struct memory_range *, size_t *))
{
	static struct memory_range range[2048];
	size_t count = 2048;

	memset(range, 0, sizeof(range));
	fill(range, &count);
	for (size_t k = 0; k < count; k++)
		printf("%llx %llx %u,", range[k].start, range[k].end, range[k].type);
	puts("");
}

int main(void)
{
${calls}	return 0;
}
`;
  const source = join(folder, `tables-${osid}.c`);
  writeFileSync(source, text);
  execFileSync('gcc', ['-std=gnu11', '-w', `-DOSID=${osid}`, source, '-o', join(folder, 'tables')]);
  return execFileSync(join(folder, 'tables'), { encoding: 'utf8' }).split('\n').slice(0, programs.length);
}

const NUMBERS = { ram: 0, reserved: 1, acpi: 2, 'acpi-nvs': 3, uncached: 4, pmem: 6 } as const;

function evaluatorSays(statements: readonly string[]): readonly string[] {
  const files = new Map([
    [
      'mint/kexec/firmware_memmap.c',
      `${DECLARATIONS}\n${definition('get_firmware_memmap_ranges', statements)}`,
    ],
  ]);
  return workspace(files, { nodeCount: 2 }).layout.nodes.map(({ memory }) => {
    if (memory.from === 'regions') return 'unknown';
    return memory.ranges
      .map(({ range, type: kind }) => {
        const number = typeof kind === 'number' ? kind : NUMBERS[kind];
        return `${range.start.toString(16)} ${(range.end - 1n).toString(16)} ${number},`;
      })
      .join('');
  });
}

/** What holds nothing is no range of the layout. */
function withoutEmpty(table: string): string {
  return table
    .split(',')
    .filter((entry) => entry !== '')
    .filter((entry) => {
      const [start = '', end = ''] = entry.split(' ');
      return BigInt(`0x${end}`) >= BigInt(`0x${start}`);
    })
    .map((entry) => `${entry},`)
    .join('');
}

it(`are what ${COUNT} compiled functions leave`, () => {
  const programs = fc.sample(program, { numRuns: COUNT, seed: SEED });
  const expected = [0, 1].map((osid) => gccSays(programs, osid).map(withoutEmpty));
  for (const [index, statements] of programs.entries()) {
    const tables = [expected[0]?.[index], expected[1]?.[index]];
    expect(evaluatorSays(statements), statements.join('\n')).toEqual(tables);
  }
});
