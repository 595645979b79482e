/** Runs programs that end: in time, when they are told to, and with everything that they started. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Message, message } from '../../messages';
import { Interrupted, Stop } from './stop';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

export interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Resolves once it has ended, with its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Ends it, and what it has started. */
  kill(): void;
}

/** Those that run, by their process id: none outlives this process, whatever ends it. */
const running = new Set<number>();
process.on('exit', () => running.forEach(killGroup));

/** Starts a program in a process group of its own, which `signal` ends. */
export function start({ command, args, cwd }: Program, signal: AbortSignal): Running {
  const { MAKEFLAGS: _, ...environment } = process.env;
  const child = spawn(command, args, {
    cwd,
    // Its own group, so that a compiler that make has started ends too.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment, LC_ALL: 'C' },
  });
  const { pid } = child;
  const kill = () => {
    if (pid !== undefined) killGroup(pid);
  };
  if (pid !== undefined) running.add(pid);
  signal.addEventListener('abort', kill);
  if (signal.aborted) kill();
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => {
    if (pid !== undefined) running.delete(pid);
    signal.removeEventListener('abort', kill);
  });
  return { child, ended, kill };
}

export interface Step {
  /** What is being done, for the sentence that tells it took too long or failed. */
  readonly what: Message;
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** What the program prints, as it comes. */
  readonly log: (text: string) => void;
}

/** Runs a program that has to succeed within its time. @throws Stop, Interrupted */
export async function run(program: Program, { what, seconds, signal, log }: Step): Promise<void> {
  const timeout = AbortSignal.timeout(seconds * 1000);
  const { child, ended } = start(program, AbortSignal.any([signal, timeout]));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      log(text);
    });
  }
  const code = await ended;
  if (signal.aborted) throw new Interrupted();
  if (timeout.aborted) throw new Stop(message('boot.too-long', { what, seconds }), output);
  if (code !== 0) throw new Stop(message('boot.failed', { what, command: program.command }), output);
}

/** The path of an executable, or undefined where there is none of that name. */
export function which(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
