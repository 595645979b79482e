/** What is assumed along a path through the program: sets of conditions' outcomes. */
import { describe, expect, it } from 'vitest';
import {
  ANYWAY,
  type Assumed,
  assume,
  beyond,
  both,
  type Condition,
  common,
  either,
  type Path,
  samePath,
  shortened,
} from '../../server/src/c/run/assumptions';

const condition = (id: number, group?: string): Condition => ({
  id,
  span: { file: 'a.c', start: id, end: id + 1 },
  text: `c${id}`,
  ...(group === undefined ? {} : { group }),
});

const [a, b, c] = [1, 2, 3].map((id) => condition(id)) as [Condition, Condition, Condition];
/** `mode == 0` and the like: at most one of them holds. */
const [zero, one, two] = [4, 5, 6].map((id) => condition(id, 'mode')) as [Condition, Condition, Condition];
const other = condition(7, 'size');

const yes = (of: Condition): Assumed => ({ condition: of, holds: true });
const no = (of: Condition): Assumed => ({ condition: of, holds: false });

/** `c1 and not c2` */
const spelled = (path: Path | undefined) =>
  path?.map(({ condition: { id }, holds }) => `${holds ? '' : 'not '}${id}`).join(' and ');

describe('an assumption more', () => {
  it('stands where its number puts it', () => {
    expect(spelled(assume(ANYWAY, yes(b)))).toBe('2');
    expect(spelled(assume([yes(a), no(c)], yes(b)))).toBe('1 and 2 and not 3');
    expect(spelled(assume([yes(b)], no(a)))).toBe('not 1 and 2');
    expect(spelled(assume([yes(b)], no(c)))).toBe('2 and not 3');
  });

  it('changes nothing where it is assumed already, and contradicts its opposite', () => {
    const path = [yes(a), no(b)];
    expect(assume(path, no(b))).toBe(path);
    expect(assume(path, yes(b))).toBeUndefined();
  });

  it('that a value equals one constant takes the place of what else is known of that value', () => {
    expect(spelled(assume([yes(a), no(zero), no(one), yes(other)], yes(two)))).toBe('1 and 6 and 7');
    expect(spelled(assume([yes(a), no(b)], yes(two)))).toBe('1 and not 2 and 6');
  });

  it('that a value differs from a constant says nothing beside what it equals', () => {
    const path = [yes(a), yes(one)];
    expect(assume(path, no(zero))).toBe(path);
    expect(spelled(assume([no(one)], no(zero)))).toBe('not 4 and not 5');
  });

  it('that a value equals two constants is a contradiction, that two values do is none', () => {
    expect(assume([yes(one)], yes(two))).toBeUndefined();
    expect(spelled(assume([yes(one)], yes(other)))).toBe('5 and 7');
    expect(spelled(assume([yes(other)], yes(one)))).toBe('5 and 7');
  });
});

describe('two paths', () => {
  it('both hold where neither contradicts the other', () => {
    const path = [yes(a)];
    expect(both(ANYWAY, path)).toBe(path);
    expect(both(path, ANYWAY)).toBe(path);
    expect(both(path, path)).toBe(path);
    expect(spelled(both([yes(a), no(c)], [yes(b), no(c)]))).toBe('1 and 2 and not 3');
    expect(both([yes(a), no(c)], [yes(b), yes(c)])).toBeUndefined();
    expect(both([yes(a)], [no(a), yes(b)])).toBeUndefined();
    expect(both([yes(zero)], [yes(a), yes(one)])).toBeUndefined();
  });

  it('are the same where they assume the same', () => {
    expect(samePath([yes(a), no(b)], [yes(a), no(b)])).toBe(true);
    expect(samePath(ANYWAY, [])).toBe(true);
    expect(samePath(ANYWAY, ANYWAY)).toBe(true);
    expect(samePath([yes(a), no(b)], [yes(a), yes(b)])).toBe(false);
    expect(samePath([yes(a)], [yes(b)])).toBe(false);
    expect(samePath([yes(a)], [yes(a), no(b)])).toBe(false);
    expect(samePath([yes(a), no(b)], [yes(a)])).toBe(false);
  });

  it('share assumptions, and have others', () => {
    const path = [yes(a), no(b), yes(c)];
    expect(spelled(common(path, [yes(a), yes(b), yes(c)]))).toBe('1 and 3');
    expect(common(path, path)).toBe(path);
    expect(spelled(beyond(path, [yes(a), yes(b)]))).toBe('not 2 and 3');
    expect(beyond(path, ANYWAY)).toBe(path);
    expect(beyond(path, path)).toEqual([]);
  });

  it('are one path where that says as much', () => {
    const strict = [yes(a), no(b)];
    expect(either([yes(a)], strict), 'the one that the other is a case of').toEqual([yes(a)]);
    expect(either(strict, [yes(a)])).toEqual([yes(a)]);
    expect(either(strict, strict)).toEqual(strict);
    expect(either(ANYWAY, strict)).toEqual(ANYWAY);
    expect(either([yes(a), no(b), yes(c)], [yes(a), yes(b), yes(c)]), 'whatever c2 is').toEqual([
      yes(a),
      yes(c),
    ]);
    expect(either([yes(a)], [no(a)])).toEqual(ANYWAY);
  });

  it('are none where they differ in more than one outcome', () => {
    expect(either([yes(a)], [yes(b)])).toBeUndefined();
    expect(either([yes(a), yes(b)], [no(a), no(b)])).toBeUndefined();
    expect(either([yes(a), yes(b)], [no(a), yes(c)])).toBeUndefined();
    expect(either([yes(a), yes(b), yes(c)], [no(a)])).toBeUndefined();
    expect(either([no(a)], [yes(a), yes(b), yes(c)])).toBeUndefined();
  });
});

it('of many assumptions the earliest are kept', () => {
  const path = Array.from({ length: 9 }, (_, id) => yes(condition(id)));
  expect(shortened(path)).toEqual(path.slice(0, 8));
  const short = path.slice(0, 8);
  expect(shortened(short)).toBe(short);
});
