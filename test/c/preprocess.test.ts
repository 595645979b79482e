/** What the preprocessor leaves and tells of a translation unit. The rules of expansion themselves are judged with gcc. */
import { describe, expect, test } from 'vitest';
import { tokenize } from '../../server/src/c/preprocessor/lexer';
import { expand } from '../../server/src/c/preprocessor/preprocess';
import { codes, expandText, preprocessFiles, texts, unit, written } from './preprocessing';

test.each<[string, string]>([
  ['int a = 1;', 'int a = 1 ;'],
  ['#define N 3\nN', '3'],
  ['#define F(x, y) x - y\nF(1, (2, 3))', '1 - ( 2 , 3 )'],
  ['#define START 0x20000000 + 1*2\nSTART * 2', '0x20000000 + 1 * 2 * 2'],
  ['#define R(n) mint_region##n##_start\nR(3) = 1;', 'mint_region3_start = 1 ;'],
  ['#define N 3\n#define R(n) r##n\n#define X(n) R(n)\nR(N) X(N)', 'rN r3'],
  ['#define f(x) x f\nf(1)(2)', '1 f ( 2 )'],
  ['#if 0\na\n#elif 1\nb\n#else\nc\n#endif\nd', 'b d'],
  ['a <: 1 :> <% %>', 'a [ 1 ] { }'],
  ['#include <unknown/system.h>\na', 'a'],
])('%j is %j', (text, expected) => {
  expect(expandText(text)).toBe(expected);
  expect(unit(text).problems).toEqual([]);
});

describe('places', () => {
  test('a token stands where it is spelled, in the body, the argument or the text', () => {
    const text = '#define F(x) 1 + x\nF(  ab ) c';
    const { tokens } = unit(text);
    expect(
      written(
        text,
        tokens.map(({ span }) => span),
      ),
    ).toEqual(['1', '+', 'ab', 'c']);
    expect(tokens.map(({ span }) => span.start)).toEqual([13, 15, 23, 28]);
  });

  test('what # and ## make stands where their operands stand in the body', () => {
    const text = '#define F(x, y) # x a ## y ## 3 __VA\nF(1 2, b)';
    const { tokens } = unit(text);
    expect(texts(tokens)).toEqual(['"1 2"', 'ab3', '__VA']);
    expect(
      written(
        text,
        tokens.map(({ span }) => span),
      ),
    ).toEqual(['# x', 'a ## y ## 3', '__VA']);
  });

  test('a token knows the outermost call it came out of, up to its closing parenthesis', () => {
    const text = '#define ID(x) x\n#define TWO(a) ID(a) ID(ID(b))\nx TWO(ID(1)) y';
    const { tokens } = unit(text);
    expect(texts(tokens)).toEqual(['x', '1', 'b', 'y']);
    const calls = tokens.map(({ expansion }) => expansion && [expansion.macro, ...written(text, [expansion.name, expansion.span])]); // biome-ignore format: one list
    expect(calls).toEqual([undefined, ['TWO', 'TWO', 'TWO(ID(1))'], ['TWO', 'TWO', 'TWO(ID(1))'], undefined]);
  });

  test('a call whose arguments stand behind another macro reaches to their end', () => {
    const text = '#define ID(x) x\n#define ALIAS ID\nALIAS (1) + ALIAS;';
    const { tokens, macroCalls } = unit(text);
    expect(
      written(
        text,
        tokens.flatMap(({ expansion }) => expansion?.span ?? []),
      ),
    ).toEqual(['ALIAS (1)', 'ALIAS']);
    expect(
      written(
        text,
        macroCalls.map(({ span }) => span),
      ),
    ).toEqual(['ALIAS (1)', 'ALIAS']);
  });

  test('macro calls are all uses that a file spells, also in arguments and conditions, once each', () => {
    const text = '#define N 1\n#define F(x) x x\n#define G N\n#if N\nF(N) G F (F(2))\n#endif\nF';
    const { macroCalls } = unit(text);
    const found = macroCalls.map(({ macro, span }) => `${macro}: ${written(text, [span])[0]}`);
    expect(found).toEqual(['N: N', 'F: F(N)', 'N: N', 'G: G', 'F: F (F(2))', 'F: F(2)']);
  });

  test('built-in and command-line macros stand in no file', () => {
    const { tokens, macros, definitions } = unit('#include <limits.h>\n__LP64__ CHAR_BIT X', { definitions: { X: 'a b' } }); // biome-ignore format: one line
    expect(texts(tokens)).toEqual(['1', '8', 'a', 'b']);
    for (const { span } of tokens) expect(span).toEqual({ file: '<built-in>', start: 0, end: 0 });
    for (const name of ['__LP64__', 'CHAR_BIT', 'X']) expect(macros.get(name)?.definition).toBeUndefined();
    expect(definitions).toEqual([]);
  });

  test('definitions are all #defines that were executed, once for each place', () => {
    const text =
      '#define A 1\n#undef A\n # define F( x ) x /* c */ + 1 // d\n#if 0\n#define NOT 1\n#endif\n#define A 2\n';
    const { definitions, macros } = unit(text);
    expect(definitions.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['macro A', 'macro F', 'macro A']);
    expect(
      written(
        text,
        definitions.map(({ span }) => span),
      ),
    ).toEqual(['A', 'F', 'A']);
    expect(written(text, definitions.map(({ whole }) => whole))).toEqual(['#define A 1', '# define F( x ) x /* c */ + 1', '#define A 2']); // biome-ignore format: one list
    expect(macros.get('A')?.definition).toBe(definitions[2]);
    expect(macros.get('F')?.parameters).toEqual(['x']);
    const twice = preprocessFiles({
      'main.c': '#include "a.h"\n#include "a.h"\n',
      'a.h': '#define A 1\nA\n',
    });
    expect([twice.definitions.length, twice.macroCalls.length]).toEqual([1, 1]);
  });

  test('inactive is what conditionals left out', () => {
    const text =
      '#if 0\na\n# if 1\nb\n# endif\n#else\nc\n#endif\n#ifdef X\n#endif\n#if 1\nd\n#elif 1\n/* e */ f g\n#else\nh\n#endif\n';
    expect(written(text, unit(text).inactive)).toEqual(['a\n# if 1\nb\n# endif', 'f g', 'h']);
  });

  test('an include guard does not make its file inactive; what each inclusion leaves out does', () => {
    const guarded = '#ifndef A_H\n#define A_H\na\n#if 0\nnever\n#endif\n#ifdef X\nx\n#endif\n#endif\n';
    const result = preprocessFiles({ 'main.c': '#include "a.h"\n#include "a.h"\n', 'a.h': guarded });
    expect(result.inactive.map((span) => guarded.slice(span.start, span.end))).toEqual(['never', 'x']);
  });
});

describe('pinned names', () => {
  const options = { pinned: { OSID: '2' } };

  test.each<[string, string]>([
    ['#define OSID 5\nOSID + 1', 'OSID + 1'],
    ['#undef OSID\nOSID', 'OSID'],
    ['#if OSID == 2 && defined(OSID) && defined OSID\nyes\n#endif', 'yes'],
    ['#ifndef OSID\nno\n#else\nyes\n#endif', 'yes'],
    ['#define ID(x) x\nID(OSID)', 'OSID'],
    [
      '#define CAT(a, b) a##b\n#define XCAT(a, b) CAT(a, b)\nCAT(region, OSID) XCAT(region, OSID) XCAT(OSID, u)',
      'regionOSID region2 2u',
    ],
    ['#define S(x) #x\n#define XS(x) S(x)\nS(OSID) XS(OSID) XS(a OSID-1)', '"OSID" "2" "a 2-1"'],
    ['#define NODE OSID\n#define S(x) #x\n#define XS(x) S(x)\nNODE XS(NODE) S(NODE)', 'OSID "2" "NODE"'],
    ['#define F(OSID) OSID * 2\nF(7)', '7 * 2'],
    ['#define START 0x20000000 + OSID*0x18000000\nSTART', '0x20000000 + OSID * 0x18000000'],
    ['#define CAT(a, b) a##b\nCAT(OS, ID)', 'OSID'],
    ['#define CAT(a, b) a##b\n#define XCAT(a, b) CAT(a, b)\nXCAT(, OSID) XCAT(OSID,)', 'OSID OSID'],
    ['#define SELECT_2 two\n#define CAT(a, b) a##b\n#define SELECT(n) CAT(SELECT_, n)\nSELECT(OSID)', 'two'],
  ])('%j is %j', (text, expected) => {
    expect(expandText(text, options)).toBe(expected);
    // As with -DOSID=2, but for the name in the output.
    const defined = expandText(text.replace(/#(?:define|undef) OSID.*\n/, ''), {
      definitions: { OSID: '2' },
    });
    expect(expected.replace(/(?<![\w"])OSID(?![\w"])/g, '2')).toBe(defined);
  });

  test('a definition of the name in the source is known all the same', () => {
    const { definitions, macros } = unit('#define OSID 7\n', options);
    expect(definitions.map(({ name }) => name)).toEqual(['OSID']);
    expect(macros.has('OSID')).toBe(false);
  });

  test('a value of several tokens counts as a whole in #if, and comes before a command-line definition', () => {
    const text = '#if OSID * 2 == 6\nyes\n#endif\nOSID';
    expect(expandText(text, { pinned: { OSID: '1 + 2' }, definitions: { OSID: '9' } })).toBe('yes OSID');
  });

  test('an include can depend on the name', () => {
    const text =
      '#define S(x) #x\n#define XS(x) S(x)\n#define HEADER(n) XS(node-n.h)\n#include HEADER(OSID)\n#if __has_include(HEADER(OSID))\nhas\n#endif';
    const files = { 'main.c': text, 'node-2.h': 'two\n' };
    expect(texts(preprocessFiles(files, options).tokens)).toEqual(['two', 'has']);
  });

  test('the tokens are the same for every value where no conditional, # or ## differs', () => {
    const text = '#define START(n) BASE + n * STEP\nint a = START(OSID), b = OSID ? START(1) : 0;';
    expect(unit(text, { pinned: { OSID: '0' } }).tokens).toEqual(unit(text, options).tokens);
  });
});

describe('files', () => {
  test('the files that were read and those not loaded', () => {
    const files = { 'main.c': '#include "a.h"\n#include "b.h"\n#include "c.h"\nend\n', 'a.h': '#include "c.h"\na', 'b.h': undefined, 'c.h': 'c' }; // biome-ignore format: one list
    const result = preprocessFiles(files);
    expect(texts(result.tokens)).toEqual(['c', 'a', 'c', 'end']);
    expect(result.files).toEqual(['main.c', 'a.h', 'c.h']);
    expect(result.missing).toEqual(['b.h']);
    expect(result.problems).toEqual([]);
  });

  test('a main file that is not loaded, or not there', () => {
    expect(preprocessFiles({ 'main.c': undefined })).toMatchObject({
      tokens: [],
      missing: ['main.c'],
      problems: [],
    });
    expect(codes(preprocessFiles({}))).toEqual(['missing-include']);
  });

  test('an include of the tree that is not there is reported at its name', () => {
    const text = '#include "none.h"\na\n# include "none.h" // again\n';
    const result = unit(text);
    expect(codes(result)).toEqual(['missing-include', 'missing-include']);
    expect(result.problems[0]?.reason.args).toEqual({ path: 'none.h' });
    expect(
      written(
        text,
        result.problems.map(({ place }) => place),
      ),
    ).toEqual(['"none.h"', '"none.h"']);
    expect(texts(result.tokens)).toEqual(['a']);
  });

  test('a file that includes itself is reported once and leaves what it leaves without that', () => {
    const files = {
      'main.c': '#include "a.h"\nend',
      'a.h': 'a\n#include "b.h"\n#include "b.h"\nz\n',
      'b.h': 'b\n#include "a.h"\n',
    };
    const result = preprocessFiles(files);
    expect(result.problems).toEqual([
      {
        reason: { code: 'include-cycle', args: { path: 'a.h' } },
        place: { file: 'b.h', start: 11, end: 16 },
      },
    ]);
    expect(texts(result.tokens)).toEqual(['a', 'b', 'b', 'z', 'end']);
  });

  test('a main file that includes itself', () => {
    const result = unit('a\n#include "main.c"\nb\n');
    expect([codes(result), texts(result.tokens)]).toEqual([['include-cycle'], ['a', 'b']]);
  });

  test('headers without guards that include each other in exponential number end', () => {
    const files: Record<string, string> = { 'main.c': '#include "0.h"\nend\n' };
    for (let i = 0; i < 40; i++)
      files[`${i}.h`] = `#include "${i + 1}.h"\n#include "${i + 1}.h"\nint x${i};\n`;
    files['40.h'] = 'last\n';
    const result = preprocessFiles(files);
    expect(new Set(codes(result))).toEqual(new Set(['include-depth-limit']));
    expect(result.tokens.at(-1)?.text).toBe('end');
    expect(result.problems.length).toBeLessThan(100);
  });

  test('199 nested includes are as many as gcc takes', () => {
    const files = (depth: number): Record<string, string> => {
      const all: Record<string, string> = { 'main.c': '#include "1.h"\n' };
      for (let i = 1; i < depth; i++) all[`${i}.h`] = `#include "${i + 1}.h"\n`;
      all[`${depth}.h`] = 'deep\n';
      return all;
    };
    expect(texts(preprocessFiles(files(199)).tokens)).toEqual(['deep']);
    expect(codes(preprocessFiles(files(200)))).toEqual(['include-depth-limit']);
  });

  test('a macro call does not go past its file', () => {
    const result = preprocessFiles({ 'main.c': '#define F(x) <x>\n#include "a.h"\n2) F(3)', 'a.h': 'F(1' });
    expect(codes(result)).toEqual(['unterminated-macro-call']);
    expect(texts(result.tokens).join(' ')).toBe('F ( 1 2 ) < 3 >');
  });
});

describe('problems', () => {
  test.each<[string, string, string, string]>([
    ['#error no "such" node\na', 'error-directive', '#error no "such" node', 'a'],
    ["#error don't\na", 'error-directive', "#error don't", 'a'],
    ['#nonsense x\na', 'malformed-directive', '#nonsense x', 'a'],
    ['#define\na', 'malformed-directive', '#define', 'a'],
    ['#define 3 x\na', 'malformed-directive', '#define 3 x', 'a'],
    ['#define defined\na', 'malformed-directive', '#define defined', 'a'],
    ['#define F(x\na', 'malformed-directive', '#define F(x', 'a'],
    ['#define F(x,) x\na', 'malformed-directive', '#define F(x,) x', 'a'],
    ['#define F(x, x) x\na', 'malformed-directive', '#define F(x, x) x', 'a'],
    ['#define F(..., x) x\na', 'malformed-directive', '#define F(..., x) x', 'a'],
    ['#define F(x) # y\nF(1)', 'malformed-directive', '#define F(x) # y', 'F ( 1 )'],
    ['#define F(x) ## x\na', 'malformed-directive', '#define F(x) ## x', 'a'],
    ['#define N a ##\na', 'malformed-directive', '#define N a ##', 'a'],
    ['#define F(...) __VA_OPT__(\na', 'malformed-directive', '#define F(...) __VA_OPT__(', 'a'],
    ['#define F(...) __VA_OPT__(## x)\na', 'malformed-directive', '#define F(...) __VA_OPT__(## x)', 'a'],
    ['#undef\na', 'malformed-directive', '#undef', 'a'],
    ['#undef 1\na', 'malformed-directive', '#undef 1', 'a'],
    ['#include\na', 'malformed-directive', '#include', 'a'],
    ['#include x.h\na', 'malformed-directive', '#include x.h', 'a'],
    ['#include ""\na', 'malformed-directive', '#include ""', 'a'],
    ['#include <>\na', 'malformed-directive', '#include <>', 'a'],
    ['#line x\na', 'malformed-directive', '#line x', 'a'],
    ['#line 3 L"x"\n__LINE__', 'malformed-directive', '#line 3 L"x"', '2'],
    ['_Pragma(x) a', 'malformed-directive', '_Pragma', 'a'],
    ['#ifdef\na\n#else\nb\n#endif', 'malformed-directive', '#ifdef', 'b'],
    ['#ifndef 1\na\n#else\nb\n#endif', 'malformed-directive', '#ifndef 1', 'b'],
    ['#if 1\na', 'unbalanced-conditional', 'if', 'a'],
    ['a\n#endif\nb', 'unbalanced-conditional', 'endif', 'a b'],
    ['a\n#else\nb', 'unbalanced-conditional', 'else', 'a b'],
    ['#if 0\n#else\na\n#else\nb\n#endif', 'unbalanced-conditional', 'else', 'a'],
    ['#define F(x) x\nF(1, 2) a', 'macro-argument-count', 'F(1, 2)', 'F a'],
    ['#define F(x, y) x\nF(1) a', 'macro-argument-count', 'F(1)', 'F a'],
    ['#define F() x\nF(1) a', 'macro-argument-count', 'F(1)', 'F a'],
    ['#define F(x) x\nF(1, F(2)) a', 'macro-argument-count', 'F(1, F(2))', 'F a'],
    ['#define F(x) [x]\nF(a; F(2)', 'unterminated-macro-call', 'F', 'F ( a ; [ 2 ]'],
    ['#define C(x, y) x ## y\nC(+, /) a', 'invalid-token-paste', 'C(+, /)', '+ / a'],
    ['#define C(x, y) x ## y\nC(/, /) a', 'invalid-token-paste', 'C(/, /)', '/ / a'],
    ["a 'b c\nd", 'unterminated-literal', "'b c", "a 'b c d"],
    ['a "b\nd', 'unterminated-literal', '"b', 'a "b d'],
    ['a /* b\nd', 'unterminated-comment', '/*', 'a'],
    ['#define F(x) [x]\nF(1\n#include "a.h"\n)', 'malformed-directive', '#include "a.h"', '[ 1 ]'],
  ])('%j: %s at %j', (text, code, place, left) => {
    const result = unit(text);
    expect(codes(result)).toEqual([code]);
    expect(
      written(
        text,
        result.problems.map((problem) => problem.place),
      ),
    ).toEqual([place]);
    expect(texts(result.tokens).join(' ')).toBe(left);
  });

  test.each([
    '#if 0\nit\'s\n"x\n#error\n#nonsense\n#define 3\n#include "none.h"\n#endif',
    '#warning careful',
    '#',
    '#pragma x "',
    '#ident "v"',
  ])('%j is no problem', (text) => {
    // biome-ignore format: one list
    expect(unit(text)).toMatchObject({ problems: [], tokens: [] });
  });
});

test('an expression is expanded in the state at the end of the file', () => {
  const { macros } = unit('#define A 1\n#define F(x) A + x\n#undef A\n#define A OSID\n');
  const pinned = new Map([['OSID', '2']]);
  const { tokens, problems } = expand(tokenize('', 'F(A) __LINE__').tokens, macros, pinned);
  expect([texts(tokens).join(' '), problems]).toEqual(['OSID + OSID __LINE__', []]);
  expect(expand(tokenize('', 'F(').tokens, macros, pinned).problems.map(({ reason }) => reason.code)).toEqual(['unterminated-macro-call']); // biome-ignore format: one line
});
