/** Why a value is not known: the reason, and what it names. What is known is held against gcc in `evaluate.test.ts`. */
import { describe, expect, it } from 'vitest';
import { evaluateText, reasonText, toldText } from './evaluate-text';

const HEAD = `struct s { int x; long y; int list[3]; _Bool truth; unsigned bit: 3; };
struct away; extern struct away far; extern int elsewhere;
static struct s one, two; static int array[3]; static union { unsigned char byte; _Bool truth; } both; enum { FIRST };
static void nothing(void) { } static int falls(int k) { if (k) return 1; } static int deep(int k) { return deep(k + 1); }
int *gone(void) { int local = 1; return &local; }
int unknown(); struct s unknown_struct(void); struct s *unknown_pointer(void); void *malloc(unsigned long);
static unsigned long mint_a;
`;

function after(statements: string) {
  const text = `${HEAD}void f(int n, struct s *p) { ${statements} }`;
  return evaluateText(text, (name) => name === 'mint_a');
}

/** `code` or `code NAME VALUE …` of the reason why `mint_a` is not known after the statements; else its value. */
function told(statements: string): string {
  return toldText(after(statements).watched.get('mint_a')?.value);
}

describe.each([
  [
    'no integer',
    'not-an-integer',
    [
      ['1.5', 'type double'],
      ['(float)1', 'type float'],
      ['1.5 + 1', 'type double'],
      ['1.5 == 1', 'type double'],
      ['!1.5', 'type double'],
      ['(int)1.5f', 'type float'],
      ['1 ? 1.5 : 1', 'type double'],
      ['*(double *)array', 'type double'],
      ['*(float *)&one.x', 'type float'],
      ['one', 'type struct s'],
      ['one + 1', 'type struct s'],
      ['1 + one', 'type struct s'],
      ['-one', 'type struct s'],
      ['*p', 'type struct s'],
      ['1 ? one : 2', 'type struct s'],
      ['((struct s)1).x', 'type struct s'],
      ['nothing()', 'type void'],
      ['(nothing(), nothing())', 'type void'],
    ],
  ],
  [
    'an address',
    'address',
    [
      ['(long)&one', 'name (long)&one'],
      ['(long)nothing', 'name (long)nothing'],
      ['(unsigned char)(long)&one', 'name (long)&one'],
      ['(long)(&one + 1)', 'name (long)(&one + 1)'],
      ['*1', 'name *1'],
      ['array[(long)&one]', 'name (long)&one'],
      ['__builtin_bswap32(&one)', 'name __builtin_bswap32(&one)'],
      ['__builtin_clz(&one)', 'name __builtin_clz(&one)'],
      ['(long)&OSID', 'name &OSID'],
      ['(long)&FIRST', 'name &FIRST'],
      ['*(int *)nothing', 'name *(int *)nothing'],
      ['*(int *)0x1000', 'name *(int *)0x1000'],
      ['((struct s *)0x1000)->x', 'name ((struct s *)0x1000)'],
      ['(long)&p->list[n]', 'name (long)&p->list[n]'],
      ['&array[3] == &two.x', ''],
      ['&one < &two', ''],
      ['&one - &two', ''],
      ['&array[2] - &array[n]', ''],
      ['(long)malloc + 1', 'name (long)malloc'],
    ],
  ],
  [
    'a name that nothing declares',
    'unknown-name',
    [
      ['nowhere', 'name nowhere'],
      ['nowhere.x', 'name nowhere'],
      ['nowhere->x', 'name nowhere'],
      ['nowhere[1]', 'name nowhere'],
      ['(1).x', 'name x'],
      ['array.x', 'name x'],
      ['&nowhere', 'name nowhere'],
      ['nowhere++', 'name nowhere'],
    ],
  ],
  [
    'a type that is not known',
    'unknown-type',
    [
      ['one.none', 'type struct s'],
      ['far.x', 'type struct away'],
      ['(&far)->x', 'type struct away'],
      ['sizeof far', 'type struct away'],
      ['_Alignof(struct away)', 'type struct away'],
      ['sizeof(nowhere_t)', 'type nowhere_t'],
      ['sizeof(int[n])', 'type int []'],
      ['__builtin_offsetof(struct s, none)', 'type struct s'],
      ['__builtin_offsetof(struct s, list[n])', 'type int [3]'],
      ['__builtin_offsetof(struct s, x[1])', 'type int'],
      ['__builtin_offsetof(struct away, x)', 'type struct away'],
      ['__builtin_types_compatible_p(nowhere_t, int)', 'type nowhere_t'],
      ['__builtin_types_compatible_p(int, nowhere_t)', 'type nowhere_t'],
      ['sizeof(struct { int b: n; })', 'type struct'],
      ['sizeof(union { int b: n; })', 'type union'],
      ['((struct away *)p)[1].x', 'type struct away'],
      ['sizeof(struct away *[2]) + sizeof(struct away[2])', 'type struct away [2]'],
    ],
  ],
  [
    'a function without a body',
    'unknown-call',
    [
      ['nowhere()', 'name nowhere'],
      ['unknown(1)', 'name unknown'],
      ['unknown_struct().x', 'name unknown_struct'],
      ['unknown_pointer()->y', 'name unknown_pointer'],
      ['*(int *)malloc(4)', 'name malloc'],
      ['(*p)()', 'name (*p)'],
      ['((int (*)(void))5)()', 'name ((int (*)(void))5)'],
      ['5()', 'name 5'],
      ['va_arg(ap, int)', 'name va_arg'],
      ['__builtin_constant_p(n)', 'name __builtin_constant_p'],
      ['__builtin_constant_p()', 'name __builtin_constant_p'],
      ['strlen((char *)p)', 'name strlen'],
      ['strlen()', 'name strlen'],
      ['strlen((char *)array + n)', 'name strlen'],
      ['__builtin_bswap32()', 'name __builtin_bswap32'],
      ['__builtin_clz()', 'name __builtin_clz'],
      ['abs()', 'name abs'],
      ['__builtin_expect()', 'name __builtin_expect'],
      ['__builtin_choose_expr(1, 2)', 'name __builtin_choose_expr'],
      ['__builtin_types_compatible_p(int)', 'name __builtin_types_compatible_p'],
      ['__builtin_add_overflow(1, 2)', 'name __builtin_add_overflow'],
      ['(long)memset(&one, 1)', 'name memset'],
      ['(long)memcpy(&one, &two)', 'name memcpy'],
      ['__builtin_popcount(unknown(2))', 'name unknown'],
      ['__builtin_bswap16(unknown(2))', 'name unknown'],
      ['abs(unknown(2))', 'name unknown'],
    ],
  ],
  [
    'what a caller passes',
    'parameter',
    [
      ['n', 'name n'],
      ['array[n]', 'name n'],
      ['*(array + n)', 'name n'],
      ['p->x', 'name p'],
      ['p[1].y', 'name p'],
      ['*n', 'name n'],
      ['n->x', 'name n'],
      ['1 / (n & 0)', 'name n'],
      ['__builtin_clz(n)', 'name n'],
      ['(FIRST, n)', 'name n'],
      ['-n + ~n', 'name n'],
      ['n[array]', 'name n'],
      ['one.list[n]', 'name n'],
      ['n + 1.5', 'name n'],
    ],
  ],
  [
    'what is undefined',
    '',
    [
      ['*(int *)0', 'null-pointer'],
      ['((struct s *)0)->y', 'null-pointer'],
      ['*gone()', 'invalid-pointer'],
      ['array[5]', 'index-out-of-bounds index 5 length 3'],
      ['array[-1]', 'index-out-of-bounds index -1 length 3'],
      ['*(array + 4)', 'index-out-of-bounds index 4 length 3'],
      ['*(array - 1)', 'index-out-of-bounds index -1 length 3'],
      ['*((char *)array + 12)', 'index-out-of-bounds index 12 length 12'],
      ['(&one)[1].x', 'index-out-of-bounds index 8 length 8'],
      ['1 / (n & 0 && 0)', 'division-by-zero operator /'],
      ['n % 0', 'division-by-zero operator %'],
      ['1 << 40', 'shift-out-of-range count 40 width 32 type int'],
      ['1 << -1', 'shift-out-of-range count -1 width 32 type int'],
      ['-1 << 1', 'shift-of-negative value -1'],
      ['0x7fffffff + 1', 'signed-overflow operator + value 0x80000000 type int'],
      ['falls(0)', 'missing-return name falls'],
      ['__builtin_clz(0)', 'division-by-zero operator __builtin_clz'],
      ['__builtin_ctzl(0)', 'division-by-zero operator __builtin_ctzl'],
      ['abs(-0x7fffffff - 1)', 'signed-overflow operator - value 0x80000000 type int'],
      ['deep(1)', 'call-depth-limit limit 80 name deep'],
    ],
  ],
  [
    'what cannot be read',
    '',
    [
      ['', 'syntax-error text mint_a = ;'],
      ['5 +', 'syntax-error text mint_a = 5 +;'],
      ['&&here', 'unsupported what &&here'],
      ['5xy', 'malformed-number text 5xy'],
      ['99999999999999999999', 'number-too-large text 99999999999999999999'],
      ["''", "malformed-character text ''"],
      ['"\\xyz"[0]', 'string'],
      ['L"\\xyz"[0]', 'string'],
      ['u"\\ud800"[0]', 'string'],
      ['"\\U00110000"[0]', 'string'],
      ['_Generic(1L, int: 2)', 'unsupported what _Generic'],
    ],
  ],
  [
    'what is elsewhere',
    '',
    [
      ['elsewhere', 'declared-elsewhere name elsewhere'],
      ['elsewhere + 1', 'declared-elsewhere name elsewhere'],
    ],
  ],
] as const)('%s', (_, code, rows) => {
  // biome-ignore format: one table
  it.each(rows.map(([expression, args]) => [expression, [code, args].filter(Boolean).join(' ')]))('%s: %s', (expression, line) => {
    expect(told(`mint_a = ${expression};`)).toBe(line);
  });
});

it.each([
  ['int local; mint_a = local;', 'uninitialized name local'],
  ['int vla[n]; mint_a = vla[1];', 'uninitialized name vla[1]'],
  ['int vla[n]; vla[1] = 3; mint_a = vla[1];', '0x3'],
  ['struct s local; mint_a = local.bit;', 'uninitialized name local.bit'],
  ['while (n) mint_a++;', 'changed-in-loop name mint_a'],
  ['unknown(&mint_a);', 'changed-by-call name mint_a callee unknown'],
  ['unknown(&one); mint_a = one.x;', 'changed-by-call name one callee unknown'],
  [
    'struct { long *to; } box = { (long *)&mint_a }; unknown(box);',
    'changed-by-call name mint_a callee unknown',
  ],
  ['asm("nop" : "=r" (mint_a));', 'assembly'],
  ['int *q = &array[n]; mint_a = *q;', 'parameter name n'],
  ['int *q = &array[n]; *q = 5; mint_a = array[0];', 'parameter name n'],
  ['static double d; mint_a = d;', 'not-an-integer type double'],
  ['float x[2] = { 1, 2 }; mint_a = x[1];', 'not-an-integer type float'],
  ['mint_a = ((double *)p)[1];', 'parameter name p'],
  ['mint_a = (n ? &one : (struct s *)0)->x;', '0x0 if n | null-pointer if not n'],
  ['mint_a = *(n ? array : (int *)0x1000);', '0x0 if n | address if not n'],
  ['mint_a = p == 0 ? 1 : p->x;', '0x1 if p == 0 | parameter if not p == 0'],
  ['OSID = 5; FIRST = 6; mint_a = OSID + FIRST;', '0x1'],
  ['mint_a = (int *)nothing == array;', '0x0'],
  ['mint_a = (long)((int *)16 + n);', 'parameter name n'],
  ['asm("x" : "=r" (one.x)); mint_a = one.x;', 'assembly'],
  ['asm("x" : "=r" (two.x)); mint_a = one.x;', '0x0'],
  ['asm("x" : "+m" (*&one.x)); mint_a = one.x;', 'assembly'],
  ['asm("x" : "=m" (p->x)); mint_a = p->x;', 'changed-by-call name p callee asm'],
  ['asm("x" :: "r" (&one) : "memory"); mint_a = one.x;', 'assembly'],
  ['asm("x" :: "r" (one.x) : "memory"); mint_a = one.x;', '0x0'],
  ['asm("x" :: "r" (array) : "memory"); mint_a = array[1];', 'assembly'],
  ['int *q = array; asm("x" :: "r" (q) : "memory"); mint_a = array[1];', 'assembly'],
  ['int *q = array; asm("x" :: "r" (&q) : "memory"); mint_a = array[1];', 'assembly'],
  ['asm("" ::: "memory"); mint_a = one.x;', '0x0'],
  ['asm("x" "" : : "r" (&one)); mint_a = one.x;', '0x0'],
  ['one = 1; mint_a = one.x;', 'not-an-integer type struct s'],
  ['one.x = 1.5; mint_a = one.x;', 'not-an-integer type double'],
  ['double d = 2; mint_a = d;', 'not-an-integer type double'],
  ['both.byte = 2; mint_a = both.truth;', 'invalid-value value 2 type _Bool'],
  ['typeof(nowhere) t = 1; mint_a = t;', 'unknown-type type nowhere'],
  ['int (*f)(void) = unknown; mint_a = f();', 'unknown-call name unknown'],
  ['int (*f)(void) = 0; mint_a = f();', 'unknown-call name f'],
  ['int i; mint_a = __builtin_add_overflow(n, 1, &i);', 'parameter name n'],
  ['int i; mint_a = __builtin_add_overflow(1, n, &i);', 'parameter name n'],
  ['int i; __builtin_add_overflow(1, n, &i); mint_a = i;', 'parameter name n'],
  ['int i; mint_a = __builtin_add_overflow(&i, &n, &i);', 'unsupported what add'],
  [
    'memset(array, n, 8); mint_a = array[0];',
    'changed-by-call name memset(array, n, 8) callee memset(array, n, 8)',
  ],
  [
    'memset(array, 0, n); mint_a = array[2];',
    'changed-by-call name memset(array, 0, n) callee memset(array, 0, n)',
  ],
  ['memcpy(array, p, 8); mint_a = array[0];', 'parameter name p'],
  [
    'memset(array, 0, 13); mint_a = array[0];',
    'changed-by-call name memset(array, 0, 13) callee memset(array, 0, 13)',
  ],
  [
    'memset(n ? array : one.list, 1, 4); mint_a = one.list[0];',
    'changed-by-call name memset(n ? array : one.list, 1, 4) callee memset(n ? array : one.list, 1, 4)',
  ],
  ['void *v = &one; *(int *)(unknown(3) + (char *)v) = 3; mint_a = one.x;', 'unknown-call name unknown'],
  ['int *q = (int *)(long)&one; *q = 1; mint_a = one.x;', 'address name (long)&one'],
  ['array[n] = 5; mint_a = array[1];', 'parameter name n'],
  ['int i = 5; array[i] = 1; mint_a = array[0];', '0x0'],
  ['*(int *)0 = 5; mint_a = array[0];', '0x0'],
  ['*nowhere = 5; mint_a = array[0];', '0x0'],
  ['const int fixed = 5; unknown(&fixed); mint_a = fixed;', '0x5'],
  ['char *text = "ab"; unknown(text); mint_a = text[1];', '0x62'],
  ['exit(1); mint_a = 5;', '0x0'],
  ['return; mint_a = 5;', '0x0'],
  ['goto end; mint_a = 1; end: ;', '0x0'],
  ['switch (n) { case 1: mint_a = unknown(4); }', 'unknown-call if n == 1 | 0x0 if not n == 1'],
  [
    'switch (unknown(5)) { case 1 ... 3: mint_a = 1; break; case 7: mint_a = 2; }',
    '0x2 if unknown(5) == 7 | 0x1 if unknown(5) == 1 ... 3 | 0x0 if not unknown(5) == 1 ... 3 and not unknown(5) == 7',
  ],
  [
    'switch (one) { case 0: mint_a = 1; break; default: mint_a = 2; }',
    '0x2 if not one == 0 | 0x1 if one == 0',
  ],
  ['mint_a = one ? 1 : 2;', '0x1 if one | 0x2 if not one'],
  ['mint_a = one && 1;', '0x1 if one | 0x0 if not one'],
  ['mint_a = 1.5 ? 1 : 2;', '0x1 if 1.5 | 0x2 if not 1.5'],
  ['mint_a = (long)(n ? &one : 0);', 'address if n | 0x0 if not n'],
  [
    'mint_a = n == 1 ? 1 : n == 2 ? 2 : 3;',
    '0x1 if n == 1 | 0x2 if n == 2 | 0x3 if not n == 1 and not n == 2',
  ],
  ['mint_a = (n ? one : two).x;', '0x0'],
  ['int x = n ? unknown(1) : 0; mint_a = x ? 1 : 2;', '0x1 if n and x | 0x2 if n and not x | 0x2 if not n'],
  ['int x = n == 2 ? 1 : 0; mint_a = x ? 1 : 2;', '0x1 if n == 2 | 0x2 if not n == 2'],
  ['int x = n == 2 ? 5 : n == 3 ? 0 : 6; mint_a = x ? 1 : 2;', '0x2 if n == 3 | 0x1 if not n == 3'],
  ['int x = n ? 1 : 0; if (n) mint_a = x ? 3 : 4; else mint_a = x ? 5 : 6;', '0x3 if n | 0x6 if not n'],
  [
    'int x = n ? 0 : unknown(1); if (x) mint_a = 1; if (x) mint_a += 2;',
    '0x0 if n | 0x3 if not n and x | 0x0 if not n and not x',
  ],
  [
    'if (!n) mint_a = 1; if (n == 0) mint_a += 2; if (n != 0) mint_a += 4; if (!!n) mint_a += 8;',
    '0xc if not !n | 0x3 if !n',
  ],
  [
    'if ((n & 1) == 0) mint_a = 1; if (!(n & 1)) mint_a += 2; if ((n & 1) != 0) mint_a += 4;',
    '0x4 if not (n & 1) == 0 | 0x3 if (n & 1) == 0',
  ],
  [
    'if (p) mint_a = 1; if (p == 0) mint_a += 2; if (!p) mint_a += 4; if (p != 0) mint_a += 8;',
    '0x9 if p | 0x6 if not p',
  ],
  ['int x = n ? 1 : 0; mint_a = x && n ? 1 : 2;', '0x1 if n | 0x2 if not n'],
  [
    'if (n == 2) mint_a = 1; if (n == 3) mint_a += 2; if (n == 2) mint_a += 4;',
    '0x5 if n == 2 | 0x2 if n == 3 | 0x0 if not n == 2 and not n == 3',
  ],
  [
    'mint_a = (n == 1) + (unknown(1) == 2) ? 1 : 2;',
    '0x1 if (n == 1) + (unknown(1) == 2) | 0x2 if not (n == 1) + (unknown(1) == 2)',
  ],
])('%s', (statements, line) => {
  // biome-ignore format: one table
  expect(told(statements)).toBe(line);
});

it.each([
  ['for (;;) ;', ['step-limit limit 250000']],
  ['memset(array, 0, 13);', ['index-out-of-bounds index 13 length 12']],
  ['memset((char *)array - 1, 0, 1);', ['index-out-of-bounds index 0 length 12']],
  ['int i = 5; array[i] = 1;', ['index-out-of-bounds index 5 length 3']],
  ['int local; if (n) local = 1; mint_a = local;', []],
  ['return; mint_a = 1 / 0;', []],
  ['mint_a = 1 / 0; mint_a = 1 / 0;', ['division-by-zero operator /', 'division-by-zero operator /']],
  ['for (int i = 0; i < 3; i++) mint_a = 1 / 0;', ['division-by-zero operator /']],
  ['falls(0);', []],
  ['mint_a = sizeof(1 / 0);', []],
  ['*(int *)0 = 1;', ['null-pointer']],
])('problems of %s', (statements, lines) => {
  const { problems } = after(statements);
  expect(problems.map(({ reason }) => reasonText(reason))).toEqual(lines);
});
