/** Values as readers outside of the evaluator see them. */
import type { Alternative, Assumption, KnownValue, UnknownValue, Value } from '../value';
import type { Path } from './assumptions';
import type { Data, Single } from './data';
import type { Trace } from './trace';
import { spellType } from './type-relations';

export function toValue(data: Data): Value {
  if (data.kind === 'aggregate') {
    return { kind: 'unknown', reason: { code: 'not-an-integer', args: { type: spellType(data.type) } } };
  }
  if (data.kind !== 'one-of') return toSingle(data);
  const alternatives = data.alternatives.map(
    ({ value, when }): Alternative => ({ value: toSingle(value), when: toAssumptions(when) }),
  );
  return { kind: 'one-of', alternatives };
}

/** The value an expression had, or one of those it had where it was executed several times; without conditions then. */
export function toTracedValue(trace: Trace): Value {
  if (trace.overflow) return toValue(trace.last);
  return oneOfAll(trace.values);
}

export function oneOfAll(all: readonly Data[]): Value {
  const [only] = all;
  if (only && all.length === 1) return toValue(only);
  const alternatives: Alternative[] = [];
  for (const data of all) {
    const value = toValue(data);
    const given = value.kind === 'one-of' ? value.alternatives.map((one) => one.value) : [value];
    for (const one of given) {
      if (!alternatives.some((known) => isSame(known.value, one)))
        alternatives.push({ value: one, when: [] });
    }
  }
  const [first] = alternatives;
  return first && alternatives.length === 1 ? first.value : { kind: 'one-of', alternatives };
}

function isSame(a: KnownValue | UnknownValue, b: KnownValue | UnknownValue): boolean {
  if (a.kind === 'known') return b.kind === 'known' && a.value === b.value && a.type === b.type;
  return b.kind === 'unknown' && a.reason.code === b.reason.code;
}

function toSingle(data: Single): KnownValue | UnknownValue {
  if (data.kind === 'unknown') return { kind: 'unknown', reason: data.reason };
  const marks = data.changed ? { unlessChangedAt: data.changed } : {};
  if (data.kind === 'integer') return { kind: 'known', type: data.type.name, value: data.value, ...marks };
  const type = spellType(data.type);
  switch (data.target.kind) {
    case 'null':
      return { kind: 'known', type, value: 0n, ...marks };
    case 'address':
      return { kind: 'known', type, value: data.target.value, ...marks };
    case 'function':
      return { kind: 'unknown', reason: { code: 'address', args: { name: data.target.function.name } } };
    case 'object': {
      const { object } = data.target;
      if (object.storage === 'literal') return { kind: 'unknown', reason: { code: 'string' } };
      return { kind: 'unknown', reason: { code: 'address', args: { name: object.name } } };
    }
  }
}

function toAssumptions(path: Path): Assumption[] {
  return path.map(({ condition, holds }) => ({ condition: condition.span, text: condition.text, holds }));
}
