/** Why a value is unknown, as a message: the chain of reasons, each with its place. */
import type { Reason } from '../c/reason';
import type { Span } from '../c/source';
import type { Alternative, Value } from '../c/value';
import { fileName, type Message, message } from '../messages';
import { fileError } from '../project/file-error';
import { formatHex } from '../range';

/** So many links of a chain are told; what lies deeper no longer helps a reader. */
const CHAIN = 6;

/** `OSID is not declared at mint.h:5, because …`. */
export function reasonMessage(reason: Reason): Message {
  return chain(reason, reason.place, CHAIN);
}

/** The same for a text that is shown at the reason's own place. */
export function problemMessage(reason: Reason): Message {
  return chain(reason, undefined, CHAIN);
}

function chain({ code, args, because }: Reason, place: Span | undefined, links: number): Message {
  const plain = message(`reason.${code}`, {
    ...args,
    ...(args?.path !== undefined && { path: readable(args.path) }),
    ...(args?.error !== undefined && { error: fileError(args.error) }),
  });
  const placed = place ? message('memmap.reason-at', { reason: plain, place: { place } }) : plain;
  if (!because || links <= 1) return placed;
  return message('memmap.reason-because', {
    reason: placed,
    because: chain(because, because.place, links - 1),
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

/** Where the value became unknown, the last link of the chain of reasons. */
export function originOf(reason: Reason): Reason {
  return reason.because ? originOf(reason.because) : reason;
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
