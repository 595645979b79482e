/** Functions that an edit does not reach are not run again, and what is known of the program is what a first run says. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEngine, type Engine } from '../../server/src/c/evaluate';
import type { Evaluation } from '../../server/src/c/evaluation';
import { IdleRuns } from '../../server/src/c/run/idle-roots';
import { parser } from './c-parser';
import { evaluateText, FILE } from './evaluate-text';

const HEAD = `unsigned long mint_region1_size, mint_region2_size;
unsigned long total = 7, *spare = &total;
extern int debug;
static int calls;
void use(void *);
struct table { int (*run)(int); } tables[2];
`;

/** Bodies of functions; `N` is a number, `F` the name of another function. */
const BODIES = [
  'int i, sum = N; for (i = 0; i < n; i++) sum += i & N; return sum;',
  'mint_region1_size = total + N; return 0;',
  'mint_region2_size = N; return F(n);',
  'return F(N) + F(n);',
  'calls++; return calls + N;',
  'use(&total); return N;',
  'use(spare); *spare = N; return 0;',
  'if (debug) return N; return n;',
  'int local; return local + N;',
  'static int seen = N; seen += n; return seen;',
  'extern int debug; return debug == N;',
  'tables[0].run = F; return tables[1].run(N);',
  'return 1 / (n - n) + N;',
  'char text[4] = "abc"; use(text); return text[N & 3];',
  'while (n != N) n = F(n); return n;',
  'int *p = 0; if (n == N) return *p; return 1;',
];

interface Function {
  readonly body: number;
  readonly number: number;
  readonly callee: number;
  readonly isStatic: boolean;
}

const aFunction: fc.Arbitrary<Function> = fc.record({
  body: fc.nat(BODIES.length - 1),
  number: fc.nat(9),
  callee: fc.nat(5),
  isStatic: fc.boolean(),
});
const edits = fc.array(fc.record({ at: fc.nat(5), by: aFunction, isDigit: fc.boolean() }), { maxLength: 5 });

function textOf(functions: readonly Function[]): string {
  const definitions = functions.map(({ body, number, callee, isStatic }, index) => {
    const lines = (BODIES[body] ?? '').replaceAll('N', String(number)).replaceAll('F(', `f${callee}(`);
    return `${isStatic ? 'static ' : ''}int f${index}(int n)\n{ ${lines.replaceAll('F', `f${callee}`)} }\n`;
  });
  return HEAD + definitions.join('');
}

const watch = (name: string) => name.startsWith('mint_region');

function evaluated(text: string, engine: Engine): Evaluation {
  return evaluateText(text, watch, {}, engine);
}

function told(evaluation: Evaluation, text: string): unknown {
  const { watched, problems, files, missing } = evaluation;
  const values = [...text.matchAll(/\w+|[-+*&]/g)].map(({ index }) => evaluation.expressionsAt(FILE, index));
  const named = ['total', 'calls', 'debug'].map((name) => evaluation.valueOf(name));
  return { watched: [...watched], problems, files, missing, values, named };
}

it('what edits one after the other leave is what the text says', () => {
  fc.assert(
    fc.property(fc.array(aFunction, { minLength: 2, maxLength: 6 }), edits, (first, changes) => {
      const engine = createEngine(parser);
      let functions = first;
      evaluated(textOf(functions), engine);
      for (const { at, by, isDigit } of changes) {
        functions = functions.map((each, index) => {
          if (index !== at % functions.length) return each;
          return isDigit ? { ...each, number: by.number } : by;
        });
        const text = textOf(functions);
        expect(told(evaluated(text, engine), text)).toEqual(
          told(evaluated(text, createEngine(parser)), text),
        );
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);

/** Counts the runs that came to nothing. */
class CountedRuns extends IdleRuns {
  made = 0;
  override set(...run: Parameters<IdleRuns['set']>): void {
    this.made++;
    super.set(...run);
  }
}

it('an edit runs what it reaches, and the last root', () => {
  const idle = new CountedRuns();
  const engine = { ...createEngine(parser), idle };
  const fillers = Array.from({ length: 20 }, (_, index) => `int f${index}(int n) { return n + ${index}; }\n`);
  const text = (size: number) =>
    `${HEAD}void set(void) { mint_region1_size = ${size}; }\n${fillers.join('')}`;
  const runsFor = (size: number) => {
    idle.made = 0;
    const value = evaluated(text(size), engine).watched.get('mint_region1_size')?.value;
    expect(value).toMatchObject({ value: BigInt(size) });
    return idle.made;
  };
  expect([runsFor(1), runsFor(2), runsFor(3)]).toEqual([20, 1, 1]);
});

it('what is known of a run counts again once it was run from another beginning', () => {
  const idle = new CountedRuns();
  const engine = { ...createEngine(parser), idle };
  const text = (argument: string, size: number) =>
    `${HEAD}void set(void) { use(${argument}); mint_region1_size = ${size}; }\nint f(int n) { return n; }\nint g(int n) { return n; }\n`;
  const runsFor = (argument: string, size: number) => {
    idle.made = 0;
    evaluated(text(argument, size), engine);
    return idle.made;
  };
  expect([runsFor('0', 1), runsFor('0', 2)]).toEqual([2, 1]);
  // `total` is in sight of others from here on.
  expect([runsFor('&total', 3), runsFor('&total', 4)]).toEqual([2, 1]);
});

it('what is known of runs is bounded', () => {
  const idle = new IdleRuns(100);
  const run = { escapes: '', work: 1 };
  const world = idle.worldOf('a'.repeat(60));
  idle.set('b'.repeat(30), run);
  expect([idle.get('b'.repeat(30)), idle.worldOf('a'.repeat(60))]).toEqual([run, world]);
  idle.set('c'.repeat(30), run);
  expect([idle.get('b'.repeat(30)), idle.get('c'.repeat(30))]).toEqual([undefined, run]);
  expect(idle.worldOf('a'.repeat(60))).not.toBe(world);
});

it('what is known of a run counts once, until it is forgotten', () => {
  const idle = new IdleRuns(100);
  const run = { escapes: '', work: 1 };
  const [a, b, c] = ['a', 'b', 'c'].map((letter, i) => letter.repeat([60, 40, 60][i] ?? 0)) as [string, string, string]; // biome-ignore format: one line
  idle.set(a, run);
  idle.set(a, { ...run, work: 2 });
  idle.set(b, run);
  expect([idle.get(a)?.work, idle.get(b)]).toEqual([2, run]);
  idle.delete(a);
  expect(idle.get(a)).toBeUndefined();
  idle.set(c, run);
  expect([idle.get(b), idle.get(c)]).toEqual([run, run]);
  idle.delete(a);
  idle.set(a, run);
  expect([idle.get(a), idle.get(b), idle.get(c)]).toEqual([run, undefined, undefined]);
});

it('worlds and parts of programs have numbers of their own', () => {
  const idle = new IdleRuns(100);
  const [one, other] = [{}, {}];
  const numbers = [idle.numberOf(one), idle.numberOf(other), idle.worldOf('a'), idle.worldOf('b')];
  expect(new Set(numbers).size).toBe(4);
  expect([idle.numberOf(one), idle.numberOf(other), idle.worldOf('a'), idle.worldOf('b')]).toEqual(numbers);
});
