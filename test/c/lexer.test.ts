/** Translation phases 2 and 3: places, line splices, comments, header names; the tokens themselves are judged with gcc. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasSplices, tokenize } from '../../server/src/c/preprocessor/lexer';
import { seed } from './gcc';

function lexed(text: string): string[] {
  return tokenize('f.c', text).tokens.map((token) => `${token.kind} ${token.text}`);
}

test.each<[string, string[]]>([
  ['', []],
  [' \t\n// c', []],
  ['ab\\\ncd', ['identifier abcd']],
  ['a\\  \r\nb', ['identifier ab']],
  ['1\\\n2.5e\\\n+3x', ['number 12.5e+3x']],
  ['a/**/b//\\\nc\nd', ['identifier a', 'identifier b', 'identifier d']],
  ['x+++++y', ['identifier x', 'punctuator ++', 'punctuator ++', 'punctuator +', 'identifier y']],
  ['<:%:%:%>%:', ['punctuator <:', 'punctuator %:%:', 'punctuator %>', 'punctuator %:']],
  ['a:::b', ['identifier a', 'punctuator ::', 'punctuator :', 'identifier b']],
  ['....', ['punctuator ...', 'punctuator .']],
  ['??=', ['punctuator ?', 'punctuator ?', 'punctuator =']],
  ['L"a"u8"b"U\'c\'LL"d"', ['string L"a"', 'string u8"b"', "character U'c'", 'identifier LL', 'string "d"']],
  ['"a\\"b\\\\" c', ['string "a\\"b\\\\"', 'identifier c']],
  ['"open\nnext', ['other "open', 'identifier next']],
  ["'open \\\nstill\nnext", ["other 'open still", 'identifier next']],
  ['"open\\', ['other "open\\']],
  ['領域３ = é', ['identifier 領域３', 'punctuator =', 'identifier é']],
  ['\\u9818a \\q', ['identifier 領a', 'other \\', 'identifier q']],
  ['a\u3000b\ufffd', ['identifier a', 'other \u3000', 'identifier b', 'other \ufffd']],
  ['@`\\ x', ['other @', 'other `', 'other \\', 'identifier x']],
  ['\ufeff#if', ['punctuator #', 'identifier if']],
  ['#include <a/b.h> x', ['punctuator #', 'identifier include', 'other <a/b.h>', 'identifier x']],
  ['# include "a\\b.h"', ['punctuator #', 'identifier include', 'string "a\\b.h"']],
  ['#include <a\nb>', ['punctuator #', 'identifier include', 'punctuator <', 'identifier a', 'identifier b', 'punctuator >']], // biome-ignore format: one case
  ['#if __has_include(<x.h>) < 2', ['punctuator #', 'identifier if', 'identifier __has_include', 'punctuator (', 'other <x.h>', 'punctuator )', 'punctuator <', 'number 2']], // biome-ignore format: one case
  ['include <x.h>', ['identifier include', 'punctuator <', 'identifier x', 'punctuator .', 'identifier h', 'punctuator >']], // biome-ignore format: one case
  ['a\0b\fc', ['identifier a', 'identifier b', 'identifier c']],
  ['#elif __has_include(<x.h>)', ['punctuator #', 'identifier elif', 'identifier __has_include', 'punctuator (', 'other <x.h>', 'punctuator )']], // biome-ignore format: one case
  ['#if __has_include_next <x.h>', ['punctuator #', 'identifier if', 'identifier __has_include_next', 'punctuator <', 'identifier x', 'punctuator .', 'identifier h', 'punctuator >']], // biome-ignore format: one case
  ['#define A __has_include(<x>)', ['punctuator #', 'identifier define', 'identifier A', 'identifier __has_include', 'punctuator (', 'punctuator <', 'identifier x', 'punctuator >', 'punctuator )']], // biome-ignore format: one case
  ['#include H("b") <x>', ['punctuator #', 'identifier include', 'identifier H', 'punctuator (', 'string "b"', 'punctuator )', 'punctuator <', 'identifier x', 'punctuator >']], // biome-ignore format: one case
  ['#include "b', ['punctuator #', 'identifier include', 'other "b']],
  ['# import <x> <y>', ['punctuator #', 'identifier import', 'other <x>', 'punctuator <', 'identifier y', 'punctuator >']], // biome-ignore format: one case
  ['#if <x>\n<y>', ['punctuator #', 'identifier if', 'punctuator <', 'identifier x', 'punctuator >', 'punctuator <', 'identifier y', 'punctuator >']], // biome-ignore format: one case
  ['a\\U00110000', ['identifier a', 'other \\', 'identifier U00110000']],
  ['a\\u0040 \\U00009818', ['identifier a', 'other \\', 'identifier u0040', 'identifier 領']],
  ['5é 6領+1 7\\u00e9. 8\\u0040', ['number 5é', 'number 6領', 'punctuator +', 'number 1', 'number 7\\u00e9.', 'number 8', 'other \\', 'identifier u0040']], // biome-ignore format: one case
  ['.5 .x 1e+2-3 0x1P-4 1f+2', ['number .5', 'punctuator .', 'identifier x', 'number 1e+2', 'punctuator -', 'number 3', 'number 0x1P-4', 'number 1f', 'punctuator +', 'number 2']], // biome-ignore format: one case
  ['😀𝒳', ['other 😀', 'identifier 𝒳']],
  ["'a\\'b' u8'c' u8\"d\" xL'e'", ["character 'a\\'b'", 'identifier u8', "character 'c'", 'string u8"d"', 'identifier xL', "character 'e'"]], // biome-ignore format: one case
  ['// a\rb', ['identifier b']], // biome-ignore format: one case
  ['"a\rb"', ['other "a', 'identifier b', 'other "']], // biome-ignore format: one case
  ['\'a\nb\'', ['other \'a', 'identifier b', 'other \'']], // biome-ignore format: one case
  ['#include <a\rb>', ['punctuator #', 'identifier include', 'punctuator <', 'identifier a', 'identifier b', 'punctuator >']], // biome-ignore format: one case
  ['a\vb	c', ['identifier a', 'identifier b', 'identifier c']], // biome-ignore format: one case
  ['.0 .9 ./ .:', ['number .0', 'number .9', 'punctuator .', 'punctuator /', 'punctuator .', 'punctuator :']], // biome-ignore format: one case
  ['$a_Z z9 A0', ['identifier $a_Z', 'identifier z9', 'identifier A0']], // biome-ignore format: one case
  ['9z_$.A 0x.1.2..', ['number 9z_$.A', 'number 0x.1.2..']], // biome-ignore format: one case
  ['1e+1 1E-1 1p+1 1P-1 1a+1 1+1', ['number 1e+1', 'number 1E-1', 'number 1p+1', 'number 1P-1', 'number 1a', 'punctuator +', 'number 1', 'number 1', 'punctuator +', 'number 1']], // biome-ignore format: one case
  ['/*/ a */ b /**/ c', ['identifier b', 'identifier c']], // biome-ignore format: one case
  ['a / b /= c //', ['identifier a', 'punctuator /', 'identifier b', 'punctuator /=', 'identifier c']], // biome-ignore format: one case
  ['a\ufeffb', ['identifier a', 'other \ufeff', 'identifier b']], // biome-ignore format: one case
  ['\ufeff\ufeffa', ['other \ufeff', 'identifier a']], // biome-ignore format: one case
  ['\\u007f \\u00aa \\U000000AA', ['other \\', 'identifier u007f', 'identifier ª', 'identifier ª']], // biome-ignore format: one case
  ['a\\u00aab\\U000000aac', ['identifier aªbªc']], // biome-ignore format: one case
  ['a\\u00a b', ['identifier a', 'other \\', 'identifier u00a', 'identifier b']], // biome-ignore format: one case
  ['\\U0010ffff', ['other \\', 'identifier U0010ffff']], // biome-ignore format: one case
  ['é1 aé', ['identifier é1', 'identifier aé']], // biome-ignore format: one case
  ['𝒳1 1𝒳', ['identifier 𝒳1', 'number 1𝒳']], // biome-ignore format: one case
  ['a😀b', ['identifier a', 'other 😀', 'identifier b']], // biome-ignore format: one case
  ['%:include <x.h>\n%: include <y>', ['punctuator %:', 'identifier include', 'other <x.h>', 'punctuator %:', 'identifier include', 'other <y>']], // biome-ignore format: one case
  ['#include_next <x.h>', ['punctuator #', 'identifier include_next', 'other <x.h>']], // biome-ignore format: one case
  ['#included <x>', ['punctuator #', 'identifier included', 'punctuator <', 'identifier x', 'punctuator >']], // biome-ignore format: one case
  ['#reimport <x>', ['punctuator #', 'identifier reimport', 'punctuator <', 'identifier x', 'punctuator >']], // biome-ignore format: one case
  ['#include "a"<b>', ['punctuator #', 'identifier include', 'string "a"', 'punctuator <', 'identifier b', 'punctuator >']], // biome-ignore format: one case
  ['# # include <x>', ['punctuator #', 'punctuator #', 'identifier include', 'punctuator <', 'identifier x', 'punctuator >']], // biome-ignore format: one case
  ['a # include <x>', ['identifier a', 'punctuator #', 'identifier include', 'punctuator <', 'identifier x', 'punctuator >']], // biome-ignore format: one case
  ['/**/ # /**/ include /**/ <x>', ['punctuator #', 'identifier include', 'other <x>']], // biome-ignore format: one case
  ['#/*\n*/include <x>', ['punctuator #', 'identifier include', 'other <x>']], // biome-ignore format: one case
  ['#\ninclude <x>', ['punctuator #', 'identifier include', 'punctuator <', 'identifier x', 'punctuator >']], // biome-ignore format: one case
  ['#include\n<x>', ['punctuator #', 'identifier include', 'punctuator <', 'identifier x', 'punctuator >']], // biome-ignore format: one case
  ['#if __has_include_next(<x>)', ['punctuator #', 'identifier if', 'identifier __has_include_next', 'punctuator (', 'other <x>', 'punctuator )']], // biome-ignore format: one case
  ['#if __has_include(<x>) && __has_include(<y>)', ['punctuator #', 'identifier if', 'identifier __has_include', 'punctuator (', 'other <x>', 'punctuator )', 'punctuator &&', 'identifier __has_include', 'punctuator (', 'other <y>', 'punctuator )']], // biome-ignore format: one case
  ['#if __has_include("x\\y")', ['punctuator #', 'identifier if', 'identifier __has_include', 'punctuator (', 'string "x\\y"', 'punctuator )']], // biome-ignore format: one case
  ['#ifdef __has_include(<x>)', ['punctuator #', 'identifier ifdef', 'identifier __has_include', 'punctuator (', 'punctuator <', 'identifier x', 'punctuator >', 'punctuator )']], // biome-ignore format: one case
  ['#if has_include(<x>)', ['punctuator #', 'identifier if', 'identifier has_include', 'punctuator (', 'punctuator <', 'identifier x', 'punctuator >', 'punctuator )']], // biome-ignore format: one case
  ['#if __has_include x(<y>)', ['punctuator #', 'identifier if', 'identifier __has_include', 'identifier x', 'punctuator (', 'punctuator <', 'identifier y', 'punctuator >', 'punctuator )']], // biome-ignore format: one case
  ['__has_include(<x>)', ['identifier __has_include', 'punctuator (', 'punctuator <', 'identifier x', 'punctuator >', 'punctuator )']], // biome-ignore format: one case
  ['#include <>', ['punctuator #', 'identifier include', 'other <>']], // biome-ignore format: one case
  ['L\'a\' u\'b\' U"c" u"d" Lu"e"', ['character L\'a\'', 'character u\'b\'', 'string U"c"', 'string u"d"', 'identifier Lu', 'string "e"']], // biome-ignore format: one case
  ['\'\' "" \'\\\\\' "\\\\"', ['character \'\'', 'string ""', 'character \'\\\\\'', 'string "\\\\"']], // biome-ignore format: one case
  ['"a\\', ['other "a\\']], // biome-ignore format: one case
  ['<<= << <= >>= >> >= ->-- -= - ++ += +', ['punctuator <<=', 'punctuator <<', 'punctuator <=', 'punctuator >>=', 'punctuator >>', 'punctuator >=', 'punctuator ->', 'punctuator --', 'punctuator -=', 'punctuator -', 'punctuator ++', 'punctuator +=', 'punctuator +']], // biome-ignore format: one case
  ['== = != ! && &= & || |= | *= * ^= ^ %= % ~ ? , ;', ['punctuator ==', 'punctuator =', 'punctuator !=', 'punctuator !', 'punctuator &&', 'punctuator &=', 'punctuator &', 'punctuator ||', 'punctuator |=', 'punctuator |', 'punctuator *=', 'punctuator *', 'punctuator ^=', 'punctuator ^', 'punctuator %=', 'punctuator %', 'punctuator ~', 'punctuator ?', 'punctuator ,', 'punctuator ;']], // biome-ignore format: one case
  ['## # <% :> [ ] ( ) { }', ['punctuator ##', 'punctuator #', 'punctuator <%', 'punctuator :>', 'punctuator [', 'punctuator ]', 'punctuator (', 'punctuator )', 'punctuator {', 'punctuator }']], // biome-ignore format: one case
  ['#if __has_include < __has_include(<y>)', ['punctuator #', 'identifier if', 'identifier __has_include', 'punctuator <', 'identifier __has_include', 'punctuator (', 'other <y>', 'punctuator )']], // biome-ignore format: one case
])('%j', (text, expected) => {
  expect(lexed(text)).toEqual(expected);
});

test('offsets are those of the original text, line splices or not', () => {
  const text = 'in\\\nt  x\\\n;"é\\\r\n😀" /* \\\n */ y\\\n';
  const { tokens } = tokenize('f.c', text);
  expect(tokens.map(({ text: spelled, span }) => [spelled, text.slice(span.start, span.end)])).toEqual([
    ['int', 'in\\\nt'],
    ['x', 'x'],
    [';', ';'],
    ['"é😀"', '"é\\\r\n😀"'],
    ['y', 'y'],
  ]);
});

test('white space and line starts before tokens', () => {
  const { tokens } = tokenize('f.c', 'a b/**/c\n d/* \n */e \\\n f(');
  expect(
    tokens.map((token) => `${token.startsLine ? '^' : ''}${token.spaceBefore ? '_' : ''}${token.text}`),
  ).toEqual(['^a', '_b', '_c', '^_d', '_e', '_f', '(']);
});

test.each([
  ['#a', '^#|a'],
  ['/* */#a', '^_#|a'],
  ['a//b\n#', '^a|^_#'],
  ['a\r#\r\n b', '^a|^_#|^_b'],
  ['a/*\n*/#', '^a|_#'],
  ['a\\\n#', '^a|#'],
  ['"a"b\0c', '^"a"|b|_c'],
])('so do comments, splices and ends of lines in %j', (text, expected) => {
  const { tokens } = tokenize('f.c', text);
  const told = tokens.map(
    (token) => `${token.startsLine ? '^' : ''}${token.spaceBefore ? '_' : ''}${token.text}`,
  );
  expect(told.join('|')).toBe(expected);
});

test.each([
  ['a\\\nb', true],
  ['a\\ \t\v\f\r\n', true],
  ['a\\\r', true],
  ['a\\b\n', false],
  ['a\\', false],
  ['a\nb', false],
])('a backslash ends a line of %j: %s', (text, expected) => {
  expect(hasSplices(text)).toBe(expected);
});

test('an unterminated comment is reported where it begins', () => {
  const { tokens, problems } = tokenize('f.c', 'a \\\n/* b\nc');
  expect(tokens.length).toBe(1);
  expect(problems).toEqual([
    { reason: { code: 'unterminated-comment' }, place: { file: 'f.c', start: 4, end: 6 } },
  ]);
});

/** What of a gap between tokens is neither white space nor comment. */
function withoutSpace(gap: string): string {
  return gap
    .replace(/\\[ \t\v\f]*(?:\r\n|\n|\r)/g, '')
    .replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\r\n]*/g, '')
    .replace(/[ \t\v\f\0\r\n]|^\ufeff/g, '');
}

const pieces = fc.constantFrom('a', 'L', 'u8', '1', '.5', 'e+', '"', "'", '\\', '\n', '\r\n', '\\\n', '\\ \n', ' ', '/', '*', '/*', '*/', '//', '#', 'include', '<', '>', '%:', '%', ':', '+', '=', '...', 'é', '領', '😀', '\ud800', '\\u00e9', '\0', '@', '('); // biome-ignore format: one list

describe(`any text (ORACLE_SEED=${seed})`, () => {
  const options = { numRuns: 3000, seed };
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );

  test('tokens are where they are spelled, in order, and leave only white space, comments and splices', () => {
    fc.assert(
      fc.property(text, (source) => {
        let end = 0;
        for (const token of tokenize('f.c', source).tokens) {
          expect(token.span.start).toBeGreaterThanOrEqual(end);
          expect(token.span.end).toBeGreaterThan(token.span.start);
          const written = source
            .slice(token.span.start, token.span.end)
            .replace(/\\[ \t\v\f]*(?:\r\n|\n|\r)/g, '');
          expect(token.text).toBe(
            token.kind === 'identifier'
              ? written.replace('\\u00e9', 'é').replaceAll('\\u00e9', 'é')
              : written,
          );
          expect(withoutSpace(source.slice(end, token.span.start))).toBe('');
          end = token.span.end;
        }
        expect(withoutSpace(source.slice(end))).toBe('');
      }),
      options,
    );
  });

  test('tokens joined by spaces are the same tokens', () => {
    fc.assert(
      fc.property(text, (source) => {
        const before = lexed(source).filter((token) => !token.startsWith('other '));
        const joined = before.map((token) => token.slice(token.indexOf(' ') + 1)).join(' ');
        if (!/(?:#|%:) include/.test(joined)) expect(lexed(joined)).toEqual(before);
      }),
      options,
    );
  });
});
