/** The memory of one OS node: what its kernel is told, from the table where that is known, else from the regions. */
import type { Evaluation } from '../../c/evaluation';
import type { RegionNames } from '../../project/settings';
import type { MemoryRange, NodeMemory, Region } from '../layout';
import { regionsOf } from '../regions';
import { type RangeTable, rangeTable, type TableRow } from './table';

/** The regions with their kinds as the table has them: what it gives as another type than RAM is reserved. */
export function inTable(table: RangeTable, regions: readonly Region[]): readonly Region[] {
  if (table.kind === 'unknown') return regions;
  return regions.map((region) => {
    const row = table.rows.find((one) => isMadeOf(one, region));
    return row ? { ...region, kind: row.type === 'ram' ? 'ram' : 'reserved' } : region;
  });
}

/** What an evaluation says of a node's memory. @param reserved names of regions that the project file calls so */
export function memoryIn(
  evaluation: Evaluation,
  names: RegionNames,
  reserved: readonly string[] | undefined,
): { readonly regions: readonly Region[]; readonly memory: NodeMemory } {
  const table = rangeTable(evaluation);
  const regions = inTable(table, regionsOf(evaluation, names, reserved));
  return { regions, memory: nodeMemory(table, regions) };
}

export function nodeMemory(table: RangeTable, regions: readonly Region[]): NodeMemory {
  if (table.kind === 'known') {
    const ranges = table.rows.flatMap((row) => rangeOf(row, regions) ?? []);
    return { from: 'table', ranges, count: table.count, room: table.room };
  }
  const ranges = regions.flatMap((region): MemoryRange[] => {
    const { range, kind: type } = region;
    return range ? [{ range, type, region, entry: undefined }] : [];
  });
  return { from: 'regions', ranges, why: table.why, isTold: !table.none };
}

/** Nothing for a row that holds no memory: rules tell of the region behind it. */
function rangeOf(row: TableRow, regions: readonly Region[]): MemoryRange | undefined {
  const { start, last, type, entry } = row;
  if (last < start) return undefined;
  const exact = regions.find(({ range }) => range?.start === start && range.end === last + 1n);
  const region = exact ?? regions.find((one) => isMadeOf(row, one));
  return { range: { start, end: last + 1n }, type, region, entry };
}

/** By its range; a row may hold the region's exclusive end, too, which is one byte too many. */
function isMadeOf({ start, last }: TableRow, { range }: Region): boolean {
  return range?.start === start && (range.end === last + 1n || range.end === last);
}

/** Whether a range of the table ends one byte behind its region: with the exclusive end in place of the inclusive one. */
export function isOneTooLong({ range, region }: MemoryRange): boolean {
  return region?.range !== undefined && range.end === region.range.end + 1n;
}

/** The range, or its region's where it is one byte too long. */
export function withoutSurplus(one: MemoryRange): MemoryRange['range'] {
  return isOneTooLong(one) && one.region?.range ? one.region.range : one.range;
}
