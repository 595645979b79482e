/** Which case of a `switch` control goes to, known or not, and what jumps find in the blocks they lead into. */
import { describe, expect, it } from 'vitest';
import { evaluateText, valueText } from './evaluate-text';

const HEAD = `struct s { int x; long y; unsigned bit: 3; }; static struct s one; int unknown(); static unsigned long mint_a;
`;

/** What is known of `mint_a` after the statements, and the problems in them. */
function told(statements: string, head = ''): readonly string[] {
  const text = `${HEAD}${head}void f(int n, struct s *p) { ${statements} }`;
  const { watched, problems } = evaluateText(text, (name) => name === 'mint_a');
  return [valueText(watched.get('mint_a')?.value), ...problems.map(({ reason }) => reason.code)];
}

describe('a switch on what is not known', () => {
  it.each([
    ['switch (n) { case 5: mint_a = 1; } if (n == 5) mint_a += 2;', '0x3 if n == 5 | 0x0 if not n == 5'],
    [
      'switch (n) { case 5 ... 5: mint_a = 1; } if (n == 5) mint_a += 2;',
      '0x3 if n == 5 ... 5 | 0x0 if not n == 5 ... 5',
    ],
    [
      'switch (n) { case 5 ... 6: mint_a = 1; break; case 7: mint_a = 2; break; default: mint_a = 3; }',
      '0x3 if not n == 5 ... 6 and not n == 7 | 0x1 if n == 5 ... 6 | 0x2 if n == 7',
    ],
    [
      'switch (n) { case 1: mint_a = 1; case 2: mint_a += 2; default: mint_a += 4; }',
      '0x7 if n == 1 | 0x6 if n == 2 | 0x4 if not n == 1 and not n == 2',
    ],
    ['switch (n) { default: mint_a += 4; case 1: mint_a += 1; }', '0x5 if not n == 1 | 0x1 if n == 1'],
    ['switch (n) { case 1: return; } mint_a = 4;', '0x4'],
    [
      'switch (n) { case 1: mint_a = 1; break; mint_a = 2; } mint_a += 4;',
      '0x5 if n == 1 | 0x4 if not n == 1',
    ],
    ['switch (n) ; mint_a = 1;', '0x1'],
    ['switch (n) mint_a = 1;', '0x0'],
    ['switch (n) case 1: mint_a = 1;', '0x1 if n == 1 | 0x0 if not n == 1'],
    ['switch (n) default: mint_a = 1;', '0x1'],
    ['switch (n ? 1 : 2) { case 1: mint_a = 1; break; case 2: mint_a = 2; }', '0x2 if not n | 0x1 if n'],
    ['switch (n ? 1 : 2) { case 1: mint_a = 1; break; default: mint_a = 2; }', '0x2 if not n | 0x1 if n'],
    ['switch (p) { case 0: mint_a = 1; }', '0x1 if p == 0 | 0x0 if not p == 0'],
    [
      'switch (n) { case 1: switch (n) { case 1: mint_a = 1; break; case 2: mint_a = 2; } mint_a += 4; break; case 2: mint_a = 8; }',
      '0x8 if n == 2 | 0x5 if n == 1 | 0x0 if not n == 1 and not n == 2',
    ],
    [
      'switch (n) { case 1: for (;;) { mint_a = 1; break; } mint_a += 4; }',
      '0x5 if n == 1 | 0x0 if not n == 1',
    ],
    [
      'switch (5) { case nowhere: mint_a = 1; break; case 5: mint_a = 2; }',
      '0x2 if 5 == 5 | 0x1 if 5 == nowhere | 0x0 if not 5 == nowhere and not 5 == 5',
    ],
    [
      'switch (5) { case 1 ... nowhere: mint_a = 1; break; case 5: mint_a = 2; }',
      '0x2 if 5 == 5 | 0x1 if 5 == 1 ... nowhere | 0x0 if not 5 == 1 ... nowhere and not 5 == 5',
    ],
    [
      'switch (5) { case nowhere ... 7: mint_a = 1; break; default: mint_a = 2; }',
      '0x2 if not 5 == nowhere ... 7 | 0x1 if 5 == nowhere ... 7',
    ],
    [
      'switch (5) { case (long)&one: mint_a = 1; break; default: mint_a = 2; }',
      '0x2 if not 5 == (long)&one | 0x1 if 5 == (long)&one',
    ],
    [
      'switch (1.5) { case 1: mint_a = 1; break; default: mint_a = 2; }',
      '0x2 if not 1.5 == 1 | 0x1 if 1.5 == 1',
    ],
  ])('%s', (statements, value) => {
    expect(told(statements)).toEqual([value]);
  });
});

describe('a switch on what is known', () => {
  it.each([
    ['switch ((char)44) { case 300: mint_a = 1; break; case 44: mint_a = 2; }', '0x2'],
    ['switch (-1u) { case -1: mint_a = 1; break; case 44: mint_a = 2; }', '0x1'],
    ['switch ((unsigned char)-1) { case -1: mint_a = 1; break; case 255: mint_a = 2; }', '0x2'],
    ['switch (0x100000001) { case 1: mint_a = 1; break; case 0x100000001: mint_a = 2; }', '0x2'],
    ['switch (3) { case 1 ... 3: mint_a = 1; break; case 4: mint_a = 2; }', '0x1'],
    ['switch (1) { case 1 ... 3: mint_a = 1; break; case 4: mint_a = 2; }', '0x1'],
    ['switch (4) { case 1 ... 3: mint_a = 1; break; case 4: mint_a = 2; }', '0x2'],
    ['switch (0) { case 1 ... 3: mint_a = 1; break; case 4: mint_a = 2; }', '0x0'],
    ['for (int i = 0; i < 3; i++) { switch (i) { case 1: continue; } mint_a += 1; }', '0x2'],
    ['for (int i = 0; i < 3; i++) { switch (i) { case 1: break; } mint_a += 1; }', '0x3'],
    ['if (0) { switch (n) { case 1: mint_a = 1; } }', '0x0'],
    ['goto in; switch (n) { case 1: in: mint_a = 1; }', '0x1'],
    ['switch (mint_a = 3, 1) { case 1: mint_a += 1; }', '0x4'],
  ])('%s', (statements, value) => {
    expect(told(statements)).toEqual([value]);
  });

  const head = 'static int mode = 7; void set(int v) { mode = v; }\n';

  it.each([
    ['switch (mode) { case 7: mint_a = 1; break; case 8: mint_a = 2; }', '0x1'],
    ['switch (mode) { case 8: mint_a = 2; }', '0x0'],
    ['switch (mode) { case 8: mint_a = 2; break; default: mint_a = 3; }', '0x3'],
    ['switch (mode) { case 1 ... 6: mint_a = 2; break; case 5 ... 7: mint_a = 4; }', '0x4'],
    ['switch (mode) { case 1: mint_a = 1 / 0; break; case 7: mint_a = 5; }', '0x5'],
  ])('and may be changed: %s', (statements, value) => {
    expect(told(statements, head)).toEqual([`${value} unless changed at main.c:1`]);
  });
});

describe('a jump into a block', () => {
  it.each([
    ['goto in; int x; in: x = 5; mint_a = x;', ['0x5']],
    ['goto in; { int x; in: x = 5; mint_a = x; }', ['0x5']],
    ['{ goto in; } { int x; { in: x = 5; } mint_a = x; }', ['0x5']],
    ['switch (n) { int x; case 1: x = 5; mint_a = x; }', ['0x5 if n == 1 | 0x0 if not n == 1']],
    ['goto in; int x = 4; in: mint_a = x;', ['uninitialized', 'uninitialized']],
    ['if (n) goto in; int x = 4; in: mint_a = x;', ['0x4 if not n | uninitialized if n']],
    [
      'int i = 0; again: ; int x; if (i) mint_a = x; x = 5; if (!i++) goto again;',
      ['uninitialized', 'uninitialized'],
    ],
    [
      'int i = 0, *q; again: if (i) mint_a = *q; { int x = 5; q = &x; } if (!i++) goto again;',
      ['invalid-pointer', 'invalid-pointer'],
    ],
    ['int x = 3; goto in; in: mint_a = x;', ['0x3']],
    ['n = 4; goto in; { in: mint_a = n; }', ['0x4']],
    ['goto in; { static int x = 6; in: mint_a = x; }', ['0x6']],
  ])('%s', (statements, lines) => {
    expect(told(statements)).toEqual(lines);
  });
});
