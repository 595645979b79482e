/** Conversions between integer types (C17 6.3.1) as gcc does them. */
import type { DataModel } from '../value';
import { integerTypes, precision, unsignedOf } from './integers';
import type { IntegerType } from './types';

/**
 * Converts a mathematical value to an integer type (C17 6.3.1.2, 6.3.1.3). Where a signed type cannot hold the
 * value, gcc reduces it modulo 2^N; a type with `bits` is a bit-field's.
 */
export function convertInteger(value: bigint, to: IntegerType): bigint {
  if (to.name === '_Bool') return value === 0n ? 0n : 1n;
  return to.signed ? BigInt.asIntN(precision(to), value) : BigInt.asUintN(precision(to), value);
}

/**
 * Integer promotion (C17 6.3.1.1p2). A bit-field wider than `int` keeps its width: gcc computes with types of that
 * very width, so that a 40-bit unsigned field wraps at 2^40.
 */
export function promote(type: IntegerType, model: DataModel): IntegerType {
  const types = integerTypes(model);
  if (type.bits !== undefined) {
    if (type.bits > precision(types.int)) return type;
    const wholeUnsigned = type.bits === precision(types.int) && !type.signed;
    return wholeUnsigned ? types['unsigned int'] : types.int;
  }
  return type.rank < types.int.rank ? types.int : type;
}

/**
 * The usual arithmetic conversions of two integer types (C17 6.3.1.8): the type both operands are converted to.
 * The wider type wins, then the higher rank, then the unsigned one; for the standard types that is the same as
 * the standard's order by rank, and it is gcc's rule for bit-fields too.
 */
export function usualArithmetic(a: IntegerType, b: IntegerType, model: DataModel): IntegerType {
  const left = promote(a, model);
  const right = promote(b, model);
  const wider = precision(left) - precision(right);
  if (wider !== 0) return wider > 0 ? left : right;
  const higher = left.rank >= right.rank ? left : right;
  return left.signed && right.signed ? higher : unsignedOf(higher, model);
}
