/** Compiles many trees with gcc for three OSIDs each, links them into one program, and reads what it prints. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DataModel } from '../../server/src/c/value';
import { isUndefinedBehaviour } from '../c/gcc';
import type { Tree } from './tree';

export const osids = [0, 1, 2] as const;

/** What one tree does when it is compiled for one OSID and run. */
export interface Outcome {
  /** gcc warns of undefined behaviour somewhere, perhaps in code that is never executed. */
  readonly warned: boolean;
  /** Undefined behaviour happened: `stopped` where the program could not go on after it. */
  readonly undefined: 'no' | 'continued' | 'stopped';
  /** A `_Bool` or enumeration was read that held none of its values, which need not be reported. */
  readonly invalid: boolean;
  /** The watched values at the end as unsigned 64-bit numbers; empty where the program stopped. */
  readonly values: ReadonlyMap<string, bigint>;
}

/** A generated tree that gcc refuses: a defect of the generator. */
export class CompileError extends Error {
  constructor(
    readonly tree: Tree,
    readonly complaints: string,
  ) {
    super(`gcc refuses a generated tree:\n${complaints}`);
  }
}

// Where an object lies decides what is misaligned, and x86 does not mind.
const sanitizers = ['-fsanitize=undefined', '-fsanitize=bounds-strict', '-fno-sanitize=alignment'];
const modelOptions: Readonly<Record<DataModel, readonly string[]>> = {
  LP64: ['-m64'],
  ILP32: ['-m32', '-ffreestanding', '-isystem', '/usr/include/x86_64-linux-gnu'],
};
/** Not every kernel runs 32-bit programs; an emulator does. */
const runners: Readonly<Record<DataModel, readonly string[]>> = { LP64: [], ILP32: ['qemu-i386'] };
const compileOptions = [
  '-std=gnu17',
  '-O0',
  '-S',
  '-fno-pie',
  '-fno-stack-protector',
  '-fno-asynchronous-unwind-tables',
];
const warningOptions = ['-Wshift-overflow=2', '-Wshift-negative-value', '-fno-diagnostics-show-caret'];

/**
 * The outcome of each tree for each OSID; undefined where gcc crashes on the tree, or an overflow keeps it from a
 * constant. Throws `CompileError`.
 */
export function runTrees(trees: readonly Tree[], model: DataModel): (readonly Outcome[] | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-oracle-'));
  try {
    writeSystemHeaders(folder);
    const compiled = trees.map((tree, index) => compileTree(tree, index, folder, model));
    const assembly = compiled.flatMap((each) => each?.assembly ?? []);
    writeFileSync(join(folder, 'all.s'), assembly.join('\n'));
    const indices = [...trees.keys()].filter((index) => compiled[index]);
    writeFileSync(join(folder, 'driver.c'), driver(indices));
    const output = execute(folder, model);
    return trees.map((tree, index) => {
      const warned = compiled[index]?.warned;
      if (!warned) return undefined;
      return osids.map((osid) => readOutcome(tree, output.get(`${index} ${osid}`), warned[osid] ?? false));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A <stdio.h> that is read faster, and what glibc's headers want under -m32. */
function writeSystemHeaders(folder: string): void {
  mkdirSync(join(folder, 'system', 'gnu'), { recursive: true });
  writeFileSync(join(folder, 'system', 'stdio.h'), '');
  writeFileSync(join(folder, 'system', 'gnu', 'stubs-32.h'), '');
}

/** The machine can run what gcc makes for the model (without any C library). */
export function canRun(model: DataModel): boolean {
  try {
    const files = new Map([['main.c', 'static int mint_one = 1; int mint_run(void) { return mint_one; }\n']]);
    const watched = [{ name: 'mint_one', access: 'mint_one' }];
    const tree = { files, main: 'main.c', others: [], entry: 'mint_run()', watched, uninitialized: [] };
    return runTrees([tree], model)[0]?.[0]?.values.get('mint_one') === 1n;
  } catch {
    return false;
  }
}

function execute(folder: string, model: DataModel): Map<string, string[]> {
  const program = join(folder, 'program');
  const link = [
    '-static',
    '-nostdlib',
    '-no-pie',
    '-fno-stack-protector',
    '-O1',
    '-Wl,-z,noexecstack',
    '-o',
    program,
  ];
  const { status, stderr } = spawnSync('gcc', [...modelOptions[model], ...link, 'driver.c', 'all.s'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`linking failed: ${stderr.slice(0, 4000)}`);
  const [command = program, ...words] = [...runners[model], program];
  const run = spawnSync(command, words, { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 60_000 });
  if (run.status !== 0) throw new Error(`the compiled trees failed: ${run.signal ?? run.status}`);
  const lines = run.stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  return new Map(lines.map(([tree, osid, ...rest]) => [`${tree} ${osid}`, rest]));
}

function readOutcome(tree: Tree, words: readonly string[] | undefined, warned: boolean): Outcome {
  if (!words) throw new Error('the compiled trees printed too little');
  const [state, ...values] = words;
  if (state === 'stopped') return { warned, undefined: 'stopped', invalid: false, values: new Map() };
  const named = tree.watched.map(({ name }, index) => [name, BigInt(`0x${values[index]}`)] as const);
  const happened = state === 'continued' ? 'continued' : 'no';
  return { warned, undefined: happened, invalid: state === 'invalid', values: new Map(named) };
}

interface Compiled {
  readonly assembly: readonly string[];
  readonly warned: readonly boolean[];
}

/** The tree's assembly for each OSID, its symbols made unique so that all trees fit into one program; undefined where gcc crashes. */
function compileTree(tree: Tree, index: number, folder: string, model: DataModel): Compiled | undefined {
  const root = join(folder, `tree${index}`);
  for (const [path, text] of tree.files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const units = osids.flatMap((osid) => [
    { osid, name: `unit_${osid}_0`, text: mainUnit(tree, index, osid) },
    ...tree.others.map((other, n) => ({
      osid,
      name: `unit_${osid}_${n + 1}`,
      text: `#define OSID ${osid}\n#include "${other}"\n`,
    })),
  ]);
  for (const { name, text } of units) writeFileSync(join(root, `${name}.c`), text);
  const options = [
    ...modelOptions[model],
    ...compileOptions,
    ...sanitizers,
    ...warningOptions,
    '-I',
    'include',
    '-isystem',
    '../system',
  ];
  const { status, stderr } = spawnSync('gcc', [...options, ...units.map(({ name }) => `${name}.c`)], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 1 << 26,
  });
  if (/internal compiler error|initializer element is not (?:constant|computable at load time)/.test(stderr))
    return undefined;
  if (status !== 0) throw new CompileError(tree, stderr);
  const warned = osids.map((osid) => warnings(stderr, osid).some(isUndefinedBehaviour));
  const assembly = osids.flatMap((osid) => {
    const texts = units.filter((unit) => unit.osid === osid);
    return withUniqueSymbols(
      texts.map(({ name }) => readFileSync(join(root, `${name}.s`), 'utf8')),
      `T${index}_${osid}_`,
    );
  });
  return { assembly, warned };
}

/** Warnings of one OSID's units. gcc names the file that is compiled in the lines before each group of warnings. */
function warnings(stderr: string, osid: number): string[] {
  let current = false;
  return stderr.split('\n').filter((line) => {
    const unit = /\bunit_(\d)_\d\.c/.exec(line);
    if (unit) current = unit[1] === String(osid);
    return current && line.includes('warning:');
  });
}

function mainUnit(tree: Tree, index: number, osid: number): string {
  const prints = tree.watched.map(({ access }) => `\toracle_print((unsigned long long)(${access}));`);
  return `#define OSID ${osid}
#define ORACLE 1
static unsigned long long oracle_local[6];
#include "${tree.main}"
extern void oracle_print(unsigned long long);
void oracle_run_${index}_${osid}(void) { ${tree.entry}; }
void oracle_report_${index}_${osid}(void) {
${prints.join('\n')}
}
`;
}

/**
 * Renames every symbol that the texts define, as a linker keeps objects of other programs apart: what one text makes
 * global is one symbol in all of them. The oracle's own entries stay.
 */
function withUniqueSymbols(texts: readonly string[], prefix: string): string[] {
  const labels = new Set(texts.flatMap((text) => names(text, /^([\w.]+):/gm)));
  const global = texts.flatMap((text) => names(text, /^\t\.globl\t([\w.]+)$/gm));
  const shared = new Set(global.filter((name) => labels.has(name)));
  return texts.map((text, unit) => {
    const defined = new Set([
      ...names(text, /^([\w.]+):/gm),
      ...names(text, /^\t\.(?:local|comm)\t([\w.]+)/gm),
    ]);
    const rename = (name: string): string => {
      if (/^oracle_(run|report)_/.test(name)) return name;
      if (shared.has(name)) return prefix + name;
      return defined.has(name)
        ? `${name.startsWith('.') ? '.' : ''}${prefix}${unit}_${name.replace(/^\./, '')}`
        : name;
    };
    const renamed = text
      .split('\n')
      .map((line) =>
        /^\t\.(string|ascii|file|ident|section)\b/.test(line)
          ? line
          : line.replace(/(?<![%\w.])[\w.]+/g, rename),
      );
    return renamed.join('\n');
  });
}

function names(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([, name]) => name ?? '');
}

/**
 * Runs every tree and prints one line for each OSID: its numbers, `ok`, `invalid`, `continued` or `stopped`, and the values.
 * It takes the place of the sanitizer's library: an overflow goes on with gcc's wrapped result, an access that could
 * touch other memory ends the tree. It needs no C library, so that 32-bit programs run too.
 */
function driver(indices: readonly number[]): string {
  const entries = indices.flatMap((index) => osids.map((osid) => `X(${index}, ${osid})`));
  return `
${driverText}
#define ENTRIES ${entries.join(' ')}
#define X(t, k) void oracle_run_##t##_##k(void), oracle_report_##t##_##k(void);
ENTRIES
#undef X
#define X(t, k) { t, k, oracle_run_##t##_##k, oracle_report_##t##_##k },
static const struct { int tree, osid; void (*run)(void), (*report)(void); } entries[] = { ENTRIES };

void oracle_main(void)
{
	for (current = 0; current < sizeof(entries) / sizeof(entries[0]); current++) {
		happened = invalid = 0;
		put_number(entries[current].tree, 10);
		put(' ');
		put_number(entries[current].osid, 10);
		if (__builtin_setjmp(stop) == 0) {
			entries[current].run();
			put_text(happened ? " continued" : invalid ? " invalid" : " ok");
			entries[current].report();
		} else {
			put_text(" stopped");
		}
		put('\\n');
	}
	flush();
	leave();
}
`;
}

const driverText = `
typedef unsigned long long number;
static void *stop[5];
static volatile unsigned current;
static volatile int happened, invalid;
static char buffer[65536];
static unsigned used;

#ifdef __x86_64__
#define SYSTEM_CALL(result, n, a, b, c) \\
	__asm__ volatile("syscall" : "=a"(result) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory")
#define WRITE 1
#define EXIT 60
#else
#define SYSTEM_CALL(result, n, a, b, c) \\
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(n), "b"(a), "c"(b), "d"(c) : "memory")
#define WRITE 4
#define EXIT 1
#endif

static void flush(void)
{
	unsigned done = 0;
	while (done < used) {
		long written;
		SYSTEM_CALL(written, (long)WRITE, 1L, buffer + done, (long)(used - done));
		if (written <= 0)
			break;
		done += written;
	}
	used = 0;
}
static void leave(void) { long result; SYSTEM_CALL(result, (long)EXIT, 0L, 0L, 0L); __builtin_unreachable(); }
static void put(char c) { if (used == sizeof(buffer)) flush(); buffer[used++] = c; }
static void put_text(const char *text) { while (*text) put(*text++); }
static void put_number(number n, unsigned base)
{
	char digits[32];
	unsigned count = 0;
	do { digits[count++] = "0123456789abcdef"[n % base]; n /= base; } while (n);
	while (count) put(digits[--count]);
}
void oracle_print(number n) { put(' '); put_number(n, 16); }

/* The stack must be aligned where a function is called. */
#ifdef __x86_64__
__asm__(".globl _start; _start: and $-16, %rsp; call oracle_main");
#else
__asm__(".globl _start; _start: and $-16, %esp; call oracle_main");
#endif

static void end(void) { __builtin_longjmp(stop, 1); }
#define CONTINUE(what) void __ubsan_handle_##what(void) { happened = 1; }
#define STOP(what) void __ubsan_handle_##what(void) { end(); }
CONTINUE(add_overflow) CONTINUE(sub_overflow) CONTINUE(mul_overflow) CONTINUE(negate_overflow)
CONTINUE(shift_out_of_bounds) CONTINUE(invalid_builtin)
void __ubsan_handle_load_invalid_value(void) { invalid = 1; }
STOP(divrem_overflow) STOP(out_of_bounds) STOP(type_mismatch_v1) STOP(pointer_overflow) STOP(vla_bound_not_positive)
STOP(builtin_unreachable) STOP(missing_return) STOP(nonnull_arg) STOP(nonnull_return_v1)

void *memcpy(void *to, const void *from, __SIZE_TYPE__ n) { for (char *t = to; n--;) *t++ = *(const char *)from++; return to; }
void *memset(void *to, int c, __SIZE_TYPE__ n) { for (char *t = to; n--;) *t++ = c; return to; }
void *memmove(void *to, const void *from, __SIZE_TYPE__ n) { return memcpy(to, from, n); }
int __popcountdi2(number n) { int count = 0; for (; n; n &= n - 1) count++; return count; }
int __popcountsi2(unsigned n) { return __popcountdi2(n); }
int __ctzdi2(number n) { int count = 0; for (; !(n & 1); n >>= 1) count++; return count; }

#ifndef __x86_64__
/* What libgcc has for 64-bit division on a 32-bit machine. */
static number divide(number a, number b, number *rest)
{
	number quotient = 0, left = 0;
	for (int bit = 63; bit >= 0; bit--) {
		left = left << 1 | (a >> bit & 1);
		if (left >= b) { left -= b; quotient |= 1ULL << bit; }
	}
	*rest = left;
	return quotient;
}
number __udivdi3(number a, number b) { number rest; return divide(a, b, &rest); }
number __umoddi3(number a, number b) { number rest; divide(a, b, &rest); return rest; }
static number size(long long a) { return a < 0 ? -(number)a : a; }
long long __divdi3(long long a, long long b)
{
	number rest, quotient = divide(size(a), size(b), &rest);
	return (a < 0) != (b < 0) ? -quotient : quotient;
}
long long __moddi3(long long a, long long b)
{
	number rest;
	divide(size(a), size(b), &rest);
	return a < 0 ? -rest : rest;
}
#endif
`;
