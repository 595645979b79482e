/** The fix for a range that ends a byte too late. */
import type { Span } from '../../c/source';
import { message } from '../../messages';
import type { RuleContext } from '../context';
import type { Fix, TextEdit } from '../finding';
import type { LayoutNode, MemoryRange } from '../layout';
import { isOneTooLong } from '../memory/memory';
import { rangeTable, type TableRow } from '../memory/table';
import { samePlace } from '../places';
import { evaluationAfter } from '../what-if';
import { slice } from './source-text';

/** Operands of a subtraction that need no parentheses: sums and products, names, members, calls and casts. */
const NEEDS_NONE = /^(?:[\w\s+\-*/%().[\]]|->)*$/;

/**
 * Subtracts 1 where the ranges' ends are assigned: nothing where evaluating the edited text does not show each of them
 * one byte shorter, and every range that was right as it was, for all nodes of the tree.
 */
export function subtractOne(
  context: RuleContext,
  node: LayoutNode,
  ranges: readonly [MemoryRange, ...MemoryRange[]],
): readonly Fix[] {
  const [{ entry, region }] = ranges;
  const place = entry?.end?.expression;
  const text = place && context.text(place.file);
  if (!place || text === undefined || !region?.range) return [];
  const written = slice(text, place);
  const newText = NEEDS_NONE.test(written) ? `${written} - 1` : `(${written}) - 1`;
  const edits = [{ place, newText }];
  const nodes = context.layout.nodes.filter(({ tree }) => tree.root === node.tree.root);
  if (!nodes.every((one) => isMended(context, one, place, edits))) return [];
  return [
    {
      title: message('fix.subtract-one', { expression: newText.replace(/\s+/g, ' ') }),
      edits,
      preferred: true,
      promise: { tree: node.tree.root, osid: node.osid, region: region.name, range: region.range },
    },
  ];
}

function isMended(context: RuleContext, node: LayoutNode, place: Span, edits: readonly TextEdit[]): boolean {
  const evaluation = evaluationAfter(context, node, edits);
  const after = evaluation && rangeTable(evaluation);
  const before = rangeTable(node.evaluation);
  if (after?.kind !== 'known' || before.kind !== 'known' || after.rows.length !== before.rows.length)
    return false;
  if (evaluation && evaluation.problems.length > node.evaluation.problems.length) return false;
  const isWrong = (row: TableRow) =>
    node.memory.ranges.some(
      (range) =>
        range.entry?.index === row.entry.index &&
        isOneTooLong(range) &&
        range.entry.end !== undefined &&
        samePlace(range.entry.end.place, place),
    );
  return before.rows.every((row, index) => {
    const now = after.rows[index];
    return (
      now?.start === row.start && now.type === row.type && now.last === row.last - (isWrong(row) ? 1n : 0n)
    );
  });
}
