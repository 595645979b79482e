/** Predicted against real: a node's regions beside the RAM that its machine reports. */
import { type AddressRange, intersection, subtract, union } from '../../range';
import type { LayoutNode, Region } from '../layout';
import type { MemoryReport } from './evidence';

/**
 * What an x86 kernel keeps from its own RAM whatever it is given (Linux, trim_bios_range()): the first page, in Linux
 * 2.6.37 to 3.8 the first 64 KiB (CONFIG_X86_RESERVE_LOW), and the 384 KiB below 1 MiB.
 */
const KEPT_BY_KERNEL: readonly AddressRange[] = [
  { start: 0n, end: 0x10000n },
  { start: 0xa0000n, end: 0x100000n },
];

type ObservedNode = Pick<LayoutNode, 'regions' | 'memory' | 'evidence'>;

/** A region beside one report. */
export interface Comparison {
  readonly report: MemoryReport;
  /** Of the region, what the report does not show as RAM. Nothing for a region that is no RAM. */
  readonly missing: readonly AddressRange[];
  /** RAM of the report that is none here: each address is told of one region alone. */
  readonly surplus: readonly AddressRange[];
  /** What the region would have to be for the report to agree; undefined where that is not one range. */
  readonly seen: AddressRange | undefined;
}

/** Nothing for a region whose range is unknown. */
export function comparisonsOf(node: ObservedNode, region: Region): readonly Comparison[] {
  const { range } = region;
  if (!range) return [];
  return node.evidence.reports.map((report) => {
    const isRam = region.kind === 'ram';
    const shown = isRam ? [...report.ram, ...keptIn(range, report)] : [range];
    const missing = subtract([range], shown);
    const surplus = union(surplusOf(node, region, report));
    const there = union([...shown.flatMap((ram) => intersection(ram, range) ?? []), ...surplus]);
    const isCut = !report.complete && missing.length > 0;
    const seen = isRam && !isCut && there.length === 1 ? there[0] : undefined;
    return { report, missing, surplus, seen };
  });
}

/** Whether the report shows the region as it is predicted. */
export function agrees({ missing, surplus }: Comparison): boolean {
  return missing.length + surplus.length === 0;
}

/** What differs for sure: what a cut report does not show as RAM may have stood in the part that is lost. */
export function conclusive(comparison: Comparison): Comparison {
  return comparison.report.complete ? comparison : { ...comparison, missing: [] };
}

/** Nothing where the report shows no RAM at all in the region: then it lies elsewhere. */
function keptIn(range: AddressRange, { ram }: MemoryReport): readonly AddressRange[] {
  return ram.some((other) => intersection(other, range)) ? KEPT_BY_KERNEL : [];
}

/** A region whose range is known. */
type Known = Region & { readonly range: AddressRange };

/** The part of the report's unexpected RAM that belongs to the region. */
function surplusOf(
  { regions, memory }: ObservedNode,
  region: Region,
  { ram }: MemoryReport,
): readonly AddressRange[] {
  // RAM that nothing here predicts may be that of a region that is not known.
  if (regions.some(({ unknown }) => unknown !== undefined)) return [];
  const known = regions.filter((one): one is Known => one.range !== undefined);
  const expected = known.filter(({ kind }) => kind === 'ram');
  // The table may give RAM beside the regions.
  const told = memory.ranges.flatMap(({ type, range }) => (type === 'ram' ? [range] : []));
  const unexpected = subtract(ram, [...rangesOf(expected), ...told]);
  const reserved = known.filter(({ kind }) => kind === 'reserved');
  if (region.kind === 'reserved') {
    const before = reserved.slice(
      0,
      reserved.findIndex(({ name }) => name === region.name),
    );
    const inside = unexpected.flatMap((one) => (region.range && intersection(one, region.range)) ?? []);
    return subtract(inside, rangesOf(before));
  }
  return subtract(unexpected, rangesOf(reserved)).filter(
    (one) => ownerOf(one, expected)?.name === region.name,
  );
}

function rangesOf(regions: readonly Known[]): readonly AddressRange[] {
  return regions.map(({ range }) => range);
}

/** The region that the RAM continues, else that continues it, else the next one below, else the lowest. */
function ownerOf({ start, end }: AddressRange, regions: readonly Known[]): Known | undefined {
  const ascending = [...regions].sort((a, b) => (a.range.end < b.range.end ? -1 : 1));
  return (
    ascending.find(({ range }) => range.end === start) ??
    ascending.find(({ range }) => range.start === end) ??
    ascending.findLast(({ range }) => range.end < start) ??
    ascending[0]
  );
}
