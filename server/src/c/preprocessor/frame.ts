/** A source file while it is being read. */
import type { Span } from '../source';
import { isHash, type PreprocessingToken, spanOf } from './preprocessing-token';

/** An `#if` section that is open. */
export interface Conditional {
  /** The directive's name. */
  readonly opened: PreprocessingToken;
  /** A group of the section was taken: all others are left out. */
  taken: boolean;
  seenElse: boolean;
}

export class Frame {
  index = 0;
  readonly conditionals: Conditional[] = [];
  /** Groups that were left out, from first to last token. */
  readonly inactive: Span[] = [];
  /** What `#line` made of the file's name and of the next line's number. */
  presumedFile: string | undefined;
  private lineShift = 0;
  private lineStarts: number[] | undefined;
  readonly depth: number;

  constructor(
    readonly file: string,
    private readonly text: string,
    readonly tokens: readonly PreprocessingToken[],
    /** The file that includes this one, and how many tokens were put out before. */
    readonly parent: Frame | undefined,
    readonly outputBefore: number,
    /** The `#include` that led here. */
    readonly included: Span | undefined,
  ) {
    this.depth = parent ? parent.depth + 1 : 0;
  }

  /** Whether the next token begins a directive. */
  atDirective(): boolean {
    const token = this.tokens[this.index];
    return token?.startsLine === true && isHash(token);
  }

  /** Takes the directive that begins here: its tokens, the `#` first. */
  takeLine(): PreprocessingToken[] {
    const start = this.index++;
    while (this.tokens[this.index]?.startsLine === false) this.index++;
    return this.tokens.slice(start, this.index);
  }

  /** Passes a group up to the directive that ends it, over nested `#if` sections. */
  skipGroup(): void {
    const start = this.index;
    let depth = 0;
    for (; this.index < this.tokens.length; this.index++) {
      if (!this.atDirective()) continue;
      const next = this.tokens[this.index + 1];
      const name = next?.startsLine ? '' : (next?.text ?? '');
      if (depth === 0 && /^(?:endif|else|elif|elifdef|elifndef)$/.test(name)) break;
      if (/^(?:if|ifdef|ifndef)$/.test(name)) depth++;
      else if (name === 'endif') depth--;
    }
    const first = this.tokens[start];
    const last = this.tokens[this.index - 1];
    if (first && last && start < this.index) this.inactive.push(spanOf(first, last));
  }

  /** The presumed number of the line that holds the offset. */
  lineOf(offset: number): number {
    this.lineStarts ??= [
      0,
      ...[...this.text.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length),
    ];
    let low = 0;
    let high = this.lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1 + this.lineShift;
  }

  /** Carries out `#line number` (C17 6.10.4) in a directive whose last token ends at `end`. */
  renumber(number: number, end: number): void {
    this.lineShift += number - (this.lineOf(end) + 1);
  }
}

/** What two lists of spans, each in ascending order, have in common. */
export function commonSpans(a: readonly Span[], b: readonly Span[]): Span[] {
  const common: Span[] = [];
  let j = 0;
  for (const span of a) {
    while (j < b.length && (b[j]?.end ?? 0) <= span.start) j++;
    for (let k = j; k < b.length; k++) {
      const other = b[k];
      if (!other || other.start >= span.end) break;
      common.push({ ...span, start: Math.max(span.start, other.start), end: Math.min(span.end, other.end) });
    }
  }
  return common;
}
