/**
 * A region's start or size is assigned twice in one function, nothing reads it in between, and no condition chooses
 * between the two: the first value is lost.
 *
 * Example:
 * ```c
 * mint_region3_size = mint_memory_start;		// lost
 * mint_region3_size = mint_memory_size - 0x8000000;
 * ```
 *
 * A value that holds for some nodes only (`if (OSID == 0) mint_region3_size = …;`) and one that is worked out in steps
 * (`mint_region3_size -= …`) are no findings.
 *
 * Remedy: take one of the two out; where the start has no value, the quick fix makes the first one its assignment.
 */
import type { Evaluation, Write } from '../../c/evaluation';
import type { Span } from '../../c/source';
import { message } from '../../messages';
import type { RuleContext } from '../context';
import { plainWrites, renameToStart } from '../fixes/rename';
import { slice } from '../fixes/source-text';
import { type LayoutNode, type Quantity, quantitiesOf, type Region } from '../layout';
import { samePlace } from '../places';
import type { Draft, Rule } from '../rule';

export const assignedTwice: Rule = {
  name: 'assigned-twice',
  severity: 'warning',
  check: (context) =>
    context.layout.nodes.flatMap((node) =>
      node.regions.flatMap((region) =>
        quantitiesOf(region).flatMap((quantity) => lostWrites(context, node, region, quantity)),
      ),
    ),
};

function lostWrites(
  context: RuleContext,
  node: LayoutNode,
  region: Region,
  quantity: Quantity,
): readonly Draft[] {
  const writes = quantity.watched?.writes ?? [];
  return writes.flatMap((second, index) => {
    const first = writes[index - 1];
    if (!first || plainWrites([first, second]).length < 2 || !isLost(context, node, first, second)) return [];
    return [
      {
        place: first.macro?.span ?? first.span,
        message: message('rule.assigned-twice', {
          variable: quantity.variable,
          place: { place: second.target },
        }),
        nodes: [node.osid],
        related: [
          {
            place: second.span,
            message: message('rule.assigned-twice.again', { variable: quantity.variable }),
          },
        ],
        fixes: () => [renameToStart(context, node, region)].filter((fix) => fix !== undefined),
      },
    ];
  });
}

function isLost(context: RuleContext, { evaluation }: LayoutNode, first: Write, second: Write): boolean {
  if (first.conditional || second.conditional || samePlace(first.target, second.target)) return false;
  const [a, b] = [functionAround(evaluation, first.target), functionAround(evaluation, second.target)];
  if (!a || !b || !samePlace(a, b) || first.span.end > second.span.start) return false;
  const text = context.text(first.target.file) ?? '';
  // `#if OSID == 0` chooses as an `if` does.
  if (/^[ \t]*#/m.test(text.slice(first.span.end, second.span.start))) return false;
  // A field of another object has the same name: `a->mint_region1_size`, `b->mint_region1_size`.
  if (slice(text, first.target) !== slice(text, second.target) && !(first.macro && second.macro))
    return false;
  return !isRead(
    evaluation,
    second.name,
    { ...first.span, start: first.span.end, end: second.span.end },
    second,
  );
}

/** Whether an expression within the span uses the variable; those around the second target are that assignment. */
function isRead(evaluation: Evaluation, name: string, span: Span, { target }: Write): boolean {
  const word = new RegExp(`\\b${name}\\b`);
  return evaluation
    .expressionsIn(span)
    .some(
      (expression) =>
        word.test(expression.text) &&
        !(expression.span.start <= target.start && target.end <= expression.span.end),
    );
}

/** The function that a place stands in. */
function functionAround(evaluation: Evaluation, place: Span): Span | undefined {
  for (const definitions of evaluation.definitions.values()) {
    for (const { kind, whole } of definitions) {
      const holds = whole.file === place.file && whole.start <= place.start && place.end <= whole.end;
      if (kind === 'function' && holds) return whole;
    }
  }
  return undefined;
}
