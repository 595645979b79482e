/** Writes expressions: values as `0`, so that none can be taken for a type (C17 6.5). */
import { ASSIGNMENTS, isName, SPECIFIERS, STATEMENTS } from './words';
import { isTypeInParentheses, startsType } from './write-declarations';
import type { Frame, Writer } from './writer';

/** Writes the token at hand, or the few that belong together, in an expression. */
export function writeExpression(w: Writer, frame: Frame): void {
  const word = w.word;
  if (word === undefined) return;
  switch (word) {
    case '(':
      writeParenthesis(w);
      return;
    case '[':
      w.open('index', ']', { mode: 'expression', designator: frame.kind === 'initializer' && !w.operand });
      return;
    case '{':
      writeBrace(w, frame);
      return;
    case ';':
      writeSemicolon(w);
      return;
    case ',':
      writeComma(w, frame);
      return;
    case ':':
      writeColon(w, frame);
      return;
    case '?':
      frame.questions++;
      break;
    case '.':
    case '->':
      w.take(word);
      if (isName(w.word)) w.take('field', true);
      return;
    case '++':
    case '--':
      // As a suffix it binds tighter than any prefix, which tree-sitter's `++` does not; a member does.
      w.take(w.operand ? '. field' : word, w.operand);
      return;
    case '&&':
      w.take(w.operand ? '&&' : '&');
      return;
    case 'sizeof':
    case '_Alignof':
      w.take('sizeof');
      return;
    case '__real__':
    case '__imag__':
      w.take('-');
      return;
    case '...':
      w.take(frame.kind === 'case' ? ',' : word);
      return;
  }
  if (word === '""' || isName(word)) {
    writeOperand(w);
    return;
  }
  if (word === '0' || word === "'a'") w.take(word, true);
  else if (STATEMENTS.has(word) || (SPECIFIERS.has(word) && w.operand)) recover(w, word);
  else w.take(word);
}

/** A string literal with its neighbours (C17 5.1.1.2, phase 6), or a name. */
function writeOperand(w: Writer): void {
  let end = w.index;
  let strings = false;
  while (w.words[end] === '""' || isName(w.words[end])) {
    if (w.words[end] === '""') strings = true;
    // A name between strings is a macro that a header which is not read defines, such as PRIx64.
    else if (w.words[end + 1] !== '""' && !strings) break;
    end++;
  }
  if (strings) w.takeUntil(end, '""', true);
  else w.take(ASSIGNMENTS.has(w.next ?? '') ? 'name' : '0', true);
}

function writeParenthesis(w: Writer): void {
  const before = w.words[w.index - 1];
  if (before === '_Generic') {
    w.open('generic', ')', { mode: 'expression' });
  } else if (w.operand) {
    w.open('arguments', ')', { callee: before ?? '' });
  } else if (isTypeInParentheses(w)) {
    w.open('type', ')', { operand: before === 'sizeof' || before === '_Alignof' });
  } else if (w.next === '{') {
    w.open('expression', ')', { mode: 'expression' });
    w.names.enter();
    w.open('block', '}');
  } else {
    w.open('expression', ')', { mode: 'expression' });
  }
}

/** `{` in an expression: an initialiser, or, where none can stand, a block behind something unfinished. */
function writeBrace(w: Writer, frame: Frame): void {
  const before = w.words[w.index - 1];
  const literal = before === ')' && (!w.operand || isSizeofLiteral(w));
  if (literal || frame.kind === 'initializer' || ASSIGNMENTS.has(before ?? '')) {
    w.open('initializer', '}', { literal: literal ? w.typeParenthesis : -1 });
  } else {
    w.popTo(['block', 'file']);
    w.names.enter();
    w.open('block', '}');
  }
}

/** `sizeof (int) {0}`: the parentheses just closed held a type. */
function isSizeofLiteral(w: Writer): boolean {
  const open = w.partners[w.index - 1] ?? -1;
  return open > 0 && w.words[open - 1] === 'sizeof' && startsType(w, open + 1);
}

export function writeSemicolon(w: Writer): void {
  w.popTo(['block', 'file', 'members', 'for']);
  const frame = w.top;
  w.take(';');
  frame.mode = frame.kind === 'for' ? 'expression' : 'start';
  frame.inner = false;
  frame.run = undefined;
  frame.questions = 0;
}

function writeComma(w: Writer, frame: Frame): void {
  if (frame.kind === 'index' && !frame.wrapped) {
    // The grammar has no comma operator there without parentheses.
    w.pieces.rewrite(frame.piece, '[ (');
    frame.wrapped = true;
  }
  w.take(',');
  frame.position++;
  switch (frame.kind) {
    case 'file':
    case 'block':
    case 'members':
    case 'for':
      if (frame.run !== undefined) frame.mode = 'declarator';
      break;
    case 'arguments':
    case 'initializer':
    case 'enumerators':
    case 'generic':
    case 'parameters':
      frame.mode = 'start';
  }
}

function writeColon(w: Writer, frame: Frame): void {
  if (frame.kind === 'case' && frame.questions === 0) {
    w.pop();
    w.take(')');
    w.top.mode = 'start';
    if (!w.top.inner) w.insert(';');
    return;
  }
  if (frame.questions > 0) frame.questions--;
  w.take(':');
}

/** A statement or declaration begins where an expression is not finished: a bracket or semicolon is missing. */
function recover(w: Writer, word: string): void {
  if (w.popTo(['block'])) {
    w.top.mode = 'start';
    w.top.inner = false;
    w.top.run = undefined;
    w.operand = false;
  } else {
    w.take(word);
  }
}

/** Begins an argument of a call: a type is written as `sizeof (type)`, which the grammar takes. */
export function writeArgument(w: Writer, frame: Frame, declare: (w: Writer, frame: Frame) => void): void {
  frame.mode = 'expression';
  const inner = w.index;
  const name = w.words[inner];
  const forced =
    frame.callee === '__builtin_types_compatible_p' ||
    (frame.callee === 'va_arg' && frame.position === 1) ||
    (frame.callee === 'offsetof' && frame.position === 0);
  // Any other call with a type is that of a macro that nothing here defines.
  const macro =
    isName(frame.callee) && frame.callee !== 'offsetof' && w.names.isType(frame.callee) === undefined;
  const unread = isName(name) && w.names.isType(name) === undefined;
  if (!(startsType(w, inner) ? forced || macro : unread && forced)) return;
  w.insert('sizeof (');
  frame.wrapped = true;
  frame.run = undefined;
  declare(w, frame);
}
