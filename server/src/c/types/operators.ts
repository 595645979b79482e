/**
 * C's operators on integers (C17 6.5.3.3 to 6.5.14), without side effects. Undefined behaviour gives a `Reason`
 * without a place; what counts as such is what gcc's `-fsanitize=undefined` reports for C17.
 */
import type { BinaryOperator, UnaryOperator } from '../ir';
import type { Reason } from '../reason';
import type { DataModel } from '../value';
import { convertInteger, promote, usualArithmetic } from './conversions';
import { fits, integerTypes, minimum, precision } from './integers';
import type { IntegerType } from './types';

/** A value of an integer type; `value` is the mathematical value and within the type's range. */
export interface Integer {
  readonly type: IntegerType;
  readonly value: bigint;
}

export type Result = Integer | Reason;
export type IntegerUnaryOperator = Exclude<UnaryOperator, '&' | '*'>;
export type IntegerBinaryOperator = Exclude<BinaryOperator, '&&' | '||'>;

export function isReason(result: Integer | Reason): result is Reason {
  return 'code' in result;
}

/** An `Integer` of a type, the value converted to it. */
export function integer(value: bigint, type: IntegerType): Integer {
  return { type, value: convertInteger(value, type) };
}

/** Unary arithmetic operators (C17 6.5.3.3). */
export function unary(operator: IntegerUnaryOperator, operand: Integer, model: DataModel): Result {
  if (operator === '!') return truth(operand.value === 0n, model);
  const type = promote(operand.type, model);
  const value = convertInteger(operand.value, type);
  if (operator === '+') return { type, value };
  if (operator === '~') return integer(~value, type);
  return arithmetic('-', -value, type);
}

/** Binary operators except those that may leave their right operand alone (`&&`, `||`). */
export function binary(
  operator: IntegerBinaryOperator,
  left: Integer,
  right: Integer,
  model: DataModel,
): Result {
  if (operator === '<<' || operator === '>>') return shift(operator, left, right, model);
  const type = usualArithmetic(left.type, right.type, model);
  const a = convertInteger(left.value, type);
  const b = convertInteger(right.value, type);
  switch (operator) {
    case '*':
      return arithmetic(operator, a * b, type);
    case '+':
      return arithmetic(operator, a + b, type);
    case '-':
      return arithmetic(operator, a - b, type);
    case '/':
    case '%':
      return divide(operator, a, b, type);
    case '<':
      return truth(a < b, model);
    case '>':
      return truth(a > b, model);
    case '<=':
      return truth(a <= b, model);
    case '>=':
      return truth(a >= b, model);
    case '==':
      return truth(a === b, model);
    case '!=':
      return truth(a !== b, model);
    case '&':
      return integer(a & b, type);
    case '^':
      return integer(a ^ b, type);
    case '|':
      return integer(a | b, type);
  }
}

/** Comparisons and `!` yield `int` 1 or 0 (C17 6.5.8p6). */
function truth(holds: boolean, model: DataModel): Integer {
  return { type: integerTypes(model).int, value: holds ? 1n : 0n };
}

/** A result in its type: unsigned types wrap (C17 6.2.5p9), signed ones must not overflow (C17 6.5p5). */
function arithmetic(operator: string, value: bigint, type: IntegerType): Result {
  if (type.signed && !fits(value, type)) return overflow(operator, value, type);
  return integer(value, type);
}

/** C17 6.5.5p6: truncation toward zero; if `a/b` is not representable, both `a/b` and `a%b` are undefined. */
function divide(operator: '/' | '%', a: bigint, b: bigint, type: IntegerType): Result {
  if (b === 0n) return { code: 'division-by-zero', args: { operator } };
  if (type.signed && b === -1n && a === minimum(type)) return overflow(operator, -a, type);
  return integer(operator === '/' ? a / b : a % b, type);
}

/** C17 6.5.7: each operand is promoted by itself. gcc shifts negative values right arithmetically. */
function shift(operator: '<<' | '>>', left: Integer, right: Integer, model: DataModel): Result {
  const type = promote(left.type, model);
  const value = convertInteger(left.value, type);
  const count = convertInteger(right.value, promote(right.type, model));
  const width = precision(type);
  if (count < 0n || count >= BigInt(width)) {
    const args = { count: count.toString(), width: width.toString(), type: type.name };
    return { code: 'shift-out-of-range', args };
  }
  if (operator === '>>') return integer(value >> count, type);
  if (value < 0n) return { code: 'shift-of-negative', args: { value: value.toString() } };
  return arithmetic(operator, value << count, type);
}

function overflow(operator: string, value: bigint, type: IntegerType): Reason {
  return { code: 'signed-overflow', args: { operator, value: hexadecimal(value), type: type.name } };
}

function hexadecimal(value: bigint): string {
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}
