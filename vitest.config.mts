import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/build-dist.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/boot/**', 'test/editor/**', 'test/rendering/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
