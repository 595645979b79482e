/** Memory that two OS nodes, or two regions of one, both recognize. */
import type { Span } from '../../c/source';
import { type AddressRange, intersection, subtract } from '../../range';
import type { Layout, LayoutNode, MemoryRange, MemoryType, Region } from '../layout';
import { withoutSurplus } from '../memory/memory';
import { placeOf, placeOfTree } from '../places';
import { isSet } from '../regions';

/** Memory of a node that comes from one place: a region, or a range of the table that is none. */
export interface Part {
  readonly node: LayoutNode;
  /** `region3`; `range[3]` for a range of the table that no region gives, by its index. */
  readonly name: string;
  readonly region: Region | undefined;
  readonly type: MemoryType;
  readonly range: AddressRange;
  /** What decides where it starts and ends. */
  readonly place: { readonly start: Span; readonly end: Span };
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

/**
 * What each node's kernel is told about, as far as it can be judged. A region whose start nothing sets begins at 0 by
 * oversight: `start-never-assigned` tells.
 */
export function partsOf(nodes: readonly LayoutNode[]): readonly Part[] {
  return nodes.flatMap((node) =>
    everyPartOf(node).filter(({ region }) => !region || isSet(region.start.watched)),
  );
}

/** All that a node's kernel is told about. */
export function everyPartOf(node: LayoutNode): readonly Part[] {
  return node.memory.ranges.flatMap((range) => partsOfRange(node, range));
}

/** A range by the regions that it is made of, and what is left of it. */
function partsOfRange(node: LayoutNode, memory: MemoryRange): readonly Part[] {
  const range = withoutSurplus(memory);
  const regions = memory.region ? [memory.region] : node.regions;
  const ofRegions = regions.flatMap((region) => {
    const shared = region.range && intersection(region.range, range);
    return shared ? [{ region, shared }] : [];
  });
  const rest = subtract(
    [range],
    ofRegions.map(({ shared }) => shared),
  );
  return [
    ...ofRegions.map(({ region, shared }) => regionPart(node, region, memory.type, shared)),
    ...rest.map((left) => rangePart(node, memory, left)),
  ];
}

function regionPart(node: LayoutNode, region: Region, type: MemoryType, range: AddressRange): Part {
  const place = { start: placeOf(region.start, node), end: placeOf(region.size, node) };
  return { node, name: region.name, region, type, range, place };
}

function rangePart(node: LayoutNode, { type, entry }: MemoryRange, range: AddressRange): Part {
  const start = entry?.start?.place ?? placeOfTree(node.tree);
  const place = { start, end: entry?.end?.place ?? start };
  return { node, name: `range[${entry?.index ?? 0}]`, region: undefined, type, range, place };
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
  const byStart = [...parts].sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
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
  const ram = partsOf(layout.nodes).filter(({ type }) => type === 'ram');
  return overlapsAmong(ram, (a, b) => a.node.osid !== b.node.osid);
}

function rank(order: ReadonlyMap<Part, number>, { a, b }: Overlap): number {
  return (order.get(a) ?? 0) * order.size + (order.get(b) ?? 0);
}
