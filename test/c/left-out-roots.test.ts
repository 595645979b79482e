/** Which root functions an edit makes run again, and which are left out because they are known to come to nothing. */
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../server/src/c/evaluate';
import type { Evaluation } from '../../server/src/c/evaluation';
import { LIMITS } from '../../server/src/c/run/bounds';
import { type IdleRun, IdleRuns } from '../../server/src/c/run/idle-roots';
import { parser } from './c-parser';
import { evaluateText, FILE, valueText } from './evaluate-text';

const isMint = (name: string): boolean => name.startsWith('mint_');

/** Notes which functions' runs came to nothing. */
class NamedRuns extends IdleRuns {
  names: string[] = [];
  readonly last = new Map<string, { readonly key: string; readonly run: IdleRun }>();

  override set(key: string, run: IdleRun): void {
    const name = key.split(' ')[2] ?? '';
    this.names.push(name);
    this.last.set(name, { key, run });
    super.set(key, run);
  }
}

/** One process, which evaluates texts one after the other. */
class Session {
  readonly idle = new NamedRuns();
  private readonly engine = { ...createEngine(parser), idle: this.idle };

  evaluate(text: string, request: Parameters<typeof evaluateText>[2] = {}): Evaluation {
    this.idle.names = [];
    return evaluateText(text, isMint, request, this.engine);
  }

  /** The functions that are run and come to nothing. */
  run(...[text, request]: Parameters<Session['evaluate']>): string {
    this.evaluate(text, request);
    return this.idle.names.join(' ');
  }

  /** A run of the function is taken to have been otherwise. */
  pretend(name: string, run: Partial<IdleRun>): void {
    const known = this.idle.last.get(name);
    if (known) this.idle.set(known.key, { ...known.run, ...run });
  }
}

const TEXT = `int mint_a; static int base = 1; struct pair { int x; };
static int twice(int n) { return n * 2; }
static int thrice(int n) { return n * 3; }
static int (*const table[])(int) = { thrice };
int f(int n) { return twice(n) + 4; }
int g(int n) { return twice(n) + 5; }
int k(int n) { return n + 6; }
struct pair p(int n) { struct pair q = { n + 7 }; return q; }
int t(int n) { return table[0](n) + 8; }
void last(void) { }
`;
const ALL = 'f g k p t last thrice';

describe('run again are', () => {
  it.each([
    ['the last root where nothing is edited', '', '', 'last'],
    ['that one for a comment', 'int k', '/* k */ int k', 'last'],
    ['and the root that is edited', 'n + 6', 'n + 60', 'k last'],
    ['whatever structure it returns', 'n + 7', 'n + 70', 'p last'],
    ['those that share a function with it', '+ 4', '+ 40', 'f g last'],
    ['those that call what is edited', 'n * 2', 'n * 20', 'f g last'],
    ['those that may call it over an object', 'n * 3', 'n * 30', 't last thrice'],
    ['what they may call over an object', '+ 8', '+ 80', 't last thrice'],
    ['those that may be called over an object where one is mentioned', 'void last(void) { }', 'void last(void) { base; }', 't last thrice'], // biome-ignore format: one table
    ['all, where an object is another', 'base = 1', 'base = 2', ALL],
    ['all, where a type is another', 'int x;', 'int x, y;', ALL],
    ['all, where another pointer is in an object', '{ thrice }', '{ twice }', ALL],
    ['all, where a function changes an object that it did not', 'return n + 6', 'return base = n', 'f g p t last thrice'], // biome-ignore format: one table
    ['what calls a function that was none', 'n + 6', 'twice(n)', 'f g k last'],
  ])('%s', (_, from, to, names) => {
    const session = new Session();
    expect(session.run(TEXT)).toBe(ALL);
    expect(session.run(TEXT.replace(from, to))).toBe(names);
  });

  it.each([
    ['a structure', 'struct made { int x; } p(int n)'],
    ['an enumeration', 'enum made { MADE } p(int n)'],
  ])('all, where the edited function declares %s', (_, head) => {
    const session = new Session();
    const text = TEXT.replace('struct pair p(int n)', head).replace('struct pair q = { n + 7 }; return q;', 'if (n == 7) n = 8;'); // biome-ignore format: one text
    expect(session.run(text)).toBe(ALL);
    expect(session.run(text.replace('n == 7', 'n == 8'))).toBe(ALL);
  });

  it('those over and over that each other one shares a function with', () => {
    const chain = `int a(int n); int b(int n); int c(int n);
int h(int n) { return c(n) + b(n); }
int i(int n) { return b(n) + a(n); }
int j(int n) { return a(n) + 1; }
int k(int n) { return n; }
int a(int n) { return n; } int b(int n) { return n; } int c(int n) { return n; }
void last(void) { }
`;
    const session = new Session();
    expect(session.run(chain)).toBe('h i j k last');
    expect(session.run(chain.replace('+ 1', '+ 2'))).toBe('h i j last');
  });

  it.each([
    ['another OSID', { pinned: new Map([['OSID', '2']]) }],
    ['a further pinned name', { pinned: new Map([['OSID', '1'], ['X', '2']]) }], // biome-ignore format: one table
    ['another data model', { dataModel: 'ILP32' }],
    ['a further file', { files: { 'b.c': 'extern int mint_a; void set(void) { mint_a = 5; }' } }],
  ] as const)('all for %s', (_, request) => {
    const session = new Session();
    session.evaluate(TEXT);
    expect(session.run(TEXT, request)).toBe(ALL);
    expect(session.run(TEXT, request)).toBe('last');
  });

  it('all, where other names are watched', () => {
    const session = new Session();
    session.evaluate(TEXT);
    expect(session.run(TEXT, { watch: () => false })).toBe(ALL);
  });

  it('nothing is left out where a pinned name is worth what the program makes it', () => {
    const session = new Session();
    for (const text of ['base + 1', '(1)', '--1', 'base1', '1 + base', '-base']) {
      const request = { pinned: new Map([['OSID', text]]) };
      expect([session.run(TEXT, request), session.run(TEXT, request)]).toEqual(['', '']);
    }
    for (const text of ['-1', '0x10', '7ul']) {
      const request = { pinned: new Map([['OSID', text]]) };
      expect([session.run(TEXT, request), session.run(TEXT, request)]).toEqual([ALL, 'last']);
    }
  });

  it('those that nothing calls, once something does', () => {
    const text = 'static int f(int n) { return n / 0; }\nstatic int last(int n) { return n; }\n';
    const session = new Session();
    expect(session.evaluate(`${text}void g(void) { }`).problems).toEqual([]);
    expect(session.idle.names).toEqual(['g', 'f', 'last']);
    expect(session.evaluate(text).problems.map(({ reason }) => reason.code)).toEqual(['division-by-zero']);
  });
});

describe('never left out is', () => {
  it.each([
    ['what writes a watched name', 'mint_a = n;'],
    ['what writes an object of file scope', 'base = n;'],
    ['what is wrong', 'n = 1 / 0;'],
    ['what hands out the address of an object', 'use(&base);'],
    ['what stores the address of an object where nobody knows', '*where = &base;'],
  ])('%s', (_, statements) => {
    const session = new Session();
    const text = `${TEXT}void use(void *); int made(int n, int **where) { ${statements} return n; }\nvoid end(void) { }`;
    expect(session.run(text).split(' ')).not.toContain('made');
  });

  it('a function whose parameters are declared behind their names, nor what calls it', () => {
    const text = (body: string) => `int mint_a;
int old(n) int n; { ${body} return n; }
int g(int n) { return old(n); }
void last(void) { }
`;
    const session = new Session();
    session.evaluate(text(''));
    const { watched } = session.evaluate(text('mint_a = 5;'));
    expect(valueText(watched.get('mint_a')?.value)).toBe('0x5');
  });
});

describe('functions of other files', () => {
  const files = { 'b.c': 'int away(int n) { return n + 1; }\n' };
  const text = (number: string) => `int mint_a; int away(int n);
int set(void) { return ${number}; }
int f(void) { return away(2); }
void last(void) { }
`;

  it('are read, whatever root calls them first', () => {
    const session = new Session();
    session.evaluate(text('away(1)'), { files });
    const edited = session.evaluate(text('1'), { files });
    expect(edited.files).toEqual([FILE, 'b.c']);
    expect([...edited.definitions.keys()]).toContain('away');
  });

  it('have the values of all calls', () => {
    const session = new Session();
    session.evaluate(text('away(1)'), { files });
    const edited = session.evaluate(text('away(3)'), { files });
    const [sum] = edited.expressionsAt('b.c', files['b.c'].indexOf('+'));
    expect(valueText(sum?.value)).toBe('0x4 if  | 0x3 if ');
  });
});

describe('what is left out', () => {
  it('took as much work as it takes alone', () => {
    const session = new Session();
    session.evaluate(`${TEXT}int other_k(int n) { return n + 6; }\nvoid end(void) { }`);
    const [k, other] = ['k', 'other_k'].map((name) => session.idle.last.get(name)?.run.work);
    expect(k).toBe(other);
    expect(k).toBeGreaterThan(0);
    expect(k).toBeLessThan(100);
  });

  it('counts as work, so that functions which nothing calls are run while half of it is left', () => {
    const text = `${TEXT}static int unused(int n) { return n; }\n`;
    const session = new Session();
    session.evaluate(text);
    session.pretend('f', { work: LIMITS.steps * 0.45 });
    session.pretend('k', { work: LIMITS.steps * 0.04 });
    const edited = (number: number) => text.replace('static int unused(int n) { return n', `static int unused(int n) { return ${number}`); // biome-ignore format: one line
    expect(session.run(edited(1))).toBe('last unused');
    session.pretend('p', { work: LIMITS.steps * 0.1 });
    expect(session.run(edited(2))).toBe('last');
  });

  it('is run all the same where not enough work is left, and then counts as it is', () => {
    const session = new Session();
    session.evaluate(TEXT);
    session.pretend('k', { work: LIMITS.steps });
    expect(session.run(TEXT)).toBe(ALL);
    expect(session.run(TEXT)).toBe('last');
  });

  it.each([
    ['that is called', 'k', ALL],
    ['that nothing calls', 'thrice', `last ${ALL}`],
  ])('is run where it begins otherwise, all others, too: a root %s', (_, name, names) => {
    const session = new Session();
    session.evaluate(TEXT);
    session.pretend(name, { escapes: 'otherwise' });
    expect(session.run(TEXT)).toBe(names);
    expect(session.run(TEXT)).toBe('last');
  });

  it('tells its values when they are asked for, with those of functions that it calls', () => {
    const session = new Session();
    session.evaluate(TEXT);
    const edited = TEXT.replace('void last(void) { }', 'void last(void) { ; }');
    const evaluation = session.evaluate(edited);
    expect(session.idle.names).toEqual(['last']);
    const told = (text: string) => valueText(evaluation.expressionsAt(FILE, edited.indexOf(text))[0]?.value);
    expect([told('4; }'), told('2; }'), told('3; }'), told('1; struct')]).toEqual(['0x4', '0x2', '0x3', '0x1']); // biome-ignore format: one line
    const span = { file: FILE, start: edited.indexOf('int g'), end: edited.indexOf('int k') };
    expect(evaluation.expressionsIn(span).map(({ text }) => text)).toContain('twice(n) + 5');
  });
});
