/** Pieces of messages that several rules and fixes share. */
import { groupBy } from '../group-by';
import { fileName, type Message, message } from '../messages';
import { type AddressRange, formatHex, formatRange, formatRoughSize, formatSize, lengthOf } from '../range';
import type { Finding } from './finding';
import type { Layout, MemoryType, Watch } from './layout';
import type { KernelText } from './observed/evidence';
import type { Blame } from './overlaps/blame';
import { groupContents, type OverlapGroup } from './overlaps/groups';

/** `OS node 0`, `OS nodes 0–2, 5`. */
export function nodesMessage(osids: readonly number[]): Message {
  const [first] = osids;
  if (osids.length === 1 && first !== undefined) return message('memmap.node', { osid: first });
  const runs: [number, number][] = [];
  for (const osid of osids) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === osid) last[1] = osid;
    else runs.push([osid, osid]);
  }
  const list = runs.flatMap(([from, to]) => {
    if (from === to) return [`${from}`];
    return to === from + 1 ? [`${from}`, `${to}`] : [`${from}–${to}`];
  });
  return message('memmap.nodes', { osids: list.join(', ') });
}

/** That no OS node has this number, and which ones there are. */
export function noNode(osid: number, nodes: readonly { readonly osid: number }[]): Message {
  const osids = [...new Set(nodes.map((node) => node.osid))].sort((a, b) => a - b);
  if (osids.length === 0) return message('fix.no-nodes');
  return message('fix.no-node', { osid, nodes: nodesMessage(osids) });
}

/** `a, b and c`; nothing for nothing. */
export function listMessage(parts: readonly (Message | string)[]): Message | string {
  const [first = '', ...more] = parts;
  return more.reduce<Message | string>(
    (left, right, index) => message(index === more.length - 1 ? 'rule.and' : 'rule.comma', { left, right }),
    first,
  );
}

/** How a kernel text's place is known: `seen in os2.iomem`. */
export function kernelTextKnown({ known, file }: KernelText): Message {
  return message(`memmap.kernel-text.${known}`, { file: fileName({ file }) });
}

/** A sentence on what an overlap holds; nothing where no kernel text is known to lie in it. */
export function contentsMessage(group: OverlapGroup): Message | string {
  const { kernelTexts, rest } = groupContents(group);
  const texts = kernelTexts.map(({ node, range }) =>
    message('memmap.kernel-text-of', {
      osid: node.osid,
      range: formatRange(range),
      size: formatRoughSize(lengthOf(range)),
    }),
  );
  if (texts.length === 0) return '';
  const list = listMessage(texts);
  const contents = rest === 0n ? list : message('memmap.contents', { list, size: formatRoughSize(rest) });
  return message('rule.node-overlap.contents', { contents });
}

/** The other node's regions, as related places. */
export function otherRegions(blames: readonly Blame[]): Finding['related'] {
  return blames.map(({ other }) => ({
    place: other.place.start,
    message: message('rule.node-overlap.other', {
      osid: other.node.osid,
      region: other.name,
      range: formatRange(other.range),
    }),
  }));
}

/** `range` and `size` of an address range, as placeholders. */
export function rangeArgs(range: AddressRange): { readonly range: string; readonly size: string } {
  return { range: formatRange(range), size: formatSize(lengthOf(range)) };
}

/** A size with its amount in words: `0x18000000 (384 MiB)`. */
export function hexAndSize(value: bigint): string {
  return `${formatHex(value)} (${formatRoughSize(value)})`;
}

/** `OS node 0 watches OS node 1: 0x38000000–0x50000000 (384 MiB)` */
export function watchMessage({ watcher, watched, range }: Watch): Message {
  return message('memmap.watch', { osid: watcher.osid, other: watched.osid, ...rangeArgs(range) });
}

/** `OS node 0 watches OS nodes 1, 2`, for each node that watches others. */
export function watchSummaries({ watches }: Pick<Layout, 'watches'>): readonly Message[] {
  return [...groupBy(watches, ({ watcher }) => watcher).values()].map((group) => {
    const osids = [...new Set(group.map(({ watched }) => watched.osid))];
    return message('memmap.watches', { osid: group[0].watcher.osid, nodes: nodesMessage(osids) });
  });
}

/** `RAM`, `reserved`, `type 11` */
export function typeMessage(type: MemoryType): Message {
  if (typeof type === 'number') return message('memmap.type.other', { type });
  return message(`memmap.type.${type}`);
}

/** Of which nodes regions stand in for the table that kexec gets, and why: a sentence for each reason. */
export function standInMessages({ nodes }: Pick<Layout, 'nodes'>): readonly Message[] {
  const reasons = nodes.flatMap(({ osid, memory }) =>
    memory.from === 'regions' && memory.isTold ? [{ osid, why: memory.why }] : [],
  );
  return [...groupBy(reasons, ({ why }) => JSON.stringify(why)).values()].map((group) =>
    message('cli.regions-stand-in', {
      nodes: nodesMessage(group.map(({ osid }) => osid)),
      why: group[0].why,
    }),
  );
}
