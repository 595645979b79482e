/** Evaluates a tree and compares what it says with what the compiled program does. */
import { posix } from 'node:path';
import { type Engine, evaluate } from '../../server/src/c/evaluate';
import type { Evaluation } from '../../server/src/c/evaluation';
import { type Reason, UNDEFINED_BEHAVIOUR } from '../../server/src/c/reason';
import type { SourceHost } from '../../server/src/c/source';
import type { DataModel, Value } from '../../server/src/c/value';
import { type Outcome, osids } from './gcc';
import type { Tree } from './tree';

/** Figures of one comparison; they add up. */
export interface Tally {
  trees: number;
  /** Values that the program has and the evaluator shows. */
  agreed: number;
  /** Values that the program has and the evaluator does not know, by reason. */
  unknown: Record<string, number>;
  /** Runs of a tree for one OSID in which undefined behaviour happened. */
  undefinedRuns: number;
  /** Runs with an overflow that gcc does not see: it computes in a narrower unsigned type where only that counts. */
  unconfirmedRuns: number;
  runs: number;
}

export interface Comparison {
  readonly tally: Tally;
  /** What is wrong, one line each. */
  readonly wrong: readonly string[];
}

export function emptyTally(): Tally {
  return { trees: 0, agreed: 0, unknown: {}, undefinedRuns: 0, unconfirmedRuns: 0, runs: 0 };
}

export function addTally(sum: Tally, more: Tally): void {
  sum.trees += more.trees;
  sum.agreed += more.agreed;
  sum.undefinedRuns += more.undefinedRuns;
  sum.unconfirmedRuns += more.unconfirmedRuns;
  sum.runs += more.runs;
  for (const [reason, count] of Object.entries(more.unknown)) {
    sum.unknown[reason] = (sum.unknown[reason] ?? 0) + count;
  }
}

export function unknownCount(tally: Tally): number {
  return Object.values(tally.unknown).reduce((sum, count) => sum + count, 0);
}

/** Compares all OSIDs; `outcomes` are gcc's, in the order of `osids`. */
export function compareTree(
  tree: Tree,
  outcomes: readonly Outcome[],
  model: DataModel,
  engine: Engine,
): Comparison {
  const tally = { ...emptyTally(), trees: 1 };
  const wrong = osids.flatMap((osid) => {
    const outcome = outcomes[osid];
    if (!outcome) throw new Error('an outcome is missing');
    return compareRun(tree, osid, outcome, evaluateTree(tree, osid, model, engine), tally);
  });
  return { tally, wrong: wrong.map((line) => `${model} ${line}`) };
}

export function evaluateTree(tree: Tree, osid: number, model: DataModel, engine: Engine): Evaluation {
  const names = new Set(tree.watched.map(({ name }) => name));
  return evaluate(
    {
      file: tree.main,
      others: tree.others,
      host: hostOf(tree),
      dataModel: model,
      pinned: new Map([['OSID', String(osid)]]),
      definitions: new Map(),
      watch: (name) => names.has(name),
    },
    engine,
  );
}

/** Files in memory; `include` is searched for headers as with gcc's -I. */
function hostOf(tree: Tree): SourceHost {
  return {
    candidates(from, spelled, angled) {
      const shared = posix.join('include', spelled);
      const beside = posix.join(posix.dirname(from), spelled);
      return (angled ? [shared] : [beside, shared]).filter((path) => tree.files.has(path));
    },
    read: (file) => tree.files.get(file) ?? null,
  };
}

function compareRun(
  tree: Tree,
  osid: number,
  outcome: Outcome,
  evaluation: Evaluation,
  tally: Tally,
): string[] {
  const where = (text: string): string => `OSID ${osid}: ${text}`;
  const unset = tree.uninitialized.filter((each) => each.osid === osid).map(({ name }) => name);
  const reported = evaluation.problems.filter(({ reason }) => UNDEFINED_BEHAVIOUR.has(reason.code));
  tally.runs++;
  const wrong: string[] = [];
  if (outcome.undefined !== 'no') {
    tally.undefinedRuns++;
    if (reported.length === 0) wrong.push(where('undefined behaviour is not reported'));
  } else if (!outcome.warned) {
    const unconfirmed = reported.filter(({ reason }) => reason.code === 'signed-overflow');
    if (unconfirmed.length > 0) tally.unconfirmedRuns++;
    const others = reported.filter(
      ({ reason }) =>
        !(reason.code === 'signed-overflow' || (unset.length > 0 && reason.code === 'uninitialized')),
    );
    wrong.push(...others.map(({ reason }) => where(`falsely reported: ${describe(reason)}`)));
  }
  for (const { name } of tree.watched) {
    const actual = outcome.values.get(name);
    const value = evaluation.watched.get(name)?.value;
    if (unset.includes(name)) {
      if (value?.kind === 'known') wrong.push(where(`${name} is read before it is set`));
      continue;
    }
    if (actual === undefined) continue;
    const sure = outcome.undefined === 'no' && !outcome.warned && !outcome.invalid;
    const verdict = judge(value, actual);
    if (verdict === 'agrees') tally.agreed++;
    else if (verdict === 'wrong')
      wrong.push(where(`${name} is 0x${actual.toString(16)}, not ${shown(value)}`));
    else if (sure) tally.unknown[verdict] = (tally.unknown[verdict] ?? 0) + 1;
  }
  return wrong;
}

/** `agrees`, `wrong`, or why the value is not known. */
function judge(value: Value | undefined, actual: bigint): string {
  if (value === undefined) return 'not watched';
  if (value.kind === 'known') return BigInt.asUintN(64, value.value) === actual ? 'agrees' : 'wrong';
  if (value.kind === 'unknown') return describe(value.reason);
  const possible = value.alternatives.some(
    ({ value }) => value.kind === 'unknown' || BigInt.asUintN(64, value.value) === actual,
  );
  return possible ? 'one-of' : 'wrong';
}

function describe({ code, args }: Reason): string {
  const detail = args?.what ?? args?.type ?? args?.text ?? '';
  return `${code}${detail ? ` ${detail}` : ''}`;
}

function shown(value: Value | undefined): string {
  if (value?.kind === 'known') return `0x${BigInt.asUintN(64, value.value).toString(16)} (${value.type})`;
  if (value?.kind === 'one-of') return value.alternatives.map((each) => shown(each.value)).join(' or ');
  return value ? describe(value.reason) : 'not watched';
}
