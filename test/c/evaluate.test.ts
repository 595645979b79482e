/** The evaluator on small trees, one for each construct, with gcc as the judge of every value. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEngine, evaluate } from '../../server/src/c/evaluate';
import type { Evaluation } from '../../server/src/c/evaluation';
import type { DataModel, Value } from '../../server/src/c/value';
import { compareTree } from '../oracle/compare';
import { canRun, runTrees } from '../oracle/gcc';
import type { Tree } from '../oracle/tree';
import { parser } from './c-parser';
import { definitionsOf, describeValue, type EvaluateFixture, hostOf, lineOf, MAIN, parseFixture, problemsOf } from './evaluate-fixture'; // biome-ignore format: one helper
import { type GccOutcome, runWithGcc } from './evaluate-gcc';

const folder = fileURLToPath(new URL('./fixtures/evaluate/', import.meta.url));
const fixtures = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.c'),
);
const engine = createEngine(parser);

function evaluateFor({ files, watched }: EvaluateFixture, osid: number, dataModel: DataModel): Evaluation {
  const names = new Set(watched.map(({ name }) => name));
  return evaluate(
    {
      file: MAIN,
      others: [...files.keys()].filter((path) => path.endsWith('.c') && path !== MAIN),
      host: hostOf(files),
      dataModel,
      pinned: new Map([['OSID', String(osid)]]),
      definitions: definitionsOf(files),
      watch: (name) => names.has(name),
    },
    engine,
  );
}

/** What is wrong with the values, one line each. */
function wrongValues(
  fixture: EvaluateFixture,
  osid: number,
  evaluation: Evaluation,
  outcomes: readonly GccOutcome[],
) {
  const { files, watched } = fixture;
  if (fixture.refused.has(osid)) return [];
  return watched.flatMap(({ name }) => {
    const value = evaluation.watched.get(name)?.value;
    const shown = describeValue(value, files);
    const held = outcomes.flatMap(({ values }) => values?.get(name) ?? []);
    const expected = fixture.expectations.filter((each) => each.name === name && each.osid === osid).at(-1);
    const at = value?.kind === 'unknown' ? ` at ${lineOf(value.reason.place, files)}` : '';
    const where = expected && at !== '' ? ` at ${expected.line}` : '';
    const wanted = expected ? `${expected.text}${where}` : held.map((one) => `0x${one.toString(16)}`).at(0);
    const complaint = `OSID ${osid}: ${name} is ${shown}${at}, not ${wanted}; gcc has ${held.map((one) => `0x${one.toString(16)}`).join(', ')}`;
    // Nobody knows what a program that died would have held.
    const right = wanted === undefined ? value?.kind === 'known' : `${shown}${at}` === wanted;
    return right && agrees(value, held) ? [] : [complaint];
  });
}

/** The program holds nothing that is not said, and all that is said where every way was taken. */
function agrees(value: Value | undefined, held: readonly bigint[]): boolean {
  const said = value?.kind === 'one-of' ? value.alternatives.map((each) => each.value) : value ? [value] : [];
  const known = said.flatMap((each) => (each.kind === 'known' ? BigInt.asUintN(64, each.value) : []));
  const all = known.length === said.length;
  return (
    (!all || held.every((one) => known.includes(one))) &&
    (held.length < 2 || known.every((one) => held.includes(one)))
  );
}

/** What is wrong with the problems, one line each: UBSan's lines and the expected ones, no others. */
function wrongProblems(
  fixture: EvaluateFixture,
  osid: number,
  evaluation: Evaluation,
  outcomes: readonly GccOutcome[],
) {
  const { undefined: found, other } = problemsOf(evaluation, fixture.files);
  const sanitized = new Set(outcomes.flatMap((outcome) => [...outcome.undefined]));
  const expected = fixture.expectations.filter((each) => each.osid === osid);
  const expectedAt = (line: string, code: string) =>
    expected.some((each) => each.line === line && each.text === code);
  const wanted = expected.filter(({ name }) => name === undefined).map(({ line, text }) => `${line} ${text}`);
  const all = [...other, ...[...found].map(([line, code]) => `${line} ${code}`)];
  return [
    ...[...sanitized].filter((line) => !found.has(line)).map((line) => `is not reported: ${line}`),
    ...[...found]
      .filter(([line, code]) => !sanitized.has(line) && !expectedAt(line, code))
      .map((each) => `is reported falsely: ${each.join(' ')}`),
    ...other.filter((each) => !wanted.includes(each)).map((each) => `is reported: ${each}`),
    ...wanted.filter((each) => !all.includes(each)).map((each) => `is not reported: ${each}`),
  ].map((text) => `OSID ${osid}: ${text}`);
}

/** The fixtures that need no C library, so that they run as 32-bit programs, too. */
function freestanding(): readonly [string, Tree][] {
  return fixtures.flatMap((path) => {
    const text = readFileSync(`${folder}${path}`, 'utf8');
    const { files, calls, watched, expectations } = parseFixture(text);
    const hosted =
      /^\/\/\/\/ (?:outside|refused|gcc|call|model)|#include <(?:std(?:io|lib)|string|getopt|unistd|errno|assert)\.h>/m;
    const others = [...files.keys()].filter((file) => file.endsWith('.c') && file !== MAIN);
    const unseen = expectations.some((each) => /^(?:uninitialized|missing-return|assembly)$/.test(each.text));
    if (hosted.test(text) || others.length > 0 || unseen) return [];
    return [[path, { files, main: MAIN, others, entry: calls.join(), watched, uninitialized: [] }]];
  });
}

describe.runIf(canRun('ILP32'))('the evaluator agrees with gcc under ILP32', () => {
  const trees = freestanding();
  let outcomes: ReturnType<typeof runTrees> = [];
  beforeAll(() => {
    outcomes = runTrees(
      trees.map(([, tree]) => tree),
      'ILP32',
    );
  });

  it.each(trees.map(([path, tree], index) => [path, tree, index] as const))('%s', (_, tree, index) => {
    const outcome = outcomes[index];
    expect(outcome && compareTree(tree, outcome, 'ILP32', engine).wrong).toEqual([]);
  });
});

describe('the evaluator agrees with gcc', () => {
  it.concurrent.each(fixtures)('%s', async (path) => {
    const fixture = parseFixture(readFileSync(`${folder}${path}`, 'utf8'));
    expect(fixture.watched.length).toBeGreaterThan(0);
    for (const osid of [0, 1, 2]) {
      const outcomes = await runWithGcc(fixture, osid);
      const evaluation = evaluateFor(fixture, osid, 'LP64');
      expect([
        ...wrongValues(fixture, osid, evaluation, outcomes),
        ...wrongProblems(fixture, osid, evaluation, outcomes),
      ]).toEqual([]);
    }
  });
});
