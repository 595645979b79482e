/** What names stand for (C17 6.2.1, 6.2.3) and the objects behind them. */
import type { FunctionDefinition, Node } from '../ir';
import type { LoweredChunk } from '../lower/lower';
import type { Reason } from '../reason';
import type { CType, FunctionType, IntegerType, Qualifiers, RecordType } from '../types/types';
import type { Single } from './data';
import { Contents } from './memory';
import type { Trace } from './trace';

/** A region of storage (C17 3.15). */
export interface MemoryObject {
  readonly name: string;
  /** An array's length may become known later, as may a structure's members. */
  type: CType;
  /** In bytes; infinite where it is not known, as behind a pointer that a caller passes. */
  size: number;
  /** `automatic` objects end with their block; `unknown` ones lie behind pointers nothing is known about. */
  readonly storage: 'static' | 'automatic' | 'literal' | 'unknown';
  /** As its declaration says; of an array, those of its elements. */
  readonly qualifiers?: Qualifiers | undefined;
  /** The contents of an object that no state has changed. */
  initial: Contents;
  /** A pointer to it got out of sight: whatever writes through unknown pointers may change it. */
  escaped: boolean;
  /** Its name is one that is watched, so that it outlives its block. */
  readonly watched: boolean;
  /** Declared `extern` and not defined so far. */
  undefinedExtern: boolean;
  /** Its declarator. */
  readonly declared?: Site;
  /** Where its scalars were written, by offset; see `Site`. */
  readonly sites: Map<number, Site | 'several'>;
}

/** A node at work: its chunk tells its tokens. */
export interface Site {
  readonly chunk: Chunk;
  readonly node: Node;
}

/** A lowered chunk as one unit has it, with what its execution leaves behind. */
export interface Chunk extends LoweredChunk {
  readonly unit: Unit;
  /** Values that its expressions had, by IR node. */
  readonly trace: Map<Node, Trace>;
  /** What names, members and elements designated last. */
  readonly places: Map<Node, { readonly object: MemoryObject; readonly offset: number }>;
  /** Static objects of blocks, by declarator. */
  readonly statics: Map<Node, MemoryObject>;
}

/** A translation unit. */
export interface Unit {
  readonly file: string;
  readonly scope: Scope;
}

export interface FunctionSymbol {
  readonly kind: 'function';
  readonly name: string;
  type: FunctionType;
  /** Undefined as long as no body is known. */
  body: { readonly definition: FunctionDefinition; readonly chunk: Chunk } | undefined;
  readonly internal: boolean;
}

export type NameSymbol =
  | { readonly kind: 'object'; readonly object: MemoryObject; readonly declared: Site | undefined }
  | FunctionSymbol
  | { readonly kind: 'typedef'; readonly type: CType; readonly qualifiers?: Qualifiers }
  | { readonly kind: 'enumerator'; readonly type: IntegerType; readonly value: Single };

export type TagSymbol =
  | { readonly kind: 'record'; readonly type: RecordType }
  | { readonly kind: 'enum'; type: IntegerType };

export class Scope {
  readonly names = new Map<string, NameSymbol>();
  readonly tags = new Map<string, TagSymbol>();

  constructor(readonly parent: Scope | undefined) {}

  find(name: string): NameSymbol | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const found = scope.names.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  findTag(tag: string): TagSymbol | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const found = scope.tags.get(tag);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** What may not be assigned: `const int x`, `int *const p`, `const int a[2]`. */
export function isConstant({ qualifiers }: MemoryObject): boolean {
  return qualifiers?.startsWith('const') === true;
}

export function newObject(
  parts: Pick<MemoryObject, 'name' | 'type' | 'size' | 'storage'> & Partial<MemoryObject>,
): MemoryObject {
  return {
    initial: Contents.filled(parts.storage === 'static' ? { kind: 'zero' } : { kind: 'uninitialized' }),
    escaped: false,
    watched: false,
    undefinedExtern: false,
    sites: new Map(),
    ...parts,
  };
}

/** An object behind a pointer of which only the type is known; `symbol` tells its values apart from others'. */
export function unknownObject(name: string, type: CType, reason: Reason, symbol: string): MemoryObject {
  return newObject({
    name,
    type,
    size: Number.POSITIVE_INFINITY,
    storage: 'unknown',
    initial: Contents.filled({ kind: 'unknown', reason, symbol }),
    escaped: true,
  });
}
