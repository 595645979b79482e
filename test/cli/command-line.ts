/** The command line as a shell meets it: a process of its own, its output and exit code. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Host } from '../../server/src/cli/host';
import { nodeFiles } from '../../server/src/lsp/node-files';
import { realParser } from '../service/memory-files';

export const ROOT = join(import.meta.dirname, '../..');
export const CLI = join(ROOT, 'dist/cli.js');

export interface Circumstances {
  /** The folder it runs in. */
  readonly cwd?: string;
  /** What it reads on standard input. */
  readonly input?: string | Uint8Array;
  /** The program that runs it, and that program's own words. */
  readonly through?: readonly string[];
  /** Where it writes, in place of what is returned. */
  readonly stdout?: number;
  readonly locale?: string;
}

/** Its output as bytes. */
export function runForBytes(words: readonly string[], circumstances: Circumstances = {}) {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is missing: the build failed');
  const { cwd, input = '', through = [], stdout: to = 'pipe', locale = 'C' } = circumstances;
  const [program = '', ...args] = [...through, process.execPath, CLI, ...words];
  const env = { ...process.env, LC_ALL: locale };
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    input,
    env,
    stdio: ['pipe', to, 'pipe'],
  });
  return { status, stdout, stderr: stderr.toString('utf8') };
}

export function run(words: readonly string[], circumstances?: Circumstances) {
  const result = runForBytes(words, circumstances);
  return { ...result, stdout: result.stdout?.toString('utf8') ?? '' };
}

const APPLIERS = { patch: ['patch', '-p1'], git: ['git', 'apply'] } as const;

/** Lets a real program apply the patch in the folder. */
export function applyPatch(by: keyof typeof APPLIERS, folder: string, patch: Uint8Array): void {
  const [program, ...args] = APPLIERS[by];
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, input: patch });
  if (status !== 0) throw new Error(`${program}: ${stdout}${stderr}`);
}

/** A temporary folder for each test of the file. */
export function temporaryFolder(): { path: string; sample(name: string): void } {
  const folder = {
    path: '',
    sample: (name: string) => cpSync(join(ROOT, 'samples', name), folder.path, { recursive: true }),
  };
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'kexec-mint-cli-'));
  });
  afterEach(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}

/** A process that runs here; `said` is what it has written. */
export function hostHere(said: string[]): Host {
  return {
    files: nodeFiles,
    parser: realParser,
    language: 'en',
    version: '0',
    isTerminal: false,
    colours: false,
    interruption: () => new AbortController().signal,
    serve: () => Promise.reject(new Error('no server is wanted here')),
    input: () => Promise.reject(new Error('nothing is to be read')),
    out: (text) => said.push(text),
    write: (bytes) => said.push(Buffer.from(bytes).toString('latin1')),
    err: (text) => said.push(text),
  };
}
