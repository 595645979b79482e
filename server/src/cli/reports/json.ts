/** The layout and its findings as JSON. Programs read it: later versions add to it and change nothing. */
import type { Range } from 'vscode-languageserver-types';
import type { Finding } from '../../memmap/finding';
import type { LayoutNode, Region } from '../../memmap/layout';
import { render } from '../../messages';
import { type AddressRange, formatHex } from '../../range';
import { rangeOf } from '../../service/positions';
import { changePlacesOf } from '../../service/values';
import type { Wording } from '../wording';

/** Numbers are lower-case hexadecimal, ends exclusive, paths relative to the folder, ranges as in the Language Server Protocol. */
export interface JsonReport {
  readonly version: 1;
  /** Of the first project. */
  readonly window: JsonRange;
  readonly nodes: readonly JsonNode[];
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

export interface JsonRange {
  readonly start: string;
  readonly end: string;
}

export interface JsonNode {
  readonly osid: number;
  /** As the project file calls it. */
  readonly name?: string;
  readonly role?: 'monitor' | 'service';
  /** The source tree's folder. */
  readonly source: string;
  /** The project file that counts for the node. */
  readonly project?: string;
  readonly regions: readonly JsonRegion[];
  /** What the node's kernel is told about beside what firmware reports. */
  readonly ranges: readonly JsonMemoryRange[];
  /** `table`: as get_firmware_memmap_ranges() leaves them, in its order; `regions`: those stand in for the table. */
  readonly rangesFrom: 'table' | 'regions';
  /** Why regions stand in. */
  readonly rangesWhy?: string;
  /** RAM of other nodes that the node recognizes as memory of another type. */
  readonly watches?: readonly (JsonRange & { readonly osid: number })[];
  /** Where the node's kernel text lies, and the file that shows it or its size. */
  readonly kernelText?: JsonRange & { readonly from: string };
  /** The RAM that each of the node's dumps shows. */
  readonly observed?: readonly (JsonRange & { readonly from: string })[];
}

export interface JsonMemoryRange extends JsonRange {
  /** `ram`, `reserved`, `acpi`, `acpi-nvs`, `uncached`, `pmem`; kexec's number for any other. */
  readonly type: string | number;
  /** As in regions. */
  readonly unlessChangedAt?: readonly string[];
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

export function jsonReport(projects: readonly Wording[]): JsonReport {
  const [first] = projects;
  const window = first?.snapshot.layout.window ?? { start: 0n, end: 0n };
  return {
    version: 1,
    window: jsonRange(window),
    nodes: projects.flatMap((wording) =>
      wording.snapshot.layout.nodes.map((node) => jsonNode(node, wording)),
    ),
    findings: projects.flatMap((wording) => wording.findings.map((finding) => jsonFinding(finding, wording))),
  };
}

export function jsonFinding(finding: Finding, { snapshot, paths, locale }: Wording): JsonFinding {
  return {
    rule: finding.rule,
    severity: finding.severity,
    file: paths.of(finding.place.file),
    range: rangeOf(snapshot, finding.place),
    message: render(finding.message, locale, paths.place),
    nodes: finding.nodes,
  };
}

export function jsonRange({ start, end }: AddressRange): JsonRange {
  return { start: formatHex(start), end: formatHex(end) };
}

function jsonNode(node: LayoutNode, wording: Wording): JsonNode {
  const { osid, tree, regions, facts, evidence } = node;
  const { paths, snapshot } = wording;
  const project = snapshot.context.project.file;
  const { kernelText, reports } = evidence;
  const observed = reports.flatMap(({ file, ram }) =>
    ram.map((range) => ({ ...jsonRange(range), from: paths.of(file) })),
  );
  return {
    osid,
    ...(facts?.name === undefined ? {} : { name: facts.name }),
    ...(facts?.role === undefined ? {} : { role: facts.role }),
    source: tree.name,
    ...(project ? { project: paths.of(project.uri) } : {}),
    regions: regions.map((region) => jsonRegion(region, wording)),
    ...jsonMemory(node, wording),
    ...(kernelText
      ? { kernelText: { ...jsonRange(kernelText.range), from: paths.of(kernelText.file) } }
      : {}),
    ...(observed.length > 0 ? { observed } : {}),
  };
}

function jsonMemory(node: LayoutNode, { paths, snapshot, locale }: Wording) {
  const { memory } = node;
  const ranges = memory.ranges.map(({ range, type, entry }): JsonMemoryRange => {
    const changes = [...new Set(entry?.unlessChangedAt.map(paths.place))];
    return { ...jsonRange(range), type, ...(changes.length > 0 ? { unlessChangedAt: changes } : {}) };
  });
  const why = memory.from === 'regions' ? render(memory.why, locale, paths.place) : undefined;
  const watches = snapshot.layout.watches
    .filter(({ watcher }) => watcher === node)
    .map(({ watched, range }) => ({ osid: watched.osid, ...jsonRange(range) }));
  return {
    ranges,
    rangesFrom: memory.from,
    ...(why === undefined ? {} : { rangesWhy: why }),
    ...(watches.length > 0 ? { watches } : {}),
  };
}

function jsonRegion(region: Region, { paths, locale }: Wording): JsonRegion {
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
