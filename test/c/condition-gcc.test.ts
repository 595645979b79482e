/** `#if` expressions, judged by gcc. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { seed } from './gcc';
import { gccPreprocessText, preprocessFiles, texts } from './preprocessing';

const number = fc.oneof(
  fc.constantFrom('0', '1', '2', '3', '63', '64', '0x7fffffff', '0xffffffff', '4294967296', '9223372036854775807', '0x8000000000000000', '18446744073709551615u', '0b11', '017', '1u', '7ULL', '5L', "'a'", "'\\377'", "L'\\377'", "'ab'", "u'\\xffff'", 'name', 'true'), // biome-ignore format: one list
  fc
    .bigInt({ min: 0n, max: (1n << 64n) - 1n })
    .map((value) => `0x${value.toString(16)}${value % 3n === 0n ? 'u' : ''}`),
);
const binaryOperator = fc.constantFrom('*', '/', '%', '+', '-', '<<', '>>', '<', '>', '<=', '>=', '==', '!=', '&', '^', '|', '&&', '||', ','); // biome-ignore format: one list

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    number,
    fc
      .tuple(tie('expression'), binaryOperator, tie('expression'))
      .map(([a, operator, b]) => `${a} ${operator} ${b}`),
    fc
      .tuple(tie('expression'), binaryOperator, tie('expression'))
      .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
    fc
      .tuple(fc.constantFrom('-', '+', '~', '!'), tie('expression'))
      .map(([operator, a]) => `${operator} ${a}`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `${a} ? ${b} : ${c}`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
}));

/** Which of the conditions hold, a word each. */
function file(conditions: readonly string[]): string {
  return conditions.map((condition, i) => `#if ${condition}\nyes${i}\n#else\nno${i}\n#endif`).join('\n');
}

test(`any conditions hold where gcc says so (ORACLE_SEED=${seed})`, () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(expression, { minLength: 1, maxLength: 100, size: 'max' }), (conditions) => {
      const text = file(conditions);
      const expected = gccPreprocessText(text);
      const { tokens, problems } = preprocessFiles({ 'main.c': text });
      const refused = problems.map(({ place }) => text.slice(0, place.start).split('\n').length);
      expect(refused).toEqual([...expected.errorLines]);
      const kept = (word: string): boolean => !expected.errorLines.has(5 * indexOf(word) + 1);
      const named = (word: string): string => `${word}: ${conditions[indexOf(word)]}`;
      expect(texts(tokens).filter(kept).map(named)).toEqual(expected.texts.filter(kept).map(named));
      compared += conditions.length - refused.length;
    }),
    { numRuns: Number(process.env.PREPROCESS_RUNS ?? 150) / 5, seed },
  );
  expect(compared).toBeGreaterThan(100);
});

function indexOf(word: string): number {
  return Number(/\d+$/.exec(word)?.[0]);
}

const malformed = [
  '', '(', ')', '(1', '1)', '1 +', '* 1', '1 2', '1 ? 2', '1 : 2', '1.5', '1e3', '"a"', '1 = 1', 'a b', 'a(1)', '++1', '1++', '08', '1 +* 2', '[1]', '!', '@', '#', 'defined', 'defined(', 'defined(a', 'defined()', 'defined 1', 'defined(1)', '1 ? : 2',   '(1,)', '0x', "''", '&& 1', '__has_include', '__has_include(', '__has_include(a)', '__has_include("a.h"', '__has_attribute', '__has_attribute()', '__has_attribute(1)', '1 /* c */ 2', '99999999999999999999x', '5 sizeof', "'", '"', '{', ';', '1;',
]; // biome-ignore format: one list

test('a condition that gcc refuses is reported at its place and does not hold', () => {
  for (const condition of malformed) {
    const text = file([condition]);
    const judge = gccPreprocessText(text);
    expect([condition, judge.error !== '', judge.texts]).toEqual([condition, true, ['no0']]);
    const { tokens, problems } = preprocessFiles({ 'main.c': text });
    expect([condition, texts(tokens)]).toEqual([condition, ['no0']]);
    expect([condition, problems.length, problems[0]?.place.file]).toEqual([condition, 1, 'main.c']);
    const { start, end } = problems[0]?.place ?? { start: 0, end: 0 };
    expect([condition, text.slice(start, end)]).toEqual([condition, condition.trim() || '#if']);
  }
});

test.each([
  ['1 / 0', 'division-by-zero', { operator: '/' }],
  ['5 % (2 - 2)', 'division-by-zero', { operator: '%' }],
  ['08', 'malformed-number'],
  ['18446744073709551616', 'number-too-large'],
  ["''", 'malformed-character'],
  ['(1 + 2', 'malformed-condition', { text: '(1 + 2' }],
  ['1.5', 'malformed-condition', { text: '1.5' }],
  [`${'('.repeat(100_000)}1${')'.repeat(100_000)}`, 'nesting-limit', { limit: '500' }],
  [`${'1 ? '.repeat(10_000)}1${' : 0'.repeat(10_000)}`, 'nesting-limit'],
  [`${'1 ? 1 : '.repeat(10_000)}1`, 'nesting-limit'],
])('#if %.20s is refused for its reason', (condition, code, args = expect.anything()) => {
  const { problems, tokens } = preprocessFiles({ 'main.c': `#if ${condition}\na\n#endif\nb` });
  expect(problems.map(({ reason }) => reason)).toEqual([expect.objectContaining({ code, args })]);
  expect(texts(tokens)).toEqual(['b']);
});

test.each([
  `${'1 + '.repeat(50_000)}1 == 50001 && ${'!'.repeat(50_000)}1`,
  `${'(1) + '.repeat(600)}${'('.repeat(500)}1${')'.repeat(500)} == 601`,
])('a long chain of operators is no problem: #if %.20s', (condition) => {
  const text = `#if ${condition}\nyes\n#endif`;
  expect(texts(preprocessFiles({ 'main.c': text }).tokens)).toEqual(['yes']);
});
