/** What a value is under conditions that nobody can decide beforehand: gcc runs the code with all arguments. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Alternative, KnownValue, Value } from '../../server/src/c/value';
import { evaluateText } from './evaluate-text';
import { run, seed } from './gcc';

const PROGRAMS = 150;
/** Arguments and the constants that they are compared with are below this. */
const NUMBERS = 4;

const aNumber = fc.nat(NUMBERS - 1);
const aName = fc.constantFrom('x', 'y');

const aComparison = fc.oneof(
  aName,
  fc.tuple(aName, fc.constantFrom('==', '!=', '<'), aNumber).map((parts) => parts.join(' ')),
  fc.tuple(aNumber, fc.constantFrom('==', '!='), aName).map((parts) => parts.join(' ')),
  aName.map((name) => `(_Bool)${name}`),
  fc.constant('x == y'),
);

const { condition: aCondition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2 },
    aComparison,
    tie('condition').map((inner) => `!(${inner})`),
    fc
      .tuple(tie('condition'), fc.constantFrom('== 0', '!= 0', '== 1'))
      .map(([inner, behind]) => `(${inner}) ${behind}`),
    fc
      .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
      .map(([left, operator, right]) => `((${left}) ${operator} (${right}))`),
  ),
}));

/** `R` is the watched name. */
const aPlainStatement = fc.oneof(
  fc.tuple(aCondition, aNumber, aNumber).map(([c, a, b]) => `R += ${c} ? ${a} : ${b}0;`),
  fc.tuple(aCondition, aNumber).map(([c, a]) => `if (${c}) { R += ${a}; return; }`),
  aCondition.map((c) => `for (int i = 1; i < 4; i++) { R += i; if (${c}) break; }`),
  aCondition.map((c) => `if (${c}) goto end; R += 5;`),
  fc
    .tuple(aName, fc.uniqueArray(aNumber, { minLength: 2, maxLength: 3 }), fc.boolean())
    .map(([name, cases, falls]) => {
      const lines = cases.map((each) => `case ${each}: R += ${each + 1}00; ${falls ? '' : 'break;'}`);
      return `switch (${name}) { ${lines.join(' ')} default: R++; }`;
    }),
);

const { statement: aStatement } = fc.letrec<{ statement: string }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 1 },
    aPlainStatement,
    fc
      .tuple(aCondition, aNumber, tie('statement'), tie('statement'))
      .map(([c, a, then, otherwise]) => `if (${c}) { R = ${a}; ${then} } else { ${otherwise} }`),
  ),
}));

const aProgram = fc.array(aStatement, { minLength: 1, maxLength: 3 }).map((lines) => lines.join(' '));

interface Program {
  readonly name: string;
  readonly text: string;
}

function programs(): readonly Program[] {
  return fc.sample(aProgram, { seed, numRuns: PROGRAMS }).map((body, index) => {
    const name = `mint_value${index}`;
    return {
      name,
      text: `void f${index}(int x, int y) { ${name} = 7; ${body.replaceAll('R', name)} end:; }`,
    };
  });
}

function unitOf(all: readonly Program[]): string {
  return all.map(({ name, text }) => `int ${name};\n${text}\n`).join('');
}

function alternativesOf(value: Value | undefined): readonly Alternative[] {
  if (value?.kind === 'known') return [{ value, when: [] }];
  return value?.kind === 'one-of' ? value.alternatives : [];
}

const isKnown = (value: Alternative['value']): value is KnownValue => value.kind === 'known';

/** C that prints where, with the arguments `x` and `y`, none of the alternatives is what the name holds. */
function judge({ name }: Program, index: number, alternatives: readonly Alternative[]): string {
  const right = alternatives.map(({ value, when }) => {
    const conditions = when.map(({ text, holds }) => `${holds ? '' : '!'}(${text})`);
    return [isKnown(value) ? `${name} == ${value.value}` : '1', ...conditions].join(' && ');
  });
  return `f${index}(x, y); if (!(${right.join(' || ')})) wrong(${index}, x, y, ${name});`;
}

it(`is what the code leaves where those conditions hold (ORACLE_SEED=${seed})`, () => {
  const all = programs();
  const text = unitOf(all);
  const evaluation = evaluateText(text, (name) => name.startsWith('mint_'));
  const told = all.map(({ name }) => alternativesOf(evaluation.watched.get(name)?.value));
  const checks = all.flatMap((program, index) => {
    const alternatives = told[index] ?? [];
    return alternatives.length > 0 ? [judge(program, index, alternatives)] : [];
  });
  const printed = run(`#include <stdio.h>
${text}
static void wrong(int program, int x, int y, int value) { printf("%d %d %d %d\\n", program, x, y, value); }
int main(void) {
  for (int x = 0; x < ${NUMBERS}; x++) for (int y = 0; y < ${NUMBERS}; y++) {
    ${checks.join('\n')}
  }
}`);
  const wrong = printed
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [program = 0, x, y, value] = line.split(' ').map(Number);
      return {
        code: all[program]?.text,
        x,
        y,
        value,
        told: evaluation.watched.get(all[program]?.name ?? '')?.value,
      };
    });
  expect(wrong).toEqual([]);
  expect(checks.length).toBeGreaterThan(PROGRAMS / 2);
  expect(told.filter((alternatives) => alternatives.length > 1).length).toBeGreaterThan(PROGRAMS / 2);
}, 60_000);
