/** Translation phases 2 and 3 (C17 5.1.1.2): line splices, comments and preprocessing tokens, as gcc reads GNU C17. */
import type { Problem } from '../evaluation';
import type { TokenKind } from '../token';
import { type PreprocessingToken, sourceToken } from './preprocessing-token';

export interface Lexed {
  /** All tokens in order; `#include` and `__has_include` operands are one token each (`<x.h>` of kind `other`). */
  readonly tokens: readonly PreprocessingToken[];
  /** Unterminated comments. An unterminated literal is a token of kind `other`, as only active code may complain of it. */
  readonly problems: readonly Problem[];
}

/** The preprocessing tokens of `text` with their UTF-16 offsets in it; trigraphs are not replaced (gcc's default). */
export function tokenize(file: string, text: string): Lexed {
  return new Lexer(file, text).run();
}

/** Classes of ASCII characters. */
const Class = { Other: 0, Space: 1, Newline: 2, Letter: 3, Digit: 4 } as const;

const classes = new Uint8Array(128);
for (const c of ' \t\v\f\0') classes[c.charCodeAt(0)] = Class.Space;
for (const c of '\r\n') classes[c.charCodeAt(0)] = Class.Newline;
for (const c of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$')
  classes[c.charCodeAt(0)] = Class.Letter;
for (const c of '0123456789') classes[c.charCodeAt(0)] = Class.Digit;

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const STAR = 0x2a;
const PERIOD = 0x2e;
const SLASH = 0x2f;
const LESS = 0x3c;
const BACKSLASH = 0x5c;

/** Longest first for each first character (C17 6.4.6, the longest match of 6.4p4). */
const punctuators = new Map<number, readonly string[]>();
for (const text of (
  '%:%: ... <<= >>= :: -> ++ -- << >> <= >= == != && || *= /= %= += -= &= ^= |= ## <: :> <% %> %: ' +
  '[ ] ( ) { } . & * + - ~ ! / % < > ^ | ? : ; = , #'
).split(' ')) {
  const first = text.charCodeAt(0);
  punctuators.set(first, [...(punctuators.get(first) ?? []), text]);
}

/** A backslash that ends a line, also with white space behind it, as gcc takes it. */
const SPLICE = /\\[ \t\v\f]*(?:\r\n|\n|\r)/g;
const UNIVERSAL_NAME = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/y;
const IDENTIFIER_CHARACTER = /^\p{XID_Continue}$/u;
const ENCODING_PREFIX = /^(?:L|u|U|u8)$/;

/** Whether a backslash ends a line of the text. */
export function hasSplices(text: string): boolean {
  return text.includes('\\') && text.search(SPLICE) >= 0;
}

/** Where reading begins: at a token that begins a line, in a text without splices. */
interface Beginning {
  readonly position: number;
  readonly spaceBefore: boolean;
}

export class Lexer {
  /** The text without line splices, and its length. */
  private readonly text: string;
  private readonly length: number;
  /** Offsets in `text` at which a splice was removed, and how many characters are gone up to and with each. */
  private readonly spliceAt: number[] = [];
  private readonly removed: number[] = [0];
  private splice = 0;

  private position: number;
  private spaceBefore: boolean;
  private startsLine = true;
  /** Where in a directive the lexer stands: header names are tokens in `#include` and `__has_include` only (C17 6.4p4). */
  private directive: 'none' | 'name' | 'header' | 'condition' | 'has-include' | 'other' = 'none';

  private readonly tokens: PreprocessingToken[] = [];
  private readonly problems: Problem[] = [];

  constructor(
    private readonly file: string,
    original: string,
    from?: Beginning,
  ) {
    this.text = original.includes('\\') ? this.joinLines(original) : original;
    this.length = this.text.length;
    const start = this.text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.position = Math.max(start, from?.position ?? 0);
    this.spaceBefore = from?.spaceBefore ?? false;
  }

  private joinLines(original: string): string {
    let joined = '';
    let from = 0;
    for (const match of original.matchAll(SPLICE)) {
      joined += original.slice(from, match.index);
      from = match.index + match[0].length;
      this.spliceAt.push(joined.length);
      this.removed.push(from - joined.length);
    }
    return from === 0 ? original : joined + original.slice(from);
  }

  /** The place in the original text of `[start, end)`; calls come in ascending order. */
  private span(start: number, end: number): { file: string; start: number; end: number } {
    const { spliceAt, removed } = this;
    if (spliceAt.length === 0) return { file: this.file, start, end };
    while ((spliceAt[this.splice] ?? Number.POSITIVE_INFINITY) <= start) this.splice++;
    let last = this.splice;
    while ((spliceAt[last] ?? Number.POSITIVE_INFINITY) < end) last++;
    return { file: this.file, start: start + (removed[this.splice] ?? 0), end: end + (removed[last] ?? 0) };
  }

  run(): Lexed {
    return this.runUntil(() => false).read;
  }

  /** Reads up to the token that begins a line and that `isKnown`, or to the end. */
  runUntil(isKnown: (position: number, spaceBefore: boolean) => boolean): {
    readonly read: Lexed;
    readonly isAtEnd: boolean;
  } {
    const { tokens, problems } = this;
    while (this.skipSpace()) {
      if (this.startsLine && isKnown(this.position, this.spaceBefore))
        return { read: { tokens, problems }, isAtEnd: false };
      this.token();
    }
    return { read: { tokens, problems }, isAtEnd: true };
  }

  /** Passes white space and comments; false at the end of the text. */
  private skipSpace(): boolean {
    const { text, length } = this;
    while (this.position < length) {
      const code = text.charCodeAt(this.position);
      const kind = code < 128 ? classes[code] : Class.Other;
      if (kind === Class.Newline) {
        this.startsLine = true;
        this.spaceBefore = true;
        this.directive = 'none';
        this.position++;
      } else if (kind === Class.Space) {
        this.spaceBefore = true;
        this.position++;
      } else if (code === SLASH && text.charCodeAt(this.position + 1) === SLASH) {
        this.spaceBefore = true;
        this.position = this.endOfLine(this.position + 2);
      } else if (code === SLASH && text.charCodeAt(this.position + 1) === STAR) {
        this.spaceBefore = true;
        this.blockComment();
      } else return true;
    }
    return false;
  }

  private blockComment(): void {
    const start = this.position;
    const end = this.text.indexOf('*/', start + 2);
    this.position = end < 0 ? this.length : end + 2;
    if (end < 0)
      this.problems.push({ reason: { code: 'unterminated-comment' }, place: this.span(start, start + 2) });
  }

  private endOfLine(from: number): number {
    let at = from;
    while (at < this.length && !this.isNewline(at)) at++;
    return at;
  }

  private isNewline(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === 0x0a || code === 0x0d;
  }

  private token(): void {
    const start = this.position;
    const code = this.text.charCodeAt(start);
    const kind = code < 128 ? classes[code] : Class.Other;
    if (this.directive === 'header' && this.headerName(start, code)) return;
    if (kind === Class.Letter) {
      this.identifier(start);
      return;
    }
    if (kind === Class.Digit || (code === PERIOD && this.isDigit(start + 1))) {
      this.number(start);
      return;
    }
    if (code === QUOTE || code === APOSTROPHE) {
      this.literal(start, start);
      return;
    }
    if (code === BACKSLASH || code >= 128) {
      if (this.identifierLength(start) > 0) {
        this.identifier(start);
        return;
      }
      const point = this.text.codePointAt(start) ?? 0;
      this.push('other', start, start + (point > 0xffff ? 2 : 1));
      return;
    }
    const text = punctuators.get(code)?.find((each) => this.text.startsWith(each, start));
    this.push(text ? 'punctuator' : 'other', start, start + (text?.length ?? 1));
  }

  private isDigit(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code >= 0x30 && code <= 0x39;
  }

  /** Adds the token `[start, end)` of the joined text. */
  private push(kind: TokenKind, start: number, end: number, text = this.text.slice(start, end)): void {
    this.position = end;
    this.followDirective(kind, text);
    this.tokens.push(sourceToken(kind, text, this.span(start, end), this.spaceBefore, this.startsLine));
    this.spaceBefore = false;
    this.startsLine = false;
  }

  private followDirective(kind: TokenKind, text: string): void {
    if (this.startsLine) this.directive = text === '#' || text === '%:' ? 'name' : 'other';
    else if (this.directive === 'name') {
      const include = kind === 'identifier' && /^(?:include|include_next|import)$/.test(text);
      this.directive = include ? 'header' : text === 'if' || text === 'elif' ? 'condition' : 'other';
    } else if (this.directive === 'condition') {
      if (text === '__has_include' || text === '__has_include_next') this.directive = 'has-include';
    } else if (this.directive === 'has-include') this.directive = text === '(' ? 'header' : 'condition';
    else if (this.directive === 'header') this.directive = 'condition';
  }

  /** A header name (C17 6.4.7); without its closing delimiter the characters are ordinary tokens. */
  private headerName(start: number, code: number): boolean {
    if (code !== LESS && code !== QUOTE) return false;
    const close = code === LESS ? 0x3e : QUOTE;
    let at = start + 1;
    while (at < this.length && this.text.charCodeAt(at) !== close && !this.isNewline(at)) at++;
    if (this.text.charCodeAt(at) !== close) return false;
    this.push(code === LESS ? 'other' : 'string', start, at + 1);
    return true;
  }

  private identifier(start: number): void {
    const { text } = this;
    let end = start;
    let extended = false;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code < 128 && (classes[code] === Class.Letter || classes[code] === Class.Digit)) end++;
      else {
        const more = code >= 128 || code === BACKSLASH ? this.identifierLength(end) : 0;
        if (more === 0) break;
        extended = true;
        end += more;
      }
    }
    const name = text.slice(start, end);
    const next = text.charCodeAt(end);
    if ((next === QUOTE || (next === APOSTROPHE && name !== 'u8')) && ENCODING_PREFIX.test(name)) {
      this.literal(start, end);
      return;
    }
    this.push('identifier', start, end, extended ? withoutUniversalNames(name) : name);
  }

  /** The length of the extended character or universal character name at `at` where it may stand in an identifier, else 0. */
  private identifierLength(at: number): number {
    const point = this.text.codePointAt(at) ?? 0;
    if (point >= 128)
      return IDENTIFIER_CHARACTER.test(String.fromCodePoint(point)) ? (point > 0xffff ? 2 : 1) : 0;
    if (point !== BACKSLASH) return 0;
    UNIVERSAL_NAME.lastIndex = at;
    const match = UNIVERSAL_NAME.exec(this.text);
    const named = match ? Number.parseInt(match[1] ?? match[2] ?? '', 16) : 0;
    const allowed =
      named >= 128 && named <= 0x10ffff && IDENTIFIER_CHARACTER.test(String.fromCodePoint(named));
    return match && allowed ? match[0].length : 0;
  }

  /** A preprocessing number (C17 6.4.8). */
  private number(start: number): void {
    const { text } = this;
    let end = start + 1;
    for (;;) {
      const code = text.charCodeAt(end);
      const kind = code < 128 ? classes[code] : Class.Other;
      if (kind === Class.Letter || kind === Class.Digit || code === PERIOD) end++;
      else if ((code === 0x2b || code === 0x2d) && /[eEpP]/.test(text.charAt(end - 1))) end++;
      else if (code >= 128 || code === BACKSLASH) {
        const more = this.identifierLength(end);
        if (more === 0) break;
        end += more;
      } else break;
    }
    this.push('number', start, end);
  }

  /** A character constant or string literal whose opening quote is at `quote`; it cannot go past the end of its line. */
  private literal(start: number, quote: number): void {
    const { text, length } = this;
    const close = text.charCodeAt(quote);
    let at = quote + 1;
    for (; at < length && !this.isNewline(at); at++) {
      const code = text.charCodeAt(at);
      if (code === close) {
        this.push(close === QUOTE ? 'string' : 'character', start, at + 1);
        return;
      }
      if (code === BACKSLASH && at + 1 < length && !this.isNewline(at + 1)) at++;
    }
    this.push('other', start, at);
  }
}

/** Universal character names and the characters they name are the same in an identifier (C17 6.4.2.1p3). */
function withoutUniversalNames(name: string): string {
  return name.replace(new RegExp(UNIVERSAL_NAME.source, 'g'), (_, four?: string, eight?: string) =>
    String.fromCodePoint(Number.parseInt(four ?? eight ?? '', 16)),
  );
}
