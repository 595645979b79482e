/**
 * Bundles the extension into `dist/`, or into the folder that is named:
 *
 * - for Node `client.js`, `server.js` and `command-line.js`, for a browser `client.web.js` and `server.web.js`, which
 *   holds the core that the others load;
 * - `cli.js`, the command line in one file for a terminal;
 * - the map's page (`map.js` and its style sheets), the two WebAssembly files of the parser, the JSON schemas of
 *   kexec-mint.json, the manual page, a list of the sample's files, and the licence notices of what is bundled.
 *
 *   node scripts/build.mjs [--minify] [--watch] [--tests] [--out DIR]
 *
 * `--tests` also bundles the tests that run in the editor's extension host, to `test/` in it.
 */
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';
import { onCore, WEB_SERVER } from './lib/core.mjs';
import { notices } from './lib/notices.mjs';
import { ROOT, SAMPLE } from './lib/paths.mjs';

const require = createRequire(import.meta.url);

const { values: flags } = parseArgs({
  options: {
    minify: { type: 'boolean' },
    watch: { type: 'boolean' },
    tests: { type: 'boolean' },
    out: { type: 'string', default: join(ROOT, 'dist') },
  },
});
const dist = resolve(flags.out);

/** What every bundle has in common. */
const common = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: Boolean(flags.minify),
  metafile: true,
  logLevel: 'warning',
  // Japanese takes half the room.
  charset: 'utf8',
  // They stand in the notices.
  legalComments: 'none',
};
const script = {
  ...common,
  sourcemap: !flags.minify,
  external: ['vscode'],
  // The manual's words about the rules.
  loader: { '.md': 'text' },
  // jsonc-parser's CommonJS form finds its own parts in a way that no bundler follows.
  mainFields: ['module', 'main'],
  // CommonJS has no import.meta; the bundle's own address serves those who ask for theirs.
  define: { 'import.meta.url': 'importMetaUrl' },
};
const IMPORT_META_URL = 'require("node:url").pathToFileURL(__filename).href';
/** For Node: a CommonJS file. */
const node = {
  ...script,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  banner: { js: `const importMetaUrl = ${IMPORT_META_URL};` },
};
const web = { ...script, platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };
/** Of the map. */
const page = { ...common, target: 'chrome120' };

/** What the package holds. */
const bundles = [
  { ...node, entryPoints: ['client/src/main.ts'], outfile: 'client.js' },
  { ...web, entryPoints: ['client/src/main.web.ts'], outfile: 'client.web.js', format: 'cjs' },
  { ...node, entryPoints: ['server/src/node.ts'], outfile: 'server.js', plugins: [onCore] },
  { ...node, entryPoints: ['server/src/cli.ts'], outfile: 'command-line.js', plugins: [onCore] },
  {
    ...web,
    stdin: WEB_SERVER,
    outfile: 'server.web.js',
    format: 'iife',
    globalName: 'core',
    // web-tree-sitter asks for them where it runs in Node.
    external: ['module', 'fs/promises'],
    banner: { js: `const importMetaUrl = typeof module === 'object' ? ${IMPORT_META_URL} : '';` },
    footer: { js: `if (typeof module === 'object') module.exports = core;` },
  },
  { ...page, entryPoints: ['client/src/map/page/main.ts'], outfile: 'map.js', format: 'iife' },
  { ...page, entryPoints: ['client/src/map/page/map.css'], outfile: 'map.css' },
].map(intoDist);
const others = [{ ...node, entryPoints: ['server/src/cli.ts'], outfile: 'cli.js' }].map(intoDist);
if (flags.tests) {
  // Mocha loads test files by path itself, so it stays a package beside the bundle.
  others.push({
    ...node,
    entryPoints: ['test/editor/index.ts'],
    outdir: join(dist, 'test'),
    external: ['vscode', 'mocha'],
  });
}

await rm(join(dist, 'test'), { recursive: true, force: true });
// Without source maps, those of an earlier build would belong to other code.
for (const { outfile } of [...bundles, ...others]) if (outfile) await rm(`${outfile}.map`, { force: true });
await mkdir(dist, { recursive: true });
await copyFile(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), join(dist, 'web-tree-sitter.wasm'));
await copyFile(require.resolve('tree-sitter-c/tree-sitter-c.wasm'), join(dist, 'tree-sitter-c.wasm'));
await writeMade();
await writeFile(join(dist, 'sample.json'), JSON.stringify(await filesBelow(SAMPLE)));

if (flags.watch) {
  const contexts = await Promise.all([...bundles, ...others].map((options) => context(options)));
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  const [packed] = await Promise.all([buildAll(bundles), buildAll(others)]);
  const metafiles = packed.map(({ metafile }) => metafile);
  await writeFile(join(dist, 'third-party-notices.txt'), notices(metafiles, ['tree-sitter-c']));
}

function intoDist(options) {
  return { ...options, outfile: join(dist, options.outfile) };
}

function buildAll(all) {
  return Promise.all(all.map((options) => build(options)));
}

/** Paths of all files below the folder, from there, with slashes. */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort();
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
      resolveDir: join(ROOT, 'server', 'src'),
    };
    await build({ ...node, stdin, outfile, sourcemap: false });
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
