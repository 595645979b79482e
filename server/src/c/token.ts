/** Preprocessing tokens (C17 6.4) with the place each was written at and the macro call it came out of. */
import type { Span } from './source';

export type TokenKind = 'identifier' | 'number' | 'character' | 'string' | 'punctuator' | 'other';

export interface Token {
  readonly kind: TokenKind;
  /** The spelling, line splices removed. */
  readonly text: string;
  /** Where the token is spelled; for the result of `##` and `#`, the place of the operator's operands in the macro body. */
  readonly span: Span;
  /** The outermost macro call (name and arguments) that this token came out of, where it came out of one. */
  readonly expansion?: MacroCall;
  /** The innermost use of a macro that the token came out of, or in whose argument it stands. */
  readonly use?: MacroUse;
  /** White space or a comment stands before the token (needed by `#`, and for readable text). */
  readonly spaceBefore: boolean;
}

/** A use of a macro in the source: `name` is where its name stands, `span` reaches to the closing parenthesis. */
export interface MacroCall {
  readonly macro: string;
  readonly name: Span;
  readonly span: Span;
}

/** One use of a macro, in the source, in another macro's body or in an argument. */
export interface MacroUse {
  readonly macro: string;
  /** Where it is spelled, with its arguments where they are in one place with the name. */
  readonly span: Span;
  /** The use that this one came out of, or in whose argument it stands. */
  readonly outer?: MacroUse;
}
