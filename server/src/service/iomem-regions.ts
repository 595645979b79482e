/** The regions that an entry of a dump of /proc/iomem is to be read beside. */
import type { Span } from '../c/source';
import type { IomemEntry } from '../evidence/iomem';
import type { LayoutNode, Region } from '../memmap/layout';
import { placeOf, samePlace, statementOf } from '../memmap/places';
import { type AddressRange, intersection, lengthOf, sameRange } from '../range';
import type { Snapshot } from './snapshot';

/** A region that shares addresses with an entry. */
export interface SharedRegion {
  readonly node: LayoutNode;
  readonly region: Region;
  readonly range: AddressRange;
  readonly shared: AddressRange;
}

/** The OS nodes that the project file names the dump for. */
export function nodesOfDump({ layout }: Snapshot, file: string): readonly LayoutNode[] {
  return layout.nodes.filter(({ facts }) => facts?.evidence.iomem === file);
}

/** In the order of `nodes`. */
export function regionsSharing({ range: own }: IomemEntry, nodes: readonly LayoutNode[]): SharedRegion[] {
  return nodes.flatMap((node) =>
    node.regions.flatMap((region): SharedRegion[] => {
      const { range } = region;
      const shared = range && intersection(own, range);
      return range && shared ? [{ node, region, range, shared }] : [];
    }),
  );
}

/**
 * The regions that predict the entry: of the OS nodes whose dump it is in, or of all where no project file says whose it
 * is. The same range comes first, then what shares the most addresses.
 */
export function predictingRegions(
  snapshot: Snapshot,
  file: string,
  entry: IomemEntry,
): readonly SharedRegion[] {
  const own = nodesOfDump(snapshot, file);
  return regionsSharing(entry, own.length > 0 ? own : snapshot.layout.nodes)
    .filter((shared) => predicts(shared, entry))
    .sort((a, b) => compare(distance(a, entry), distance(b, entry)));
}

/** Resources other than memory lie in regions by their nature: a kernel's text is no region of its own. */
function predicts({ region, range }: SharedRegion, entry: IomemEntry): boolean {
  return entry.kind === 'ram' || entry.kind === region.kind || sameRange(range, entry.range);
}

/** How many addresses only one of the two has. */
function distance({ range, shared }: SharedRegion, entry: IomemEntry): bigint {
  return lengthOf(range) + lengthOf(entry.range) - 2n * lengthOf(shared);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The statements that set the region's start and size; what decides them where there is no such statement. */
export function placesOf({ node, region }: SharedRegion): readonly [Span, ...Span[]] {
  const start = statementOf(region.start) ?? placeOf(region.start, node);
  const size = statementOf(region.size) ?? placeOf(region.size, node);
  return samePlace(start, size) ? [start] : [start, size];
}
