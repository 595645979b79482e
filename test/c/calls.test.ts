/** What calls do that gcc cannot judge: functions without a body, functions handed on, what is not returned or passed. */
import { describe, expect, it } from 'vitest';
import { evaluateStatements, reasonText, toldText } from './evaluate-text';

const HEAD = `struct s { int x; long y; int list[3]; int *p; }; static struct s one, two; static int array[3], mark;
int unknown(); int *unknown_pointer(void); static unsigned long mint_a;
static void count(void) { mark++; } static int twice(int k) { return k * 2; } static void nothing(void) { return; }
static int falls(int k) { if (k) return 1; } static struct s fallen(int k) { if (k) return one; }
static int down(int k) { return k ? down(k - 1) + 1 : 0; }
static struct s made(int k) { struct s t = { k }; return t; }
static void drops(void) { (falls(0), (void)falls(0)); }
static int *lost(void) { int local; return &local; }
static int old(a, b) int a; char b; { return a + b; }
static int some(int k, ...) { return k; }
`;

function after(statements: string) {
  return evaluateStatements(HEAD, statements);
}

/** `code` or `code NAME VALUE …` of the reason why `mint_a` is not known after the statements; else its value. */
function told(statements: string): string {
  return toldText(after(statements).watched.get('mint_a')?.value);
}

const TOLD: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'what is passed',
    [
      ['mint_a = old(1, 300);', '0x2d'],
      ['mint_a = old(1);', 'parameter name b'],
      ['mint_a = some(3, 4, 5);', '0x3'],
      ['mint_a = some();', 'parameter name k'],
      ['mint_a = twice();', 'parameter name k'],
      ['mint_a = twice(1, mark = 3) + mark;', '0x5'],
      ['mint_a = twice(1.5);', 'not-an-integer type double'],
      ['mint_a = twice(falls(0));', 'missing-return name falls'],
    ],
  ],
  [
    'what is returned',
    [
      ['mint_a = made(5).x;', '0x5'],
      ['mint_a = fallen(0).x;', 'missing-return name fallen'],
      ['mint_a = falls(n);', 'uninitialized if not k | 0x1 if k'],
      ['mint_a = falls(0) ? 1 : 2;', '0x1 if falls(0) | 0x2 if not falls(0)'],
      ['mint_a = *lost();', 'invalid-pointer'],
      ['mint_a = nothing() ? 1 : 2;', '0x1 if nothing() | 0x2 if not nothing()'],
      ['mint_a = nothing() + 1;', 'not-an-integer type void'],
    ],
  ],
  [
    'functions that call themselves',
    [
      ['mint_a = down(50);', '0x32'],
      ['mint_a = down(78);', '0x4e'],
      ['mint_a = down(79);', '0x4f'],
      ['mint_a = down(80);', 'call-depth-limit limit 80 name down'],
      ['mark = 3; down(100); mint_a = mark;', 'call-depth-limit limit 80 name down'],
    ],
  ],
  [
    'pointers to functions',
    [
      ['void (*q)(void) = count; q(); mint_a = mark;', '0x1'],
      ['(*count)(); (**count)(); mint_a = mark;', '0x2'],
      ['void (*q)(void) = n ? count : nothing; q(); mint_a = mark;', '0x1 if n | 0x0 if not n'],
      ['void (*q)(void) = n ? count : 0; q(); mint_a = mark;', '0x1 if n | 0x0 if not n'],
      ['int (*q[2])(int) = { twice, down }; mint_a = q[1](3) + q[0](4);', '0xb'],
      ['mint_a = ((int (*)(int))twice)(4);', '0x8'],
      ['mint_a = ((struct s (*)(void))unknown)().x;', 'unknown-call name unknown'],
    ],
  ],
  [
    'functions without a body',
    [
      ['int away(int); mint_a = away(3);', 'unknown-call name away'],
      ['mint_a = nowhere(twice(2)) + 1;', 'unknown-call name nowhere'],
      ['nowhere(mark = 3); mint_a = mark;', '0x3'],
      ['mint_a = unknown(1) == unknown(1) ? 1 : 2;', '0x1 if unknown(1) == unknown(1) | 0x2 if not unknown(1) == unknown(1)'],
      ['int k = unknown(1); if (k == 2) mint_a = k == 2 ? 1 : 3;', '0x1 if k == 2 | 0x0 if not k == 2'],
      ['return; unknown(&mint_a);', '0x0'],
    ],
  ],
  [
    'what such a function may change is what its arguments lead to',
    [
      ['one.p = array; unknown(one); mint_a = array[1];', 'changed-by-call name array callee unknown'],
      ['one.p = array; unknown(one); mint_a = one.x;', '0x0'],
      ['one.p = array; unknown(&one); mint_a = array[1];', 'changed-by-call name array callee unknown'],
      ['one.p = array; unknown(one.x); mint_a = array[1];', '0x0'],
      ['struct s *q = &one; one.p = array; unknown(&q); mint_a = array[1];', 'changed-by-call name array callee unknown'],
      ['int *q = n ? array : one.list; unknown(q); mint_a = array[0];', 'changed-by-call name array callee unknown'],
      ['int *q = n ? array : one.list; unknown(q); mint_a = one.x;', 'changed-by-call name one callee unknown'],
      ['unknown(n ? array : 0); mint_a = array[0];', 'changed-by-call name array callee unknown'],
      ['one.p = (int *)&two; two.p = (int *)&one; unknown(&two); mint_a = one.x;', 'changed-by-call name one callee unknown'],
      ['unknown(p); mint_a = p->x;', 'changed-by-call name p callee unknown'],
      ['unknown(p->p); mint_a = p->x;', 'parameter name p'],
      ['p->p = array; unknown(p); mint_a = array[2];', 'changed-by-call name array callee unknown'],
      ['unknown(array); array[1] = 3; unknown(); mint_a = array[1];', '0x3'],
      ['unknown(array); array[1] = 3; *unknown_pointer() = 3; mint_a = array[1];', 'unknown-call name unknown_pointer'],
      ['array[1] = 3; *unknown_pointer() = 3; mint_a = array[1];', '0x3'],
    ],
  ],
  [
    'a function handed to such a function may be called any number of times',
    [
      ['unknown(count); mint_a = mark;', 'changed-in-loop name mark'],
      ['unknown(1, count); mint_a = mark;', 'changed-in-loop name mark'],
      ['unknown(n ? count : 0); mint_a = mark;', 'changed-in-loop name mark'],
      ['unknown(n ? nothing : count); mint_a = mark;', 'changed-in-loop name mark'],
      ['strcmp(count); mint_a = mark;', 'changed-in-loop name mark'],
      ['unknown(nothing); mint_a = mark;', '0x0'],
      ['unknown(twice); mint_a = 3;', '0x3'],
      ['int away(void); unknown(away); mint_a = mark;', '0x0'],
    ],
  ],
  [
    'jumps back',
    [
      ['int k = 0; again: k++; if (k < 5) goto again; mint_a = k;', '0x5'],
      ['int k = 0; again: k++; if (k < 100000) goto again; mint_a = k;', 'changed-in-loop name k'],
      ['again: mint_a++; if (n) goto again;', '0x1 if  | 0xb if  | changed-in-loop if '],
      ['goto out; mint_a = 3; out: mint_a += 2;', '0x2'],
      ['goto nowhere; mint_a = 3;', '0x0'],
      ['if (n) goto out; mint_a = 3; out: ;', '0x3 if not n | 0x0 if n'],
    ],
  ],
]; // biome-ignore format: one table

describe.each(TOLD)('%s', (_, rows) => {
  it.each(rows)('%s', (statements, line) => {
    expect(told(statements)).toBe(line);
  });
});

it.each([
  ['falls(0);', []],
  ['(void)falls(0);', []],
  ['(void)falls(0), falls(0);', []],
  ['falls(0), mark = falls(0);', ['missing-return name falls']],
  ['(long)falls(0);', ['missing-return name falls']],
  ['falls(falls(0));', ['missing-return name falls']],
  ['drops(); drops();', []],
  ['mint_a = falls(0);', ['missing-return name falls']],
  ['mint_a = falls(n);', []],
  ['mint_a = fallen(0).x;', ['missing-return name fallen']],
  ['down(100);', ['call-depth-limit limit 80 name down']],
  ['mint_a = *lost();', ['invalid-pointer']],
  ['return; mint_a = falls(0);', []],
])('problems of %s', (statements, lines) => {
  const { problems } = after(statements);
  expect(problems.map(({ reason }) => reasonText(reason))).toEqual(lines);
});
