import { describe, expect, it } from 'vitest';
import { convertInteger, promote, usualArithmetic } from '../../server/src/c/types/conversions';
import { integerTypes, maximum, minimum } from '../../server/src/c/types/integers';
import type { IntegerType } from '../../server/src/c/types/types';
import { complaintsByLine, objectBytes } from './gcc';
import { spelled, typedefs, typeNames, valueText } from './integer-arbitraries';

describe.each(['LP64', 'ILP32'] as const)('conversions under %s', (model) => {
  const types = typeNames(model).map((name) => integerTypes(model)[name]);
  const judge = (lines: readonly string[]): unknown =>
    [...complaintsByLine([model === 'LP64' ? typedefs : '', ...lines].join('\n'), model)].map(
      ([line, messages]) => `${lines[line - 2]}: ${messages}`,
    );

  it('give the values gcc gives, from and to each type', () => {
    const lines = types.flatMap((from) =>
      types.flatMap((to) =>
        edges(from).map((value) => {
          const converted = { type: to, value: convertInteger(value, to) };
          const source = valueText({ type: from, value });
          return `_Static_assert((${spelled(to.name)})${source} == ${valueText(converted)}, "");`;
        }),
      ),
    );
    expect(judge(lines)).toEqual([]);
  });

  it('find the common type gcc finds, for each pair', () => {
    const lines = types.flatMap((a) =>
      types.map((b) => {
        const common = spelled(usualArithmetic(a, b, model).name);
        const sum = `(${spelled(a.name)})0 + (${spelled(b.name)})0`;
        return `_Static_assert(__builtin_types_compatible_p(__typeof__(${sum}), ${common}), "");`;
      }),
    );
    expect(judge(lines)).toEqual([]);
  });

  it('promote as gcc does', () => {
    const lines = types.map((type) => {
      const promoted = spelled(promote(type, model).name);
      return `_Static_assert(__builtin_types_compatible_p(__typeof__(+(${spelled(type.name)})0), ${promoted}), "");`;
    });
    expect(judge(lines)).toEqual([]);
  });

  it('store into bit-fields of every width what gcc stores', () => {
    const fields = types
      .filter((type) => type.size <= 8)
      .flatMap((type) => (type.name === '_Bool' ? [1] : widths(type)).map((width) => ({ type, width })));
    const values = [0x5555555555555555n, -1n, -0x123456789n, 0x2n];
    const objects = fields.flatMap(({ type, width }, index) =>
      values.map(
        (value, n) =>
          `struct { ${type.name} f : ${width}; } o${index}_${n} = { 0x${BigInt.asUintN(64, value).toString(16)}ULL };`,
      ),
    );
    const bytes = objectBytes(objects.join('\n'), model);
    for (const [index, { type, width }] of fields.entries()) {
      for (const [n, value] of values.entries()) {
        const stored = convertInteger(value, { ...type, bits: width });
        const found = (bytes.get(`o${index}_${n}`) ?? []).reduceRight(
          (all, byte) => (all << 8n) | BigInt(byte),
          0n,
        );
        expect(found, `${type.name} : ${width} = ${value}`).toBe(BigInt.asUintN(width, stored));
      }
    }
  });
});

function edges(type: IntegerType): bigint[] {
  return [0n, 1n, minimum(type), minimum(type) + 1n, maximum(type), maximum(type) / 3n];
}

function widths(type: IntegerType): number[] {
  return Array.from({ length: type.size * 8 }, (_, index) => index + 1);
}
