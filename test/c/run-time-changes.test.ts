/** Which objects code that is not run may change, as far as its tokens tell. */
import { describe, expect, it } from 'vitest';
import { RunTimeChanges } from '../../server/src/c/run/run-time-changes';
import { behindPostfix, type Scan, scanChanges } from '../../server/src/c/run/scan';
import { tokensOf } from './c-parser';
import { unit } from './preprocessing';

const scan = (text: string): Scan => scanChanges(tokensOf(text));

/** `name in function` of each change in the body of a function. */
const changes = (text: string) => scan(text).changes.map(({ name, by }) => `${name} in ${by}`);

const changedBy = (statements: string) =>
  scan(`void f(int p) { ${statements} }`).changes.map(({ name }) => name);

describe('an object is changed', () => {
  it.each([
    'size = 1;',
    'size += 1;',
    'size <<= 1;',
    'size >>= 1;',
    'size %= 1;',
    'size++;',
    'size--;',
    '++size;',
    '*size = 1;',
    '--size;',
    'size.start = 1;',
    'size->start = 1;',
    'size[0] = 1;',
    'size[table[1]].start = 1;',
    'size[1][2]++;',
    'set(&size);',
    'return &size;',
    'x == 1 && set(&size);',
    'case 1: &size;',
    'x + &size;',
  ])('by %s', (statement) => {
    expect(changedBy(statement)).toEqual(['size']);
  });

  it.each([
    'size == 1;',
    '; size == 1;',
    'x(size);',
    'size <= 1;',
    'size != 1;',
    'size + 1;',
    'table & size;',
    '1 & size;',
    'f(1) & size;',
    'a[1] & size;',
    'size.start == 1;',
    'size[0];',
    'size[1] == 2;',
    'other.size == 1;',
    'size',
  ])('not by %s', (statement) => {
    expect(changedBy(statement)).toEqual([]);
  });

  it('and not a member of its name, nor what stands in a subscript', () => {
    expect(changedBy('r.size = 1;')).toEqual(['r']);
    expect(changedBy('r->size++;')).toEqual(['r']);
    expect(changedBy('a[i] = j;')).toEqual(['a']);
  });

  it('where an address is an operand of return, sizeof or a case, not behind a value', () => {
    expect(changedBy('return &a; sizeof &b; x & c; x) & d; x] & e;')).toEqual(['a', 'b']);
  });
});

describe('a local variable', () => {
  it.each([
    'int size = 1; size++;',
    'struct r *size; size = 0;',
    'unsigned long **size; *size = 0;',
    'int a, b; T size; size = 2;',
  ])('%s is no object of the file', (body) => {
    expect(changedBy(body)).toEqual([]);
  });

  it.each([
    'return size = 1;',
    'else size = 1;',
    'do size++; while (0);',
    'case size: size = 2;',
    'goto size; size = 2;',
  ])('%s declares none', (body) => {
    expect(changedBy(body)).toContain('size');
  });

  it('of one function is none of the next', () => {
    expect(changes('void f(void) { int size; size = 1; } void g(void) { size = 2; }')).toEqual(['size in g']);
  });

  it('that is declared behind an assignment of another name: `a = b` declares no b', () => {
    expect(changedBy('a = size; size = 1;')).toEqual(['a', 'size']);
  });
});

describe('functions', () => {
  it('are named by what stands before their parameters', () => {
    expect([
      ...scan('static int f(int (*g)(int), int h) { k = 1; } int (m)(void) { n(); }').mentions.keys(),
    ]).toEqual(['f', 'm']);
    expect(changes('unsigned long f(int a) { k = 1; }')).toEqual(['k in f']);
    expect(changes('int f(int (*g)(int), int (h)(int)) { k = 1; }')).toEqual(['k in f']);
  });

  it.each([
    '__attribute__((noinline)) void set(int p) { size = 1; }',
    'static __attribute__((format(printf, 1, 2))) void set(int p) { size = 1; }',
    'static void __attribute__((unused)) set(int p) { size = 1; }',
    '__typeof__(int) set(int p) { size = 1; }',
    '_Alignas(8) static int x; void set(int p) __attribute__((x)) { size = 1; }',
    'void (*set(int p))(int) { size = 1; }',
    'int *(set)(void) { size = 1; }',
    'int (*p)(void), q; void set(void) { size = 1; }',
  ])('are named whatever stands around the name: %s', (text) => {
    expect(changes(text)).toEqual(['size in set']);
  });

  it.each([
    ['int set(p) int p; { size = 1; }', true],
    ['static int set(p, q) int p; char *q; { size = 1; }', false],
    ['static void set(to) int (*to)(); { size = 1; }', false],
    ['int before(void) ATTRIBUTE; int set(p) struct s *p; { size = 1; }', true],
    ['int set(p) int p; { size = 1; } static int after(void) { }', true],
  ])('are named where their parameters are declared behind their names: %s', (text, isExternal) => {
    const { external } = scan(text);
    expect(changes(text)).toEqual(['size in set']);
    expect([...external]).toEqual(isExternal ? ['set'] : []);
  });

  it('are none of prototypes with a macro behind them, whatever braces follow', () => {
    const { mentions } = scan('int before(void) ATTRIBUTE; struct s { int x; }; int list[] = { 1 };');
    expect([...mentions.keys()]).toEqual([]);
  });

  it('mention names, but not members', () => {
    const { mentions } = scan('int f(void) { g(a.b, c->d); { h(x); } k; } int g(void) { i; }');
    expect([...(mentions.get('f') ?? [])]).toEqual(['g', 'a', 'c', 'h', 'x', 'k']);
    expect([...(mentions.get('g') ?? [])]).toEqual(['i']);
  });

  it('written twice, for two configurations, mention what both do', () => {
    expect([...(scan('int f(void) { a; } int f(void) { b; }').mentions.get('f') ?? [])]).toEqual(['a', 'b']);
  });

  it('are external unless they are static', () => {
    const { external } = scan(
      'static int a(void) { } int b(void) { } static int x; int c(void) { } static int y = 1; int d(void) { { } } static int e(void); int g(void) { } static struct { int h; } i(void) { }',
    );
    expect([...external]).toEqual(['b', 'c', 'd', 'g']);
  });

  it('have bodies: initialisers and structures are none', () => {
    const functions = (text: string) => [...scan(text).mentions.keys()];
    expect(
      functions('int a[] = { 1 }; struct s { int b; }; T (v) = { 1 }; int g(void); struct s { int b; };'),
    ).toEqual([]);
    expect(functions('int a = (1); } } int f(void) { c; }'), 'a brace too many').toEqual(['f']);
  });
});

describe('outside of functions', () => {
  it('names are those of the file', () => {
    const { fileScope } = scan('T a = b; U c(V d) { e; } int f, 1;');
    expect([...fileScope]).toEqual(['T', 'a', 'b', 'U', 'c', 'V', 'd', 'int', 'f']);
  });

  it('initialisers mention names, with braces or without', () => {
    const { initial } = scan(
      'int (*a)(void) = b; struct s c = { .d = e, { f } }; int g(void) { h; } int i; struct s { k l; };',
    );
    for (const name of ['b', 'e', 'f']) expect(initial).toContain(name);
    for (const name of ['a', 'c', 'g', 'h', 'i', 'k', 'l']) expect(initial).not.toContain(name);
  });
});

it('a change that a macro makes stands at its call', () => {
  const text = '#define SET(n) size = n\nvoid f(void) { SET(1); size = 2; }';
  const places = scanChanges(unit(text).tokens).changes.map(({ place }) =>
    text.slice(place.start, place.end),
  );
  expect(places).toEqual(['SET(1)', 'size']);
});

it.each([
  ['a;', ';'],
  ['a.b;', ';'],
  ['a->b[1].c + 1', '+'],
  ['a[b[1]](2)', '('],
  ['a[b', undefined],
  ['a[', undefined],
  ['a.', undefined],
])('behind the postfixes of %s stands %s', (text, behind) => {
  const tokens = tokensOf(text);
  expect(tokens[behindPostfix(tokens, 1)]?.text).toBe(behind);
});

describe('before a root is run', () => {
  const names = (root: string, main: string, others: readonly string[], name = 'size', linked = true) =>
    new RunTimeChanges(scan(main), others.map(scan))
      .before(root)(name, linked)
      .map(({ by }) => by);

  it('functions that other files may call may have changed an object, and what they call', () => {
    expect(names('root', 'void set(void) { size = 1; } void root(void) { }', [])).toEqual(['set']);
    expect(names('root', 'static void set(void) { size = 1; } void root(void) { }', [])).toEqual([]);
    expect(names('root', 'static void set(void) { size = 1; } void call(void) { set(); }', [])).toEqual([
      'set',
    ]);
    expect(names('root', 'static void set(void) { size = 1; } void (*p)(void) = set;', [])).toEqual(['set']);
  });

  it('not those that the root leads to, nor the root itself', () => {
    expect(names('root', 'void root(void) { size = 1; }', [])).toEqual([]);
    expect(
      names('root', 'void set(void) { size = 1; } void mid(void) { set(); } void root(void) { mid(); }', []),
    ).toEqual([]);
  });

  it('other files, where they know the object', () => {
    const other = ['void set(void) { size = 1; }'];
    expect(names('root', 'void root(void) { }', other)).toEqual(['set']);
    expect(names('root', 'void root(void) { }', other, 'size', false)).toEqual([]);
    expect(names('root', 'void root(void) { set(); }', other)).toEqual([]);
    expect(names('root', 'void root(void) { }', other, 'start')).toEqual([]);
    expect(names('root', 'void first(void) { size = 1; size = 2; }', other)).toEqual([
      'first',
      'first',
      'set',
    ]);
  });
});
