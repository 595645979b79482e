/** Cuts the tokens of a translation unit into external declarations (C17 6.9), the pieces that are parsed and kept on their own. */

import { isName, SPECIFIERS, STATEMENTS, wordOf } from './lower/words';
import type { Token } from './token';

/** One external declaration's tokens with the word each stands for (see `wordOf`). */
export interface Chunk {
  readonly tokens: readonly Token[];
  readonly words: readonly string[];
}

/**
 * Cuts at each `;` and behind each function body outside of braces. A chunk whose braces never close, as while a
 * person types, would reach to the end of the unit; it ends instead before the first thing inside it that looks like a
 * function definition or begins with `typedef` or `extern`, if there is one.
 */
export function chunksOf(tokens: readonly Token[]): Chunk[] {
  const words = tokens.map(wordOf);
  const chunks: Chunk[] = [];
  let start = 0;
  while (start < words.length) {
    const closed = endOfExternal(words, start);
    const end = closed ?? restart(words, start + 1) ?? words.length;
    chunks.push({ tokens: tokens.slice(start, end), words: words.slice(start, end) });
    start = end;
  }
  return chunks;
}

/** The end (exclusive) of the external declaration at `start`; undefined where its braces do not close. */
function endOfExternal(words: readonly string[], start: number): number | undefined {
  let braces = 0;
  let body = false;
  let oldStyle = false;
  for (let i = start; i < words.length; i++) {
    switch (words[i]) {
      case '{':
        if (braces++ === 0) body = isFunctionBody(words, start, i, oldStyle);
        break;
      case '}':
        if (braces <= 1 && (body || braces === 0)) return i + 1;
        braces--;
        break;
      case ')':
        if (braces === 0) oldStyle ||= isOldStyleHead(words, start, i);
        break;
      case ';':
        if (braces === 0 && !(oldStyle && declarationsThenBody(words, i))) return i + 1;
    }
  }
  return braces === 0 ? words.length : undefined;
}

/** True when the `{` at `brace` opens a function's body, not a structure's or an initialiser's. */
function isFunctionBody(words: readonly string[], start: number, brace: number, oldStyle: boolean): boolean {
  let i = beforeAttributes(words, brace - 1);
  if (isName(words[i])) i = beforeAttributes(words, i - 1);
  if (words[i] === 'struct' || words[i] === 'union' || words[i] === 'enum') return false;
  const before = words[beforeAttributes(words, brace - 1)];
  return (before === ')' || (oldStyle && before === ';')) && brace > start;
}

/** The index of the last token at or before `end` that belongs to no `__attribute__((…))`. */
function beforeAttributes(words: readonly string[], end: number): number {
  let i = end;
  while (words[i] === ')') {
    let depth = 0;
    let open = i;
    for (; open >= 0; open--) {
      if (words[open] === ')') depth++;
      else if (words[open] === '(' && --depth === 0) break;
    }
    if (words[open - 1] !== '__attribute__') return i;
    i = open - 2;
  }
  return i;
}

/** `f(a, b)` with a declaration behind it: the head of a K&R definition. */
function isOldStyleHead(words: readonly string[], start: number, close: number): boolean {
  const behind = words[close + 1];
  if (behind === undefined || !(SPECIFIERS.has(behind) || isName(behind))) return false;
  let i = close - 1;
  while (i > start && isName(words[i]) && words[i - 1] === ',') i -= 2;
  return i > start + 1 && isName(words[i]) && words[i - 1] === '(' && isName(words[i - 2]);
}

/** Behind the `;` at `index` stands the body of a K&R definition, or another declaration before it. */
function declarationsThenBody(words: readonly string[], index: number): boolean {
  for (let i = index + 1; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '{') return words[i - 1] === ';';
    if (word === '=' || word === '}' || (word === ')' && words[i + 1] !== ';' && words[i + 1] !== ','))
      return false;
  }
  return false;
}

/** Where a new external declaration seems to begin inside of one that is not closed; undefined: nowhere. */
function restart(words: readonly string[], from: number): number | undefined {
  for (let i = from; i < words.length; i++) {
    const before = words[i - 1];
    if (before !== ';' && before !== '}' && before !== '{') continue;
    if (words[i] === 'typedef' || words[i] === 'extern' || isDefinitionHead(words, i)) return i;
  }
  return undefined;
}

/** `static int f(int a) {`: words and asterisks, a name, parameters, a brace. */
function isDefinitionHead(words: readonly string[], start: number): boolean {
  let i = start;
  while (words[i] === '*' || isName(words[i]) || SPECIFIERS.has(words[i] ?? '')) i++;
  if (i < start + 2 || words[i] !== '(' || !isName(words[i - 1]) || STATEMENTS.has(words[start] ?? ''))
    return false;
  let depth = 0;
  for (; i < words.length; i++) {
    if (words[i] === '(') depth++;
    else if (words[i] === ')' && --depth === 0) return words[i + 1] === '{';
    else if (words[i] === ';' || words[i] === '{' || words[i] === '}') return false;
  }
  return false;
}
