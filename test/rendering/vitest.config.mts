import { defineConfig } from 'vitest/config';

/** Apart from the other tests: these need the built extension, and one browser at a time is enough. */
export default defineConfig({
  test: {
    include: ['test/rendering/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
