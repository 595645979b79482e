/** A layout in a few words: what a lens, a list and a picture begin with. */
import type { RuleContext } from '../memmap/context';
import { isAllKnown, isByRegions, type Layout } from '../memmap/layout';
import { allowanceOf } from '../memmap/overlaps/allowances';
import { type Locale, type Message, type MessageId, message, render } from '../messages';

/** `3 OS nodes` */
export function nodesCounted({ nodes }: Pick<Layout, 'nodes'>): Message {
  return counted(nodes.length, 'editor.os-node', 'editor.os-nodes');
}

/**
 * `2 overlaps, 1 of them allowed`; `no overlap` as far as it can be told: of regions alone where they stand in for a table
 * that kexec gets, unknown where some memory is.
 */
export function overlapsCounted(context: Pick<RuleContext, 'layout' | 'overlaps' | 'project'>): Message {
  const all = context.overlaps.length;
  const allowed = context.overlaps.filter((overlap) => allowanceOf(context, overlap)).length;
  const overlaps =
    all > 0 ? counted(all, 'editor.overlap', 'editor.overlaps') : message(noneOf(context.layout));
  return allowed > 0 ? message('editor.overlaps-allowed', { overlaps, count: allowed }) : overlaps;
}

/** `3 OS nodes · 2 overlaps` */
export function summaryOf(
  context: Pick<RuleContext, 'layout' | 'overlaps' | 'project'>,
  locale: Locale,
): string {
  return [nodesCounted(context.layout), overlapsCounted(context)]
    .map((text) => render(text, locale))
    .join(' · ');
}

function counted(count: number, one: MessageId, many: MessageId): Message {
  return message(count === 1 ? one : many, { count });
}

function noneOf({ nodes }: Layout): MessageId {
  if (!nodes.every(isAllKnown)) return 'editor.overlap-unknown';
  return nodes.some(isByRegions) ? 'editor.no-region-overlap' : 'editor.no-overlap';
}
