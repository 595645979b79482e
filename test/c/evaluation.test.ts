/** What an evaluation says of names, writes and places, beside values that gcc can judge. */
import { describe, expect, it } from 'vitest';
import type { Definition, Evaluation, Write } from '../../server/src/c/evaluation';
import { derivationLines, evaluateText, FILE, textAt, valueText } from './evaluate-text';

const isMint = (name: string): boolean => name.startsWith('mint_');

function watched(text: string, files?: Record<string, string>): Record<string, string> {
  const evaluation = evaluateText(text, isMint, { files });
  return Object.fromEntries([...evaluation.watched].map(([name, { value }]) => [name, valueText(value)]));
}

describe('in the end a watched name holds', () => {
  it('its initial value where no function writes it, also where several ran', () => {
    expect(watched('int mint_a = 3, mint_b; int x; void f(void) { x = 1; } void g(void) { x = 2; }')).toEqual(
      {
        mint_a: '0x3',
        mint_b: '0x0',
      },
    );
    expect(watched('int mint_a = 3;')).toEqual({ mint_a: '0x3' });
  });

  it('what the one function that writes it leaves', () => {
    expect(
      watched('int mint_a, mint_b; void f(void) { mint_a = 1; } void g(void) { mint_b = mint_a + 2; }'),
    ).toEqual({ mint_a: '0x1', mint_b: '0x2 unless changed at main.c:1' });
  });

  it('what each of several leaves', () => {
    expect(watched('int mint_a; void f(void) { mint_a = 1; } void g(int n) { mint_a = 2; }')).toEqual({
      mint_a: '0x1 if f() | 0x2 if g()',
    });
    expect(watched('int mint_a; void f(void) { mint_a = 1; } void g(void) { mint_a = 1; }')).toEqual({
      mint_a: '0x1',
    });
    const three = ['f', 'g', 'h'].map((name, i) => `void ${name}(void) { mint_a = ${i}; }`).join(' ');
    expect(watched(`int mint_a; ${three}`)).toEqual({ mint_a: '0x0 if f() | 0x1 if g() | 0x2 if h()' });
  });

  it('what a macro comes to after the function that wrote a watched name', () => {
    const two = 'void f(void) { x = 2; } void g(void) { x = 3; mint_a = 1; } void h(void) { x = 4; }';
    expect(watched(`#define mint_x (x * 2)\nstatic int x = 1, mint_a; ${two}`)).toEqual({
      mint_a: '0x1',
      mint_x: '0x6',
    });
    expect(
      watched('#define mint_x x\nstatic int x = 1; void f(void) { x = 2; } void g(void) { x = 3; }'),
    ).toEqual({
      mint_x: '0x3',
    });
    expect(watched('#define mint_x x\nstatic int x = 1;')).toEqual({ mint_x: '0x1' });
  });

  it('what an enumeration constant stands for', () => {
    expect(watched('enum { mint_a = 5, b, mint_c };')).toEqual({ mint_a: '0x5', mint_c: '0x7' });
  });

  it('its last value where it was a local variable', () => {
    expect(watched('void f(void) { int mint_a = 1; mint_a += 2; }')).toEqual({ mint_a: '0x3' });
    expect(watched('void f(void) { static int mint_a; mint_a += 2; }')).toEqual({ mint_a: '0x2' });
    expect(watched('static void g(void) { int mint_a = 1; } void f(void) { g(); }')).toEqual({
      mint_a: '0x1',
    });
  });

  it('the value of the member that was written last', () => {
    const head = 'struct s { int other, mint_a; unsigned bit: 3, mint_b: 5; } one, two;';
    expect(watched(`${head} void f(void) { one.mint_a = 1; two.mint_a = 2; one.mint_b = 9; }`)).toEqual({
      mint_a: '0x2',
      mint_b: '0x9',
    });
    expect(watched(`${head} void f(void) { two = (struct s) { 1, 2, 3, 4 }; }`)).toEqual({
      mint_a: '0x2',
      mint_b: '0x4',
    });
  });

  it('the value of the first member of that name where none is written', () => {
    const head = 'struct s { int other, mint_a; unsigned bit: 3, mint_b: 5; };';
    expect(watched(`${head} int x; extern struct s away; struct s one, two;`)).toEqual({
      mint_a: '0x0',
      mint_b: '0x0',
    });
    expect(watched(`${head} void fill(void *); struct s one; void f(void) { fill(&one); }`)).toEqual({
      mint_a: 'changed-by-call',
      mint_b: 'changed-by-call',
    });
  });

  it('nothing where nothing holds it', () => {
    expect(watched('struct s { int mint_a; }; void mint_f(void) { } typedef int mint_t;')).toEqual({});
    expect(watched('extern struct s { int mint_a; } one;')).toEqual({});
  });

  it('what it held where code is never executed', () => {
    expect(watched('int mint_a = 1; void f(void) { return; mint_a = 2; }')).toEqual({ mint_a: '0x1' });
    expect(watched('void f(void) { int mint_a; if (0) mint_a = 2; }')).toEqual({});
  });

  it('a value of a type that is said', () => {
    const { watched: found } = evaluateText(
      '#define mint_m 1ul\nunsigned char mint_c; const int *mint_p; struct s { long mint_l; } s = { 1 }; enum e { mint_e }; double mint_d = 1.5; struct s mint_s;',
      isMint,
    );
    expect([...found].map(([name, { type }]) => [name, type])).toEqual([
      ['mint_l', 'long'],
      ['mint_d', 'double'],
      ['mint_c', 'unsigned char'],
      ['mint_p', 'int *'],
      ['mint_s', 'struct s'],
      ['mint_m', 'unsigned long'],
      ['mint_e', 'int'],
    ]);
  });
});

/** `mint_a = 1 gives 0x1, conditional` */
function writesOf(text: string, name = 'mint_a', evaluation = evaluateText(text, isMint)): readonly string[] {
  return (evaluation.watched.get(name)?.writes ?? []).map((write) => writeText(text, write));
}

function writeText(
  text: string,
  { operator, target, expression, span, value, macro, conditional }: Write,
): string {
  const marks = [operator, textAt(text, target), textAt(text, expression) ?? 'nothing', textAt(text, span)];
  const more = [
    ...(macro ? [`by ${textAt(text, macro.span)}`] : []),
    ...(conditional ? ['conditional'] : []),
  ];
  return [`${marks.join(' | ')} | ${valueText(value)}`, ...more].join(', ');
}

describe('a write', () => {
  it.each([
    ['mint_a = 1 + 2;', ['= | mint_a | 1 + 2 | mint_a = 1 + 2 | 0x3']],
    ['(mint_a) = (1);', ['= | (mint_a) | (1) | (mint_a) = (1) | 0x1']],
    ['mint_a += 2;', ['+= | mint_a | 2 | mint_a += 2 | 0x2']],
    ['mint_a++;', ['++ | mint_a | nothing | mint_a++ | 0x1']],
    ['--mint_a;', ['-- | mint_a | nothing | --mint_a | 0xffffffffffffffff']],
    ['int *p = &mint_a; *p = 4;', ['= | *p | 4 | *p = 4 | 0x4']],
    ['mint_a = mint_b = 5;', ['= | mint_a | mint_b = 5 | mint_a = mint_b = 5 | 0x5']],
    [
      'for (int i = 1; i < 4; i++) mint_a = i;',
      ['= | mint_a | i | mint_a = i | 0x1 if  | 0x2 if  | 0x3 if , conditional'],
    ],
    ['mint_a = 1; mint_a = 1;', ['= | mint_a | 1 | mint_a = 1 | 0x1', '= | mint_a | 1 | mint_a = 1 | 0x1']],
    ['mint_list[1] = 1;', []],
    ['unknown(&mint_a);', ['call | unknown(&mint_a) | nothing | unknown(&mint_a) | changed-by-call']],
    ['unknown(&mint_b);', []],
    ['mint_a = ;', ['call | mint_a = ; | nothing | mint_a = ; | syntax-error']],
  ])('%s', (statement, lines) => {
    const text = `int mint_a, mint_b, mint_list[2];\nvoid f(int n) { ${statement} }`;
    expect(writesOf(text)).toEqual(lines);
  });

  it.each([
    ['SET(a, 1);', ['= | SET(a, 1) | 1 | SET(a, 1) | 0x1, by SET(a, 1)']],
    ['SET(a, (1));', ['= | SET(a, (1)) | 1 | SET(a, (1)) | 0x1, by SET(a, (1))']],
    ['TWO(1, 2);', ['= | TWO(1, 2) | nothing | TWO(1, 2) | 0x3, by TWO(1, 2)']],
    ['NAME = 4;', ['= | NAME | 4 | NAME = 4 | 0x4, by NAME']],
    ['mint_a = FOUR;', ['= | mint_a | FOUR | mint_a = FOUR | 0x4']],
    ['mint_a = ID(3) + 1;', ['= | mint_a | ID(3) + 1 | mint_a = ID(3) + 1 | 0x4']],
    ['mint_a EQUALS 5;', ['= | mint_a | 5 | mint_a EQUALS 5 | 0x5']],
  ])('that a macro makes: %s', (statement, lines) => {
    const head =
      '#define SET(n, v) mint_##n = (v)\n#define TWO(x, y) mint_a = x + y\n#define NAME mint_a\n#define FOUR 4\n#define ID(x) x\n#define EQUALS =\n';
    expect(writesOf(`${head}int mint_a;\nvoid f(void) { ${statement} }`)).toEqual(lines);
  });

  it.each([
    ['if (n) mint_a = 1;', true],
    ['if (1) mint_a = 1;', true],
    ['if (0) ; else mint_a = 1;', true],
    ['if (mint_a = 1) ;', false],
    ['switch (1) { case 1: mint_a = 1; }', true],
    ['switch (mint_a = 1) { }', false],
    ['while (n) mint_a = 1;', true],
    ['while ((mint_a = 1) && 0) ;', false],
    ['do mint_a = 1; while (0);', false],
    ['for (int i = 0; i < 1; i++) mint_a = 1;', true],
    ['for (int i = 0; i < 1; mint_a = 1, i++) ;', true],
    ['for (mint_a = 1; 0; ) ;', false],
    ['n ? (mint_a = 1) : 0;', true],
    ['1 ?: 2, 0 ?: (mint_a = 1);', true],
    ['(mint_a = 1) ? 1 : 2;', false],
    ['1 && (mint_a = 1);', true],
    ['0 || (mint_a = 1);', true],
    ['(mint_a = 1) && n;', false],
    ['1 + (mint_a = 1);', false],
    ['(mint_a = 1) | 1;', false],
    ['{ { mint_a = 1; } }', false],
    ['here: mint_a = 1;', false],
    ['int x = n ? ({ mint_a = 1; }) : 2;', true],
    ['if (n) { while (0) ; { mint_a = 1; } }', true],
  ])('under a condition or not: %s', (statement, conditional) => {
    const text = `int mint_a;\nint g(void) { return 1; }\nvoid f(int n) { ${statement} }`;
    const { watched: found } = evaluateText(text, isMint);
    expect(found.get('mint_a')?.writes.map((write) => write.conditional === true)).toEqual([conditional]);
  });

  it('of members, by initialisers and as a whole', () => {
    const head = 'struct s { int x, mint_a; }';
    expect(writesOf(`${head} s = { 1, 2 };`)).toEqual(['initializer | 2 | 2 | 2 | 0x2']);
    expect(writesOf(`${head} s = { .mint_a = 2 };`)).toEqual(['initializer | mint_a | 2 | mint_a = 2 | 0x2']);
    expect(writesOf(`${head} s; void f(void) { s.mint_a = 3; }`)).toEqual([
      '= | s.mint_a | 3 | s.mint_a = 3 | 0x3',
    ]);
    expect(writesOf(`${head} s; void f(void) { struct s *p = &s; p->mint_a -= 3; }`)).toEqual([
      '-= | p->mint_a | 3 | p->mint_a -= 3 | 0xfffffffffffffffd',
    ]);
    expect(writesOf(`${head} s, t; void f(void) { s = t; }`)).toEqual(['= | s | t | s = t | 0x0']);
    expect(writesOf(`${head} t; void f(void) { struct s s = t; }`)).toEqual([
      'initializer | s | t | s = t | 0x0',
    ]);
    expect(writesOf('struct s { struct { int y, mint_a; } in; } s, t; void f(void) { s = t; }')).toEqual([
      '= | s | t | s = t | 0x0',
    ]);
    expect(
      writesOf('struct s { int x[2], *p, mint_a; } s; int *q = &s.mint_a; void f(void) { *q = 7; }'),
    ).toEqual(['= | *q | 7 | *q = 7 | 0x7']);
    expect(
      writesOf(
        'union { int x; struct { int y, mint_a; } in; } s; void f(void) { int *q = &s.in.mint_a; *q = 7; }',
      ),
    ).toEqual(['= | *q | 7 | *q = 7 | 0x7']);
    expect(writesOf(`${head} s; void unknown(void *); void f(void) { unknown(&s); }`)).toEqual([
      'call | unknown(&s) | nothing | unknown(&s) | changed-by-call',
    ]);
  });

  it('of an element, a cast pointer and what a conditional designates', () => {
    expect(writesOf('int mint_a[2]; void f(void) { mint_a[1] = 4; }')).toEqual([
      '= | mint_a[1] | 4 | mint_a[1] = 4 | 0x4',
    ]);
    expect(writesOf('int mint_a; void f(void) { *(int *)&mint_a = 4; }')).toEqual([
      '= | *(int *)&mint_a | 4 | *(int *)&mint_a = 4 | 0x4',
    ]);
    expect(writesOf('int mint_a, b; void f(int n) { *(n ? &mint_a : &b) = 4; }')).toEqual([]);
  });

  it('of an object that another one of its name hides is none', () => {
    expect(writesOf('int mint_a; void f(void) { int mint_a; mint_a = 4; }')).toEqual([]);
    expect(writesOf('int mint_a; struct { int mint_a; } s; void f(void) { s.mint_a = 4; }')).toEqual([]);
    expect(writesOf('void f(void) { int mint_a; mint_a = 4; }')).toEqual([
      '= | mint_a | 4 | mint_a = 4 | 0x4',
    ]);
  });

  it('that nothing executes is none', () => {
    expect(writesOf('int mint_a; void f(void) { return; mint_a = 1; }')).toEqual([]);
    expect(writesOf('int mint_a; static void f(void) { mint_a = 1; } void g(void) { }')).toEqual([]);
  });

  it('by a name that a macro gives', () => {
    const text = '#define mint_alias other\nint other; void f(void) { mint_alias = 1; }';
    expect(writesOf(text, 'mint_alias')).toEqual([
      '= | mint_alias | 1 | mint_alias = 1 | 0x1, by mint_alias',
    ]);
  });
});

const AT = '@';

/** Each expression that holds the place of the `@`, innermost first, with its value. */
function around(marked: string): readonly string[] {
  const offset = marked.indexOf(AT);
  const text = marked.replace(AT, '');
  return evaluateText(text, isMint).expressionsAt(FILE, offset).map(told);
}

function told({ text, value }: { text: string; value: Parameters<typeof valueText>[0] }): string {
  return `${text} is ${valueText(value)}`;
}

describe('the expressions at an offset', () => {
  it.each([
    ['x = @a + b * 2;', ['a is 0x1', 'a + b * 2 is 0x7', 'x = a + b * 2 is 0x7']],
    ['x = a@ + b * 2;', ['a + b * 2 is 0x7', 'x = a + b * 2 is 0x7']],
    ['x = a + @b * 2;', ['b is 0x3', 'b * 2 is 0x6', 'a + b * 2 is 0x7', 'x = a + b * 2 is 0x7']],
    ['x = a+@b;', ['b is 0x3', 'a+b is 0x4', 'x = a+b is 0x4']],
    ['x = (@a);', ['(a) is 0x1', 'x = (a) is 0x1']],
    ['x = a\n  +@ b;', ['a + b is 0x4', 'x = a + b is 0x4']],
    ['x = SU@M(a, b);', ['SUM(a, b) is 0x4', 'x = SUM(a, b) is 0x4']],
    ['x = SUM(@a, b);', ['a is 0x1', 'SUM(a, b) is 0x4', 'x = SUM(a, b) is 0x4']],
    ['int local@ = a;', ['local is 0x1']],
    [
      'for (int i = 0; i < 3; i++) x = i@;',
      ['i is 0x0 if  | 0x1 if  | 0x2 if ', 'x = i is 0x0 if  | 0x1 if  | 0x2 if '],
    ],
    ['if (0) x = a@;', []],
    ['x = 1; @', []],
  ])('%s', (marked, lines) => {
    expect(
      around(`#define SUM(x, y) ((x) + (y))\nint x; static int a = 1, b = 3;\nvoid f(void) { ${marked} }`),
    ).toEqual(lines);
  });

  it('are also those of conditional directives', () => {
    expect(around('#define A 2\n#if A @> 1\nint x;\n#endif')).toEqual(['A > 1 is 0x1']);
    expect(around('#if 0@\n#elif 0 /* no */ + 1\n#endif')).toEqual(['0 is 0x0']);
    expect(around('#if 0\n#elif 0 /* no */ +@ 1\n#endif')).toEqual(['0 + 1 is 0x1']);
    expect(around('#if 1\n#endif\n@int x;')).toEqual([]);
  });

  it('are those of the file that is asked for', () => {
    const files = { 'a.h': 'static int y = 1 + 2;\n' };
    const evaluation = evaluateText('#include "a.h"\nstatic int x = 4 + 5;', isMint, { files });
    expect(evaluation.expressionsAt('a.h', files['a.h'].indexOf('1')).map(told)).toEqual([
      '1 is 0x1',
      '1 + 2 is 0x3',
    ]);
    expect(evaluation.expressionsAt('b.h', 16)).toEqual([]);
  });

  it('say how their values came about', () => {
    const text = 'static int a = 1; int x; void f(void) { x = a + 2; }';
    const [, sum] = evaluateText(text).expressionsAt(FILE, text.indexOf('a + 2'));
    expect(derivationLines(sum?.derivation)[0]).toBe('a + 2 => 1 + 2');
  });
});

describe('the expressions within a place', () => {
  const text = 'static int a = 1, x;\nvoid f(void) {\n\tx = a + 2;\n\tx = (a);\n}\n';
  const within = (from: string, to: string) => {
    const span = { file: FILE, start: text.indexOf(from), end: text.indexOf(to) + to.length };
    return evaluateText(text).expressionsIn(span).map(told);
  };

  it('are in the order of the source, the larger first', () => {
    expect(within('x = a', '2')).toEqual([
      'x = a + 2 is 0x3',
      'x is 0x3',
      'a + 2 is 0x3',
      'a is 0x1',
      '2 is 0x2',
    ]);
    expect(within('x = (', '(a)')).toEqual(['x = (a) is 0x1', 'x is 0x1', '(a) is 0x1']);
    expect(within('a = 1', 'a = 1')).toEqual(['a is 0x1', '1 is 0x1']);
  });

  it('are no others', () => {
    expect(within('a + ', 'a + ')).toEqual(['a is 0x1']);
    expect(evaluateText(text).expressionsIn({ file: 'b.c', start: 0, end: 100 })).toEqual([]);
  });
});

describe('the value of a name at the end of the file', () => {
  const text = `#define TWICE (x * 2)
#define COUNT 3
struct s { int x, f; } s;
enum { FIRST = 4 };
static int x = 1;
int f(void) { x = 5; return x; }
`;
  const evaluation = evaluateText(text);

  it.each([
    ['x', '0x5', 'x'],
    ['TWICE', '0xa', 'TWICE'],
    ['COUNT', '0x3', 'COUNT'],
    ['FIRST', '0x4', 'FIRST'],
    ['OSID', '0x1', ''],
    ['s', 'not-an-integer', 's'],
    ['f', 'address', 'f'],
  ])('%s', (name, value, place) => {
    const found = evaluation.valueOf(name);
    expect(found && [found.text, valueText(found.value), textAt(text, found.span)]).toEqual([
      name,
      value,
      place,
    ]);
    expect(found?.span.file).toBe(FILE);
  });

  it('is where it is defined: an object, not a field of its name', () => {
    expect(evaluation.valueOf('x')?.span.start).toBe(text.indexOf('x = 1'));
    expect(evaluation.valueOf('f')?.span.start).toBe(text.indexOf('f(void)'));
  });

  it('comes about in some way', () => {
    expect(derivationLines(evaluation.valueOf('TWICE')?.derivation)[0]).toBe('TWICE => 0xa');
    expect(derivationLines(evaluation.valueOf('x')?.derivation)[0]).toBe('x => 5');
  });

  it('is none where there is no such name', () => {
    for (const name of ['nowhere', 'local', 'struct', 's x'])
      expect(evaluation.valueOf(name)).toBeUndefined();
  });

  it('stays the same object while the evaluation does', () => {
    expect(evaluation.valueOf('x')).toBe(evaluation.valueOf('x'));
  });
});

it.each([
  ['#define A 12', '0xc int'],
  ['#define A (12ul)', '0xc unsigned long'],
  ['#define A (12', undefined],
  ['#define A )12(', undefined],
  ['#define A (12]', undefined],
  ['#define A [12)', undefined],
  ['#define A ((12))', undefined],
  ['#define A -12', undefined],
  ['#define A() 12', undefined],
  ['#define A 1.5', undefined],
  ['#define A 12x', undefined],
  ["#define A 'a'", undefined],
  ['#define A', undefined],
  ['#define B 12', undefined],
  ['#define A 12\n#undef A', undefined],
])('%s is a constant or not', (text, said) => {
  const constant = evaluateText(text).constant('A');
  const { value, definition } = constant ?? {};
  expect(value?.kind === 'known' ? `${valueText(value)} ${value.type}` : undefined).toBe(said);
  if (said !== undefined) expect(textAt(text, definition?.whole)).toBe(text);
});

it('a pinned name is no constant, nor one that the compiler defines', () => {
  expect(evaluateText('#define OSID 2').constant('OSID')).toBeUndefined();
  expect(evaluateText('', undefined, { definitions: new Map([['A', '12']]) }).constant('A')).toBeUndefined();
});

/** `kind name: whole` of each definition of a name. */
function definitionLines(text: string, evaluation: Evaluation): readonly string[] {
  return [...evaluation.definitions.values()].flat().map((each: Definition) => {
    expect(textAt(text, each.span)).toBe(each.name);
    return `${each.kind} ${each.name}: ${textAt(text, each.whole)}`;
  });
}

describe('definitions', () => {
  it.each([
    ['int a, *b = 0;', ['object a: int a, *b = 0;', 'object b: int a, *b = 0;']],
    ['int f(int x);', ['function f: int f(int x);']],
    ['int f(int x) { int y; return 0; }', ['function f: int f(int x) { int y; return 0; }']],
    ['int (*p)(void);', ['object p: int (*p)(void);']],
    ['typedef int t, u(void);', ['typedef t: typedef int t, u(void);', 'typedef u: typedef int t, u(void);']],
    ['#define A(x) x', ['macro A: #define A(x) x']],
    [
      'enum e { A, B = 2 } c;',
      ['enumerator A: A', 'enumerator B: B = 2', 'object c: enum e { A, B = 2 } c;'],
    ],
    [
      'struct s { int a: 2, : 3; struct { long b; }; struct in { int c; } d; enum { E } e; };',
      [
        'field a: int a: 2, : 3;',
        'field b: long b;',
        'field c: int c;',
        'field d: struct in { int c; } d;',
        'enumerator E: E',
        'field e: enum { E } e;',
      ],
    ],
    ['struct s { int a; } f(void) { }', ['field a: int a;', 'function f: struct s { int a; } f(void) { }']],
    ['extern int a; int a;', ['object a: extern int a;', 'object a: int a;']],
    ['struct s; int;', []],
  ])('%s', (text, lines) => {
    expect(definitionLines(text, evaluateText(text))).toEqual(lines);
  });

  it('are those of all files, each once', () => {
    const files = { 'a.h': 'extern int a;\n#define M 1\n', 'b.c': '#include "a.h"\nint a, b;\n' };
    const { definitions } = evaluateText('#include "a.h"\nint c; void f(void) { c = a; }', undefined, {
      files,
    });
    expect(
      [...definitions].map(([name, all]) => `${name} in ${all.map(({ span }) => span.file).join(' ')}`),
    ).toEqual(['M in a.h', 'a in a.h b.c', 'c in main.c', 'f in main.c', 'b in b.c']);
  });

  it('of a watched local variable is its declaration', () => {
    const text = 'void f(void) { int mint_a = 1, mint_b; mint_b = 2; }';
    const { watched: found } = evaluateText(text, isMint);
    for (const name of ['mint_a', 'mint_b']) {
      const definition = found.get(name)?.definition;
      expect(definition?.kind).toBe('local');
      expect(definition?.span.start).toBe(text.indexOf(name));
    }
  });
});

it('files, what was left out, and macro calls are told', () => {
  const text = '#include "a.h"\n#include "b.h"\n#if 0\nint left;\n#endif\n#define ONE 1\nint x = ONE;\n';
  const evaluation = evaluateText(text, undefined, { files: { 'a.h': 'int y;\n' } });
  expect(evaluation.files).toEqual([FILE, 'a.h']);
  expect(evaluation.missing).toEqual([]);
  expect(evaluation.inactive.map((span) => textAt(text, span))).toEqual(['int left;']);
  expect(evaluation.macroCalls.map(({ span }) => textAt(text, span))).toEqual(['ONE']);
  expect(evaluation.problems.map(({ reason, place }) => `${reason.code}: ${textAt(text, place)}`)).toEqual([
    'missing-include: "b.h"',
  ]);
});
