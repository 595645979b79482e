/** Types as declarations and type names spell them: how large they are, and which are compatible; gcc judges what is known. */
import { describe, expect, it } from 'vitest';
import { evaluateText, toldText } from './evaluate-text';
import { complaintsByLine } from './gcc';

const HEAD =
  'struct s { int x; long y; int list[3]; _Bool truth; unsigned bit: 3; }; struct away; static struct s one;' +
  'static int array[3]; static void nothing(void) { } typedef unsigned long size_t; typedef unsigned char uint8_t;' +
  'static unsigned long mint_a; enum { FIRST };';

function told(statements: string): string {
  const text = `${HEAD}void f(int n, struct s *p) { ${statements} }`;
  return toldText(evaluateText(text, (name) => name === 'mint_a').watched.get('mint_a')?.value);
}

/** Which of the expressions, each behind declarations, gcc has another value for. */
function refuted(rows: readonly (readonly [string, string, string])[]): readonly (readonly string[])[] {
  const lines = rows.map(
    ([declarations, expression, value]) =>
      `{ ${declarations} _Static_assert((${expression}) == ${value}, ""); }`,
  );
  const complaints = complaintsByLine(`${HEAD} void f(int n) {\n${lines.join('\n')}\n}`, 'LP64');
  return rows.filter((_, i) => complaints.get(i + 2)?.some((one) => one.includes('assertion')));
}

describe('declared', () => {
  const rows = [
    ['enum e { A = 5, B, C = 2, D };', 'A + B * 16 + C * 256 + D * 4096', '0x3265'],
    ['enum e { A = n, B, C = 4, D };', 'D', '0x5'],
    ['enum e { A = 1 ? 3 : 4 , B };', 'B', '0x4'],
    ['enum e { A = -1 };', '(enum e)0 - 1 < 0', '0x1'],
    ['enum e { A = 1 };', '(enum e)0 - 1 < 0', '0x0'],
    ['enum e { A = -1, B = 0x80000000 };', 'sizeof(enum e) + (A < 0) * 16', '0x18'],
    ['typedef int t; { typedef char t; }', 'sizeof(t)', '0x4'],
    ['struct q; struct q { long c; };', 'sizeof(struct q)', '0x8'],
    ['struct q { struct q *next; char c; };', 'sizeof(struct q)', '0x10'],
    ['union q { char c; long d; };', 'sizeof(union q)', '0x8'],
    ['struct { char c; int; long l; } x;', 'sizeof x', '0x10'],
    ['struct { char c; struct t2 { long a, b; }; } x;', 'sizeof x', '0x1'],
    ['struct { char c; struct t2 { long a, b; }; } x;', 'sizeof(struct t2)', '0x10'],
    ['struct { char c; enum { INNER = 7 } k; } x;', 'sizeof x + INNER', '0xf'],
    ['struct { int a: 3, : 5, b: 4; } x;', 'sizeof x', '0x4'],
    ['struct { int a: 3, : 0, b: 4; } x;', 'sizeof x', '0x8'],
    ['struct { int a; char b[]; } x;', 'sizeof x', '0x4'],
    ['struct { int a; char b[0]; } x;', 'sizeof x', '0x4'],
    ['struct __attribute__((packed)) q { char c; long d; };', 'sizeof(struct q)', '0x9'],
    ['', 'sizeof(typeof(one.list))', '0xc'],
    ['', 'sizeof(typeof(int[5]))', '0x14'],
    ['typeof(1 + 1L) x = -1;', 'sizeof x', '0x8'],
    ['__auto_type x = 1L;', 'sizeof x', '0x8'],
    ['__auto_type x = array;', 'sizeof x', '0x8'],
    ['', 'sizeof(long long unsigned int)', '0x8'],
    ['', 'sizeof(size_t)', '0x8'],
    ['', 'sizeof(uint8_t)', '0x1'],
    ['', 'sizeof(int (*)(void))', '0x8'],
    ['', 'sizeof(int *[3])', '0x18'],
    ['', 'sizeof(int (*)[3])', '0x8'],
    ['', 'sizeof(int[3][2])', '0x18'],
    ['', 'sizeof(int(*[4])(void))', '0x20'],
    ['', 'sizeof(void)', '0x1'],
    ['', 'sizeof(nothing)', '0x1'],
    ['', 'sizeof(int(void))', '0x1'],
    ['', '_Alignof(long) + _Alignof(char[3]) * 16 + _Alignof(struct s) * 256', '0x818'],
    ['', '__builtin_offsetof(struct s, list[1]) + __builtin_offsetof(struct s, y) * 256', '0x814'],
    ['', '__builtin_offsetof(struct { struct s in[3]; }, in[2].list[1])', '0x54'],
    ['', '__builtin_offsetof(struct { char c; union { int u; long v; }; }, v)', '0x8'],
  ] as const;

  it.each(rows)('%s %s is %s', (declarations, expression, value) => {
    expect(told(`${declarations} mint_a = ${expression};`)).toBe(value);
  });

  it('so says gcc', () => {
    expect(refuted(rows)).toEqual([]);
  });
});

describe('declared in a block within', () => {
  it.each([
    ['enum e { A = 0x100000000 }; { enum e { B }; mint_a = sizeof(enum e); }', '0x4'],
    ['enum e { A = 0x100000000 }; { enum e x; mint_a = sizeof x; }', '0x8'],
    ['typedef int t; { typedef char t; mint_a = sizeof(t); }', '0x1'],
    ['struct q { char c; }; { struct q { long c; }; mint_a = sizeof(struct q); }', '0x8'],
    ['struct q { char c; }; { struct q; mint_a = sizeof(struct q); }', '0x1'],
    ['struct q { char c; }; { struct q x; mint_a = sizeof x; }', '0x1'],
    ['struct q; { struct q { long c; }; mint_a = sizeof(struct q); }', '0x8'],
  ])('%s', (statements, value) => {
    expect(told(statements)).toBe(value);
  });
});

describe('compatible', () => {
  const rows = [
    ['int (*)(), int (*)(void)', '0x1'],
    ['int (int a[3]), int (int *)', '0x1'],
    ['int (int f(void)), int (int (*)(void))', '0x1'],
    ['int (void), int (void *)', '0x0'],
    ['int (int, int), int (int)', '0x0'],
    ['int (void), int (const void)', '0x1'],
    ['int (*)(int), int (*)(long)', '0x0'],
    ['int (*)(int), long (*)(int)', '0x0'],
    ['int (*)(int, ...), int (*)(int)', '0x0'],
    ['int[], int[3]', '0x1'],
    ['int[3], int[]', '0x1'],
    ['int[2], int[3]', '0x0'],
    ['int[3], long[3]', '0x0'],
    ['int[3], int *', '0x0'],
    ['int *, int[3]', '0x0'],
    ['int *, long *', '0x0'],
    ['int *, int', '0x0'],
    ['int, int *', '0x0'],
    ['const int, int', '0x1'],
    ['int **, int **', '0x1'],
    ['float, double', '0x0'],
    ['float, float', '0x1'],
    ['double, int', '0x0'],
    ['int, double', '0x0'],
    ['void, void', '0x1'],
    ['void, int', '0x0'],
    ['void *, int *', '0x0'],
    ['struct s, struct s', '0x1'],
    ['struct s, struct away', '0x0'],
    ['struct s *, struct away *', '0x0'],
    ['struct s, int', '0x0'],
    ['int, struct s', '0x0'],
    ['struct { int a; }, struct { int a; }', '0x0'],
    ['int (void), int', '0x0'],
    ['int, unsigned', '0x0'],
    ['char, signed char', '0x0'],
    ['long, long long', '0x0'],
    ['enum { XX }, unsigned', '0x1'],
    ['int (*)(int, ...), int (*)(int, ...)', '0x1'],
    ['int (*)(int, ...), int (*)(long, ...)', '0x0'],
    ['void (*)(void), void (*)(void)', '0x1'],
    ['int (*)(int[3]), int (*)(int[2])', '0x1'],
    ['typeof(one.x), int', '0x1'],
    ['typeof(array), int[3]', '0x1'],
    ['typeof(&array), int (*)[3]', '0x1'],
    ['typeof(*array), int', '0x1'],
    ['typeof(nothing), void (void)', '0x1'],
    ['typeof(*nothing), void (void)', '0x1'],
    ['typeof(&nothing), void (*)(void)', '0x1'],
    ['typeof("abc"), char[4]', '0x1'],
    ['typeof(one.list), int[3]', '0x1'],
    ['typeof((int[2]){ 1 }), int[2]', '0x1'],
    ['typeof(1 ? one.list : array), int *', '0x1'],
    ['typeof(1 ? nothing : 0), void (*)(void)', '0x1'],
    ['typeof((0, array)), int *', '0x1'],
    ['typeof((0, nothing)), void (*)(void)', '0x1'],
    ['typeof(({ nothing; })), void (*)(void)', '0x1'],
    ['typeof(_Generic(1, int: array)), int[3]', '0x1'],
  ] as const;

  it.each(rows)('%s: %s', (types, value) => {
    expect(told(`mint_a = __builtin_types_compatible_p(${types});`)).toBe(value);
  });

  it('so says gcc', () => {
    const asked = rows.map(
      ([types, value]) => ['', `__builtin_types_compatible_p(${types})`, value] as const,
    );
    expect(refuted(asked)).toEqual([]);
  });
});

describe('parts of constant addresses, and of objects', () => {
  it.each([
    ['struct { char c; struct { long a, b; }; } x; x.b = 5; mint_a = x.b + sizeof x * 16;', '0x185'],
    ['struct { char c; struct { long a, b; } in; } x; x.in.b = 5; mint_a = x.in.b + sizeof x * 16;', '0x185'],
    ['struct __attribute__((aligned(64))) q { char c, d; } x = { 1, 2 }; mint_a = x.d;', '0x2'],
    ['mint_a = (long)&((struct s *)0)->list[2];', '0x18'],
    ['mint_a = (long)&((struct s *)0)->y;', '0x8'],
    ['mint_a = (long)&(*(struct s *)0x100).y;', '0x108'],
    ['mint_a = (long)&((struct s *)8)[2].y;', '0x50'],
    ['mint_a = (long)&((int (*)[3])0)[1][2];', '0x14'],
    ['mint_a = (long)&*(int *)4;', '0x4'],
    ['mint_a = (long)&((struct s *)OSID)->y;', '0x9'],
    ['mint_a = (long)&((struct s *)FIRST)->list;', '0x10'],
    ['mint_a = (long)&((struct s *)-8)->y;', '0x0'],
    ['mint_a = (long)&((struct s *)-4)->y;', '0x4'],
    ['mint_a = (long)&((struct s *)0)[1].list[1];', '0x34'],
    ['mint_a = (long)&((struct s *)0)[-1].list[1];', '0xfffffffffffffff4'],
    ['mint_a = (long)&(((struct s *)0)[1].list)[1];', '0x34'],
    ['mint_a = &((struct s *)0)->y == (long *)8;', '0x1'],
    ['mint_a = (char *)&one.list[2] - (char *)&one;', '0x18'],
  ])('%s', (statements, value) => {
    expect(told(statements)).toBe(value);
  });
});

describe('what is not known', () => {
  it.each([
    [
      'mint_a = __builtin_offsetof(union { int b; struct away a[2]; }, a[1]);',
      'unknown-type type struct away [2]',
    ],
    ['mint_a = sizeof(&&here);', 'unknown-type type (&&here)'],
    ['mint_a = nowhere(int, n++);', 'unknown-call name nowhere'],
    ['enum e { A = n, B, C = 4 }; mint_a = B;', 'parameter name n'],
    ['enum e { A = (long)&one, B }; mint_a = A;', 'address name (long)&one'],
    ['enum e { A = (long)&one, B }; mint_a = B;', 'address name (long)&one'],
    ['enum e { A = 1.5, B }; mint_a = B;', 'not-an-integer type double'],
    ['enum e { A = one, B }; mint_a = A;', 'not-an-integer type struct s'],
    ['enum e { A = &one, B }; mint_a = A;', 'not-an-integer type struct s *'],
    ['enum e { A = &one, B }; mint_a = B;', 'not-an-integer type struct s *'],
    ['enum { OSID = 5, B }; mint_a = B;', '0x2'],
    ['struct { int a: n; } x; x.a = 3; mint_a = x.a;', 'not-an-integer type n'],
    ['struct { int a: -1; int b; } x; mint_a = sizeof x;', 'unknown-type type struct'],
    ['struct { int a; char b[n]; } x; mint_a = sizeof x;', 'unknown-type type struct'],
    ['struct { int a; char b[-1]; } x; mint_a = sizeof x;', 'unknown-type type struct'],
    ['struct { int a; char b[0x20000000000000]; } x; mint_a = sizeof x;', 'unknown-type type struct'],
    ['struct { char b[(long)&one]; } x; mint_a = sizeof x;', 'unknown-type type struct'],
    [
      'typedef int v4 __attribute__((vector_size(16))); mint_a = sizeof(v4);',
      'unknown-type type __attribute__',
    ],
    ['int __attribute__((mode(DI))) d; mint_a = sizeof d;', 'unknown-type type __attribute__'],
    ['struct __attribute__((aligned(64))) q { char c; } x; mint_a = sizeof x;', 'unknown-type type struct q'],
    ['mint_a = sizeof(long short);', 'unknown-type type long short'],
    ['mint_a = sizeof(unsigned float);', 'unknown-type type unsigned float'],
    ['mint_a = (long)&((struct s *)(long)n)->y;', 'parameter name n'],
    ['mint_a = (long)&((struct s *)0)->list[n];', 'null-pointer'],
    ['mint_a = (long)&((struct s *)0)->none;', 'null-pointer'],
    ['mint_a = (long)&((struct s *)0)->bit;', 'null-pointer'],
    ['mint_a = (long)&((struct away *)0)->x;', 'null-pointer'],
    ['mint_a = (long)&((struct away *)0)[1];', 'unknown-type type struct away *'],
    ['mint_a = (long)&((struct away *)0)[n];', 'parameter name n'],
    ['mint_a = (long)&((long)0)->x;', 'address name ((long)0)'],
    ['mint_a = (long)((struct s *)0)->list;', 'null-pointer'],
    ['mint_a = (long)&0[(struct s *)8].y;', 'address name 0[(struct s *)8]'],
    ['mint_a = (long)&(**(struct s **)8).y;', 'address name *(struct s **)8'],
    ['mint_a = (long)&(*(struct s **)8)->y;', 'address name (*(struct s **)8)'],
    ['mint_a = (long)&-*(int *)4;', 'address name *(int *)4'],
    ['mint_a = (long)&one.list[2] - (long)&one;', 'address name (long)&one.list[2]'],
    ['mint_a = __builtin_offsetof(struct s, list[1].x);', 'unknown-type type int'],
    ['mint_a = __builtin_offsetof(struct s[3], x);', 'unknown-type type struct s [3]'],
    [
      'mint_a = __builtin_offsetof(struct { struct s in[3]; }, in[2].list[&one]);',
      'unknown-type type int [3]',
    ],
    [
      'mint_a = __builtin_offsetof(struct { struct away *in[3]; }, in[2]->x);',
      'syntax-error text __builtin_offsetof(struct { struct away *in[3]; }, in[2]->x)',
    ],
    ['mint_a = __builtin_offsetof(int, x);', 'unknown-type type int'],
    ['mint_a = __builtin_offsetof(struct { struct away a[2]; int b; }, a[1]);', 'unknown-type type struct'],
  ])('%s', (statements, line) => {
    expect(told(statements)).toBe(line);
  });
});
