/** How many OS nodes and overlaps a project has, in the words that every front uses. */
import type { RuleContext } from '../memmap/context';
import type { Layout } from '../memmap/layout';
import { allowanceOf } from '../memmap/overlaps/allowances';
import { type Message, type MessageId, message } from '../messages';

/** `3 OS nodes` */
export function nodesCounted({ nodes }: Pick<Layout, 'nodes'>): Message {
  return counted(nodes.length, 'editor.os-node', 'editor.os-nodes');
}

/** `2 overlaps, 1 of them allowed`; `no overlap`, or that there may be some. */
export function overlapsCounted(context: Omit<RuleContext, 'settings'>): Message {
  const { layout, overlaps } = context;
  const all = overlaps.length;
  const allowed = overlaps.filter((overlap) => allowanceOf(context, overlap)).length;
  const known = message(isKnown(layout) ? 'editor.no-overlap' : 'editor.overlap-unknown');
  const counts = all > 0 ? counted(all, 'editor.overlap', 'editor.overlaps') : known;
  return allowed > 0 ? message('editor.overlaps-allowed', { overlaps: counts, count: allowed }) : counts;
}

/** `3 OS nodes · 2 overlaps` */
export function summaryMessage(context: Omit<RuleContext, 'settings'>): Message {
  return message('picture.summary', {
    nodes: nodesCounted(context.layout),
    overlaps: overlapsCounted(context),
  });
}

function counted(count: number, one: MessageId, many: MessageId): Message {
  return message(count === 1 ? one : many, { count });
}

function isKnown({ nodes }: Layout): boolean {
  return nodes.every(({ regions }) => regions.every(({ end }) => end !== undefined));
}
