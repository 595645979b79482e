/** The `-D` definitions that a tree is compiled with: from its compilation database, else from its Makefiles. */
import { memoize } from '../memoize';
import type { SourceTree } from './tree';
import { childOf, pathOf } from './uri';

/** Macro bodies by name, as `-DNAME=BODY` gives them. */
export type Definitions = ReadonlyMap<string, string>;

const NONE: Definitions = new Map();
const DATABASE = 'compile_commands.json';
const MAKEFILES = ['Makefile', 'kexec/Makefile'] as const;
const FLAG_VARIABLES = new Set(['CFLAGS', 'CPPFLAGS', 'EXTRA_CFLAGS']);

/** The files that {@link compileDefinitions} asks for, which joining URIs takes its time for. */
export const definitionFiles = memoize((tree: Pick<SourceTree, 'root'>): readonly string[] =>
  [DATABASE, ...MAKEFILES].map((path) => childOf(tree.root, path)),
);

/** @param text the text of a file of {@link definitionFiles}; undefined where there is none */
export function compileDefinitions(
  tree: Pick<SourceTree, 'root' | 'memmapFile'>,
  text: (uri: string) => string | undefined,
): Definitions {
  const found = databaseDefinitions(tree, text);
  if (found) return found;
  const makefiles = MAKEFILES.map((path) => text(childOf(tree.root, path)) ?? '');
  return fromMakefile(makefiles.join('\n'));
}

/** Those of the {@link definitionFiles} that are there and that {@link compileDefinitions} goes by. */
export function definitionOrigin(
  tree: Pick<SourceTree, 'root' | 'memmapFile'>,
  text: (uri: string) => string | undefined,
): readonly string[] {
  const paths = databaseDefinitions(tree, text) ? [DATABASE] : MAKEFILES;
  return paths.map((path) => childOf(tree.root, path)).filter((file) => text(file) !== undefined);
}

function databaseDefinitions(
  tree: Pick<SourceTree, 'root' | 'memmapFile'>,
  text: (uri: string) => string | undefined,
): Definitions | undefined {
  const database = text(childOf(tree.root, DATABASE));
  return database === undefined ? undefined : fromDatabase(database, pathOf(tree.memmapFile));
}

/**
 * Definitions in a compilation database (Clang's "JSON Compilation Database Format Specification") for one file.
 * A tree that was moved after the database was written still finds its entry, by the path's last two segments.
 *
 * @returns undefined where the database has no entry for the file, or is no database
 */
export function fromDatabase(json: string, path: string): Definitions | undefined {
  const entries = parseEntries(json);
  const tail = path.split('/').slice(-2).join('/');
  const entry =
    entries.find(({ file }) => file === path) ??
    entries.find(({ file }) => file === tail || file.endsWith(`/${tail}`));
  return entry && definitionsIn(entry.words);
}

interface Entry {
  /** Absolute where `directory` says so, with `/` between segments. */
  readonly file: string;
  readonly words: readonly string[];
}

function parseEntries(json: string): readonly Entry[] {
  let database: unknown;
  try {
    database = JSON.parse(json);
  } catch {
    return [];
  }
  return Array.isArray(database) ? database.flatMap((entry: unknown) => parseEntry(entry)) : [];
}

function parseEntry(entry: unknown): readonly Entry[] {
  if (typeof entry !== 'object' || entry === null || !('file' in entry)) return [];
  const { file } = entry;
  if (typeof file !== 'string') return [];
  const directory = 'directory' in entry && typeof entry.directory === 'string' ? entry.directory : '';
  const words =
    'arguments' in entry && Array.isArray(entry.arguments)
      ? entry.arguments.filter((word: unknown) => typeof word === 'string')
      : 'command' in entry && typeof entry.command === 'string'
        ? splitWords(entry.command)
        : undefined;
  return words ? [{ file: resolve(directory, file), words }] : [];
}

/** `file` as seen from `directory`, without `.` and `..`. */
function resolve(directory: string, file: string): string {
  const isAbsolute = /^(?:\/|[A-Za-z]:[\\/])/.test(file);
  const path = (isAbsolute ? file : `${directory}/${file}`).replace(/\\/g, '/');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

/**
 * Definitions in a Makefile's CFLAGS, CPPFLAGS and EXTRA_CFLAGS. Only words that stand there literally count: what
 * depends on another variable, a condition or a target is not known.
 */
export function fromMakefile(text: string): Definitions {
  const values = new Map<string, readonly string[]>();
  let conditions = 0;
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    if (/^ *(?:ifn?eq|ifn?def|define)\b/.test(line)) conditions++;
    else if (/^ *(?:endif|endef)\b/.test(line)) conditions = Math.max(0, conditions - 1);
    if (conditions > 0) continue;
    const match = /^ *(?:(?:export|override) +)*(\w+)\s*(\?|\+|:{1,3})?=(.*)$/.exec(line);
    const [, name = '', operator = '', value = ''] = match ?? [];
    if (!FLAG_VARIABLES.has(name)) continue;
    const before = values.get(name);
    if (operator === '?' && before) continue;
    values.set(name, [...(operator === '+' ? (before ?? []) : []), ...literalWords(value)]);
  }
  if (values.size === 0) return NONE;
  return definitionsIn([...FLAG_VARIABLES].flatMap((name) => values.get(name) ?? []));
}

function literalWords(value: string): readonly string[] {
  const withoutComment = value.replace(/(^|[^\\])#.*$/, '$1').replace(/\\#/g, '#');
  return splitWords(markReferences(withoutComment)).filter((word) => !word.includes(REFERENCE));
}

const REFERENCE = '\0';

/** Puts {@link REFERENCE} for each reference to a variable or function, which may hold spaces: `$(shell date +%s)`. */
function markReferences(value: string): string {
  let marked = '';
  for (let i = 0; i < value.length; i++) {
    if (value[i] !== '$') {
      marked += value[i];
      continue;
    }
    marked += REFERENCE;
    const open = value[++i];
    const close = open === '(' ? ')' : open === '{' ? '}' : undefined;
    for (let depth = close ? 1 : 0; depth > 0 && ++i < value.length; ) {
      if (value[i] === open) depth++;
      else if (value[i] === close) depth--;
    }
  }
  return marked;
}

/** The definitions that a compiler's arguments leave: later ones win, `-U` takes one back. */
function definitionsIn(words: readonly string[]): Definitions {
  const definitions = new Map<string, string>();
  for (let i = 0; i < words.length; i++) {
    const [, option, attached = ''] = /^-([DU])(.*)$/s.exec(words[i] ?? '') ?? [];
    if (option === undefined) continue;
    const given = attached === '' ? (words[++i] ?? '') : attached;
    const equals = given.indexOf('=');
    const name = equals < 0 ? given : given.slice(0, equals);
    if (!/^[A-Za-z_]\w*(?:\([^)]*\))?$/.test(name)) continue;
    if (option === 'U') definitions.delete(name);
    else definitions.set(name, equals < 0 ? '1' : given.slice(equals + 1));
  }
  return definitions;
}

/** Words as the POSIX shell splits them (Shell Command Language 2.2), without expansions. */
export function splitWords(command: string): readonly string[] {
  const words: string[] = [];
  const piece = /(\s+)|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+|['"\\])/g;
  let word: string | undefined;
  for (const [, space, single, double, escaped, plain] of command.matchAll(piece)) {
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    const unescaped = double?.replace(/\\([$`"\\\n])/g, (_, character) =>
      character === '\n' ? '' : character,
    );
    word = (word ?? '') + (single ?? unescaped ?? (escaped === '\n' ? '' : escaped) ?? plain ?? '');
  }
  if (word !== undefined) words.push(word);
  return words;
}
