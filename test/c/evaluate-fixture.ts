/**
 * Small source trees with what the evaluator must say of them, for gcc to judge.
 *
 * A fixture is the text of kexec/firmware_memmap.c. Lines that begin with `////` set things or begin further files:
 * `//// file PATH`, `//// outside PATH` (code of a library: linked, but not in the tree), `//// call EXPRESSION` (what
 * calls the code, each time in a process of its own), `//// watch NAME=EXPRESSION`, `//// gcc OPTIONS`,
 * `//// refused OSID` (gcc refuses the tree for that OSID), `//// model LP64` (it makes sense under LP64 only).
 *
 * Every `mint_regionN_start` and `mint_regionN_size` must be known for every OSID, with gcc's value. What is otherwise
 * stands in comments beginning with `!`, parted by `;`, each perhaps with `OSID 1,2` in front:
 * `NAME: VALUE` is what is said of a name: alternatives as in `0x1 if (c) | 0x2 if not (c)`, or the code of a reason
 * whose place is on this line; `problem CODE` is a problem on this line that gcc's sanitizer does not look for.
 */
import { posix } from 'node:path';
import type { Evaluation } from '../../server/src/c/evaluation';
import { UNDEFINED_BEHAVIOUR } from '../../server/src/c/reason';
import type { SourceHost, Span } from '../../server/src/c/source';
import type { KnownValue, Value } from '../../server/src/c/value';
import { compileDefinitions } from '../../server/src/project/compile-definitions';

export const MAIN = 'kexec/firmware_memmap.c';

export interface EvaluateFixture {
  /** Texts of the tree by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Texts that are linked but not in the tree. */
  readonly outside: ReadonlyMap<string, string>;
  readonly calls: readonly string[];
  readonly watched: readonly { readonly name: string; readonly access: string }[];
  readonly gccOptions: readonly string[];
  readonly refused: ReadonlySet<number>;
  readonly expectations: readonly Expectation[];
}

export interface Expectation {
  readonly osid: number;
  /** Undefined where just a problem is expected. */
  readonly name: string | undefined;
  readonly text: string;
  /** `kexec/firmware_memmap.c:12` */
  readonly line: string;
}

const OSIDS = [0, 1, 2];

export function parseFixture(text: string): EvaluateFixture {
  const files = new Map<string, string>();
  const outside = new Map<string, string>();
  const calls: string[] = [];
  const watched: { name: string; access: string }[] = [];
  const gccOptions: string[] = [];
  const refused = new Set<number>();
  let [group, path, first] = [files, MAIN, 0] as [Map<string, string>, string, number];
  const lines = text.split(/(?<=\n)/);
  const end = (at: number): void => {
    group.set(path, lines.slice(first, at).join(''));
  };
  for (const [at, line] of lines.entries()) {
    const [, word, rest = ''] = /^\/\/\/\/ (\w+) (.*?)\r?\n?$/.exec(line) ?? [];
    const [name = '', access = name] = rest.split('=');
    if (word === 'file' || word === 'outside') {
      end(at);
      [group, path, first] = [word === 'file' ? files : outside, rest, at + 1];
    } else if (word === 'call') calls.push(rest);
    else if (word === 'watch') watched.push({ name, access });
    else if (word === 'gcc') gccOptions.push(...rest.split(' '));
    else if (word === 'refused') refused.add(Number(rest));
    else if (word !== undefined && word !== 'model') throw new Error(`what does ${line.trim()} mean?`);
  }
  end(lines.length);
  const whole = [...files.values()].join('');
  const names = new Set(whole.match(/\bmint_region\d+_(?:start|size)\b/g));
  const spelled = [...names].map((name) => ({ name, access: name }));
  return {
    files,
    outside,
    calls: calls.length > 0 ? calls : [/\bget_firmware_memmap_ranges\b/.test(whole) ? 'get_firmware_memmap_ranges(0, 0)' : 'mint_setup()'], // biome-ignore format: one choice
    watched: watched.length > 0 ? watched : spelled,
    gccOptions,
    refused,
    expectations: [...files].flatMap(([file, body]) => expectationsIn(file, body)),
  };
}

function expectationsIn(file: string, text: string): Expectation[] {
  return text.split('\n').flatMap((line, index) => {
    const marks = [...line.matchAll(/\/[/*]! (.*?)(?:\*\/|\r?$)/g)].flatMap(([, mark = '']) =>
      mark.split(';'),
    );
    return marks.flatMap((mark) => {
      const [, osids, name, wanted] =
        /^\s*(?:OSID ([\d,]+):? )?(?:problem |(\w+): )(.*?)\s*$/.exec(mark) ?? [];
      if (wanted === undefined) throw new Error(`what does ${mark} mean?`);
      return (osids?.split(',').map(Number) ?? OSIDS).map((osid) => ({
        osid,
        name,
        text: wanted,
        line: `${file}:${index + 1}`,
      }));
    });
  });
}

/** Files in memory; the tree's own `include` folder is searched as with gcc's -I. */
export function hostOf(files: ReadonlyMap<string, string>): SourceHost {
  return {
    candidates(from, spelled, angled) {
      const shared = posix.join('include', spelled);
      const beside = posix.join(posix.dirname(from), spelled);
      return (angled ? [shared] : [beside, shared]).filter((path) => files.has(path));
    },
    read: (file) => files.get(file) ?? null,
  };
}

/** The definitions that the tree's own compilation database or Makefile gives. */
export function definitionsOf(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const root = 'file:///tree';
  return compileDefinitions({ root, memmapFile: `${root}/${MAIN}` }, (uri) =>
    files.get(uri.slice(root.length + 1)),
  );
}

/** A value as the fixtures write it. */
export function describeValue(value: Value | undefined, files: ReadonlyMap<string, string>): string {
  if (value === undefined) return 'not watched';
  if (value.kind === 'known') return describeKnown(value, files);
  if (value.kind === 'unknown') return value.reason.code;
  return value.alternatives
    .map((each) => {
      const when = each.when.map(({ text, holds }) => `${holds ? '' : 'not '}${text}`);
      return `${describeValue(each.value, files)} if ${when.join(' and ')}`;
    })
    .join(' | ');
}

function describeKnown(
  { value, unlessChangedAt = [] }: KnownValue,
  files: ReadonlyMap<string, string>,
): string {
  const places = unlessChangedAt.map((span) => lineOf(span, files));
  const shown = `0x${BigInt.asUintN(64, value).toString(16)}`;
  return places.length > 0 ? `${shown} unless changed at ${places.join(' ')}` : shown;
}

/** `kexec/mint.h:12` */
export function lineOf(span: Span | undefined, files: ReadonlyMap<string, string>): string {
  if (!span) return 'nowhere';
  return `${span.file}:${(files.get(span.file) ?? '').slice(0, span.start).split('\n').length}`;
}

/** Lines with undefined behaviour, and `line code` of all other problems. */
export function problemsOf(
  { problems }: Evaluation,
  files: ReadonlyMap<string, string>,
): { readonly undefined: ReadonlyMap<string, string>; readonly other: readonly string[] } {
  const undefinedAt = new Map<string, string>();
  const other: string[] = [];
  for (const { reason, place } of problems) {
    const line = lineOf(place, files);
    if (UNDEFINED_BEHAVIOUR.has(reason.code)) undefinedAt.set(line, reason.code);
    else other.push(`${line} ${reason.code}`);
  }
  return { undefined: undefinedAt, other };
}
