/** C's operators and conversions on data: integers known or not, pointers (C17 6.3, 6.5). */
import type { BinaryOperator, Node } from '../ir';
import { convertInteger, promote } from '../types/conversions';
import {
  binary as binaryInteger,
  type IntegerBinaryOperator,
  type IntegerUnaryOperator,
  isReason,
  unary as unaryInteger,
} from '../types/operators';
import { sizeOf } from '../types/record-layout';
import type { CType, IntegerType } from '../types/types';
import {
  type Data,
  type IntegerData,
  integerData,
  mapData,
  mapPairs,
  markEscaped,
  type PointerData,
  type Scalar,
  type Single,
  type Target,
  unknownData,
  withMarks,
} from './data';
import type { Machine } from './machine';
import { addressTarget } from './memory';
import { reasonOf } from './places';
import { pointerTo, spellType } from './type-relations';
import { arithmeticType } from './typing';

/** True, false, or undefined where it is not known whether the value compares unequal to 0. */
export function truthOf(value: Single): boolean | undefined {
  if (value.kind === 'integer') return value.value !== 0n;
  if (value.kind === 'unknown') return undefined;
  return isNull(value.target) === undefined ? undefined : !isNull(value.target);
}

/** Undefined where the pointer may be null or not: what a caller passes. */
function isNull(target: Target): boolean | undefined {
  if (target.kind !== 'object') return target.kind === 'null';
  return target.object.storage === 'unknown' && target.offset === 0 ? undefined : false;
}

/** What tells a value apart from others in a symbol; undefined where nothing does. */
function symbolOf(value: Single): string | undefined {
  if (value.kind === 'integer')
    return `${value.value}${value.type.name === 'int' ? '' : `:${value.type.name}`}`;
  if (value.kind === 'unknown') return value.symbol;
  return value.target.kind === 'null' ? 'null' : undefined;
}

/** `+`, `-`, `~` and `!` (C17 6.5.3.3). */
export function unary(m: Machine, operator: IntegerUnaryOperator, data: Scalar, node: Node): Scalar {
  const type =
    operator === '!' ? m.int : data.type.kind === 'integer' ? promote(data.type, m.model) : data.type;
  return mapData(data, type, (value) => {
    if (value.kind === 'integer') {
      const result = unaryInteger(operator, value, m.model);
      if (isReason(result)) return unknownData(type, m.problem(result, node));
      return withMarks({ kind: 'integer', ...result }, value.changed);
    }
    if (operator === '!') {
      const truth = truthOf(value);
      if (truth !== undefined) return withMarks(integerData(m.int, truth ? 0n : 1n), marksOf(value));
    }
    const symbol = symbolOf(value);
    return unknownData(type, reasonOf(value), symbol && `(${operator}${symbol})`);
  });
}

/** Binary operators except `&&` and `||`. */
export function binary(
  m: Machine,
  operator: Exclude<BinaryOperator, '&&' | '||'>,
  left: Data,
  right: Data,
  node: Node,
): Scalar {
  if (left.kind === 'aggregate' || right.kind === 'aggregate') {
    const { type } = left.kind === 'aggregate' ? left : right;
    return m.unknown(m.int, 'not-an-integer', { type: spellType(type) }, node);
  }
  const type = resultType(m, operator, left.type, right.type);
  return mapPairs(left, right, type, (a, b) => {
    if (a.kind === 'integer' && b.kind === 'integer') return binaryIntegers(m, operator, a, b, type, node);
    if (a.type.kind === 'pointer' || b.type.kind === 'pointer') {
      const result = onPointers(m, operator, a, b, type, node);
      if (result) return result;
    }
    return unknownResult(m, operator, a, b, type, node);
  });
}

function binaryIntegers(
  m: Machine,
  operator: IntegerBinaryOperator,
  a: IntegerData,
  b: IntegerData,
  type: CType,
  node: Node,
): Scalar {
  const result = binaryInteger(operator, a, b, m.model);
  if (isReason(result)) return unknownData(type, m.problem(result, node));
  const data: IntegerData = { kind: 'integer', type: result.type, value: result.value };
  return a.changed || b.changed ? withMarks(withMarks(data, a.changed), b.changed) : data;
}

/** Division by a known zero and shifts by too much are undefined whatever the other operand is. */
function unknownResult(
  m: Machine,
  operator: IntegerBinaryOperator,
  a: Single,
  b: Single,
  type: CType,
  node: Node,
): Scalar {
  if (b.kind === 'integer' && a.type.kind === 'integer' && ['/', '%', '<<', '>>'].includes(operator)) {
    const tried = binaryInteger(operator, { type: a.type, value: 0n }, b, m.model);
    if (isReason(tried)) return unknownData(type, m.problem(tried, node));
  }
  // `0 == x` is `x == 0`.
  const isTurned = a.kind !== 'unknown' && (operator === '==' || operator === '!=');
  const [x, y] = (isTurned ? [b, a] : [a, b]).map(symbolOf);
  const reason =
    a.kind === 'unknown' ? a.reason : b.kind === 'unknown' ? b.reason : m.reason('address', undefined, node);
  return unknownData(type, reason, x && y && `(${x}${operator}${y})`);
}

const COMPARISONS = new Set<BinaryOperator>(['==', '!=', '<', '>', '<=', '>=']);

function resultType(m: Machine, operator: BinaryOperator, left: CType, right: CType): CType {
  if (COMPARISONS.has(operator)) return m.int;
  if (left.kind === 'pointer' || right.kind === 'pointer') {
    if (left.kind === right.kind) return m.difference;
    return left.kind === 'pointer' ? left : right;
  }
  if ((operator === '<<' || operator === '>>') && left.kind === 'integer') return promote(left, m.model);
  return arithmeticType(m, left, right);
}

/** Pointer arithmetic and comparison (C17 6.5.6, 6.5.8, 6.5.9); undefined where the result is not known. */
function onPointers(
  m: Machine,
  operator: BinaryOperator,
  left: Single,
  right: Single,
  type: CType,
  node: Node,
): Scalar | undefined {
  if (operator === '+' || (operator === '-' && right.type.kind !== 'pointer')) {
    const [pointer, index] = left.type.kind === 'pointer' ? [left, right] : [right, left];
    return addToPointer(m, pointer, index, operator === '-' ? -1 : 1, node);
  }
  const a = asPointer(left);
  const b = asPointer(right);
  if (!a || !b) return undefined;
  const marked = (value: bigint, as: CType) =>
    as.kind === 'integer' ? withMarks(withMarks(integerData(as, value), a.changed), b.changed) : undefined;
  if (operator === '-') {
    const size = a.type.kind === 'pointer' ? elementSize(m, a.type.target) : undefined;
    const bytes = distance(a.target, b.target);
    return size === undefined || size === 0 || bytes === undefined
      ? undefined
      : marked(BigInt(Math.trunc(bytes / size)), type);
  }
  const order = compare(a.target, b.target, operator === '==' || operator === '!=');
  if (order === undefined) return undefined;
  return marked(holds(operator, order) ? 1n : 0n, m.int);
}

function asPointer(value: Single): PointerData | undefined {
  if (value.kind === 'pointer') return value;
  if (value.kind === 'unknown') {
    // A pointer from a caller may be null, so it is only compared through its symbol.
    return undefined;
  }
  return { kind: 'pointer', type: pointerTo({ kind: 'void' }), target: addressTarget(value.value) };
}

function distance(a: Target, b: Target): number | undefined {
  const [x, y] = [addressOf(a), addressOf(b)];
  if (x !== undefined && y !== undefined) return Number(x - y);
  if (a.kind !== 'object' || b.kind !== 'object' || a.object !== b.object) return undefined;
  return a.offset === undefined || b.offset === undefined ? undefined : a.offset - b.offset;
}

/** The number that a pointer is, where it is one. */
function addressOf(target: Target): bigint | undefined {
  if (target.kind === 'null') return 0n;
  return target.kind === 'address' ? target.value : undefined;
}

/** Below, at or above 0; for equality any other number than 0 stands for different. Undefined where it is not known. */
function compare(a: Target, b: Target, equality: boolean): number | undefined {
  return distance(a, b) ?? (equality ? differ(a, b) : undefined);
}

/** 0 for one function, 1 for what surely differs; undefined where that is not known. */
function differ(a: Target, b: Target): number | undefined {
  if (a.kind === 'null') return isNull(b) === undefined ? undefined : 1;
  if (b.kind === 'null') return isNull(a) === undefined ? undefined : 1;
  if (a.kind === 'function' && b.kind === 'function') return a.function === b.function ? 0 : 1;
  if (a.kind === 'object' && b.kind === 'object' && a.object !== b.object)
    return isInside(a) && isInside(b) ? 1 : undefined;
  const kinds = [a.kind, b.kind];
  return kinds.includes('function') && kinds.includes('object') ? 1 : undefined;
}

/** A pointer one past an object may equal one to the next object. */
function isInside(target: Extract<Target, { kind: 'object' }>): boolean {
  const { object, offset } = target;
  return object.storage !== 'unknown' && offset !== undefined && offset >= 0 && offset < object.size;
}

function holds(operator: BinaryOperator, order: number): boolean {
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    default:
      return order >= 0;
  }
}

/** gcc counts 1 for void and functions. */
export function elementSize(m: Machine, type: CType): number | undefined {
  return sizeOf(type, m.model);
}

/** `pointer + index * sign` (C17 6.5.6p8). */
export function addToPointer(m: Machine, pointer: Single, index: Single, sign: 1 | -1, node: Node): Single {
  const { type } = pointer;
  const size = type.kind === 'pointer' ? elementSize(m, type.target) : undefined;
  const base = pointer.kind === 'unknown' ? m.pointee(pointer) : pointer;
  if (base.kind !== 'pointer') {
    const x = symbolOf(pointer);
    const y = symbolOf(index);
    return unknownData(type, reasonOf(base), x && y && `(${x}${sign > 0 ? '+' : '-'}${y})`);
  }
  if (index.kind !== 'integer' || size === undefined) {
    const reason =
      index.kind === 'unknown' ? index.reason : m.reason('unknown-type', { type: spellType(type) }, node);
    return base.target.kind === 'object'
      ? { ...base, target: { ...base.target, offset: undefined, reason } }
      : unknownData(type, reason);
  }
  return withMarks(
    { ...base, target: moved(base.target, index.value * BigInt(size * sign), m) },
    index.changed,
  );
}

function moved(target: Target, bytes: bigint, m: Machine): Target {
  if (target.kind === 'object') {
    return target.offset === undefined ? target : { ...target, offset: target.offset + Number(bytes) };
  }
  if (target.kind === 'function') return target;
  const value = (target.kind === 'address' ? target.value : 0n) + bytes;
  return addressTarget(BigInt.asUintN(m.size.size * 8, value));
}

/** Converts a value as assignment and casts do (C17 6.3, 6.5.4, 6.5.16.1p2). */
export function convert(m: Machine, data: Data, type: CType, node: Node): Data {
  if (data.type === type) return data;
  if (data.kind === 'aggregate') {
    if (type.kind === 'record') return { ...data, type };
    return type.kind === 'void'
      ? unknownData(type, { code: 'not-an-integer' })
      : m.unknown(type, 'not-an-integer', { type: spellType(data.type) }, node);
  }
  return mapData(data, type, (value) => convertSingle(m, value, type, node));
}

/** The scalar of `data`, for operands. */
export function scalar(m: Machine, data: Data, node: Node): Scalar {
  if (data.kind !== 'aggregate') return data;
  return m.unknown(data.type, 'not-an-integer', { type: spellType(data.type) }, node);
}

function convertSingle(m: Machine, value: Single, type: CType, node: Node): Single {
  switch (type.kind) {
    case 'integer':
      return toInteger(m, value, type, node);
    case 'pointer':
      if (value.kind === 'integer') {
        const target = addressTarget(BigInt.asUintN(m.size.size * 8, value.value));
        return withMarks({ kind: 'pointer', type, target }, value.changed);
      }
      // What a pointer points to does not depend on its type, so its symbol stays.
      return value.kind === 'unknown' ? unknownData(type, value.reason, value.symbol) : { ...value, type };
    case 'void':
      return unknownData(type, { code: 'not-an-integer', args: { type: 'void' } });
    default: {
      if (value.kind === 'unknown') return unknownData(type, value.reason);
      markEscaped(value);
      const code = type.kind === 'unknown' ? 'unknown-type' : 'not-an-integer';
      return unknownData(type, m.reason(code, { type: spellType(type) }, node));
    }
  }
}

function toInteger(m: Machine, value: Single, type: IntegerType, node: Node): Single {
  if (value.kind === 'integer') {
    if (sameInteger(value.type, type)) return value.type === type ? value : { ...value, type };
    return { ...value, type, value: convertInteger(value.value, type) };
  }
  if (value.kind === 'unknown') {
    const from = value.type.kind === 'integer' ? value.type : undefined;
    if (from && sameInteger(from, type)) return unknownData(type, value.reason, value.symbol);
    const { symbol, reason } = value;
    // Such a conversion compares with 0 (C17 6.3.1.2).
    const converted = type.name === '_Bool' ? `(${symbol}!=0)` : `(${type.name}.${type.bits ?? ''})${symbol}`;
    return unknownData(type, reason, symbol && converted);
  }
  const truth = truthOf(value);
  if (type.name === '_Bool' && truth !== undefined)
    return withMarks(integerData(type, truth ? 1n : 0n), value.changed);
  if (value.target.kind === 'null') return withMarks(integerData(type, 0n), value.changed);
  if (value.target.kind === 'address') return withMarks(integerData(type, value.target.value), value.changed);
  markEscaped(value);
  return unknownData(type, m.reason('address', { name: m.textOf(node) }, node));
}

function sameInteger(a: IntegerType, b: IntegerType): boolean {
  return a.name === b.name && a.bits === b.bits;
}

function marksOf(value: Single) {
  return value.kind === 'unknown' ? undefined : value.changed;
}
