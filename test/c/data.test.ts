/** Values that are one of several: what is joined, merged and forgotten. */
import { describe, expect, it } from 'vitest';
import type { Assumed, Condition, Path } from '../../server/src/c/run/assumptions';
import {
  ALTERNATIVES_LIMIT,
  along,
  choicesOf,
  integerData,
  joinScalars,
  mapData,
  mapPairs,
  oneOf,
  type PointerData,
  type Scalar,
  type Single,
  sameData,
  sameScalar,
  sameTarget,
  type Target,
  unknownData,
  withMarks,
} from '../../server/src/c/run/data';
import type { FunctionSymbol, MemoryObject } from '../../server/src/c/run/scope';
import { integerTypes } from '../../server/src/c/types/integers';

const { int, long } = integerTypes('LP64');
const reason = { code: 'unknown-call' } as const;
const span = (start: number) => ({ file: 'a.c', start, end: start + 1 });
const condition = (id: number, more: Partial<Condition> = {}): Condition => ({
  id,
  span: span(id),
  text: `c${id}`,
  ...more,
});
const [a, b] = [condition(1), condition(2)];
const yes = (of: Condition): Assumed => ({ condition: of, holds: true });
const no = (of: Condition): Assumed => ({ condition: of, holds: false });
const number = (value: number) => integerData(int, BigInt(value));
const choice = (value: Single, ...when: Path) => ({ value, when });
const either = (...choices: ReturnType<typeof choice>[]) => oneOf(int, choices) as Scalar;

/** `5 if c1 | 6 if not c1` */
const spelled = (data: Scalar | undefined) =>
  data &&
  choicesOf(data)
    .map(({ value, when }) => {
      const shown = value.kind === 'integer' ? `${value.value}` : value.kind === 'unknown' ? '?' : 'pointer';
      const marks = value.kind === 'unknown' ? [] : (value.changed ?? []);
      const path = when.map((each) => `${each.holds ? '' : 'not '}${each.condition.text}`).join(' and ');
      return `${shown}${marks.map(({ start }) => ` @${start}`).join('')}${path && ` if ${path}`}`;
    })
    .join(' | ');

const object = (escaped = false) => ({ size: 8, escaped }) as unknown as MemoryObject;
const pointer = (target: Target): PointerData => ({
  kind: 'pointer',
  type: { kind: 'pointer', target: int },
  target,
});

describe('two values are the same', () => {
  const [first, second] = [object(), object()];
  const [f, g] = [{}, {}] as FunctionSymbol[];
  const targets: Target[] = [
    { kind: 'null' },
    { kind: 'address', value: 1n },
    { kind: 'address', value: 2n },
    { kind: 'function', function: f as FunctionSymbol },
    { kind: 'function', function: g as FunctionSymbol },
    { kind: 'object', object: first, offset: 0 },
    { kind: 'object', object: first, offset: 4 },
    { kind: 'object', object: second, offset: 0 },
  ];

  it('where they point to the same', () => {
    for (const [i, one] of targets.entries()) {
      for (const [j, other] of targets.entries()) {
        expect(sameTarget(one, { ...other }), `${i} ${j}`).toBe(i === j);
        expect(sameData(pointer(one), pointer({ ...other })), `${i} ${j}`).toBe(i === j);
      }
    }
  });

  it('where type and value are', () => {
    expect(sameData(number(1), number(1))).toBe(true);
    expect(sameData(number(1), number(2))).toBe(false);
    expect(sameData(number(1), integerData(long, 1n))).toBe(false);
    expect(sameData(number(1), integerData({ ...int, bits: 5 }, 1n))).toBe(false);
    expect(sameData(number(0), pointer({ kind: 'null' }))).toBe(false);
    expect(sameData(pointer({ kind: 'null' }), number(0))).toBe(false);
  });

  it('where nothing is known of them but that they are one thing', () => {
    const unknown = unknownData(int, reason);
    expect(sameData(unknown, unknown)).toBe(true);
    expect(sameData(unknown, unknownData(int, reason))).toBe(false);
    expect(sameData(unknownData(int, reason, '#1'), unknownData(int, reason, '#1'))).toBe(true);
    expect(sameData(unknownData(int, reason, '#1'), unknownData(int, reason, '#2'))).toBe(false);
    expect(sameData(unknownData(int, reason, '#1'), number(1))).toBe(false);
  });

  it('where each alternative is, under the same conditions', () => {
    const one = () => either(choice(number(1), yes(a)), choice(number(2), no(a)));
    expect(sameScalar(one(), one())).toBe(true);
    expect(sameScalar(number(1), number(1))).toBe(true);
    expect(sameScalar(one(), number(1))).toBe(false);
    expect(sameScalar(number(1), one())).toBe(false);
    expect(sameScalar(one(), either(choice(number(1), yes(a)), choice(number(3), no(a))))).toBe(false);
    expect(sameScalar(one(), either(choice(number(1), yes(b)), choice(number(2), no(b))))).toBe(false);
    expect(sameScalar(one(), either(choice(number(1), no(a)), choice(number(2), yes(a))))).toBe(false);
    expect(sameScalar(one(), either(choice(number(1), yes(a)), choice(number(2), no(a), yes(b))))).toBe(
      false,
    );
    const three = either(
      choice(number(1), yes(a)),
      choice(number(2), no(a), yes(b)),
      choice(number(3), no(a), no(b)),
    );
    expect(sameScalar(one(), three)).toBe(false);
  });
});

describe('alternatives', () => {
  it('of one value are that value, and of none there is none', () => {
    expect(oneOf(int, [])).toBeUndefined();
    expect(spelled(either(choice(number(1), yes(a)), choice(number(1), no(a))))).toBe('1');
    expect(spelled(either(choice(number(1), yes(a)), choice(number(1), yes(b))))).toBe('1');
    expect(spelled(either(choice(number(1), yes(a)), choice(number(2), no(a))))).toBe(
      '1 if c1 | 2 if not c1',
    );
  });

  it('of one value merge where one path says when', () => {
    const value = either(
      choice(number(1), yes(a), yes(b)),
      choice(number(2), no(a)),
      choice(number(1), yes(a), no(b)),
    );
    expect(spelled(value)).toBe('1 if c1 | 2 if not c1');
  });

  it('merge again with what stood before them', () => {
    const c = condition(3);
    const value = either(
      choice(number(1), no(a), yes(b)),
      choice(number(2), no(a), no(b)),
      choice(number(1), yes(a), yes(b), yes(c)),
      choice(number(1), yes(a), yes(b), no(c)),
    );
    expect(spelled(value)).toBe('1 if c2 | 2 if not c1 and not c2');
  });

  it('of unknown values are one unknown value, of which less is known', () => {
    const [x, y] = ['#1', '#2'].map((symbol) => unknownData(int, reason, symbol)) as [Single, Single];
    expect(either(choice(x, yes(a)), choice(y, no(a)))).toEqual(unknownData(int, reason));
    expect(spelled(either(choice(x, yes(a)), choice(number(1), no(a))))).toBe('? if c1 | 1 if not c1');
  });

  it('are no more than a limit; what they point to may change then', () => {
    const paths = Array.from({ length: ALTERNATIVES_LIMIT + 1 }, (_, id) => condition(id, { group: 'x' }));
    const most = paths.slice(1).map((each, i) => choice(number(i), yes(each)));
    expect(choicesOf(either(...most))).toHaveLength(ALTERNATIVES_LIMIT);
    const target = object();
    const one = choice(pointer({ kind: 'object', object: target, offset: 0 }), yes(paths[0] as Condition));
    expect(either(one, ...most)).toEqual(
      unknownData(int, { code: 'alternatives-limit', args: { limit: String(ALTERNATIVES_LIMIT) } }),
    );
    expect(target.escaped).toBe(true);
  });

  it('rest on initial values where a run-time change alone leads to the others', () => {
    const initial = condition(9, { initially: { holds: true, changed: [span(70)] } });
    expect(spelled(either(choice(number(1), yes(initial)), choice(number(2), no(initial))))).toBe('1 @70');
    const both = either(
      choice(number(1), yes(a), yes(initial)),
      choice(number(3), no(a)),
      choice(number(2), yes(a), no(initial)),
    );
    expect(spelled(both)).toBe('1 @70 if c1 | 3 if not c1');
    expect(
      spelled(either(choice(number(1), yes(a), no(initial)), choice(number(2), no(a), no(initial)))),
    ).toBe('1 if c1 and not c9 | 2 if not c1 and not c9');
  });

  it('along a path are those that can be', () => {
    const value = either(
      choice(number(1), yes(a)),
      choice(number(2), no(a), yes(b)),
      choice(number(3), no(a), no(b)),
    );
    expect(along(value, [])).toBe(value);
    expect(along(number(1), [yes(a)])).toEqual(number(1));
    expect(spelled(along(value, [no(a)]))).toBe('2 if not c1 and c2 | 3 if not c1 and not c2');
    expect(spelled(along(value, [yes(a)]))).toBe('1');
    const other = condition(5);
    expect(along(value, [yes(other)])).toBe(value);
    const partial = either(choice(number(1), yes(a), yes(b)), choice(number(2), yes(a), no(b)));
    expect(along(partial, [no(a)]), 'nothing can be').toBe(partial);
  });
});

describe('operations', () => {
  const value = either(choice(number(1), yes(a)), choice(number(2), no(a)));
  const twice = (data: Single) => (data.kind === 'integer' ? integerData(int, data.value * 2n) : data);
  const sum = (x: Single, y: Single) =>
    x.kind === 'integer' && y.kind === 'integer' ? integerData(int, x.value + y.value) : x;

  it('are done to each alternative', () => {
    expect(mapData(number(4), int, twice)).toEqual(number(8));
    expect(spelled(mapData(value, int, twice))).toBe('2 if c1 | 4 if not c1');
    const forking = (data: Single) =>
      data.kind === 'integer' && data.value === 1n
        ? either(choice(number(5), yes(b)), choice(number(6), no(b)))
        : data;
    expect(spelled(mapData(value, int, forking))).toBe('5 if c1 and c2 | 6 if c1 and not c2 | 2 if not c1');
    const contradicting = () => either(choice(number(7), yes(a)), choice(number(8), no(a)));
    expect(spelled(mapData(value, int, contradicting))).toBe('7 if c1 | 8 if not c1');
  });

  it('are done to each pair that can be', () => {
    const other = either(choice(number(10), yes(b)), choice(number(20), no(b)));
    expect(mapPairs(number(1), number(2), int, sum)).toEqual(number(3));
    expect(spelled(mapPairs(value, number(5), int, sum))).toBe('6 if c1 | 7 if not c1');
    expect(spelled(mapPairs(number(5), value, int, sum))).toBe('6 if c1 | 7 if not c1');
    expect(spelled(mapPairs(value, value, int, sum))).toBe('2 if c1 | 4 if not c1');
    expect(spelled(mapPairs(value, other, int, sum))).toBe(
      '11 if c1 and c2 | 21 if c1 and not c2 | 12 if not c1 and c2 | 22 if not c1 and not c2',
    );
  });

  it('join what stands at the ends of two ways', () => {
    expect(joinScalars(value, [yes(b)], value, [no(b)])).toBe(value);
    expect(spelled(joinScalars(number(1), [yes(a)], number(2), [no(a)]))).toBe('1 if c1 | 2 if not c1');
    expect(spelled(joinScalars(value, [yes(b)], number(2), [no(b)]))).toBe(
      '1 if c1 and c2 | 2 if not c1 and c2 | 2 if not c2',
    );
  });
});

describe('marks', () => {
  it('are of different places, and no more than some', () => {
    expect(withMarks(number(1), undefined)).toEqual(number(1));
    const marked = withMarks(number(1), [span(1)]);
    expect(marked.changed).toEqual([span(1)]);
    expect(withMarks(marked, [{ ...span(1) }])).toBe(marked);
    expect(withMarks(marked, [span(2), { ...span(1), file: 'b.c' }]).changed).toHaveLength(3);
    const unknown = unknownData(int, reason);
    expect(withMarks(unknown, [span(1)])).toBe(unknown);
    expect(
      withMarks(
        number(1),
        Array.from({ length: 20 }, (_, i) => span(i)),
      ).changed,
    ).toHaveLength(8);
  });

  it('of equal alternatives are all kept', () => {
    const [one, other] = [withMarks(number(1), [span(1)]), withMarks(number(1), [span(2)])];
    expect(spelled(either(choice(one, yes(a)), choice(other, no(a))))).toBe('1 @1 @2');
    expect(spelled(either(choice(one, yes(a)), choice(other, yes(b))))).toBe('1 @1 @2');
    expect(spelled(either(choice(one, yes(a)), choice(number(1), no(a))))).toBe('1 @1');
  });
});

it('a symbol that grows too long says nothing more', () => {
  expect(unknownData(int, reason, '#'.repeat(120)).symbol).toHaveLength(120);
  expect(unknownData(int, reason, '#'.repeat(121))).toEqual({ kind: 'unknown', type: int, reason });
});
