/** Settings of `npm run mutation` (scripts/mutation.mjs), which names the room, its files and what is tried of them. */
import { join } from 'node:path';

export default {
  testRunner: 'room',
  plugins: [join(import.meta.dirname, 'test/mutation/plugin.mjs')],
  coverageAnalysis: 'perTest',
  // A constant is worked out before any test runs: every test would have to judge it.
  ignoreStatic: true,
  reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, reportScoreTable: false },
  concurrency: 2,
  // Long: on a machine that does other things too, a mutant that is only slow would count as one that is noticed.
  timeoutMS: 60_000,
  // How long all tests take says nothing: one mutant has a budget (test/mutation/room-runner.mjs).
  timeoutFactor: 0,
  // Ten minutes for a whole room, on a machine that does nothing else.
  dryRunTimeoutMinutes: 120,
  tempDirName: '.cache/mutation',
  ignorePatterns: ['.cache', 'dist', 'docs', 'media', 'reports'],
  // The types are not compiled: a sandbox needs none, and this compiler has another interface than is asked for.
  disableTypeChecks: false,
  tsconfigFile: 'none',
};
