/** Preprocessing tokens as the preprocessor handles them: a token of the output and what replacement must remember of it. */
import type { Span } from '../source';
import type { MacroCall, MacroUse, Token, TokenKind } from '../token';

export interface PreprocessingToken extends Token {
  /** First on its line: a `#` here begins a directive. */
  readonly startsLine: boolean;
  /**
   * The same object as `span` where the token is read from a file. For a token that a macro body brought in: where
   * the name stands in a file that set the replacement going (`__LINE__` is that line, as with gcc).
   */
  readonly origin: Span;
  /** No longer available for replacement (C17 6.10.3.4p2); for a pinned name: already standing for its value. */
  readonly painted: boolean;
}

/** The pseudo file of what no file spells: predefined macros, standard headers, command-line definitions. */
export const BUILT_IN_FILE = '<built-in>';
export const BUILT_IN: Span = { file: BUILT_IN_FILE, start: 0, end: 0 };

/** A token as a file spells it. */
export function sourceToken(
  kind: TokenKind,
  text: string,
  span: Span,
  spaceBefore: boolean,
  startsLine: boolean,
): PreprocessingToken {
  return { kind, text, span, expansion: undefined, spaceBefore, startsLine, origin: span, painted: false };
}

/** A token that replacement makes in place of `by`: it stands where `by` stood. */
export function madeToken(
  kind: TokenKind,
  text: string,
  span: Span,
  by: PreprocessingToken,
  spaceBefore = by.spaceBefore,
): PreprocessingToken {
  return {
    kind,
    text,
    span,
    expansion: by.expansion,
    use: by.use,
    spaceBefore,
    startsLine: false,
    origin: by.origin,
    painted: false,
  };
}

/** A copy that cannot be replaced any more. */
export function paint(token: PreprocessingToken): PreprocessingToken {
  return { ...token, painted: true };
}

/** The token itself or a copy with the given white space before it. */
export function spaced(token: PreprocessingToken, spaceBefore: boolean): PreprocessingToken {
  return token.spaceBefore === spaceBefore ? token : { ...token, spaceBefore };
}

/** A copy of a token of an argument of `use`, which belongs to `call` where it came out of no other so far. */
export function argumentOf(token: PreprocessingToken, call: MacroCall, use: MacroUse): PreprocessingToken {
  const inner = token.use === use.outer ? use : token.use;
  return { ...token, expansion: token.expansion ?? call, use: inner, startsLine: false };
}

/** True for `#` and its digraph `%:` (C17 6.4.6p3). */
export function isHash(token: Token | undefined): boolean {
  return token?.kind === 'punctuator' && (token.text === '#' || token.text === '%:');
}

/** True for `##` and its digraph. */
export function isHashHash(token: Token | undefined): boolean {
  return token?.kind === 'punctuator' && (token.text === '##' || token.text === '%:%:');
}

export function isPunctuator(token: Token | undefined, text: string): boolean {
  return token?.kind === 'punctuator' && token.text === text;
}

const digraphs: ReadonlyMap<string, string> = new Map([
  ['<:', '['],
  [':>', ']'],
  ['<%', '{'],
  ['%>', '}'],
  ['%:', '#'],
  ['%:%:', '##'],
]);

export function isDigraph(text: string): boolean {
  return digraphs.has(text);
}

/** The token, or in place of a digraph the one it stands for (C17 6.4.6p3). */
export function standardSpelling(token: Token): Token {
  const text = token.kind === 'punctuator' ? digraphs.get(token.text) : undefined;
  return text ? { ...token, text } : token;
}

/** The tokens' spelling with one space where white space stood. */
export function spelling(tokens: readonly Token[]): string {
  return tokens.map((token, i) => (i > 0 && token.spaceBefore ? ` ${token.text}` : token.text)).join('');
}

/** From the first token's start to the last one's end; all in one file. */
export function spanOf(first: Token, last: Token): Span {
  return { file: first.span.file, start: first.span.start, end: Math.max(first.span.end, last.span.end) };
}
