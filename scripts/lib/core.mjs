/**
 * The core of the server: every module of the rooms that know no platform. It is bundled once, into `server.web.js`, which
 * a browser runs as a worker; what runs in Node loads it from there, so that the package holds it once.
 */
import { readdirSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { ROOT } from './paths.mjs';

const SOURCES = join(ROOT, 'server', 'src');
const ROOMS = ['c', 'evidence', 'memmap', 'picture', 'project', 'service'];
const FILE = './server.web.js';

/** By path in `server/src/`, without `.ts`. */
const MODULES = new Set([
  ...['group-by', 'memoize', 'messages', 'range', 'template'],
  ...ROOMS.flatMap((room) =>
    readdirSync(join(SOURCES, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => posix.join(room, name.split(sep).join('/').slice(0, -'.ts'.length))),
  ),
]);

/** Entry of `server.web.js`: the worker, and the core under its modules' names. */
export const WEB_SERVER = {
  resolveDir: SOURCES,
  contents: [
    "import './web';",
    ...[...MODULES].map((name) => `export * as '${name}' from './${name}';`),
  ].join('\n'),
};

/** esbuild's plugin for a bundle in Node that stands beside `server.web.js` and takes the core from it. */
export const onCore = {
  name: 'core',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.{1,2}\//, namespace: 'file' }, ({ path, resolveDir }) => {
      const name = relative(SOURCES, join(resolveDir, path)).split(sep).join('/');
      const module = [name, `${name}/index`].find((each) => MODULES.has(each));
      return module && { path: module, namespace: 'core' };
    });
    onResolve({ filter: /^/, namespace: 'core' }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /^/, namespace: 'core' }, ({ path }) => ({
      contents: `module.exports = require('${FILE}')['${path}'];`,
    }));
  },
};
