/** The command `boot` as a shell runs it, in a temporary folder of its own that it has to leave empty. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const CLI = join(import.meta.dirname, '../../dist/cli.js');

export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** What it left in its temporary folder. */
  readonly left: readonly string[];
  /** Command lines of processes that it left. */
  readonly alive: readonly string[];
}

export interface Options {
  /** Its temporary folder. */
  readonly temporary: string;
  readonly path?: string;
  /** Told of each line on standard error. */
  readonly heard?: (line: string, interrupt: () => void) => void;
}

export function runBoot(words: readonly string[], { temporary, path, heard }: Options): Promise<Result> {
  mkdirSync(temporary, { recursive: true });
  const env = {
    ...process.env,
    LC_ALL: 'C',
    TMPDIR: temporary,
    ...(path === undefined ? {} : { PATH: path }),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, 'boot', ...words], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) heard?.(line, () => child.kill('SIGINT'));
    });
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, out, err, left: readdirSync(temporary), alive: processesIn(temporary) }),
    );
  });
}

/** Processes that run in the folder or below it. */
export function processesIn(folder: string): readonly string[] {
  return readdirSync('/proc').flatMap((id) => {
    if (!/^\d+$/.test(id)) return [];
    try {
      const environment = readFileSync(`/proc/${id}/environ`, 'latin1').split('\0');
      if (!environment.includes(`TMPDIR=${folder}`)) return [];
      return [readFileSync(`/proc/${id}/cmdline`, 'latin1').replaceAll('\0', ' ')];
    } catch {
      // It has ended meanwhile, or belongs to somebody else.
      return [];
    }
  });
}
