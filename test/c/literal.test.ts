/** Integer and character constants, judged by gcc under both data models. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { integerTypes } from '../../server/src/c/types/integers';
import { readCharacter, readNumber } from '../../server/src/c/types/literal';
import type { DataModel } from '../../server/src/c/value';
import { complaintsByLine, ints, objectBytes, seed } from './gcc';

const models: readonly DataModel[] = ['LP64', 'ILP32'];

/** Type and value of each constant as gcc has them, `int 5`. */
function judge(constants: readonly string[], model: DataModel): string[] {
  const names = Object.keys(integerTypes(model)).filter(
    (name) => model === 'LP64' || !name.endsWith('int128'),
  );
  const cases = names.map((name, i) => `${name}: ${i}`).join(', ');
  const text = `int kinds[] = {${constants.map((each) => `_Generic((${each}), ${cases}, default: -1)`).join(',\n')}};
    long long values[] = {${constants.map((each) => `(long long)(${each})`).join(',\n')}};`;
  const bytes = objectBytes(text, model);
  const kinds = ints(bytes.get('kinds'));
  const values = Buffer.from(bytes.get('values') ?? []);
  return constants.map((each, i) => {
    const name = names[kinds[i] ?? -1] ?? 'no integer';
    const value = values.readBigInt64LE(8 * i);
    const unsigned = name.startsWith('unsigned') || name.endsWith('__int128');
    return `${each}: ${name} ${unsigned ? BigInt.asUintN(64, value) : value}`;
  });
}

function ours(constants: readonly string[], model: DataModel): string[] {
  return constants.map((each) => {
    const result = each.endsWith("'") ? readCharacter(each, model) : readNumber(each, model);
    return 'type' in result
      ? `${each}: ${result.type.name} ${result.value}`
      : `${each}: ${JSON.stringify(result)}`;
  });
}

const suffixes = [
  '',
  'u',
  'U',
  'l',
  'L',
  'ul',
  'lu',
  'uL',
  'LU',
  'll',
  'LL',
  'ull',
  'LLu',
  'ULL',
  'llU',
  'Ul',
];

function spellings(value: bigint): string[] {
  return [`${value}`, `0x${value.toString(16)}`, `0X${value.toString(16).toUpperCase()}`, `0${value.toString(8)}`, `0b${value.toString(2)}`]; // biome-ignore format: one list
}

const edges = [0n, 1n, 7n, 255n, ...[15n, 16n, 31n, 32n, 63n].flatMap((bit) => [(1n << bit) - 1n, 1n << bit, (1n << bit) + 1n]), (1n << 64n) - 1n]; // biome-ignore format: one list

test.each(models)('%s: integer constants of every base and suffix at the edges of the types', (model) => {
  const constants = edges.flatMap((value) =>
    spellings(value).flatMap((digits) => suffixes.map((suffix) => digits + suffix)),
  );
  expect(constants.length).toBeGreaterThan(1500);
  expect(ours(constants, model)).toEqual(judge(constants, model));
});

test.each(models)(`%s: any integer constants (ORACLE_SEED=${seed})`, (model) => {
  const constant = fc
    .tuple(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.nat(64), fc.nat(4), fc.constantFrom(...suffixes))
    .map(([value, shift, base, suffix]) => (spellings(value >> BigInt(shift))[base] ?? '0') + suffix);
  fc.assert(
    fc.property(fc.array(constant, { minLength: 100, maxLength: 400 }), (constants) => {
      expect(ours(constants, model)).toEqual(judge(constants, model));
    }),
    { numRuns: 5, seed },
  );
});

const characters = [
  'a', '0', ' ', '"', '?', '\\n', '\\t', '\\0', '\\\\', "\\'", '\\"', '\\?', '\\a', '\\b', '\\f', '\\r', '\\v', '\\e', '\\E',
  '\\1', '\\12', '\\123', '\\377', '\\x1', '\\x41', '\\xff', '\\x0000ff', '\\xfff', '\\1234', '\\18', 'ab', 'abc', 'abcd',
  'abcde', '\\377\\377', 'a\\377', '\\377a', '\\xff\\xfe\\xfd\\xfc', 'é', 'あ', '領域', '\\u00e9', '\\u3042', '\\U00003042', '😀',
  '\\q', '\\8', '\\(', '\\%', '//', '/*', '\\777', 'b\\777', '\\uffff', '\\u0024', '\\u0040', '\\u0060', '\\u00a0', '\\ud7ff', '\\ue000',
  '\\U0010ffff', '\u0080', '\ufffd', '𐀀',
]; // biome-ignore format: one list

test.each(models)('%s: character constants of every prefix', (model) => {
  const constants = ['', 'L', 'u', 'U'].flatMap((prefix) => characters.map((body) => `${prefix}'${body}'`));
  expect(ours(constants, model)).toEqual(judge(constants, model));
});

const malformed = [
  '08', '0x', '0b', '0b12', '1uu', '1lll', '1lul', '1lL', '1Ll', '0xg', '1a', '1_000', '12abc', "''", "'\\x'", '0x1.8', '1.5e', '1e+', '1.2.3', '0b1.1', '09', '1fu', '1.0u', "'\\u12'",
  '1.0f16x', '1.0f128x', '1.0dx', "'a", "L'", "'\\xg'", "'\\u0041'", "'\\u009f'", "'\\ud800'", "'\\udfff'", "'\\U00110000'",
]; // biome-ignore format: one list

test('what gcc refuses is refused, with its text', () => {
  const complaints = complaintsByLine(
    malformed.map((text, i) => `int a${i} = (int)(${text});`).join('\n'),
    'LP64',
  );
  for (const [i, text] of malformed.entries()) {
    expect([text, complaints.has(i + 1)]).toEqual([text, true]);
    const isCharacter = text.includes("'");
    const result = isCharacter ? readCharacter(text, 'LP64') : readNumber(text, 'LP64');
    expect(result).toEqual({
      code: isCharacter ? 'malformed-character' : 'malformed-number',
      args: { text },
    });
  }
});

const floating = [
  '1.', '.5', '1.5', '1e5', '1E-5f', '08.5', '09e1', '0x1p3', '0x1.8P-2L', '0x.8p1', '1.5L', '1.5F', '1.0f128', '2.5q', '1e400', '0e0', '1.dd',
  '1e10f', '1e+10F', '1e-5L', '0x1p3f', '0x1p-12f', '0x1p+12l', '12.5DF', '1.5d', '1.0F32', '1.0f32x', '1.0f64', '1.0F64x', '1.0DL',
]; // biome-ignore format: one list

test.each(models)('%s: floating constants have the type that their suffix gives', (model) => {
  // Without SSE, gcc has no `_Float16`.
  const all = model === 'LP64' ? [...floating, '1.0f16'] : floating;
  const names = all.map((each) => {
    const read = readNumber(each, model);
    return 'floating' in read ? read.floating.name : 'void';
  });
  const same = all.map((each, i) => `__builtin_types_compatible_p(__typeof__(${each}), ${names[i]})`);
  const judged = ints(objectBytes(`int same[] = { ${same.join(', ')} };`, model).get('same'));
  expect(all.filter((_, i) => judged[i] !== 1)).toEqual([]);
});

test('a number beyond 64 bits is too large, as it loses digits in gcc', () => {
  for (const text of [
    '18446744073709551616',
    '0x10000000000000000',
    '99999999999999999999u',
    `1${'0'.repeat(5000)}`,
  ])
    expect(readNumber(text, 'LP64')).toEqual({ code: 'number-too-large', args: { text } });
});
