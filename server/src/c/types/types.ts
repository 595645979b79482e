/** C types (C17 6.2.5) as values: what declarations resolve to. Sizes and offsets are in bytes. */

export type CType =
  | IntegerType
  | FloatingType
  | VoidType
  | PointerType
  | ArrayType
  | RecordType
  | FunctionType
  | UnknownType;

/** An integer type; two are the same type when their names are equal. Enumerations are their compatible integer type, as gcc chooses it. */
export interface IntegerType {
  readonly kind: 'integer';
  /** The canonical spelling: `int`, `unsigned long`, `signed char`, `char`, `_Bool`, `__int128`. */
  readonly name: string;
  readonly size: number;
  readonly signed: boolean;
  /** Conversion rank (C17 6.3.1.1). */
  readonly rank: number;
  /** Width in bits where it is that of a bit-field, below `size * 8`. */
  readonly bits?: number;
}

/** Floating types have a size; their values are never known. */
export interface FloatingType {
  readonly kind: 'floating';
  readonly name: string;
  readonly size: number;
  readonly alignment: number;
}

export interface VoidType {
  readonly kind: 'void';
}

export interface PointerType {
  readonly kind: 'pointer';
  readonly target: CType;
  /** Of the target, where there are any. */
  readonly qualifiers?: Qualifiers;
}

/** What qualifies a type, as far as it is followed; values are the same with and without (C17 6.2.5p26). */
export type Qualifiers = 'const' | 'volatile' | 'const volatile';

/** `length` is undefined for an incomplete array and for one whose length is unknown. */
export interface ArrayType {
  readonly kind: 'array';
  readonly element: CType;
  readonly length: number | undefined;
  /** Of the elements, where there are any. */
  readonly qualifiers?: Qualifiers;
}

/** A structure or union; compared by identity. `members` is filled in once, when its definition completes. */
export interface RecordType {
  readonly kind: 'record';
  readonly union: boolean;
  readonly tag: string | undefined;
  packed: boolean;
  /** The greatest alignment of a member in bytes that `#pragma pack` allows; undefined where there is none. */
  pack: number | undefined;
  members: readonly Member[] | undefined;
  size: number;
  alignment: number;
  /**
   * A member's size is not known: offsets tell members apart, but neither they nor the size are the compiled
   * program's. Ask `sizeOf` and `findMember`, which heed this.
   */
  inexact?: boolean;
}

export interface Member {
  /** Undefined for an anonymous structure or union; unnamed bit-fields are no members. */
  readonly name: string | undefined;
  readonly type: CType;
  /** As declared; of an array, those of its elements. */
  readonly qualifiers?: Qualifiers | undefined;
  /** Offset in bytes; for a bit-field, of the byte that holds its lowest bit. */
  readonly offset: number;
  /** A bit-field's lowest bit (0 to 7) in the byte at `offset`, and its width; it reaches into higher bytes. */
  readonly bitField?: { readonly offset: number; readonly width: number };
}

export interface FunctionType {
  readonly kind: 'function';
  readonly result: CType;
  readonly parameters: readonly CType[];
  readonly variadic: boolean;
}

/** A type that nothing in the tree defines, such as `FILE` or `DIR`. */
export interface UnknownType {
  readonly kind: 'unknown';
  readonly name: string;
}
