/**
 * Bundles the extension into `dist/`: `client.js`, `server.js`, `cli.js`, the map's page (`map.js` and its style
 * sheets), the two WebAssembly files of the parser, the JSON schemas of kexec-mint.json, and the manual page.
 *
 *   node scripts/build.mjs [--minify] [--watch] [--tests]
 *
 * `--tests` also bundles the tests that run in the editor's extension host, to `dist/test/`.
 */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

const { values: flags } = parseArgs({
  options: { minify: { type: 'boolean' }, watch: { type: 'boolean' }, tests: { type: 'boolean' } },
});

/** What every bundle for Node has in common: one CommonJS file that needs nothing beside it. */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: !flags.minify,
  minify: Boolean(flags.minify),
  logLevel: 'warning',
  external: ['vscode'],
  // The manual's words about the rules.
  loader: { '.md': 'text' },
  // jsonc-parser's CommonJS form finds its own parts in a way that no bundler follows.
  mainFields: ['module', 'main'],
  // CommonJS has no import.meta; the bundle's own address serves those who ask for theirs.
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  define: { 'import.meta.url': 'importMetaUrl' },
};

const bundles = [
  { ...common, entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.js' },
  { ...common, entryPoints: ['server/src/node.ts'], outfile: 'dist/server.js' },
  { ...common, entryPoints: ['server/src/cli.ts'], outfile: 'dist/cli.js' },
];
/** What every part of the map's page has in common. */
const page = {
  absWorkingDir: root,
  bundle: true,
  target: 'chrome120',
  sourcemap: false,
  minify: Boolean(flags.minify),
  logLevel: 'warning',
};
bundles.push(
  { ...page, entryPoints: ['client/src/map/page/main.ts'], outfile: 'dist/map.js', format: 'iife' },
  { ...page, entryPoints: ['client/src/map/page/map.css'], outfile: 'dist/map.css' },
);
if (flags.tests) {
  // Mocha loads test files by path itself, so it stays a package beside the bundle.
  bundles.push({
    ...common,
    entryPoints: ['test/editor/index.ts'],
    outdir: 'dist/test',
    external: ['vscode', 'mocha'],
  });
}

await rm(join(dist, 'test'), { recursive: true, force: true });
// Without source maps, those of an earlier build would belong to other code.
for (const { outfile } of bundles) if (outfile) await rm(join(root, `${outfile}.map`), { force: true });
await mkdir(dist, { recursive: true });
await copyFile(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), join(dist, 'web-tree-sitter.wasm'));
await copyFile(require.resolve('tree-sitter-c/tree-sitter-c.wasm'), join(dist, 'tree-sitter-c.wasm'));
await writeMade();

if (flags.watch) {
  const contexts = await Promise.all(bundles.map((options) => context(options)));
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  await Promise.all(bundles.map((options) => build(options)));
}

/** The server's own code makes the schemas, the picture's style sheet and the manual page; `--watch` does not make them again. */
async function writeMade() {
  const folder = await mkdtemp(join(dist, 'made-'));
  try {
    const outfile = join(folder, 'made.cjs');
    const stdin = {
      contents: `
        export { schemas } from './schemas';
        export { pictureStyle } from './picture/style';
        export { COMMANDS } from './cli/commands';
        export { manPage } from './cli/words/man-page';
        export { version } from '../../package.json';`,
      resolveDir: join(root, 'server', 'src'),
    };
    await build({ ...common, stdin, outfile, sourcemap: false });
    const { schemas, pictureStyle, COMMANDS, manPage, version } = require(outfile);
    for (const [name, schema] of Object.entries(schemas)) {
      await writeFile(join(dist, name), `${JSON.stringify(schema, undefined, 2)}\n`);
    }
    await writeFile(join(dist, 'picture.css'), pictureStyle('editor'));
    await writeFile(join(dist, 'kexec-mint.1'), manPage(COMMANDS, version, 'en'));
    await writeFile(join(dist, 'kexec-mint.ja.1'), manPage(COMMANDS, version, 'ja'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
