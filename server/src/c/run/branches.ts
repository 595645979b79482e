/** Undecided conditions: both ways are gone, and joined (C17 has no word for it; the program takes one of them). */
import type { Node } from '../ir';
import { truthOf } from './arithmetic';
import { ANYWAY, both, either, outcome, type Path } from './assumptions';
import { choicesOf, type Data, type Single } from './data';
import type { Machine } from './machine';
import type { State } from './state';

/** A way a condition may go: what is assumed along it. */
export interface Way {
  readonly holds: boolean;
  readonly when: Path;
}

/** The ways that a value used as a condition may go along the current path; just one where it is known. */
export function waysOf(m: Machine, data: Data, node: Node): readonly Way[] {
  if (data.kind === 'integer' && data.changed === undefined)
    return [{ holds: data.value !== 0n, when: ANYWAY }];
  if (data.kind === 'aggregate') return undecided(m, undefined, node, true);
  const ways: Way[] = [];
  const choices = choicesOf(data);
  for (const { value, when } of choices) {
    if (both(when, m.state.path) === undefined) continue;
    for (const way of waysOfSingle(m, value, node, choices.length === 1)) {
      const whole = both(when, way.when);
      if (whole) addWay(ways, { holds: way.holds, when: whole });
    }
  }
  return ways.filter(({ when }) => both(when, m.state.path) !== undefined);
}

function addWay(ways: Way[], way: Way): void {
  for (let i = 0; i < ways.length; i++) {
    const other = ways[i];
    const when = other?.holds === way.holds ? either(other.when, way.when) : undefined;
    if (when === undefined) continue;
    ways.splice(i, 1);
    addWay(ways, { holds: way.holds, when });
    return;
  }
  ways.push(way);
}

/** @param isOnly the value is all that the node may be */
function waysOfSingle(m: Machine, value: Single, node: Node, isOnly: boolean): readonly Way[] {
  const holds = truthOf(value);
  if (holds === undefined)
    return undecided(m, value.kind === 'unknown' ? value.symbol : undefined, node, isOnly);
  const changed = value.kind === 'unknown' ? undefined : value.changed;
  if (changed === undefined) return [{ holds, when: ANYWAY }];
  const condition = m.condition(undefined, node, m.textOf(node), { initially: { holds, changed } });
  return [
    { holds: true, when: [{ condition, holds: true }] },
    { holds: false, when: [{ condition, holds: false }] },
  ];
}

/** Both ways, with the condition that the symbol stands for. */
function undecided(m: Machine, symbol: string | undefined, node: Node, isOnly: boolean): readonly Way[] {
  const text = m.textOf(node);
  const found = equality(symbol);
  const { negated } = found;
  // One of several values is called so here, and not where it is met without the others.
  const isNamed = isOnly || found.key === undefined || m.isKnown(found.key);
  const { key, group } = isNamed ? found : { key: `${found.key} ${text}`, group: `${found.group} ${text}` };
  const condition = m.condition(key, node, text, group === undefined ? { negated } : { negated, group });
  return [
    { holds: true, when: [outcome(condition, !negated)] },
    { holds: false, when: [outcome(condition, negated)] },
  ];
}

const EQUALITY = /^\(([\s\S]+)(==|!=)(-?\d[^()=]*|null)\)$/;
const OPPOSITE = /^\(!([\s\S]+)\)$/;

/** A condition, and whether it is the opposite of the equality that `key` says; no key where it is like no other. */
interface Equality {
  readonly key: string | undefined;
  readonly negated: boolean;
  readonly group?: string;
}

/**
 * A condition as the equality of a value, the group, with a constant: that of `x` and `x != 0` is `x == 0`, negated, and that
 * of `!x` the same.
 */
export function equality(symbol: string | undefined): Equality {
  if (symbol === undefined) return { key: undefined, negated: false };
  let group = symbol;
  let negated = true;
  for (;;) {
    const [, compared, operator, constant] = EQUALITY.exec(group) ?? [];
    const inner = OPPOSITE.exec(group)?.[1] ?? compared;
    if (inner === undefined || !isBalanced(inner)) break;
    if (operator !== '!=') negated = !negated;
    group = inner;
    const isZero = constant === undefined || constant === 'null' || /^0\b/.test(constant);
    if (!isZero) return { key: `(${group}==${constant})`, negated, group };
  }
  return { key: `(${group}==0)`, negated, group };
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    else if (character === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/**
 * Runs `then` along the ways on which the condition holds and `otherwise` along the others, each on a state of its own,
 * and joins the states. The results come back with what was assumed for each.
 */
export function branch<T, W extends Way>(
  m: Machine,
  ways: readonly W[],
  then: (way: W) => T,
  otherwise: (way: W) => T,
): readonly { readonly result: T; readonly when: Path }[] {
  const [only] = ways;
  if (only && ways.length === 1 && only.when.length === 0) {
    return [{ result: only.holds ? then(only) : otherwise(only), when: ANYWAY }];
  }
  const before = m.state;
  const results: { result: T; when: Path }[] = [];
  const ends: State[] = [];
  for (const way of ways) {
    m.state = m.fork(before);
    if (!m.assume(way.when)) continue;
    results.push({ result: way.holds ? then(way) : otherwise(way), when: way.when });
    ends.push(m.state);
  }
  m.state = m.joined(ends);
  return results;
}
