/** Code without measure, lowered: given up in time, and the rest of the file stays intact. */
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../server/src/c/ir';
import type { LoweredUnit } from '../../server/src/c/lower/lower';
import { lowerText } from './c-parser';

const externals = (unit: LoweredUnit) => unit.chunks.flatMap((chunk) => chunk.externals);

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
