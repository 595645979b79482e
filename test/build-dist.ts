/** Before any test: makes `dist/` what the sources say, for the tests that start the server and the command line. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bundles = [
  'client.js',
  'client.web.js',
  'command-line.js',
  'server.js',
  'server.web.js',
  'cli.js',
  'map.js',
  'map.css',
  'picture.css',
  'kexec-mint.1',
  'kexec-mint.ja.1',
  'kexec-mint.schema.json',
  'kexec-mint.schema.ja.json',
].map((name) => join(root, 'dist', name));
const sources = [
  'server/src',
  'client/src',
  'l10n',
  'docs/rules.md',
  'docs/rules.ja.md',
  'scripts/build.mjs',
  'scripts/lib/core.mjs',
  'samples/three-nodes',
  'package.json',
  'package-lock.json',
];

export default function buildDist(): void {
  const built = Math.min(...bundles.map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0)));
  if (Math.max(...sources.map((path) => newest(join(root, path)))) < built) return;
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' });
  if (status === 0) return;
  // Tests of the bundles then fail, instead of trying old ones; all others still run.
  for (const file of bundles) rmSync(file, { force: true });
}

/** When the file, or the newest file below the folder, was last changed. */
function newest(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}
