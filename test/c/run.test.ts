/** Which functions a program is run from, in which state, and what code that cannot be read changes. */
import { describe, expect, it } from 'vitest';
import { createEngine, prepare } from '../../server/src/c/evaluate';
import { parser } from './c-parser';
import { evaluateText, FILE, valueText } from './evaluate-text';

const isMint = (name: string): boolean => name.startsWith('mint_');

function held(text: string, files: Record<string, string> = {}): Record<string, string> {
  const { watched } = evaluateText(text, isMint, { files });
  return Object.fromEntries([...watched].map(([name, { value }]) => [name, valueText(value)]));
}

describe('run from are', () => {
  const A = 'int mint_a;';

  it.each([
    [
      'functions that no other one mentions',
      `${A} void g(void) { mint_a = 1; } void f(void) { g(); mint_a++; }`,
      '0x2',
    ],
    ['those mentioned by themselves alone', `${A} void f(int n) { mint_a = 1; if (0) f(n - 1); }`, '0x1'],
    [
      'all, where each is mentioned',
      `${A} void f(void); void g(void) { mint_a = 1; f(); } void f(void) { if (0) g(); mint_a = 2; }`,
      '0x2',
    ],
    ['internal ones, where there are no others', `${A} static void f(void) { mint_a = 3; }`, '0x3'],
    [
      'none that is internal beside others',
      `${A} static void f(void) { mint_a = 3; } void g(void) { }`,
      '0x0',
    ],
    [
      'none that is taken the address of',
      `${A} void f(void) { mint_a = 3; } void (*p)(void) = f; void g(void) { (void)f; }`,
      '0x0',
    ],
  ])('%s', (_, text, value) => {
    expect(held(text)).toEqual({ mint_a: value });
  });

  it('not those of headers, nor of other files', () => {
    const files = {
      'a.h': 'int mint_a; static inline void unused(void) { mint_a = 4; }\n',
      'b.c': '#include "a.h"\nvoid other(void) { mint_a = 5; }\n',
    };
    expect(held('#include "a.h"\nint main(void) { return mint_a; }', files)).toEqual({
      mint_a: '0x0 unless changed at b.c:1',
    });
    expect(held('#include "a.h"\nint main(void) { unused(); }', files)).toEqual({ mint_a: '0x4' });
  });

  it('macros that expand to a function of the file itself', () => {
    const files = { 'a.h': '#define SETUP(n) void n(void) { mint_a = 6; }\nint mint_a;\n' };
    expect(held('#include "a.h"\nSETUP(set_up)', files)).toEqual({ mint_a: '0x6' });
  });
});

describe('before a root is run', () => {
  it.each([
    [
      'another function may have changed an object',
      'static int x = 1; int mint_a; void g(void) { x = 2; } void f(void) { mint_a = x; }',
      '0x1 unless changed at main.c:1',
    ],
    [
      'not a constant one',
      'static const int x = 1; int mint_a; void g(void) { *(int *)&x = 2; } void f(void) { mint_a = x; }',
      '0x1',
    ],
    [
      'not one that it leads to',
      'static int x = 1; int mint_a; static void g(void) { x = 2; } void f(void) { mint_a = x; g(); }',
      '0x1',
    ],
  ])('%s', (_, text, value) => {
    expect(held(text).mint_a).toBe(value);
  });

  it('code of other files may have, where it knows the object', () => {
    const files = { 'b.c': 'extern int x; void other(void) { x = 2; }\n' };
    expect(held('int x = 1, mint_a; void f(void) { mint_a = x; }', files).mint_a).toBe(
      '0x1 unless changed at b.c:1',
    );
    expect(held('static int x = 1; int mint_a; void f(void) { mint_a = x; }', files).mint_a).toBe('0x1');
  });
});

describe('code that cannot be read', () => {
  it.each([
    ['mint_a = ;', 'syntax-error'],
    ['mint_a[1].x += = 5;', 'syntax-error'],
    ['mint_a++ = = 2;', 'syntax-error'],
    ['int = ++mint_a;', 'syntax-error'],
    ['int = --mint_a;', 'syntax-error'],
    ['mint_a << = 1;', '0x7'],
    ['mint_a <<= = 1;', 'syntax-error'],
    ['s.mint_a = = 1;', '0x7'],
    ['p->mint_a = = 1;', '0x7'],
    ['mint_a == = 1;', '0x7'],
    ['other = = mint_a;', '0x7'],
    ['f = = 1; nowhere = = 2;', '0x7'],
    ['return; mint_a = = 1;', '0x7'],
    ['(mint_a) = = 1;', '0x7'],
  ])('changes what it seems to assign: %s', (statement, value) => {
    const text = `int mint_a = 7, other; struct { int mint_a; } s, *p = &s; void f(void) { ${statement} }`;
    expect(held(text).mint_a).toBe(value);
  });
});

describe('the values that an expression had', () => {
  const had = (statements: string, marked: string) => {
    const text = `struct s { int x; } s; int away(int); int x; void f(int n) { ${statements} }`;
    const found = evaluateText(text).expressionsAt(FILE, text.indexOf(marked));
    return valueText(found.find((each) => each.text.startsWith(marked))?.value);
  };

  it('are told each once, in order', () => {
    expect(had('for (int i = 0; i < 3; i++) x = i & 1;', 'i & 1')).toBe('0x0 if  | 0x1 if ');
    expect(had('for (int i = 0; i < 2; i++) x = i ? 5 : away(1);', 'i ? 5')).toBe(
      'unknown-call if  | 0x5 if ',
    );
    expect(had('for (int i = 0; i < 2; i++) x = (n ? 3 : 4);', '(n ?')).toBe('0x3 if n | 0x4 if not n');
    expect(had('for (int i = 0; i < 3; i++) x = (n ? i : 4);', '(n ?')).toBe(
      '0x0 if  | 0x4 if  | 0x1 if  | 0x2 if ',
    );
    expect(had('for (int i = 0; i < 3; i++) x = away(i);', 'away(i)')).toBe('unknown-call');
    expect(had('for (int i = 0; i < 3; i++) x = i == 1 ? away(i) : s;', 'i == 1 ?')).toBe(
      'not-an-integer if  | unknown-call if ',
    );
    expect(had('for (int i = 0; i < 2; i++) s = s;', 's = s')).toBe('not-an-integer');
  });

  it('are the last one where they are too many', () => {
    const sixteen = had('for (int i = 0; i < 16; i++) x = i + 1;', 'i + 1');
    expect(sixteen.split(' | ')).toHaveLength(16);
    expect(had('for (int i = 0; i < 17; i++) x = i + 1;', 'i + 1')).toBe('0x11');
    expect(had('for (int i = 0; i < 30; i++) x = i % 2 ? 0 : i;', 'i % 2')).toBe('0x0 if  | 0x1 if ');
  });
});

describe('a program that is not run yet', () => {
  const prepared = (
    text: string,
    files: Readonly<Record<string, string | undefined>>,
    others: readonly string[],
  ) =>
    prepare(
      {
        file: FILE,
        others,
        host: {
          candidates: (_, spelled) => (spelled in files ? [spelled] : []),
          read: (file) => (file === FILE ? text : file in files ? files[file] : null),
        },
        dataModel: 'LP64',
        pinned: new Map(),
        definitions: new Map(),
        watch: isMint,
      },
      createEngine(parser),
    );

  it('knows its files, what is missing, and constants', () => {
    const program = prepared(
      '#include "a.h"\n#include "away.h"\n#include "b.h"\n#define OSID 3\nint f(void) { return g(); }',
      { 'a.h': '', 'away.h': undefined, 'g.c': undefined, 'h.c': 'int g(void) { return 1; }' },
      ['g.c', 'h.c'],
    );
    expect(program.files).toEqual([FILE, 'a.h']);
    expect(program.missing).toEqual(['away.h', 'g.c']);
    expect(program.constant('OSID')?.value).toMatchObject({ kind: 'known', value: 3n });
    const evaluation = program.run();
    expect(program.run()).toBe(evaluation);
    expect(program.files).toEqual(evaluation.files);
    expect(program.files).toContain('h.c');
    expect(program.missing).toEqual(evaluation.missing);
  });
});
