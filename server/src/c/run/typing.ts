/** The types of expressions, worked out without executing them: for `sizeof`, `typeof`, `_Generic` and `?:`. */
import type { Block, Expression, Statement } from '../ir';
import { promote, usualArithmetic } from '../types/conversions';
import { integerTypes } from '../types/integers';
import { readCharacter, readNumber } from '../types/literal';
import { findMember } from '../types/record-layout';
import type { CType, IntegerType } from '../types/types';
import { builtinResult } from './builtin-types';
import { isNullPointerConstant } from './constant-expressions';
import { declaredType, designationOfName, specified, typeOfName } from './declared-types';
import type { Designation, Machine } from './machine';
import { together, within } from './qualifiers';
import { newObject, Scope } from './scope';
import { decayed, isSameType, pointerTo } from './type-relations';

/** The type `expression` has as an operand of `sizeof`: arrays stay arrays. */
export function typeOf(m: Machine, expression: Expression): CType {
  if (!m.bounds.enter()) return { kind: 'unknown', name: m.textOf(expression) };
  try {
    return unguarded(m, expression);
  } finally {
    m.bounds.leave();
  }
}

function unguarded(m: Machine, e: Expression): CType {
  switch (e.kind) {
    case 'number': {
      const constant = readNumber(e.text, m.model);
      if ('floating' in constant) return constant.floating;
      return 'code' in constant ? m.int : constant.type;
    }
    case 'character': {
      const constant = readCharacter(e.text, m.model);
      return 'code' in constant ? m.int : constant.type;
    }
    case 'string':
      return typeOfString(m, e.texts);
    case 'identifier':
    case 'index':
    case 'member':
    case 'compound-literal':
      return designation(m, e).type;
    case 'unary':
      return typeOfUnary(m, e);
    case 'step':
      return typeOf(m, e.operand);
    case 'binary':
      return typeOfBinary(m, e);
    case 'assignment':
      return typeOf(m, e.target);
    case 'conditional':
      return typeOfConditional(m, e.then ?? e.condition, e.otherwise);
    case 'comma':
      return decayed(typeOf(m, e.right));
    case 'call':
      return typeOfCall(m, e);
    case 'cast':
      return typeOfName(m, e.type);
    case 'sizeof':
    case 'alignof':
    case 'offsetof':
      return m.size;
    case 'statement-expression':
      return typeOfBlock(m, e.body);
    case 'generic': {
      const chosen = chooseGeneric(m, e);
      return chosen ? typeOf(m, chosen) : { kind: 'unknown', name: m.textOf(e) };
    }
    case 'type-argument':
      return typeOfName(m, e.type);
    case 'malformed':
      return { kind: 'unknown', name: m.textOf(e) };
  }
}

function typeOfString(m: Machine, texts: readonly string[]): CType {
  const { element, units } = stringUnits(m, texts);
  return { kind: 'array', element, length: units?.length };
}

/** The elements of adjacent string literals with the terminating zero (C17 6.4.5p6); no units for malformed ones. */
export function stringUnits(
  m: Machine,
  texts: readonly string[],
): { readonly element: IntegerType; readonly units: readonly bigint[] | undefined } {
  // A prefix of any of them is that of all (C17 6.4.5p5).
  const prefix = texts.map((text) => /^(?:u8|[LuU])?/.exec(text)?.[0]).find((one) => one !== '') ?? '';
  if (prefix === '' || prefix === 'u8')
    return { element: integerTypes(m.model).char, units: stringBytes(m, texts) };
  const zero = readCharacter(`${prefix}'\\0'`, m.model);
  if ('code' in zero) return { element: integerTypes(m.model).int, units: undefined };
  const encode = prefix === 'u' ? utf16 : (point: number) => [point];
  return { element: zero.type, units: readUnits(m, texts, prefix, encode) };
}

/** By the texts of a literal, which stay while its line does: reading them takes longer than anything else of a string. */
const bytesOfTexts = new WeakMap<readonly string[], readonly bigint[] | undefined>();

/** The bytes of adjacent string literals without wide ones, with the terminating zero. */
function stringBytes(m: Machine, texts: readonly string[]): readonly bigint[] | undefined {
  if (!bytesOfTexts.has(texts)) {
    const isNarrow = texts.every((text) => /^(?:u8)?"/.test(text));
    bytesOfTexts.set(texts, isNarrow ? readUnits(m, texts, '', utf8) : undefined);
  }
  return bytesOfTexts.get(texts);
}

/** A character or escape of a string literal. */
const CHARACTER = /\\x[0-9a-fA-F]+|\\[0-7]{1,3}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\[\s\S]|[^\\]/gu;

/** @param encode the units of a character that is named, or beyond ASCII */
function readUnits(
  m: Machine,
  texts: readonly string[],
  prefix: string,
  encode: (point: number) => Iterable<number>,
): readonly bigint[] | undefined {
  const units: bigint[] = [];
  for (const text of texts) {
    const body = /"([\s\S]*)"$/.exec(text)?.[1] ?? '';
    for (const [character] of body.matchAll(CHARACTER)) {
      const isEncoded = /^\\[uU]/.test(character) || character > '\x7f';
      const quoted = character === "'" ? "\\'" : character;
      const read = readCharacter(`${isEncoded ? 'U' : prefix}'${quoted}'`, m.model);
      if ('code' in read) return undefined;
      units.push(...(isEncoded ? Array.from(encode(Number(read.value)), BigInt) : [read.value]));
    }
  }
  return [...units, 0n];
}

function utf8(point: number): Iterable<number> {
  return new TextEncoder().encode(String.fromCodePoint(point));
}

function utf16(point: number): Iterable<number> {
  return Array.from(String.fromCodePoint(point).split(''), (unit) => unit.charCodeAt(0));
}

function typeOfIdentifier(m: Machine, name: string): CType {
  const symbol = m.scope.find(name);
  const pinned = m.program.pinned(name);
  if (symbol?.kind === 'object') return symbol.object.type;
  if (pinned) return pinned.type;
  if (symbol?.kind === 'function' || symbol?.kind === 'enumerator') return symbol.type;
  return { kind: 'unknown', name };
}

export function targetOf(type: CType): CType {
  return type.kind === 'pointer' ? type.target : { kind: 'unknown', name: '' };
}

export function designation(m: Machine, e: Expression): Designation {
  switch (e.kind) {
    case 'identifier': {
      const symbol = m.scope.find(e.name);
      const qualifiers = symbol?.kind === 'object' ? symbol.object.qualifiers : undefined;
      return { type: typeOfIdentifier(m, e.name), qualifiers };
    }
    case 'compound-literal':
      return designationOfName(m, e.type);
    case 'index': {
      const base = decayed(typeOf(m, e.base));
      return behind(base.kind === 'pointer' ? base : decayed(typeOf(m, e.index)));
    }
    case 'member': {
      const whole = e.arrow ? behind(decayed(typeOf(m, e.base))) : designation(m, e.base);
      const member = whole.type.kind === 'record' ? findMember(whole.type, e.name) : undefined;
      if (!member) return { type: { kind: 'unknown', name: e.name }, qualifiers: undefined };
      const qualifiers = together(whole.qualifiers, member.qualifiers);
      return { type: within(member.type, qualifiers), qualifiers };
    }
    case 'unary':
      if (e.operator === '*') return behind(decayed(typeOf(m, e.operand)));
  }
  return { type: typeOf(m, e), qualifiers: undefined };
}

/** What a pointer points to. */
function behind(pointer: CType): Designation {
  const qualifiers = pointer.kind === 'pointer' ? pointer.qualifiers : undefined;
  return { type: within(targetOf(pointer), qualifiers), qualifiers };
}

function typeOfUnary(m: Machine, e: Extract<Expression, { kind: 'unary' }>): CType {
  if (e.operator === '*') return designation(m, e).type;
  if (e.operator === '&') {
    const { type, qualifiers } = designation(m, e.operand);
    return pointerTo(type, qualifiers);
  }
  return e.operator === '!' ? m.int : promotedType(m, typeOf(m, e.operand));
}

function promotedType(m: Machine, type: CType): CType {
  return type.kind === 'integer' ? promote(type, m.model) : type;
}

const TRUTHS = new Set(['&&', '||', '==', '!=', '<', '>', '<=', '>=']);

function typeOfBinary(m: Machine, e: Extract<Expression, { kind: 'binary' }>): CType {
  if (TRUTHS.has(e.operator)) return m.int;
  const left = decayed(typeOf(m, e.left));
  if (e.operator === '<<' || e.operator === '>>') return promotedType(m, left);
  const right = decayed(typeOf(m, e.right));
  if (left.kind === 'pointer' || right.kind === 'pointer') {
    if (left.kind === right.kind) return m.difference;
    return left.kind === 'pointer' ? left : right;
  }
  return arithmeticType(m, left, right);
}

/** The usual arithmetic conversions (C17 6.3.1.8); floating types win. */
export function arithmeticType(m: Machine, left: CType, right: CType): CType {
  if (left.kind === 'integer' && right.kind === 'integer') return usualArithmetic(left, right, m.model);
  if (left.kind === 'floating' && right.kind === 'floating') return left.size >= right.size ? left : right;
  if (left.kind === 'floating') return left;
  if (right.kind === 'floating') return right;
  return left.kind === 'integer' ? right : left;
}

/** The type of `c ? then : otherwise` (C17 6.5.15p5-6). */
function typeOfConditional(m: Machine, then: Expression, otherwise: Expression): CType {
  const a = decayed(typeOf(m, then));
  const b = decayed(typeOf(m, otherwise));
  if (a.kind === 'pointer' && b.kind === 'pointer') {
    // Beside a null pointer constant the other type counts, beside any other pointer to void that one.
    if (a.target.kind === 'void' && isNullPointerConstant(m, then)) return b;
    if (b.target.kind === 'void' && isNullPointerConstant(m, otherwise)) return a;
    const whole = b.target.kind === 'void' ? b : a;
    return pointerTo(whole.target, together(a.qualifiers, b.qualifiers));
  }
  if (a.kind === 'pointer') return a;
  if (b.kind === 'pointer') return b;
  if (a.kind === 'integer' || a.kind === 'floating') return b.kind === 'void' ? b : arithmeticType(m, a, b);
  return a;
}

function typeOfCall(m: Machine, e: Extract<Expression, { kind: 'call' }>): CType {
  if (e.callee.kind === 'identifier' && m.scope.find(e.callee.name) === undefined) {
    return builtinResult(m, e.callee.name, e.arguments) ?? m.int;
  }
  const callee = typeOf(m, e.callee);
  const called = callee.kind === 'pointer' ? callee.target : callee;
  return called.kind === 'function' ? called.result : { kind: 'unknown', name: m.textOf(e) };
}

/** Declares the block's names, without executing it, to find the type of its last expression. */
function typeOfBlock(m: Machine, block: Block): CType {
  const outer = m.scope;
  m.scope = new Scope(outer);
  try {
    for (const statement of block.body) {
      if (statement.kind !== 'declaration') continue;
      const base = specified(m, statement.specifiers);
      for (const { declarator, initializer } of statement.declarators) {
        if (declarator.name === undefined) continue;
        const auto =
          statement.specifiers.type.kind === 'auto' && initializer && initializer.kind !== 'initializer-list';
        const type = auto ? decayed(typeOf(m, initializer)) : declaredType(m, base, declarator);
        if (statement.specifiers.storage === 'typedef')
          m.scope.names.set(declarator.name, { kind: 'typedef', type });
        else {
          const object = newObject({ name: declarator.name, type, size: 0, storage: 'automatic' });
          m.scope.names.set(declarator.name, { kind: 'object', object, declared: undefined });
        }
      }
    }
    const last = lastStatement(block);
    return last?.kind === 'expression' ? decayed(typeOf(m, last.expression)) : { kind: 'void' };
  } finally {
    m.scope = outer;
  }
}

/** The one that a GNU statement expression has its value from; empty ones behind it do not count. */
export function lastStatement(block: Block): Statement | undefined {
  return block.body.findLast(({ kind }) => kind !== 'empty');
}

/** The association that `_Generic` selects (C17 6.5.1.1p3). */
export function chooseGeneric(
  m: Machine,
  e: Extract<Expression, { kind: 'generic' }>,
): Expression | undefined {
  const control = decayed(typeOf(m, e.control));
  const match = e.associations.find(({ type }) => type && isSameType(typeOfName(m, type), control));
  return (match ?? e.associations.find(({ type }) => type === undefined))?.value;
}
