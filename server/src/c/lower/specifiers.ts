/** Declaration specifiers (C17 6.7) as the chunk writer gathers them from the tokens. */

/** The specifiers of one declaration, parameter, member or type name; filled in while they are read. */
export interface SpecifierRun {
  /** Index of the first token, -1 where a declaration has no specifiers at all (implicit int). */
  first: number;
  last: number;
  storage: string | undefined;
  const: boolean;
  volatile: boolean;
  /** Keywords of the type, in order. */
  words: string[];
  /** What else the type is; undefined while it is made of `words` or nothing. */
  other:
    | { readonly kind: 'name'; readonly name: string }
    | RecordHead
    | { readonly kind: 'typeof' }
    | { readonly kind: 'auto' }
    | undefined;
  /** The declaration may leave the type out, which then is int (C89). */
  implicit: boolean;
  /** An attribute changes the type or its layout in a way that the evaluator does not follow. */
  altered: boolean;
}

export interface RecordHead {
  readonly kind: 'struct' | 'union' | 'enum';
  tag: string | undefined;
  packed: boolean;
  /** The greatest alignment of members in bytes under `#pragma pack`. */
  pack: number | undefined;
  /** It has a body in braces. */
  body: boolean;
}

export function newRun(): SpecifierRun {
  return {
    first: -1,
    last: -1,
    storage: undefined,
    const: false,
    volatile: false,
    words: [],
    other: undefined,
    implicit: false,
    altered: false,
  };
}

export function hasType(run: SpecifierRun): boolean {
  return run.words.length > 0 || run.other !== undefined;
}

/** False for what gcc refuses: no type where one must be, or two, as in `struct s int`. */
export function isSound(run: SpecifierRun): boolean {
  if (run.other === undefined) return run.words.length > 0 || run.implicit || run.first >= 0;
  return run.words.every((word) => word === '_Complex');
}

/** What is being declared, and where in it an attribute stands: both decide what the attribute changes. */
export interface AttributePlace {
  readonly declares: 'object' | 'member' | 'typedef';
  /** Between `struct` and its body or tag, among the other specifiers, or at a declarator. */
  readonly at: 'head' | 'specifiers' | 'declarator';
}

/**
 * Notes what gcc's attributes (the words between `__attribute__`'s parentheses) and `_Alignas` do to the declared
 * type. The alignment of a variable changes no value, so it counts only in types and members.
 */
export function noteAttributes(run: SpecifierRun, words: readonly string[], place: AttributePlace): void {
  const record = run.other && 'pack' in run.other ? run.other : undefined;
  const ofRecord =
    record !== undefined && (place.at === 'head' || (record.body && place.at === 'specifiers'));
  if (record) record.pack ??= packOf(words);
  for (const word of words) {
    switch (word.replace(/^__(.*)__$/, '$1')) {
      case 'packed':
        if (ofRecord && record.kind !== 'enum') record.packed = true;
        else if (ofRecord) run.altered = true;
        else if (place.declares === 'member') run.altered = true;
        break;
      case 'aligned':
      case '_Alignas':
      case 'warn_if_not_aligned':
        if (ofRecord || place.declares !== 'object') run.altered = true;
        break;
      case 'mode':
      case 'vector_size':
      case 'scalar_storage_order':
      case 'ms_struct':
        run.altered = true;
    }
  }
}

/** The limit that the preprocessor writes for `#pragma pack`. */
function packOf(words: readonly string[]): number | undefined {
  const [limit] = words.flatMap((word) => /^__pack_(\d+)__$/.exec(word)?.[1] ?? []);
  return limit === undefined ? undefined : Number(limit);
}
