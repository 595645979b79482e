/** Which assignments are told of a watched name, by whatever name they are made. */
import { describe, expect, it } from 'vitest';
import { evaluateText, textAt, valueText } from './evaluate-text';

const isMint = (name: string): boolean => name.startsWith('mint_');

/** `mint_a is 0x2: = s.mint_a = 2 (0x2); …` of each watched name. */
function told(text: string): readonly string[] {
  return [...evaluateText(text, isMint).watched].map(([name, { value, writes }]) => {
    const lines = writes.map(
      (write) => `${write.operator} ${textAt(text, write.span)} (${valueText(write.value)})`,
    );
    return [`${name} is ${valueText(value)}`, lines.join('; ')].filter(Boolean).join(': ');
  });
}

type Rows = readonly (readonly [string, readonly string[]])[];

/** Programs, and what is told of the watched names in them. */
const TOLD: readonly (readonly [string, Rows])[] = [
  [
    'a member',
    [
      [
        'struct s { int x, mint_a; } s; void f(void) { s = (struct s) { 1, 2 }; }',
        ['mint_a is 0x2: initializer 2 (0x2); = s = (struct s) { 1, 2 } (0x2)'],
      ],
      [
        'struct s { unsigned x: 3, mint_a: 5; } s, t; void f(void) { s.mint_a = 4; t = s; }',
        ['mint_a is 0x4: = s.mint_a = 4 (0x4); = t = s (0x4)'],
      ],
      [
        'struct s { int x; struct { int y, mint_a; } in; } s; void f(void) { int *q = &s.in.mint_a; *q = 7; }',
        ['mint_a is 0x7: = *q = 7 (0x7)'],
      ],
      [
        'struct s { int x; struct { int y, mint_a; } in; } s; void f(void) { int *q = &s.x; *q = 7; q = &s.in.y; *q = 8; }',
        [],
      ],
      [
        'struct s { int a; struct { int mint_a; }; } s, t; void f(void) { s.mint_a = 4; t = s; }',
        ['mint_a is 0x4: = s.mint_a = 4 (0x4); = t = s (0x4)'],
      ],
      [
        'struct s { int x, mint_a; } s = { .mint_a = 1, .x = 2 };',
        ['mint_a is 0x1: initializer mint_a = 1 (0x1)'],
      ],
      ['struct s { int x, mint_a; } s = { mint_a: 1 };', ['mint_a is 0x1: initializer 1 (0x1)']],
      ['struct s { int x, mint_a; } s = { .x = 1, 2 };', ['mint_a is 0x2: initializer 2 (0x2)']],
      ['struct s { int mint_a, x; } s = { 1, .x = 2 };', ['mint_a is 0x1: initializer 1 (0x1)']],
      [
        'static struct { int mint_a; } list[2] = { { 1 }, { 2 } };',
        ['mint_a is 0x2: initializer 1 (0x1); initializer 2 (0x2)'],
      ],
      [
        'struct s { int x, mint_a; }; struct s g(void); void f(void) { struct s s = g(); }',
        ['mint_a is unknown-call: initializer s = g() (unknown-call)'],
      ],
      [
        'struct s { int mint_a; } *p; void f(struct s *q) { q->mint_a = 3; p = q; }',
        ['mint_a is 0x3: = q->mint_a = 3 (0x3)'],
      ],
      [
        'struct s { int mint_a; }; void f(struct s q) { q.mint_a = 3; }',
        ['mint_a is 0x3: = q.mint_a = 3 (0x3)'],
      ],
      [
        'struct { int x; int mint_a; } s; void f(void) { ((int *)&s)[1] = 3; }',
        ['mint_a is 0x3: = ((int *)&s)[1] = 3 (0x3)'],
      ],
      [
        'struct { int x; int mint_a; } s; void f(void) { (*(int *)((char *)&s + 4)) = 3; }',
        ['mint_a is 0x3: = (*(int *)((char *)&s + 4)) = 3 (0x3)'],
      ],
      ['struct { int x; int mint_a; } s; void f(int n) { ((int *)&s)[n] = 3; }', ['mint_a is parameter']],
      [
        'union { int x; int mint_a; } u; void f(void) { u.mint_a = 3; u.x = 4; }',
        ['mint_a is 0x4: = u.mint_a = 3 (0x3)'],
      ],
      [
        'struct s { int mint_a; struct away *p; double d; } s, t; void f(void) { s = t; }',
        ['mint_a is 0x0: = s = t (0x0)'],
      ],
      [
        'struct s { int mint_a; } s, t; void f(int n) { *(n ? &s : &t) = (struct s) { 4 }; }',
        ['mint_a is 0x4: initializer 4 (0x4)'],
      ],
    ],
  ],
  [
    'an object',
    [
      ['int mint_a = { 3 };', ['mint_a is 0x3: initializer mint_a = { 3 } (0x3)']],
      ['int mint_a[2] = { 1, 2 };', ['mint_a is address']],
      ['int mint_a[3]; void f(int n) { mint_a[1] = 5; }', ['mint_a is 0x5: = mint_a[1] = 5 (0x5)']],
      [
        'int mint_a; void f(void) { int *q = &mint_a; (*q)++; q[0] += 2; }',
        ['mint_a is 0x3: ++ (*q)++ (0x1); += q[0] += 2 (0x3)'],
      ],
      [
        'int mint_a, b; void f(int n) { *(n ? &mint_a : &b) = 4; mint_a += 1; }',
        ['mint_a is 0x5 if n | 0x1 if not n: += mint_a += 1 (0x5 if n | 0x1 if not n)'],
      ],
      ['int mint_a; void f(void) { extern int mint_a; mint_a = 4; }', ['mint_a is 0x4: = mint_a = 4 (0x4)']],
      ['extern int mint_a; void f(void) { mint_a = 3; }', ['mint_a is 0x3: = mint_a = 3 (0x3)']],
      [
        'int mint_a; void f(int n) { for (int i = 0; i < 2; i++) mint_a += i; }',
        ['mint_a is 0x1: += mint_a += i (0x0 if  | 0x1 if )'],
      ],
      [
        'int mint_a; void f(int n) { if (n) { mint_a = 1; return; } mint_a = 2; }',
        ['mint_a is 0x2 if not n | 0x1 if n: = mint_a = 1 (0x1); = mint_a = 2 (0x2)'],
      ],
      ['int mint_a; void f(void) { (void)sizeof (mint_a = 3); }', ['mint_a is 0x0']],
      [
        'int mint_a; void f(void) { asm("x" : "=r" (mint_a)); }',
        ['mint_a is assembly: call asm("x" : "=r" (mint_a)); (assembly)'],
      ],
    ],
  ],
  [
    'another object of the name',
    [
      ['void f(int n) { int mint_a; { int mint_a = 4; } }', ['mint_a is 0x4: initializer mint_a = 4 (0x4)']],
      [
        'void f(int n) { int mint_a = 3; { int mint_a = 4; } mint_a = 5; }',
        ['mint_a is 0x5: initializer mint_a = 3 (0x3); initializer mint_a = 4 (0x4); = mint_a = 5 (0x5)'],
      ],
      ['int mint_a; void g(int mint_a) { mint_a = 5; } void f(void) { g(3); }', ['mint_a is 0x0']],
      ['void g(int mint_a) { } void f(void) { g(3); }', []],
      [
        'void g(int mint_a) { mint_a++; } void f(void) { g(3); g(4); }',
        ['mint_a is 0x5: ++ mint_a++ (0x4 if  | 0x5 if )'],
      ],
      ['int mint_a; void f(void) { static int mint_a; mint_a = 4; }', ['mint_a is 0x0']],
      ['int mint_a; struct s { int mint_a; } s, t; void f(void) { s = t; }', ['mint_a is 0x0']],
      ['int mint_a; struct s { int mint_a; } s = { 4 };', ['mint_a is 0x0']],
      [
        'int mint_a; void f(int n) { int b, mint_c; int *q = n ? &mint_a : &b; mint_c = *q; }',
        [
          'mint_c is 0x0 if n | uninitialized if not n: = mint_c = *q (0x0 if n | uninitialized if not n)',
          'mint_a is 0x0',
        ],
      ],
    ],
  ],
  [
    'a macro that stands for it',
    [
      [
        '#define mint_m mint_a\nint mint_a; void f(int n) { mint_m = 4; }',
        ['mint_m is 0x4: = mint_m = 4 (0x4)', 'mint_a is 0x4'],
      ],
      [
        '#define mint_m (other)\nint other; void f(int n) { mint_m = 4; }',
        ['mint_m is 0x4: = mint_m = 4 (0x4)'],
      ],
      [
        '#define mint_m s.x\nstruct { int x, y; } s; void f(int n) { mint_m = 4; s.y = 5; }',
        ['mint_m is 0x4: = mint_m = 4 (0x4)'],
      ],
      [
        '#define ID(x) x\n#define mint_m other\nint other; void f(int n) { ID(mint_m) = 4; other = 5; }',
        ['mint_m is 0x5: = ID(mint_m) = 4 (0x4)'],
      ],
      [
        '#define PAIR mint_a, mint_b\nint PAIR; void f(int n) { mint_a = 4, mint_b = 5; }',
        ['mint_a is 0x4: = mint_a = 4 (0x4)', 'mint_b is 0x5: = mint_b = 5 (0x5)'],
      ],
    ],
  ],
];

describe.each(TOLD)('%s', (_, rows) => {
  it.each(rows)('%s', (text, lines) => {
    expect(told(text)).toEqual(lines);
  });
});
