/** Why a value is unknown, as a message: the reason and its place. */
import type { Reason } from '../c/reason';
import type { Alternative, Value } from '../c/value';
import { fileName, type Message, message } from '../messages';
import { fileError } from '../project/file-error';
import { formatHex } from '../range';

/** `OSID is not declared (mint.h:5)`. */
export function reasonMessage(reason: Reason): Message {
  const plain = problemMessage(reason);
  return reason.place
    ? message('memmap.reason-at', { reason: plain, place: { place: reason.place } })
    : plain;
}

/** The same for a text that is shown at the reason's own place. */
export function problemMessage({ code, args }: Reason): Message {
  return message(`reason.${code}`, {
    ...args,
    ...(args?.path !== undefined && { path: readable(args.path) }),
    ...(args?.error !== undefined && { error: fileError(args.error) }),
  });
}

/** Why a value is not one known number; undefined where it is. */
export function unknownMessage(value: Value): Message | undefined {
  if (value.kind === 'known') return undefined;
  if (value.kind === 'unknown') return reasonMessage(value.reason);
  const [first, ...rest] = value.alternatives.map(alternativeMessage);
  if (!first) return undefined;
  const list = rest.reduce((left, right) => message('memmap.alternative-or', { left, right }), first);
  return message('memmap.one-of', { list });
}

/** To the evaluator files are opaque; a person knows them by their names, not by URIs. */
function readable(path: string): string {
  return path.includes('://') ? fileName({ file: path }) : path;
}

function alternativeMessage({ value, when }: Alternative): Message {
  const shown = value.kind === 'known' ? formatHex(value.value) : reasonMessage(value.reason);
  const conditions = when.map((assumption) =>
    message(assumption.holds ? 'memmap.condition-holds' : 'memmap.condition-fails', {
      condition: assumption.text,
      place: { place: assumption.condition },
    }),
  );
  const [first, ...rest] = conditions;
  if (!first) return typeof shown === 'string' ? message('memmap.alternative', { value: shown }) : shown;
  const all = rest.reduce((left, right) => message('memmap.condition-and', { left, right }), first);
  return message('memmap.alternative-when', { value: shown, conditions: all });
}
