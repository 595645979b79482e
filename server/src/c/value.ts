/** What an expression is worth for one OSID: known, one of a few, or unknown with the reason. Never a guess. */
import type { Reason } from './reason';
import type { Span } from './source';

export type DataModel = 'LP64' | 'ILP32';

/** A value as readers outside of the evaluator see it. */
export type Value = KnownValue | OneOfValue | UnknownValue;

/** An integer (or enumeration) value of C type `type`, e.g. `unsigned long`; `value` is the mathematical value. */
export interface KnownValue {
  readonly kind: 'known';
  readonly type: string;
  readonly value: bigint;
  /** Places in other code of the tree that may assign the object at run time before this code runs. */
  readonly unlessChangedAt?: readonly Span[];
}

/** One of several values, each with the conditions it depends on. */
export interface OneOfValue {
  readonly kind: 'one-of';
  readonly alternatives: readonly Alternative[];
}

export interface Alternative {
  readonly value: KnownValue | UnknownValue;
  /** All of these hold for this alternative. */
  readonly when: readonly Assumption[];
}

/** An undecided condition taken to be true or false. */
export interface Assumption {
  readonly condition: Span;
  /** The condition as written. */
  readonly text: string;
  readonly holds: boolean;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  readonly reason: Reason;
}
