import { defineConfig } from 'vitest/config';

/** Apart from the other tests: these need the built extension, and one browser at a time is enough. */
export default defineConfig({
  test: {
    include: ['test/rendering/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What the editor does after a click, such as saving a file, takes what it takes.
    expect: { poll: { timeout: 60_000 } },
  },
});
