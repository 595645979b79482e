/** Why a value is unknown, or what is wrong with the program: data, worded elsewhere. */
import type { Span } from './source';

/** Every reason the C evaluator can give. Arguments each one carries are named in the message catalogue. */
export type ReasonCode =
  // Undefined behaviour (C17 3.4.3): reported at its place; the result is unknown.
  | 'signed-overflow' // {operator, value, type}
  | 'shift-out-of-range' // {count, width, type}
  | 'shift-of-negative' // {value}
  | 'division-by-zero' // {operator}
  | 'index-out-of-bounds' // {index, length}
  | 'null-pointer'
  | 'invalid-pointer'
  | 'uninitialized' // {name}
  | 'missing-return' // {name}
  | 'invalid-value' // {value, type}: the object holds bits that are no value of its type
  // What the evaluator cannot know.
  | 'parameter' // {name}: what the caller passes is not known
  | 'unknown-call' // {name}: no body of that function in the tree
  | 'unknown-name' // {name}: nothing declares it
  | 'declared-elsewhere' // {name}: extern without a definition in the tree
  | 'changed-in-loop' // {name}: the loop's condition is unknown
  | 'changed-by-call' // {name, callee}
  | 'unknown-condition' // {condition}
  | 'unknown-type' // {type}
  | 'not-an-integer' // {type}: floating point, a structure
  | 'string' // the address of a string literal
  | 'address' // {name}: an address that the linker or the stack decides
  | 'assembly'
  | 'returned' // {name, value}: the call fails
  | 'unsupported' // {what}
  | 'syntax-error' // {text}
  | 'malformed-number' // {text}
  | 'number-too-large' // {text}
  | 'malformed-character' // {text}
  // Preprocessor.
  | 'missing-include' // {path}
  | 'unreadable-file' // {path, error}
  | 'include-cycle' // {path}
  | 'error-directive' // {text}
  | 'malformed-directive' // {text}
  | 'malformed-condition' // {text}
  | 'unbalanced-conditional' // {directive}
  | 'unterminated-macro-call' // {name}
  | 'macro-argument-count' // {name, expected, given}
  | 'invalid-token-paste' // {text}
  | 'unterminated-comment'
  | 'unterminated-literal' // {text}
  // Bounds that keep time and memory in check.
  | 'step-limit' // {limit}
  | 'call-depth-limit' // {limit, name}
  | 'nesting-limit' // {limit}
  | 'expansion-limit' // {limit}
  | 'include-depth-limit' // {limit}
  | 'alternatives-limit' // {limit}
  | 'not-executed'; // nothing in the program runs this code

/** The reasons that are undefined behaviour (C17 3.4.3). */
export const UNDEFINED_BEHAVIOUR: ReadonlySet<ReasonCode> = new Set([
  'signed-overflow',
  'shift-out-of-range',
  'shift-of-negative',
  'division-by-zero',
  'index-out-of-bounds',
  'null-pointer',
  'invalid-pointer',
  'uninitialized',
  'missing-return',
]);

/** A reason with the place where what it tells of began: values that follow from an unknown one have its reason. */
export interface Reason {
  readonly code: ReasonCode;
  readonly args?: Readonly<Record<string, string>>;
  readonly place?: Span;
}
