/** What the kernels are told of a region, as lines of Markdown; and lines that name the nodes they hold for. */
import { groupBy } from '../group-by';
import type { LayoutNode, Region } from '../memmap/layout';
import { nodesMessage, typeMessage, watchMessage } from '../memmap/wording';
import { type Locale, type Message, message, render } from '../messages';
import { formatRange, intersection, sameRange } from '../range';
import { markdownMessage } from './markdown';
import type { RegionOfNode } from './seen-in';
import type { Snapshot } from './snapshot';

interface Line {
  readonly osid: number;
  readonly text: Message;
}

/** As what each node's kernel gets the region, or why that is not known; and who watches it. */
export function memoryLines(snapshot: Snapshot, regions: readonly RegionOfNode[], locale: Locale): string {
  const lines = regions.flatMap(({ node, region }): readonly Line[] => {
    const text = region.range && toldMessage(node, region);
    return text ? [{ osid: node.osid, text }] : [];
  });
  const watches = snapshot.layout.watches.filter(({ watched, range }) =>
    regions.some(({ node, region }) => node === watched && region.range && intersection(region.range, range)),
  );
  return [
    reasonLines(snapshot, lines, locale),
    ...watches.map((watch) => `- ${markdownMessage(snapshot, watchMessage(watch), locale)}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function toldMessage({ memory }: LayoutNode, { range }: Region): Message | undefined {
  if (!range) return undefined;
  if (memory.from === 'regions') {
    return memory.isTold ? message('editor.memory.regions', { why: memory.why }) : undefined;
  }
  const exact = memory.ranges.find((one) => sameRange(one.range, range));
  if (exact) return message('editor.memory.table', { type: typeMessage(exact.type) });
  const parts = memory.ranges.filter((one) => intersection(one.range, range));
  if (parts.length === 0) return message('editor.memory.nothing');
  const ranges = parts.map((one) => formatRange(one.range)).join(', ');
  return message('editor.memory.otherwise', { ranges });
}

/** A list item for each different reason, after the nodes it holds for. */
export function reasonLines(snapshot: Snapshot, reasons: readonly Line[], locale: Locale): string {
  const groups = groupBy(reasons, ({ text }) => markdownMessage(snapshot, text, locale));
  return [...groups]
    .map(([text, group]) => {
      const osids = [...new Set(group.map(({ osid }) => osid))];
      return `- ${render(nodesMessage(osids), locale)}: ${text}`;
    })
    .join('\n');
}
