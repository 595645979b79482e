/** What of a layout is drawn: the memory of each node with what others do with it, and what is not known. */
import type { RuleContext } from '../memmap/context';
import { isAllKnown, type Layout, type LayoutNode, type Region } from '../memmap/layout';
import { type Part, partsOf } from '../memmap/overlaps/overlaps';
import { isSet } from '../memmap/regions';
import type { Trial } from '../memmap/trial';
import { type AddressRange, sameRange, subtract } from '../range';
import { type ReportLane, reportLanes } from './report-lanes';
import { type Sharing, sharingIn } from './sharing';

export interface State {
  readonly window: AddressRange;
  readonly nodes: readonly NodeState[];
  /** Memory of the window that no node has; nothing where some memory is not known, which might be there. */
  readonly gaps: readonly AddressRange[];
}

export interface NodeState {
  readonly node: LayoutNode;
  /** Those of each region, in order of the regions' numbers, then ranges that are no regions. */
  readonly parts: readonly PartState[];
  /** Regions that cannot be drawn. */
  readonly others: readonly Region[];
  /** What each of its dumps shows. */
  readonly lanes: readonly ReportLane[];
}

/** Memory of a node: a region whose range is known, or a range of kexec's table that is none. */
export interface PartState extends Part, Sharing {
  /** It ends where somebody tries to end it. */
  readonly isTrial: boolean;
}

export function stateOf(context: RuleContext, trial?: Trial): State {
  const { layout } = context;
  const sharing = sharingIn(context);
  const nodes = layout.nodes.map((node) => {
    const parts = inOrder(node, partsOf([node])).map((part) => ({
      ...part,
      ...sharing(part),
      isTrial: trial?.osid === node.osid && trial.region === part.region?.name,
    }));
    const drawn = new Set(parts.map(({ region }) => region));
    return {
      node,
      parts,
      others: node.regions.filter((region) => !drawn.has(region)),
      lanes: reportLanes(node),
    };
  });
  const isKnown = nodes.every(({ node, others }) =>
    others.every((region) => isNowhere(region) || (isSet(region.start.watched) && isAllKnown(node))),
  );
  return { window: layout.window, nodes, gaps: isKnown ? gapsOf(layout) : [] };
}

/** A table is sorted by address; people look for a region by its number. */
function inOrder({ regions }: LayoutNode, parts: readonly Part[]): readonly Part[] {
  const rank = ({ region }: Part) => (region ? regions.indexOf(region) : regions.length);
  return [...parts].sort((a, b) => rank(a) - rank(b));
}

/** Known, and no memory of the node; other regions that are not drawn may lie anywhere. */
export function isNowhere({ unknown, start }: Region): boolean {
  return unknown === undefined && isSet(start.watched);
}

function gapsOf({ window, nodes }: Layout): readonly AddressRange[] {
  return subtract(
    [window],
    partsOf(nodes).map(({ range }) => range),
  );
}

/** OS nodes of which only regions are known, which stand in for the table that kexec gets. */
export function withoutTable({ nodes }: State): readonly LayoutNode[] {
  return nodes
    .map(({ node }) => node)
    .filter(({ memory, regions }) => memory.from === 'regions' && regions.length > 0);
}

/** What stands for a part in another state of the same project; `range` is undefined where it is not drawn. */
export interface Counterpart {
  readonly range: AddressRange | undefined;
}

export function counterpart(state: State, part: Part): Counterpart | undefined {
  if (part.region) return sameRegion(state, part.node.osid, part.region.name);
  const ranges = plainRanges(state, part.node.osid).filter(({ type }) => type === part.type);
  // Entries before it may have come or gone, so its place in the table says less than its range.
  return (
    ranges.find(({ range }) => sameRange(range, part.range)) ??
    ranges.find(({ range }) => range.start === part.range.start || range.end === part.range.end)
  );
}

export function sameRegion({ nodes }: State, osid: number, name: string): Counterpart | undefined {
  const own = nodes.find(({ node }) => node.osid === osid);
  const region = own?.node.regions.find((each) => each.name === name);
  return region && { range: own?.parts.find((part) => part.region === region)?.range };
}

/** The node's ranges that are no regions. */
export function plainRanges({ nodes }: State, osid: number): readonly PartState[] {
  const own = nodes.find(({ node }) => node.osid === osid);
  return own?.parts.filter(({ region }) => region === undefined) ?? [];
}

/** Whether a person would see a difference between the two. */
export function differ(a: State, b: State): boolean {
  if (!sameRange(a.window, b.window) || a.nodes.length !== b.nodes.length) return true;
  return a.nodes.some((own, index) => {
    const other = b.nodes[index];
    return other === undefined || summaryOf(own) !== summaryOf(other);
  });
}

function summaryOf({ node, parts, others }: NodeState): string {
  const text = ({ start, end }: AddressRange) => `${start}-${end}`;
  const drawn = parts.map(({ region, type, range, shared, watching }) => [
    region?.name,
    type,
    text(range),
    shared.map((each) => `${text(each.range)} ${each.allowed}`),
    watching.map((each) => `${text(each.range)} ${each.osids}`),
  ]);
  return JSON.stringify([node.osid, drawn, others.map(({ name, unknown }) => [name, unknown?.id])]);
}
