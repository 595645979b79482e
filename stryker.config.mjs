/** Settings of `npm run mutation` (scripts/mutation.mjs), which names the files and the room they are in. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.mts', related: false },
  coverageAnalysis: 'perTest',
  // A constant is worked out before any test runs: every test would have to judge it, in a process of its own.
  ignoreStatic: true,
  incremental: true,
  reporters: ['clear-text', 'html', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false },
  concurrency: 2,
  // Long: on a machine that does other things too, a mutant that is only slow would count as one that is noticed.
  timeoutMS: 120_000,
  tempDirName: '.cache/mutation',
  ignorePatterns: ['.cache', 'dist', 'docs', 'media', 'reports'],
  // The types are not compiled: a sandbox needs none, and this compiler has another interface than is asked for.
  disableTypeChecks: false,
  tsconfigFile: 'none',
};
