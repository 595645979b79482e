/** What the OS nodes do with the same memory: both take it for RAM, or one watches the other's. */
import type { RuleContext } from '../memmap/context';
import type { LayoutNode } from '../memmap/layout';
import { allowanceOf } from '../memmap/overlaps/allowances';
import type { Part } from '../memmap/overlaps/overlaps';
import { type AddressRange, contains, intersection } from '../range';

export interface Sharing {
  /** What other nodes take too, ascending; pieces do not overlap. */
  readonly shared: readonly Shared[];
  /** RAM of other nodes that the node only watches, ascending; pieces do not overlap. */
  readonly watching: readonly Watching[];
  /** OSIDs of the nodes that watch some of it, ascending. */
  readonly watchedBy: readonly number[];
}

export interface Shared {
  readonly range: AddressRange;
  /** The parts that share it. */
  readonly others: readonly Part[];
  /** The project file allows it, with all of them. */
  readonly allowed: boolean;
}

export interface Watching {
  readonly range: AddressRange;
  /** OSIDs of the nodes whose RAM it is, ascending. */
  readonly osids: readonly number[];
}

export function sharingIn(context: RuleContext): (part: Part) => Sharing {
  const shared = sharedByPart(context);
  const { watches } = context.layout;
  return (part) => {
    const isRam = part.type === 'ram';
    const own = watches.filter((watch) => (isRam ? watch.watched : watch.watcher) === part.node);
    const seen = own.flatMap((watch) => {
      const range = intersection(watch.range, part.range);
      return range ? [{ ...watch, range }] : [];
    });
    const watching = cutUp(isRam ? [] : seen).map(({ range, holders }) => ({
      range,
      osids: holders.map(({ watched }) => watched.osid),
    }));
    const watchedBy = new Set(isRam ? seen.map(({ watcher }) => watcher.osid) : []);
    return { shared: shared(part), watching, watchedBy: [...watchedBy] };
  };
}

interface SharedWith {
  readonly other: Part;
  readonly range: AddressRange;
  readonly allowed: boolean;
}

function sharedByPart(context: RuleContext): (part: Part) => readonly Shared[] {
  const found = new Map<LayoutNode, Map<string, SharedWith[]>>();
  const note = (own: Part, shared: SharedWith) => {
    const parts = found.get(own.node) ?? new Map<string, SharedWith[]>();
    found.set(own.node, parts.set(keyOf(own), [...(parts.get(keyOf(own)) ?? []), shared]));
  };
  for (const overlap of context.overlaps) {
    const { a, b, range } = overlap;
    const allowed = allowanceOf(context, overlap) !== undefined;
    note(a, { other: b, range, allowed });
    note(b, { other: a, range, allowed });
  }
  return (part) =>
    cutUp(found.get(part.node)?.get(keyOf(part)) ?? []).map(({ range, holders }) => ({
      range,
      others: holders.map(({ other }) => other),
      allowed: holders.every(({ allowed }) => allowed),
    }));
}

/** Names a part among those of its node; parts are made anew by all who ask for them. */
export function keyOf({ name, range }: Part): string {
  return `${name} ${range.start}`;
}

interface Piece<T> {
  readonly range: AddressRange;
  readonly holders: readonly T[];
}

/** Pieces between the ends of all of them, each with those that hold it. */
function cutUp<T extends { readonly range: AddressRange }>(all: readonly T[]): readonly Piece<T>[] {
  const ends = new Set(all.flatMap(({ range }) => [range.start, range.end]));
  const ascending = [...ends].sort((a, b) => (a < b ? -1 : 1));
  return ascending.slice(1).flatMap((end, index) => {
    const range = { start: ascending[index] ?? end, end };
    const holders = all.filter((each) => contains(each.range, range));
    return holders.length > 0 ? [{ range, holders }] : [];
  });
}
