/** Runs a program's root functions, each from the initial state. */
import { LIMITS } from './bounds';
import { runRoot } from './calls';
import type { Run } from './ending';
import { escapesOf, IdleRoots, type IdleRun } from './idle-roots';
import type { Machine } from './machine';
import type { TreeProgram } from './program';
import { Result } from './result';
import type { FunctionSymbol } from './scope';
import { State } from './state';

/** @param newProgram makes one that is not run yet, the same each time */
export function runProgram(newProgram: () => TreeProgram): Result {
  const program = newProgram();
  const start = begun(program);
  const idle = new IdleRoots(program);
  const runs = runRoots(program, idle);
  if (runs === undefined) {
    idle.forget();
    return runProgram(newProgram);
  }
  const { functions } = idle;
  const leftOut = functions.size > 0 ? { functions, whole: () => wholeProgram(newProgram) } : undefined;
  return new Result(program, start, runs, leftOut);
}

/** All roots are run, also those known to come to nothing: what is in them is asked for. */
function wholeProgram(newProgram: () => TreeProgram): Result {
  const program = newProgram();
  const start = begun(program);
  return new Result(program, start, runRoots(program, undefined) ?? [], undefined);
}

/** Executes what is outside of functions. */
function begun(program: TreeProgram): Run {
  const m = program.machine;
  const start: Run = { state: new State(), watch: m.watch, root: undefined };
  m.bounds.attempt(() => program.initialize());
  return start;
}

/** Undefined where a root that was to be left out finds another beginning than it had when it came to nothing. */
function runRoots(program: TreeProgram, idle: IdleRoots | undefined): readonly Run[] | undefined {
  const m = program.machine;
  const { called, uncalled } = program.roots;
  let escapes = escapesOf(program);
  const run = (root: FunctionSymbol): Run => {
    m.begin();
    m.state = new State();
    const before = { escapes, effects: m.notes.effects, work: m.bounds.work };
    program.roots.markChangesBefore(root);
    const state = runToEnd(m, root);
    escapes = escapesOf(program);
    if (m.notes.effects === before.effects && escapes === before.escapes)
      idle?.note(root, { escapes, work: m.bounds.work - before.work });
    return { state, watch: m.watch, root };
  };
  const runs: Run[] = [];
  for (const root of called) {
    const known = idle?.get(root);
    if (known === undefined) runs.push(run(root));
    else if (!leaveOut(m, known, escapes)) return undefined;
  }
  // Nothing can call these: they are run for the values in them only.
  m.hypothetical = true;
  for (const root of uncalled) {
    if (m.bounds.work >= LIMITS.steps / 2) break;
    const known = idle?.get(root);
    if (known === undefined) run(root);
    else if (!leaveOut(m, known, escapes)) return undefined;
  }
  m.hypothetical = false;
  m.begin();
  return runs;
}

/** Goes on as if the root had been run; false where that is not known to come to the same. */
function leaveOut(m: Machine, { escapes, work }: IdleRun, now: string): boolean {
  m.begin();
  return escapes === now && m.bounds.charge(work);
}

/** Runs a root; where a bound is hit, everything it might have changed is unknown. */
function runToEnd(m: Machine, root: FunctionSymbol): State {
  const begun = m.state.fork();
  let ends: State[] = [];
  const stopped = m.bounds.attempt(() => {
    ends = runRoot(m, root).ends;
  });
  if (stopped) {
    m.notes.effects++;
    m.state = begun;
    m.state.wrote = m.watch.writes.size > 0;
    m.muted = 0;
    const { definition, chunk } = root.body ?? {};
    if (definition && chunk) {
      m.chunk = chunk;
      m.problem(stopped, definition.declarator);
    }
    m.forgetAll(stopped);
    return m.state;
  }
  const all = ends.length > 0 ? ends : m.stuck;
  // A return that is reached only before any watched name is written is that of a failure on the way.
  const wrote = new Set(all.filter((state) => state.wrote).map(({ exit }) => exit));
  const telling = all.filter(({ exit }) => wrote.has(exit));
  return State.joinAll(telling.length > 0 ? telling : all);
}
