/** Where nodes stand in the source, through macro calls. */
import { describe, expect, it } from 'vitest';
import type { Node } from '../../server/src/c/ir';
import {
  callOf,
  commonLevels,
  outerSpan,
  placeOnLevel,
  placesOf,
  sourceSpan,
  usesOf,
  wholeUses,
} from '../../server/src/c/run/spans';
import type { Token } from '../../server/src/c/token';
import { preprocessFiles, unit } from './preprocessing';

const TEXT = `#define B 1
#define SUM(x, y) (x) + y
#define TWICE(x) SUM(x, B)
a = TWICE(3 * c) /* all */ + SUM(d, \\
 e) - B B + f // more
 / g
#if 1
 - h
#endif
;`;
const { tokens } = unit(TEXT);
const read = () => TEXT;

/** The tokens that are spelled so. */
function nodeOf(words: string, all: readonly Token[] = tokens): Node {
  const spelled = words.split(' ');
  const first = all.findIndex((_, at) => spelled.every((word, i) => all[at + i]?.text === word));
  expect(first).toBeGreaterThanOrEqual(0);
  return { first, last: first + spelled.length - 1 };
}

const textAt = (span: { start: number; end: number } | undefined): string | undefined =>
  span && TEXT.slice(span.start, span.end);

describe('a token comes out of macro uses', () => {
  it.each([
    ['a', ''],
    ['3', 'TWICE SUM'],
    ['1', 'TWICE SUM B'],
    ['d', 'SUM'],
    ['1 1', 'B'],
  ])('%s', (words, macros) => {
    const { first } = nodeOf(words);
    expect(usesOf(tokens[first]).map(({ macro }) => macro)).toEqual(macros.split(' ').filter(Boolean));
  });

  it('none where there is no token', () => {
    expect(usesOf(undefined)).toEqual([]);
  });

  it('of which the outermost 32 count', () => {
    const chain = Array.from({ length: 40 }, (_, i) => `#define M${i} M${i + 1}\n`).join('');
    const [only] = unit(`${chain}M0`).tokens;
    const uses = usesOf(only);
    expect([uses.length, uses.at(0)?.macro, uses.at(-1)?.macro]).toEqual([32, 'M0', 'M31']);
  });
});

/** Words of a node; where it is seen, where it stands in one piece from the outermost level on, and its macro uses. */
const NODES: readonly (readonly [string, string, readonly string[], string])[] = [
  ['a', 'a', ['a'], ''],
  ['a =', 'a =', ['a ='], ''],
  ['a = (', 'a = TWICE(3 * c)', [], ''],
  ['a = ( 3 * c ) + 1', 'a = TWICE(3 * c)', ['a = TWICE(3 * c)'], ''],
  ['( 3 * c ) + 1', 'TWICE(3 * c)', ['TWICE(3 * c)', 'SUM(x, B)'], 'TWICE SUM'],
  ['( 3 * c ) + 1 +', 'TWICE(3 * c) /* all */ +', ['TWICE(3 * c) /* all */ +'], ''],
  ['( 3 * c )', 'TWICE(3 * c)', [], ''],
  ['3 * c', 'TWICE(3 * c)', ['3 * c'], ''],
  ['c', 'TWICE(3 * c)', ['c'], ''],
  [') +', 'TWICE(3 * c)', [') +'], ''],
  ['+ 1', 'TWICE(3 * c)', [], ''],
  ['1', 'TWICE(3 * c)', ['B', '1'], 'B'],
  ['1 +', 'TWICE(3 * c) /* all */ +', [], ''],
  ['+ ( d ) + e', '+ SUM(d, \\\n e)', ['+ SUM(d, \\\n e)'], ''],
  ['( d )', 'SUM(d, \\\n e)', [], ''],
  ['( d ) + e', 'SUM(d, \\\n e)', ['SUM(d, \\\n e)'], 'SUM'],
  ['( d ) + e - 1', 'SUM(d, \\\n e) - B', ['SUM(d, \\\n e) - B'], ''],
  ['- 1 1', '- B B', ['- B B'], ''],
  ['1 1', 'B B', ['B B'], ''],
  ['1 + f', 'B + f', ['B + f'], ''],
  ['f / g', 'f // more\n / g', ['f // more\n / g'], ''],
  ['g - h', 'g\n#if 1\n - h', [], ''],
];

describe('a node', () => {
  it.each(NODES)('%s', (words, seen, places, uses) => {
    const node = nodeOf(words);
    const chunk = { tokens };
    expect(textAt(outerSpan(chunk, node.first, node.last))).toBe(seen);
    expect(placesOf(chunk, node, read).map(textAt)).toEqual(places);
    expect(wholeUses(chunk, node).map(({ macro }) => macro)).toEqual(uses.split(' ').filter(Boolean));
  });

  it.each([
    ['( 3 * c ) + 1', 'TWICE(3 * c)'],
    ['3 * c', undefined],
    ['a = (', undefined],
    ['a', 'a'],
  ])('stands in the source itself: %s', (words, place) => {
    expect(textAt(sourceSpan({ tokens }, nodeOf(words), read))).toBe(place);
  });

  it.each([
    ['a', 0],
    ['a = (', 0],
    ['3 * c', 2],
    ['+ 1', 2],
    ['1', 3],
    ['1 +', 0],
    ['1 1', 0],
    ['( d )', 1],
  ])('has macro uses in common: %s', (words, levels) => {
    expect(commonLevels({ tokens }, nodeOf(words))).toBe(levels);
  });

  it.each([
    ['3 * c', 'TWICE'],
    ['+ 1', 'TWICE'],
    ['1 +', undefined],
    ['( d ) + e -', undefined],
    ['a =', undefined],
    ['1 1', undefined],
  ])('comes out of one call: %s', (words, macro) => {
    expect(callOf({ tokens }, nodeOf(words))?.macro).toBe(macro);
  });

  it('stands nowhere behind the last token', () => {
    const beyond = { first: tokens.length, last: tokens.length };
    expect(placeOnLevel({ tokens }, beyond, 0, read)).toBeUndefined();
    expect(placeOnLevel({ tokens }, { first: 0, last: tokens.length }, 0, read)).toBeUndefined();
    expect(wholeUses({ tokens }, beyond)).toEqual([]);
    expect(wholeUses({ tokens }, { first: 0, last: tokens.length })).toEqual([]);
    expect(callOf({ tokens }, beyond)).toBeUndefined();
    expect(textAt(outerSpan({ tokens }, beyond.first, beyond.last))).toBe(';');
    expect(outerSpan({ tokens: [] }, 0, 0)).toEqual({ file: '', start: 0, end: 0 });
  });
});

describe('a node of two files', () => {
  const files = { 'main.c': 'a +\n#include "b.h"\n+ c', 'b.h': 'b ' };
  const all = preprocessFiles(files).tokens;

  it('is seen where it begins, and stands nowhere in one piece', () => {
    const node = nodeOf('a + b', all);
    expect(outerSpan({ tokens: all }, node.first, node.last)).toEqual({ file: 'main.c', start: 0, end: 1 });
    expect(placesOf({ tokens: all }, node, () => undefined)).toEqual([]);
  });

  it('is seen in one piece where it begins and ends in the same file', () => {
    const node = nodeOf('a + b + c', all);
    expect(outerSpan({ tokens: all }, node.first, node.last)).toMatchObject({ start: 0, end: 22 });
    expect(placesOf({ tokens: all }, node, () => files['main.c'])).toEqual([]);
  });
});

it('what stands in an argument twice is seen where it begins', () => {
  const text = '#define TURN(x, y) y x\n#define ID(x) x\nTURN(a, b) ID(c)d';
  const turned = unit(text).tokens;
  const node = nodeOf('b a', turned);
  expect(outerSpan({ tokens: turned }, node.first, node.last)).toMatchObject({ start: 39, end: 49 });
  expect(placeOnLevel({ tokens: turned }, node, 1, () => text)).toBeUndefined();
});

describe('text that cannot be read', () => {
  it('is in one piece where nothing is in between', () => {
    const joined = unit('a+b c').tokens;
    const whole = (words: string) =>
      placesOf({ tokens: joined }, nodeOf(words, joined), () => undefined).length;
    expect([whole('a + b'), whole('b c')]).toEqual([1, 0]);
  });
});
