/** A translation unit while it is preprocessed: what its directives read and change. */
import type { Definition, Problem } from '../evaluation';
import type { Reason } from '../reason';
import type { Span } from '../source';
import type { MacroCall, Token } from '../token';
import { builtInTokens, commandLineMacro, dynamicMacros, predefined } from './built-in-macros';
import { endConditionals } from './conditionals';
import { executeDirective, executePragma } from './directives';
import { commonSpans, type Frame } from './frame';
import { Inclusion } from './inclusion';
import { tokenize } from './lexer';
import type { DynamicMacro, Macro } from './macro';
import { Expander, type ExpansionHost } from './macro-expansion';
import { Pack } from './pack';
import type { Condition, Preprocessed, PreprocessRequest } from './preprocess';
import {
  isDigraph,
  madeToken,
  type PreprocessingToken,
  spanOf,
  spelling,
  standardSpelling,
} from './preprocessing-token';

/** Problems that are kept; nobody reads more, and a binary file has millions. */
const PROBLEM_LIMIT = 1000;

export class Unit implements ExpansionHost {
  readonly macros: Map<string, Macro>;
  readonly pinned: ReadonlyMap<string, readonly PreprocessingToken[]>;
  readonly expander: Expander;
  readonly inclusion: Inclusion;
  readonly pack = new Pack();
  /** The file being read; undefined before the first and where the main file cannot be read. */
  frame: Frame | undefined;
  readonly output: Token[] = [];
  readonly conditions: Condition[] = [];

  private readonly problems = new Map<string, Problem>();
  private readonly definitions = new Map<Span, Definition>();
  private readonly inactive = new Map<string, readonly Span[]>();
  private readonly pushed = new Map<string, (Macro | undefined)[]>();
  private counter = 0;

  constructor(readonly request: PreprocessRequest) {
    this.pinned = pinnedTokens(request.pinned);
    this.macros = new Map(predefined(request.dataModel).map((macro) => [macro.name, macro]));
    for (const macro of dynamicMacros) this.macros.set(macro.name, macro);
    for (const [name, body] of request.definitions) {
      const macro = commandLineMacro(name, body);
      if (macro) this.macros.set(macro.name, macro);
    }
    for (const name of request.pinned.keys()) this.macros.delete(name);
    this.expander = new Expander(this);
    this.inclusion = new Inclusion(this);
  }

  read(wanted: 'token' | 'argument' | 'parenthesis'): PreprocessingToken | undefined {
    for (let frame = this.frame; frame; frame = this.frame) {
      if (frame.atDirective()) {
        if (wanted === 'parenthesis') return undefined;
        executeDirective(this, frame, frame.takeLine(), wanted === 'argument');
        continue;
      }
      const token = frame.tokens[frame.index];
      if (token) {
        frame.index++;
        return token;
      }
      // A macro call ends with its file, as with gcc.
      if (wanted !== 'token' || !frame.parent) return undefined;
      this.leave(frame);
    }
    return undefined;
  }

  private leave(frame: Frame): void {
    endConditionals(this, frame);
    const before = this.inactive.get(frame.file);
    this.inactive.set(frame.file, before ? commonSpans(before, frame.inactive) : frame.inactive);
    this.frame = frame.parent;
  }

  report(reason: Reason, place: Span): void {
    const key = `${reason.code} ${place.start} ${place.end} ${place.file}`;
    if (this.problems.size < PROBLEM_LIMIT && !this.problems.has(key))
      this.problems.set(key, { reason, place });
  }

  /** Reports a directive that cannot be carried out. */
  reportLine(code: 'malformed-directive', line: readonly PreprocessingToken[]): void {
    const [first] = line;
    const last = line.at(-1);
    if (first && last)
      this.report({ code, args: { text: spelling(line).slice(0, 200) } }, spanOf(first, last));
  }

  define(definition: Definition): void {
    this.definitions.set(definition.span, definition);
  }

  pushMacro(name: string): void {
    const stack = this.pushed.get(name) ?? [];
    stack.push(this.macros.get(name));
    this.pushed.set(name, stack);
  }

  popMacro(name: string): void {
    const stack = this.pushed.get(name);
    if (!stack || stack.length === 0) return;
    const macro = stack.pop();
    if (macro) this.macros.set(name, macro);
    else this.macros.delete(name);
  }

  pragma(literal: PreprocessingToken): void {
    const text = literal.text.replace(/^[^"]*"|"$/g, '').replace(/\\(["\\])/g, '$1');
    if (this.frame) executePragma(this, this.frame, tokenize('', text).tokens);
  }

  dynamic(macro: DynamicMacro, name: PreprocessingToken): PreprocessingToken | undefined {
    const { frame } = this;
    if (!frame) return undefined;
    const number = (value: number): PreprocessingToken => madeToken('number', String(value), name.span, name);
    const string = (text: string): PreprocessingToken => madeToken('string', text, name.span, name);
    switch (macro) {
      case '__LINE__':
        return number(frame.lineOf(name.origin.start));
      case '__COUNTER__':
        return number(this.counter++);
      case '__INCLUDE_LEVEL__':
        return number(frame.depth);
      case '__FILE__':
        return string(frame.presumedFile ?? quoted(frame.file));
      case '__BASE_FILE__':
        return string(quoted(this.request.file));
      // What gcc gives where the time is not to be had.
      case '__DATE__':
        return string('"??? ?? ????"');
      case '__TIME__':
        return string('"??:??:??"');
      case '__TIMESTAMP__':
        return string('"??? ??? ?? ??:??:?? ????"');
    }
  }

  /** Tokens in which a pinned name stands as the tokens of its value. */
  withPinnedValues(tokens: readonly PreprocessingToken[]): PreprocessingToken[] {
    return tokens.flatMap((token) => (token.painted && this.pinned.get(token.text)) || [token]);
  }

  /** Reads the whole unit. */
  run(): Preprocessed {
    this.inclusion.begin(this.request.file);
    const { expander, output } = this;
    for (;;) {
      this.pass();
      const token = expander.next();
      const abandoned = expander.takeAbandoned();
      if (abandoned) {
        while (output.at(-1)?.expansion === abandoned) output.pop();
        output.push(nameOf(abandoned));
      } else if (!token) break;
      else {
        for (const made of this.pack.attribute(output, token)) output.push(made);
        output.push(this.checked(token));
      }
    }
    if (this.frame) this.leave(this.frame);
    return {
      tokens: output,
      macros: this.macros,
      definitions: [...this.definitions.values()],
      macroCalls: expander.calls.all,
      conditions: this.conditions,
      inactive: [...this.inactive.values()].flat(),
      problems: [...this.problems.values()],
      files: [...this.inclusion.files],
      missing: [...this.inclusion.missing],
    };
  }

  /** Puts out what comes next as far as it stays as it is, which most of a text does. */
  private pass(): void {
    const { frame, output } = this;
    if (!frame || !this.expander.isIdle) return;
    for (
      let token = frame.tokens[frame.index];
      token && this.stays(token);
      token = frame.tokens[++frame.index]
    )
      output.push(token);
  }

  private stays({ kind, text, startsLine }: PreprocessingToken): boolean {
    if (kind === 'identifier') return !(this.macros.has(text) || this.pinned.has(text) || text === '_Pragma');
    if (kind === 'punctuator') return !(text === '{' || (text === '#' && startsLine) || isDigraph(text));
    return kind !== 'other';
  }

  private checked(token: PreprocessingToken): Token {
    if (token.kind === 'other' && /^(?:L|u8?|U)?["']/.test(token.text))
      this.report({ code: 'unterminated-literal', args: { text: token.text.slice(0, 200) } }, token.span);
    return standardSpelling(token);
  }
}

/** The tokens of the values that names are given from outside. */
export function pinnedTokens(
  pinned: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly PreprocessingToken[]> {
  return new Map([...pinned].map(([name, value]) => [name, builtInTokens(value)]));
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** What stands for a call that was given up: the macro's name. */
function nameOf(call: MacroCall): Token {
  return { kind: 'identifier', text: call.macro, span: call.name, expansion: call, spaceBefore: true };
}
