/**
 * The program does something that C leaves undefined, for an OSID of the layout: a shift by the width, a division by
 * zero, an index outside of its array, a value read before it was given. The result is unknown. Overflow has a rule of
 * its own, `signed-overflow`.
 *
 * Example:
 * ```c
 * mint_region2_start = 1 << 32;	// int has 32 bits
 * ```
 *
 * Remedy: depends on the operation; the message names the operands.
 */
import { UNDEFINED_BEHAVIOUR } from '../../c/reason';
import { problemDraft } from '../problems';
import type { Rule } from '../rule';

export const undefinedBehaviour: Rule = {
  name: 'undefined-behaviour',
  severity: 'warning',
  check: ({ layout }) =>
    layout.nodes.flatMap((node) =>
      node.evaluation.problems
        .filter(({ reason }) => reason.code !== 'signed-overflow' && UNDEFINED_BEHAVIOUR.has(reason.code))
        .map((problem) => problemDraft(problem, node, 'rule.undefined-behaviour')),
    ),
};
