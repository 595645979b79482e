/** `switch` (C17 6.8.4.2): control goes to the case that the value selects; cases fall through. */
import type { Statement } from '../ir';
import { convertInteger, promote } from '../types/conversions';
import type { IntegerType } from '../types/types';
import { convert, scalar } from './arithmetic';
import { type Assumed, both, outcome, type Path } from './assumptions';
import { equality } from './branches';
import type { Single, UnknownData } from './data';
import { type Case, casesOf } from './labels';
import type { Machine } from './machine';
import { State } from './state';

type Switch = Extract<Statement, { kind: 'switch' }>;

/** A case and the values that select it; undefined where they are not known. */
interface Target {
  readonly label: Case;
  readonly values: { readonly from: bigint; readonly to: bigint } | undefined;
}

export function runSwitch(m: Machine, s: Switch): void {
  const { frame } = m;
  const outer = frame.breaks;
  frame.breaks = [];
  const past = m.state.live ? dispatch(m, s) : [];
  m.state = State.dead();
  m.parts.execute(m, s.body);
  m.state = m.joined([...(m.state.live ? [m.state] : []), ...frame.breaks, ...past]);
  frame.breaks = outer;
}

/** Sends states to the cases; returns those that no case takes. */
function dispatch(m: Machine, s: Switch): State[] {
  const evaluated = scalar(m, m.parts.evaluate(m, s.value), s.value);
  const type = evaluated.type.kind === 'integer' ? promote(evaluated.type, m.model) : m.int;
  const value = scalar(m, convert(m, evaluated, type, s.value), s.value);
  const targets = casesOf(s.body).flatMap((label) => (label.value ? [targetOf(m, label, type)] : []));
  const otherwise = casesOf(s.body).find((label) => !label.value);
  const past: State[] = [];
  const before = m.state;
  const send = (label: Case | undefined, path: Path): void => {
    m.state = m.fork(before);
    if (!m.assume(path)) return;
    if (label === undefined) past.push(m.state);
    else m.frame.pending.set(label, [...(m.frame.pending.get(label) ?? []), m.state]);
  };
  for (const choice of m.choices(value)) {
    for (const { label, when } of selections(m, s, choice.value, targets)) {
      const path = both(choice.when, when);
      if (path) send(label ?? otherwise, path);
    }
  }
  return past;
}

function targetOf(m: Machine, label: Case, type: IntegerType): Target {
  const number = (value: Single | undefined): bigint | undefined =>
    value?.kind === 'integer' ? convertInteger(value.value, type) : undefined;
  const single = (e: Case['value']): Single | undefined => {
    const data = e && m.parts.evaluate(m, e);
    return data && (data.kind === 'integer' || data.kind === 'unknown') ? data : undefined;
  };
  const from = number(single(label.value));
  const to = label.to ? number(single(label.to)) : from;
  return { label, values: from === undefined || to === undefined ? undefined : { from, to } };
}

/** The cases that a value may select, with what is assumed for each; without a label, none of them. */
function selections(
  m: Machine,
  s: Switch,
  value: Single,
  targets: readonly Target[],
): readonly { readonly label: Case | undefined; readonly when: Path }[] {
  const known = value.kind === 'integer' && targets.every(({ values }) => values !== undefined);
  if (!known) return possibleSelections(m, s, value, targets);
  const selected = targets.find(
    ({ values }) => values && values.from <= value.value && value.value <= values.to,
  )?.label;
  if (value.changed === undefined) return [{ label: selected, when: [] }];
  const initially = { holds: true, changed: value.changed };
  const condition = m.condition(undefined, s.value, m.textOf(s.value), { initially });
  const others = [undefined, ...targets.map(({ label }) => label)].filter((label) => label !== selected);
  return [
    { label: selected, when: [{ condition, holds: true }] },
    ...others.map((label) => ({ label, when: [{ condition, holds: false }] })),
  ];
}

function possibleSelections(m: Machine, s: Switch, value: Single, targets: readonly Target[]) {
  const symbol = (value.kind === 'unknown' ? (value as UnknownData).symbol : undefined) ?? m.freshSymbol();
  const text = m.textOf(s.value);
  const refused: Assumed[] = [];
  const selections: { label: Case | undefined; when: Path }[] = [];
  for (const { label, values } of targets) {
    const single = values !== undefined && values.from === values.to;
    const constant = label.value ? m.textOf(label.value) : '';
    const range = label.to ? ` ... ${m.textOf(label.to)}` : '';
    const { key, ...more } = equality(single ? `(${symbol}==${values.from})` : undefined);
    const condition = m.condition(key, label, `${text} == ${constant}${range}`, more);
    selections.push({ label, when: [outcome(condition, !more.negated)] });
    refused.push(outcome(condition, more.negated));
  }
  return [...selections, { label: undefined, when: refused }];
}
