/** Totals of test runs, from the reports that the runners write for machines. */
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Totals
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @param {readonly Totals[]} all */
export function add(all) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** Totals of a step that is not made of tests: nothing where it went well, one failure where it did not. */
export function ofStep(code) {
  return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/**
 * Totals of a run from vitest's JSON report. A file that could not be loaded counts as a failure, and so does a run that
 * failed without any failing test, or left no report.
 * @param {string} file
 * @param {number} code the run's exit code
 * @param {string} [again] the report of a second run of some of its files, which stands in their place
 */
export function ofVitest(file, code, again) {
  const first = readReport(file);
  const second = again === undefined ? { testResults: [] } : readReport(again);
  if (!first || !second) return ofStep(1);
  const newer = new Map(second.testResults.map((result) => [result.name, result]));
  const results = first.testResults.map((result) => newer.get(result.name) ?? result);
  return withCode(code, add(results.map(ofFile)));
}

/** The files of a run in which something failed, and what. */
export function failuresOf(file) {
  const failed = readReport(file)?.testResults.filter(({ status }) => status === 'failed') ?? [];
  return failed.map(({ name, assertionResults }) => ({
    name,
    tests: assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  }));
}

function ofFile({ status, assertionResults }) {
  const count = (wanted) => assertionResults.filter(({ status }) => status === wanted).length;
  const [passed, failed] = [count('passed'), count('failed')];
  const isUnloaded = status === 'failed' && failed === 0;
  return {
    passed,
    failed: failed + (isUnloaded ? 1 : 0),
    skipped: assertionResults.length - passed - failed,
  };
}

/**
 * Totals of a run from mocha's statistics, as the editor tests write them.
 * @param {string} file
 * @param {number} code the run's exit code
 */
export function ofMocha(file, code) {
  const report = readReport(file);
  if (!report) return ofStep(1);
  const { passes, failures, pending } = report.stats;
  return withCode(code, { passed: passes, failed: failures, skipped: pending });
}

/** The last line of a run. */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function withCode(code, totals) {
  // A run with no test at all proves nothing.
  const silent = totals.failed === 0 && (code !== 0 || totals.passed === 0);
  return silent ? { ...totals, failed: 1 } : totals;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
