/**
 * The state of writing a chunk for tree-sitter: a pushdown automaton over its tokens that knows, at each bracket, what
 * it encloses. It does not parse; it tells names of types, of declared things and of values apart, which a
 * context-free grammar cannot, and writes each kind so that only one reading is left.
 */
import { matchBrackets } from './brackets';
import { type FileScope, Names, type Scope } from './names';
import { Pieces } from './pieces';
import type { SpecifierRun } from './specifiers';

/** What a bracket (or the whole chunk, `file`) encloses. */
export type FrameKind =
  | 'file'
  | 'block'
  | 'members'
  | 'enumerators'
  | 'initializer'
  | 'parameters'
  /** `(*f)` in a declarator. */
  | 'nested'
  | 'index'
  | 'expression'
  | 'arguments'
  /** A type name in parentheses. */
  | 'type'
  | 'typeof'
  | 'generic'
  /** The parenthesis after `if`, `while` and `switch`. */
  | 'control'
  | 'for'
  /** From `case` to its colon. */
  | 'case';

export interface Frame {
  readonly kind: FrameKind;
  readonly closer: string;
  /** What comes next: the beginning of an item, a declarator up to its name, its rest, or an expression. */
  mode: 'start' | 'declarator' | 'declared' | 'expression';
  /** The statement that begins is the body of another (`if (x) …`), not an item of a block. */
  inner: boolean;
  /** Specifiers of the declaration at hand; undefined in expressions. */
  run: SpecifierRun | undefined;
  /** The specifiers have been written, and may go on: they had a body. */
  opened: boolean;
  /** The kind of frame that a nested declarator belongs to; the frame's own kind otherwise. */
  readonly owner: FrameKind;
  /** Parameters of the function being declared. */
  parameters: Scope | undefined;
  /** Parentheses that are not in the source are open: `sizeof (` around a type argument, `(` within an index. */
  wrapped: boolean;
  /** The closed bracket is an operand (as in `sizeof (int)`), not a prefix (as in `(int) x`). */
  readonly operand: boolean;
  /** The number of the piece that opened it. */
  readonly piece: number;
  /** `?` without their `:` so far. */
  questions: number;
  /** Parameters in K&R style: a list of names, then their declarations. */
  oldStyle: boolean;
  /** In `block`: scopes of `for` statements that are open, of which the last statement may go on with `else`. */
  loops: number;
  /** In `arguments`: what is called, and how many arguments stand before. */
  readonly callee: string;
  position: number;
  /** In the `initializer` of a compound literal: the number of the piece that opened its type; -1 in others. */
  readonly literal: number;
  /** An `index` that designates an element in an initialiser. */
  readonly designator: boolean;
}

export class Writer {
  readonly pieces = new Pieces();
  readonly names: Names;
  /** Index of the token at hand. */
  index = 0;
  /** What was written last ends an operand, so that `(` is a call and `++` a suffix. */
  operand = false;
  /** The number of the piece that opened the type name closed last. */
  typeParenthesis = -1;
  /** See `matchBrackets`. */
  readonly partners: Int32Array;
  private readonly frames: Frame[];

  constructor(
    /** One word for each token, see `wordOf`. */
    readonly words: readonly string[],
    fileScope: FileScope,
  ) {
    this.names = new Names(fileScope);
    this.partners = matchBrackets(words);
    this.frames = [frame('file', '', -1)];
  }

  /** The word at hand; undefined at the end of the chunk. */
  get word(): string | undefined {
    return this.words[this.index];
  }

  get next(): string | undefined {
    return this.words[this.index + 1];
  }

  get top(): Frame {
    const top = this.frames[this.frames.length - 1];
    if (top === undefined) throw new Error('the file frame is never popped');
    return top;
  }

  /** Writes the token at hand as `text` and moves on. */
  take(text: string, operand = false): number {
    this.operand = operand;
    return this.pieces.add(text, this.index++);
  }

  /** Writes the tokens up to `end` (exclusive) as one `text` and moves behind them. */
  takeUntil(end: number, text: string, operand = false): void {
    this.pieces.add(text, this.index, end - 1);
    this.index = end;
    this.operand = operand;
  }

  /** Writes text that no token stands for. */
  insert(text: string): void {
    this.pieces.add(text);
  }

  /** Takes the opening token and begins what it encloses. */
  open(kind: FrameKind, closer: string, settings: Partial<Frame> = {}): Frame {
    return this.begin(kind, closer, {
      ...settings,
      piece: this.take(closer === '}' ? '{' : closer === ']' ? '[' : '('),
    });
  }

  /** Begins a frame whose opening was written otherwise. */
  begin(kind: FrameKind, closer: string, settings: Partial<Frame> = {}): Frame {
    const created = { ...frame(kind, closer, -1), ...settings };
    this.frames.push(created);
    return created;
  }

  /** Ends the innermost frame, and the scope it opened. */
  pop(): Frame {
    const popped = this.top;
    if (this.frames.length > 1) this.frames.pop();
    if (popped.kind === 'for') {
      this.top.loops++;
    } else if (popped.kind === 'block') {
      this.endLoops(popped);
      this.names.leave();
      if (popped.oldStyle) this.names.leave();
    } else if (popped.kind === 'parameters') {
      const scope = this.names.leave();
      this.top.parameters ??= scope;
    }
    return popped;
  }

  /** Ends the scopes of the block's `for` statements (C17 6.8.5p5). */
  endLoops(block: Frame): void {
    for (; block.loops > 0; block.loops--) this.names.leave();
  }

  /** Ends frames until the innermost one is of one of the kinds, where there is one; else changes nothing. */
  popTo(kinds: readonly FrameKind[]): boolean {
    if (!this.frames.some((each) => kinds.includes(each.kind))) return false;
    while (!kinds.includes(this.top.kind)) this.pop();
    return true;
  }

  /** Ends frames that a person has not closed yet, until the innermost one is what `closer` closes; false: none is. */
  popToCloser(closer: string): boolean {
    for (let i = this.frames.length - 1; i > 0; i--) {
      if (this.frames[i]?.closer === closer) {
        while (this.frames.length - 1 > i) this.pop();
        return true;
      }
      if (closer !== '}' && this.frames[i]?.closer === '}') return false;
    }
    return false;
  }

  /** The index behind the bracket that closes the one at `open`; the end of the chunk where nothing closes it. */
  behindGroup(open: number): number {
    const close = this.partners[open] ?? -1;
    return close < 0 ? this.words.length : close + 1;
  }
}

function frame(kind: FrameKind, closer: string, piece: number): Frame {
  return {
    kind,
    closer,
    mode: 'start',
    inner: false,
    run: undefined,
    opened: false,
    owner: kind,
    parameters: undefined,
    wrapped: false,
    operand: true,
    piece,
    questions: 0,
    oldStyle: false,
    loops: 0,
    callee: '',
    position: 0,
    literal: -1,
    designator: false,
  };
}
