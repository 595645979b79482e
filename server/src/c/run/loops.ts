/**
 * Loops (C17 6.8.5). As long as conditions are known a loop runs as it would; where they are not, or it takes too
 * long, it is taken to run any number of times: what a round changes becomes unknown, until a further round changes
 * nothing more.
 */
import type { Expression, Statement } from '../ir';
import type { Reason, ReasonCode } from '../reason';
import { LIMITS } from './bounds';
import { branch, waysOf } from './branches';
import { type Data, markEscaped, type Scalar, unknownData } from './data';
import type { Frame, Machine } from './machine';
import type { Fill } from './memory';
import type { MemoryObject } from './scope';
import { State } from './state';
import { inScope } from './statement-scope';

type Loop = Extract<Statement, { kind: 'while' | 'do' | 'for' }>;

export function runLoop(m: Machine, s: Loop): void {
  if (s.kind !== 'for') return loop(m, s);
  inScope(m, () => {
    const { initial } = s;
    if (initial?.kind === 'declaration') m.parts.execute(m, initial);
    else if (initial && m.state.live) m.parts.evaluate(m, initial);
    loop(m, s);
  });
}

function loop(m: Machine, s: Loop): void {
  const { frame } = m;
  const outer = { breaks: frame.breaks, continues: frame.continues };
  const start = m.fork();
  const jumps = new Jumps(frame);
  const given = runRounds(m, s);
  if (given !== undefined) {
    jumps.restore();
    const reason = m.reason(
      given,
      given === 'step-limit' ? { limit: String(LIMITS.loopSteps) } : undefined,
      s,
    );
    if (given === 'step-limit') m.problem(reason, s);
    m.state = start;
    repeat(m, reason, () => round(m, s));
  }
  Object.assign(frame, outer);
}

/** Runs the loop as it is; a reason code where it has to be taken as one that runs any number of times. */
function runRounds(m: Machine, s: Loop): ReasonCode | undefined {
  const { frame } = m;
  const givingUp = patience(m);
  const exits: State[] = [];
  // `do` tests behind its body; control that jumps into a loop starts in its body, too.
  let testing = s.kind !== 'do' && m.state.live;
  frame.breaks = [];
  for (;;) {
    const { path } = m.state;
    if (testing && s.condition) {
      const condition = m.parts.evaluate(m, s.condition);
      if (!isDecided(m, condition)) return 'changed-in-loop';
      branch(
        m,
        waysOf(m, condition, s.condition),
        () => undefined,
        () => {
          exits.push(m.state);
          m.state = State.dead();
        },
      );
      if (!m.state.live) break;
    }
    testing = true;
    frame.continues = [];
    m.parts.execute(m, s.body);
    m.state = m.joined([...(m.state.live ? [m.state] : []), ...frame.continues]);
    if (!m.state.live) break;
    if (s.kind === 'for' && s.step) m.parts.evaluate(m, s.step);
    const given = givingUp(m.state.path.length > path.length);
    if (given !== undefined) return given;
    m.bounds.step();
  }
  m.state = m.joined([...exits, ...frame.breaks]);
  return undefined;
}

/** Asked behind each round, which may have come out undecided, for a reason to run no further one. */
function patience(m: Machine): (isUndecided: boolean) => ReasonCode | undefined {
  const { steps, ways } = m.bounds;
  let undecided = 0;
  return (isUndecided) => {
    if (isUndecided && ++undecided > LIMITS.undecidedRounds) return 'changed-in-loop';
    if (m.bounds.ways - ways > LIMITS.loopWays) return 'changed-in-loop';
    const taken = m.bounds.steps - steps;
    if (m.widening > 0) return taken > LIMITS.innerLoopSteps ? 'changed-in-loop' : undefined;
    return taken > LIMITS.loopSteps ? 'step-limit' : undefined;
  };
}

/** True where a condition is known for each alternative that its value may be. */
function isDecided(m: Machine, condition: Data): boolean {
  if (condition.kind === 'aggregate') return false;
  return m.choices(condition).every(({ value }) => value.kind !== 'unknown' && value.changed === undefined);
}

/** One round from where the body begins or, if it is first, the test; leaves the state behind it, returns the exits. */
function round(m: Machine, s: Loop): State[] {
  const { frame } = m;
  const exits: State[] = [];
  frame.breaks = [];
  frame.continues = [];
  // Control that jumps into a loop does not come by its test.
  if (m.state.live && s.kind !== 'do' && s.condition) test(m, s.condition, exits);
  m.parts.execute(m, s.body);
  m.state = m.joined([...(m.state.live ? [m.state] : []), ...frame.continues]);
  if (m.state.live && s.kind === 'for' && s.step) m.parts.evaluate(m, s.step);
  if (m.state.live && s.kind === 'do') test(m, s.condition, exits);
  return [...exits, ...frame.breaks];
}

function test(m: Machine, condition: Expression, exits: State[]): void {
  const ways = waysOf(m, m.parts.evaluate(m, condition), condition);
  branch(
    m,
    ways,
    () => undefined,
    () => {
      exits.push(m.state);
      m.state = State.dead();
    },
  );
}

const ROUNDS_LIMIT = 12;

/**
 * Runs `once` any number of times: the state left behind is that of any round's exit. `once` leaves the state of a
 * further round, and returns the states in which no further round follows.
 */
export function repeat(m: Machine, reason: Reason, once: () => State[]): void {
  const start = m.state;
  const { head, exits } = settled(m, reason, once);
  if (exits.length === 0) m.stuck.push(head);
  m.state = m.joined(exits);
  // That a loop ends some time is no assumption.
  m.state.path = start.live ? start.path : m.frame.path;
}

/** A state that holds at the beginning of every round, and the exits of a round that begins so. */
interface Settled {
  readonly head: State;
  readonly exits: State[];
}

function settled(m: Machine, reason: Reason, once: () => State[]): Settled {
  const widener = new Widener(m, reason);
  const jumps = new Jumps(m.frame);
  let head = m.state;
  let exits: State[] = [];
  m.widening++;
  for (let rounds = 0; ; rounds++) {
    const path = head.live ? head.path : m.frame.path;
    let next: State | undefined;
    const isStable = m.notes.attempt(() => {
      m.state = m.fork(head);
      exits = once();
      if (!m.state.live) return true;
      // Where the loop was jumped into, what its first round leaves is the first beginning of a round.
      next = head.live ? widener.widen(head, m.state, rounds > ROUNDS_LIMIT) : m.state.fork(path);
      return next === undefined;
    });
    if (isStable || next === undefined) break;
    jumps.restore();
    next.path = path;
    head = next;
  }
  m.widening--;
  return { head, exits };
}

/** Makes unknown what differs between rounds. */
export class Widener {
  /** What is unknown on account of this loop already. */
  private readonly own = new Set<Reason>();

  constructor(
    private readonly m: Machine,
    private readonly reason: Reason,
  ) {}

  /** `before` with everything unknown that `after` has otherwise; undefined where nothing has changed. */
  widen(before: State, after: State, wholly: boolean): State | undefined {
    const fill = (object: MemoryObject): Fill => this.m.unknownFill(this.reasonFor(object));
    const scalar = (object: MemoryObject, x: Scalar, y: Scalar): Scalar => this.scalar(object, x, y);
    const wide = before.widen(after, fill, scalar);
    if (wide === undefined || !wholly) return wide;
    const running = this.m.state;
    this.m.state = wide;
    for (const object of [...wide.changedObjects()]) {
      if (wide.contents(object) !== before.contents(object)) this.m.forget(object, this.reasonFor(object));
    }
    this.m.state = running;
    return wide;
  }

  private scalar(object: MemoryObject, before: Scalar, after: Scalar): Scalar {
    if (before.kind === 'unknown' && this.own.has(before.reason)) {
      markEscaped(after);
      return before;
    }
    const reason = this.reasonFor(object);
    if (before.kind === 'pointer' && before.target.kind === 'object' && after.kind === 'pointer') {
      const { target } = after;
      if (target.kind === 'object' && target.object === before.target.object) {
        if (before.target.offset === undefined) return before;
        return { ...before, target: { ...before.target, offset: undefined, reason } };
      }
    }
    markEscaped(before);
    markEscaped(after);
    return unknownData(before.type, reason, this.m.freshSymbol());
  }

  private reasonFor(object: MemoryObject): Reason {
    const name = object.name;
    const reason: Reason =
      this.reason.code === 'changed-in-loop' ? { ...this.reason, args: { name } } : this.reason;
    this.own.add(reason);
    return reason;
  }
}

/** States on their way into the code at hand and out of it, so that a try can be undone. */
class Jumps {
  private readonly returns: number;
  private readonly pending: ReadonlyMap<
    string | object,
    { readonly list: State[]; readonly states: readonly State[] }
  >;

  constructor(private readonly frame: Frame) {
    this.returns = frame.returns.length;
    this.pending = new Map(
      [...frame.pending].map(([label, list]) => [label, { list, states: list.map((state) => state.fork()) }]),
    );
  }

  /** What the try sent to a label is forgotten, and what it took at one is on its way again. */
  restore(): void {
    this.frame.returns.length = this.returns;
    for (const label of [...this.frame.pending.keys()]) {
      if (!this.pending.has(label)) this.frame.pending.delete(label);
    }
    for (const [label, { list, states }] of this.pending) {
      list.splice(0, list.length, ...states.map((state) => state.fork()));
      this.frame.pending.set(label, list);
    }
  }
}
