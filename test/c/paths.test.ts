/** Which way a program goes, and what holds behind it: statements, line by line, with what is said of a name. */
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../server/src/c/evaluation';
import { equality } from '../../server/src/c/run/branches';
import { tokensText } from '../../server/src/c/run/spans';
import { tokensOf } from './c-parser';
import { evaluateText, FILE, textAt, toldText, valueText } from './evaluate-text';

const isMint = (name: string): boolean => name.startsWith('mint_');

const HEAD = `struct s { int x; long y; int list[3]; }; static struct s one, two; static int array[3], row[20];
int unknown(); void *take(void *); static unsigned long mint_a;
`;

/** `code` or `code NAME VALUE …` of the reason why `mint_a` is not known after the statements; else its value. */
function told(statements: string): string {
  const text = `${HEAD}void f(int n, struct s *p) { ${statements} }`;
  return toldText(evaluateText(text, isMint).watched.get('mint_a')?.value);
}

/** Each element becomes the one before it: after k rounds k of them are another than at first. */
const SHIFT = 'for (int k = 19; k > 0; k--) row[k] = row[k - 1]; row[0] = 7;';

/** What is told of `mint_a` after statements, by what they have in common. */
const TOLD: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'blocks end what is declared in them',
    [
      ['int *q; { int x = 5; q = &x; } mint_a = *q;', 'invalid-pointer'],
      ['int *q; { static int x = 5; q = &x; } mint_a = *q;', '0x5'],
      ['int *q = 0; for (int i = 0; i < 3; i++) q = &i; mint_a = *q;', 'invalid-pointer'],
      ['for (int i = 0; i < 3; i++) { static int seen; mint_a = ++seen; }', '0x3'],
      ['{ typedef int x; } int x = 5; mint_a = x;', '0x5'],
    ],
  ],
  [
    'what is returned before anything is written is a failure',
    [
      ['if (n) return; mint_a = 5;', '0x5'],
      ['if (n) { mint_a = 4; return; } mint_a = 5;', '0x5 if not n | 0x4 if n'],
      ['if (n) return; while (unknown(1)) mint_a = 5;', 'changed-in-loop name mint_a'],
      ['if (n) return;', '0x0'],
    ],
  ],
  [
    'loops that may end any time',
    [
      ['do mint_a = 1; while (unknown(1));', '0x1'],
      ['while (unknown(1)) mint_a = 1;', 'changed-in-loop name mint_a'],
      ['for (mint_a = 0; unknown(1); mint_a++) ;', 'changed-in-loop name mint_a'],
      ['for (mint_a = 3; unknown(1); array[0]++) ;', '0x3'],
      ['while (unknown(1)) { array[0]++; continue; mint_a = 1; }', '0x0'],
      [
        'while (unknown(1)) { if (unknown(2)) break; one.x = 7; } mint_a = one.x;',
        'changed-in-loop name one',
      ],
      ['int *q = array; while (unknown(1)) q++; one.x = 3; *q = 5; mint_a = one.x;', '0x3'],
      ['int *q = array; while (unknown(1)) q++; *q = 5; mint_a = array[0];', 'changed-in-loop name q'],
      ['int *q = array; while (unknown(1)) q = (int *)p; mint_a = q == array;', 'changed-in-loop name q'],
      ['int *q = array; while (unknown(1)) q = one.list; *q = 5; mint_a = two.x;', '0x0'],
      [
        'int i; for (i = 0; i < 20; i++) if (unknown(i)) goto out; i = 50; out: mint_a = i;',
        '0x32 if  | changed-in-loop if i < 20 and unknown(i)',
      ],
    ],
  ],
  [
    'loops that never end',
    [
      ['if (n != 1) abort(); mint_a = 3; while (n == 1) array[0]++;', '0x3'],
      ['if (n != 1) abort(); while (unknown(1)) mint_a = 4; mint_a = 3; while (n == 1) array[0]++;', '0x3'],
      ['if (n != 1) return; mint_a = 3; while (n == 1) array[0]++;', '0x0'],
    ],
  ],
  [
    'loops that are run as they are',
    [
      ['for (int i = 0; i < 2000; i++) mint_a = i;', '0x7cf'],
      ['int i; for (i = 0; i < 1000; i++) if (unknown(i)) n = 1; mint_a = i;', '0x3e8'],
      ['for (int i = 0; i < 3000; i++) for (int j = 0; j < 1; j++) mint_a++;', '0xbb8'],
    ],
  ],
  [
    'loops of a number of rounds that nobody knows, and what is run behind and within them',
    [
      ['int i; while (unknown(1)) array[0]++; for (i = 0; i < 2000; i++) ; mint_a = i;', '0x7d0'],
      ['int i; mint_a = 20; while (unknown(1)) { for (i = 0; i < 20; i++) ; mint_a = i; }', '0x14'],
      ['int i; while (unknown(1)) for (i = 0; i < 2000; i++) ; mint_a = i;', 'changed-in-loop name i'],
      ['while (unknown(1)) for (int i = 0; i < 2000; i++) array[0] = 0; mint_a = array[0];', '0x0'],
      ['int k; for (k = n; k < 5; k++) array[0] = 1; mint_a = array[0];', 'changed-in-loop name array'],
      ['int k; for (k = n; k < 5; k++) array[0] = 0; mint_a = array[0];', '0x0'],
      ['while (unknown(1)) { if (array[0]) mint_a = 2; array[0] = 1; }', 'changed-in-loop name mint_a'],
      [
        'while (unknown(1)) { int *q = (int *)take(array); *q = 3; } mint_a = array[0];',
        'changed-in-loop name array',
      ],
      ['one.x = 3; while (unknown(1)) two = one; mint_a = two.x;', 'changed-in-loop name two'],
      ['two.x = 3; one.x = 3; while (unknown(1)) two = one; mint_a = two.x;', '0x3'],
    ],
  ],
  [
    'loops that change one place more in each round',
    [
      [`one.x = 3; while (unknown(1)) { ${SHIFT} } mint_a = row[19];`, 'changed-in-loop name row'],
      [`one.x = 3; while (unknown(1)) { ${SHIFT} } mint_a = one.x;`, '0x3'],
    ],
  ],
  [
    'pointers that a loop may move to another object',
    [
      ['int *q = array; while (unknown(1)) q = 0; mint_a = q == array;', 'changed-in-loop name q'],
      ['int *q = array; while (unknown(1)) q = &one.x; mint_a = q == array;', 'changed-in-loop name q'],
      ['int *q = array; while (unknown(1)) q = &one.x; *q = 5; mint_a = one.x;', 'changed-in-loop name q'],
      ['int *q = array; while (unknown(1)) q = &one.x; *q = 5; mint_a = two.x;', '0x0'],
    ],
  ],
  [
    'loops that are jumped into',
    [
      ['int k = 5; goto in; while (k < 3) { in: k--; } mint_a = k;', '0x4'],
      ['int k = 5; goto in; do { mint_a = 9; in: k--; } while (k > 3);', '0x9'],
      ['int k = 5; goto in; while (unknown(1)) { mint_a = 9; in: k--; }', 'changed-in-loop name mint_a'],
    ],
  ],
  [
    'loops that are left in the middle',
    [
      ['int k = 0; for (;; k++) { if (k == 3) break; } mint_a = k;', '0x3'],
      ['int k = 0; while (k < 5) { k++; if (k == 2) continue; mint_a += k; }', '0xd'],
      ['int k = 0; do { k++; if (k == 3) break; } while (unknown(1)); mint_a = k;', 'changed-in-loop name k'],
      ['int k = 0; while (k < 10) { k++; if (unknown(k)) break; } mint_a = k;', 'changed-in-loop name k'],
      ['int k = 0; again: k++; if (k < 5) goto again; mint_a = k;', '0x5'],
      ['int k = 0; again: k++; if (unknown(1)) goto again; mint_a = array[0];', '0x0'],
    ],
  ],
  [
    'loops that go several ways too often',
    [
      ['int i; for (i = 0; i < 10000; i++) if (unknown(i)) n = 1; mint_a = i;', 'changed-in-loop name i'],
      ['if (n != 1) abort(); mint_a = 3; for (;;) if (unknown(1)) array[0] = 1;', '0x3'],
    ],
  ],
  [
    'a switch on what is not known',
    [
      ['switch (n) { case 1: mint_a = 1; } if (n == 1) mint_a += 2;', '0x3 if n == 1 | 0x0 if not n == 1'],
      [
        'switch (n) { case 1 ... 3: mint_a = 1; } if (n == 2) mint_a += 2;',
        '0x3 if n == 1 ... 3 and n == 2 | 0x2 if not n == 1 ... 3 and n == 2 | 0x1 if n == 1 ... 3 and not n == 2 | 0x0 if not n == 1 ... 3 and not n == 2',
      ],
      ['switch (n) { case nowhere: mint_a = 1; }', '0x1 if n == nowhere | 0x0 if not n == nowhere'],
      ['mint_a = 7; if (n == 1) switch (n) { case 2: mint_a = 5; }', '0x7'],
      ['int x = n == 1 ? n : 0; mint_a = 7; switch (x) { case 2: mint_a = 5; }', '0x7'],
      [
        'mint_a = 7; if (n != 1) switch (n) { case 1: mint_a = 5; break; default: mint_a = 6; }',
        '0x6 if n != 1 | 0x7 if not n != 1',
      ],
    ],
  ],
  [
    'assembly',
    [
      ['int x = 3; asm("x" : "=r" (one.x)); mint_a = x;', '0x3'],
      ['int x = 3; struct s *q = &one; asm("x" : "=r" (q->x)); mint_a = x;', '0x3'],
      ['asm("x" : "=r" ((two.x))); mint_a = two.x;', 'assembly'],
      ['asm("x" : "=r" (array[(1)]), "=r" (two.x)); mint_a = one.x;', '0x0'],
      ['asm("x" : "=r" (one.x), "=r" (array[(1)])); mint_a = array[1];', 'assembly'],
      ['asm("x" "" : : "r" (&one) : "memory"); mint_a = one.x;', 'assembly'],
      ['asm("" "" : : "r" (&one) : "memory"); mint_a = one.x;', '0x0'],
      ['int *q = array; asm("x" :: "r" (&q) : "memory"); mint_a = q == array;', 'assembly'],
      ['int *q = array; asm("x" :: "r" (q) : "memory"); mint_a = q == array;', '0x1'],
      ['int x = 3; asm("x" :: "r" (x) : "memory"); mint_a = x;', '0x3'],
    ],
  ],
  [
    'what is constant stays',
    [
      ['int *const fixed = array; take(&fixed); mint_a = fixed == array;', '0x1'],
      [
        'const int *loose = array; take(&loose); mint_a = loose == array;',
        'changed-by-call name loose callee take',
      ],
      ['const int list[2] = { 1, 2 }; take(list); mint_a = list[1];', '0x2'],
      ['const int *const pointers[2] = { array }; take(pointers); mint_a = pointers[0] == array;', '0x1'],
    ],
  ],
  [
    'types of functions',
    [
      ['mint_a = __builtin_types_compatible_p(int (*)(void), int (*)(void));', '0x1'],
      ['mint_a = __builtin_types_compatible_p(int (*)(int), int (*)(void));', '0x0'],
      ['mint_a = __builtin_types_compatible_p(int (*)(void *), int (*)(void));', '0x0'],
      ['mint_a = __builtin_types_compatible_p(int (*)(void *), int (*)(void *));', '0x1'],
    ],
  ],
];

describe.each(TOLD)('%s', (_, rows) => {
  it.each(rows)('%s', (statements, line) => {
    expect(told(statements)).toBe(line);
  });
});

describe('a condition is an equality of a value', () => {
  it.each([
    ['#1', '(#1==0)', true, '#1'],
    ['(!#1)', '(#1==0)', false, '#1'],
    ['(!(!#1))', '(#1==0)', true, '#1'],
    ['(#1==0)', '(#1==0)', false, '#1'],
    ['(#1!=0)', '(#1==0)', true, '#1'],
    ['(#1==null)', '(#1==0)', false, '#1'],
    ['(#1!=null)', '(#1==0)', true, '#1'],
    ['(#1==5)', '(#1==5)', false, '#1'],
    ['(#1!=5)', '(#1==5)', true, '#1'],
    ['(#1==-5)', '(#1==-5)', false, '#1'],
    ['(#1==0:unsigned int)', '(#1==0)', false, '#1'],
    ['(#1==5:long)', '(#1==5:long)', false, '#1'],
    ['(#1==05)', '(#1==05)', false, '#1'],
    ['(!(#1==5))', '(#1==5)', true, '#1'],
    ['((#1==5)==0)', '(#1==5)', true, '#1'],
    ['((#1==5)!=0)', '(#1==5)', false, '#1'],
    ['((#1!=5)==0)', '(#1==5)', false, '#1'],
    ['((#1==5)==1)', '((#1==5)==1)', false, '(#1==5)'],
    ['((#1&3)==0)', '((#1&3)==0)', false, '(#1&3)'],
    ['(#1==#2)', '((#1==#2)==0)', true, '(#1==#2)'],
    ['(#1==1)+(#2==0)', '((#1==1)+(#2==0)==0)', true, '(#1==1)+(#2==0)'],
    ['(!#1)+(!#2)', '((!#1)+(!#2)==0)', true, '(!#1)+(!#2)'],
  ])('%s', (symbol, key, negated, group) => {
    expect(equality(symbol)).toEqual({ key, negated, group });
  });

  it('but one that nothing tells apart', () => {
    expect(equality(undefined)).toEqual({ key: undefined, negated: false });
  });
});

describe('tokens as one line of text', () => {
  it.each([
    [0, 3, undefined, 'ab cd+ef'],
    [0, 3, 5, 'ab cd'],
    [0, 3, 6, 'ab cd+'],
    [1, 1, undefined, 'cd'],
    [3, 9, undefined, 'ef'],
  ])('from %d to %d', (first, last, limit, text) => {
    expect(tokensText(tokensOf('ab cd+ef'), first, last, limit)).toBe(text);
  });
});

/** What a watched name holds in the end, where further files stand beside the main one. */
function held(text: string, files: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const { watched } = evaluateText(text, isMint, { files });
  return Object.fromEntries([...watched].map(([name, { value }]) => [name, valueText(value)]));
}

describe('functions and objects of other files', () => {
  const main = 'int mint_a; int away(void); void f(void) { away(); mint_a = away(); }';

  it('are there once', () => {
    expect(held(main, { 'b.c': 'static int calls; int away(void) { return ++calls; }' })).toEqual({
      mint_a: '0x2',
    });
  });

  it.each([
    ['internal', 'static int away(void) { return 1; }'],
    ['left out', '#if 0\nint away(void) { return 1; }\n#endif'],
    ['a declaration', 'int away(void); int here(void) { return away(); }'],
  ])('are looked for in the next one where the first is %s', (_, first) => {
    const files = { 'b.c': first, 'c.c': 'int away(void) { return 5; }' };
    expect(held(main, files)).toEqual({ mint_a: '0x5' });
    expect(held(main, { 'b.c': first })).toEqual({ mint_a: 'unknown-call' });
  });

  it('are read where a file has them, and no others are', () => {
    const files = { 'b.c': 'int other;', 'c.c': 'extern int ext; int use(void) { return ext; }', 'd.c': 'int ext = 5;', 'e.c': 'int ext = 6;' }; // biome-ignore format: one line
    const evaluation = evaluateText('extern int ext; int mint_a; void f(void) { mint_a = ext; }', isMint, { files }); // biome-ignore format: one line
    expect(valueText(evaluation.watched.get('mint_a')?.value)).toBe('0x5');
    expect(evaluation.files).toEqual([FILE, 'c.c', 'd.c']);
  });

  it('miss nothing where a file is known not to be there', () => {
    const { missing } = evaluateText('int x; void f(void) { x = away(); }', isMint, { others: ['gone.c'] });
    expect(missing).toEqual([]);
  });
});

describe('run are', () => {
  it('functions that call themselves, beside others', () => {
    expect(held('int mint_a; void f(int n) { mint_a = 1; if (0) f(n - 1); } void g(void) { mint_a = 2; }')).toEqual({ mint_a: '0x1 if f() | 0x2 if g()' }); // biome-ignore format: one line
  });

  it('none of a header that nothing mentions, whatever its linkage', () => {
    const files = { 'a.h': 'int mint_a; void unused(void) { mint_a = 4; }\n' };
    expect(held('#include "a.h"\nint main(void) { return 0; }', files)).toEqual({
      mint_a: '0x0 unless changed at a.h:1',
    });
  });

  /** The values of `n + 1` in the header. */
  const sums = (header: string, main: string) => {
    const evaluation = evaluateText(`#include "a.h"\n${main}`, isMint, { files: { 'a.h': header } });
    const [, sum] = evaluation.expressionsAt('a.h', header.indexOf('n + 1'));
    return valueText(sum?.value);
  };

  it.each([
    ['those of a header that nothing mentions', '', 'int main(void) { return 0; }', 'parameter'],
    [
      'those that the header itself calls, as it calls them',
      ' static inline int outer(void) { return inner(4); }',
      'int main(void) { return 0; }',
      '0x5',
    ],
    ['those that the file calls, as it calls them', '', 'int main(void) { return inner(6); }', '0x7'],
  ])('for the values in them, %s', (_, more, main, value) => {
    expect(sums(`static inline int inner(int n) { return n + 1; }${more}\n`, main)).toBe(value);
  });

  it('for the values in them, internal ones that nothing mentions', () => {
    const text = 'static int f(void) { return 2 + 3; } int main(void) { return 0; }';
    expect(valueText(evaluateText(text).expressionsAt(FILE, text.indexOf('+'))[0]?.value)).toBe('0x5');
  });
});

/** Writes of `mint_a`: `target | expression | span`, and the macro call that they come out of. */
function writesOf(text: string, evaluation: Evaluation = evaluateText(text, isMint)): readonly string[] {
  return (evaluation.watched.get('mint_a')?.writes ?? []).map(
    ({ target, expression, span, macro }) =>
    [textAt(text, target), textAt(text, expression), textAt(text, span), textAt(text, macro?.span)].join(' | '), // biome-ignore format: one line
  );
}

describe('a write stands', () => {
  it.each([
    [
      'in a nested member',
      'struct { int w; struct { int y, mint_a; } in; } s; int *q = &s.in.mint_a; void f(void) { *q = 7; }',
      '*q | 7 | *q = 7 | ',
    ],
    [
      'in more than a macro call',
      '#define S s\nstruct { int mint_a; } s; void f(void) { S.mint_a = 3; }',
      'S.mint_a | 3 | S.mint_a = 3 | ',
    ],
    [
      'where a macro call is all of its target',
      '#define A mint_a\nint mint_a; void f(void) { A = 3; }',
      'A | 3 | A = 3 | A',
    ],
    [
      'around a comment',
      'int mint_a; void f(void) { mint_a = 1 /* + */ + 2; }',
      'mint_a | 1 /* + */ + 2 | mint_a = 1 /* + */ + 2 | ',
    ],
    [
      'with nothing in one piece, around a directive',
      'int mint_a; void f(void) { mint_a = 1 \n#if 0\n+ 5\n#endif\n + 2; }',
      'mint_a |  | mint_a = 1 \n#if 0\n+ 5\n#endif\n + 2 | ',
    ],
  ])('%s', (_, text, line) => {
    expect(writesOf(text)).toEqual([line]);
  });
});

it.each([
  ['extern int list[]; int list[3]; unsigned long mint_a = sizeof list;', '0xc'],
  ['int list[3]; extern int list[]; unsigned long mint_a = sizeof list;', '0xc'],
  ['extern int list[], x; int list[2], x; unsigned long mint_a = sizeof list + sizeof x;', '0xc'],
])('declarations of one object make one type: %s', (text, size) => {
  expect(held(text)).toEqual({ mint_a: size });
});

it.each([
  ['static int *const q = &x;', '0x1'],
  ['static const int *q = &x;', '0x1 unless changed at main.c:1'],
])('a pointer may be changed where it is not constant itself: %s', (declaration, value) => {
  const text = `static int x, y; int mint_a;\n${declaration}\nvoid g(void) { *(int **)&q = &y; }\nvoid f(void) { mint_a = q == &x; }`;
  expect(held(text)).toEqual({ mint_a: value });
});

it('values behind assembly are told', () => {
  const text = 'void f(int x) { asm("x" : "=r" (x)); x = 1 + 2; }';
  expect(valueText(evaluateText(text).expressionsAt(FILE, text.indexOf('+'))[0]?.value)).toBe('0x3');
});

it('a conditional has a value where it stands, and nowhere else', () => {
  const text = '#if 1 + 1\n#include "a.h"\n#endif\n';
  const files = { 'a.h': '#if 0 + 0\n#endif\n' };
  const evaluation = evaluateText(text, isMint, { files });
  const at = (file: string, offset: number) =>
    evaluation.expressionsAt(file, offset).map(({ text: told, value }) => `${told} is ${valueText(value)}`);
  expect([at(FILE, 2), at(FILE, 4), at(FILE, 9), at(FILE, 10)]).toEqual([
    [],
    ['1 + 1 is 0x1'],
    ['1 + 1 is 0x1'],
    [],
  ]);
  expect([at('a.h', 2), at('a.h', 4), at('a.h', 10)]).toEqual([[], ['0 + 0 is 0x0'], []]);
  expect(evaluation.expressionsAt(FILE, 4)[0]?.value).toMatchObject({ type: 'int' });
});

it('only a loop that is run as it is takes too long', () => {
  const problems = (loop: string) =>
    evaluateText(`${HEAD}void f(int n) { ${loop} }`, isMint).problems.map(({ reason }) => reason.code);
  expect(problems('for (int i = 0; i < 100000; i++) ;')).toEqual(['step-limit']);
  expect(problems('while (unknown(1)) for (int i = 0; i < 2000; i++) ;')).toEqual([]);
});
