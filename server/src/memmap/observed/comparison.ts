/** Predicted against real: what a node's kernel is told about beside the RAM that its machine reports. */
import { type AddressRange, intersection, subtract, union } from '../../range';
import { isAllKnown, type LayoutNode, type Region } from '../layout';
import { everyPartOf, type Part } from '../overlaps/overlaps';
import type { MemoryReport } from './evidence';

/**
 * What an x86 kernel keeps from its own RAM whatever it is given (Linux, trim_bios_range()): the first page, in Linux
 * 2.6.37 to 3.8 the first 64 KiB (CONFIG_X86_RESERVE_LOW), and the 384 KiB below 1 MiB.
 */
const KEPT_BY_KERNEL: readonly AddressRange[] = [
  { start: 0n, end: 0x10000n },
  { start: 0xa0000n, end: 0x100000n },
];

/**
 * A part of the predicted memory beside one report: a range of the table that kexec gets, by the regions that it is made
 * of, or a region where that table is not known.
 */
export interface Comparison {
  readonly part: Part;
  readonly report: MemoryReport;
  /** Of the part, what the report does not show as RAM. Nothing for a part that is no RAM. */
  readonly missing: readonly AddressRange[];
  /** RAM of the report that is none here: each address is told of one part alone. */
  readonly surplus: readonly AddressRange[];
  /** What the part would have to be for the report to agree; undefined where that is not one range. */
  readonly seen: AddressRange | undefined;
}

/** In order of the parts, then of the reports. */
export function comparisonsOf(node: LayoutNode): readonly Comparison[] {
  const { reports } = node.evidence;
  const parts = everyPartOf(node);
  return parts.flatMap((part) => reports.map((report) => compared(node, parts, part, report)));
}

/** Those of a region; nothing where kexec is not handed all of it, as reports then show what the table says. */
export function comparisonsWith(node: LayoutNode, { name, range }: Region): readonly Comparison[] {
  const own = comparisonsOf(node).filter(({ part }) => part.region?.name === name);
  const missing = subtract(
    range ? [range] : [],
    own.map(({ part }) => part.range),
  );
  return missing.length === 0 ? own : [];
}

function compared(node: LayoutNode, parts: readonly Part[], part: Part, report: MemoryReport): Comparison {
  const { range } = part;
  const isRam = part.type === 'ram';
  const shown = isRam ? [...report.ram, ...keptIn(range, report)] : [range];
  const missing = subtract([range], shown);
  const surplus = union(surplusOf(node, parts, part, report));
  const there = union([...shown.flatMap((ram) => intersection(ram, range) ?? []), ...surplus]);
  const isCut = !report.complete && missing.length > 0;
  const seen = isRam && !isCut && there.length === 1 ? there[0] : undefined;
  return { part, report, missing, surplus, seen };
}

/** Whether the report shows the part as it is predicted. */
export function agrees({ missing, surplus }: Comparison): boolean {
  return missing.length + surplus.length === 0;
}

/** What differs for sure: what a cut report does not show as RAM may have stood in the part that is lost. */
export function conclusive(comparison: Comparison): Comparison {
  return comparison.report.complete ? comparison : { ...comparison, missing: [] };
}

/** Nothing where the report shows no RAM at all in the range: then it lies elsewhere. */
function keptIn(range: AddressRange, { ram }: MemoryReport): readonly AddressRange[] {
  return ram.some((other) => intersection(other, range)) ? KEPT_BY_KERNEL : [];
}

/** The part of the report's unexpected RAM that belongs to this part of the memory. */
function surplusOf(
  node: LayoutNode,
  parts: readonly Part[],
  part: Part,
  { ram }: MemoryReport,
): readonly AddressRange[] {
  // RAM that nothing here predicts may be that of a region that is not known.
  if (!isAllKnown(node)) return [];
  const expected = parts.filter(({ type }) => type === 'ram');
  // A range of the table may end one byte behind its region.
  const told = node.memory.ranges.flatMap(({ type, range }) => (type === 'ram' ? [range] : []));
  // None of it lies in parts that are RAM.
  const unexpected = subtract(ram, told);
  if (part.type !== 'ram') {
    const before = parts.slice(0, parts.indexOf(part));
    const inside = unexpected.flatMap((one) => intersection(one, part.range) ?? []);
    return subtract(inside, rangesOf(before));
  }
  return subtract(unexpected, rangesOf(parts)).filter((one) => ownerOf(one, expected) === part);
}

function rangesOf(parts: readonly Part[]): readonly AddressRange[] {
  return parts.map(({ range }) => range);
}

/** What the RAM continues, else what continues it, else the next one below, else the lowest. */
function ownerOf({ start, end }: AddressRange, parts: readonly Part[]): Part | undefined {
  const ascending = [...parts].sort((a, b) => (a.range.end < b.range.end ? -1 : 1));
  return (
    ascending.find(({ range }) => range.end === start) ??
    ascending.find(({ range }) => range.start === end) ??
    ascending.findLast(({ range }) => range.end < start) ??
    ascending[0]
  );
}
