/** Writes declarations: specifiers as one word each, declarators with `name` for what they declare (C17 6.7). */
import { hasType, newRun, noteAttributes, type RecordHead, type SpecifierRun } from './specifiers';
import { isName, QUALIFIERS, SPECIFIERS, STATEMENTS, STORAGE, TYPE_WORDS } from './words';
import type { Frame, FrameKind, Writer } from './writer';

const ABSTRACT: ReadonlySet<FrameKind> = new Set(['parameters', 'type', 'typeof', 'generic', 'arguments']);
const DECLARING: ReadonlySet<FrameKind> = new Set(['file', 'block', 'for', 'parameters']);
const UNREAD: ReadonlySet<FrameKind> = new Set(['parameters', 'members', 'type', 'typeof', 'generic']);

/** True when the token at `index` begins declaration specifiers or a type name, in a place where an expression may stand too. */
export function startsType(w: Writer, index: number): boolean {
  let at = index;
  while (w.words[at] === '__attribute__' && w.words[at + 1] === '(') at = w.behindGroup(at + 1);
  const word = w.words[at];
  if (word === undefined) return false;
  return SPECIFIERS.has(word) || (isName(word) && w.names.isType(word) === true);
}

/**
 * Reads specifiers, or goes on reading them behind a body, and writes them as one word; the declarator comes next.
 * Reads nothing where a declaration has none (implicit int). A name of a type is told from a declared name by
 * C17 6.7.8: the first name is the type, unless a type came before it.
 */
export function writeSpecifiers(w: Writer, frame: Frame): void {
  frame.run ??= newRun();
  const run = frame.run;
  run.implicit = frame.oldStyle || frame.kind === 'file' || frame.kind === 'block';
  frame.mode = 'declarator';
  w.operand = false;
  for (let word = w.word; word !== undefined; word = w.word) {
    const start = w.index;
    if (word === 'struct' || word === 'union' || word === 'enum') {
      if (writeRecordHead(w, frame, run, word)) return;
    } else if (word === 'typeof' || (word === '_Atomic' && w.next === '(')) {
      if (writeTypeof(w, frame, run)) return;
    } else if ((word === '_Alignas' && w.next === '(') || startsAttribute(w)) {
      skipAttribute(w, frame, 'specifiers');
    } else if (readWord(w, frame, run, word)) {
      w.index++;
    } else {
      break;
    }
    extend(run, start, w.index - 1);
  }
  if (!frame.opened) w.pieces.addSpecifiers('int', run, run.first, run.last);
  frame.opened = false;
}

function extend(run: SpecifierRun, first: number, last: number): void {
  if (run.first < 0) run.first = first;
  run.last = last;
}

/** Takes a specifier of one word into `run`; false: it is none. */
function readWord(w: Writer, frame: Frame, run: SpecifierRun, word: string): boolean {
  if (STORAGE.has(word)) run.storage = word;
  else if (word === 'const') run.const = true;
  else if (word === 'volatile') run.volatile = true;
  else if (TYPE_WORDS.has(word)) run.words.push(word);
  else if (word === '__auto_type') run.other = { kind: 'auto' };
  else if (isName(word) && !hasType(run) && isTypeHere(w, frame, run, word))
    run.other = { kind: 'name', name: word };
  else return SPECIFIERS.has(word) || word === '__extension__';
  return true;
}

/**
 * Decides whether a name where specifiers may stand is that of a type. One that nothing declares comes out of a header
 * that is not read, and is a type where the tokens behind it leave no other reading.
 */
function isTypeHere(w: Writer, frame: Frame, run: SpecifierRun, name: string): boolean {
  if (frame.oldStyle) return w.names.isType(name) === true;
  const known = w.names.isType(name);
  if (known !== undefined) return known;
  if (UNREAD.has(frame.kind) || frame.kind === 'arguments') return true;
  return isUnreadType(w, w.index, frame.kind === 'file' || run.first >= 0);
}

/** True when the undeclared name at `index` is followed by what only follows a type: `T x`, `T *x =`, and `T *` or `T (*` where `certain` that a declaration stands here. */
export function isUnreadType(w: Writer, index: number, certain: boolean): boolean {
  let i = index + 1;
  if (isName(w.words[i])) return w.words[i + 1] !== ':';
  if (certain && w.words[i] === '(' && w.words[i + 1] === '*') return true;
  if (w.words[i] !== '*' && !QUALIFIERS.has(w.words[i] ?? '')) return false;
  if (certain) return true;
  while (w.words[i] === '*' || QUALIFIERS.has(w.words[i] ?? '')) i++;
  return isName(w.words[i]) && [';', '=', ',', '['].includes(w.words[i + 1] ?? '');
}

/** `(` at hand encloses a type name: that of a cast, a compound literal, `sizeof` or `typeof`. */
export function isTypeInParentheses(w: Writer): boolean {
  const inner = w.index + 1;
  if (startsType(w, inner)) return true;
  const name = w.words[inner];
  if (!isName(name) || w.names.isType(name) !== undefined) return false;
  let i = inner + 1;
  while (w.words[i] === '*' || w.words[i] === 'const') i++;
  if (w.words[i] !== ')') return false;
  const behind = w.words[i + 1];
  return (
    i > inner + 1 || isName(behind) || ['0', '""', "'a'", '{', '~', '!', 'sizeof'].includes(behind ?? '')
  );
}

/** Reads `struct tag`; true when it writes the beginning of a body, behind which the specifiers go on. */
function writeRecordHead(
  w: Writer,
  frame: Frame,
  run: SpecifierRun,
  kind: 'struct' | 'union' | 'enum',
): boolean {
  const start = w.index++;
  if (hasType(run)) run.words.push(kind);
  const head: RecordHead = { kind, tag: undefined, packed: false, pack: undefined, body: false };
  run.other = head;
  while (startsAttribute(w)) skipAttribute(w, frame, 'head');
  if (isName(w.word)) {
    head.tag = w.word;
    w.index++;
    while (startsAttribute(w) && bodyFollows(w)) skipAttribute(w, frame, 'head');
  }
  extend(run, start, w.index - 1);
  if (w.word !== '{') return false;
  head.body = true;
  frame.opened = true;
  w.pieces.addSpecifiers(kind === 'enum' ? 'enum' : 'struct', run, run.first, w.index - 1);
  w.open(kind === 'enum' ? 'enumerators' : 'members', '}');
  return true;
}

/** True when only attributes stand before a `{`. */
function bodyFollows(w: Writer): boolean {
  let i = w.index;
  while (w.words[i] === '__attribute__' && w.words[i + 1] === '(') i = w.behindGroup(i + 1);
  return w.words[i] === '{';
}

/** Writes `typeof (x)` as a structure with a bit-field of width `sizeof (x)`, whose place takes types and expressions alike. */
function writeTypeof(w: Writer, frame: Frame, run: SpecifierRun): boolean {
  if (hasType(run)) run.words.push('typeof');
  run.other = { kind: 'typeof' };
  if (w.next !== '(') {
    w.index++;
    return false;
  }
  extend(run, w.index, w.index);
  frame.opened = true;
  w.pieces.addSpecifiers('struct', run, run.first, w.index);
  w.insert('{ int name : sizeof');
  w.index++;
  const type = isTypeInParentheses(w);
  w.open('typeof', ')', type ? {} : { mode: 'expression' });
  return true;
}

export function startsAttribute(w: Writer): boolean {
  return (w.word === '__attribute__' && w.next === '(') || (w.word === '[' && w.next === '[');
}

/** Skips `__attribute__((…))`, `[[…]]` or `_Alignas(…)`, noting what it does to the type that is being declared. */
export function skipAttribute(w: Writer, frame: Frame, at: 'head' | 'specifiers' | 'declarator'): void {
  const start = w.index;
  w.index = w.behindGroup(w.word === '[' ? start : start + 1);
  if (frame.run === undefined) return;
  const declares =
    frame.owner === 'members' ? 'member' : frame.run.storage === 'typedef' ? 'typedef' : 'object';
  noteAttributes(frame.run, w.words.slice(start, w.index), { declares, at });
}

/** Writes the token at hand in a declarator, before its name (mode `declarator`) or behind it (`declared`). */
export function writeDeclarator(w: Writer, frame: Frame): void {
  const word = w.word;
  if (word === undefined) return;
  if (startsAttribute(w)) skipAttribute(w, frame, 'declarator');
  else if (word === 'asm' && w.next === '(') w.index = w.behindGroup(w.index + 1);
  else if (word === '(') writeDeclaratorParenthesis(w, frame);
  else if (word === '[') writeArrayLength(w, frame);
  else if (word === ',' && frame.kind !== 'nested') writeDeclaratorComma(w, frame);
  else if (frame.mode === 'declarator' && writePointerOrName(w, frame, word)) return;
  else writeBehindDeclarator(w, frame, word);
}

/** What ends a declarator: a function's body or K&R declarations, a bit-field's width, an initialiser, or what does not belong there. */
function writeBehindDeclarator(w: Writer, frame: Frame, word: string): void {
  if (word === '{' && (frame.kind === 'file' || frame.kind === 'block')) {
    w.names.enter(frame.parameters);
    w.open('block', '}');
  } else if (
    frame.mode === 'declared' &&
    frame.kind === 'file' &&
    frame.parameters &&
    startsType(w, w.index)
  ) {
    beginOldStyleDeclarations(w, frame);
  } else if (SPECIFIERS.has(word) || STATEMENTS.has(word)) {
    // A semicolon is missing: what comes is another declaration or statement.
    w.popTo(['block', 'file', 'members']);
    w.top.mode = 'start';
    if (w.top.kind === 'members' && STATEMENTS.has(word)) w.take(word);
  } else {
    // The grammar wants a bit-field to have a name.
    if (word === ':' && frame.owner === 'members' && frame.mode === 'declarator') w.insert('name');
    frame.mode = 'expression';
    if (word === '=' || word === ':') w.take(word);
  }
}

/** Writes `*`, a qualifier or the declared name; false: something else stands here. */
function writePointerOrName(w: Writer, frame: Frame, word: string): boolean {
  if (word === '*') w.take('*');
  else if (word === 'const' || word === 'volatile') w.take(word);
  else if (QUALIFIERS.has(word) || word === '__extension__') w.index++;
  else if (isName(word)) {
    frame.mode = 'declared';
    frame.parameters = undefined;
    if (DECLARING.has(frame.owner)) w.names.declare(word, frame.run?.storage === 'typedef');
    w.take('name', true);
  } else return false;
  return true;
}

function writeDeclaratorParenthesis(w: Writer, frame: Frame): void {
  const abstract = ABSTRACT.has(frame.owner) && (w.next === ')' || startsType(w, w.index + 1));
  if (frame.mode === 'declarator' && !abstract) {
    w.open('nested', ')', { mode: 'declarator', run: frame.run, owner: frame.owner });
    return;
  }
  frame.mode = 'declared';
  const oldStyle = frame.kind === 'file' && isOldStyleList(w);
  if (w.next === ')' || (w.next === 'void' && w.words[w.index + 2] === ')')) {
    w.takeUntil(w.index + 1, '(');
    if (w.word === 'void') w.index++;
    w.take(')');
    frame.parameters ??= new Map();
    return;
  }
  w.names.enter();
  w.open('parameters', ')', { oldStyle });
}

/** True for the names of a K&R definition, `f(a, b)` before `int a;` or `{`. */
function isOldStyleList(w: Writer): boolean {
  let i = w.index + 1;
  for (; isName(w.words[i]) && w.names.isType(w.words[i] ?? '') !== true; i += 2) {
    if (w.words[i + 1] === ',') continue;
    if (w.words[i + 1] !== ')') return false;
    const behind = w.words[i + 2];
    return behind === '{' || isName(behind) || (behind !== undefined && SPECIFIERS.has(behind));
  }
  return false;
}

/** Writes the declarations of K&R parameters as the first ones of the body, with `;` for the body's brace (see `writeStart`). */
function beginOldStyleDeclarations(w: Writer, frame: Frame): void {
  w.insert('{');
  w.names.enter(frame.parameters);
  frame.oldStyle = true;
  frame.mode = 'start';
}

/** Writes `[` and leaves out what only a parameter's array may have there: `static`, qualifiers, `*` (C17 6.7.6.3). */
function writeArrayLength(w: Writer, frame: Frame): void {
  frame.mode = 'declared';
  w.open('index', ']', { mode: 'expression' });
  while (w.word === 'static' || QUALIFIERS.has(w.word ?? '')) w.index++;
  if (w.word === '*' && w.next === ']') w.index++;
}

function writeDeclaratorComma(w: Writer, frame: Frame): void {
  if (frame.wrapped) w.insert(')');
  frame.wrapped = false;
  w.take(',');
  frame.position++;
  frame.mode = ABSTRACT.has(frame.kind) ? 'start' : 'declarator';
}
