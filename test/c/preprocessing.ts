/** The preprocessor over files in memory or on the disk, and gcc's beside it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { tokenize } from '../../server/src/c/preprocessor/lexer';
import { type Preprocessed, preprocess } from '../../server/src/c/preprocessor/preprocess';
import { standardSpelling } from '../../server/src/c/preprocessor/preprocessing-token';
import type { SourceHost, Span } from '../../server/src/c/source';
import type { Token } from '../../server/src/c/token';
import type { DataModel } from '../../server/src/c/value';

export interface Options {
  readonly dataModel?: DataModel;
  readonly pinned?: Readonly<Record<string, string>>;
  readonly definitions?: Readonly<Record<string, string>>;
}

const diskHost: SourceHost = {
  candidates: (from, spelled, angled) => (angled ? [] : [resolve(dirname(from), spelled)]),
  read: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null),
};

/** Preprocesses `file` of `files`, in which an `#include` names a file by its key; an undefined text is not loaded. */
export function preprocessFiles(
  files: Readonly<Record<string, string | undefined>>,
  options: Options = {},
  file = 'main.c',
): Preprocessed {
  const host: SourceHost = {
    candidates: (_, spelled, angled) => (angled ? [] : [spelled]),
    read: (name) => (name in files ? files[name] : null),
  };
  return preprocessWith(host, file, options);
}

/** `main.c` of one text. */
export function unit(text: string, options: Options = {}): Preprocessed {
  return preprocessFiles({ 'main.c': text }, options);
}

export function codes({ problems }: Preprocessed): string[] {
  return problems.map(({ reason }) => reason.code);
}

/** The text of each span, all of `main.c`. */
export function written(text: string, spans: readonly Span[]): string[] {
  return spans.map((span) => (span.file === 'main.c' ? text.slice(span.start, span.end) : `in ${span.file}`));
}

export function preprocessOnDisk(file: string, options: Options = {}): Preprocessed {
  return preprocessWith(diskHost, file, options);
}

function preprocessWith(host: SourceHost, file: string, options: Options): Preprocessed {
  return preprocess({
    file,
    host,
    dataModel: options.dataModel ?? 'LP64',
    pinned: new Map(Object.entries(options.pinned ?? {})),
    definitions: new Map(Object.entries(options.definitions ?? {})),
  });
}

export function texts(tokens: readonly Token[]): string[] {
  return tokens.map((token) => token.text);
}

/** The spelling of what is left of a text. */
export function expandText(text: string, options: Options = {}): string {
  return texts(unit(text, options).tokens).join(' ');
}

export interface GccPreprocessed {
  readonly texts: readonly string[];
  /** gcc's first error, empty where there is none. */
  readonly error: string;
  /** The lines of the file, from 1, that gcc has an error in. */
  readonly errorLines: ReadonlySet<number>;
}

/** What `gcc -E` leaves of a file, pragmas aside. */
export function gccPreprocess(file: string, options: readonly string[] = []): GccPreprocessed {
  const all = ['-E', '-P', '-std=gnu17', '-w', ...options, file];
  const { stdout, stderr } = spawnSync('gcc', all, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const text = stdout.replace(/^#(?:pragma|ident).*$/gm, '');
  const { tokens } = tokenize(file, text);
  const errorLines = new Set(
    [...stderr.matchAll(/^[^\n:]*:(\d+):\d+: (?:fatal )?error/gm)].map((error) => Number(error[1])),
  );
  return {
    texts: texts(tokens.map(standardSpelling)),
    error: /error: .*/.exec(stderr)?.[0] ?? '',
    errorLines,
  };
}

/** What `gcc -E` leaves of a text. */
export function gccPreprocessText(text: string, options: readonly string[] = []): GccPreprocessed {
  return withFile(text, (file) => gccPreprocess(file, options));
}

/** Names and bodies of the macros that gcc has after `text`. */
export function gccMacros(text: string, model: DataModel): ReadonlyMap<string, string> {
  const pattern = /^#define (\w+)(\([^)]*\))? ?(.*)$/gm;
  const defined = gccOutput(text, model, ['-dM']).matchAll(pattern);
  return new Map([...defined].map(([, name, , body]) => [name ?? '', body ?? '']));
}

/** What `gcc -E` makes of a text under the data model. */
export function gccExpansion(text: string, model: DataModel): string {
  return gccOutput(text, model, ['-P']);
}

function gccOutput(text: string, model: DataModel, options: readonly string[]): string {
  return withFile(text, (file) => {
    const all = ['-std=gnu17', '-E', ...options, ...modelOptions(file, model), file];
    const { stdout, stderr, status } = spawnSync('gcc', all, { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  });
}

/** Runs `work` with the text in a file. */
export function withFile<T>(text: string, work: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-preprocess-'));
  try {
    const file = join(folder, 'main.c');
    writeFileSync(file, text);
    // glibc's headers ask for this file under -m32.
    mkdirSync(join(folder, 'gnu'));
    writeFileSync(join(folder, 'gnu', 'stubs-32.h'), '');
    return work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Options that let gcc read glibc's headers under the data model, for a file of `withFile`. */
export function modelOptions(file: string, model: DataModel): readonly string[] {
  const headers = ['-I', dirname(file), '-isystem', '/usr/include/x86_64-linux-gnu'];
  return model === 'LP64' ? ['-m64'] : ['-m32', ...headers];
}
