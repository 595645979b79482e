/** From the values of one OS node to its regions. */
import type { Evaluation, Watched } from '../c/evaluation';
import type { ReasonCode } from '../c/reason';
import { type Message, message } from '../messages';
import type { Quantity, Region } from './layout';
import { unknownMessage } from './reasons';

const VARIABLE = /^mint_region(\d{1,6})_(start|size)$/;
/** Addresses are those of `struct memory_range`: `unsigned long long`. */
const ADDRESS_BITS = 64;
const ADDRESS_END = 1n << BigInt(ADDRESS_BITS);

/** Whether a name is a region's start or size: what the evaluator is to watch. */
export function isRegionVariable(name: string): boolean {
  return VARIABLE.test(name);
}

/** `mint_region3_size` -> region3, its size; undefined for other names. */
export function regionOfVariable(name: string): { region: string; part: 'start' | 'size' } | undefined {
  const [, number, part] = VARIABLE.exec(name) ?? [];
  if (number === undefined) return undefined;
  return { region: `region${number}`, part: part === 'start' ? 'start' : 'size' };
}

/**
 * The regions that a program sets, in order of their numbers. A header may declare more: those of which neither the
 * start nor the size is set are none.
 */
export function regionsOf(evaluation: Evaluation): readonly Region[] {
  const numbers = new Set<string>();
  for (const [name, watched] of evaluation.watched) {
    const [, number] = VARIABLE.exec(name) ?? [];
    if (number !== undefined && isSet(watched)) numbers.add(number);
  }
  return [...numbers]
    .sort((a, b) => Number(a) - Number(b) || a.localeCompare(b, 'en'))
    .map((number) => {
      const quantity = (part: string) => quantityOf(`mint_region${number}_${part}`, evaluation);
      return regionFrom(number, quantity('start'), quantity('size'));
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

function regionFrom(number: string, start: Quantity, size: Quantity): Region {
  const sum = start.value === undefined || size.value === undefined ? undefined : start.value + size.value;
  const end = sum !== undefined && sum <= ADDRESS_END ? sum : undefined;
  const isRange = start.value !== undefined && end !== undefined && end > start.value;
  return {
    name: `region${number}`,
    number: Number(number),
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
