/** gcc as the judge: what it says about C text under either data model. Needs no 32-bit libc. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataModel } from '../../server/src/c/value';

const modelOptions: Readonly<Record<DataModel, readonly string[]>> = {
  LP64: ['-m64'],
  ILP32: ['-m32', '-isystem', '/usr/include/x86_64-linux-gnu'],
};

/** Seed of this run's random cases: from ORACLE_SEED, else from the clock. Tests print it. */
export const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 2 ** 31);

const undefinedBehaviour =
  /not (an integer )?constant|shift.*(negative|>= width)|requires \d+ bits|integer overflow|division by zero/;

/**
 * What gcc says against each line (from 1): errors, and warnings of undefined behaviour, which gcc being pedantic
 * makes errors in nearly all constant expressions (not under some unary operators).
 */
export function complaintsByLine(text: string, model: DataModel): Map<number, string[]> {
  const { stderr } = compile(text, model, [
    '-fsyntax-only',
    '-pedantic-errors',
    '-Wextra',
    '-Wshift-overflow=2',
  ]);
  const complaints = new Map<number, string[]>();
  const pattern = /^[^\n:]*:(\d+):\d+: (?:fatal )?(error|warning): (.*)$/gm;
  for (const [, line, severity, message = ''] of stderr.matchAll(pattern)) {
    if (severity === 'warning' && !isUndefinedBehaviour(message)) continue;
    const number = Number(line);
    complaints.set(number, [...(complaints.get(number) ?? []), message]);
  }
  return complaints;
}

/** A complaint is about undefined behaviour. */
export function isUndefinedBehaviour(complaint: string): boolean {
  return undefinedBehaviour.test(complaint);
}

/** The bytes of each initialised object of the text, by name. */
export function objectBytes(text: string, model: DataModel): Map<string, number[]> {
  const options = ['-S', '-w', '-fno-zero-initialized-in-bss', '-fno-asynchronous-unwind-tables', '-o', '-'];
  const { stdout, stderr, status } = compile(text, model, options);
  if (status !== 0) throw new Error(stderr);
  const objects = new Map<string, number[]>();
  let bytes: number[] = [];
  for (const line of stdout.split('\n')) {
    const label = /^(\w+):$/.exec(line)?.[1];
    const [, directive, argument] = /^\s+\.(byte|value|long|quad|zero)\s+(-?\d+)$/.exec(line) ?? [];
    if (label !== undefined) {
      bytes = [];
      objects.set(label, bytes);
    } else if (directive === 'zero') bytes.push(...new Array<number>(Number(argument)).fill(0));
    else if (directive !== undefined && argument !== undefined)
      bytes.push(...littleEndian(BigInt(argument), directive));
  }
  return objects;
}

const widths: Readonly<Record<string, number>> = { byte: 1, value: 2, long: 4, quad: 8 };

function littleEndian(value: bigint, directive: string): number[] {
  return Array.from({ length: widths[directive] ?? 0 }, (_, index) =>
    Number((value >> BigInt(8 * index)) & 0xffn),
  );
}

/** The numbers of an `int` array's bytes. */
export function ints(bytes: readonly number[] | undefined): number[] {
  if (!bytes) throw new Error('gcc wrote no such object');
  return Array.from({ length: bytes.length / 4 }, (_, index) =>
    Buffer.from(bytes.slice(4 * index, 4 * index + 4)).readInt32LE(),
  );
}

/** Compiles and runs an LP64 program; what it prints. */
export function run(text: string, options: readonly string[] = []): string {
  return inFolder((folder) => {
    const program = join(folder, 'program');
    const { stderr, status } = gcc(folder, text, ['-m64', '-w', ...options, '-o', program]);
    if (status !== 0) throw new Error(stderr);
    return spawnSync(program, { encoding: 'utf8' }).stdout;
  });
}

function compile(text: string, model: DataModel, options: readonly string[]) {
  return inFolder((folder) => gcc(folder, text, [...modelOptions[model], ...options]));
}

function gcc(folder: string, text: string, options: readonly string[]) {
  const source = join(folder, 'source.c');
  writeFileSync(source, text);
  // glibc's headers ask for this file under -m32; it is empty but for names of missing functions.
  mkdirSync(join(folder, 'gnu'));
  writeFileSync(join(folder, 'gnu', 'stubs-32.h'), '');
  const all = ['-std=gnu17', '-I', folder, ...options, source];
  return spawnSync('gcc', all, { encoding: 'utf8', maxBuffer: 1 << 28 });
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-gcc-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
