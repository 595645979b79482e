/** gcc tells whether the IR means what its source means: written back with all parentheses, it compiles to the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerText } from './c-parser';
import { expressionText } from './expression-arbitraries';
import { seed } from './gcc';
import { functionTrees, preprocessed } from './gcc-tree';
import { unparse } from './unparse';

const SAMPLES = join(import.meta.dirname, '../../samples');

/** Compares the functions of a preprocessed text one by one; the number of them. */
function compare(text: string): number {
  const unit = lowerText(text);
  expect(unit.chunks.flatMap((chunk) => chunk.problems)).toEqual([]);
  const back = unit.chunks.flatMap((chunk) => chunk.externals.map(unparse)).join('\n');
  const expected = functionTrees(text);
  const actual = functionTrees(back);
  for (let i = 0; i < expected.length; i++) expect.soft(actual[i]).toBe(expected[i]);
  expect(actual.length).toBe(expected.length);
  return expected.length;
}

/** The lines of a table, each as a translation unit. */
function unitsOf(table: string): string[] {
  const text = readFileSync(join(import.meta.dirname, 'fixtures/lower', table), 'utf8');
  const prelude = /^prelude: (.*)$/m.exec(text)?.[1] ?? '';
  const [before, after] = text.includes('\nstatements\n') ? ['void test_function(void) { ', ' }'] : ['', ''];
  return [...text.matchAll(/^(.*?) => /gm)].map(([, line]) => `${prelude}\n${before}${line}${after}\n`);
}

const tables = ['attributes', 'declarations', 'expressions', 'gnu', 'statements', 'types-or-values'];
const headers = 'stdio stdlib string stdint limits stddef stdarg ctype errno inttypes time signal math setjmp locale assert unistd fcntl dirent sys/stat sys/types sys/mman sys/ioctl sys/socket pthread getopt elf byteswap endian'.split(' '); // biome-ignore format: one list

describe('gcc reads the IR as it reads the source', () => {
  it('of glibc headers', () => {
    const text = headers.map((name) => `#include <${name}.h>\n`).join('');
    const options = ['-O2', '-D_GNU_SOURCE', '-Drestrict=', '-D__restrict='];
    expect(compare(preprocessed({ text }, ...options))).toBeGreaterThan(20);
  });

  it.each(tables)('of the lines of %s.txt', (table) => {
    const units = unitsOf(`${table}.txt`);
    expect(units.length).toBeGreaterThan(10);
    for (const unit of units) compare(unit);
  });

  it.each(readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.c')))(
    'of samples/%s',
    (name) => {
      expect(compare(preprocessed({ file: join(SAMPLES, name) }, '-DOSID=1'))).toBeGreaterThan(0);
    },
  );

  it(`of expressions at random (seed ${seed})`, () => {
    const texts = fc.sample(expressionText.expression, { seed, numRuns: 500 });
    const functions = texts.map((text, i) => `void f${i}(void) { c = ${text}; }`);
    expect(compare(`${expressionText.prelude}\n${functions.join('\n')}`)).toBe(texts.length);
  });
});
