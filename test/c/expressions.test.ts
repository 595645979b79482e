/** Expressions: what is worked out of them, where they lead, and what strings hold. */
import { describe, expect, it } from 'vitest';
import { evaluateStatements, evaluateText, toldText } from './evaluate-text';

const HEAD = `struct s { int x; long y; int list[3]; _Bool truth; unsigned bit: 3; }; struct away;
static struct s one, two; static int array[3]; enum { FIRST }; extern int elsewhere;
static void nothing(void) { } static int three(void) { return 3; }
int unknown(); int *ask(void); struct s *unknown_pointer(void); static unsigned long mint_a;
`;

function told(statements: string): string {
  return toldText(evaluateStatements(HEAD, statements).watched.get('mint_a')?.value);
}

describe('&& and || of what is not known', () => {
  it.each([
    ['mint_a = n && 0;', '0x0'],
    ['mint_a = n || 1;', '0x1'],
    ['mint_a = n && 5;', '0x1 if n | 0x0 if not n'],
    ['mint_a = n || 0;', '0x1 if n | 0x0 if not n'],
    ['mint_a = 0 && n;', '0x0'],
    ['mint_a = 1 || n;', '0x1'],
    ['mint_a = n && &one;', '0x1 if n | 0x0 if not n'],
    ['mint_a = n || 5.5;', '0x1 if n | not-an-integer if not n'],
    ['mint_a = n && one;', 'not-an-integer if n | 0x0 if not n'],
    ['mint_a = (n && p) == 1;', 'parameter if n | 0x0 if not n'],
    ['mint_a = n && array[0]++; mint_a = array[0];', '0x1 if n | 0x0 if not n'],
    [
      'int x = n && p->x; if (x) mint_a = 1; if (n) mint_a += 2; if (x) mint_a += 4;',
      '0x7 if n and p->x | 0x2 if n and not p->x | 0x0 if not n',
    ],
    [
      'int x = n || p->x; if (x) mint_a = 1; if (n) mint_a += 2;',
      '0x3 if n | 0x1 if not n | 0x0 if not n and not p->x',
    ],
    ['int x = 1 && n; if (x) mint_a = 1; if (n) mint_a += 2;', '0x3 if n | 0x0 if not n'],
    ['int x = 0 || n; if (x) mint_a = 1; if (n) mint_a += 2;', '0x3 if n | 0x0 if not n'],
  ])('%s', (statements, line) => {
    expect(told(statements)).toBe(line);
  });
});

describe('one of several places', () => {
  it.each([
    ['mint_a = (n ? 1 : 2) + (n ? 3 : 4);', '0x4 if n | 0x6 if not n'],
    ['mint_a = (n ? array : one.list) == array;', '0x1 if n | 0x0 if not n'],
    ['mint_a = (n ? array : one.list) - array;', '0x0 if n | address if not n'],
    ['(n ? &one : &two)->x = 5; mint_a = one.x + two.x * 16;', '0x5 if n | 0x50 if not n'],
    ['(n ? &one : (struct s *)0)->x = 5; mint_a = one.x;', '0x5 if n | 0x0 if not n'],
    ['*(n ? array : one.list) = 5; mint_a = array[0] + one.list[0] * 16;', '0x5 if n | 0x50 if not n'],
    ['(n ? array : one.list)[1] = 5; mint_a = array[1] + one.list[1] * 16;', '0x5 if n | 0x50 if not n'],
    ['one.list[n ? 1 : 2] = 5; mint_a = one.list[1] + one.list[2] * 16;', '0x5 if n | 0x50 if not n'],
    ['array[n ? 1 : 7] = 5; mint_a = array[1];', '0x5 if n | 0x0 if not n'],
    ['mint_a = array[n ? 1 : 7];', '0x0 if n | index-out-of-bounds if not n'],
    ['mint_a = array[n ? 1 : unknown(1)];', '0x0 if n | unknown-call if not n'],
    ['two.list[1] = 4; mint_a = (n ? one : two).list[1];', '0x0 if n | 0x4 if not n'],
    ['int (*m)[3] = n ? &array : &one.list; (*m)[1] = 5; mint_a = array[1];', '0x5 if n | 0x0 if not n'],
    ['struct s *q = n ? &one : p; mint_a = q->x;', '0x0 if n | parameter if not n'],
    [
      'struct s *q = n ? &one : &two; q->list[n ? 1 : 2] = 7; mint_a = one.list[1] + two.list[2] * 16 + one.list[2] * 256;',
      '0x7 if n | 0x70 if not n',
    ],
    ['struct s *q = n ? &one : &two; mint_a = &q->list[1] == &one.list[1];', '0x1 if n | 0x0 if not n'],
    ['int *q = n ? &one.x : &two.x; q++; mint_a = q == &one.x + 1;', '0x1 if n | 0x0 if not n'],
    ['int *q = n ? array : 0; mint_a = q ? 1 : 2;', '0x1 if n | 0x2 if not n'],
    [
      'int *q = n ? array : ask(); mint_a = q ? 1 : 2;',
      '0x1 if n | 0x1 if not n and q | 0x2 if not n and not q',
    ],
    ['mint_a = n ? (long)&one : 5;', 'address if n | 0x5 if not n'],
    ['struct s *q = &one, **to = n ? &q : 0; mint_a = (*to)->x;', '0x0 if n | null-pointer if not n'],
    ['if (n) { int *q = n ? array : one.list; *q = 3; } mint_a = one.list[0];', '0x0'],
  ])('%s', (statements, line) => {
    expect(told(statements)).toBe(line);
  });
});

describe('what is no object', () => {
  it.each([
    ['OSID++; mint_a = OSID;', '0x1'],
    ['FIRST = 5; mint_a = FIRST;', '0x0'],
    ['mint_a = *&FIRST;', 'address name &FIRST'],
    ['mint_a = __func__[0];', '0x66'],
    ['mint_a = __FUNCTION__[1];', '0x0'],
    ['mint_a = __PRETTY_FUNCTION__[0];', '0x66'],
    ['mint_a = _Generic(1, int: one).list[1];', '0x0'],
    ['_Generic(1, int: one).x = 5; mint_a = one.x;', '0x5'],
    ['mint_a = (one, two).x + 1;', '0x1'],
    ['one.list[1] = 6; mint_a = (one = one).list[1];', '0x6'],
    ['one.list[1] = 6; mint_a = ({ one; }).list[1];', '0x6'],
    ['(one, two).x = 5; mint_a = two.x;', '0x0'],
    ['mint_a = (&(struct s){ 7, 8 })->y;', '0x8'],
    ['struct s *q = &(struct s){ 7 }; q->x++; mint_a = q->x;', '0x8'],
    ['int *q = (int[]){ 1, 2, 3 }; mint_a = q[2];', '0x3'],
    ['mint_a = (int[]){ 1, 2, 3 }[3];', 'index-out-of-bounds index 3 length 3'],
    ['mint_a = (int){ 5 } + (long){ 6 };', '0xb'],
  ])('%s', (statements, line) => {
    expect(told(statements)).toBe(line);
  });
});

describe('the elements of string literals', () => {
  it.each([
    ['"ab"[1] + "ab"[2]', '0x62'],
    ['"ab"[3]', 'index-out-of-bounds index 3 length 3'],
    ['*"ab"', '0x61'],
    ['("" "")[0]', '0x0'],
    ['"ab" "c"[2]', '0x63'],
    ['sizeof("ab" "c")', '0x4'],
    ['"\\""[0]', '0x22'],
    ['"\'"[0]', '0x27'],
    ['"\\\'"[0]', '0x27'],
    ['"\\x41g"[1]', '0x67'],
    ['"\\1018"[0] + "\\1018"[1] * 256', '0x3841'],
    ['"\\n\\\\"[1]', '0x5c'],
    ['L"ab"[1]', '0x62'],
    ['*L"b"', '0x62'],
    ['sizeof L"ab"', '0xc'],
    ['sizeof "a" L"b"', '0xc'],
    ['("a" L"b")[1]', '0x62'],
    ['L"\\400"[0]', '0x100'],
    ['L"\\x12345"[0]', '0x12345'],
    ['L"é"[0]', '0xe9'],
    ['"\\u00e9"[0] & 0xff', '0xc3'],
    ['sizeof "\\u00e9"', '0x3'],
    ['u8"é"[1] & 0xff', '0xa9'],
    ['sizeof u8"é"', '0x3'],
    ['sizeof "領"', '0x4'],
    ['u"\\U0001f600"[0]', '0xd83d'],
    ['u"\\U0001f600"[1]', '0xde00'],
    ['sizeof u"\\U0001f600"', '0x6'],
    ['U"\\U0001f600"[0]', '0x1f600'],
    ['sizeof U"\\U0001f600"', '0x8'],
    ['sizeof "😀"', '0x5'],
  ])('%s is %s', (expression, line) => {
    expect(told(`mint_a = ${expression};`)).toBe(line);
  });
});

it.each([
  ['static unsigned long OSID;', 'OSID - 2 < 0', '0x0'],
  ['static unsigned char OSID;', 'OSID - 2 < 0', '0x1'],
  ['static int OSID;', 'sizeof(OSID)', '0x4'],
  ['static long OSID;', 'sizeof(OSID)', '0x8'],
  ['static int OSID[3];', 'OSID', '0x1'],
  ['enum { OSID = 5 };', 'OSID', '0x1'],
  ['', 'sizeof(OSID)', '0x4'],
])(
  'a name that is given from outside has the type of its declaration: %s %s',
  (declaration, expression, value) => {
    const text = `${declaration} unsigned long mint_a; void f(void) { mint_a = ${expression}; }`;
    expect(toldText(evaluateText(text, (name) => name === 'mint_a').watched.get('mint_a')?.value)).toBe(
      value,
    );
  },
);
