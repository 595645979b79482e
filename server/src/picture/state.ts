/** What of a layout is drawn: its known regions with what they share, and what is not known. */
import type { RuleContext } from '../memmap/context';
import { ruleContext } from '../memmap/context';
import type { Layout, LayoutNode, Region } from '../memmap/layout';
import { allowanceOf } from '../memmap/overlaps/allowances';
import { type Part, partsOf } from '../memmap/overlaps/overlaps';
import { type AddressRange, contains, sameRange, subtract } from '../range';
import { type ReportLane, reportLanes } from './report-lanes';

/** What a picture is made from. */
export type PictureContext = Omit<RuleContext, 'settings'>;

/** A region as it would be if it ended elsewhere. */
export interface Trial {
  readonly osid: number;
  /** `region3` */
  readonly region: string;
  /** Exclusive. */
  readonly end: bigint;
}

export interface State {
  readonly window: AddressRange;
  readonly nodes: readonly NodeState[];
  /** Memory of the window that no node has; nothing where a region is not known, which might be there. */
  readonly gaps: readonly AddressRange[];
}

export interface NodeState {
  readonly node: LayoutNode;
  readonly parts: readonly PartState[];
  /** Regions that cannot be drawn. */
  readonly others: readonly Region[];
  /** What each of its dumps shows. */
  readonly lanes: readonly ReportLane[];
}

/** A region whose range is known. */
export interface PartState extends Part {
  /** What other nodes take too, ascending; pieces do not overlap. */
  readonly shared: readonly Shared[];
  /** It ends where somebody tries to end it. */
  readonly isTrial: boolean;
}

export interface Shared {
  readonly range: AddressRange;
  /** The regions that share it. */
  readonly others: readonly Part[];
  /** The project file allows it, with all of them. */
  readonly allowed: boolean;
}

/** The layout with the region ending elsewhere; nothing is evaluated anew. The same context where there is no such region. */
export function tried(context: PictureContext, trial: Trial): PictureContext {
  const { layout, project, evaluate, text } = context;
  const nodes = layout.nodes.map((node) => {
    if (node.osid !== trial.osid) return node;
    return { ...node, regions: node.regions.map((region) => endingAt(region, trial)) };
  });
  const isFound = nodes.some((node, index) =>
    node.regions.some((region, at) => region !== layout.nodes[index]?.regions[at]),
  );
  return isFound ? ruleContext({ layout: { ...layout, nodes }, project, evaluate, text }) : context;
}

function endingAt(region: Region, { region: name, end }: Trial): Region {
  const start = region.start.value;
  if (region.name !== name || start === undefined || end <= start || end > 1n << 64n) return region;
  return {
    ...region,
    size: { ...region.size, value: end - start },
    end,
    range: { start, end },
    unknown: undefined,
  };
}

export function stateOf(context: PictureContext, trial?: Trial): State {
  const { layout } = context;
  const shared = sharedByRegion(context);
  const nodes = layout.nodes.map((node) => {
    const parts = partsOf([node]).map((part) => ({
      ...part,
      shared: shared(part),
      isTrial: trial?.osid === node.osid && trial.region === part.region.name,
    }));
    const drawn = new Set(parts.map(({ region }) => region));
    return {
      node,
      parts,
      others: node.regions.filter((region) => !drawn.has(region)),
      lanes: reportLanes(node),
    };
  });
  const isKnown = nodes.every(({ others }) => others.every(({ unknown }) => unknown === undefined));
  return { window: layout.window, nodes, gaps: isKnown ? gapsOf(layout) : [] };
}

function gapsOf({ window, nodes }: Layout): readonly AddressRange[] {
  return subtract(
    [window],
    partsOf(nodes).map(({ range }) => range),
  );
}

interface SharedWith {
  readonly other: Part;
  readonly range: AddressRange;
  readonly allowed: boolean;
}

function sharedByRegion(context: PictureContext): (part: Part) => readonly Shared[] {
  const found = new Map<LayoutNode, Map<Region, SharedWith[]>>();
  const note = (own: Part, shared: SharedWith) => {
    const regions = found.get(own.node) ?? new Map<Region, SharedWith[]>();
    found.set(own.node, regions.set(own.region, [...(regions.get(own.region) ?? []), shared]));
  };
  for (const overlap of context.overlaps) {
    const { a, b, range } = overlap;
    const allowed = allowanceOf(context, overlap) !== undefined;
    note(a, { other: b, range, allowed });
    note(b, { other: a, range, allowed });
  }
  return ({ node, region }) => cutUp(found.get(node)?.get(region) ?? []);
}

/** Pieces between the ends of all of them, each with those that hold it. */
function cutUp(shared: readonly SharedWith[]): readonly Shared[] {
  const ends = new Set(shared.flatMap(({ range }) => [range.start, range.end]));
  const ascending = [...ends].sort((a, b) => (a < b ? -1 : 1));
  return ascending.slice(1).flatMap((end, index) => {
    const range = { start: ascending[index] ?? end, end };
    const holders = shared.filter((each) => contains(each.range, range));
    if (holders.length === 0) return [];
    return [
      { range, others: holders.map(({ other }) => other), allowed: holders.every(({ allowed }) => allowed) },
    ];
  });
}

/** A region of another state of the same project. */
export function sameRegion({ nodes }: State, osid: number, name: string): AnyRegion | undefined {
  const own = nodes.find(({ node }) => node.osid === osid);
  const region = own?.node.regions.find((each) => each.name === name);
  return region && { region, range: own?.parts.find((part) => part.region === region)?.range };
}

/** A region that need not be known. */
export interface AnyRegion {
  readonly region: Region;
  /** Undefined where it is not drawn. */
  readonly range: AddressRange | undefined;
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
  const drawn = parts.map(({ region, range, shared }) => [
    region.name,
    region.kind,
    `${range.start}-${range.end}`,
    shared.map((each) => `${each.range.start}-${each.range.end} ${each.allowed}`),
  ]);
  return JSON.stringify([node.osid, drawn, others.map(({ name, unknown }) => [name, unknown?.id])]);
}
