/** Child processes. */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Stop } from './messages.mjs';
import { ROOT } from './paths.mjs';

/** Runs a command with this terminal's input and output; resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ? 1 : code));
  });
}

/** Runs a command that has to succeed. */
export async function must(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new Stop('run.failed', { command: [command, ...args].join(' '), code });
}

/** Runs a command that has to succeed, and returns what it prints; where it does not, that is shown. */
export function quietly(command, args, { cwd = ROOT } = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error) throw error;
  if (status === 0) return stdout;
  console.error(stdout + stderr);
  throw new Stop('run.failed', { command: [command, ...args].join(' '), code: status });
}

/** Runs a JavaScript file with the Node that runs this one. */
export function node(script, args = [], options = {}) {
  return run(process.execPath, [script, ...args], options);
}

/** The npm that started this script, or else the one on the path. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return must(process.execPath, [cli, ...args], options);
  return must(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/** The path of an executable, or undefined where there is none of that name. */
export function which(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** True when the command can be run and exits with 0 and, where `printing` is set, prints something. */
export function succeeds(command, args, { printing = false } = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  return result.status === 0 && (!printing || result.stdout.trim() !== '');
}
