/** Functions of gcc and the C library whose effect is known, beside what gcc can judge: what is not known, and why. */
import { describe, expect, it } from 'vitest';
import type { DataModel } from '../../server/src/c/value';
import { evaluateText, reasonText, toldText, valueText } from './evaluate-text';

const HEAD = `struct s { int x; long y; int list[3]; }; static struct s one, two; static int array[3];
static int mark = 5; static char word[4] = "abc"; static char huge[3000000];
int unknown(); int *unknown_pointer(void); void *malloc(unsigned long); void other();
static unsigned long mint_a;
void change(void) { mark = 6; word[0] = 'z'; }
`;

function after(statements: string, dataModel: DataModel = 'LP64') {
  const text = `${HEAD}void f(int n, struct s *p) { ${statements} }`;
  return evaluateText(text, (name) => name === 'mint_a', { dataModel });
}

/** `code` or `code NAME VALUE …` of the reason why `mint_a` is not known after the statements; else its value. */
function told(statements: string, dataModel?: DataModel): string {
  return toldText(after(statements, dataModel).watched.get('mint_a')?.value);
}

const TOLD: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'what may be changed at run time stays so',
    [
      ['mint_a = __builtin_bswap16(mark);', '0x500 unless changed at main.c:1'],
      ['mint_a = __builtin_popcount(mark);', '0x2 unless changed at main.c:1'],
      ['mint_a = abs(mark);', '0x5 unless changed at main.c:1'],
      ['mint_a = abs(-mark);', '0x5 unless changed at main.c:1'],
      ['mint_a = __builtin_expect(mark, 1);', '0x5 unless changed at main.c:1'],
      ['mint_a = strlen(word);', '0x3 unless changed at main.c:1'],
      ['int i; mint_a = __builtin_add_overflow(mark, 1, &i);', '0x0 unless changed at main.c:1'],
      ['int i; mint_a = __builtin_add_overflow(1, mark, &i);', '0x0 unless changed at main.c:1'],
      ['int i; __builtin_sub_overflow(1, mark, &i); mint_a = -i;', '0x4 unless changed at main.c:1'],
      ['unsigned char c; mint_a = __builtin_add_overflow(mark, 251, &c);', '0x1 unless changed at main.c:1'],
    ],
  ],
  [
    'each of several values has its result',
    [
      ['mint_a = __builtin_ffs(n ? 8 : 0);', '0x4 if n | 0x0 if not n'],
      ['mint_a = __builtin_bswap16(n ? 1 : 2);', '0x100 if n | 0x200 if not n'],
      ['mint_a = abs(n ? -1 : 2);', '0x1 if n | 0x2 if not n'],
      ['mint_a = __builtin_clz(n ? 0 : 1);', 'division-by-zero if n | 0x1f if not n'],
      ['mint_a = __builtin_choose_expr(n, 1, 2);', '0x1 if n | 0x2 if not n'],
      [
        '__builtin_add_overflow(1, 2, n ? &array[0] : &array[1]); mint_a = array[1];',
        '0x0 if n | 0x3 if not n',
      ],
    ],
  ],
  [
    'one of several operands of an exact sum is too many',
    [
      ['mint_a = __builtin_add_overflow(n ? 1 : 2, 2, &array[0]);', 'unsupported what add'],
      ['__builtin_mul_overflow(2, n ? 1 : 2, &array[0]); mint_a = array[0];', 'unsupported what mul'],
      ['mint_a = __builtin_sadd_overflow(0x7fffffff, n, &array[0]);', 'parameter name n'],
      ['__builtin_sadd_overflow(n, 1, &array[0]); mint_a = array[0];', 'parameter name n'],
      ['mint_a = __builtin_sub_overflow(unknown(1), n, &array[0]);', 'unknown-call name unknown'],
    ],
  ],
  [
    'nobody knows what gcc finds constant',
    [
      [
        'mint_a = __builtin_constant_p(n) ? 1 : __builtin_constant_p(n) ? 2 : 3;',
        '0x1 if __builtin_constant_p(n) | 0x2 if not __builtin_constant_p(n) and __builtin_constant_p(n) | 0x3 if not __builtin_constant_p(n) and not __builtin_constant_p(n)',
      ],
      ['mint_a = __builtin_constant_p("a"[0] + 1) && 0;', '0x0'],
      ['mint_a = __builtin_constant_p(OSID + 1);', '0x1'],
    ],
  ],
  [
    'a string ends within its object',
    [
      ['mint_a = strlen(word - 1);', 'unknown-call name strlen'],
      ['mint_a = strlen(word + 3);', '0x0 unless changed at main.c:1'],
      ['mint_a = strlen(word + 4);', 'unknown-call name strlen'],
      ['mint_a = strlen("abc" + 4);', 'unknown-call name strlen'],
      ['array[1] = 1; mint_a = strlen((char *)array + 4);', '0x1'],
      ['char q[3]; q[0] = 1; q[1] = 0; mint_a = strlen(q);', '0x1'],
      ['char q[3]; q[0] = 1; mint_a = strlen(q);', 'unknown-call name strlen'],
      ['char q[2] = "ab"; mint_a = strlen(q);', 'unknown-call name strlen'],
      ['char q[2] = { 1, n }; mint_a = strlen(q);', 'unknown-call name strlen'],
      ['mint_a = strlen(n ? "ab" : "abc");', 'unknown-call name strlen'],
      ['mint_a = strlen(unknown_pointer());', 'unknown-call name strlen'],
      ['mint_a = strlen((char *)0);', 'unknown-call name strlen'],
    ],
  ],
  [
    'memory is set within its object',
    [
      ['memset(array, 1, 12); mint_a = array[2];', '0x1010101'],
      ['memset(array + 1, 1, 8); mint_a = array[2];', '0x1010101'],
      ['memset(array + 1, 1, 8); mint_a = array[0];', '0x0'],
      ['memset(array, 1, 4); mint_a = array[1];', '0x0'],
      ['memset(array, 0x101, 4); mint_a = array[0];', '0x1010101'],
      ['memset(array, 0x7ff, 4); mint_a = (unsigned)array[0];', '0xffffffff'],
      ['array[0] = array[1] = 7; memset(array, 0x100, 4); mint_a = array[0] + array[1];', '0x7'],
      ['mint_a = memset(array, 1, 4) == array;', '0x1'],
      ['mint_a = memset(array, n, n) == array;', '0x1'],
      ['memset(huge, 0, sizeof huge); mint_a = 1;', '0x1'],
      ['memset(huge, 1, sizeof huge); mint_a = 1;', 'step-limit limit 2000000'],
      [
        'memset(array + 1, 1, 9); mint_a = array[0];',
        'changed-by-call name memset(array + 1, 1, 9) callee memset(array + 1, 1, 9)',
      ],
      ['memset(array); mint_a = array[0];', '0x0'],
      ['memset(array, 1); mint_a = array[0];', '0x0'],
    ],
  ],
  [
    'memory is copied within its object',
    [
      ['mint_a = memcpy(array, "abcdefg", 4) == array;', '0x1'],
      ['memcpy(array, "abc", 4); mint_a = array[0];', '0x636261'],
      [
        'memcpy(array, "abc", 5); mint_a = array[0];',
        'changed-by-call name memcpy(array, "abc", 5) callee memcpy(array, "abc", 5)',
      ],
      [
        'memcpy(array, "abcdefg", n); mint_a = array[0];',
        'changed-by-call name memcpy(array, "abcdefg", n) callee memcpy(array, "abcdefg", n)',
      ],
      [
        'memmove(array, n ? array + 1 : array, 4); mint_a = array[2];',
        'changed-by-call name memmove(array, n ? array + 1 : array, 4) callee memmove(array, n ? array + 1 : array, 4)',
      ],
      [
        'memcpy(n ? array : one.list, &two, 4); mint_a = one.list[0] + two.x;',
        'changed-by-call name memcpy(n ? array : one.list, &two, 4) callee memcpy(n ? array : one.list, &two, 4)',
      ],
      ['memcpy(n ? array : one.list, &two, 4); mint_a = two.x;', '0x0'],
      ['memcpy(array, "abc"); mint_a = array[0];', '0x0'],
    ],
  ],
  [
    'what is set behind a pointer that nobody knows is what got out of sight',
    [
      [
        'unknown(&one); one.x = 3; memset(unknown_pointer(), 0, n); mint_a = one.x;',
        'changed-by-call name memset(unknown_pointer(), 0, n) callee memset(unknown_pointer(), 0, n)',
      ],
      [
        'unknown(&one); one.x = 3; memcpy(unknown_pointer(), array, 4); mint_a = one.x;',
        'changed-by-call name memcpy(unknown_pointer(), array, 4) callee memcpy(unknown_pointer(), array, 4)',
      ],
      ['one.x = 3; memset(unknown_pointer(), 0, n); mint_a = one.x;', '0x3'],
    ],
  ],
  [
    'functions that only read',
    [
      ['printf("", &one); mint_a = one.x;', '0x0'],
      ['__builtin_printf("", &one); mint_a = one.x;', '0x0'],
      ['strcmp(&one, &two); mint_a = one.x + two.x;', '0x0'],
      ['other(&one); mint_a = one.x;', 'changed-by-call name one callee other'],
      ['x__builtin_printf(&one); mint_a = one.x;', 'changed-by-call name one callee x__builtin_printf'],
    ],
  ],
  [
    'functions that return memory of its own',
    [
      ['int *q = malloc(4); *q = 5; mint_a = *q;', '0x5'],
      ['int *q = malloc(4), *r = malloc(4); *r = 4; *q = 5; mint_a = *r;', '0x4'],
      ['int *q = unknown_pointer(); *q = 5; mint_a = *q;', 'unknown-call name unknown_pointer'],
    ],
  ],
  [
    'functions that do not return',
    [
      ['if (n) exit(1); mint_a = 3;', '0x3'],
      ['if (n) { mint_a = 4; abort(); } mint_a = 3;', '0x3'],
      ['mint_a = 3; if (n) __builtin_trap(mint_a = 4); array[0] = mint_a; mint_a = array[0];', '0x3'],
    ],
  ],
  [
    'variable arguments',
    [
      ['va_list ap; va_start(ap, n); va_end(ap); mint_a = 5;', '0x5'],
      ['mint_a = va_start(n);', 'not-an-integer type void'],
      ['mint_a = va_arg(ap, struct s).x;', 'unknown-call name va_arg'],
    ],
  ],
];

describe.each(TOLD)('%s', (_, rows) => {
  it.each(rows)('%s', (statements, line) => {
    expect(told(statements)).toBe(line);
  });
});

it.each([
  ['memset(array + 1, 1, 9);', 'index-out-of-bounds index 13 length 12'],
  ['memcpy(array, "abc", 5);', 'index-out-of-bounds index 5 length 4'],
  ['mint_a = __builtin_ctzll(0);', 'division-by-zero operator __builtin_ctzll'],
])('problems of %s', (statements, line) => {
  expect(after(statements).problems.map(({ reason }) => reasonText(reason))).toEqual([line]);
});

it.each([
  ['memset(&mint_a, 1, 8);', ['call 0x101010101010101']],
  ['mint_a = 5; memcpy(&mint_a, &array[1], 8);', ['= 0x5', 'call 0x0']],
  ['__builtin_mul_overflow(3, 5, &mint_a);', ['call 0xf']],
  ['memset(array, 1, 8);', []],
])('what is written: %s', (statements, lines) => {
  const writes = after(statements).watched.get('mint_a')?.writes ?? [];
  expect(writes.map(({ operator, value }) => `${operator} ${valueText(value)}`)).toEqual(lines);
});

it.each([
  ['__builtin_clzl(1)', '0x3f', '0x1f'],
  ['__builtin_clzll(1)', '0x3f', '0x3f'],
  ['__builtin_clz(1)', '0x1f', '0x1f'],
  ['__builtin_saddl_overflow(0x7fffffff, 1, &size)', '0x0', '0x1'],
  ['__builtin_uaddll_overflow(0xffffffff, 1, &wide)', '0x0', '0x0'],
])('a long is as wide as the data model has it: %s', (call, lp64, ilp32) => {
  const statements = `long size; unsigned long long wide; mint_a = ${call};`;
  expect([told(statements, 'LP64'), told(statements, 'ILP32')]).toEqual([lp64, ilp32]);
});
