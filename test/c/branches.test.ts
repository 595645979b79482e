/** Conditions that are not decided: which ways are gone, and what is assumed on them. */
import { expect, it } from 'vitest';
import { evaluateStatements, toldText } from './evaluate-text';

const HEAD = `struct s { int x; long y; int list[3]; int *p; }; static struct s one, two; static int array[3], mark = 5;
int unknown(); static unsigned long mint_a; extern int away;
static void count(void) { mark++; } void other(void) { mark = 7; }
`;

/** `code` or `code NAME VALUE …` of the reason why `mint_a` is not known after the statements; else its value. */
function told(statements: string): string {
  const { watched, problems } = evaluateStatements(HEAD, statements);
  expect(problems).toEqual([]);
  return toldText(watched.get('mint_a')?.value);
}

it.each([
  ['mint_a = mark ? 1 : 2;', '0x1 unless changed at main.c:1'],
  ['mint_a = mark == 5 ? 1 : 2;', '0x1 unless changed at main.c:1'],
  ['mint_a = mark - 5 ? 1 : 2;', '0x2 unless changed at main.c:1'],
  ['if (mark == 5) mint_a = 1; else mint_a = 1 / 0;', '0x1 unless changed at main.c:1'],
  ['if (mark != 5) mint_a = 1 / 0; else mint_a = 3;', '0x3 unless changed at main.c:1'],
  ['int x = n ? mark : 0; mint_a = x ? 1 : 2;', '0x1 unless changed at main.c:1 if n | 0x2 if not n'],
  ['int x = n ? mark : 5; mint_a = x == 5 ? 1 : 2;', '0x1 unless changed at main.c:1'],
  [
    'int x = n ? 1 : unknown(1) ? 2 : 0; mint_a = x ? 1 : 2;',
    '0x1 if n | 0x1 if not n and unknown(1) | 0x2 if not n and not unknown(1)',
  ],
  [
    'int x = n == 1 ? 1 : n == 2 ? 0 : n == 3 ? 1 : 0; mint_a = x ? 1 : 2;',
    '0x1 if n == 1 | 0x2 if not n == 1 and not n == 3 | 0x1 if n == 3',
  ],
  ['int x = n ? unknown(1) : unknown(2); mint_a = x ? 1 : 2;', '0x1 if x | 0x2 if not x'],
  [
    'int x = n ? unknown(1) : 0; if (x) mint_a = 1; if (x == 0) mint_a += 2;',
    '0x3 if n and x and x == 0 | 0x2 if n and not x and x == 0 | 0x1 if n and x and not x == 0 | 0x0 if n and not x and not x == 0 | 0x2 if not n',
  ],
  [
    'int x = unknown(1); int y = n ? x : 1; if (x) mint_a = y ? 1 : 2; else mint_a = y ? 3 : 4;',
    '0x1 if x | 0x4 if n and not x | 0x3 if not n and not x',
  ],
  ['if (n > 3) mint_a = 1; if (n > 3) mint_a += 2;', '0x3 if n > 3 | 0x0 if not n > 3'],
  ['if (n > 3 && n > 3) mint_a = 1;', '0x1 if n > 3 | 0x0 if not n > 3'],
  ['if (n || !n) mint_a = 1;', '0x1'],
  ['mint_a = n && !n ? 1 : 2;', '0x2'],
  ['if (away) mint_a = 1; if (!away) mint_a += 2;', '0x2 if not away | 0x1 if away'],
  ['if (one.x || n) mint_a = 1;', '0x1 if n | 0x0 if not n'],
  ['if (p && p->x) mint_a = 1;', '0x1 if p and p->x | 0x0 if p and not p->x | 0x0 if not p'],
  [
    'mint_a = (n ? 0 : 1) && unknown(1) ? 1 : 2;',
    '0x2 if n | 0x1 if not n and unknown(1) | 0x2 if not n and not unknown(1)',
  ],
  ['while (n) { mint_a = 1; break; }', '0x0 if not n | 0x1 if n'],
  [
    'if (p == &one) mint_a = 1; if (p == &one) mint_a += 2;',
    '0x3 if p == &one and p == &one | 0x2 if not p == &one and p == &one | 0x1 if p == &one and not p == &one | 0x0 if not p == &one and not p == &one',
  ],
  ['if (&one == &one) mint_a = 1;', '0x1'],
  ['if (count) mint_a = 1;', '0x1'],
])('%s', (statements, line) => {
  expect(told(statements)).toBe(line);
});
