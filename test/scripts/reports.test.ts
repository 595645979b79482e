/** The totals of a run: no failure may get lost on the way to the last line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { add, failuresOf, ofMocha, ofStep, ofVitest, summary } from '../../scripts/lib/reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function report(content: unknown): string {
  const file = join(folder, `${count++}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const file = (name: string, ...statuses: readonly string[]) => ({
  name,
  status: statuses.includes('failed') || statuses.length === 0 ? 'failed' : 'passed',
  assertionResults: statuses.map((status, index) => ({ status, fullName: `${name} ${index}` })),
});
const vitest = (...testResults: readonly object[]) => report({ testResults });
const mocha = (passes: number, failures: number, pending: number) =>
  report({ stats: { passes, failures, pending } });

describe('totals', () => {
  it('are those of the report', () => {
    const passed = file('a', 'passed', 'passed');
    expect(ofVitest(vitest(passed, file('b', 'passed', 'skipped')), 0)).toEqual({
      passed: 3,
      failed: 0,
      skipped: 1,
    });
    expect(ofVitest(vitest(passed, file('b', 'failed', 'todo', 'failed')), 1)).toEqual({
      passed: 2,
      failed: 2,
      skipped: 1,
    });
    expect(ofMocha(mocha(3, 2, 1), 1)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('count a file that could not be loaded', () => {
    expect(ofVitest(vitest(file('a'), file('b', 'failed'), file('c', 'passed')), 1).failed).toBe(2);
  });

  it('of files that were run once more are those of the second run', () => {
    const first = vitest(file('a', 'passed', 'failed'), file('b', 'passed'), file('c', 'failed'));
    expect(failuresOf(first)).toEqual([
      { name: 'a', tests: ['a 1'] },
      { name: 'c', tests: ['c 0'] },
    ]);
    const second = vitest(file('a', 'passed', 'passed'), file('c', 'failed'));
    expect(ofVitest(first, 1, second)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(ofVitest(first, 1, join(folder, 'none.json')).failed).toBe(1);
  });

  it.each([
    ['no report', ofVitest(join(folder, 'none.json'), 0)],
    ['no report of the editor', ofMocha(join(folder, 'none.json'), 0)],
    ['no test', ofVitest(vitest(), 0)],
    ['an exit code that no test explains', ofMocha(mocha(5, 0, 0), 1)],
    ['a step that failed', ofStep(1)],
  ])('count %s as a failure', (_, totals) => {
    expect(totals.failed).toBe(1);
  });

  it('add up to the last line', () => {
    const all = [
      ofStep(0),
      ofVitest(vitest(file('a', 'passed', 'failed', 'todo')), 1),
      ofMocha(mocha(12, 0, 1), 0),
    ];
    expect(summary(add(all))).toBe('13 passed, 1 failed, 2 skipped');
  });
});
