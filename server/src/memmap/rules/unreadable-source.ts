/**
 * A part of the source could not be read, and what rests on it is unknown: a syntax error, a file that is not there or
 * that the system does not hand out, an `#error` that is reached, a construct that is not supported, or a bound on the
 * work (steps, nesting, macro expansion, depth of calls and includes) that was hit. The rest of the file is evaluated.
 *
 * Example:
 * ```c
 * #include "mint.h"	// there is no such file in the tree
 * ```
 *
 * What a compiler would refuse too is an error; a bound or an unsupported construct is a warning.
 */
import { type ReasonCode, UNDEFINED_BEHAVIOUR } from '../../c/reason';
import { problemDraft } from '../problems';
import type { Rule } from '../rule';

/** What no C compiler accepts either. */
const REFUSED: ReadonlySet<ReasonCode> = new Set([
  'syntax-error',
  'malformed-number',
  'malformed-character',
  'missing-include',
  'unreadable-file',
  'error-directive',
  'malformed-directive',
  'malformed-condition',
  'unbalanced-conditional',
  'unterminated-macro-call',
  'macro-argument-count',
  'invalid-token-paste',
  'unterminated-comment',
  'unterminated-literal',
]);

export const unreadableSource: Rule = {
  name: 'unreadable-source',
  severity: 'error',
  check: ({ layout }) =>
    layout.nodes.flatMap((node) =>
      node.evaluation.problems
        .filter(({ reason }) => !UNDEFINED_BEHAVIOUR.has(reason.code))
        .map((problem) => ({
          ...problemDraft(problem, node, 'rule.unreadable-source'),
          ...(REFUSED.has(problem.reason.code) ? {} : { severity: 'warning' as const }),
        })),
    ),
};
