/** Undecided conditions, and what is assumed about them along a path through the program. */
import type { Span } from '../source';

/** A condition that the evaluation could not decide. The same unknown asked twice is the same condition. */
export interface Condition {
  readonly id: number;
  readonly span: Span;
  /** As written; for a `case`, the comparison it stands for. */
  readonly text: string;
  /** Conditions of one group are comparisons of one value with different constants: at most one of them holds. */
  readonly group?: string;
  /** The text says the opposite of what the condition is. */
  readonly negated?: boolean;
  /** Set where the condition rests on initial values: what they make it, unless they are changed at the places. */
  readonly initially?: { readonly holds: boolean; readonly changed: readonly Span[] };
}

/** `condition` taken to hold or not. */
export interface Assumed {
  readonly condition: Condition;
  readonly holds: boolean;
}

/** What is to be assumed of a condition so that what it is holds or not, which its text may say the opposite of. */
export function outcome(condition: Condition, holds: boolean): Assumed {
  return { condition, holds: holds !== (condition.negated === true) };
}

/** All of these are assumed; sorted by the condition's id, each condition once. */
export type Path = readonly Assumed[];

export const ANYWAY: Path = [];

/** Both paths' assumptions; undefined where they contradict each other. */
export function both(a: Path, b: Path): Path | undefined {
  if (a.length === 0) return b;
  if (b.length === 0 || a === b) return a;
  let merged = a;
  for (const assumed of b) {
    const next = assume(merged, assumed);
    if (next === undefined) return undefined;
    merged = next;
  }
  return merged;
}

/** `path` with one more assumption; undefined where it contradicts the others. */
export function assume(path: Path, assumed: Assumed): Path | undefined {
  const { condition, holds } = assumed;
  const equal = isEqual(assumed);
  for (const other of path) {
    if (other.condition === condition) return other.holds === holds ? path : undefined;
    if (condition.group === undefined || other.condition.group !== condition.group) continue;
    // Equality with one constant says all there is to say about the others.
    if (isEqual(other)) return equal ? undefined : path;
  }
  const kept =
    equal && condition.group !== undefined
      ? path.filter((other) => other.condition.group !== condition.group)
      : path;
  const place = kept.findIndex((other) => other.condition.id > condition.id);
  return place < 0 ? [...kept, assumed] : [...kept.slice(0, place), assumed, ...kept.slice(place)];
}

/** Whether the value is the constant that a condition of a group compares it with. */
function isEqual({ condition, holds }: Assumed): boolean {
  return holds !== (condition.negated === true);
}

export function samePath(a: Path, b: Path): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((assumed, i) => sameAssumed(assumed, b[i]));
}

function sameAssumed(a: Assumed, b: Assumed | undefined): boolean {
  return b !== undefined && a.condition === b.condition && a.holds === b.holds;
}

/** A value's conditions are no more than these; with fewer of them it may be possible in more cases. */
const CONDITIONS_LIMIT = 8;

/** The earliest assumptions of a path, as many as are kept for a value. */
export function shortened(path: Path): Path {
  return path.length > CONDITIONS_LIMIT ? path.slice(0, CONDITIONS_LIMIT) : path;
}

/** The assumptions that both paths make, or that follow from those of both. */
export function common(a: Path, b: Path): Path {
  if (a === b) return a;
  const shared = a.filter((assumed) => follows(assumed, b));
  const more = b.filter(
    (assumed) => follows(assumed, a) && !shared.some((other) => sameAssumed(assumed, other)),
  );
  return more.length === 0 ? shared : [...shared, ...more].sort((x, y) => x.condition.id - y.condition.id);
}

/** Whether the path makes the assumption, or has the value equal to another constant than the one that it denies. */
function follows(assumed: Assumed, path: Path): boolean {
  const { group } = assumed.condition;
  const isDenial = group !== undefined && !isEqual(assumed);
  return path.some(
    (other) =>
      sameAssumed(assumed, other) ||
      (isDenial &&
        other.condition.group === group &&
        other.condition !== assumed.condition &&
        isEqual(other)),
  );
}

/** The assumptions of `path` beyond those of `base`. */
export function beyond(path: Path, base: Path): Path {
  if (base.length === 0) return path;
  return path.filter((assumed) => !base.some((other) => sameAssumed(assumed, other)));
}

/**
 * The one path that stands for both where there is one: equal paths, a path and a stricter one, or two that differ
 * in the outcome of one condition only.
 */
export function either(a: Path, b: Path): Path | undefined {
  if (a.every((assumed) => follows(assumed, b))) return a;
  if (b.every((assumed) => follows(assumed, a))) return b;
  const shared = common(a, b);
  const [left, ...moreLeft] = beyond(a, shared);
  const [right, ...moreRight] = beyond(b, shared);
  const isOne = moreLeft.length === 0 && moreRight.length === 0;
  return isOne && left?.condition === right?.condition ? shared : undefined;
}
