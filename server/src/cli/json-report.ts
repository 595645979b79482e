/** The layout and its findings as JSON. Programs read it: later versions add to it and change nothing. */
import type { Range } from 'vscode-languageserver-types';
import type { Finding } from '../memmap/finding';
import type { Region } from '../memmap/layout';
import { type Locale, render } from '../messages';
import { formatHex } from '../range';
import { rangeOf } from '../service/positions';
import type { Snapshot } from '../service/snapshot';
import { changePlacesOf } from '../service/values';
import type { Paths } from './paths';

/** Numbers are lower-case hexadecimal, ends exclusive, paths relative to the folder, ranges as in the Language Server Protocol. */
export interface JsonReport {
  readonly version: 1;
  readonly window: { readonly start: string; readonly end: string };
  readonly nodes: readonly {
    readonly osid: number;
    /** The source tree's folder. */
    readonly source: string;
    readonly regions: readonly JsonRegion[];
  }[];
  readonly findings: readonly JsonFinding[];
}

export interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly range: Range;
  readonly message: string;
  readonly nodes: readonly number[];
}

export interface JsonRegion {
  readonly name: string;
  readonly start: string | null;
  readonly size: string | null;
  readonly end: string | null;
  /** Why one of the three is null. */
  readonly unknown?: string;
  /** Where other code of the tree may give start or size another value at run time: `kexec/kexec.c:123`. */
  readonly unlessChangedAt?: readonly string[];
}

export function jsonReport(snapshot: Snapshot, paths: Paths, locale: Locale): JsonReport {
  const { window, nodes } = snapshot.layout;
  return {
    version: 1,
    window: { start: formatHex(window.start), end: formatHex(window.end) },
    nodes: nodes.map(({ osid, tree, regions }) => ({
      osid,
      source: tree.name,
      regions: regions.map((region) => jsonRegion(region, paths, locale)),
    })),
    findings: snapshot.findings.map((finding) => jsonFinding(finding, snapshot, paths, locale)),
  };
}

export function jsonFinding(finding: Finding, snapshot: Snapshot, paths: Paths, locale: Locale): JsonFinding {
  return {
    rule: finding.rule,
    severity: finding.severity,
    file: paths.of(finding.place.file),
    range: rangeOf(snapshot, finding.place),
    message: render(finding.message, locale, paths.place),
    nodes: finding.nodes,
  };
}

function jsonRegion(region: Region, paths: Paths, locale: Locale): JsonRegion {
  const { name, start, size, end, unknown } = region;
  const hex = (value: bigint | undefined) => (value === undefined ? null : formatHex(value));
  const changes = changePlacesOf(region).map(paths.place);
  return {
    name,
    start: hex(start.value),
    size: hex(size.value),
    end: hex(end),
    ...(unknown ? { unknown: render(unknown, locale, paths.place) } : {}),
    ...(changes.length > 0 ? { unlessChangedAt: changes } : {}),
  };
}
