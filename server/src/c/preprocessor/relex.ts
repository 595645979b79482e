/** Tokens of a text that was edited: most of them are those of the text before. */
import type { Made } from '../text-cache';
import { hasSplices, type Lexed, Lexer, tokenize } from './lexer';
import { type PreprocessingToken, sourceToken } from './preprocessing-token';

/** As `tokenize`; tokens before the first line that differs from the earlier text are taken over, and those behind the last one. */
export function relex(file: string, text: string, before: Made<Lexed> | undefined): Lexed {
  // Places in a text with line splices are counted from its beginning.
  if (!before || before.result.problems.length > 0 || hasSplices(text) || hasSplices(before.text))
    return tokenize(file, text);
  const edit = difference(before.text, text);
  const { tokens } = before.result;
  const kept = lineStartBefore(tokens, edit.start);
  const restart = tokens[kept];
  if (restart === undefined) return tokenize(file, text);
  const lexer = new Lexer(file, text, { position: restart.span.start, spaceBefore: restart.spaceBefore });
  let behind = kept;
  // A token that begins a line is read the same wherever what is behind it is the same.
  const isKnown = (position: number, spaceBefore: boolean): boolean => {
    if (position < edit.end) return false;
    const place = position - edit.shift;
    while ((tokens[behind]?.span.start ?? Number.POSITIVE_INFINITY) < place) behind++;
    const token = tokens[behind];
    return token?.span.start === place && token.startsLine && token.spaceBefore === spaceBefore;
  };
  const { read, isAtEnd } = lexer.runUntil(isKnown);
  const rest = isAtEnd ? [] : moved(tokens.slice(behind), edit.shift);
  return { tokens: [...tokens.slice(0, kept), ...read.tokens, ...rest], problems: read.problems };
}

interface Edit {
  /** The first place where the texts differ. */
  readonly start: number;
  /** Where, in the new text, they are the same again, and how much farther from the beginning that is now. */
  readonly end: number;
  readonly shift: number;
}

function difference(before: string, now: string): Edit {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === now.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < most - start &&
    before.charCodeAt(before.length - 1 - same) === now.charCodeAt(now.length - 1 - same)
  )
    same++;
  return { start, end: now.length - same, shift: now.length - before.length };
}

/** The index of the last token that begins a line at or before the place. */
function lineStartBefore(tokens: readonly PreprocessingToken[], place: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.span.start ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  let index = low - 1;
  while (index >= 0 && !tokens[index]?.startsLine) index--;
  return index;
}

function moved(tokens: readonly PreprocessingToken[], shift: number): readonly PreprocessingToken[] {
  if (shift === 0) return tokens;
  return tokens.map(({ kind, text, span, spaceBefore, startsLine }) => {
    const { file, start, end } = span;
    return sourceToken(kind, text, { file, start: start + shift, end: end + shift }, spaceBefore, startsLine);
  });
}
