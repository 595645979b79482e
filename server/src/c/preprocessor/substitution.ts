/** Replacing a macro's name by its body: arguments, `#`, `##` and `__VA_OPT__` (C17 6.10.3.1–6.10.3.3). */
import type { Reason } from '../reason';
import type { Span } from '../source';
import type { MacroCall, MacroUse, Token, TokenKind } from '../token';
import { tokenize } from './lexer';
import { closingParenthesis, type Macro } from './macro';
import {
  isHash,
  isHashHash,
  isPunctuator,
  madeToken,
  type PreprocessingToken,
  spaced,
} from './preprocessing-token';

/** An argument of a macro call. */
export interface Argument {
  /** The tokens as written, for `#` and `##`. */
  readonly raw: readonly PreprocessingToken[];
  /** The tokens completely replaced, as if they were the rest of the file (C17 6.10.3.1p1). */
  expanded(): readonly PreprocessingToken[];
  /** Nothing was given for the variable arguments, not even a comma: GNU's `, ## args` drops its comma. */
  readonly omitted: boolean;
}

export interface Substitution {
  readonly macro: Macro;
  /** The macro's name in the call. */
  readonly name: PreprocessingToken;
  readonly call: MacroCall;
  readonly use: MacroUse;
  readonly args: readonly Argument[];
  /** Tokens of the names whose value is given from outside. */
  readonly pinned: ReadonlyMap<string, readonly PreprocessingToken[]>;
  readonly report: (reason: Reason) => void;
}

export interface Substituted {
  readonly tokens: readonly PreprocessingToken[];
  /** White space stood where nothing is left at the end; it belongs before whatever follows the call. */
  readonly trailingSpace: boolean;
}

/** The replacement list of `request.macro` with its arguments put in; the result is still to be rescanned. */
export function substitute(request: Substitution): Substituted {
  const { tokens, trailingSpace } = withoutPlacemarkers(new Substituter(request).all());
  const first = tokens[0];
  const { spaceBefore } = request.name;
  if (!first) return { tokens, trailingSpace: trailingSpace || spaceBefore };
  tokens[0] = spaced(first, spaceBefore);
  return { tokens, trailingSpace };
}

interface Replacement {
  readonly tokens: PreprocessingToken[];
  readonly trailingSpace: boolean;
}

/** What one element of the body becomes: its tokens, and the index of the element's last token. */
interface Operand {
  readonly tokens: readonly PreprocessingToken[];
  readonly last: number;
  /** The variable arguments, where GNU's comma rule looks for them. */
  readonly variable?: Argument;
}

class Substituter {
  private readonly body: readonly PreprocessingToken[];

  constructor(private readonly request: Substitution) {
    this.body = request.macro.body;
  }

  /** The whole replacement list. */
  all(): Replacement {
    const { body } = this;
    // gcc replaces the arguments before it looks whether there are variable ones; `__COUNTER__` shows the order.
    if (this.request.macro.variadic && body.some((token) => token.text === '__VA_OPT__')) {
      for (const [i, token] of body.entries()) {
        const raw = isHashHash(body[i + 1]) || isHashHash(body[i - 1]) || isHash(body[i - 1]);
        if (!raw) this.parameter(token)?.expanded();
      }
    }
    return this.range(0, body.length);
  }

  /** The elements `[from, to)` of the body; placemarkers are still among the tokens. */
  range(from: number, to: number): Replacement {
    const out: PreprocessingToken[] = [];
    let space = false;
    let lastPlace: Span | undefined;
    for (let i = from; i < to; i++) {
      const pasted = i > from && isHashHash(this.body[i]);
      if (pasted) i++;
      const token = this.body[i];
      if (!token) break;
      const pastes = pasted || this.isPasteAfter(i);
      const operand = this.operand(i, pastes);
      const spaceBefore: boolean = space || token.spaceBefore;
      space = false;
      const tokens = operand.tokens;
      const place = this.placeOf(token, this.body[operand.last] ?? token);
      if (pasted) this.paste(out, tokens, operand.variable, { from: lastPlace ?? place, to: place });
      else if (tokens.length > 0) append(out, tokens, spaceBefore);
      else if (pastes) out.push(placemarker(token, spaceBefore));
      else space = spaceBefore;
      lastPlace = pasted && lastPlace ? { ...lastPlace, end: place.end } : place;
      i = operand.last;
    }
    return { tokens: out, trailingSpace: space };
  }

  /** Whether `##` follows the element that begins at `i`. */
  private isPasteAfter(i: number): boolean {
    const token = this.body[i];
    const optional = token?.text === '__VA_OPT__' ? closingParenthesis(this.body, i + 1) : undefined;
    const stringizes = this.isStringize(i);
    return isHashHash(this.body[(optional ?? (stringizes ? i + 1 : i)) + 1]);
  }

  private isStringize(i: number): boolean {
    return this.request.macro.parameters !== undefined && isHash(this.body[i]);
  }

  private operand(i: number, pastes: boolean): Operand {
    const token = this.body[i];
    if (!token) return { tokens: [], last: i };
    if (this.isStringize(i)) {
      const inner = this.operand(i + 1, true);
      return { tokens: [this.stringize(inner.tokens, token, inner.last)], last: inner.last };
    }
    const optional = this.optional(i);
    if (optional) return optional;
    const parameter = this.parameter(token);
    if (!parameter) return { tokens: [this.copy(token)], last: i };
    const variable = parameter === this.variableArguments() ? parameter : undefined;
    return { tokens: pastes ? parameter.raw : parameter.expanded(), last: i, variable };
  }

  private parameter(token: PreprocessingToken): Argument | undefined {
    const { macro, args } = this.request;
    if (!macro.parameters || token.kind !== 'identifier') return undefined;
    const index = macro.parameters.indexOf(token.text);
    return index < 0 ? undefined : args[index];
  }

  private variableArguments(): Argument | undefined {
    return this.request.macro.variadic ? this.request.args.at(-1) : undefined;
  }

  /** `__VA_OPT__(…)`: its content as a replacement list of its own where there are variable arguments, else nothing. */
  private optional(i: number): Operand | undefined {
    const variable = this.variableArguments();
    if (!variable || this.body[i]?.text !== '__VA_OPT__') return undefined;
    const close = closingParenthesis(this.body, i + 1);
    if (close === undefined) return undefined;
    const tokens = variable.expanded().length > 0 ? this.range(i + 2, close).tokens : [];
    return { tokens, last: close };
  }

  private copy(token: PreprocessingToken): PreprocessingToken {
    const { call, use, name } = this.request;
    return {
      kind: token.kind,
      text: token.text,
      span: token.span,
      expansion: call,
      use,
      spaceBefore: token.spaceBefore,
      startsLine: false,
      origin: name.origin,
      painted: false,
    };
  }

  private placeOf(first: PreprocessingToken, last: PreprocessingToken): Span {
    return { file: first.span.file, start: first.span.start, end: last.span.end };
  }

  private made(kind: TokenKind, text: string, span: Span, spaceBefore: boolean): PreprocessingToken {
    const { call, use, name } = this.request;
    return { ...madeToken(kind, text, span, name, spaceBefore), expansion: call, use };
  }

  /** `#` (C17 6.10.3.2p2). */
  private stringize(
    tokens: readonly PreprocessingToken[],
    hash: PreprocessingToken,
    last: number,
  ): PreprocessingToken {
    let text = '';
    for (const token of this.withPinnedValues(tokens)) {
      if (isPlacemarker(token)) continue;
      if (text !== '' && token.spaceBefore) text += ' ';
      const quotes = token.kind === 'string' || token.kind === 'character';
      text += quotes ? token.text.replace(/["\\]/g, '\\$&') : token.text;
    }
    // A backslash left over at the end would swallow the closing quote; gcc drops it too.
    if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) text = text.slice(0, -1);
    return this.made('string', `"${text}"`, this.placeOf(hash, this.body[last] ?? hash), hash.spaceBefore);
  }

  /** Tokens in which a pinned name that was replaced before stands as the tokens of its value. */
  private withPinnedValues(tokens: readonly PreprocessingToken[]): readonly PreprocessingToken[] {
    return tokens.some((token) => this.pinnedValue(token))
      ? tokens.flatMap((token) => this.pinnedValue(token) ?? [token])
      : tokens;
  }

  private pinnedValue(token: PreprocessingToken): PreprocessingToken[] | undefined {
    return pinnedValue(token, this.request.pinned);
  }

  /** `##` (C17 6.10.3.3p3): joins the last token of `out` and the first of `right`. */
  private paste(
    out: PreprocessingToken[],
    right: readonly PreprocessingToken[],
    variable: Argument | undefined,
    place: { from: Span; to: Span },
  ): void {
    const left = out.at(-1);
    if (variable && isPunctuator(left, ',')) {
      if (variable.omitted) out.pop();
      else for (const token of right) out.push(token);
      return;
    }
    const first = right[0];
    if (!left || !first) return;
    if (isPlacemarker(first)) {
      for (const token of right.slice(1)) out.push(token);
      return;
    }
    out.pop();
    if (isPlacemarker(left)) {
      append(out, right, left.spaceBefore);
      return;
    }
    const lefts = this.pinnedValue(left) ?? [left];
    const rights = this.pinnedValue(first) ?? [first];
    out.push(...lefts.slice(0, -1));
    const joined = this.join(lefts.at(-1) ?? left, rights[0] ?? first, place);
    for (const token of joined) out.push(token);
    for (const token of rights.slice(1)) out.push(token);
    for (const token of right.slice(1)) out.push(token);
  }

  private join(
    left: PreprocessingToken,
    right: PreprocessingToken,
    place: { from: Span; to: Span },
  ): PreprocessingToken[] {
    const joined = joinedToken(left, right);
    if (!joined) {
      this.request.report({ code: 'invalid-token-paste', args: { text: left.text + right.text } });
      return [left, right];
    }
    const span = { file: place.from.file, start: place.from.start, end: place.to.end };
    return [this.made(joined.kind, joined.text, span, left.spaceBefore)];
  }
}

function append(
  out: PreprocessingToken[],
  tokens: readonly PreprocessingToken[],
  spaceBefore: boolean,
): void {
  for (const [i, token] of tokens.entries()) out.push(i === 0 ? spaced(token, spaceBefore) : token);
}

/** Stands where an operand of `##` has no tokens (C17 6.10.3.3p2); no real token has an empty spelling. */
function placemarker(at: PreprocessingToken, spaceBefore: boolean): PreprocessingToken {
  return madeToken('other', '', at.span, at, spaceBefore);
}

/** Drops placemarkers; white space before one stays before what follows. */
function withoutPlacemarkers(list: Replacement): Replacement {
  if (!list.tokens.some(isPlacemarker)) return list;
  const tokens: PreprocessingToken[] = [];
  let space = false;
  for (const token of list.tokens) {
    space ||= token.spaceBefore;
    if (isPlacemarker(token)) continue;
    tokens.push(spaced(token, space));
    space = false;
  }
  return { tokens, trailingSpace: list.trailingSpace || space };
}

function isPlacemarker(token: PreprocessingToken): boolean {
  return token.text === '';
}

/** The one token that the two spellings make together; undefined where they make none or several. */
function joinedToken(left: Token, right: Token): { kind: TokenKind; text: string } | undefined {
  const text = left.text + right.text;
  if (/^\w+$/.test(text)) return { kind: left.kind, text };
  const { tokens, problems } = tokenize('', text);
  const [only] = tokens;
  if (!only || problems.length > 0 || only.spaceBefore) return undefined;
  const { kind, span } = only;
  return span.end === text.length && kind !== 'other' ? { kind, text: only.text } : undefined;
}

/** The tokens that a pinned name stands for, in its place; undefined for others, and before it is replaced. */
export function pinnedValue(
  token: PreprocessingToken,
  pinned: ReadonlyMap<string, readonly PreprocessingToken[]>,
): PreprocessingToken[] | undefined {
  if (!token.painted || token.kind !== 'identifier') return undefined;
  return pinned.get(token.text)?.map((each, i) => ({
    ...each,
    expansion: token.expansion,
    use: token.use,
    origin: token.origin,
    spaceBefore: i === 0 ? token.spaceBefore : each.spaceBefore,
  }));
}
