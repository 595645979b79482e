/** What evaluating one translation unit for one OSID yields; the façade's types. The evaluator is `evaluate.ts`. */
import type { Reason } from './reason';
import type { SourceHost, Span } from './source';
import type { MacroCall } from './token';
import type { DataModel, Value } from './value';

export interface EvaluationRequest {
  /** The file whose functions are run. */
  readonly file: string;
  /** Further .c files of the tree: bodies of functions it calls, definitions of `extern` objects, run-time changes. */
  readonly others: readonly string[];
  readonly host: SourceHost;
  readonly dataModel: DataModel;
  /**
   * Names whose value is given from outside, such as OSID, with a constant expression each. A macro, object or
   * enumeration constant of that name in the source does not count: the name stands for this value everywhere.
   */
  readonly pinned: ReadonlyMap<string, string>;
  /** Macros as `-DNAME=BODY` defines them; the source may redefine them. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Names whose final value, writes and derivation are wanted: variables, fields or macros. */
  readonly watch: (name: string) => boolean;
}

export interface Evaluation {
  /** Each watched name that the program declares, defines or assigns. */
  readonly watched: ReadonlyMap<string, Watched>;
  /** What is wrong with the program where it was executed, and what of it could not be read. */
  readonly problems: readonly Problem[];
  /** Where names of file scope, fields, enumeration constants and macros are defined, in order of definition. */
  readonly definitions: ReadonlyMap<string, readonly Definition[]>;
  /** Uses of macros in the source files that were read. */
  readonly macroCalls: readonly MacroCall[];
  /** Code that conditionals left out. */
  readonly inactive: readonly Span[];
  /** All files whose text was read, the main file first. */
  readonly files: readonly string[];
  /** Files the host had not loaded; the evaluation is preliminary until they are. */
  readonly missing: readonly string[];
  /** What a macro that is a plain number stands for at the end of the main file; undefined: it is none. */
  constant(name: string): Constant | undefined;
  /** The value of a name at the end of the program, as an expression there would have it; undefined: no such name. */
  valueOf(name: string): Evaluated | undefined;
  /** Every executed expression that holds the offset, innermost first, with the value it had there; also an `#if`'s. */
  expressionsAt(file: string, offset: number): readonly Evaluated[];
  /** Executed expressions whose places lie within the span, in source order (for hints). */
  expressionsIn(span: Span): readonly Evaluated[];
  /** Runs one of the main file's functions as a caller outside of the tree would; it changes nothing of the above. */
  call(request: CallRequest): Called;
}

/** A program that is preprocessed and not run yet, which takes most of the time. */
export interface Prepared extends Pick<Evaluation, 'files' | 'missing' | 'constant'> {
  /** Running it, and the calls after that, may read further files. */
  run(): Evaluation;
}

/** A macro's value, and the definition that counts in the end. */
export interface Constant {
  readonly value: Value;
  readonly definition: Definition;
}

/** A call from outside of the tree, with what it passes and the world it is made in. */
export interface CallRequest {
  readonly function: string;
  /** By position; parameters beyond are unknown. */
  readonly arguments: readonly CallArgument[];
  /** What functions that the tree has no body of are taken to do, by name. Others do what nobody knows. */
  readonly library: Readonly<Record<string, LibraryModel>>;
  /** The caller goes on with this result only: paths that surely return another are left out. */
  readonly success: bigint;
}

/** The address of an array of what the parameter points to. */
export interface CallArgument {
  /** Elements, all zero. */
  readonly length: number;
  /** What the first holds instead, an integer. */
  readonly first?: bigint;
}

export type LibraryModel =
  /** Returns a null pointer, the address of something, or 0. */
  | 'null'
  | 'object'
  | 'zero'
  /** qsort(): sorts with the comparison function it is given; what that holds equal keeps its order. */
  | 'sort';

/** What a call leaves behind. */
export interface Called {
  /** Why nothing is known of it: a bound was hit, there is no such function, no path succeeds. */
  readonly failed?: Reason;
  /** How many the function has. */
  readonly parameters: number;
  /** Whether anything was written to what an argument points to. */
  wrote(argument: number): boolean;
  /** An element of the array that an argument points to, over further pointers where it points to such, or its member. */
  read(argument: number, index: number, member?: string): Value;
  /** What was assigned to members of structures, in order of execution. */
  readonly assignments: readonly MemberAssignment[];
  /** What went wrong in it. */
  readonly problems: readonly Problem[];
}

/** `range[i].end = start + size - 1` */
export interface MemberAssignment {
  readonly member: string;
  readonly value: Value;
  /** The same for members of one structure, another for those of others; undefined where that is not known. */
  readonly structure: number | undefined;
  /** Where it stands: the assigned expression, or the whole where that is not there in one piece. */
  readonly place: Span;
  /** The assigned expression where it is there in one piece. */
  readonly expression?: Span;
  /** The same, or the call it happened in, in the function that was called from outside. */
  readonly origin: Span;
}

/** A watched name at the end of the program. */
export interface Watched {
  readonly name: string;
  readonly value: Value;
  /** The C type of the object, e.g. `unsigned long long`; for a macro, of its expression. */
  readonly type?: string;
  /** How the value came about: that of the last write where there is just one, else of the initialiser or macro. */
  readonly derivation?: Derivation;
  /** Every executed assignment to it, in order of execution; one entry for each place in the source. */
  readonly writes: readonly Write[];
  /** Where it is declared or #defined. */
  readonly definition?: Definition;
}

/** An assignment as the source has it: `mint_region1_size = 0x20000`. */
export interface Write {
  readonly name: string;
  readonly operator: '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '<<=' | '>>=' | '&=' | '^=' | '|=' | '++' | '--' | 'initializer' | 'call'; // biome-ignore format: one list
  /** The assigned name as written (in a macro call, the whole call). */
  readonly target: Span;
  /** The assigned expression as written; undefined where there is none, or where a macro writes it in pieces. */
  readonly expression?: Span;
  /** From the target's first token to the expression's last. */
  readonly span: Span;
  /** The value of the object after the write. */
  readonly value: Value;
  readonly derivation?: Derivation;
  /** The outermost macro call that the assignment comes out of, where it does. */
  readonly macro?: MacroCall;
  /**
   * True where the assignment stands under an `if`, `switch`, `while`, `for`, `?:`, `&&` or `||` of its function, decided
   * or not: the program means it for some cases only.
   */
  readonly conditional?: boolean;
}

/** How an expression's value came about, in steps a reader can follow. */
export interface Derivation {
  /** `mint_memory_size - 0x8000000`: as written after macro expansion of statement macros, before that of names. */
  readonly source: string;
  /** `0x20000000 - 0x8000000`: names replaced by their values; absent where it would equal `source`. */
  readonly substituted?: string;
  /** Names and literals the value rests on, with their values, in source order. */
  readonly leaves: readonly Leaf[];
}

export interface Leaf {
  readonly kind: 'name' | 'literal';
  readonly text: string;
  readonly span: Span;
  readonly value: Value;
  /** For a name: how its own value came about (its macro body, initialiser or single write). */
  readonly derivation?: Derivation;
  /** For a name: where it is defined. */
  readonly definition?: Definition;
}

export interface Evaluated {
  readonly span: Span;
  readonly text: string;
  readonly value: Value;
  readonly derivation?: Derivation;
}

export interface Definition {
  readonly kind:
    | 'macro'
    | 'object'
    | 'function'
    | 'field'
    | 'enumerator'
    | 'typedef'
    | 'parameter'
    | 'local'
    | 'pinned';
  readonly name: string;
  /** Where the name stands in its definition. */
  readonly span: Span;
  /** The whole definition: directive or declaration. */
  readonly whole: Span;
}

export interface Problem {
  readonly reason: Reason;
  readonly place: Span;
}
