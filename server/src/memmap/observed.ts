/** Predicted against real: a node's regions beside the RAM that its machine reports. */
import { type AddressRange, subtract } from '../range';
import type { MemoryReport } from './evidence';
import type { LayoutNode, Region } from './layout';

/**
 * What an x86 kernel keeps from its own RAM whatever it is given (Linux, trim_bios_range()): the first page, and the
 * 384 KiB below 1 MiB.
 */
const KEPT_BY_KERNEL: readonly AddressRange[] = [
  { start: 0n, end: 0x1000n },
  { start: 0xa0000n, end: 0x100000n },
];

/** A region beside one report. */
export interface Comparison {
  readonly report: MemoryReport;
  /** Of the region, what the report does not show as RAM. */
  readonly missing: readonly AddressRange[];
  /** RAM of the report that no region predicts, and that lies next to this one or above it. */
  readonly surplus: readonly AddressRange[];
  /** The RAM that the report shows in the region's place; undefined where it shows none there. */
  readonly seen: AddressRange | undefined;
}

/** Nothing for a region whose range is unknown, or that is no RAM. */
export function comparisonsOf(node: LayoutNode, region: Region): readonly Comparison[] {
  const { range } = region;
  if (!range || region.kind !== 'ram') return [];
  return node.evidence.reports.map((report) => ({
    report,
    missing: subtract([range], [...report.ram, ...KEPT_BY_KERNEL]),
    surplus: surplusOf(node, region, report),
    seen: report.ram.find((ram) => ram.start < range.end && ram.end > range.start),
  }));
}

/** Whether the report shows the region as it is predicted. */
export function agrees({ missing, surplus }: Comparison): boolean {
  return missing.length + surplus.length === 0;
}

/** Each surplus belongs to one region: the one that it begins in the end of, else the next below it, else the first. */
function surplusOf({ regions }: LayoutNode, region: Region, { ram }: MemoryReport): readonly AddressRange[] {
  const known = regions.flatMap(({ range, name }) => (range ? [{ name, range }] : []));
  // RAM that nothing here predicts may be that of a region that is not known.
  if (known.length < regions.length) return [];
  return subtract(
    ram,
    known.map(({ range }) => range),
  ).filter((surplus) => {
    const below = known.filter(({ range }) => range.end <= surplus.start);
    const nearest = below.sort((a, b) => (a.range.end > b.range.end ? -1 : 1))[0] ?? known[0];
    return nearest?.name === region.name;
  });
}
