/** What functions do to names, told from their tokens alone. */
import type { LoweredChunk } from '../lower/lower';
import type { Span } from '../source';
import type { Token } from '../token';

/** What the functions of a file do to names. */
export interface Scan {
  /** Assignments, and places where an address is taken. */
  readonly changes: readonly Change[];
  /** Names that each function mentions. */
  readonly mentions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names that stand outside of functions: those of the file's objects are among them. */
  readonly fileScope: ReadonlySet<string>;
  /** Functions that other files may call. */
  readonly external: ReadonlySet<string>;
  /** Names that initialisers of file scope mention. */
  readonly initial: ReadonlySet<string>;
}

export interface Change {
  readonly name: string;
  readonly place: Span;
  /** The function it is in. */
  readonly by: string;
}

/** A scan wherever the tokens stand: places are indices among them. */
interface Scanned extends Omit<Scan, 'changes'> {
  readonly changes: readonly (Omit<Change, 'place'> & { readonly index: number })[];
}

const ASSIGNS = /^(?:[-+*/%&^|]|<<|>>)?=$/;
const STEPS = /^(?:\+\+|--)$/;
/** Words before parentheses in a declaration that are no function's name. */
const WITH_PARENTHESES = new Set(
  '__attribute__ __attribute __typeof__ __typeof typeof _Alignas alignas asm __asm__ __asm'.split(' '),
);
const NOT_A_TYPE = new Set(['return', 'else', 'do', 'case', 'goto', 'sizeof']);

/** Finds what functions assign; names that they declare themselves are left out as far as tokens tell. */
export function scanChanges(tokens: readonly Token[]): Scan {
  return placed(scanned(tokens), tokens);
}

/** By the externals that chunks were lowered to, which are the same where the texts are. */
const knownScans = new WeakMap<LoweredChunk['externals'], Scanned>();

/** The same of a unit that is cut into chunks. */
export function scanChunks(chunks: readonly LoweredChunk[]): Scan {
  const changes: Change[] = [];
  const mentions = new Map<string, ReadonlySet<string>>();
  const [fileScope, external, initial] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { tokens, externals } of chunks) {
    const known = knownScans.get(externals) ?? scanned(tokens);
    knownScans.set(externals, known);
    const scan = placed(known, tokens);
    for (const change of scan.changes) changes.push(change);
    for (const name of scan.fileScope) fileScope.add(name);
    for (const name of scan.external) external.add(name);
    for (const name of scan.initial) initial.add(name);
    for (const [name, mentioned] of scan.mentions) {
      const before = mentions.get(name);
      mentions.set(name, before ? new Set([...before, ...mentioned]) : mentioned);
    }
  }
  return { changes, mentions, fileScope, external, initial };
}

function placed(scan: Scanned, tokens: readonly Token[]): Scan {
  const changes = scan.changes.flatMap(({ name, by, index }) => {
    const token = tokens[index];
    return token ? { name, by, place: token.expansion?.span ?? token.span } : [];
  });
  return { ...scan, changes };
}

function scanned(tokens: readonly Token[]): Scanned {
  const scanner = new Scanner(tokens);
  tokens.forEach((token, index) => {
    scanner.take(token, index);
  });
  const { changes, mentions, fileScope, external, initial } = scanner;
  return { changes, mentions, fileScope, external, initial };
}

class Scanner implements Scanned {
  readonly changes: { name: string; index: number; by: string }[] = [];
  readonly mentions = new Map<string, Set<string>>();
  readonly fileScope = new Set<string>();
  readonly external = new Set<string>();
  readonly initial = new Set<string>();

  private depth = 0;
  private parentheses = 0;
  /** How many parentheses are open around those of an attribute, in which no function is named. */
  private skipped: number | undefined;
  private isStatic = false;
  private isInitializer = false;
  /** The name before the first parenthesis of a declaration: a function's, if a body follows. */
  private candidate = '';
  /** The last function whose parameters are declared behind the parentheses; a macro may stand there, too. */
  private oldStyle = { name: '', isStatic: false };
  /** The function whose body is read, what it mentions and what it declares. */
  private current: { name: string; mentioned: Set<string>; locals: Set<string> } | undefined;

  constructor(private readonly tokens: readonly Token[]) {}

  take(token: Token, index: number): void {
    if (token.text === '{') this.open(index);
    else if (token.text === '}') this.close();
    else if (this.depth === 0) this.outside(token, index);
    else if (token.kind === 'identifier') this.inside(token, index);
  }

  private open(index: number): void {
    const before = this.tokens[index - 1]?.text;
    // Behind a declaration no brace stands but that of such a function.
    if (this.depth === 0 && before === ';')
      ({ name: this.candidate, isStatic: this.isStatic } = this.oldStyle);
    const isBody = this.depth++ === 0 && this.candidate !== '' && before !== '=';
    if (!isBody) return;
    const name = this.candidate;
    const mentioned = this.mentions.get(name) ?? new Set();
    this.mentions.set(name, mentioned);
    this.current = { name, mentioned, locals: new Set() };
    if (!this.isStatic) this.external.add(name);
  }

  private close(): void {
    this.depth = Math.max(0, this.depth - 1);
    if (this.depth > 0) return;
    if (this.current) this.isStatic = false;
    this.current = undefined;
    this.candidate = '';
  }

  private outside({ kind, text }: Token, index: number): void {
    if (text === 'static') this.isStatic = true;
    if (kind === 'identifier') {
      this.fileScope.add(text);
      if (this.isInitializer) this.initial.add(text);
    }
    if (text === '(') this.openParenthesis(index);
    else if (text === ')') this.closeParenthesis(index);
    else if (text === ';' || text === '=') {
      this.candidate = '';
      this.parentheses = 0;
      this.skipped = undefined;
      this.isInitializer = text === '=';
      if (text === ';') this.isStatic = false;
    }
  }

  /** Finds the name of what may be a function: `f(`, `(f)(`, `(*f(`. */
  private openParenthesis(index: number): void {
    const [before, , name, close, parameters] = this.tokens.slice(Math.max(0, index - 1), index + 4);
    const depth = this.parentheses++;
    if (this.candidate !== '' || this.skipped !== undefined) return;
    if (before && WITH_PARENTHESES.has(before.text)) this.skipped = depth;
    else if (name?.kind === 'identifier' && close?.text === ')' && parameters?.text === '(')
      this.candidate = name.text;
    else if (before?.kind === 'identifier' && name?.text !== '*') this.candidate = before.text;
  }

  private closeParenthesis(index: number): void {
    if (--this.parentheses === this.skipped) this.skipped = undefined;
    const { candidate: name, isStatic } = this;
    if (this.parentheses === 0 && name !== '' && this.tokens[index + 1]?.kind === 'identifier')
      this.oldStyle = { name, isStatic };
  }

  private inside({ text }: Token, index: number): void {
    const { current, tokens } = this;
    if (!current) {
      if (this.isInitializer) this.initial.add(text);
      return;
    }
    if (isMember(tokens[index - 1])) return;
    current.mentioned.add(text);
    if (declares(tokens, index)) current.locals.add(text);
    else if (!current.locals.has(text) && isChanged(tokens, index)) {
      this.changes.push({ name: text, index, by: current.name });
    }
  }
}

function isMember(before: Token | undefined): boolean {
  return before?.text === '.' || before?.text === '->';
}

/** A name behind another one, asterisks between them or not: a declaration. */
function declares(tokens: readonly Token[], index: number): boolean {
  let i = index - 1;
  while (tokens[i]?.text === '*') i--;
  const before = tokens[i];
  return before?.kind === 'identifier' && !NOT_A_TYPE.has(before.text) && !ASSIGNS.test(before.text);
}

function isChanged(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (before && STEPS.test(before.text)) return true;
  if (before?.text === '&' && !isOperand(tokens[index - 2])) return true;
  const behind = tokens[behindPostfix(tokens, index + 1)]?.text ?? '';
  return ASSIGNS.test(behind) || STEPS.test(behind);
}

function isOperand(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === 'identifier') return !NOT_A_TYPE.has(token.text);
  return token.kind === 'number' || token.text === ')' || token.text === ']';
}

/** Behind members and subscripts that follow a name. */
export function behindPostfix(tokens: readonly Token[], from: number): number {
  let i = from;
  for (;;) {
    const text = tokens[i]?.text;
    if (text === '.' || text === '->') i += 2;
    else if (text === '[') {
      let depth = 0;
      do {
        if (tokens[i]?.text === '[') depth++;
        else if (tokens[i]?.text === ']') depth--;
        i++;
      } while (depth > 0 && i < tokens.length);
    } else return i;
  }
}
