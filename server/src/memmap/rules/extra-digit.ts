/**
 * A hexadecimal number is sixteen times what fits below the window's end: a zero too many.
 *
 * Example: 0x20000000 is meant, 512 MiB
 * ```c
 * mint_region3_start = 0x200000000;	// 8 GiB
 * ```
 *
 * Only numbers that a region's start or size rests on count, and only where the value fits without the digit.
 *
 * Remedy: the quick fix drops one zero.
 */
import type { Leaf } from '../../c/evaluation';
import { message } from '../../messages';
import { formatHex } from '../../range';
import type { RuleContext } from '../context';
import type { Fix, TextEdit } from '../finding';
import { literalsAt, literalsBehind, withoutZero } from '../fixes/literal';
import type { LayoutNode, Quantity, Region } from '../layout';
import type { Draft, Rule } from '../rule';
import { regionsAfter } from '../what-if';

export const extraDigit: Rule = {
  name: 'extra-digit',
  severity: 'warning',
  check: (context) =>
    context.layout.nodes.flatMap((node) =>
      node.regions.flatMap((region) =>
        (['start', 'size'] as const).flatMap((part) => inQuantity(context, node, region, part)),
      ),
    ),
};

function inQuantity(
  context: RuleContext,
  node: LayoutNode,
  region: Region,
  part: 'start' | 'size',
): readonly Draft[] {
  const end = highestEnd(context);
  const quantity = region[part];
  // What a node is told not to use may be devices, anywhere.
  if (region.kind === 'reserved' || (quantity.value !== undefined && quantity.value <= end)) return [];
  return literalsBehind(quantity.watched?.derivation).flatMap((leaf) => {
    const edit = shorter(context, node, leaf);
    const after = edit && regionsAfter(context, node, [edit])?.find(({ name }) => name === region.name);
    if (!edit || !after || !fits(after[part], end)) return [];
    return [
      {
        place: edit.place,
        message: message('rule.extra-digit', { text: leaf.text, short: edit.newText, end: formatHex(end) }),
        nodes: [node.osid],
        fixes: () => [dropZero(leaf, edit, node, after)],
      },
    ];
  });
}

/** Where the window ends, or above it the machine's memory. */
function highestEnd({ layout, project }: RuleContext): bigint {
  const ends = (project.file?.memory ?? []).map(({ end }) => end);
  return ends.reduce((highest, end) => (end > highest ? end : highest), layout.window.end);
}

function shorter(context: RuleContext, { evaluation }: LayoutNode, leaf: Leaf): TextEdit | undefined {
  const end = highestEnd(context);
  const newText = withoutZero(leaf.text);
  const isTooLarge = leaf.value.kind === 'known' && leaf.value.value > end;
  if (newText === undefined || !isTooLarge || leaf.value.value / 16n > end) return undefined;
  // A literal out of a macro stands in the macro's definition.
  const [place, ...others] = literalsAt(context, evaluation, leaf.span)
    .filter(({ text }) => text === leaf.text)
    .map((literal) => literal.place);
  return place && others.length === 0 ? { place, newText } : undefined;
}

function fits({ value }: Quantity, end: bigint): boolean {
  return value !== undefined && value > 0n && value <= end;
}

function dropZero({ text }: Leaf, edit: TextEdit, { tree, osid }: LayoutNode, { name, range }: Region): Fix {
  return {
    title: message('fix.drop-zero', { text, short: edit.newText }),
    edits: [edit],
    preferred: true,
    ...(range ? { promise: { tree: tree.root, osid, region: name, range } } : {}),
  };
}
