/** Lowering of whole units: what is shared, where problems lie. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkCache } from '../../server/src/c/lower/chunk-cache';
import { type LoweredUnit, lowerExpression } from '../../server/src/c/lower/lower';
import { lowerText, parser, tokensOf } from './c-parser';
import { expression, external } from './sexpr';

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

  it('reports a block that is not closed at its brace', () => {
    const { chunks } = lowerText('int f(void) { if (a) { b; }');
    const problems = chunks.flatMap((chunk) => chunk.problems);
    expect(problems).toMatchObject([{ what: 'syntax-error', detail: '{', first: 5, last: 5 }]);
  });

  it('notes the alignment that a pragma sets', () => {
    const { chunks } = lowerText(
      'struct s __attribute__((__pack_16__)) { int a; } __attribute__((__packed__));',
    );
    const type = { kind: 'record', tag: 's', pack: 16, packed: true };
    expect(chunks[0]?.externals).toMatchObject([{ kind: 'declaration', specifiers: { type } }]);
  });

  it('cuts the text of a long problem off', () => {
    const { chunks } = lowerText(`int a = ${'b + '.repeat(1000)};`);
    expect(chunks[0]?.problems[0]?.detail).toMatch(/^int a = b \+ .{60,80}…$/);
  });

  it.each([
    ['b'.repeat(69), ' @;', ' @;'],
    ['b'.repeat(70), ' @;', ' @…'],
    ['b'.repeat(72), ' @;', '…'],
  ])('keeps 80 characters of a problem: %s%s', (name, rest, kept) => {
    const { chunks } = lowerText(`int a = ${name}${rest}`);
    expect(chunks[0]?.problems[0]?.detail).toBe(`int a = ${name}${kept}`);
  });

  it.each(['int a = (__attribute__);', 'int f(int _Alignas);'])('goes on behind %s', (text) => {
    expect(lowerText(text).chunks.map(({ externals }) => externals.length)).toEqual([1]);
  });

  it('takes any tokens at all', () => {
    const words = 'int T x 1 "s" struct enum typedef { } ( ) [ ] ; , : ? = * & . -> ++ ... if else for case default do while switch return goto sizeof typeof __attribute__ asm _Generic static _Alignas _Alignof _Atomic _Static_assert __label__ __extension__ __auto_type const inline @'.split(' '); // biome-ignore format: one list
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
  it('changes nothing of what a unit is lowered to, whatever was lowered before', () => {
    const words = 'int T x typedef { } ( ) ; = 1 f(void){ return (T)-x; } f(a)int a;{ struct{int x;}s; T(y); ,'.split(' '); // biome-ignore format: one list
    const units = fc.array(fc.array(fc.constantFrom(...words), { maxLength: 30 }), {
      minLength: 2,
      maxLength: 5,
    });
    const shown = (unit: LoweredUnit) =>
      unit.chunks.map((chunk) => [
        chunk.tokens.map(({ text }) => text).join(' '),
        chunk.externals.map(external),
        chunk.problems,
      ]);
    fc.assert(
      fc.property(units, fc.constantFrom('typedef int T;', 'int T;', ''), (texts, head) => {
        const cache = new ChunkCache();
        for (const text of texts) {
          const unit = `${head} int g(int x) { return (T)-x; } ${text.join(' ')} int h(void) { return (T)-1; }`;
          expect(shown(lowerText(unit, cache))).toEqual(shown(lowerText(unit)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('forgets what was not used for longest when it is full', () => {
    const cache = new ChunkCache(12);
    const lower = (text: string) => lowerText(text, cache).chunks[0]?.externals;
    const [a, b] = [lower('int a = 1;'), lower('int b = 2;')];
    expect(lower('int a = 1;')).toBe(a);
    lower('int c = 3;');
    expect(lower('int a = 1;')).toBe(a);
    expect(lower('int b = 2;')).not.toBe(b);
  });

  it('forgets one of several chunks that begin alike', () => {
    const cache = new ChunkCache(26);
    const lower = (text: string) => lowerText(text, cache).chunks[0]?.externals;
    const [one, two] = ['int f(void) { return 1; }', 'int f(void) { return 1 + 1; }'];
    const [first, second] = [lower(one), lower(two)];
    lower('int c = 3;');
    expect(lower(two)).toBe(second);
    expect(lower(one)).not.toBe(first);
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
    const last = Math.max(0, tokensOf(text).length - 1);
    expect(lowered).toMatchObject({ kind: 'malformed', what: 'syntax-error', first: 0, last });
    expect(problems).toEqual([lowered]);
  });

  it.each([
    ['~', '999 operators', '~'.repeat(999), '~'.repeat(1000)],
    ['1 +', '1000 terms', '1 + '.repeat(999), '1 + '.repeat(1000)],
  ])('takes %s up to a thousand levels: %s', (_, __, fitting, tooDeep) => {
    expect(lower(`${fitting}a`).problems).toEqual([]);
    expect(lower(`${tooDeep}a`).problems).toMatchObject([{ what: 'nesting-limit', first: 0 }]);
  });
});
