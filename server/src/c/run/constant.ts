/** Macros that are plain numbers: what they stand for needs no program that runs. */
import type { Constant, EvaluationRequest } from '../evaluation';
import type { Preprocessed } from '../preprocessor/preprocess';
import { isReason, readNumber } from '../types/literal';

/** `#define OSID 1` or `(1)` at the end of the main file; undefined where the name is none of these. */
export function constantIn(
  { macros }: Preprocessed,
  { pinned, dataModel }: EvaluationRequest,
  name: string,
): Constant | undefined {
  const macro = macros.get(name);
  if (!macro?.definition || macro.parameters || pinned.has(name)) return undefined;
  const [first, second, third] = macro.body;
  const isEnclosed = macro.body.length === 3 && first?.text === '(' && third?.text === ')';
  const token = isEnclosed ? second : macro.body.length === 1 ? first : undefined;
  if (token?.kind !== 'number') return undefined;
  const read = readNumber(token.text, dataModel);
  if (isReason(read) || 'floating' in read) return undefined;
  const value = { kind: 'known', type: read.type.name, value: read.value } as const;
  return { value, definition: macro.definition };
}
