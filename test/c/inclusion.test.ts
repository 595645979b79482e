/** What an `#include` asks of the host, what it tells where it gets no text, and what several inclusions leave out. */
import { describe, expect, test } from 'vitest';
import { commonSpans } from '../../server/src/c/preprocessor/frame';
import { preprocess } from '../../server/src/c/preprocessor/preprocess';
import type { SourceHost } from '../../server/src/c/source';
import { expandText, preprocessFiles, texts, unit } from './preprocessing';

/** `main.c` of one text; all else is as the host says, or not there. */
function preprocessWith(text: string, host: Partial<SourceHost>) {
  const files: SourceHost = { candidates: () => [], read: (file) => (file === 'main.c' ? text : null) };
  const names = { pinned: new Map(), definitions: new Map() };
  return preprocess({ file: 'main.c', host: { ...files, ...host }, dataModel: 'LP64', ...names });
}

describe('the host', () => {
  test.each<[string, ...string[]]>([
    ['#include "a b.h"', '"a b.h" main.c'],
    ['#include <a/b.h>', '<a/b.h> main.c'],
    ['#define L <b\n#include L c . h>', '<b c . h> main.c'],
    ['#define H(x) <x.h>\n#include H(sys/a)', '<sys/a.h> main.c'],
    ['#define H(x) #x\n#include H(sys/a)', '"sys/a" main.c'],
    ['#if __has_include(<x y>) || __has_include("z")\n#endif', '<x y> main.c', '"z" main.c'],
    ['#include_next "a.h"\n#if __has_include_next("a.h")\n#endif'],
    ['#include "dir/a.h"\n#include "c.h"', '"dir/a.h" main.c', '"b.h" dir/a.h', '"c.h" main.c'],
  ])('is asked by %j for %j', (text, ...expected) => {
    const asked = new Set<string>();
    const candidates = (from: string, spelled: string, angled: boolean) => {
      asked.add(`${angled ? `<${spelled}>` : `"${spelled}"`} ${from}`);
      return [spelled];
    };
    const files: Record<string, string> = { 'main.c': text, 'dir/a.h': '#include "b.h"\n' };
    preprocessWith(text, { candidates, read: (file) => files[file] ?? null });
    expect([...asked]).toEqual(expected);
  });

  test('names the files that an include may mean, of which the first that is there counts', () => {
    const candidates = (_: string, spelled: string) => ['x', 'y', 'z'].map((folder) => `${folder}/${spelled}`); // biome-ignore format: one list
    const files: Record<string, string | undefined> = { 'y/a.h': 'a', 'z/a.h': 'b', 'y/b.h': undefined, 'z/b.h': 'c' }; // biome-ignore format: one list
    const text =
      '#include "a.h"\n#include "b.h"\n#if __has_include("b.h") || __has_include("c.h")\nd\n#endif';
    const read = (file: string) => (file === 'main.c' ? text : file in files ? files[file] : null);
    const result = preprocessWith(text, { candidates, read });
    expect(texts(result.tokens)).toEqual(['a']);
    expect([result.files, result.missing, result.problems]).toEqual([['main.c', 'y/a.h'], ['y/b.h'], []]);
  });

  test('tells why a file that is there cannot be read', () => {
    const read = () => null;
    expect(preprocessWith('', { read, errorOf: (file) => `no ${file}` }).problems).toEqual([
      {
        reason: { code: 'unreadable-file', args: { path: 'main.c', error: 'no main.c' } },
        place: { file: 'main.c', start: 0, end: 0 },
      },
    ]);
    const candidates = (_: string, spelled: string) => [`x/${spelled}`, `y/${spelled}`];
    const errorOf = (file: string) => (file === 'y/a.h' ? 'locked' : undefined);
    const { problems } = preprocessWith('#include "a.h"\n#include "b.h"\n#include <a.h>', { candidates, errorOf }); // biome-ignore format: one call
    expect(problems.map(({ reason }) => reason)).toEqual([
      { code: 'unreadable-file', args: { path: 'a.h', error: 'locked' } },
      { code: 'missing-include', args: { path: 'b.h' } },
    ]);
  });
});

describe('a standard header', () => {
  test('is known without the tree, in quotes as well, and #include_next has it', () => {
    for (const line of ['#include <limits.h>', '#include "limits.h"', '#include_next <limits.h>']) {
      const result = unit(`${line}\nCHAR_BIT`);
      expect([texts(result.tokens), result.problems]).toEqual([['8'], []]);
    }
  });

  test('leaves a name alone that is given from outside', () => {
    const { macros, tokens } = unit('#include <limits.h>\nCHAR_BIT SCHAR_MAX', { pinned: { CHAR_BIT: '9' } });
    expect(texts(tokens)).toEqual(['CHAR_BIT', '0x7f']);
    expect(macros.has('CHAR_BIT')).toBe(false);
  });

  test.each([
    [
      'LP64',
      '1L 1UL 1 1 1U ( 18446744073709551615UL ) ( - 9223372036854775807L - 1 ) ( 9223372036854775807L ) ( 18446744073709551615UL )',
      '"l" "x" "hhu" "hd" "l" "d" "l" "u" "u"',
    ],
    [
      'ILP32',
      '1LL 1ULL 1 1 1U ( 4294967295U ) ( - 9223372036854775807LL - 1 ) ( 2147483647 ) ( 4294967295U )',
      '"ll" "x" "hhu" "hd" "d" "u" "u"',
    ],
  ] as const)('has constants and formats of %s', (dataModel, constants, formats) => {
    // biome-ignore format: one table
    const stdint = 'INT64_C(1) UINT64_C(1) INT8_C(1) UINT8_C(1) UINT32_C(1) SIZE_MAX INT64_MIN INT_FAST16_MAX UINTPTR_MAX';
    expect(expandText(`#include <stdint.h>\n${stdint}`, { dataModel })).toBe(constants);
    const inttypes = 'PRIx64 SCNu8 SCNd16 PRIdPTR PRIuFAST16 PRIu32';
    expect(expandText(`#include <inttypes.h>\n${inttypes}`, { dataModel })).toBe(formats);
  });
});

test.each<[string, string, string]>([
  ['__SIZE_TYPE__', 'long unsigned int', 'unsigned int'],
  ['__WCHAR_TYPE__', 'int', 'long int'],
  ['__INT64_TYPE__', 'long int', 'long long int'],
  ['__UINT64_TYPE__', 'long unsigned int', 'long long unsigned int'],
  ['__INT_FAST16_TYPE__', 'long int', 'int'],
  ['__INTPTR_TYPE__', 'long int', 'int'],
  [
    '__UINT8_TYPE__ __UINT16_TYPE__ __UINT32_TYPE__',
    'unsigned char short unsigned int unsigned int',
    'unsigned char short unsigned int unsigned int',
  ],
  ['__LONG_MAX__ __LONG_WIDTH__', '0x7fffffffffffffffL 64', '0x7fffffffL 32'],
  ['__WCHAR_MAX__', '0x7fffffff', '0x7fffffffL'],
  ['__UINT16_MAX__ __UINT32_MAX__', '0xffff 0xffffffffU', '0xffff 0xffffffffU'],
  ['__UINT64_C(1) __INT64_C(1)', '1UL 1L', '1ULL 1LL'],
  ['__UINT8_C(1) __UINT32_C(1)', '1 1U', '1 1U'],
  ['__SIZEOF_POINTER__ __SIZEOF_LONG_DOUBLE__', '8 16', '4 12'],
  ['__x86_64__ __i386__', '1 __i386__', '__x86_64__ 1'],
])('%s depends on the data model as in gcc', (text, wide, narrow) => {
  // biome-ignore format: one table
  expect([expandText(text), expandText(text, { dataModel: 'ILP32' })]).toEqual([wide, narrow]);
});

test('a file may have a name that a string literal has to escape', () => {
  const file = 'a"\\b.c';
  const { tokens } = preprocessFiles({ [file]: '__FILE__ __BASE_FILE__' }, {}, file);
  expect(texts(tokens)).toEqual(['"a\\"\\\\b.c"', '"a\\"\\\\b.c"']);
});

test('what a name is given from outside may be the name of a header', () => {
  const files = { 'main.c': '#include HEADER\n#define H HEADER\n#include H\n', 'a.h': 'a' };
  const { tokens, problems } = preprocessFiles(files, { pinned: { HEADER: '"a.h"' } });
  expect([texts(tokens), problems]).toEqual([['a', 'a'], []]);
});

test('the command line defines macros of one line', () => {
  const definitions = { X: 'a\r\n\nb', 'F(x)': '[x]', '3': 'c', 'G(': 'd' };
  expect(expandText('X F(1) 3 G', { definitions })).toBe('a b [ 1 ] 3 G');
});

test.each<[string, string, string]>([
  ['0-10 20-30', '5-25 28-40', '5-10 20-25 28-30'],
  ['0-10', '10-20', ''],
  ['10-20', '0-10', ''],
  ['0-10', '2-3 4-5 9-12', '2-3 4-5 9-10'],
  ['0-3 4-9', '0-9', '0-3 4-9'],
  ['5-6', '0-1 2-3 4-9', '5-6'],
  ['0-10', '', ''],
])('of %s and %s, %s is what both leave out', (a, b, common) => {
  const spans = (text: string) =>
    (text.match(/\d+-\d+/g) ?? []).map((span) => {
      const [start = 0, end = 0] = span.split('-').map(Number);
      return { file: 'a.h', start, end };
    });
  expect(commonSpans(spans(a), spans(b))).toEqual(spans(common));
});
