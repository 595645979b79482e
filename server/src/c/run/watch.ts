/** What was noted of the watched names. */
import type { Write } from '../evaluation';
import type { Node } from '../ir';
import type { Data } from './data';
import type { Place } from './places';
import type { Chunk, MemoryObject } from './scope';

/** An assignment that was executed, once or more. */
export interface WriteNote {
  readonly name: string;
  readonly operator: Write['operator'];
  readonly chunk: Chunk;
  readonly node: Node;
  readonly target: Node;
  readonly expression: Node | undefined;
  /** Values after it each time, distinct ones. */
  readonly values: Data[];
}

/** What is known of the watched names. */
export class Watch {
  /** In order of first execution. */
  readonly writes = new Map<string, WriteNote[]>();
  /** Where each name was last found to be. */
  readonly places = new Map<string, Place>();
  /** Holds the last value written to each name, whatever place it had. */
  readonly shadows = new Map<string, MemoryObject>();
}
