import { defineConfig } from 'vitest/config';

/** Beside its own, a room is judged by those of what it does in other folders. */
const OTHERS: Readonly<Record<string, readonly string[]>> = { memmap: ['test/watch/**/*.test.ts'] };

const room = process.env.MUTATED_ROOM ?? '';

/** The tests that judge the mutants of a room: its own, as far as they run in one process and say the same each time. */
export default defineConfig({
  test: {
    setupFiles: ['test/mutation/setup.ts'],
    include: [`test/${room}/**/*.test.ts`, ...(OTHERS[room] ?? [])],
    exclude: [
      // gcc is started for texts that cannot be foreseen.
      'test/c/lower-gcc.test.ts',
      'test/c/preprocess-headers.test.ts',
      'test/memmap/random-tables.test.ts',
      // It is about comments, and starts the script that reads them.
      'test/memmap/rules-doc.test.ts',
      // It builds another parser and is judged by it.
      'test/c/parser.test.ts',
      // They watch the clock, which a mutant's instruments slow down.
      'test/c/*bounds.test.ts',
      // What it tries is tried by fixtures, in a tenth of the time.
      'test/memmap/seed.test.ts',
    ],
    env: { ORACLE_SEED: '1' },
    // Each mutant is tried in a thread of its own, in which modules are loaded once.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
