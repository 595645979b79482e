/** How much macro replacement may make, and what is left of a use that would make more. */
import { expect, test } from 'vitest';
import { codes, texts, unit, written } from './preprocessing';

/** A macro whose use costs 99,981 and one for each of so many semicolons. */
const macro = (semicolons: number) =>
  `#define A ${'x'.repeat(16 * 9_995)}\n#define B A A A A A A A A A A ${'; '.repeat(semicolons)}\n`;
const FITS = macro(19);
const TOO_LONG = macro(20);

/** Where each problem lies, and the limit that it names. */
function limits(text: string): (string | undefined)[][] {
  const { problems } = unit(text);
  return problems.map(({ reason, place }) => [reason.code, ...written(text, [place]), reason.args?.limit]);
}

test('one use may cost 100,000 tokens', () => {
  const fitting = unit(`${FITS}B b`);
  expect([codes(fitting), fitting.tokens.length]).toEqual([[], 30]);
  expect(limits(`${TOO_LONG}B b`)).toEqual([['expansion-limit', 'B', '100000']]);
  expect(texts(unit(`${TOO_LONG}a B b B`).tokens)).toEqual(['a', 'B', 'b', 'B']);
});

test('a unit may cost a million, and names stay behind that', () => {
  const all = unit(`${FITS}${'B '.repeat(11)}A`);
  expect([codes(all), all.tokens.length]).toEqual([[], 10 * 29 + 2]);
  expect(texts(all.tokens.slice(-2))).toEqual(['B', 'A']);
  const last = `${FITS}#define E e\nE ${'B '.repeat(10)}`;
  expect(limits(last)).toEqual([['expansion-limit', 'B', '99998']]);
  expect(unit(last).tokens.length).toBe(1 + 9 * 29 + 1);
});

test('a use that another one has in its arguments counts to that', () => {
  const text = `${TOO_LONG}#define F(x) [x]\n#define S(x) #x\nF(1 + B) a F(2) S(B)`;
  expect(limits(text)).toEqual([['expansion-limit', 'F(1 + B)', '100000']]);
  expect(texts(unit(text).tokens).join(' ')).toBe('F a [ 2 ] "B"');
});

test('a directive that such a use stands in is left out, and nothing else is told of it', () => {
  const result = unit(`${TOO_LONG}#if B\na\n#elif 1\nb\n#endif\n#include B\n#line B\nc __LINE__`);
  expect(codes(result)).toEqual(['expansion-limit', 'expansion-limit', 'expansion-limit']);
  expect(texts(result.tokens)).toEqual(['b', 'c', '10']);
});

test('calls nest 200 deep in arguments', () => {
  const nested = (depth: number) => `#define F(x) x\n${'F('.repeat(depth)}1${')'.repeat(depth)} a`;
  expect([codes(unit(nested(200))), texts(unit(nested(200)).tokens)]).toEqual([[], ['1', 'a']]);
  expect(limits(nested(201))).toEqual([['nesting-limit', nested(201).slice(15, -2), '200']]);
});

test('of twenty unterminated calls the arguments are read again', () => {
  const text = (calls: number) => `#define F(x) [x]\n${'F( '.repeat(calls)}`;
  expect([20, 21, 22].map((calls) => unit(text(calls)).tokens.length)).toEqual([40, 41, 41]);
});
