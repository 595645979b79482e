import { defineConfig } from 'vitest/config';

/** Apart from the other tests: two machines in QEMU at a time are what two processors carry. */
export default defineConfig({
  test: {
    globalSetup: ['test/build-dist.ts'],
    include: ['test/boot/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});
