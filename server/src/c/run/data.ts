/** What objects hold and expressions yield while a program runs. */
import type { Reason } from '../reason';
import type { Span } from '../source';
import { convertInteger } from '../types/conversions';
import type { Integer } from '../types/operators';
import type { CType, IntegerType } from '../types/types';
import { ANYWAY, type Assumed, both, either, type Path, shortened } from './assumptions';
import type { Contents } from './memory';
import type { FunctionSymbol, MemoryObject } from './scope';

export type Data = Scalar | AggregateData;
export type Scalar = Single | OneOfData;
export type Single = IntegerData | PointerData | UnknownData;

export interface IntegerData extends Integer {
  readonly kind: 'integer';
  /** Places that may change at run time the object this value was read from. */
  readonly changed?: readonly Span[];
}

export interface PointerData {
  readonly kind: 'pointer';
  readonly type: CType;
  readonly target: Target;
  readonly changed?: readonly Span[];
}

export type Target =
  | { readonly kind: 'null' }
  /** An integer that was cast to a pointer. */
  | { readonly kind: 'address'; readonly value: bigint }
  | { readonly kind: 'function'; readonly function: FunctionSymbol }
  /** `offset` in bytes; undefined where it is not known, for `reason`. */
  | {
      readonly kind: 'object';
      readonly object: MemoryObject;
      readonly offset: number | undefined;
      readonly reason?: Reason;
    };

export interface UnknownData {
  readonly kind: 'unknown';
  readonly type: CType;
  readonly reason: Reason;
  /** Equal symbols are equal values: `#3`, `(#3==1)`. Undefined: nothing is known about when two are equal. */
  readonly symbol?: string;
}

export interface OneOfData {
  readonly kind: 'one-of';
  readonly type: CType;
  readonly alternatives: readonly Choice[];
}

export interface Choice {
  readonly value: Single;
  readonly when: Path;
}

/** A structure, union or (inside of one) array as a value. */
export interface AggregateData {
  readonly kind: 'aggregate';
  readonly type: CType;
  readonly contents: Contents;
}

/** More alternatives than this are an unknown value. */
export const ALTERNATIVES_LIMIT = 16;
const SYMBOL_LIMIT = 120;
const MARKS_LIMIT = 8;

export function integerData(type: IntegerType, value: bigint): IntegerData {
  return { kind: 'integer', type, value: convertInteger(value, type) };
}

export function unknownData(type: CType, reason: Reason, symbol?: string): UnknownData {
  if (symbol === undefined || symbol.length > SYMBOL_LIMIT) return { kind: 'unknown', type, reason };
  return { kind: 'unknown', type, reason, symbol };
}

/** The alternatives of any scalar: a single value is one that holds anyway. */
export function choicesOf(data: Scalar): readonly Choice[] {
  return data.kind === 'one-of' ? data.alternatives : [{ value: data, when: ANYWAY }];
}

export function sameTarget(a: Target, b: Target): boolean {
  if (a.kind === 'object') return b.kind === 'object' && a.object === b.object && a.offset === b.offset;
  if (a.kind === 'address') return b.kind === 'address' && a.value === b.value;
  if (a.kind === 'function') return b.kind === 'function' && a.function === b.function;
  return b.kind === 'null';
}

/** True when two values are certainly equal and of one type; what else they carry is not compared. */
export function sameData(a: Single, b: Single): boolean {
  if (a === b) return true;
  if (a.kind === 'integer') {
    return (
      b.kind === 'integer' &&
      a.value === b.value &&
      a.type.name === b.type.name &&
      a.type.bits === b.type.bits
    );
  }
  if (a.kind === 'pointer') return b.kind === 'pointer' && sameTarget(a.target, b.target);
  return b.kind === 'unknown' && a.symbol !== undefined && a.symbol === b.symbol;
}

export function sameScalar(a: Scalar, b: Scalar): boolean {
  if (a === b) return true;
  if (a.kind !== 'one-of') return b.kind !== 'one-of' && sameData(a, b);
  if (b.kind !== 'one-of' || a.alternatives.length !== b.alternatives.length) return false;
  return a.alternatives.every((choice, i) => {
    const other = b.alternatives[i];
    return other !== undefined && sameData(choice.value, other.value) && sameWhen(choice.when, other.when);
  });
}

function sameWhen(a: Path, b: Path): boolean {
  return (
    a.length === b.length && a.every((x, i) => x.condition === b[i]?.condition && x.holds === b[i]?.holds)
  );
}

/** `data` restricted to what can be along `path`. */
export function along(data: Scalar, path: Path): Scalar {
  if (data.kind !== 'one-of' || path.length === 0) return data;
  const possible = data.alternatives.filter((choice) => both(choice.when, path) !== undefined);
  if (possible.length === data.alternatives.length) return data;
  return oneOf(data.type, possible) ?? data;
}

/** A value of the alternatives, equal ones merged; undefined where there are none. */
export function oneOf(type: CType, choices: readonly Choice[]): Scalar | undefined {
  const merged = expected(merge(choices));
  const [first] = merged;
  if (first === undefined) return undefined;
  const unknown = merged.find((choice) => choice.value.kind === 'unknown');
  if (merged.every(({ value }) => sameData(value, first.value))) return withMarksOf(first.value, merged);
  if (unknown && merged.every(({ value }) => value.kind === 'unknown')) return forgetSymbol(unknown.value);
  if (merged.length > ALTERNATIVES_LIMIT) {
    for (const { value } of merged) markEscaped(value);
    return unknownData(type, { code: 'alternatives-limit', args: { limit: String(ALTERNATIVES_LIMIT) } });
  }
  return { kind: 'one-of', type, alternatives: merged };
}

/** Without the alternatives that only a run-time change of initial values leads to; the others are marked. */
function expected(choices: readonly Choice[]): readonly Choice[] {
  if (choices.length < 2 || !choices.some(({ when }) => when.some(({ condition }) => condition.initially)))
    return choices;
  const likely = choices.filter(({ when }) => !when.some(isUnlikely));
  if (likely.length === 0) return choices;
  return merge(
    likely.map(({ value, when }) => ({
      value: when.reduce<Single>(
        (marked, { condition }) => withMarks(marked, condition.initially?.changed),
        value,
      ),
      when: when.filter(({ condition }) => !condition.initially),
    })),
  );
}

function isUnlikely({ condition, holds }: Assumed): boolean {
  return condition.initially !== undefined && condition.initially.holds !== holds;
}

function forgetSymbol(value: Single): Single {
  return value.kind === 'unknown' ? unknownData(value.type, value.reason) : value;
}

/** Marks an object as one that a pointer which is not followed any more may point to. */
export function markEscaped(data: Data): void {
  if (data.kind === 'one-of') for (const { value } of data.alternatives) markEscaped(value);
  else if (data.kind === 'pointer' && data.target.kind === 'object') data.target.object.escaped = true;
}

function merge(choices: readonly Choice[]): readonly Choice[] {
  if (choices.length < 2) return choices;
  const merged = [...choices];
  for (let i = 0; i < merged.length; i++) {
    for (let j = i + 1; j < merged.length; j++) {
      const a = merged[i];
      const b = merged[j];
      if (!a || !b || !sameData(a.value, b.value)) continue;
      const when = either(a.when, b.when);
      if (when === undefined) continue;
      merged[i] = { value: withMarksOf(a.value, [b]), when };
      merged.splice(j, 1);
      // The merged alternative may merge with an earlier one now.
      i = -1;
      break;
    }
  }
  return merged;
}

function withMarksOf(value: Single, choices: readonly Choice[]): Single {
  let marked = value;
  for (const other of choices)
    if (other.value.kind !== 'unknown') marked = marked && withMarks(marked, other.value.changed);
  return marked;
}

/** `value` marked as resting on objects that may be changed at the places. */
export function withMarks<T extends Single>(value: T, places: readonly Span[] | undefined): T {
  if (places === undefined || value.kind === 'unknown') return value;
  const known = value.changed ?? [];
  const added = places.filter(
    (place) => !known.some((k) => k.file === place.file && k.start === place.start),
  );
  if (added.length === 0) return value;
  return { ...value, changed: [...known, ...added].slice(0, MARKS_LIMIT) };
}

/** Applies `operation` to each alternative. */
export function mapData(data: Scalar, type: CType, operation: (value: Single) => Scalar): Scalar {
  if (data.kind !== 'one-of') return operation(data);
  const choices: Choice[] = [];
  for (const { value, when } of data.alternatives) addChoices(choices, operation(value), when);
  return oneOf(type, choices) ?? data;
}

/** Applies `operation` to each pair of alternatives that can be together. */
export function mapPairs(
  left: Scalar,
  right: Scalar,
  type: CType,
  operation: (left: Single, right: Single) => Scalar,
): Scalar {
  if (left.kind !== 'one-of' && right.kind !== 'one-of') return operation(left, right);
  const choices: Choice[] = [];
  for (const a of choicesOf(left)) {
    for (const b of choicesOf(right)) {
      const when = both(a.when, b.when);
      if (when !== undefined) addChoices(choices, operation(a.value, b.value), when);
    }
  }
  return oneOf(type, choices) ?? unknownData(type, { code: 'alternatives-limit' });
}

function addChoices(choices: Choice[], data: Scalar, when: Path): void {
  for (const choice of choicesOf(data)) {
    const together = both(when, choice.when);
    if (together !== undefined) choices.push({ value: choice.value, when: shortened(together) });
  }
}

/** One value along `pathA`, another along `pathB`. */
export function joinScalars(a: Scalar, pathA: Path, b: Scalar, pathB: Path): Scalar {
  if (a === b) return a;
  const choices: Choice[] = [];
  addChoices(choices, a, pathA);
  addChoices(choices, b, pathB);
  return oneOf(a.type, choices) ?? a;
}
