/** How values came about, told in the words of the source. */
import { describe, expect, it } from 'vitest';
import { derivationLines, evaluateText } from './evaluate-text';

const HEAD = `#define BASE 0x20000000
#define STEP (0x100 * OSID)
#define START (BASE + STEP)
#define TWICE(x) ((x) + (x))
#define NEGATIVE(x) (-(x))
#define ID(x) x
#define MINUS 5 - 7
#define PAIR 1, 2
#define SET(n, v) mint_##n = (v)
unsigned long mint_a, mint_b;
static unsigned long size = 0x1000;
struct range { unsigned long start, size; } config = { .start = 4, .size = BASE }, *where = &config;
static int list[3] = { 1, 2 };
enum { FIRST = 12 };
extern int verbose;
static unsigned long three(void) { return 3; }
`;

/** What is told of `mint_a` after the statements; `n` is a parameter of the function around. */
function ofA(statements: string, outside = ''): readonly string[] {
  const text = `${HEAD}${outside}\nvoid set_up(int n) { ${statements} }`;
  return derivationLines(evaluateText(text, (name) => name === 'mint_a').watched.get('mint_a')?.derivation);
}

describe('names are replaced by their values', () => {
  it.each([
    ['mint_a = size;', 'size => 0x1000'],
    ['mint_a = size + 1;', 'size + 1 => 0x1000 + 1'],
    ['mint_a = size+1;', 'size+1 => 0x1000+1'],
    ['mint_a = size /* all */ + \\\n 1;', 'size + 1 => 0x1000 + 1'],
    ['mint_a = 0x10 + 20;', '0x10 + 20'],
    ["mint_a = 'a' + 1;", "'a' + 1"],
    ['mint_a = (size);', '(size) => (0x1000)'],
    ['mint_a = (((size)) + (1)) | (2);', '(((size)) + (1)) | (2) => (((0x1000)) + (1)) | (2)'],
    ['mint_a = -FIRST + ~0;', '-FIRST + ~0 => -0xc + ~0'],
    ['int nine = 9; mint_a = nine;', 'nine => 9'],
    ['int ten = 10; mint_a = ten;', 'ten => 0xa'],
    ['int low = -9; mint_a = low;', 'low => (-9)'],
    ['int low = -10; mint_a = low;', 'low => (-0xa)'],
    ['mint_a = where->start + (*where).size;', 'where->start + (*where).size => 4 + 0x20000000'],
    ['mint_a = *&config.size;', '*&config.size => 0x20000000'],
    ['mint_a = list[1] + three();', 'list[1] + three() => 2 + 3'],
    ['mint_a = OSID ? size : FIRST;', 'OSID ? size : FIRST => 1 ? 0x1000 : FIRST'],
    ['mint_a = size ?: FIRST;', 'size ?: FIRST => 0x1000 ?: FIRST'],
    ['mint_a = (unsigned)size;', '(unsigned)size => (unsigned)0x1000'],
    ['mint_a = (mint_b = size, mint_b + 1);', '(mint_b = size, mint_b + 1) => (mint_b = 0x1000, 0x1000 + 1)'],
    ['mint_a = sizeof (struct range) + sizeof size;', 'sizeof (struct range) + sizeof size => 0x10 + 8'],
    ['mint_a = "a"[0] + ({ 5; });', '"a"[0] + ({ 5; }) => 0x61 + (5)'],
    ['mint_a = n + verbose;', 'n + verbose'],
    ['mint_a = n ? size : 7;', 'n ? size : 7 => n ? 0x1000 : 7'],
  ])('%s', (statements, line) => {
    expect(ofA(statements)[0]).toBe(line);
  });
});

describe('macros that are no whole operand', () => {
  it.each([
    ['mint_a = ID(config).size;', 'config.size => 0x20000000'],
    ['mint_a = ID(config.)size + 1;', 'config.size + 1 => 0x20000000 + 1'],
    ['mint_a = ID((config)).start;', '(config).start => 4'],
    ['mint_a = ID(list)[1] + ID(size);', 'list[1] + ID(size) => 2 + 0x1000'],
    ['mint_a = ID(where)->start;', 'where->start => 4'],
    ['mint_a = ID(three)();', 'three() => 3'],
    ['mint_a = ID(*)list;', '*list => 1'],
    ['mint_a = list[ID(1)];', 'list[1] => 2'],
    ['mint_a = ID(-)size;', 'ID(-)size => -0x1000'],
    ['mint_a = ID(size +) 1;', 'ID(size +) 1 => 0x1000 + 1'],
    ['mint_a = ID((size)) + ID(1 + (size));', 'ID((size)) + ID(1 + (size)) => 0x1000 + 1 + (0x1000)'],
    ['mint_a = ID(ID(size) + ID(1));', 'ID(ID(size) + ID(1)) => 0x1001'],
    ['mint_a = ID(verbose) + 1;', 'ID(verbose) + 1'],
    ['mint_a = OSID ? ID(1) : 2;', 'OSID ? ID(1) : 2 => 1 ? 1 : 2'],
  ])('%s', (statements, line) => {
    expect(ofA(statements)[0]).toBe(line);
  });
});

describe('macros are names', () => {
  it.each([
    ['mint_a = BASE + OSID;', 'BASE + OSID => 0x20000000 + 1'],
    ['mint_a = TWICE(size) / 2;', 'TWICE(size) / 2 => 0x2000 / 2'],
    ['mint_a = NEGATIVE(BASE);', 'NEGATIVE(BASE) => (-0x20000000)'],
    ['mint_a = ID(BASE) + ID(ID(3));', 'ID(BASE) + ID(ID(3)) => 0x20000000 + 3'],
    ['mint_a = ID( size /* all */ );', 'ID( size ) => 0x1000'],
  ])('%s', (statements, line) => {
    expect(ofA(statements)[0]).toBe(line);
  });

  it.each([
    ['mint_a = MINUS * 3;', 'MINUS * 3 => 5 - 7 * 3'],
    ['mint_a = (PAIR);', '(PAIR) => (1, 2)'],
    ['mint_a = (ID(PAIR));', '(ID(PAIR)) => (1, 2)'],
  ])('which show their tokens where they are no operand: %s', (statements, line) => {
    expect(ofA(statements)[0]).toBe(line);
  });

  it('but for the one that the whole statement comes out of', () => {
    expect(ofA('SET(a, size - FIRST);')).toEqual([
      '(size - FIRST) => (0x1000 - 0xc)',
      '  size is 0x1000, object',
      '    0x1000',
      '      0x1000 is 0x1000, literal',
      '  FIRST is 0xc, enumerator',
    ]);
  });

  it('each with what its body says', () => {
    expect(ofA('mint_a = START;')).toEqual([
      'START => 0x20000100',
      '  START is 0x20000100, macro',
      '    (BASE + STEP) => (0x20000000 + 0x100)',
      '      BASE is 0x20000000, macro',
      '        0x20000000',
      '          0x20000000 is 0x20000000, literal',
      '      STEP is 0x100, macro',
      '        (0x100 * OSID) => (0x100 * 1)',
      '          0x100 is 0x100, literal',
      '          OSID is 0x1, name',
    ]);
  });

  it('and the arguments as the call has them', () => {
    expect(ofA('mint_a = TWICE(size) + NEGATIVE(3);')).toEqual([
      'TWICE(size) + NEGATIVE(3) => 0x2000 + (-3)',
      '  TWICE(size) is 0x2000, macro',
      '    ((size) + (size)) => ((0x1000) + (0x1000))',
      '      size is 0x1000, object',
      '        0x1000',
      '          0x1000 is 0x1000, literal',
      '      size is 0x1000, object',
      '        0x1000',
      '          0x1000 is 0x1000, literal',
      '  NEGATIVE(3) is 0xfffffffffffffffd, macro',
      '    (-(3))',
      '      3 is 0x3, literal',
    ]);
  });
});

describe('what a name rests on', () => {
  it.each([
    [
      'an initialiser',
      'mint_a = size;',
      ['  size is 0x1000, object', '    0x1000', '      0x1000 is 0x1000, literal'],
    ],
    [
      'a part of one',
      'mint_a = where->start;',
      ['  where->start is 0x4, field', '    4', '      4 is 0x4, literal'],
    ],
    [
      'an aggregate',
      'struct range copy = config; mint_a = (copy = config).size;',
      ['  (copy = config).size is 0x20000000, field'],
    ],
    ['an element', 'mint_a = list[1];', ['  list[1] is 0x2, object']],
    [
      'one assignment',
      'unsigned long x; x = 5; mint_a = x;',
      ['  x is 0x5, local', '    5', '      5 is 0x5, literal'],
    ],
    ['one of two assignments', 'unsigned long x = 4; x = 5; mint_a = x;', ['  x is 0x5, local']],
    ['no plain assignment', 'unsigned long x; x = 5; x += 2; mint_a = x;', ['  x is 0x7, local']],
    ['a compound assignment alone', 'static unsigned long x; x += 2; mint_a = x;', ['  x is 0x2, local']],
    ['a step alone', 'static unsigned long x; x++; mint_a = x;', ['  x is 0x1, local']],
    ['zero', 'mint_a = list[2];', ['  list[2] is 0x0, object']],
    ['a call', 'mint_a = three();', ['  three() is 0x3, name']],
    ['a pinned name', 'mint_a = OSID;', ['  OSID is 0x1, name']],
    ['an enumeration constant', 'mint_a = FIRST;', ['  FIRST is 0xc, enumerator']],
    ['a call in an initialiser', 'int x = three(); mint_a = x;', ['  x is 0x3, local']],
    ['a value in braces', 'int x = { 3 }; mint_a = x;', ['  x is 0x3, local']],
    [
      'two members of one object',
      'mint_a = config.start + config.size;',
      [
        '  config.start is 0x4, field',
        '    4',
        '      4 is 0x4, literal',
        '  config.size is 0x20000000, field',
        '    BASE => 0x20000000',
        '      BASE is 0x20000000, macro',
        '        0x20000000',
        '          0x20000000 is 0x20000000, literal',
      ],
    ],
    [
      'an assignment within',
      'unsigned long x; mint_a = (x = 5) + x;',
      ['  5 is 0x5, literal', '  x is 0x5, local', '    5', '      5 is 0x5, literal'],
    ],
    [
      'one assignment run several times',
      'unsigned long x; for (int i = 0; i < 3; i++) x = size; mint_a = x;',
      [
        '  x is 0x1000, local',
        '    size => 0x1000',
        '      size is 0x1000, object',
        '        0x1000',
        '          0x1000 is 0x1000, literal',
      ],
    ],
    [
      'an assignment that is only tried',
      'unsigned long x; x = 5; (void)sizeof (x = 6); mint_a = x;',
      ['  x is 0x5, local', '    5', '      5 is 0x5, literal'],
    ],
    [
      'assembly alone',
      'static unsigned long x; asm("x" : "=r" (x)); mint_a = x;',
      ['  x is assembly, local'],
    ],
    ['assembly', 'asm("x" : "=r" (size)); mint_a = size;', ['  size is assembly, object']],
    ['code that cannot be read', 'size = ; mint_a = size;', ['  size is syntax-error, object']],
    [
      'what calls may change',
      'int change(); change(&size); mint_a = size;',
      ['  size is changed-by-call, object'],
    ],
    ['a declaration', 'mint_a = verbose;', ['  verbose is declared-elsewhere, object']],
    ['what a caller passes', 'mint_a = n;', ['  n is parameter, local']],
    ['nothing that is declared', 'mint_a = nowhere;', ['  nowhere is unknown-name, name']],
  ])('%s', (_, statements, lines) => {
    expect(ofA(statements).slice(1)).toEqual(lines);
  });

  it('is a member of that name, not what else goes by it', () => {
    const [, leaf] = ofA('mint_a = config.size;');
    expect(leaf).toBe('  config.size is 0x20000000, field');
  });

  it('is followed some way, and no further', () => {
    const names = Array.from({ length: 9 }, (_, i) => `static unsigned long x${i + 1} = 0; `).join('');
    const chain = Array.from({ length: 9 }, (_, i) => `x${9 - i} = ${i === 0 ? '5' : `x${10 - i} + 1`};`);
    const lines = ofA(`${chain.join(' ')} mint_a = x1;`, names.replaceAll(' = 0', ''));
    expect(lines.filter((line) => line.includes('=>')).map((line) => line.trim())).toEqual([
      'x1 => 0xd',
      'x2 + 1 => 0xc + 1',
      'x3 + 1 => 0xb + 1',
      'x4 + 1 => 0xa + 1',
      'x5 + 1 => 9 + 1',
      'x6 + 1 => 8 + 1',
      'x7 + 1 => 7 + 1',
    ]);
  });
});

describe('assignments that compute', () => {
  it.each([
    ['mint_a += size;', 'mint_a + size => 0 + 0x1000'],
    ['mint_a += 2;', 'mint_a + 2 => 0 + 2'],
    ['mint_a <<= size + 1;', 'mint_a << (size + 1) => 0 << (0x1000 + 1)'],
    ['mint_a |= (size + 1);', 'mint_a | (size + 1) => 0 | (0x1000 + 1)'],
    ['mint_a -= OSID ? 1 : 2;', 'mint_a - (OSID ? 1 : 2) => 0 - (1 ? 1 : 2)'],
    ['mint_a *= -size;', 'mint_a * -size => 0 * -0x1000'],
    ['mint_a += (1) + (2);', 'mint_a + (1) + (2) => 0 + (1) + (2)'],
    ['mint_a++;', 'mint_a + 1 => 0 + 1'],
    ['--mint_a;', 'mint_a - 1 => 0 - 1'],
    ['mint_a -= verbose + n;', 'mint_a - (verbose + n) => 0 - (verbose + n)'],
    ['mint_a %= (1, size);', 'mint_a % (1, size) => 0 % (1, 0x1000)'],
    ['mint_a ^= mint_b = 3;', 'mint_a ^ (mint_b = 3) => 0 ^ (mint_b = 3)'],
    ['mint_a += ID(size + 1);', 'mint_a + (ID(size + 1)) => 0 + (0x1001)'],
  ])('%s', (statements, line) => {
    expect(ofA(statements)[0]).toBe(line);
  });

  it.each([
    ['mint_a += size;', 'mint_a + size => mint_a + 0x1000'],
    ['mint_a += 2;', 'mint_a + 2'],
    ['mint_a--;', 'mint_a - 1'],
  ])('with what is not known: %s', (statements, line) => {
    const text = `extern unsigned long mint_a; static int size = 0x1000; void f(void) { ${statements} }`;
    const { watched } = evaluateText(text, (name) => name === 'mint_a');
    expect(derivationLines(watched.get('mint_a')?.derivation)[0]).toBe(line);
  });

  it('rest on both sides', () => {
    expect(ofA('mint_a += OSID;').slice(1)).toEqual(['  mint_a is 0x0, object', '  OSID is 0x1, name']);
  });
});

it.each([
  ['two assignments', 'mint_a = 1; mint_a = 2;'],
  ['none', ''],
  ['a call', 'int change(); change(&mint_a);'],
  ['code that cannot be read', 'mint_a = ;'],
])('nothing is told of %s', (_, statements) => {
  expect(ofA(statements)).toEqual([]);
});

it('the one initialiser tells of an object that nothing is assigned to', () => {
  const { watched } = evaluateText('#define TEN 10\nint mint_a = TEN + 1;', (name) => name === 'mint_a');
  expect(derivationLines(watched.get('mint_a')?.derivation)[0]).toBe('TEN + 1 => 0xa + 1');
});

describe('a watched macro', () => {
  const of = (name: string, head = HEAD) =>
    derivationLines(evaluateText(head, (watched) => watched === name).watched.get(name)?.derivation);

  it('is told of without its own name', () => {
    expect(of('STEP')).toEqual([
      '(0x100 * OSID) => (0x100 * 1)',
      '  0x100 is 0x100, literal',
      '  OSID is 0x1, name',
    ]);
    expect(of('MINUS')).toEqual(['5 - 7', '  5 is 0x5, literal', '  7 is 0x7, literal']);
    expect(of('BASE')).toEqual(['0x20000000', '  0x20000000 is 0x20000000, literal']);
  });

  it('that is another name is told of by it', () => {
    expect(of('NAME', '#define NAME size\nstatic int size = 3;')).toEqual([
      'size => 3',
      '  size is 0x3, object',
      '    3',
      '      3 is 0x3, literal',
    ]);
  });

  it('with parameters has no value', () => {
    expect(of('TWICE')).toEqual(['TWICE', '  TWICE is unknown-name, macro']);
  });
});
