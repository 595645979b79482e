/**
 * Translation phases 1 to 4 (C17 5.1.1.2) for one translation unit: from files to the tokens that macro replacement,
 * conditionals and inclusion leave. Nothing that is malformed ends it: each problem is reported and the text goes on.
 */
import type { Definition, Problem } from '../evaluation';
import type { SourceHost, Span } from '../source';
import type { MacroCall, Token } from '../token';
import type { DataModel } from '../value';
import type { Lexed } from './lexer';
import type { Macro } from './macro';
import { Expander } from './macro-expansion';
import { type PreprocessingToken, standardSpelling } from './preprocessing-token';
import { pinnedTokens, Unit } from './unit';

export type { Macro } from './macro';

export interface PreprocessRequest {
  /** The translation unit's main file. */
  readonly file: string;
  readonly host: SourceHost;
  readonly dataModel: DataModel;
  /** Names given from outside with a constant expression each; see `EvaluationRequest.pinned`. */
  readonly pinned: ReadonlyMap<string, string>;
  /** Macros as `-DNAME=BODY` or `-D'NAME(X)=BODY'` defines them, body by name; that of `-DNAME` alone is `1`. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Tokens of a file's text, where they are kept; else they are read anew. */
  readonly tokenize?: (file: string, text: string) => Lexed;
}

export interface Preprocessed {
  /** What is left for the parser. Digraphs are spelled as the tokens they stand for; pinned names stay identifiers. */
  readonly tokens: readonly Token[];
  /** The macros in force at the end of the main file. */
  readonly macros: ReadonlyMap<string, Macro>;
  /** Every `#define` that was executed, in order and once for each place, also those undefined later. */
  readonly definitions: readonly Definition[];
  /** Every use of a macro that a file spells, also in arguments of others and in directives. */
  readonly macroCalls: readonly MacroCall[];
  /** What the expressions of `#if` and `#elif` came to, each time they were evaluated. */
  readonly conditions: readonly Condition[];
  /** Code that conditionals left out; of a file that was read several times, what was left out each time. */
  readonly inactive: readonly Span[];
  readonly problems: readonly Problem[];
  /** The files that were read, the main file first. */
  readonly files: readonly string[];
  /** The files that the host has not loaded. */
  readonly missing: readonly string[];
}

export interface Condition {
  /** From the expression's first token to its last. */
  readonly place: Span;
  readonly holds: boolean;
}

/** Preprocesses a translation unit; see `Preprocessed`. */
export function preprocess(request: PreprocessRequest): Preprocessed {
  return new Unit(request).run();
}

/** An expression after macro replacement. */
export interface Expanded {
  readonly tokens: readonly Token[];
  readonly problems: readonly Problem[];
}

/**
 * Replaces the macros in `tokens` (see `tokenize`), as the text after the end of the file would have them. `__LINE__`
 * and other macros that depend on their place stay names, as there is no such place.
 */
export function expand(
  tokens: readonly PreprocessingToken[],
  macros: ReadonlyMap<string, Macro>,
  pinned: ReadonlyMap<string, string>,
): Expanded {
  const problems: Problem[] = [];
  const expander = new Expander({
    macros,
    pinned: pinnedTokens(pinned),
    read: () => undefined,
    report: (reason, place) => problems.push({ reason, place }),
    dynamic: () => undefined,
    pragma: () => undefined,
  });
  const expanded = expander.expand(tokens);
  return { tokens: expander.takeAbandoned() ? tokens : expanded.map(standardSpelling), problems };
}
