/**
 * Macro replacement (C17 6.10.3), token by token. A stack of replacement lists is read from the top; a macro whose
 * list is still being read is not replaced again, and a token that names it then never is (6.10.3.4p2). Where the
 * standard leaves nested replacement open, lists end as they do in gcc: when the token after their last is wanted.
 */
import type { Reason } from '../reason';
import type { Span } from '../source';
import type { MacroCall, MacroUse } from '../token';
import type { DynamicMacro, Macro } from './macro';
import { MacroCalls } from './macro-calls';
import { argumentOf, isPunctuator, type PreprocessingToken, paint, spaced } from './preprocessing-token';
import { type Argument, pinnedValue, substitute } from './substitution';

/** What one use of a macro may produce before it is given up, in tokens; made spellings count by their length. */
const CALL_LIMIT = 100_000;
/** What all uses in a translation unit may produce. */
export const UNIT_LIMIT = 1_000_000;
/** Characters of a made spelling that count as one token. */
const TOKEN_CHARACTERS = 16;
/** Calls that may stand in each other's arguments. */
const NESTING_LIMIT = 200;
/** Unterminated calls after which the text is read again as ordinary tokens; more of them lose their arguments. */
const RECOVERY_LIMIT = 20;

/** What replacement needs of the preprocessor. */
export interface ExpansionHost {
  readonly macros: ReadonlyMap<string, Macro>;
  /** The tokens that stand for each name given from outside. */
  readonly pinned: ReadonlyMap<string, readonly PreprocessingToken[]>;
  /** The next token of the text; undefined at its end, or where a directive stands and a `(` is looked for. */
  read(wanted: 'token' | 'argument' | 'parenthesis'): PreprocessingToken | undefined;
  report(reason: Reason, place: Span): void;
  /** The token a dynamic macro is replaced by where `name` stands; undefined: it stays. */
  dynamic(macro: DynamicMacro, name: PreprocessingToken): PreprocessingToken | undefined;
  /** Carries out what is left of `_Pragma("text")`. */
  pragma(literal: PreprocessingToken): void;
}

interface Context {
  readonly tokens: readonly PreprocessingToken[];
  index: number;
  /** The macro whose replacement list this is. */
  readonly macro: Macro | undefined;
  /** Reading stops at its end: an argument or a directive that is replaced on its own. */
  readonly closed: boolean;
  readonly trailingSpace: boolean;
}

interface Collected {
  readonly raw: PreprocessingToken[][];
  readonly close: PreprocessingToken;
  /** How many tokens were read to find these. */
  readonly length: number;
}

export class Expander {
  readonly calls = new MacroCalls();
  private readonly contexts: Context[] = [];
  private readonly disabled = new Set<Macro>();
  private pushedBack: PreprocessingToken | undefined;
  private space = false;
  private nesting = 0;
  private recoveries = 0;
  private produced = 0;
  private current: { readonly call: MacroCall; readonly producedBefore: number } | undefined;
  private abandoned: MacroCall | undefined;

  constructor(private readonly host: ExpansionHost) {}

  /** Whether the text's own token is what comes next. */
  get isIdle(): boolean {
    return this.contexts.length === 0 && !this.pushedBack && !this.abandoned && !this.space;
  }

  /** The next token after replacement; undefined at the end of the text, and where a call was given up. */
  next(): PreprocessingToken | undefined {
    for (;;) {
      const token = this.read('token');
      if (token?.kind !== 'identifier' || token.painted) return token;
      if (this.host.pinned.has(token.text)) return paint(token);
      const macro = this.host.macros.get(token.text);
      if (macro) {
        if (!this.replace(macro, token)) return this.abandoned ? undefined : token;
      } else if (token.text !== '_Pragma' || !this.pragma(token)) return token;
    }
  }

  /** The next token without replacement, as the operand of `defined` is read. */
  nextUnreplaced(): PreprocessingToken | undefined {
    return this.read('argument');
  }

  /**
   * The outermost call that was given up since this was last asked; all that it produced is to be dropped. The text
   * goes on behind it.
   */
  takeAbandoned(): MacroCall | undefined {
    const call = this.abandoned;
    if (!call) return undefined;
    while (this.contexts.length > 0) this.leave();
    this.space = false;
    this.abandoned = undefined;
    return call;
  }

  /** Runs `consume`, for which the text is `tokens` and nothing else. */
  within<T>(tokens: readonly PreprocessingToken[], consume: () => T): T {
    const saved = { depth: this.contexts.length, space: this.space };
    this.contexts.push({ tokens, index: 0, macro: undefined, closed: true, trailingSpace: false });
    this.space = false;
    const result = consume();
    while (this.contexts.length > saved.depth) this.leave();
    this.space = saved.space;
    this.pushedBack = undefined;
    return result;
  }

  /** The tokens completely replaced. */
  expand(tokens: readonly PreprocessingToken[]): PreprocessingToken[] {
    return this.within(tokens, () => {
      const expanded: PreprocessingToken[] = [];
      for (let token = this.next(); token; token = this.next()) expanded.push(token);
      return expanded;
    });
  }

  private read(wanted: 'token' | 'argument' | 'parenthesis'): PreprocessingToken | undefined {
    const back = this.pushedBack;
    this.pushedBack = undefined;
    if (back) return back;
    if (this.abandoned) return undefined;
    for (;;) {
      const context = this.contexts.at(-1);
      const token = context ? context.tokens[context.index] : this.host.read(wanted);
      if (token) {
        if (context) context.index++;
        return this.seen(token);
      }
      if (!context || context.closed) return undefined;
      this.leave();
    }
  }

  /** Ends the topmost replacement list; its macro may be replaced again. */
  private leave(): void {
    const context = this.contexts.pop();
    if (context?.macro) this.disabled.delete(context.macro);
    if (context?.trailingSpace) this.space = true;
  }

  private seen(token: PreprocessingToken): PreprocessingToken {
    const spacedToken = this.space ? spaced(token, true) : token;
    this.space = false;
    if (this.disabled.size === 0 || token.kind !== 'identifier' || token.painted) return spacedToken;
    const macro = this.host.macros.get(token.text);
    return macro && this.disabled.has(macro) && !this.host.pinned.has(token.text)
      ? paint(spacedToken)
      : spacedToken;
  }

  /** Replaces the use of `macro` that begins with `name`; false where it is none, and the name stays. */
  private replace(macro: Macro, name: PreprocessingToken): boolean {
    if (this.produced >= UNIT_LIMIT) return false;
    if (macro.dynamic) return this.replaceDynamic(macro.dynamic, name);
    let close: PreprocessingToken | undefined;
    let raw: PreprocessingToken[][] = [];
    if (macro.parameters) {
      const open = this.opening();
      if (!isPunctuator(open, '(')) {
        this.pushedBack = open;
        return false;
      }
      const collected = this.collect(macro, name, open);
      if (!collected || (this.nesting > 0 && !this.spend(collected.length))) return false;
      ({ close, raw } = collected);
    }
    const call = this.callOf(name, close);
    if (macro.parameters && !this.fits(macro, raw, call)) return false;
    if (this.nesting >= NESTING_LIMIT) {
      this.host.report({ code: 'nesting-limit', args: { limit: String(NESTING_LIMIT) } }, call.span);
      return false;
    }
    const use = useOf(name, close);
    const args = raw.map((tokens, i) => this.argument(tokens, call, use, isOmitted(macro, raw, i)));
    while (args.length < (macro.parameters?.length ?? 0)) args.push(this.argument([], call, use, true));
    const { pinned } = this.host;
    const report = (reason: Reason): void => this.host.report(reason, call.span);
    const { tokens, trailingSpace } = substitute({ macro, name, call, use, args, pinned, report });
    if (!this.spend(costOf(tokens))) return false;
    this.contexts.push({ tokens, index: 0, macro, closed: false, trailingSpace });
    this.disabled.add(macro);
    return true;
  }

  /** What stands where a call's parenthesis is looked for; the value of a pinned name may begin with one. */
  private opening(): PreprocessingToken | undefined {
    const token = this.read('parenthesis');
    const tokens = token && pinnedValue(token, this.host.pinned);
    if (!tokens || !isPunctuator(tokens[0], '(')) return token;
    this.contexts.push({ tokens, index: 0, macro: undefined, closed: false, trailingSpace: false });
    return this.read('parenthesis');
  }

  /** Counts what replacement takes; beyond a limit the outermost call is given up. */
  private spend(cost: number): boolean {
    if (this.abandoned) return false;
    this.produced += cost;
    const current = this.current;
    if (!current) return true;
    const limit = Math.min(CALL_LIMIT, UNIT_LIMIT - current.producedBefore);
    if (this.produced - current.producedBefore <= limit) return true;
    this.host.report({ code: 'expansion-limit', args: { limit: String(limit) } }, current.call.span);
    this.abandoned = current.call;
    return false;
  }

  private replaceDynamic(macro: DynamicMacro, name: PreprocessingToken): boolean {
    const token = this.host.dynamic(macro, name);
    if (!token) return false;
    const call = this.callOf(name, undefined);
    this.contexts.push({
      tokens: [{ ...token, expansion: call }],
      index: 0,
      macro: undefined,
      closed: false,
      trailingSpace: false,
    });
    return true;
  }

  /** The tokens up to the closing parenthesis, cut at the commas that separate arguments (C17 6.10.3p11). */
  private collect(
    macro: Macro,
    name: PreprocessingToken,
    open: PreprocessingToken | undefined,
  ): Collected | undefined {
    const parameters = macro.parameters?.length ?? 0;
    const all: PreprocessingToken[] = open ? [open] : [];
    const raw: PreprocessingToken[][] = [[]];
    let depth = 0;
    for (let token = this.read('argument'); token; token = this.read('argument')) {
      all.push(token);
      if (token.kind === 'punctuator') {
        if (token.text === '(') depth++;
        else if (token.text === ')' && depth-- === 0) return { raw, close: token, length: all.length };
        else if (token.text === ',' && depth === 0 && !(macro.variadic && raw.length >= parameters)) {
          raw.push([]);
          continue;
        }
      }
      raw.at(-1)?.push(token);
    }
    if (this.abandoned) return undefined;
    const call = this.callOf(name, undefined);
    this.host.report({ code: 'unterminated-macro-call', args: { name: macro.name } }, call.span);
    if (this.recoveries++ < RECOVERY_LIMIT) this.readAgain(all);
    return undefined;
  }

  private readAgain(tokens: readonly PreprocessingToken[]): void {
    this.contexts.push({ tokens, index: 0, macro: undefined, closed: false, trailingSpace: false });
  }

  /** C17 6.10.3p4: as many arguments as parameters; GNU lets the variable arguments be left out. */
  private fits(macro: Macro, raw: readonly PreprocessingToken[][], call: MacroCall): boolean {
    const expected = macro.parameters?.length ?? 0;
    const given = expected === 0 && raw.length === 1 && raw[0]?.length === 0 ? 0 : raw.length;
    if (given === expected || (macro.variadic && given === expected - 1)) return true;
    const args = { name: macro.name, expected: String(expected), given: String(given) };
    this.host.report({ code: 'macro-argument-count', args }, call.span);
    return false;
  }

  private argument(
    tokens: readonly PreprocessingToken[],
    call: MacroCall,
    use: MacroUse,
    omitted: boolean,
  ): Argument {
    const raw = tokens.map((token) => argumentOf(token, call, use));
    let expanded: readonly PreprocessingToken[] | undefined;
    return {
      raw,
      omitted,
      expanded: () => {
        if (expanded) return expanded;
        this.nesting++;
        expanded = this.expand(raw);
        this.nesting--;
        return expanded;
      },
    };
  }

  /** The call that the use belongs to; an outermost one has a budget of its own. */
  private callOf(name: PreprocessingToken, close: PreprocessingToken | undefined): MacroCall {
    const call = this.calls.of(name, close);
    if (!name.expansion) this.current = { call, producedBefore: this.produced };
    return call;
  }

  /** Takes the operand of `_Pragma` (C17 6.10.9); false where it has none. */
  private pragma(name: PreprocessingToken): boolean {
    const open = this.read('parenthesis');
    if (!isPunctuator(open, '(')) {
      this.pushedBack = open;
      return false;
    }
    const literal = this.read('argument');
    if (literal?.kind === 'string') this.host.pragma(literal);
    else this.host.report({ code: 'malformed-directive', args: { text: name.text } }, placeOf(name));
    const close = this.read('argument');
    if (!isPunctuator(close, ')')) this.pushedBack = close;
    return true;
  }
}

function useOf(name: PreprocessingToken, close: PreprocessingToken | undefined): MacroUse {
  const { span } = name;
  const together = close !== undefined && close.span.file === span.file && close.span.start >= span.end;
  const whole = together ? { ...span, end: close.span.end } : span;
  return { macro: name.text, span: whole, ...(name.use && { outer: name.use }) };
}

function costOf(tokens: readonly PreprocessingToken[]): number {
  let cost = tokens.length + 1;
  for (const { text } of tokens) {
    if (text.length > TOKEN_CHARACTERS) cost += Math.floor(text.length / TOKEN_CHARACTERS);
  }
  return cost;
}

/** Where a reader finds the token: in the text, in the call that it came out of. */
function placeOf(token: PreprocessingToken): Span {
  return token.expansion?.span ?? token.span;
}

/** Whether GNU's `, ## args` drops its comma: the variable arguments were not given, or are all there could be and empty. */
function isOmitted(macro: Macro, raw: readonly PreprocessingToken[][], index: number): boolean {
  const last = (macro.parameters?.length ?? 0) - 1;
  return macro.variadic && index === last && raw.length === 1 && raw[0]?.length === 0;
}
