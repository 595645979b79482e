/** What each directive leaves of a text, and what is told of one that is malformed. */
import { expect, test } from 'vitest';
import { codes, preprocessFiles, texts, unit, written } from './preprocessing';

const HEADERS = { 'a.h': 'A', 'b c.h': 'B' };

test.each<[string, string, ...string[]]>([
  ['#include', '', 'malformed-directive #include: #include'],
  ['#include x', '', 'malformed-directive #include x: #include x'],
  ['#include "a.h" tail', 'A'],
  ['#include <a.h', '', 'malformed-directive #include <a.h: #include <a.h'],
  ['#include <>', '', 'malformed-directive #include <>: #include <>'],
  ['#include ""', '', 'malformed-directive #include "": #include ""'],
  ['#define H "a.h"\n#include H', 'A'],
  ['#define H <a.h>\n#include H', ''],
  ['#define L <\n#include L a.h>', ''],
  ['#define L <b\n#include L c.h>', ''],
  ['#define E\n#include E', '', 'malformed-directive #include E: #include E'],
  ['#include L"a.h"', '', 'malformed-directive #include L"a.h": #include L"a.h"'],
  ['#define f(x) x\n#include f("a.h")', 'A'],
  [
    '#define f(x) x\n#include f("a.h"',
    '',
    'unterminated-macro-call f: f',
    'malformed-directive #include f("a.h": #include f("a.h"',
  ],
  ['#include_next "a.h"', ''],
  ['#import "a.h"\n#import "a.h"\n#include "a.h"', 'A'],
  ['#define f(x) x\nf(\n#include "a.h"\n)', '', 'malformed-directive #include "a.h": #include "a.h"'],
  ['#line', '', 'malformed-directive #line: #line'],
  ['#line 5\n__LINE__', '5'],
  ['#line 5 "x.c"\n__LINE__ __FILE__', '5 "x.c"'],
  ['#line 5x', '', 'malformed-directive #line 5x: #line 5x'],
  ['#line x', '', 'malformed-directive #line x: #line x'],
  ['#line 5 x', '', 'malformed-directive #line 5 x: #line 5 x'],
  ['#line 5 L"x"', '', 'malformed-directive #line 5 L"x": #line 5 L"x"'],
  ['# 7 "y.c" 1 3\n__LINE__ __FILE__', '7 "y.c"'],
  ['#define N 9\n#line N\n__LINE__', '9'],
  ['#line 0x5', '', 'malformed-directive #line 0x5: #line 0x5'],
  ['#error stop it', '', 'error-directive stop it: #error stop it'],
  ['#error', '', 'error-directive : #error'],
  ['#warning hm', ''],
  ['#ident "x"', ''],
  ['#sccs "x"', ''],
  ['#assert a(b)', ''],
  ['#unassert a', ''],
  ['#nonsense x', '', 'malformed-directive #nonsense x: #nonsense x'],
  ['# ', ''],
  ['#', ''],
  ['#define', '', 'malformed-directive #define: #define'],
  ['#define 5', '', 'malformed-directive #define 5: #define 5'],
  ['#define A', ''],
  ['#define A(', '', 'malformed-directive #define A(: #define A('],
  ['#define A(x', '', 'malformed-directive #define A(x: #define A(x'],
  ['#define A(x,', '', 'malformed-directive #define A(x,: #define A(x,'],
  ['#define A(x y) x', '', 'malformed-directive #define A(x y) x: #define A(x y) x'],
  ['#define A(x,x) x', '', 'malformed-directive #define A(x,x) x: #define A(x,x) x'],
  ['#define A(...) __VA_ARGS__\nA(1,2)', '1 , 2'],
  ['#define A(x...) x\nA(1,2)', '1 , 2'],
  ['#define A(x, ...) x #__VA_ARGS__\nA(1,2,3)', '1 "2,3"'],
  ['#define A(...,x) x', '', 'malformed-directive #define A(...,x) x: #define A(...,x) x'],
  ['#define A(x) #y', '', 'malformed-directive #define A(x) #y: #define A(x) #y'],
  ['#define A(x) x ##', '', 'malformed-directive #define A(x) x ##: #define A(x) x ##'],
  ['#define A ## x', '', 'malformed-directive #define A ## x: #define A ## x'],
  ['#define A x##', '', 'malformed-directive #define A x##: #define A x##'],
  ['#define A(x)##x', '', 'malformed-directive #define A(x)##x: #define A(x)##x'],
  ['#define defined 1', '', 'malformed-directive #define defined 1: #define defined 1'],
  ['#define __VA_ARGS__ 1', ''],
  ['#define A __VA_ARGS__\nA', '__VA_ARGS__'],
  ['#undef', '', 'malformed-directive #undef: #undef'],
  ['#undef 5', '', 'malformed-directive #undef 5: #undef 5'],
  ['#undef A extra', ''],
  ['#define A 1\n#undef A\nA', 'A'],
  ['#define A(x) __VA_OPT__(x)\nA(1)', '__VA_OPT__ ( 1 )'],
  ['#define A(x, ...) x __VA_OPT__(, __VA_ARGS__) end\nA(1) A(1,2)', '1 end 1 , 2 end'],
  ['#define A "x\\\\" "\\"\nA', '"x\\\\" "\\"', 'unterminated-literal "\\": "\\"'],
  ['#ifdef', '', 'malformed-directive #ifdef: #ifdef', 'unbalanced-conditional ifdef: ifdef'],
  ['#ifdef 5', '', 'malformed-directive #ifdef 5: #ifdef 5', 'unbalanced-conditional ifdef: ifdef'],
  ['#ifdef A\na\n#else\nb\n#endif', 'b'],
  ['#ifndef A\na\n#else\nb\n#endif', 'a'],
  ['#ifdef A B\n#endif', ''],
  ['#if', '', 'malformed-condition #if: #if', 'unbalanced-conditional if: if'],
  ['#if\na\n#endif', '', 'malformed-condition #if: #if'],
  ['#if 1 +\na\n#endif', '', 'malformed-condition 1 +: 1 +'],
  ['#if defined\n#endif', '', 'malformed-condition defined: defined'],
  ['#if defined(\n#endif', '', 'malformed-condition defined(: defined('],
  ['#if defined(A\n#endif', '', 'malformed-condition defined(A: defined(A'],
  ['#if defined(5)\n#endif', '', 'malformed-condition defined(5): defined(5)'],
  ['#if defined A\na\n#else\nb\n#endif', 'b'],
  ['#if defined (A) || 1\na\n#endif', 'a'],
  ['#if defined(__has_include)\na\n#endif', 'a'],
  ['#ifdef __has_builtin\na\n#endif', 'a'],
  ['#if __has_include("a.h")\na\n#endif', 'a'],
  ['#if __has_include(<a.h>)\na\n#endif', ''],
  ['#if __has_include("zz.h")\na\n#else\nb\n#endif', 'b'],
  ['#if __has_include(<stdint.h>)\na\n#endif', 'a'],
  ['#if __has_include_next("a.h")\na\n#else\nb\n#endif', 'b'],
  ['#if __has_include_next(<stdint.h>)\na\n#endif', 'a'],
  ['#if __has_include\n#endif', '', 'malformed-condition __has_include: __has_include'],
  ['#if __has_include(\n#endif', '', 'malformed-condition __has_include(: __has_include('],
  ['#if __has_include("a.h"\n#endif', '', 'malformed-condition __has_include("a.h": __has_include("a.h"'],
  ['#if __has_include(5)\n#endif', '', 'malformed-condition __has_include(5): __has_include(5)'],
  ['#define H "a.h"\n#if __has_include(H)\na\n#endif', 'a'],
  ['#if __has_attribute(packed)\na\n#endif', 'a'],
  ['#if __has_c_attribute(gnu::packed)\na\n#endif', 'a'],
  ['#if __has_c_attribute(packed)\na\n#else\nb\n#endif', 'b'],
  ['#if __has_attribute\n#endif', '', 'malformed-condition __has_attribute: __has_attribute'],
  ['#if __has_attribute(\n#endif', '', 'malformed-condition __has_attribute(: __has_attribute('],
  ['#if __has_attribute(5)\n#endif', '', 'malformed-condition __has_attribute(5): __has_attribute(5)'],
  ['#if __has_attribute(a::)\n#endif', '', 'malformed-condition __has_attribute(a::): __has_attribute(a::)'],
  [
    '#if __has_attribute(packed\n#endif',
    '',
    'malformed-condition __has_attribute(packed: __has_attribute(packed',
  ],
  [
    '#if __has_attribute(gnu::packed x)\n#endif',
    '',
    'malformed-condition __has_attribute(gnu::packed x): __has_attribute(gnu::packed x)',
  ],
  ['#elif 1', '', 'unbalanced-conditional elif: elif'],
  ['#else', '', 'unbalanced-conditional else: else'],
  ['#endif', '', 'unbalanced-conditional endif: endif'],
  ['#if 1\n#else\n#else\n#endif', '', 'unbalanced-conditional else: else'],
  ['#if 1\n#else\n#elif 1\n#endif', '', 'unbalanced-conditional elif: elif'],
  ['#if 1', '', 'unbalanced-conditional if: if'],
  ['#if 0\n#if 1\n#else\n#endif\na\n#elif 1\nb\n#endif', 'b'],
  ['#if 0\n#elifdef A\na\n#elifndef A\nb\n#endif', 'b'],
  ['#if 1 extra\n#endif', '', 'malformed-condition 1 extra: 1 extra'],
  ['#if 1\n#endif extra\nx', 'x'],
  ['#if (1\n#endif', '', 'malformed-condition (1: (1'],
  ['#if 1/0\n#endif', '', 'division-by-zero /: 1/0'],
  ['#if "s"\n#endif', '', 'malformed-condition "s": "s"'],
  ['#if A\n#else\nb\n#endif', 'b'],
  ['#if A(\n#endif', '', 'malformed-condition A(: A('],
  ['#define f(x) x\n#if f(1)\na\n#endif', 'a'],
  ['#define f(x) x\n#if f(1\n#endif', '', 'unterminated-macro-call f: f', 'malformed-condition f(1: f(1'],
  [
    '#define A 1\n#pragma push_macro("A")\n#undef A\n#define A 2\nA\n#pragma pop_macro("A")\nA\n#pragma pop_macro("A")\nA',
    '2 1 1',
  ],
  ['#pragma push_macro("A")\n#define A 2\nA\n#pragma pop_macro("A")\nA', '2 A'],
  ['#define A 1\n_Pragma("push_macro(\\"A\\")") \n#undef A\nA _Pragma("pop_macro(\\"A\\")") A', 'A 1'],
  ['#pragma push_macro(A)\n#pragma push_macro "A"\nx', 'x'],
  ['_Pragma(L"once") x', 'x'],
  ['_Pragma("pack(1)") struct s {', 'struct s __attribute__ ( ( __pack_1__ ) ) {'],
  ['_Pragma x', '_Pragma x'],
  ['_Pragma(', '', 'malformed-directive _Pragma: _Pragma'],
  ['_Pragma()', '', 'malformed-directive _Pragma: _Pragma'],
  ['_Pragma("x" y', 'y'],
  ['#pragma once\nx', 'x'],
  [
    '#pragma pack(1)\nstruct s { union { int x; } y; }; struct __attribute__((x)) z { }; struct s a = { 1 };enum e { A }; int f(struct s *p) {',
    'struct s __attribute__ ( ( __pack_1__ ) ) { union __attribute__ ( ( __pack_1__ ) ) { int x ; } y ; } ; struct __attribute__ ( ( x ) ) z __attribute__ ( ( __pack_1__ ) ) { } ; struct s a = { 1 } ; enum e { A } ; int f ( struct s * p ) {',
  ],
  ['#pragma pack\nx', 'x'],
  ['#include "a.h', '', 'malformed-directive #include "a.h: #include "a.h'],
  ['#pragma pop_macro("A")\n#define A 1\n#pragma pop_macro("A")\nA', '1'],
  ['#define A 1\n#pragma push_macro "x" "A"\n#undef A\n#pragma pop_macro("A")\nA', 'A'],
  ['#define A 1\n#pragma push_macro(xAx)\n#undef A\n#pragma pop_macro("A")\nA', 'A'],
  ['#define A 1\n_Pragma(L"push_macro(\\"A\\")")\n#undef A\n_Pragma("pop_macro(\\"A\\")") A', '1'],
  ['#define A(1) x', '', 'malformed-directive #define A(1) x: #define A(1) x'],
  ['#define A(x,+) x', '', 'malformed-directive #define A(x,+) x: #define A(x,+) x'],
  ['#define A(x...,) x', '', 'malformed-directive #define A(x...,) x: #define A(x...,) x'],
  ['#define A(x) x #', '', 'malformed-directive #define A(x) x #: #define A(x) x #'],
  ['#define A(x, ...) #y', '', 'malformed-directive #define A(x, ...) #y: #define A(x, ...) #y'],
  ['#define A(x) #__VA_OPT__(x)', '', 'malformed-directive #define A(x) #__VA_OPT__(x): #define A(x) #__VA_OPT__(x)'], // biome-ignore format: one row
  ['#define A(...) __VA_OPT__(x ##)', '', 'malformed-directive #define A(...) __VA_OPT__(x ##): #define A(...) __VA_OPT__(x ##)'], // biome-ignore format: one row
  ['#define A(...) __VA_OPT__(a __VA_OPT__(b))', '', 'malformed-directive #define A(...) __VA_OPT__(a __VA_OPT__(b)): #define A(...) __VA_OPT__(a __VA_OPT__(b))'], // biome-ignore format: one row
  ['#define A(...) (__VA_OPT__((a)(b)) c)\nA() A(1)', '( c ) ( ( a ) ( b ) c )'],
  ['#define A(x, y) x %:%: y %:x\nA(a, b)', 'ab "a"'],
  ['#if 0\n#xelse\n#elsewhere\n#xif\n#iffy\na\n#endifx\n#else\nb\n#endif', 'b'],
  ['#if 0\n#\nif\n#ifdef A\n#else\n#endif\n#ifndef A\n#else\n#endif\na\n#else\nb\n#endif', 'b'],
  ['#if __has_c_attribute(deprecated) == 201904 && __has_c_attribute(gnu::deprecated) == 1\na\n#endif', 'a'],
  ['#if __has_c_attribute(x::packed) || __has_attribute(x::packed)\na\n#else\nb\n#endif', 'b'],
  ['#if __has_attribute(__packed__) && __has_c_attribute(__gnu__::__packed__)\na\n#endif', 'a'],
  ['#if __has_attribute(gnu, packed)\n#endif', '', 'malformed-condition __has_attribute(gnu, packed): __has_attribute(gnu, packed)'], // biome-ignore format: one row
  ['#pragma pack(2)\nstruct s {', 'struct s __attribute__ ( ( __pack_2__ ) ) {'],
  ['#pragma pack(16)\nunion {', 'union __attribute__ ( ( __pack_16__ ) ) {'],
  ['#pragma pack(2)\n#pragma pack()\nstruct s {', 'struct s {'],
  ['#pragma pack(2)\n#pragma pack(0)\nstruct s {', 'struct s {'],
  [
    '#pragma pack(2)\n#pragma pack(3)\n#pragma pack(pop)\nstruct s {',
    'struct s __attribute__ ( ( __pack_2__ ) ) {',
  ],
  ['#pragma pack(2)\n#pragma pack(push)\nstruct s {', 'struct s __attribute__ ( ( __pack_2__ ) ) {'],
  ['#pragma pack(push, 4)\n#pragma pack(pop)\nstruct s {', 'struct s {'],
  [
    '#pragma pack(push, a, 4)\n#pragma pack(push, b, 2)\n#pragma pack(push, 1)\n#pragma pack(pop, b)\nstruct s {',
    'struct s __attribute__ ( ( __pack_4__ ) ) {',
  ],
  ['#pragma pack(push, 2)\n#pragma pack(push, a, 1)\n#pragma pack(pop, z)\nstruct s {', 'struct s __attribute__ ( ( __pack_2__ ) ) {'], // biome-ignore format: one row
  ['#define TAG s\n#pragma pack(1)\nstruct TAG; mystruct {', 'struct s ; mystruct {'],
  ['__COUNTER__ __COUNTER__', '0 1'],
  ['__INCLUDE_LEVEL__ __BASE_FILE__', '0 "main.c"'],
  ['__DATE__ __TIME__ __TIMESTAMP__', '"??? ?? ????" "??:??:??" "??? ??? ?? ??:??:?? ????"'],
  ['__FILE__', '"main.c"'],
  ['__LINE__\n\n__LINE__', '1 3'],
  ['__STDC_VERSION__', '201710L'],
  ['#define __LINE__ 5\n__LINE__', '5'],
  ['#undef __FILE__\n__FILE__', '__FILE__'],
  ['a \\u00e9 b', 'a é b'],
  ['\\u0041x', '\\ u0041x'],
  ['$a', '$a'],
  ['a@b', 'a @ b'],
  ['`', '`'],
  ['5\\u00e9', '5\\u00e9'],
  ['0x1p+3 1e-5 1.e+ 5..3', '0x1p+3 1e-5 1.e+ 5..3'],
  ['/* x', '', 'unterminated-comment: /*'],
  ['"abc', '"abc', 'unterminated-literal "abc: "abc'],
  ["'a", "'a", "unterminated-literal 'a: 'a"],
  ['L\'a\' u8"x" U"y" u8\'z\'', 'L\'a\' u8"x" U"y" u8 \'z\''],
  ['a\\\nb', 'ab'],
  ['a\\ \nb', 'ab'],
  ['x%:y', 'x # y'],
  ['%:define A 5\nA', '5'],
  ['a//b\\\nc\nd', 'a d'],
  ['#if 0\n"\n\'\n/* */\n#endif\nx', 'x'],
  ['aあb', 'aあb'],
  ['あ', 'あ'],
  ['\\U0001F600', '\\ U0001F600'],
  ['x\\', 'x \\'],
])('%j', (text, tokens, ...problems) => {
  const preprocessed = preprocessFiles({ 'main.c': text, ...HEADERS });
  expect(texts(preprocessed.tokens).join(' ')).toBe(tokens);
  expect(
    preprocessed.problems.map(({ reason, place }) => {
      const told = [reason.code, ...Object.values(reason.args ?? {})].join(' ');
      return `${told}: ${written(text, [place])[0]}`;
    }),
  ).toEqual(problems);
});

test('a pinned name is defined, whatever the text says, and stands for its value as a whole', () => {
  const pinned = { OSID: '1 + 1' };
  const on = (condition: string) => texts(unit(`#define OSID 5\n#undef OSID\n#if ${condition}\nyes\n#endif`, { pinned }).tokens).length > 0; // biome-ignore format: one condition
  expect(['OSID * 2 == 4', 'OSID == 2', 'defined OSID', 'defined(OSID)', 'OSID == 5', '!OSID'].map(on)).toEqual([true, true, true, true, false, false]); // biome-ignore format: one list
  expect(texts(unit('#ifdef OSID\nyes\n#endif\n#ifndef OSID\nno\n#endif\nOSID', { pinned }).tokens)).toEqual(['yes', 'OSID']); // biome-ignore format: one list
});

test('problems are told once each, and no more than some', () => {
  const many = Array.from({ length: 3000 }, (_, i) => `#nonsense ${i}`).join('\n');
  const { length } = unit(many).problems;
  expect(length).toBeGreaterThan(10);
  expect(length).toBeLessThan(3000);
  const twice = '#define f(x) x\n#if f(\n#endif\n';
  expect(codes(unit(twice))).toEqual(['unterminated-macro-call', 'malformed-condition']);
});

test('a long directive is told of by its beginning', () => {
  const [problem] = unit(`#nonsense ${'x'.repeat(500)}`).problems;
  expect(problem?.reason.args?.text).toHaveLength(200);
  const [condition] = unit(`#if (${'x'.repeat(500)}\n#endif`).problems;
  expect(condition?.reason.args?.text?.length).toBeLessThanOrEqual(200);
});

test('files that are not loaded are asked for; those that cannot be read say why', () => {
  const absent = preprocessFiles({
    'main.c': '#include "b.h"\n#if __has_include("b.h")\nyes\n#endif\n',
    'b.h': undefined,
  });
  expect(absent.missing).toEqual(['b.h']);
  expect(absent.problems).toEqual([]);
  expect(texts(absent.tokens)).toEqual([]);
  expect(preprocessFiles({ 'main.c': undefined }).missing).toEqual(['main.c']);
  expect(preprocessFiles({}).problems).toEqual([
    {
      reason: { code: 'missing-include', args: { path: 'main.c' } },
      place: { file: 'main.c', start: 0, end: 0 },
    },
  ]);
});
