/**
 * Signed arithmetic leaves its type's range. That is undefined behaviour (C17 6.5 p5); in practice an `int` wraps and is
 * then sign-extended to an address such as 0xffffffff80000000.
 *
 * Example: right for OSID 0 to 3, 0x80000000 from OSID 4 on
 * ```c
 * #define mint_memory_start (0x20000000 + OSID*0x18000000)
 * ```
 *
 * Where one tree serves all nodes, OSIDs up to 15 are tried, and an overflow beyond the nodes there are is information.
 *
 * Remedy: a suffix that makes the arithmetic unsigned and wide enough (`0x18000000UL`); the quick fix adds it where it
 * stops the overflow.
 */
import type { Evaluation, Problem } from '../../c/evaluation';
import type { Span } from '../../c/source';
import { message } from '../../messages';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import { addSuffix } from '../fixes/suffix';
import type { LayoutNode } from '../layout';
import { samePlace, touches } from '../places';
import { problemMessage } from '../reasons';
import type { Draft, Rule } from '../rule';

/** The highest OSID that is tried where one tree serves all. */
const HIGHEST_OSID = 15;

export const signedOverflow: Rule = {
  name: 'signed-overflow',
  severity: 'error',
  check: (context) => {
    const found = new Map<string, [Overflow, ...Overflow[]]>();
    for (const node of context.layout.nodes) {
      for (const problem of overflowsOf(node.evaluation)) {
        const { file, start, end } = problem.place;
        const key = `${file}:${start}:${end}`;
        const same = found.get(key);
        if (same) same.push({ node, problem });
        else found.set(key, [{ node, problem }]);
      }
    }
    const groups = [...found.values()];
    const places = groups.map(([{ problem }]) => problem.place);
    return [...groups.map((group) => draft(context, group)), ...beyond(context, places)];
  },
};

interface Overflow {
  readonly node: LayoutNode;
  readonly problem: Problem;
}

/** The nodes overflow by different values: the first one's are told. */
function draft(
  context: RuleContext,
  [{ node, problem }, ...more]: readonly [Overflow, ...Overflow[]],
): Draft {
  const reason = problemMessage(problem.reason);
  return {
    place: problem.place,
    message:
      more.length === 0
        ? message('rule.signed-overflow', { reason })
        : message('rule.signed-overflow.several', { reason, osid: node.osid }),
    nodes: [node, ...more.map((other) => other.node)].map(({ osid }) => osid),
    fixes: () => fixes(context, node, problem),
  };
}

/**
 * Overflows that only OSIDs beyond the layout's nodes have, each from the lowest one on. What overflows for an OSID is
 * taken to overflow for the higher ones too, so that a few OSIDs tell.
 */
function beyond(context: RuleContext, known: readonly Span[]): readonly Draft[] {
  const { layout } = context;
  const [node] = layout.nodes;
  if (!layout.shared || !node) return [];
  const newAt = (osid: number, told: readonly Span[]) =>
    overflowsOf(context.evaluate(node.tree, osid)).filter(
      ({ place }) => !told.some((other) => touches(other, place)),
    );
  const drafts: Draft[] = [];
  const told = [...known];
  let low = (layout.nodes.at(-1)?.osid ?? 0) + 1;
  while (low <= HIGHEST_OSID && newAt(HIGHEST_OSID, told).length > 0) {
    let high = HIGHEST_OSID;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (newAt(middle, told).length > 0) high = middle;
      else low = middle + 1;
    }
    for (const problem of newAt(low, told)) {
      told.push(problem.place);
      drafts.push(laterDraft(context, { ...node, osid: low }, problem));
    }
  }
  return drafts;
}

function laterDraft(context: RuleContext, node: LayoutNode, problem: Problem): Draft {
  const { osid } = node;
  return {
    place: problem.place,
    message: message('rule.signed-overflow.later', { osid, reason: problemMessage(problem.reason) }),
    nodes: [osid],
    severity: 'information',
    fixes: () => fixes(context, node, problem),
  };
}

/** The overflows of an evaluation, each place once. */
function overflowsOf({ problems }: Evaluation): readonly Problem[] {
  const overflows = problems.filter(({ reason }) => reason.code === 'signed-overflow');
  return overflows.filter(
    ({ place }, index) => !overflows.slice(0, index).some((other) => samePlace(other.place, place)),
  );
}

function fixes(context: RuleContext, node: LayoutNode, { place }: Problem): readonly Fix[] {
  const osids = context.layout.shared
    ? Array.from({ length: HIGHEST_OSID + 1 }, (_, osid) => osid)
    : [node.osid];
  const fix = addSuffix(context, node, place, osids);
  return fix ? [fix] : [];
}
