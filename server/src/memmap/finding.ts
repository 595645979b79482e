/** Findings and the edits that mend them. */
import type { Span } from '../c/source';
import type { Message } from '../messages';
import type { Severity } from '../project/settings';
import type { AddressRange } from '../range';

export interface Finding {
  /** Name of the rule, `node-overlap`. */
  readonly rule: string;
  readonly severity: Exclude<Severity, 'off'>;
  readonly place: Span;
  readonly message: Message;
  /** OSIDs concerned, ascending. */
  readonly nodes: readonly number[];
  readonly related: readonly { readonly place: Span; readonly message: Message }[];
  /** The overlaps it is about, where the project file may allow them. */
  readonly allowable: readonly Allowable[];
  /** Computed, and checked by evaluating the edited text, when it is first asked for. */
  readonly fixes: readonly Fix[];
}

/** What an allowance in the project file names. */
export interface Allowable {
  /** Two different OSIDs. */
  readonly nodes: readonly [number, number];
  /** A region of each, in the order of `nodes`. */
  readonly regions: readonly [string, string];
}

/** An exact edit. All of it is applied, or nothing. */
export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
  /** What re-evaluation shows once it is applied; checked by tests, and before the fix is offered. */
  readonly promise?: RegionPromise;
  /** The same, where what changes is the table that kexec gets. */
  readonly memory?: MemoryPromise;
  readonly preferred?: boolean;
}

export interface TextEdit {
  readonly place: Span;
  readonly newText: string;
}

/** The range a region has after a fix. */
export interface RegionPromise {
  /** Root of the node's tree, where two trees claim one OSID. */
  readonly tree: string;
  readonly osid: number;
  readonly region: string;
  readonly range: AddressRange;
}

/** What a node's kernel is told after a fix. */
export interface MemoryPromise {
  readonly tree: string;
  readonly osid: number;
  readonly ram: readonly AddressRange[];
  /** Memory of other types: it may be read, and nothing is allocated there. */
  readonly watched: readonly AddressRange[];
}
