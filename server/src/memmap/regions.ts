/** From the values of one OS node to its regions. */
import type { Evaluation, Watched } from '../c/evaluation';
import type { ReasonCode } from '../c/reason';
import { type Message, message } from '../messages';
import type { RegionNames } from '../project/settings';
import type { Quantity, Region } from './layout';
import { unknownMessage } from './reasons';

/** Addresses are those of `struct memory_range`: `unsigned long long`. */
const ADDRESS_BITS = 64;
const ADDRESS_END = 1n << BigInt(ADDRESS_BITS);

/** A region's start or size by the variable's name. */
export interface RegionVariable {
  /** `3` */
  readonly number: string;
  /** `region3` */
  readonly region: string;
  readonly part: 'start' | 'size';
}

/** `mint_region3_size` -> region3, its size; undefined for other names. */
export function regionOfVariable(name: string, names: RegionNames): RegionVariable | undefined {
  for (const part of ['start', 'size'] as const) {
    const number = numberIn(name, names[part]);
    if (number !== undefined) return { number, region: `region${number}`, part };
  }
  return undefined;
}

/** What stands for `{n}` where the name is of the template's form. */
function numberIn(name: string, template: string): string | undefined {
  const [before = '', after = ''] = template.split('{n}');
  if (!name.startsWith(before) || !name.endsWith(after)) return undefined;
  const number = name.slice(before.length, name.length - after.length);
  return /^\d{1,6}$/.test(number) ? number : undefined;
}

/**
 * The regions that a program sets, in order of their numbers. A header may declare more: those of which neither the
 * start nor the size is set are none.
 *
 * @param reserved names of the regions whose type is not RAM
 */
export function regionsOf(
  evaluation: Evaluation,
  names: RegionNames,
  reserved: readonly string[] = [],
): readonly Region[] {
  const numbers = new Set<string>();
  for (const [name, watched] of evaluation.watched) {
    const variable = regionOfVariable(name, names);
    if (variable && isSet(watched)) numbers.add(variable.number);
  }
  return [...numbers]
    .sort((a, b) => Number(a) - Number(b) || a.localeCompare(b, 'en'))
    .map((number) => {
      const quantity = (part: 'start' | 'size') => quantityOf(names[part].replace('{n}', number), evaluation);
      return regionFrom(number, quantity('start'), quantity('size'), reserved);
    });
}

/** What the evaluator says of a variable that is declared and then left alone. */
const LEFT_ALONE: ReadonlySet<ReasonCode> = new Set(['uninitialized', 'declared-elsewhere', 'unknown-name']);

/** Whether anything in the tree gives the variable a value. */
export function isSet(watched: Watched | undefined): boolean {
  if (!watched) return false;
  if (watched.writes.length > 0 || watched.definition?.kind === 'macro') return true;
  const { value } = watched;
  // A static object starts as zero (C17 6.7.9 p10): that is nobody's decision.
  if (value.kind === 'known') return value.value !== 0n || value.unlessChangedAt !== undefined;
  return value.kind === 'one-of' || !LEFT_ALONE.has(value.reason.code);
}

function quantityOf(variable: string, evaluation: Evaluation): Quantity {
  const watched = evaluation.watched.get(variable);
  const value = watched?.value.kind === 'known' ? watched.value.value : undefined;
  // C17 6.3.1.3: a negative value converts to an unsigned type modulo 2 to the power of its width.
  return { variable, watched, value: value === undefined ? undefined : BigInt.asUintN(ADDRESS_BITS, value) };
}

function regionFrom(number: string, start: Quantity, size: Quantity, reserved: readonly string[]): Region {
  const name = `region${number}`;
  const sum = start.value === undefined || size.value === undefined ? undefined : start.value + size.value;
  const end = sum !== undefined && sum <= ADDRESS_END ? sum : undefined;
  const isRange = start.value !== undefined && end !== undefined && end > start.value;
  return {
    name,
    number: Number(number),
    kind: reserved.includes(name) ? 'reserved' : 'ram',
    start,
    size,
    end,
    range: isRange ? { start: start.value, end } : undefined,
    unknown:
      quantityUnknown(start) ?? quantityUnknown(size) ?? (end === undefined ? wraps(start, size) : undefined),
  };
}

function wraps(start: Quantity, size: Quantity): Message {
  return message('memmap.end-wraps', { start: start.variable, size: size.variable });
}

/** Why a start or size is unknown; undefined where it is known. */
export function quantityUnknown(quantity: Quantity): Message | undefined {
  if (quantity.value !== undefined) return undefined;
  const reason = quantity.watched
    ? unknownMessage(quantity.watched.value)
    : message('memmap.no-such-variable');
  return reason && message('memmap.quantity-unknown', { variable: quantity.variable, reason });
}
