/** What stands for an evaluation that ended in an exception: nothing is known, and the tree's file says so. */
import type { Evaluation, EvaluationRequest } from '../c/evaluation';

export function failedEvaluation({ file }: EvaluationRequest, error: unknown): Evaluation {
  const place = { file, start: 0, end: 0 };
  const reason = { code: 'unsupported', args: { what: String(error) }, place } as const;
  return {
    watched: new Map(),
    problems: [{ reason, place }],
    definitions: new Map(),
    macroCalls: [],
    inactive: [],
    files: [file],
    missing: [],
    constant: () => undefined,
    valueOf: () => undefined,
    expressionsAt: () => [],
    expressionsIn: () => [],
    call: () => ({
      failed: reason,
      parameters: 0,
      wrote: () => false,
      read: () => ({ kind: 'unknown', reason }),
      assignments: [],
      problems: [],
    }),
  };
}
