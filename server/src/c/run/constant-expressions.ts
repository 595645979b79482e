/** Which expressions are constant (C17 6.6), where the type of another one, or what gcc folds, goes by that. */
import type { Expression } from '../ir';
import { findMember, sizeOf } from '../types/record-layout';
import type { CType } from '../types/types';
import type { Data } from './data';
import { typeOfName } from './declared-types';
import type { Machine } from './machine';
import { addressTarget } from './memory';
import { pointerTo } from './type-relations';

/** An integer constant expression (C17 6.6p6); a name that is given from outside stands for its constant. */
export function isConstantExpression(m: Machine, e: Expression): boolean {
  const all = (...operands: readonly Expression[]) => operands.every((one) => isConstantExpression(m, one));
  switch (e.kind) {
    case 'number':
      return m.parts.typeOf(m, e).kind === 'integer';
    case 'character':
    case 'sizeof':
    case 'alignof':
    case 'offsetof':
      return true;
    case 'identifier':
      return m.program.pinned(e.name) !== undefined || m.scope.find(e.name)?.kind === 'enumerator';
    case 'unary':
      return e.operator !== '&' && e.operator !== '*' && all(e.operand);
    case 'cast':
      return typeOfName(m, e.type).kind === 'integer' && (e.operand.kind === 'number' || all(e.operand));
    case 'binary':
      return all(e.left, e.right);
    case 'conditional':
      return all(e.condition, e.then ?? e.condition, e.otherwise);
    case 'call':
      return e.callee.kind === 'identifier' && FOLDED.has(e.callee.name);
    default:
      return false;
  }
}

/** Builtins that gcc has a constant for whatever their arguments are. */
const FOLDED = new Set(['__builtin_constant_p', '__builtin_types_compatible_p']);

/** A constant 0, perhaps cast to `void *` (C17 6.3.2.3p3). */
export function isNullPointerConstant(m: Machine, e: Expression): boolean {
  if (e.kind === 'cast') {
    const type = typeOfName(m, e.type);
    if (type.kind === 'pointer') return type.target.kind === 'void' && isZero(m, e.operand);
  }
  return isZero(m, e);
}

function isZero(m: Machine, e: Expression): boolean {
  if (!isConstantExpression(m, e)) return false;
  m.muted++;
  const data = m.parts.evaluate(m, e);
  m.muted--;
  return data.kind === 'integer' && data.value === 0n;
}

/**
 * The address of a part of an object that a constant is taken to point to, such as `((struct range *)0)->end`, with
 * which older headers make `offsetof`. C has no word for it; gcc folds it. Undefined for any other expression.
 */
export function constantAddress(m: Machine, operand: Expression): Data | undefined {
  const found = partAt(m, operand);
  if (!found) return undefined;
  const value = BigInt.asUintN(m.size.size * 8, found.address);
  return { kind: 'pointer', type: pointerTo(found.type), target: addressTarget(value) };
}

interface AddressedPart {
  readonly address: bigint;
  readonly type: CType;
}

function partAt(m: Machine, e: Expression): AddressedPart | undefined {
  switch (e.kind) {
    case 'unary':
      return e.operator === '*' ? behind(m, e.operand) : undefined;
    case 'member': {
      const whole = e.arrow ? behind(m, e.base) : partAt(m, e.base);
      const member = whole?.type.kind === 'record' ? findMember(whole.type, e.name) : undefined;
      if (!whole || !member?.exact || member.bitField) return undefined;
      return { address: whole.address + BigInt(member.offset), type: member.type };
    }
    case 'index': {
      const first = firstElement(partAt(m, e.base)) ?? behind(m, e.base);
      const size = first && sizeOf(first.type, m.model);
      if (!first || size === undefined) return undefined;
      const index = m.parts.evaluate(m, e.index);
      return index.kind === 'integer'
        ? { address: first.address + index.value * BigInt(size), type: first.type }
        : undefined;
    }
    default:
      return undefined;
  }
}

function firstElement(array: AddressedPart | undefined): AddressedPart | undefined {
  return array?.type.kind === 'array' ? { address: array.address, type: array.type.element } : undefined;
}

/** What a constant that is cast to a pointer points to. */
function behind(m: Machine, pointer: Expression): AddressedPart | undefined {
  if (pointer.kind !== 'cast' || !isConstantExpression(m, pointer.operand)) return undefined;
  const type = typeOfName(m, pointer.type);
  if (type.kind !== 'pointer') return undefined;
  const value = m.parts.evaluate(m, pointer.operand);
  return value.kind === 'integer' ? { address: value.value, type: type.target } : undefined;
}
