/** The totals of a run: no failure may get lost on the way to the last line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { add, ofMocha, ofStep, ofVitest, summary } from '../../scripts/lib/reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function report(content: unknown): string {
  const file = join(folder, `${count++}.json`);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitest = (passed: number, failed: number, skipped: number, testResults: readonly object[] = []) =>
  report({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
    testResults,
  });
const mocha = (passes: number, failures: number, pending: number) =>
  report({ stats: { passes, failures, pending } });

describe('totals', () => {
  it('are those of the report', () => {
    expect(ofVitest(vitest(3, 0, 1), 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(ofVitest(vitest(3, 2, 1), 1)).toEqual({ passed: 3, failed: 2, skipped: 1 });
    expect(ofMocha(mocha(3, 2, 1), 1)).toEqual({ passed: 3, failed: 2, skipped: 1 });
  });

  it('count a file that could not be loaded', () => {
    const file = vitest(3, 1, 0, [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ]);
    expect(ofVitest(file, 1).failed).toBe(2);
  });

  it.each([
    ['no report', ofVitest(join(folder, 'none.json'), 0)],
    ['no report of the editor', ofMocha(join(folder, 'none.json'), 0)],
    ['no test', ofVitest(vitest(0, 0, 0), 0)],
    ['an exit code that no test explains', ofMocha(mocha(5, 0, 0), 1)],
    ['a step that failed', ofStep(1)],
  ])('count %s as a failure', (_, totals) => {
    expect(totals.failed).toBe(1);
  });

  it('add up to the last line', () => {
    const all = [ofStep(0), ofVitest(vitest(3, 1, 2), 1), ofMocha(mocha(10, 0, 0), 0)];
    expect(summary(add(all))).toBe('13 passed, 1 failed, 2 skipped');
  });
});
