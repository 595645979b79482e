/** Memory that two OS nodes, or two regions of one, both recognize. */
import { type AddressRange, intersection } from '../../range';
import type { Layout, LayoutNode, Region } from '../layout';
import { isSet } from '../regions';

/** A region whose range is known. */
export interface Part {
  readonly node: LayoutNode;
  readonly region: Region;
  readonly range: AddressRange;
}

export interface Overlap {
  /** The one of the lower OSID and region number. */
  readonly a: Part;
  readonly b: Part;
  /** What both hold. */
  readonly range: AddressRange;
}

/** More overlaps than anybody reads; a layout in which everything lies on everything stops here. */
const MOST_OVERLAPS = 20_000;

/** The regions that can be judged. One whose start nothing sets begins at 0 by oversight: `start-never-assigned` tells. */
export function partsOf(nodes: readonly LayoutNode[]): readonly Part[] {
  return nodes.flatMap((node) =>
    node.regions.flatMap((region) => {
      const { range, start } = region;
      return range && isSet(start.watched) ? [{ node, region, range }] : [];
    }),
  );
}

/**
 * Every pair of parts that share memory and that `counts`, by a sweep over the starts: time grows with the number of
 * parts and of overlaps, not with that of pairs.
 */
export function overlapsAmong(
  parts: readonly Part[],
  counts: (a: Part, b: Part) => boolean,
): readonly Overlap[] {
  const order = new Map(parts.map((part, index) => [part, index]));
  const byStart = [...parts].sort((a, b) => compare(a.range.start, b.range.start));
  const found: Overlap[] = [];
  let open: Part[] = [];
  for (const part of byStart) {
    open = open.filter((other) => other.range.end > part.range.start);
    for (const other of open) {
      const range = intersection(part.range, other.range);
      const inOrder = (order.get(other) ?? 0) < (order.get(part) ?? 0);
      const [a, b] = inOrder ? [other, part] : [part, other];
      if (range && counts(a, b)) found.push({ a, b, range });
    }
    if (found.length >= MOST_OVERLAPS) break;
    open.push(part);
  }
  return found.sort((x, y) => rank(order, x) - rank(order, y));
}

/**
 * Overlaps between different OS nodes, of memory that both take for RAM. Two trees that claim one OSID are one node,
 * told by `duplicate-osid`.
 */
export function nodeOverlaps(layout: Pick<Layout, 'nodes'>): readonly Overlap[] {
  const ram = partsOf(layout.nodes).filter(({ region }) => region.kind === 'ram');
  return overlapsAmong(ram, (a, b) => a.node.osid !== b.node.osid);
}

function rank(order: ReadonlyMap<Part, number>, { a, b }: Overlap): number {
  return (order.get(a) ?? 0) * order.size + (order.get(b) ?? 0);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
