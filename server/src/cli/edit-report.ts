/** An edit as a terminal and as a program reads it. */
import type { Range } from 'vscode-languageserver-types';
import { groupBy } from '../group-by';
import type { Finding, Fix, RegionPromise } from '../memmap/finding';
import { applyEdits } from '../memmap/what-if';
import { message, render } from '../messages';
import { formatHex, formatRange, formatSize, lengthOf } from '../range';
import { rangeOf } from '../service/positions';
import { type JsonFinding, jsonFinding } from './json-report';
import { findingLines } from './text-report';
import type { Wording } from './wording';

/** A fix that promises the range of a region. */
export type CheckedFix = Fix & { readonly promise: RegionPromise };

export interface Edited extends Wording {
  readonly fix: CheckedFix;
}

/** Numbers are lower-case hexadecimal, ends exclusive, paths relative to the folder, ranges as in the Language Server Protocol. */
export interface JsonEdit {
  readonly version: 1;
  readonly title: string;
  /** Places are those of the file before the edit. */
  readonly edits: readonly { readonly file: string; readonly range: Range; readonly newText: string }[];
  /** What the region is with the edit. */
  readonly promise: {
    readonly osid: number;
    readonly region: string;
    readonly start: string;
    readonly end: string;
  };
  readonly written: boolean;
  /** The errors about the node that there are with the edit; only where it has been written. */
  readonly findings?: readonly JsonFinding[];
}

/** @param written the sources with the edit, where it has been written */
export function editJson({ fix, snapshot, paths, locale }: Edited, written?: Wording): string {
  const { osid, region, range } = fix.promise;
  const report: JsonEdit = {
    version: 1,
    title: render(fix.title, locale, paths.place),
    edits: fix.edits.map(({ place, newText }) => ({
      file: paths.of(place.file),
      range: rangeOf(snapshot, place),
      newText,
    })),
    promise: { osid, region, start: formatHex(range.start), end: formatHex(range.end) },
    written: written !== undefined,
    ...(written
      ? {
          findings: errorsOf(fix, written).map((finding) => jsonFinding(finding, written)),
        }
      : {}),
  };
  return JSON.stringify(report, undefined, 2);
}

/** The fix's title, then for each file `file:line`, the lines that go and the lines that come. */
export function editText({ fix, snapshot, paths, locale }: Edited): string {
  const files = [...groupBy(fix.edits, ({ place }) => place.file)].flatMap(([file, edits]) => {
    const before = snapshot.document(file)?.getText() ?? '';
    const { line, removed, added } = changedLines(linesOf(before), linesOf(applyEdits(before, edits)));
    return [
      `${paths.of(file)}:${line + 1}`,
      ...removed.map((text) => `-${printable(text)}`),
      ...added.map((text) => `+${printable(text)}`),
    ];
  });
  return [render(fix.title, locale, paths.place), ...files].join('\n');
}

/** What the region is now, and the errors about the node as `check` has them. */
export function doneText(fix: CheckedFix, written: Wording): string {
  const { osid, region, range } = fix.promise;
  const now = message('cli.region-now', {
    osid,
    region,
    range: formatRange(range),
    size: formatSize(lengthOf(range)),
  });
  return [
    render(now, written.locale, written.paths.place),
    ...errorsOf(fix, written).flatMap((finding) => findingLines(finding, written)),
  ].join('\n');
}

function errorsOf({ promise }: CheckedFix, { snapshot }: Wording): readonly Finding[] {
  return snapshot.findings.filter(
    ({ severity, nodes }) => severity === 'error' && nodes.includes(promise.osid),
  );
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

/** The lines between the first and the last difference; `line` is the first of them, from 0. */
function changedLines(before: readonly string[], after: readonly string[]) {
  const shorter = Math.min(before.length, after.length);
  let line = 0;
  while (line < shorter && before[line] === after[line]) line++;
  let same = 0;
  while (same < shorter - line && before.at(-1 - same) === after.at(-1 - same)) same++;
  return {
    line,
    removed: before.slice(line, before.length - same),
    added: after.slice(line, after.length - same),
  };
}

/** A source file does not command the terminal. */
function printable(line: string): string {
  return line.replace(/[^\P{Cc}\t]/gu, '\ufffd');
}
