/** Cuts the tokens of a translation unit into external declarations (C17 6.9), the pieces that are parsed and kept on their own. */
import { matchBrackets } from './lower/brackets';
import { isName, SPECIFIERS, wordOf } from './lower/words';
import type { Token } from './token';

/** How many tokens the declarations of K&R parameters may have in all. */
const OLD_STYLE_LIMIT = 1000;

/** One external declaration's tokens with the word each stands for (see `wordOf`). */
export interface Chunk {
  readonly tokens: readonly Token[];
  readonly words: readonly string[];
}

/** A chunk, and whether what is behind it has no say in where it ends. */
export interface Cut {
  readonly chunk: Chunk;
  readonly isClosed: boolean;
}

/** Tokens that are looked at to find a chunk's end, first few, then more; the whole unit where that is not enough. */
const FIRST_WINDOW = 256;
const LAST_WINDOW = 4096;

/**
 * Cuts at each `;` and behind each function body outside of braces, and behind a block that has no head. A chunk whose
 * braces never close, as while a person types, would reach to the end of the unit; it ends instead before the first thing
 * inside it that looks like a function definition or begins with `typedef` or `extern`, if there is one.
 */
export class Cutter {
  private whole: Words | undefined;

  constructor(private readonly tokens: readonly Token[]) {}

  /** The chunk that begins at `start`, of which there is at least one token. */
  cut(start: number): Cut {
    for (let size = FIRST_WINDOW; size <= LAST_WINDOW; size *= 4) {
      const window = new Words(this.tokens.slice(start, start + size));
      const end = window.endOfExternal(0);
      if (end?.isClosed) return this.upTo(window, start, start, end);
    }
    this.whole ??= new Words(this.tokens);
    const { words } = this.whole;
    const end = this.whole.endOfExternal(start) ?? {
      index: this.whole.restart(start + 1) ?? words.length,
      isClosed: false,
    };
    return this.upTo(this.whole, 0, start, end);
  }

  private upTo({ words }: Words, first: number, start: number, { index, isClosed }: End): Cut {
    const end = first + index;
    const chunk = { tokens: this.tokens.slice(start, end), words: words.slice(start - first, index) };
    return { chunk, isClosed };
  }
}

/** Where an external declaration ends, exclusive. */
interface End {
  readonly index: number;
  readonly isClosed: boolean;
}

/** A stretch of tokens as words, with their brackets. */
class Words {
  readonly words: readonly string[];
  private readonly partners: Int32Array;

  constructor(tokens: readonly Token[]) {
    this.words = tokens.map(wordOf);
    this.partners = matchBrackets(this.words);
  }

  /** The end of the external declaration at `start`; undefined where its braces do not close. */
  endOfExternal(start: number): End | undefined {
    const { words, partners } = this;
    let oldStyle = false;
    let initialized = false;
    let enclosed = -1;
    const ended = (index: number): End => ({ index, isClosed: !oldStyle });
    for (let i = start; i < words.length; i++) {
      switch (words[i]) {
        case '{': {
          const close = partners[i] ?? -1;
          if (close < 0) return undefined;
          if (i === start || (!initialized && i > enclosed && isFunctionBody(words, partners, i)))
            return ended(close + 1);
          i = close;
          break;
        }
        case '}':
          return ended(i + 1);
        case '=':
          // Braces behind it are initialisers, also those of `(struct s) {…}`.
          initialized = true;
          break;
        case '(':
        case '[':
          // Braces within it belong to a literal, as in `int a[sizeof((int[]){…})]`.
          enclosed = Math.max(enclosed, partners[i] ?? -1);
          break;
        case ')':
          oldStyle ||= isOldStyleHead(words, i);
          break;
        case ';':
          if (!(oldStyle && declarationsThenBody(words, i))) return ended(i + 1);
      }
    }
    return { index: words.length, isClosed: false };
  }

  /** Where a new external declaration seems to begin inside of one that is not closed; undefined: nowhere. */
  restart(from: number): number | undefined {
    const { words, partners } = this;
    for (let i = from; i < words.length; i++) {
      const before = words[i - 1];
      if (before !== ';' && before !== '}' && before !== '{') continue;
      if (words[i] === 'typedef' || words[i] === 'extern' || isDefinitionHead(words, partners, i)) return i;
    }
    return undefined;
  }
}

/** True when the `{` at `brace` opens a function's body, not a structure's or an initialiser's. */
function isFunctionBody(words: readonly string[], partners: Int32Array, brace: number): boolean {
  const head = words[beforeAttributes(words, partners, brace - 1)];
  // An external declaration goes on behind a `;` only where the body of a K&R definition follows.
  return head === ')' || head === ';';
}

/** The index of the last token at or before `end` that belongs to no `__attribute__((…))`. */
function beforeAttributes(words: readonly string[], partners: Int32Array, end: number): number {
  let i = end;
  for (;;) {
    const open = words[i] === ')' ? (partners[i] ?? -1) : -1;
    if (words[open - 1] !== '__attribute__') return i;
    i = open - 2;
  }
}

/** `f(a, b)` with a declaration behind it: the head of a K&R definition. */
function isOldStyleHead(words: readonly string[], close: number): boolean {
  const behind = words[close + 1];
  if (behind === undefined || !(SPECIFIERS.has(behind) || isName(behind))) return false;
  let i = close - 1;
  while (isName(words[i]) && words[i - 1] === ',') i -= 2;
  return isName(words[i]) && words[i - 1] === '(' && isName(words[i - 2]);
}

/** Behind the `;` at `index` stands the body of a K&R definition, or first more declarations of its parameters. */
function declarationsThenBody(words: readonly string[], index: number): boolean {
  const limit = index + OLD_STYLE_LIMIT;
  for (let i = index + 1; i < words.length && i < limit; i++) {
    const word = words[i];
    if (word === '{') return words[i - 1] === ';';
    if (word === '=' || word === '}') return false;
  }
  return false;
}

/** `static int f(int a) {`: words and asterisks, a name, parameters, a brace. */
function isDefinitionHead(words: readonly string[], partners: Int32Array, start: number): boolean {
  let i = start;
  while (words[i] === '*' || isName(words[i]) || SPECIFIERS.has(words[i] ?? '')) i++;
  if (i < start + 2 || words[i] !== '(' || !isName(words[i - 1])) return false;
  const close = partners[i] ?? -1;
  return close > i && words[close + 1] === '{';
}
