/** gcc tells whether the IR means what its source means: written back with all parentheses, it compiles to the same. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lowerText } from './c-parser';
import { unparse } from './unparse';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-lower-'));
afterAll(() => rmSync(folder, { recursive: true }));

function gcc(...options: string[]) {
  return spawnSync('gcc', ['-std=gnu17', '-w', ...options], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
}

/**
 * gcc's own tree of all functions of a preprocessed text, without numbers of temporaries, pointer qualifiers (the IR
 * leaves them out), `void` in `f (void)`, assembly, and declarations of labels (printed as errors), FALLTHROUGH.
 */
function dump(text: string, name: string): string {
  writeFileSync(join(folder, `${name}.c`), text);
  const { status, stderr } = gcc(
    '-S',
    '-o',
    `${name}.s`,
    `-fdump-tree-original-nouid=${name}.dump`,
    `${name}.c`,
  );
  if (status !== 0) throw new Error(stderr);
  return readFileSync(join(folder, `${name}.dump`), 'utf8')
    .replace(/\b[CD]\.\d+\b|<T[0-9a-f]+>/g, '')
    .replace(/ ?\b(restrict|volatile)\b/g, '')
    .replace(/\(void\)/g, '()')
    .replace(/^\s*__asm__.*$/gm, 'asm')
    .replace(/ __asm__ \(\*\w+\)|^.*(<<< error >>>|\.FALLTHROUGH \(\));\n/gm, '');
}

/** Compares the functions of a preprocessed text one by one; the number of them. */
function compare(text: string): number {
  const unit = lowerText(text);
  expect(unit.chunks.flatMap((chunk) => chunk.problems)).toEqual([]);
  const back = unit.chunks.flatMap((chunk) => chunk.externals.map(unparse)).join('\n');
  const functions = (dumped: string) => dumped.split(/^;; Function /m);
  const expected = functions(dump(text, 'source'));
  const actual = functions(dump(back, 'unparsed'));
  for (let i = 0; i < expected.length; i++) expect.soft(actual[i]).toBe(expected[i]);
  expect(actual.length).toBe(expected.length);
  return expected.length - 1;
}

const headers = 'stdio stdlib string stdint limits stddef stdarg ctype errno inttypes time signal math setjmp locale assert unistd fcntl dirent sys/stat sys/types sys/mman sys/ioctl sys/socket pthread getopt elf byteswap endian'.split(' '); // biome-ignore format: one list

/** The lines of a table, each as a translation unit. */
function unitsOf(table: string): string[] {
  const text = readFileSync(join(import.meta.dirname, 'fixtures/lower', table), 'utf8');
  const prelude = /^prelude: (.*)$/m.exec(text)?.[1] ?? '';
  const [before, after] = text.includes('\nstatements\n') ? ['void test_function(void) { ', ' }'] : ['', ''];
  return [...text.matchAll(/^(.*?) => /gm)].map(([, line]) => `${prelude}\n${before}${line}${after}\n`);
}

const tables = ['attributes', 'declarations', 'expressions', 'gnu', 'statements', 'types-or-values'];

describe('gcc reads the IR as it reads the source', () => {
  it('of glibc headers', () => {
    writeFileSync(join(folder, 'headers.c'), headers.map((name) => `#include <${name}.h>\n`).join(''));
    const options = ['-E', '-P', '-O2', '-D_GNU_SOURCE', '-Drestrict=', '-D__restrict='];
    expect(compare(gcc(...options, 'headers.c').stdout)).toBeGreaterThan(20);
  });

  it.each(tables)('of the lines of %s.txt', (table) => {
    const units = unitsOf(`${table}.txt`);
    expect(units.length).toBeGreaterThan(10);
    for (const unit of units) compare(unit);
  });

  it.each(
    readdirSync(join(ROOT, 'samples'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.c'),
    ),
  )('of samples/%s', (name) => {
    const { stdout } = gcc('-E', '-P', '-DOSID=1', join(ROOT, 'samples', name));
    expect(compare(stdout)).toBeGreaterThan(0);
  });
});
