/** Values as readers outside of the evaluator see them. */
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../server/src/c/run/assumptions';
import {
  type Data,
  integerData,
  type PointerData,
  type Single,
  unknownData,
} from '../../server/src/c/run/data';
import { Contents } from '../../server/src/c/run/memory';
import { oneOfAll, toTracedValue, toValue } from '../../server/src/c/run/outcome';
import { newObject } from '../../server/src/c/run/scope';
import { integerTypes } from '../../server/src/c/types/integers';

const { int, long } = integerTypes('LP64');
const span = { file: 'a.c', start: 3, end: 5 };
const one = integerData(int, 1n);
const two = integerData(int, 2n);
const unknown = unknownData(int, { code: 'unknown-call', args: { name: 'f' } });

const pointer = (target: PointerData['target']): PointerData => ({
  kind: 'pointer',
  type: { kind: 'pointer', target: int },
  target,
});
const object = newObject({ name: 'x', type: int, size: 4, storage: 'static' });
const text = newObject({ name: '', type: int, size: 4, storage: 'literal' });
const symbol = {
  kind: 'function',
  name: 'f',
  type: { kind: 'function', result: int, parameters: undefined },
  body: undefined,
  internal: false,
} as unknown as Extract<PointerData['target'], { kind: 'function' }>['function'];

const condition: Condition = { id: 1, span, text: 'c' };
const either: Data = {
  kind: 'one-of',
  type: int,
  alternatives: [
    { value: one, when: [{ condition, holds: true }] },
    { value: unknown, when: [{ condition, holds: false }] },
  ],
};

describe('a value', () => {
  it.each<[string, Single, object]>([
    ['an integer', one, { kind: 'known', type: 'int', value: 1n }],
    ['one that may be changed', { ...one, changed: [span] }, { kind: 'known', type: 'int', value: 1n, unlessChangedAt: [span] }],
    ['what is not known', unknown, { kind: 'unknown', reason: unknown.reason }],
    ['a null pointer', pointer({ kind: 'null' }), { kind: 'known', type: 'int *', value: 0n }],
    ['one that may be changed', { ...pointer({ kind: 'null' }), changed: [span] }, { kind: 'known', type: 'int *', value: 0n, unlessChangedAt: [span] }],
    ['an address', pointer({ kind: 'address', value: 16n }), { kind: 'known', type: 'int *', value: 16n }],
    ['one that may be changed', { ...pointer({ kind: 'address', value: 16n }), changed: [span] }, { kind: 'known', type: 'int *', value: 16n, unlessChangedAt: [span] }],
    ['a function', pointer({ kind: 'function', function: symbol }), { kind: 'unknown', reason: { code: 'address', args: { name: 'f' } } }],
    ['an object', pointer({ kind: 'object', object, offset: 0 }), { kind: 'unknown', reason: { code: 'address', args: { name: 'x' } } }],
    ['a string', pointer({ kind: 'object', object: text, offset: 0 }), { kind: 'unknown', reason: { code: 'string' } }],
  ])('%s', (_, data, value) => {
    expect(toValue(data)).toEqual(value);
  }); // biome-ignore format: one table

  it('of an aggregate is not known', () => {
    const contents = Contents.filled({ kind: 'zero' });
    expect(
      toValue({ kind: 'aggregate', type: { kind: 'array', element: int, length: 2 }, contents }),
    ).toEqual({ kind: 'unknown', reason: { code: 'not-an-integer', args: { type: 'int [2]' } } });
  });

  it('is one of several under conditions', () => {
    expect(toValue(either)).toEqual({
      kind: 'one-of',
      alternatives: [
        { value: { kind: 'known', type: 'int', value: 1n }, when: [{ condition: span, text: 'c', holds: true }] },
        { value: { kind: 'unknown', reason: unknown.reason }, when: [{ condition: span, text: 'c', holds: false }] },
      ],
    }); // biome-ignore format: one line each
  });
});

/** The alternatives of what values are together, as text. */
function together(...all: readonly Data[]): string {
  const value = oneOfAll(all);
  const alternatives = value.kind === 'one-of' ? value.alternatives : [{ value, when: [] }];
  return alternatives
    .map(({ value: each, when }) => {
      const shown = each.kind === 'known' ? `${each.value} ${each.type}` : each.reason.code;
      return [shown, ...when.map(({ text: words }) => words)].join(' if ');
    })
    .join(' | ');
}

describe('several values', () => {
  const changed: Data = { ...one, changed: [span] };
  it.each<[string, readonly Data[], string]>([
    ['one keeps its conditions', [either], '1 int if c | unknown-call if c'],
    ['others lose them', [either, two], '1 int | unknown-call | 2 int'],
    ['equal ones are one', [one, one], '1 int'],
    ['also where one may be changed', [one, changed], '1 int'],
    ['also among others', [one, two, one], '1 int | 2 int'],
    ['of two types are two', [one, integerData(long, 1n)], '1 int | 1 long'],
    ['not known for one reason are one', [unknown, unknownData(long, { code: 'unknown-call' })], 'unknown-call'],
    ['not known for two reasons are two', [unknown, unknownData(int, { code: 'address' })], 'unknown-call | address'],
    ['known and not are two', [unknown, one], 'unknown-call | 1 int'],
    ['none are none', [], ''],
  ])('%s', (_, all, line) => {
    expect(together(...all)).toBe(line);
  }); // biome-ignore format: one table

  it('are the last one where they are too many', () => {
    const trace = { values: [one, two], last: either };
    expect(toTracedValue({ ...trace, overflow: false })).toEqual(oneOfAll([one, two]));
    expect(toTracedValue({ ...trace, overflow: true })).toEqual(toValue(either));
  });
});
