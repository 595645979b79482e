/** What the machine notes of the program that it runs: texts, problems, values of aggregates, types of each data model. */
import { describe, expect, it } from 'vitest';
import type { DataModel } from '../../server/src/c/value';
import { evaluateText, FILE, textAt, valueText } from './evaluate-text';

const HEAD = 'struct s { int x; long y; }; static struct s one = { 1, 2 }, two = { 3, 4 }; static int array[3], mark = 5; int unknown(); static unsigned long mint_a; void other(void) { mark = 6; }\n'; // biome-ignore format: one line

function after(statements: string, dataModel: DataModel = 'LP64') {
  const text = `${HEAD}void f(int n, struct s *p) { ${statements} }`;
  return { text, evaluation: evaluateText(text, (name) => name.startsWith('mint_'), { dataModel }) };
}

function held(statements: string): string {
  return valueText(after(statements).evaluation.watched.get('mint_a')?.value);
}

describe('the text of a condition', () => {
  const shown = (terms: number): string => {
    return (
      held(`if (${Array(terms).fill('n').join(' + ')}) mint_a = 1;`)
        .split(' if ')[1]
        ?.split(' | ')[0] ?? ''
    );
  };

  it('is as it is written, up to 80 characters', () => {
    expect(shown(3)).toBe('n + n + n');
    expect(shown(20)).toHaveLength(77);
    expect(shown(30)).toHaveLength(81);
  });
});

describe('aggregates along several ways', () => {
  it.each([
    ['mint_a = (n ? one : two).x;', '0x1 if n | 0x3 if not n'],
    ['struct s t = n ? one : two; mint_a = t.x + t.y;', '0x3 if n | 0x7 if not n'],
    ['struct s t = n == 1 ? one : n == 2 ? two : (struct s) { 5, 6 }; mint_a = t.y;', '0x2 if n == 1 | 0x4 if n == 2 | 0x6 if not n == 1 and not n == 2'],
    ['struct s t = *(n ? &one : &two); mint_a = t.y;', '0x2 if n | 0x4 if not n'],
  ])('%s', (statements, line) => {
    expect(held(statements)).toBe(line);
  }); // biome-ignore format: one table
});

/** `code: place` of each problem. */
function problems(statements: string): readonly string[] {
  const { text, evaluation } = after(statements);
  return evaluation.problems.map(({ reason, place }) => `${reason.code}: ${textAt(text, place)}`);
}

describe('a problem is told', () => {
  it.each([
    ['once where it is met again', 'for (int i = 0; i < 3; i++) n / 0;', ['division-by-zero: n / 0']],
    ['at each place', 'n / 0; n / 0;', ['division-by-zero: n / 0', 'division-by-zero: n / 0']],
    ['of each kind', 'array[4] = 1 / 0;', ['division-by-zero: 1 / 0', 'index-out-of-bounds: array[4]']],
    ['on a way that may be gone', 'if (n) n / 0;', ['division-by-zero: n / 0']],
    ['not on one that only run-time changes lead to', 'if (mark != 5) n / 0;', []],
    ['but on one that initial values lead to', 'if (mark == 5) n / 0;', ['division-by-zero: n / 0']],
    ['not behind the end', 'return; n / 0;', []],
    ['not of what is not evaluated', '(void)sizeof(n / 0); 0 && n / 0;', []],
  ])('%s', (_, statements, lines) => {
    expect(problems(statements)).toEqual(lines);
  });
});

describe('types of the data model', () => {
  it.each([
    ['sizeof n', 'unsigned long', 'unsigned int'],
    ['&array[1] - &array[0]', 'long', 'int'],
    ['1', 'int', 'int'],
    ['0x80000000', 'unsigned int', 'unsigned int'],
    ['2147483648', 'long', 'long long'],
  ])('%s', (expression, lp64, ilp32) => {
    const type = (model: DataModel): string | undefined => {
      const { text, evaluation } = after(`mint_a = (${expression});`, model);
      const at = text.indexOf(`(${expression})`);
      const value = evaluation.expressionsAt(FILE, at)[0]?.value;
      return value?.kind === 'known' ? value.type : undefined;
    };
    expect([type('LP64'), type('ILP32')]).toEqual([lp64, ilp32]);
  });
});

describe('what is not known', () => {
  it.each([
    ['two unknown values are not one', 'int a = unknown(), b = unknown(); mint_a = a == b ? 1 : 2;', '0x1 if a == b | 0x2 if not a == b'],
    ['a copy is the same', 'int a = unknown(), b = a; if (a == 1) mint_a = b == 1 ? 1 : 2;', '0x1 if a == 1 | 0x0 if not a == 1'],
    ['a loop that never ends leaves what it found', 'mint_a = 3; if (n) for (;;) ;', '0x3'],
    ['what is constant stays', 'const struct s fixed = { 5 }; unknown(&fixed); mint_a = fixed.x;', '0x5'],
    ['a pointer of a caller may be null', 'mint_a = p ? 1 : 2;', '0x1 if p | 0x2 if not p'],
    ['and is that of one object', 'p->x = 4; struct s *q = p; mint_a = q->x;', '0x4'],
  ])('%s', (_, statements, line) => {
    expect(held(statements)).toBe(line);
  }); // biome-ignore format: one table
});
