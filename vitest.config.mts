import { defineConfig } from 'vitest/config';

/** Pages of the manual are text, as in the bundles. */
const pages = {
  name: 'pages',
  transform: (code: string, id: string) =>
    id.endsWith('.md') ? `export default ${JSON.stringify(code)}` : undefined,
};

export default defineConfig({
  plugins: [pages],
  test: {
    globalSetup: ['test/build-dist.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/boot/**', 'test/editor/**', 'test/rendering/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
