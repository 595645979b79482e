/** Runs a program's root functions, each from the initial state. */
import type { Evaluation } from '../evaluation';
import { runRoot } from './calls';
import type { Run } from './ending';
import type { Machine } from './machine';
import type { TreeProgram } from './program';
import { Result } from './result';
import type { FunctionSymbol } from './scope';
import { State } from './state';

export function runProgram(program: TreeProgram): Evaluation {
  const m = program.machine;
  const start: Run = { state: new State(), watch: m.watch, root: undefined };
  m.attempt(() => program.initialize());
  const run = (root: FunctionSymbol): Run => {
    m.begin();
    m.state = new State();
    program.markRunTimeChanges(root);
    return { state: runToEnd(m, root), watch: m.watch, root };
  };
  const { called, uncalled } = program.roots();
  const runs = called.map(run);
  // Nothing can call these: they are run for the values in them only.
  m.hypothetical = true;
  for (const root of uncalled) if (m.workDone < m.limits.steps / 2) run(root);
  m.hypothetical = false;
  m.begin();
  return new Result(program, start, runs);
}

/** Runs a root; where a bound is hit, everything it might have changed is unknown. */
function runToEnd(m: Machine, root: FunctionSymbol): State {
  const begun = m.state.fork();
  let ends: State[] = [];
  const stopped = m.attempt(() => {
    ends = runRoot(m, root).ends;
  });
  if (stopped) {
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
