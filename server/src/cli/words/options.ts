/** Options as commands declare them; a word that stands alone is declared like the word of an option. */
import { type MessageId, message } from '../../messages';
import type { Value, Where } from './values';
import { WrongCall } from './wrong-call';

export interface Option<T> {
  /** What it is for. */
  readonly summary: MessageId;
  /** What stands behind it; nothing behind one that is there or not. */
  readonly value?: Value<unknown>;
  /** Of one letter. */
  readonly short?: string;
  readonly isRequired?: boolean;
  readonly isRepeatable?: boolean;
  /** What counts where it is not there. */
  readonly byDefault?: string;
  /**
   * Its value.
   *
   * @param words what stood behind it, each time that it was there
   * @throws {WrongCall}
   */
  take(words: readonly string[], where: Where): T;
}

export function flag(summary: MessageId, short?: string): Option<boolean> {
  return { summary, ...(short === undefined ? {} : { short }), take: (words) => words.length > 0 };
}

/** It has to be there, and says nothing more: without it, a call would mean something else one day. */
export function requiredFlag(summary: MessageId): Option<true> {
  const take = (words: readonly string[], where: Where) => {
    if (words.length === 0) throw missing(where, '', summary);
    return true as const;
  };
  return { summary, isRequired: true, take };
}

export function optional<T>(summary: MessageId, value: Value<T>): Option<T | undefined> {
  const take = (words: readonly string[], where: Where) => {
    const word = words.at(-1);
    return word === undefined ? undefined : value.read(word, where);
  };
  return { summary, value, take };
}

export function defaulted<T>(summary: MessageId, value: Value<T>, byDefault: string): Option<T> {
  const take = (words: readonly string[], where: Where) => value.read(words.at(-1) ?? byDefault, where);
  return { summary, value, byDefault, take };
}

export function required<T>(summary: MessageId, value: Value<T>): Option<T> {
  const take = (words: readonly string[], where: Where) => {
    const word = words.at(-1);
    if (word === undefined) throw missing(where, value.name, summary);
    return value.read(word, where);
  };
  return { summary, value, isRequired: true, take };
}

/** Each time that it is there adds one. */
export function repeated<T>(summary: MessageId, value: Value<T>): Option<readonly T[]> {
  const take = (words: readonly string[], where: Where) => words.map((word) => value.read(word, where));
  return { summary, value, isRepeatable: true, take };
}

/** It has to be there once at least. */
export function severalOf<T>(summary: MessageId, value: Value<T>): Option<readonly T[]> {
  const all = repeated(summary, value);
  const take = (words: readonly string[], where: Where) => {
    if (words.length === 0) throw missing(where, value.name, summary);
    return all.take(words, where);
  };
  return { ...all, isRequired: true, take };
}

function missing({ command, option }: Where, value: string, summary: MessageId): WrongCall {
  const what = `${option} ${value}`.trim();
  return new WrongCall(message('cli.missing', { command, what, summary: message(summary) }));
}
