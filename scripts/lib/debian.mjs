// Debian's own packages as files: the machine's mirrors are used, the machine's package lists are left alone.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const SYSTEM_SOURCES = '/etc/apt';

/** Thrown with a message for the person who ran the script. */
export class FetchError extends Error {}

/**
 * Runs a program and returns what it prints; a FetchError carries its complaint.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} [cwd]
 * @returns {string}
 */
export function run(program, args, cwd) {
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: C_LOCALE,
    });
  } catch (error) {
    if (error.code === 'ENOENT') throw new FetchError(`${program} is not installed`);
    throw new FetchError(`${program} ${args.at(-1)} failed:\n${error.stderr ?? error.message}`);
  }
}

const C_LOCALE = { ...process.env, LC_ALL: 'C' };

/**
 * Apt with its lists and its configuration of sources in `folder`, holding only what `type` names, updated.
 * The returned function runs one of apt's programs.
 * @param {string} folder
 * @param {'deb' | 'deb-src'} type
 */
export function privateApt(folder, type) {
  const parts = join(folder, 'sources.list.d');
  for (const name of [parts, join(folder, 'lists/partial'), join(folder, 'archives/partial')]) {
    mkdirSync(name, { recursive: true });
  }
  for (const [name, text] of systemSources()) {
    const line = /^(\s*)deb(?=[ \t[])/gm;
    const stanza = /^Types:.*$/gim;
    writeFileSync(join(parts, name), text.replace(line, `$1${type}`).replace(stanza, `Types: ${type}`));
  }
  const options = [
    ['Dir::Etc::SourceList', '/dev/null'],
    ['Dir::Etc::SourceParts', parts],
    ['Dir::State::Lists', join(folder, 'lists')],
    ['Dir::Cache', folder],
    // Without this apt drops to a user that may not be allowed to write below this folder.
    ['APT::Sandbox::User', ''],
  ].flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  const apt = (
    /** @type {string} */ program,
    /** @type {string[]} */ args,
    /** @type {string} */ cwd = folder,
  ) => run(program, [...options, '--quiet', ...args], cwd);
  apt('apt-get', ['update']);
  return apt;
}

/** The files that say where this machine gets its packages from, as pairs of name and text. */
function systemSources() {
  const read = (/** @type {string} */ path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  };
  let parts = [];
  try {
    parts = readdirSync(join(SYSTEM_SOURCES, 'sources.list.d')).filter((name) =>
      /\.(list|sources)$/.test(name),
    );
  } catch {
    // A machine may have sources.list alone.
  }
  const sources = [
    ['main.list', read(join(SYSTEM_SOURCES, 'sources.list'))],
    ...parts.map((name) => [`part-${name}`, read(join(SYSTEM_SOURCES, 'sources.list.d', name))]),
  ].filter(([, text]) => text?.trim());
  if (sources.length === 0) throw new FetchError('this machine has no apt sources to fetch packages from');
  return sources;
}

/**
 * The folder below `cache` that `fill` makes, named by the version that `fill` returns; made once. What is interrupted
 * leaves nothing under that name, and of two that run at once one wins.
 * @param {string} cache
 * @param {(folder: string) => { version: string, result: string }} fill gets an empty folder; `result` lies in it
 * @returns {string}
 */
export function once(cache, fill) {
  mkdirSync(cache, { recursive: true });
  const present = readdirSync(cache)
    .filter((name) => !name.startsWith('partial-'))
    .sort()
    .at(-1);
  if (present) return join(cache, present);
  const partial = mkdtempSync(join(cache, 'partial-'));
  try {
    const { version, result } = fill(partial);
    const place = join(cache, version);
    try {
      renameSync(result, place);
    } catch (error) {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    }
    return place;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * Prints the path `fetch` returns, or why there is none; the process then exits with 1.
 * @param {string} what
 * @param {() => string} fetch
 */
export function report(what, fetch) {
  try {
    console.log(fetch());
  } catch (error) {
    console.error(`Cannot fetch ${what}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
