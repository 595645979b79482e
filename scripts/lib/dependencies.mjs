/** The packages of package-lock.json: there, and the ones it names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop, text } from './messages.mjs';
import { ROOT } from './paths.mjs';
import { npm } from './run.mjs';

/** The oldest Node that the packages run on. */
const NODE_MAJOR = 20;

/** Runs `npm ci` where packages are missing or are not those of package-lock.json. */
export async function ensureDependencies() {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) < NODE_MAJOR)
    throw new Stop('dependencies.node', { node, wanted: NODE_MAJOR });
  if (upToDate()) return;
  console.log(text('dependencies.installing'));
  // Whatever an npm that runs this was told, these are the packages of this folder.
  const here = ['--global=false', '--include=dev'];
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...here]);
}

/** Compares the lock file with the record that npm leaves once everything is installed. */
function upToDate() {
  const wanted = packagesOf(join(ROOT, 'package-lock.json'));
  const found = packagesOf(join(ROOT, 'node_modules', '.package-lock.json'));
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(([path, { version, optional, peer }]) => {
    if (path === '') return true;
    // Optional packages for other platforms are in the lock file only.
    return found[path] ? found[path].version === version : optional || peer;
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
