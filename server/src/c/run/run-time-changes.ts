/** Which objects code that is not run may change, told from its tokens alone. */
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

const ASSIGNS = /^(?:[-+*/%&^|]|<<|>>)?=$/;
const STEPS = /^(?:\+\+|--)$/;
const NOT_A_TYPE = new Set(['return', 'else', 'do', 'case', 'goto', 'sizeof']);

/** Finds what functions assign; names that they declare themselves are left out as far as tokens tell. */
export function scanChanges(tokens: readonly Token[]): Scan {
  const changes: Change[] = [];
  const mentions = new Map<string, Set<string>>();
  const fileScope = new Set<string>();
  const external = new Set<string>();
  const initial = new Set<string>();
  let isStatic = false;
  let isInitializer = false;
  let depth = 0;
  let parentheses = 0;
  let candidate = '';
  let current: { name: string; mentioned: Set<string>; locals: Set<string> } | undefined;
  tokens.forEach((token, i) => {
    const { text } = token;
    if (text === '{') {
      if (depth++ === 0 && candidate !== '' && tokens[i - 1]?.text !== '=') {
        const mentioned = mentions.get(candidate) ?? new Set();
        mentions.set(candidate, mentioned);
        current = { name: candidate, mentioned, locals: new Set() };
        if (!isStatic) external.add(candidate);
      }
    } else if (text === '}') {
      depth = Math.max(0, depth - 1);
      if (depth === 0) {
        if (current) isStatic = false;
        current = undefined;
        candidate = '';
      }
    } else if (depth === 0) {
      if (text === 'static') isStatic = true;
      if (isInitializer && token.kind === 'identifier') initial.add(text);
      if (token.kind === 'identifier') fileScope.add(text);
      if (text === '(' && parentheses++ === 0 && tokens[i - 1]?.kind === 'identifier' && candidate === '') {
        candidate = tokens[i - 1]?.text ?? '';
      } else if (text === ')') parentheses--;
      else if (text === ';' || text === '=') {
        candidate = '';
        parentheses = 0;
        isInitializer = text === '=';
        if (text === ';') isStatic = false;
      }
    } else if (!current) {
      if (isInitializer && token.kind === 'identifier') initial.add(text);
    } else if (token.kind === 'identifier' && !isMember(tokens[i - 1])) {
      current.mentioned.add(text);
      if (declares(tokens, i)) current.locals.add(text);
      else if (!current.locals.has(text) && isChanged(tokens, i)) {
        changes.push({ name: text, place: token.expansion?.span ?? token.span, by: current.name });
      }
    }
  });
  return { changes, mentions, fileScope, external, initial };
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

/** Functions of which nothing is known to keep them from being called: some code may call them, or has their address. */
export function callable(scans: readonly Scan[]): ReadonlySet<string> {
  return reachableFrom(
    scans.flatMap((scan) => [...scan.external, ...scan.initial]),
    scans,
  );
}

/** Names of functions that may be called, directly or not, once `roots` are. */
export function reachableFrom(roots: readonly string[], scans: readonly Scan[]): ReadonlySet<string> {
  const reached = new Set(roots);
  for (const name of reached) {
    for (const scan of scans) {
      for (const mentioned of scan.mentions.get(name) ?? []) {
        if (scans.some((other) => other.mentions.has(mentioned))) reached.add(mentioned);
      }
    }
  }
  return reached;
}
