/** An edit as a terminal and as a program reads it. */
import type { Range } from 'vscode-languageserver-types';
import type { Finding, Fix, MemoryPromise, RegionPromise } from '../memmap/finding';
import { type Message, message, render } from '../messages';
import { formatRange, formatSize, lengthOf } from '../range';
import { rangeOf } from '../service/positions';
import { type JsonFinding, type JsonRange, jsonFinding, jsonRange } from './reports/json';
import { findingLines } from './reports/text';
import type { Wording } from './wording';

/** A fix that promises the range of a region, or what a node's kernel is told. */
export type CheckedFix = Fix & ({ readonly promise: RegionPromise } | { readonly memory: MemoryPromise });

/** The OSID that a fix is about. */
export function osidOf({ promise, memory }: CheckedFix): number {
  return promise?.osid ?? memory?.osid ?? 0;
}

export interface Edited extends Wording {
  readonly fix: CheckedFix;
}

/** Numbers are lower-case hexadecimal, ends exclusive, paths relative to the folder, ranges as in the Language Server Protocol. */
export interface JsonEdit {
  readonly version: 1;
  readonly title: string;
  /** Places are those of the file before the edit. */
  readonly edits: readonly { readonly file: string; readonly range: Range; readonly newText: string }[];
  /** What the region is with the edit, or the node's memory: its RAM, and what it watches. */
  readonly promise:
    | { readonly osid: number; readonly region: string; readonly start: string; readonly end: string }
    | { readonly osid: number; readonly ram: readonly JsonRange[]; readonly watched: readonly JsonRange[] };
  readonly written: boolean;
  /** The errors about the node that there are with the edit; only where it has been written. */
  readonly findings?: readonly JsonFinding[];
}

/** @param written the sources with the edit, where it has been written */
export function editJson({ fix, snapshot, paths, locale }: Edited, written?: Wording): string {
  const report: JsonEdit = {
    version: 1,
    title: render(fix.title, locale, paths.place),
    edits: fix.edits.map(({ place, newText }) => ({
      file: paths.of(place.file),
      range: rangeOf(snapshot, place),
      newText,
    })),
    promise: jsonPromise(fix),
    written: written !== undefined,
    ...(written
      ? {
          findings: errorsOf(fix, written).map((finding) => jsonFinding(finding, written)),
        }
      : {}),
  };
  return JSON.stringify(report, undefined, 2);
}

function jsonPromise({ promise, memory }: CheckedFix): JsonEdit['promise'] {
  if (promise) return { osid: promise.osid, region: promise.region, ...jsonRange(promise.range) };
  const { osid = 0, ram = [], watched = [] } = memory ?? {};
  return { osid, ram: ram.map(jsonRange), watched: watched.map(jsonRange) };
}

/** What is now so, and the errors about the node as `check` has them. */
export function doneText(fix: CheckedFix, written: Wording): string {
  return [
    render(nowMessage(fix), written.locale, written.paths.place),
    ...errorsOf(fix, written).flatMap((finding) => findingLines(finding, written)),
  ].join('\n');
}

function nowMessage({ promise, memory }: CheckedFix): Message {
  if (!promise) {
    const { osid = 0, watched = [] } = memory ?? {};
    return message('cli.watch.now', { osid, ranges: watched.map(formatRange).join(', ') });
  }
  const { osid, region, range } = promise;
  return message('cli.region-now', {
    osid,
    region,
    range: formatRange(range),
    size: formatSize(lengthOf(range)),
  });
}

function errorsOf(fix: CheckedFix, { snapshot }: Wording): readonly Finding[] {
  const osid = osidOf(fix);
  return snapshot.findings.filter(({ severity, nodes }) => severity === 'error' && nodes.includes(osid));
}
