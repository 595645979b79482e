/** Operators and conversions of what is not known: types, pointers, and when two values are one. */
import { describe, expect, it } from 'vitest';
import { evaluateStatements, toldText } from './evaluate-text';

const HEAD = `struct s { int x; long y; int list[3]; _Bool truth; unsigned bit: 3; }; struct away;
static struct s one, two; static int array[3]; enum { FIRST }; extern int elsewhere;
static void nothing(void) { } static int three(void) { return 3; }
int unknown(); int *ask(void); struct s *unknown_pointer(void); static unsigned long mint_a;
`;

function after(statements: string) {
  return evaluateStatements(HEAD, statements).watched.get('mint_a')?.value;
}

const told = (statements: string) => toldText(after(statements));

describe('an unknown value is as wide as its type', () => {
  it.each([
    ['n + 1', 'int'],
    ['n & 1u', 'unsigned int'],
    ['n + 1L', 'long'],
    ['1L + n', 'long'],
    ['p->y + n', 'long'],
    ['n | p->y', 'long'],
    ['p->y == n', 'int'],
    ['p->y < 5', 'int'],
    ['p == unknown_pointer()', 'int'],
    ['p - unknown_pointer()', 'long'],
    ['!p->y', 'int'],
    ['!p', 'int'],
    ['~p->y', 'long'],
    ['-p->y', 'long'],
    ['~n', 'int'],
    ['-p->truth', 'int'],
    ['+p->bit', 'int'],
    ['n << 1L', 'int'],
    ['p->y << 1', 'long'],
    ['p->truth << 1', 'int'],
    ['p->y >> n', 'long'],
    ['p->y, n', 'int'],
    ['n, p->y', 'long'],
    ['n ? n : p->y', 'long'],
    ['p->y ?: n', 'long'],
    ['n ?: n', 'int'],
    ['n && p->y', 'int'],
    ['p->y || n', 'int'],
    ['(long)n', 'long'],
    ['(int)p->y', 'int'],
    ['n = p->y', 'int'],
    ['p->y = n', 'long'],
    ['n++', 'int'],
    ['++p->y', 'long'],
    ['n += p->y', 'int'],
    ['unknown(1)', 'int'],
    ['p->list[n]', 'int'],
    ['array[n]', 'int'],
    ['elsewhere', 'int'],
  ])('%s is %s', (expression, type) => {
    const width = type === 'long' ? 64 : 32;
    expect(told(`mint_a = (${expression}) << ${width};`)).toBe(
      `shift-out-of-range count ${width} width ${width} type ${type}`,
    );
    expect(after(`mint_a = (${expression}) << ${width - 1};`)).not.toMatchObject({
      reason: { code: 'shift-out-of-range' },
    });
  });

  it.each([
    ['n / 0', 'division-by-zero operator /'],
    ['n % 0', 'division-by-zero operator %'],
    ['p->y / 0L', 'division-by-zero operator /'],
    ['n / 1', 'parameter name n'],
    ['5 / n', 'parameter name n'],
    ['5 % p->y', 'parameter name p'],
    ['1.5 / 0', 'not-an-integer type double'],
    ['n >> 32', 'shift-out-of-range count 32 width 32 type int'],
    ['n << -1', 'shift-out-of-range count -1 width 32 type int'],
    ['n >> 31', 'parameter name n'],
    ['0 << n', 'parameter name n'],
    ['(n + 1.5) << 40', 'parameter name n'],
    ['n + unknown(1)', 'parameter name n'],
    ['unknown(1) + n', 'unknown-call name unknown'],
  ])('of which is known what is undefined whatever it is: %s', (expression, line) => {
    expect(told(`mint_a = ${expression};`)).toBe(line);
  });
});

describe('pointers', () => {
  it.each([
    ['p + 1 ? 1 : 2', '0x1'],
    ['!(p + 1)', '0x0'],
    ['p + 1 == 0', '0x0'],
    ['0 != p + 1', '0x1'],
    ['p + 1 - 1 ? 1 : 2', '0x1 if p + 1 - 1 | 0x2 if not p + 1 - 1'],
    ['&p->y == (long *)p', 'parameter name p'],
    ['(char *)&p->y - (char *)&p->x', '0x8'],
    ['&p->list[2] - p->list', '0x2'],
    ['&p[1].x == &one.x ? 1 : 2', '0x1 if &p[1].x == &one.x | 0x2 if not &p[1].x == &one.x'],
    ['p + n == p ? 1 : 2', '0x1 if p + n == p | 0x2 if not p + n == p'],
    ['(void *)nothing == (void *)three', '0x0'],
    ['(void *)nothing != (void *)three', '0x1'],
    ['nothing == nothing', '0x1'],
    ['nothing != nothing', '0x0'],
    ['*nothing == nothing', '0x1'],
    ['nothing + 0 == nothing', '0x1'],
    ['nothing + 5 == nothing', 'address name nothing + 5'],
    ['(void *)nothing == (void *)&one', '0x0'],
    ['(void *)&one == (void *)nothing', '0x0'],
    ['(void *)nothing == 0', '0x0'],
    ['(void *)0 != (void *)nothing', '0x1'],
    ['0 == &one', '0x0'],
    ['&one == 0', '0x0'],
    ['&one == p ? 1 : 2', '0x1 if &one == p | 0x2 if not &one == p'],
    ['(void *)&one == (void *)0x1000', 'address'],
    ['(void *)nothing == (void *)0x1000', 'address'],
    ['(void *)0x1000 == (void *)nothing', 'address'],
    ['(void *)nothing < (void *)three', 'address'],
    ['&one == &two', '0x0'],
    ['&one != &two', '0x1'],
    ['&one + 1 == &two', 'address'],
    ['&two == &one + 1', 'address'],
    ['&one - 1 == &two', 'address'],
    ['(char *)(&one + 1) - 1 == (char *)&two', '0x0'],
    ['&one < &two', 'address'],
    ['&one > 0', 'address'],
    ['&array[n] == &two.x', 'address'],
    ['&array[n] == &array[1]', 'address'],
    ['(int *)8 - (int *)0', '0x2'],
    ['(int *)0 - (int *)8', '0xfffffffffffffffe'],
    ['(int *)9 - (int *)4', '0x1'],
    ['(void *)9 - (void *)4', '0x5'],
    ['(struct away *)9 - (struct away *)4', 'address'],
    ['(int (*)[0])9 - (int (*)[0])4', 'address'],
    ['16 > (int *)8', '0x1'],
    ['(int *)8 == 8', '0x1'],
    ['(int *)8 - 1', '0x4'],
    ['(int *)8 + 1 - 3', '0x0'],
    ['(char *)0 - 1', '0xffffffffffffffff'],
    ['(char *)-1 + 2', '0x1'],
    ['(int *)0 + 1', '0x4'],
    ['1 + (int *)0', '0x4'],
    ['(long)((char *)nothing + n)', 'parameter name n'],
    ['(long)((struct away *)8 + 1)', 'unknown-type type struct away *'],
    ['((int *)8 + n) == array', 'parameter name n'],
    ['*(array + (long)&one)', 'address name (long)&one'],
    ['((struct away *)p + 1)->x', 'unknown-type type struct away'],
    ['(long)(ask() + 1)', 'unknown-call name ask'],
    ['(long)(ask() - n)', 'unknown-call name ask'],
    ['&OSID == 0', 'address name &OSID'],
    ['*&OSID', 'address name &OSID'],
    ['(int (*)(void))5 == three', 'address'],
  ])('%s is %s', (expression, line) => {
    expect(told(`mint_a = ${expression};`)).toBe(line);
  });
});

describe('one condition', () => {
  /** How many values the two conditions make: two where they are one. */
  const ways = (declaration: string, a: string, b: string) => {
    const value = after(`${declaration} if (${a}) mint_a = 1; if (${b}) mint_a += 2;`);
    return value?.kind === 'one-of' ? value.alternatives.length : 1;
  };

  it.each([
    ['n + 1 == 5', 'n + 1 == 5'],
    ['n - 1 == 5', 'n - 1 == 5'],
    ['-n == 5', '-n == 5'],
    ['~n == 5', '~n == 5'],
    ['5 < n', '5 < n'],
    ['0 == n', 'n == 0'],
    ['(char)n', '(char)n'],
    ['(_Bool)n', 'n'],
    ['(void *)p', 'p'],
    ['(long)p == 5', '(long)p == 5'],
    ['p->x == 1', 'p->x == 1'],
    ['p->bit == 1', 'p->bit == 1'],
    ['p->list[1] == 1', 'p->list[1] == 1'],
    ['p[1].x == 1', '(p + 1)->x == 1'],
    ['*(char *)p == 1', '*(char *)p == 1'],
    ['x', 'x'],
    ['!(n & 1)', 'n & 1'],
    ['elsewhere', 'elsewhere'],
    ['q', 'q == 0'],
    ['q + 1 == 0', 'q + 1 == 0'],
    ['q - 1 == 0', 'q - 1 == 0'],
    ['q + n == 0', 'q + n == 0'],
    ['q == r', 'q == r'],
    ['q < r', 'q < r'],
  ])('are %s and %s', (a, b) => {
    expect(ways('int x = unknown(1), *q = ask(), *r = ask();', a, b)).toBe(2);
  });

  it.each([
    ['n + 1 == 5', 'n - 1 == 5'],
    ['n + 1 == 5', 'n + 1L == 5'],
    ['n + 1 == 5', 'n + 2 == 5'],
    ['-n == 5', '~n == 5'],
    ['n < 5', 'n > 5'],
    ['(n & 1) == 1', '(n & 1u) == 1'],
    ['(char)n', 'n'],
    ['(char)n', '(signed char)n'],
    ['(char)n', '(short)n'],
    ['p->bit', '(int)p->bit == 9'],
    ['p->x == 1', 'p->y == 1'],
    ['p->list[1] == 1', 'p->list[2] == 1'],
    ['*(char *)p == 1', 'p->x == 1'],
    ['unknown(1)', 'unknown(1)'],
    ['q', 'r'],
    ['q + 1 == 0', 'q - 1 == 0'],
    ['q + n == 0', 'q - n == 0'],
    ['q + 1 == 0', 'q + 2 == 0'],
    ['q == array', 'r == array'],
    ['q == (int *)8', 'q == (int *)16'],
  ])('are not %s and %s', (a, b) => {
    expect(ways('int *q = ask(), *r = ask();', a, b)).toBe(4);
  });
});

describe('values that assignments, steps and casts convert', () => {
  it.each([
    ['unsigned char k = 300; mint_a = k;', '0x2c'],
    ['_Bool k = 300; mint_a = k;', '0x1'],
    ['_Bool k = &one; mint_a = k;', '0x1'],
    ['_Bool k = n ? &one : 0; mint_a = k;', '0x1 if n | 0x0 if not n'],
    ['mint_a = (_Bool)nothing;', '0x1'],
    ['mint_a = (_Bool)(int *)0 + (_Bool)(int *)5;', '0x1'],
    ['mint_a = (_Bool)p;', 'parameter name p'],
    ['long k = &one; mint_a = k;', 'address name &one'],
    ['int *k = 5; mint_a = (long)k;', '0x5'],
    ['mint_a = (char)(int *)0x1ff;', '0xffffffffffffffff'],
    ['mint_a = (unsigned)(int *)-1;', '0xffffffff'],
    ['mint_a = (long)(void *)(char)-1;', '0xffffffffffffffff'],
    ['mint_a = (int *)0x1ffffffff == (int *)-1;', '0x0'],
    ['one.bit = 9; mint_a = one.bit;', '0x1'],
    ['one.bit = -1; mint_a = one.bit;', '0x7'],
    ['mint_a = (one.bit = 9);', '0x1'],
    ['mint_a = one.truth = 5;', '0x1'],
    ['p->bit = 9; mint_a = p->bit;', '0x1'],
    ['int k = 5; k += 1.5; mint_a = k;', 'not-an-integer type double'],
    ['int k = 5; k <<= 2L; mint_a = k;', '0x14'],
    ['char k = 100; k += 100; mint_a = k;', '0xffffffffffffffc8'],
    ['char k = 127; k++; mint_a = k;', '0xffffffffffffff80'],
    ['unsigned char k = 0; mint_a = k-- + k;', '0xff'],
    ['_Bool k = 0; k++; k++; mint_a = k;', '0x1'],
    ['_Bool k = 1; k--; k--; mint_a = k;', '0x1'],
    ['int *q = array; q++; mint_a = q - array;', '0x1'],
    ['int *q = array; q += 2; q -= 1; mint_a = q - array;', '0x1'],
    ['int *q = array; mint_a = q-- - array; mint_a += (array - q) * 16;', '0x10'],
    ['int k = 0x7fffffff; k++; mint_a = k;', 'signed-overflow operator + value 0x80000000 type int'],
    ['double d = 1; d++; mint_a = d;', 'not-an-integer type double'],
    ['nowhere++; mint_a = 1;', '0x1'],
    ['mint_a = (void)1;', 'not-an-integer type void'],
    ['mint_a = (void)n;', 'not-an-integer type void'],
    ['mint_a = (void)one;', 'not-an-integer type void'],
    ['mint_a = (long)one;', 'not-an-integer type struct s'],
    ['mint_a = (struct s)1;', 'not-an-integer type struct s'],
    ['mint_a = (struct s)one;', 'not-an-integer type struct s'],
    ['mint_a = ((struct s)one).x;', '0x0'],
    ['mint_a = (nowhere_t)1;', 'unknown-type type nowhere_t'],
    ['mint_a = (float)(int *)8;', 'not-an-integer type float'],
    ['mint_a = ({ ; });', 'not-an-integer type void'],
    ['mint_a = ({ int x = 5; });', 'not-an-integer type void'],
    ['mint_a = ({ if (n) 5; });', 'not-an-integer type void'],
    ['mint_a = ({ 4; 5; });', '0x5'],
    ['mint_a = ({ 4; ; ; });', '0x4'],
    ['mint_a = ({ 4; { } });', 'not-an-integer type void'],
    ['mint_a = ({ int x = 5; x++; x; });', '0x6'],
    ['mint_a = ({ goto out; 5; }); out: mint_a += 7;', '0x7'],
    ['mint_a = ({ if (n) goto out; 5; }); out: ;', '0x5 if not n | 0x0 if n'],
    ['int *q = ({ int x = 5; &x; }); mint_a = *q;', 'invalid-pointer'],
  ])('%s', (statements, line) => {
    expect(told(statements)).toBe(line);
  });
});
