/** Programs without end or measure: bounded, said so, and the rest of the file is still evaluated. */
import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../server/src/c/evaluation';
import { evaluateText } from './evaluate-text';

function run(text: string): Evaluation {
  return evaluateText(text, (name) => name === 'before' || name === 'after');
}

/** A function with one bad statement between two good ones. */
function around(statement: string, outside = ''): string {
  return `unsigned long before, after;\n${outside}\nvoid set_up(void)\n{\n\tbefore = 0x1000;\n\t${statement}\n\tafter = 0x2000;\n}\n`;
}

const doublings = (levels: number): string =>
  ['#define B0 1', ...Array.from({ length: levels }, (_, i) => `#define B${i + 1} B${i} + B${i}`)].join('\n');

const cases: readonly { name: string; text: string; code: string; before?: bigint; after?: bigint }[] = [
  {
    name: 'a loop that only an endless count would leave',
    text: around('for (unsigned long i = 0; i < 0xffffffffffff; i++) ;'),
    code: 'step-limit',
    before: 0x1000n,
    after: 0x2000n,
  },
  {
    name: 'recursion without end',
    text: around('deep(1);', 'static int deep(int n) { return deep(n + 1); }'),
    code: 'call-depth-limit',
    after: 0x2000n,
  },
  {
    name: 'a macro bomb',
    text: around('before = B30;', doublings(30)),
    code: 'expansion-limit',
    after: 0x2000n,
  },
  {
    name: 'an expression of a megabyte',
    text: around(`before = 1${' + 1'.repeat(250_000)};`),
    code: 'nesting-limit',
    after: 0x2000n,
  },
  {
    name: 'bytes that are no C',
    text: around('before = \ufffd\ufffd\u0001 1;'),
    code: 'syntax-error',
    after: 0x2000n,
  },
];

describe('bounds', () => {
  it.each(cases)('$name', ({ text, code, before, after }) => {
    const evaluation = run(text);
    expect(evaluation.problems.map(({ reason }) => reason.code)).toContain(code);
    for (const [name, wanted] of [
      ['before', before],
      ['after', after],
    ] as const) {
      const value = evaluation.watched.get(name)?.value;
      expect(value?.kind === 'known' ? value.value : value?.kind, name).toBe(wanted ?? 'unknown');
    }
  });

  it('parentheses 100,000 deep are no more than parentheses', () => {
    const evaluation = run(around(`before = ${'('.repeat(100_000)}1${')'.repeat(100_000)};`));
    expect(evaluation.problems).toEqual([]);
    expect(evaluation.watched.get('before')?.value).toMatchObject({ kind: 'known', value: 1n });
    expect(evaluation.watched.get('after')?.value).toMatchObject({ kind: 'known', value: 0x2000n });
  });

  it('typeof 60 deep is worked out once at each level', () => {
    const type = Array.from({ length: 60 }).reduce<string>((inner) => `typeof(*(${inner} *)0)`, 'int');
    const evaluation = run(around(`${type} deep = 5; before = deep;`));
    expect(evaluation.watched.get('before')?.value).toMatchObject({ kind: 'known', value: 5n });
  });

  it('a loop that never ends leaves nothing behind it', () => {
    const evaluation = run(around('for (;;) ;'));
    expect(evaluation.watched.get('before')?.value).toMatchObject({ kind: 'known', value: 0x1000n });
  });
});
