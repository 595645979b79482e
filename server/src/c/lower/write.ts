/** Writes a chunk's tokens as text with one reading in tree-sitter's grammar; see `Writer`. */
import type { FileScope } from './names';
import type { Written } from './pieces';
import { newRun } from './specifiers';
import { ASSIGNMENTS, isName, SPECIFIERS } from './words';
import {
  isUnreadType,
  skipAttribute,
  startsAttribute,
  writeDeclarator,
  writeSpecifiers,
} from './write-declarations';
import { writeArgument, writeExpression, writeSemicolon } from './write-expressions';
import { type Frame, Writer } from './writer';

/** Writes an external declaration; `fileScope` gains what it declares. */
export function writeExternal(words: readonly string[], fileScope: FileScope): Written {
  const writer = new Writer(words, fileScope);
  writeAll(writer);
  return writer.pieces.finish();
}

/** Writes an expression as that of the one statement, `return …;`, in a function. */
export function writeExpressionText(words: readonly string[], scope: FileScope): Written {
  const writer = new Writer(words, scope);
  writer.insert('int name ( ) { return');
  writer.begin('expression', '', { mode: 'expression' });
  writeAll(writer);
  writer.insert('; }');
  return writer.pieces.finish();
}

function writeAll(w: Writer): void {
  while (w.word !== undefined) writeToken(w, w.word);
}

function writeToken(w: Writer, word: string): void {
  const frame = w.top;
  if (word === '__extension__') w.index++;
  else if (word === ')' || word === ']' || word === '}') writeCloser(w, word);
  else if (frame.mode === 'start') writeStart(w, frame, word);
  else if (frame.mode === 'expression') {
    if (word === '__attribute__' && w.next === '(') skipAttribute(w, frame, 'declarator');
    else writeExpression(w, frame);
  } else if (word === ';') writeSemicolon(w);
  else writeDeclarator(w, frame);
}

/** The beginning of an item: a statement, declaration, member, parameter, argument, enumerator or initialiser. */
function writeStart(w: Writer, frame: Frame, word: string): void {
  frame.run = undefined;
  frame.parameters = frame.oldStyle ? frame.parameters : undefined;
  switch (frame.kind) {
    case 'file':
    case 'block':
      writeItem(w, frame, word);
      return;
    case 'members':
      if (word === ';') w.index++;
      else if (word === '_Static_assert') w.index = behindStatement(w);
      else writeSpecifiers(w, frame);
      return;
    case 'parameters':
      if (word === '...') {
        w.take('...');
        frame.mode = 'declared';
      } else writeSpecifiers(w, frame);
      return;
    case 'generic':
      if (word === 'default') {
        w.pieces.addSpecifiers('int', newRun(), w.index, w.index);
        w.index++;
        frame.mode = 'declarator';
      } else writeSpecifiers(w, frame);
      return;
    case 'type':
    case 'typeof':
      writeSpecifiers(w, frame);
      return;
    case 'arguments':
      writeArgument(w, frame, writeSpecifiers);
      return;
    case 'for':
      if (startsDeclaration(w, word)) writeSpecifiers(w, frame);
      else frame.mode = 'expression';
      return;
    case 'enumerators':
      frame.mode = 'expression';
      if (!isName(word)) return;
      w.names.declare(word, false);
      w.take('name', true);
      return;
    case 'initializer':
      frame.mode = 'expression';
      w.operand = false;
      if (isName(word) && w.next === ':') w.take('field');
      return;
    default:
      frame.mode = 'expression';
  }
}

function startsDeclaration(w: Writer, word: string): boolean {
  if (SPECIFIERS.has(word)) return true;
  if (!isName(word)) return false;
  return w.names.isType(word) ?? isUnreadType(w, w.index, false);
}

/** The beginning of a statement or declaration in a block, or of an external declaration. */
function writeItem(w: Writer, frame: Frame, word: string): void {
  if (!frame.inner && word !== 'else') w.endLoops(frame);
  if (startsAttribute(w)) {
    frame.run = newRun();
    skipAttribute(w, frame, 'specifiers');
    if (w.word !== ';' && w.word !== undefined && startsDeclaration(w, w.word)) writeSpecifiers(w, frame);
    return;
  }
  w.operand = false;
  if (writeStatementStart(w, frame, word)) return;
  const implicitInt = frame.kind === 'file' && (isName(word) || word === '*');
  if (startsDeclaration(w, word) || implicitInt) writeSpecifiers(w, frame);
  else frame.mode = 'expression';
}

/** Writes the words that begin a statement; false: an expression or a declaration stands here. */
function writeStatementStart(w: Writer, frame: Frame, word: string): boolean {
  switch (word) {
    case ';':
      writeSemicolon(w);
      return true;
    case '{':
      writeBlock(w, frame);
      return true;
    case 'asm':
      writeAssembly(w, frame);
      return true;
    case '_Static_assert':
    case '__label__':
      w.takeUntil(behindStatement(w), ';');
      frame.inner = false;
      return true;
  }
  if (frame.kind !== 'block') return false;
  switch (word) {
    case 'if':
    case 'while':
    case 'switch':
      w.take(word === 'if' ? 'if' : 'while');
      if (w.word === '(') w.open('control', ')', { mode: 'expression' });
      return true;
    case 'for':
      w.take('for');
      if (w.word === '(') {
        w.names.enter();
        w.open('for', ')');
      }
      return true;
    case 'do':
    case 'else':
      w.take(word);
      frame.inner = true;
      return true;
    case 'return':
    case 'break':
    case 'continue':
      w.take(word);
      frame.mode = 'expression';
      return true;
    case 'goto':
      w.take(w.next === '*' ? 'return' : 'goto');
      frame.mode = 'expression';
      if (isName(w.word)) w.take('label');
      return true;
    case 'case':
      return writeCase(w, frame);
    case 'default':
      if (w.next !== ':') return false;
      w.take('while');
      w.insert('( 0');
      w.take(')');
      if (!frame.inner) w.insert(';');
      return true;
  }
  if (!isName(word) || w.next !== ':') return false;
  w.take('label');
  w.take(':');
  // A label belongs to the next item, which in the grammar cannot be a declaration or a brace.
  if (!frame.inner) w.insert(';');
  return true;
}

/** Writes `case x:` as `while (x)`, since the grammar's own cases swallow the statements that follow. */
function writeCase(w: Writer, frame: Frame): boolean {
  let questions = 0;
  for (let i = w.index + 1; i < w.words.length; i++) {
    const word = w.words[i];
    if (word === '(' || word === '[' || word === '{') i = w.behindGroup(i) - 1;
    else if (word === '?') questions++;
    else if (word === ':' && questions-- === 0) {
      w.take('while');
      w.insert('(');
      w.begin('case', ':', { mode: 'expression' });
      return true;
    } else if (word === ';' || word === '}' || word === 'case') break;
  }
  w.take('case');
  frame.mode = 'expression';
  return true;
}

function writeBlock(w: Writer, frame: Frame): void {
  w.names.enter();
  if (frame.kind === 'file' && frame.oldStyle) {
    // The brace was written before the declarations of the K&R parameters.
    w.take(';');
    w.begin('block', '}', { oldStyle: true });
    frame.oldStyle = false;
  } else {
    w.open('block', '}');
  }
}

function writeAssembly(w: Writer, frame: Frame): void {
  let open = w.index + 1;
  while (isName(w.words[open]) || ['volatile', 'inline', 'goto'].includes(w.words[open] ?? '')) open++;
  const end = w.words[open] === '(' ? w.behindGroup(open) : open;
  w.takeUntil(end, '0', true);
  frame.mode = 'expression';
}

/** The index behind the next `;` outside of brackets. */
function behindStatement(w: Writer): number {
  let i = w.index;
  while (i < w.words.length && w.words[i] !== ';' && w.words[i] !== '}') {
    const word = w.words[i];
    i = word === '(' || word === '[' || word === '{' ? w.behindGroup(i) : i + 1;
  }
  return w.words[i] === ';' ? i + 1 : i;
}

/** Writes a closing bracket and goes on with what encloses it. */
function writeCloser(w: Writer, word: string): void {
  if (w.top.closer !== word && !w.popToCloser(word)) {
    w.take(word);
    return;
  }
  const closed = w.top;
  if (closed.wrapped) w.insert(')');
  // gcc takes the last member without its semicolon.
  if (closed.kind === 'members' && closed.mode !== 'start') w.insert(';');
  if (closed.kind === 'nested' && closed.mode === 'declarator') closed.mode = 'declared';
  w.pop();
  const parent = w.top;
  const piece = w.take(word, closed.operand);
  switch (closed.kind) {
    case 'block':
      if (parent.kind !== 'block' && parent.kind !== 'file') break;
      parent.mode = 'start';
      parent.inner = false;
      parent.run = undefined;
      break;
    case 'members':
    case 'enumerators':
      if (parent.run) parent.run.last = w.index - 1;
      writeSpecifiers(w, parent);
      break;
    case 'typeof':
      w.insert('; }');
      if (parent.run) parent.run.last = w.index - 1;
      writeSpecifiers(w, parent);
      break;
    case 'nested':
      parent.mode = 'declared';
      parent.parameters ??= closed.parameters;
      break;
    case 'type':
      w.typeParenthesis = closed.piece;
      break;
    case 'initializer':
      // The grammar assigns to a compound literal only in parentheses.
      if (closed.literal >= 0 && ASSIGNMENTS.has(w.word ?? '')) {
        w.pieces.rewrite(closed.literal, '( (');
        w.pieces.rewrite(piece, '} )');
      }
      break;
    case 'index':
      // gcc's old `[1] 2` in an initialiser.
      if (closed.designator && !['=', '[', '.'].includes(w.word ?? '')) w.insert('=');
      break;
    case 'control':
    case 'for':
      parent.mode = 'start';
      parent.inner = true;
  }
}
