/** What assembly leaves unknown: its outputs, what it is handed, what got out of sight; and where it goes. */
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
  [
    'asm goto("x" : : : : out); mint_a = 3; out: ;',
    '0x3 if not asm goto("x" : : : : out) | 0x0 if asm goto("x" : : : : out)',
  ],
  [
    'asm goto("x" :::: out, far); mint_a = 3; return; out: mint_a = 4; return; far: mint_a = 5;',
    '0x5 if not asm goto("x" :::: out, far) and asm goto("x" :::: out, far) | 0x3 if not asm goto("x" :::: out, far) and not asm goto("x" :::: out, far) | 0x4 if asm goto("x" :::: out, far)',
  ],
  ['asm("x" : [one] "=r" (two.x)); mint_a = one.x;', '0x0'],
  ['asm("x" : "=r" (two.x) : "r" (one.x)); mint_a = one.x;', '0x0'],
  ['asm("x" : "=r" (two.x), "+r" (one.x)); mint_a = one.x;', 'assembly'],
  ['unknown(&one); one.x = 3; asm("x" ::: "memory"); mint_a = one.x;', 'assembly'],
  ['unknown(&one); one.x = 3; asm("" ::: "memory"); mint_a = one.x;', '0x3'],
  ['unknown(&one); one.x = 3; asm("x" ::: "cc"); mint_a = one.x;', '0x3'],
  ['unknown(&one); one.x = 3; asm volatile("x" : : : "cc", "memory"); mint_a = one.x;', 'assembly'],
  ['one.x = 3; asm("x" ::: "memory"); mint_a = one.x;', '0x3'],
  ['int *q = array; asm("x" : "=m" (*q)); mint_a = array[1];', 'changed-by-call name array callee asm'],
  ['int *q = array; asm("x" : "=m" (q[1])); mint_a = array[1];', 'changed-by-call name array callee asm'],
  ['int *q = array; asm("x" : "=r" (q)); mint_a = array[1];', '0x0'],
  ['int *q = array; asm("x" : "=r" (q)); mint_a = q == array;', 'assembly'],
  ['asm("x" : "=m" (array[n])); mint_a = array[0];', 'assembly'],
  ['asm("x" : "=m" (p->list[1])); mint_a = p->x;', 'changed-by-call name p callee asm'],
  ['return; asm("x" : "=r" (mint_a));', '0x0'],
  ['int *q; asm("x" : "=r" (q)); mint_a = 3;', '0x3'],
  ['asm("x" : "=r" (nowhere), "=r" (one.x)); mint_a = one.x;', 'assembly'],
  ['asm("x" : "=r" (p->one)); mint_a = one.x;', '0x0'],
  ['asm("nop"); mint_a = one.x;', '0x0'],
  ['int *q = array; asm("x" : : "r" (q)); mint_a = array[1];', '0x0'],
  ['asm("x" : "=r" (one) : "r" (two.x) : "memory"); mint_a = two.x;', '0x0'],
  ['asm("x" : "=r" (mark) : : "memory"); mint_a = mark;', 'assembly'],
  ['asm("x" :: "r" (count) : "memory"); mint_a = mark;', '0x5 unless changed at main.c:1'],
  ['const int fixed = 4; asm("x" : "=m" (fixed)); mint_a = fixed;', '0x4'],
  ['asm("x" : "=r" (*(&one.x))); mint_a = one.x;', 'assembly'],
  ['asm("x" : "=r" ((one).x)); mint_a = two.x;', '0x0'],
])('behind %s', (statements, line) => {
  expect(told(statements)).toBe(line);
});
