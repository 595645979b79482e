/** What holds along one path through a program: what states share, what they do not, and how they are joined. */
import { describe, expect, it } from 'vitest';
import type { Assumed, Condition } from '../../server/src/c/run/assumptions';
import { integerData, type Scalar } from '../../server/src/c/run/data';
import { Contents, type Fill } from '../../server/src/c/run/memory';
import { type MemoryObject, newObject } from '../../server/src/c/run/scope';
import { State } from '../../server/src/c/run/state';
import { integerTypes } from '../../server/src/c/types/integers';

const { int } = integerTypes('LP64');

function object(storage: MemoryObject['storage'] = 'static'): MemoryObject {
  return newObject({ name: 'x', type: int, size: 4, storage });
}

function put(state: State, at: MemoryObject, value: bigint): void {
  state.writable(at).write(0, 4, integerData(int, value));
}

function text(scalar: Scalar): string {
  if (scalar.kind === 'integer') return String(scalar.value);
  if (scalar.kind !== 'one-of') return scalar.kind;
  return scalar.alternatives
    .map(({ value, when }) => `${text(value)} if ${when.map(spelled).join(' and ')}`)
    .join(' | ');
}

function spelled({ condition, holds }: Assumed): string {
  return `${holds ? '' : 'not '}${condition.text}`;
}

function held(state: State, at: MemoryObject): string {
  return text(state.contents(at).read(0, int, 4));
}

const condition: Condition = { id: 1, span: { file: 'a.c', start: 0, end: 1 }, text: 'c' };
const yes: Assumed = { condition, holds: true };
const no: Assumed = { condition, holds: false };

describe('a fork', () => {
  it('goes its own way, and so does the state that it is of', () => {
    const x = object();
    const state = new State();
    put(state, x, 1n);
    const fork = state.fork();
    put(fork, x, 2n);
    expect([held(state, x), held(fork, x)]).toEqual(['1', '2']);
    put(state, x, 3n);
    expect([held(state, x), held(fork, x)]).toEqual(['3', '2']);
  });

  it('shares what neither changes', () => {
    const x = object();
    const state = new State();
    put(state, x, 1n);
    const shared = state.fork().contents(x);
    expect(state.contents(x)).toBe(shared);
    expect(state.writable(x)).not.toBe(shared);
  });

  it('copies contents once', () => {
    const x = object();
    const state = new State();
    const contents = state.writable(x);
    expect(contents).not.toBe(x.initial);
    expect(state.writable(x)).toBe(contents);
    expect(state.contents(x)).toBe(contents);
  });

  it('has the path and the marks of its state', () => {
    const state = new State(new Map(), [yes]);
    state.wrote = true;
    const fork = state.fork();
    expect([fork.path, fork.live, fork.wrote]).toEqual([[yes], true, true]);
    expect(state.fork([]).path).toEqual([]);
    expect([State.dead().live, State.dead().fork().live]).toEqual([false, false]);
  });
});

describe('an object', () => {
  it('has its initial contents where nothing changed it', () => {
    const x = object();
    const state = new State();
    expect(state.contents(x)).toBe(x.initial);
    expect([state.holds(x), state.weight, [...state.changedObjects()]]).toEqual([false, 0, []]);
    put(state, x, 1n);
    expect([state.holds(x), state.weight, [...state.changedObjects()]]).toEqual([true, 1, [x]]);
    state.drop(x);
    expect([state.holds(x), held(state, x)]).toEqual([false, '0']);
    state.replace(x, Contents.filled({ kind: 'uninitialized' }));
    expect(state.contents(x).isUninitialized(0, 4)).toBe(true);
  });

  it('has other initial contents once they are frozen', () => {
    const x = object();
    const state = new State();
    put(state, x, 1n);
    const before = state.contents(x);
    state.freeze();
    expect([state.holds(x), held(new State(), x)]).toEqual([false, '1']);
    put(state, x, 2n);
    expect([held(state, x), text(before.read(0, int, 4))]).toEqual(['2', '1']);
  });
});

describe('joined states', () => {
  it('hold each value along its path', () => {
    const [x, same] = [object(), object()];
    const [a, b] = [new State(new Map(), [yes]), new State(new Map(), [no])];
    for (const state of [a, b]) put(state, same, 5n);
    put(a, x, 1n);
    put(b, x, 2n);
    const joined = State.join(a, b);
    expect(joined.path).toEqual([]);
    expect([held(joined, x), held(joined, same)]).toEqual(['1 if c | 2 if not c', '5']);
    expect([held(a, x), held(b, x)]).toEqual(['1', '2']);
  });

  it('hold what one of them changed', () => {
    const x = object();
    const [a, b] = [new State(new Map(), [yes]), new State(new Map(), [no])];
    put(b, x, 2n);
    expect(held(State.join(a, b), x)).toBe('0 if c | 2 if not c');
    expect(held(State.join(b, a), x)).toBe('2 if not c | 0 if c');
  });

  it('hold no automatic object that lives in one of them only', () => {
    const x = object('automatic');
    const [a, b] = [new State(new Map(), [yes]), new State(new Map(), [no])];
    put(a, x, 1n);
    expect([State.join(a, b).holds(x), State.join(b, a).holds(x)]).toEqual([false, false]);
    put(b, x, 2n);
    expect(held(State.join(a, b), x)).toBe('1 if c | 2 if not c');
  });

  it('are the one that lives', () => {
    const state = new State();
    expect(State.join(state, State.dead())).toBe(state);
    expect(State.join(State.dead(), state)).toBe(state);
    expect(State.joinAll([]).live).toBe(false);
    expect(State.joinAll([State.dead(), state])).toBe(state);
  });

  it('have written where one has', () => {
    const [a, b] = [new State(), new State()];
    expect(State.join(a, b).wrote).toBe(false);
    b.wrote = true;
    expect([State.join(a, b).wrote, State.join(b, a).wrote]).toEqual([true, true]);
  });
});

describe('a widened state', () => {
  const zero: Fill = { kind: 'zero' };
  const wide = (state: State, after: State) =>
    state.widen(
      after,
      () => zero,
      () => integerData(int, 9n),
    );

  it('is none where nothing differs', () => {
    const x = object();
    const state = new State();
    put(state, x, 1n);
    expect(wide(state, state.fork())).toBeUndefined();
    const equal = new State();
    put(equal, x, 1n);
    expect(wide(state, equal)).toBeUndefined();
  });

  it('differs where the later one does', () => {
    const [x, y] = [object(), object()];
    const state = new State(new Map(), [yes]);
    put(state, x, 1n);
    put(state, y, 3n);
    const after = state.fork();
    put(after, x, 2n);
    const found = wide(state, after);
    expect(found && [held(found, x), held(found, y), found.path, held(state, x)]).toEqual([
      '9',
      '3',
      [yes],
      '1',
    ]);
  });

  it('leaves out automatic objects that live in the later one only', () => {
    const [automatic, fixed] = [object('automatic'), object()];
    const state = new State();
    const after = state.fork();
    put(after, automatic, 2n);
    expect(wide(state, after)).toBeUndefined();
    put(after, fixed, 2n);
    const found = wide(state, after);
    expect(found && [found.holds(automatic), held(found, fixed)]).toEqual([false, '9']);
  });

  it('has written where the later one has', () => {
    const state = new State();
    const after = state.fork();
    after.wrote = true;
    expect([wide(state, after)?.wrote, state.wrote]).toEqual([true, false]);
    state.wrote = true;
    expect(wide(state, after)).toBeUndefined();
  });
});
