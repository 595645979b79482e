import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enumerationType, integerTypes, typeFromKeywords } from '../../server/src/c/types/integers';
import { sizeOf } from '../../server/src/c/types/record-layout';
import type { IntegerType } from '../../server/src/c/types/types';
import type { DataModel } from '../../server/src/c/value';
import { complaintsByLine, ints, objectBytes, seed } from './gcc';
import { spelled, typedefs, typeNames, valueIn, valueText } from './integer-arbitraries';

const models = ['LP64', 'ILP32'] as const;

describe.each(models)('types under %s', (model) => {
  it('have the size, signedness and limits of gcc', () => {
    const types = typeNames(model).map((name) => integerTypes(model)[name]);
    const lines = types.map((type) => {
      const name = spelled(type.name);
      return `_Static_assert(sizeof(${name}) == ${type.size} && ((${name})-1 < 0) == ${Number(type.signed)}, "");`;
    });
    expect(complaints(lines, model)).toEqual([]);
  });

  it('are named by the same keywords, in every order', () => {
    const cases = keywordCombinations();
    const lines = cases.map((words) => {
      const type = typeFromKeywords(words, model);
      const spelling = words.join(' ');
      if (type?.kind === 'integer')
        return `_Static_assert(__builtin_types_compatible_p(${spelling}, ${spelled(type.name)}), "");`;
      if (type?.kind !== 'floating') return `extern ${spelling} *p;`;
      const layout = `struct { char c; ${spelling} m; }`;
      return `_Static_assert(sizeof(${spelling}) == ${type.size} && _Alignof(${layout}) == ${type.alignment}, "");`;
    });
    const unlike = linesWithComplaints(lines, model, /static assertion/);
    expect([...unlike.keys()].map((index) => lines[index])).toEqual([]);
    const found = linesWithComplaints(lines, model, /two or more|both|not supported|duplicate|too long/);
    const wrong = cases.filter((words, index) => {
      const known = typeFromKeywords(words, model) !== undefined;
      return known === found.has(index);
    });
    expect(wrong.map((words) => words.join(' '))).toEqual([]);
    expect(cases.length).toBeGreaterThan(1000);
  });

  it(`enumerations take the type gcc gives them (ORACLE_SEED=${seed})`, () => {
    const enumerations = fc.array(
      fc
        .constantFrom<IntegerType>(...typeNames(model).map((name) => integerTypes(model)[name]))
        .filter((type) => type.size <= 8)
        .chain((type) => valueIn(type).map((value) => ({ type, value }))),
      { minLength: 1, maxLength: 4 },
    );
    const batch = fc.sample(enumerations, { seed, numRuns: 500 });
    const lines = batch.map((values, index) => {
      const body = values.map((each, n) => `E${index}_${n} = ${valueText(each)}`).join(', ');
      const type = enumerationType(
        values.map(({ value }) => value),
        model,
      );
      return `enum e${index} { ${body} }; _Static_assert(__builtin_types_compatible_p(enum e${index}, ${type.name}), "");`;
    });
    expect(linesWithComplaints(lines, model, /static assertion/)).toEqual(new Map());
  });
});

/** All orders of up to four type keywords, duplicates included; not gcc's one gap, `__float128 _Complex`. */
function keywordCombinations(): string[][] {
  const words = ['int', 'long', 'short', 'unsigned', '__signed__', 'char', 'double', 'float', '_Bool', '__int128', '_Complex']; // biome-ignore format: one list
  const more = [['_Float32'], ['_Float32x'], ['_Float64'], ['_Float64x'], ['_Float128'], ['__float128'], ['_Decimal32'], ['_Decimal64'], ['_Decimal128'], ['void']]; // biome-ignore format: one list
  let last: string[][] = words.map((word) => [word]);
  const all = [...last, ...more, ...more.map((each) => [...each, '_Complex'])].filter(
    (each) => each.join(' ') !== '__float128 _Complex',
  );
  for (let length = 2; length <= 4; length++) {
    last = last.flatMap((prefix) => words.map((word) => [...prefix, word]));
    all.push(...last.filter((each) => length < 4 || each.filter((word) => word === 'long').length === 2));
  }
  return all;
}

function complaints(lines: readonly string[], model: DataModel): string[] {
  const found = linesWithComplaints(lines, model, /./);
  return [...found].map(([index, messages]) => `${lines[index]}: ${messages.join('; ')}`);
}

/** gcc's complaints that match, by index of the line. */
function linesWithComplaints(
  lines: readonly string[],
  model: DataModel,
  pattern: RegExp,
): Map<number, string[]> {
  const all = complaintsByLine([model === 'LP64' ? typedefs : '', ...lines].join('\n'), model);
  const matching = [...all].map(
    ([line, messages]) => [line - 2, messages.filter((message) => pattern.test(message))] as const,
  );
  return new Map(matching.filter(([, messages]) => messages.length > 0));
}

describe('odd spellings', () => {
  it('implicit int, void and what is no type', () => {
    expect(typeFromKeywords([], 'LP64')).toBe(integerTypes('LP64').int);
    expect(typeFromKeywords(['void'], 'LP64')).toEqual({ kind: 'void' });
    expect(typeFromKeywords(['unsigned', 'double'], 'LP64')).toBeUndefined();
    expect(typeFromKeywords(['__int128'], 'ILP32')).toBeUndefined();
    expect(typeFromKeywords(['_Complex'], 'LP64')).toMatchObject({ kind: 'floating', size: 16 });
  });

  it.each(models)('long double and __float80 under %s', (model) => {
    const [long, extended] = ints(
      objectBytes('int sizes[] = {sizeof(long double), sizeof(__float80)};', model).get('sizes'),
    );
    expect(sizeOf(typeFromKeywords(['long', 'double'], model) ?? { kind: 'void' }, model)).toBe(long);
    expect(sizeOf(typeFromKeywords(['__float80'], model) ?? { kind: 'void' }, model)).toBe(extended);
  });
});
