/** Random integers of random types, edges preferred, and how to spell them as C constants. */
import fc from 'fast-check';
import { type IntegerName, integerTypes, maximum, minimum } from '../../server/src/c/types/integers';
import type { Integer } from '../../server/src/c/types/operators';
import type { IntegerType } from '../../server/src/c/types/types';
import type { DataModel } from '../../server/src/c/value';

/** The integer types gcc has under the model. */
export function typeNames(model: DataModel): IntegerName[] {
  const names = Object.keys(integerTypes(model)) as IntegerName[];
  return names.filter((name) => model === 'LP64' || !name.includes('128'));
}

export function integerOf(model: DataModel): fc.Arbitrary<Integer> {
  return fc.constantFrom(...typeNames(model)).chain((name) => {
    const type = integerTypes(model)[name];
    return valueIn(type).map((value) => ({ type, value }));
  });
}

export function valueIn(type: IntegerType): fc.Arbitrary<bigint> {
  const least = minimum(type);
  const most = maximum(type);
  const clamp = (value: bigint): bigint => (value < least ? least : value > most ? most : value);
  return fc.oneof(
    { weight: 5, arbitrary: fc.bigInt(-3n, 40n).map(clamp) },
    { weight: 1, arbitrary: fc.constantFrom(least, most, clamp(most - 1n)) },
    { weight: 2, arbitrary: fc.bigInt(least, most) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.bigInt(0n, BigInt(type.size * 8)), fc.bigInt(-1n, 1n))
        .map(([bit, off]) => clamp((1n << bit) + off)),
    },
  );
}

/** Standard C has no `__int128`; as typedef names gcc takes it also when it is asked to be pedantic. */
export const typedefs =
  '__extension__ typedef __int128 int128; __extension__ typedef unsigned __int128 uint128;';

export function spelled(type: string): string {
  return type.replace('unsigned __int128', 'uint128').replace('__int128', 'int128');
}

/** A constant expression of exactly this type and value. */
export function valueText({ type, value }: Integer): string {
  const bits = BigInt.asUintN(128, value);
  const low = `0x${(bits & 0xffffffffffffffffn).toString(16)}ULL`;
  if (type.size <= 8) return `((${type.name})${low})`;
  const high = `0x${(bits >> 64n).toString(16)}ULL`;
  return `((${spelled(type.name)})((uint128)${high} << 64 | ${low}))`;
}
