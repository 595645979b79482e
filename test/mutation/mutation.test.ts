/** Mutation testing of a project of one file: what is noticed, what is equivalent, what never ends. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const CODE = `\
export function larger(one: number, other: number): number {
  return one > other ? one : other;
}

export function sumTo(last: number): number {
  let sum = 0;
  for (let number = 1; number <= last; number++) sum += number;
  return sum;
}
`;
// Two tests have the same name, and only the second notices that a sum is taken away.
const TESTS = `\
import { beforeAll, describe, expect, it } from 'vitest';
import { larger, sumTo } from '../../server/src/c/numbers';

describe('the larger number', () => {
  let one = 0;
  beforeAll(() => {
    one = 1;
  });
  it('may be either', () => {
    expect([larger(one, 2), larger(2, one)]).toEqual([2, 2]);
  });
});

it.each([[0, 0], [0 + 3, 6]])('a sum', (last, sum) => {
  expect(sumTo(last)).toBe(sum);
});
`;

/** Stryker's processes give way to those of other tests. */
const TIMEOUT = 180_000;

const project = mkdtempSync(join(tmpdir(), 'kexec-mint-mutation-'));
beforeAll(() => {
  write('server/src/c/numbers.ts', CODE);
  write('test/c/numbers.test.ts', TESTS);
  for (const path of ['node_modules', 'stryker.config.mjs'])
    symlinkSync(join(ROOT, path), join(project, path));
});
afterAll(() => rmSync(project, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(join(project, dirname(path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

// In a process of its own, as Stryker works in the current folder; that of `npm run mutation` gives way to all others.
const SCRIPT = `\
const [mutate, table, asked] = process.argv.slice(-3);
const results = await (await import(mutate)).mutate(JSON.parse(asked));
console.log((await import(table)).tableOf(results, 'server/src/c'));
`;

/** The row of the total. */
async function total(asked: object): Promise<string | undefined> {
  const modules = ['mutate', 'mutation-table'].map((name) => join(ROOT, `scripts/lib/${name}.mjs`));
  const words = JSON.stringify({ room: 'c', files: [], oneIn: 1, seed: 1, force: false, ...asked });
  const options = { cwd: project, env: { ...process.env, LC_ALL: 'C' } };
  const call = ['--input-type=module', '-e', SCRIPT, '--', ...modules, words];
  const { stdout } = await promisify(execFile)(process.execPath, call, options);
  return stdout.trim().split('\n').at(-1);
}

it('tells what was noticed', { timeout: TIMEOUT }, async () => {
  expect(await total({})).toBe('| all | 90.9 % | 10/11 | 11/11 |');
});

it('tries the same changes for the same seed', { timeout: TIMEOUT }, async () => {
  expect(await total({ oneIn: 2, seed: 3 })).toBe('| all | 100.0 % | 7/7 | 7/11 |');
});
