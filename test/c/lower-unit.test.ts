/** Lowering of whole units: what is shared, what is bounded, where problems lie. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../server/src/c/ir';
import { ChunkCache, type LoweredUnit, lowerExpression } from '../../server/src/c/lower/lower';
import { lowerText, parser, tokensOf } from './c-parser';
import { expression, external } from './sexpr';

const externals = (unit: LoweredUnit) => unit.chunks.flatMap((chunk) => chunk.externals);

describe('lowerUnit', () => {
  it('keeps the identity of what an edit does not touch', () => {
    const cache = new ChunkCache();
    const before = lowerText(
      'typedef int t; t a = 1; int f(void) { return 1; } int g(void) { return 2; }',
      cache,
    );
    const after = lowerText(
      'typedef int t;  t a = 1; int f(void) { return 3; }\nint g(void) { return 2; }',
      cache,
    );
    const kept = after.chunks.map((chunk, i) => chunk.externals === before.chunks[i]?.externals);
    expect(kept).toEqual([true, true, false, true]);
  });

  it('reads equal text anew where its names mean something else', () => {
    const cache = new ChunkCache();
    const text = 'int f(int x) { return (t) - x; }';
    const [asType] = lowerText(`typedef int t; ${text}`, cache).chunks.slice(-1);
    const [asValue] = lowerText(`int t; ${text}`, cache).chunks.slice(-1);
    expect(asType?.externals.map(external).join()).toContain("(cast (type 't) (u- x))");
    expect(asValue?.externals.map(external).join()).toContain('(- t x)');
  });

  it('counts places of nodes in the tokens of their chunk', () => {
    const { chunks } = lowerText('int a;\nint f(void) { a = (b + 1); }');
    const [chunk] = chunks.slice(-1);
    const [definition] = chunk?.externals ?? [];
    const [statement] = definition?.kind === 'function' ? definition.body.body : [];
    const assignment = statement?.kind === 'expression' ? statement.expression : undefined;
    const value = assignment?.kind === 'assignment' ? assignment.value : undefined;
    const textOf = (node?: { first: number; last: number }) =>
      node &&
      chunk?.tokens
        .slice(node.first, node.last + 1)
        .map((token) => token.text)
        .join(' ');
    expect(textOf(definition)).toBe('int f ( void ) { a = ( b + 1 ) ; }');
    expect(textOf(assignment)).toBe('a = ( b + 1 )');
    expect(textOf(value)).toBe('( b + 1 )');
  });

  it('names the typedefs of the file scope', () => {
    const { typedefNames } = lowerText(
      'typedef int a, *b; int c; typedef struct { int d; } e; void f(void) { typedef int g; } extern int b2;',
    );
    expect([...typedefNames]).toEqual(['a', 'b', 'e']);
  });

  it('reports each malformed part once, in order', () => {
    const { chunks } = lowerText('int a = ; int f(void) { x = ; if (y { z; } return ; }');
    const problems = chunks.flatMap((chunk) =>
      chunk.problems.map(({ what, detail }) => `${what}: ${detail}`),
    );
    expect(problems).toEqual(['syntax-error: int a = ;', 'syntax-error: x = ;', 'syntax-error: (y']);
  });

  it('cuts the text of a long problem off', () => {
    const { chunks } = lowerText(`int a = ${'b + '.repeat(1000)};`);
    expect(chunks[0]?.problems[0]?.detail).toMatch(/^int a = b \+ .{60,80}…$/);
  });

  it('takes any tokens at all', () => {
    const words = 'int T x 1 "s" struct enum typedef { } ( ) [ ] ; , : ? = * & . -> ++ ... if else for case default do while switch return goto sizeof typeof __attribute__ asm _Generic static @'.split(' '); // biome-ignore format: one list
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (tokens) => {
        const unit = lowerText(`typedef int T; ${tokens.join(' ')}`);
        for (const { tokens: own, externals: lowered, problems } of unit.chunks) {
          for (const node of [...lowered, ...problems]) {
            expect(node.first).toBeGreaterThanOrEqual(0);
            expect(node.last).toBeGreaterThanOrEqual(node.first);
            expect(node.last).toBeLessThan(own.length);
          }
          for (const node of lowered) external(node);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('ChunkCache', () => {
  it('forgets what was not used for longest when it is full', () => {
    const cache = new ChunkCache(12);
    const lower = (text: string) => lowerText(text, cache).chunks[0]?.externals;
    const [a, b] = [lower('int a = 1;'), lower('int b = 2;')];
    expect(lower('int a = 1;')).toBe(a);
    lower('int c = 3;');
    expect(lower('int a = 1;')).toBe(a);
    expect(lower('int b = 2;')).not.toBe(b);
  });

  it('keeps a chunk that is larger than it, until the next one comes', () => {
    const cache = new ChunkCache(1);
    const first = lowerText('int a;', cache).chunks[0]?.externals;
    expect(lowerText('int a;', cache).chunks[0]?.externals).toBe(first);
  });
});

describe('lowerExpression', () => {
  const lower = (text: string, types: string[] = []) =>
    lowerExpression(tokensOf(text), new Set(types), parser);

  it.each([
    ['0x20000000 + OSID*0x18000000', '(+ 0x20000000 (* OSID 0x18000000))'],
    ['(a) - 1', '(- a 1)'],
    ['(T) - 1', "(cast (type 'T) (u- 1))"],
    ['(u64) - 1', "(cast (type 'u64) (u- 1))"],
    ['a, b = c', '(, a (= b c))'],
    ['({ int x = 1; x; })', '(statements (declare int (= x 1)) x)'],
    ['sizeof (T)', "(sizeof (type 'T))"],
  ])('lowers %s', (text, expected) => {
    const lowered = lower(text, ['T']);
    expect(expression(lowered.expression)).toBe(expected);
    expect(lowered.problems).toEqual([]);
    expect(lowered.expression).toMatchObject({ first: 0, last: tokensOf(text).length - 1 });
  });

  it.each([
    '',
    'a b',
    'a;',
    'a; b',
    '1 +',
    ') (',
    '} {',
    '} int x; {',
    'return 1',
    'int x',
    'if (a) b',
    '; return 1',
  ])('does not take %j for an expression', (text) => {
    const { expression: lowered, problems } = lower(text);
    expect(lowered).toMatchObject({ kind: 'malformed', what: 'syntax-error' });
    expect(problems).toEqual([lowered]);
  });
});

describe('bounds', () => {
  const DEEP = 20_000;
  /** The kinds of the statements of a function with `text` before `q = 2;`, and the time it took in milliseconds. */
  function statementsAround(text: string): { kinds: string[]; time: number } {
    const start = performance.now();
    const unit = lowerText(`int f(void) { ${text} q = 2; }\nint after = 3;`);
    const time = performance.now() - start;
    const [definition, after] = externals(unit);
    expect(after).toMatchObject({ kind: 'declaration' });
    const body: readonly Statement[] = definition?.kind === 'function' ? definition.body.body : [];
    return { kinds: body.map((each) => (each.kind === 'malformed' ? each.what : each.kind)), time };
  }
  const nested = (open: string, inner: string, close: string) =>
    open.repeat(DEEP) + inner + close.repeat(DEEP);

  it.each([
    ['parentheses', `x = ${nested('(', '1', ')')};`, 'expression'],
    ['calls', `${nested('f(', '1', ')')};`, 'nesting-limit'],
    ['a sum', `x = 1${' + y'.repeat(DEEP)};`, 'nesting-limit'],
    ['commas', `x${', y'.repeat(DEEP)};`, 'nesting-limit'],
    ['unary operators', `x = ${'- '.repeat(DEEP)}1;`, 'nesting-limit'],
    ['casts', `x = ${'(int)'.repeat(DEEP)}1;`, 'nesting-limit'],
    ['calls of names in parentheses', `x = ${'(a)'.repeat(DEEP)};`, 'nesting-limit'],
    ['conditionals', `x = ${'a ? b : '.repeat(DEEP)}c;`, 'nesting-limit'],
    ['assignments', `${'x = '.repeat(DEEP)}1;`, 'nesting-limit'],
    ['subscripts', `a${'[0]'.repeat(DEEP)};`, 'nesting-limit'],
    ['subscripts in subscripts', `${nested('a[', '0', ']')};`, 'nesting-limit'],
    ['members', `a${'.b'.repeat(DEEP)};`, 'nesting-limit'],
    ['statement expressions', `${nested('({', '1', ';})')};`, 'expression'],
    ['pointers', `int ${'*'.repeat(DEEP)}p;`, 'nesting-limit'],
    ['declarators in parentheses', `int ${nested('(', 'p', ')')};`, 'nesting-limit'],
    ['dimensions', `int p${'[1]'.repeat(DEEP)};`, 'nesting-limit'],
    ['initialisers', `int p[] = ${nested('{', '1', '}')};`, 'nesting-limit'],
    ['structures', `${'struct {'.repeat(DEEP)} int a; ${'} x;'.repeat(DEEP)}`, 'nesting-limit'],
    ['typeof', `${nested('typeof(', 'x', ')')} y;`, 'nesting-limit'],
    ['blocks', nested('{', '', '}'), 'block'],
    ['else if', `${'if (a) b; else '.repeat(DEEP)} c;`, 'if'],
    ['if in if', `${'if (a) '.repeat(DEEP)} c;`, 'if'],
    ['cases', `switch (x) { ${'case 1: '.repeat(DEEP)} }`, 'switch'],
    ['a long array', `int p[] = { ${'0x1234, '.repeat(DEEP)} };`, 'declaration'],
    ['strings', `x = ${'"a" '.repeat(DEEP)};`, 'expression'],
    ['closing parentheses', `${')'.repeat(DEEP)};`, 'syntax-error'],
    ['cases without a colon', `${'case (case '.repeat(DEEP)};`, undefined],
    ['opening parentheses', `x = ${'('.repeat(DEEP)};`, undefined],
  ])('of %s keep the time short and the rest of the file intact', (_, text, expected) => {
    const { kinds, time } = statementsAround(text);
    expect(time).toBeLessThan(30_000);
    if (expected !== undefined) expect(kinds).toEqual([expected, 'expression']);
  });

  it.each([
    ['100,000-deep parentheses', `x = ${'('.repeat(100_000)}1${')'.repeat(100_000)};`, 'expression'],
    ['a sum of 100,000 terms', `x = 1${' + y'.repeat(100_000)};`, 'nesting-limit'],
    ['an expression of 1 MB', `x = f(${'(a[1] + b * 2) | '.repeat(60_000)} 1);`, 'nesting-limit'],
    ['a list of 1 MB', `int x[] = { ${'(a[1] + b * 2), '.repeat(60_000)} 1 };`, 'declaration'],
  ])('keep the time of %s short', (_, text, expected) => {
    const { kinds, time } = statementsAround(text);
    expect(time).toBeLessThan(30_000);
    expect(kinds).toEqual([expected, 'expression']);
  });

  it('let a chain of 5,000 else-ifs through whole', () => {
    const unit = lowerText(`int f(void) { ${'if (a) b; else '.repeat(5000)} c; }`);
    const [definition] = externals(unit);
    let statement: Statement | undefined =
      definition?.kind === 'function' ? definition.body.body[0] : undefined;
    let links = 0;
    for (; statement?.kind === 'if'; statement = statement.otherwise) links++;
    expect(links).toBe(5000);
    expect(statement).toMatchObject({ kind: 'expression', expression: { kind: 'identifier', name: 'c' } });
  });

  it('let through what people write: 900 terms, 300 blocks', () => {
    const { kinds } = statementsAround(`x = 1${' + y'.repeat(900)}; ${'{'.repeat(300)}${'}'.repeat(300)}`);
    expect(kinds).toEqual(['expression', 'block', 'expression']);
    expect(lowerText(`int f(void) { x = 1${' + y'.repeat(900)}; }`).chunks[0]?.problems).toEqual([]);
  });
});
