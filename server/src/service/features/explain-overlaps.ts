/** What each overlap means, as a page of Markdown: what lies in it, who writes there, and the ways out. */
import type { Span } from '../../c/source';
import { endBehind } from '../../memmap/fixes/move-end';
import { isAllKnown, type LayoutNode } from '../../memmap/layout';
import { groupContents, type OverlapGroup, overlapGroups, sharedRanges } from '../../memmap/overlaps/groups';
import { kernelTextKnown, nodesMessage, standInMessages, watchMessage } from '../../memmap/wording';
import { fileName, type Locale, type Message, message, render } from '../../messages';
import { parentOf, relativePath } from '../../project/uri';
import { formatHex, formatRange, formatRoughSize, lengthOf, totalLength } from '../../range';
import { codeSpan, markdownMessage, table } from '../markdown';
import { rangeOf } from '../positions';
import type { Snapshot } from '../snapshot';

/** Of several projects each begins with its source trees: their OS nodes have the same numbers. */
export function explainOverlaps(projects: readonly Snapshot[], locale: Locale): string {
  const laidOut = projects.filter(({ layout }) => layout.nodes.length > 0);
  const shown = laidOut.length > 0 ? laidOut : projects.slice(0, 1);
  return shown.map((project) => explainProject(project, shown.length > 1, locale)).join('\n\n');
}

function explainProject(snapshot: Snapshot, isOneOfSeveral: boolean, locale: Locale): string {
  const groups = overlapGroups(snapshot.context);
  const say = (text: Message) => markdownMessage(snapshot, text, locale);
  const trees = snapshot.context.project.trees.map(({ name }) => name).join(', ');
  const isKnown = snapshot.layout.nodes.every(isAllKnown);
  return [
    `# ${say(message(isOneOfSeveral ? 'explain.title-of' : 'explain.title', { trees }))}`,
    ...(groups.length === 0 ? [say(message('explain.none'))] : []),
    ...(isKnown ? [] : [say(message('explain.unknown'))]),
    ...standInMessages(snapshot.layout).map(say),
    ...groups.map((group) => section(snapshot, group, locale)),
    ...watched(snapshot, locale),
    ...(groups.length === 0 ? [] : ['---', say(message('explain.known'))]),
  ].join('\n\n');
}

function watched(snapshot: Snapshot, locale: Locale): readonly string[] {
  const { watches } = snapshot.layout;
  if (watches.length === 0) return [];
  const say = (text: Message) => markdownMessage(snapshot, text, locale);
  return [
    `## ${say(message('explain.watched'))}`,
    say(message('explain.watching')),
    watches.map((watch) => `- ${say(watchMessage(watch))}`).join('\n'),
  ];
}

function section(snapshot: Snapshot, group: OverlapGroup, locale: Locale): string {
  const say = (text: Message) => markdownMessage(snapshot, text, locale);
  const [{ blamed, other }] = group.pairs;
  const ranges = sharedRanges(group);
  const heading = message('explain.heading', {
    osid: blamed.node.osid,
    region: blamed.name,
    other: other.node.osid,
    otherRegions: [...new Set(group.pairs.map((each) => each.other.name))].join(', '),
    ranges: ranges.map(formatRange).join(', '),
    size: formatRoughSize(totalLength(ranges)),
  });
  const places = [blamed.place.end, other.place.start];
  const home = parentOf(snapshot.context.project.uri);
  const shown = places.map((place) => codeSpan(pathAndLine(snapshot, home, place)));
  const list = (texts: readonly Message[]) => texts.map((text) => `- ${say(text)}`).join('\n');
  return [
    `## ${say(heading)}`,
    // The places are Markdown already.
    render(message('explain.places', { places: [...new Set(shown)].join(', ') }), locale),
    ...(group.reason === undefined
      ? []
      : [`**${say(message('explain.allowed', { reason: group.reason }))}**`]),
    contentsTable(snapshot, group, locale),
    ...unknownTexts(group).map(say),
    `### ${say(message('explain.writes'))}`,
    list(writers(group)),
    `### ${say(message('explain.ways'))}`,
    list(waysOut(snapshot, group)),
  ].join('\n\n');
}

/** No link: previews of Markdown follow none to files. */
function pathAndLine(snapshot: Snapshot, home: string, place: Span): string {
  const path = relativePath(home, place.file) ?? fileName(place);
  return `${path}:${rangeOf(snapshot, place).start.line + 1}`;
}

function contentsTable(snapshot: Snapshot, group: OverlapGroup, locale: Locale): string {
  const say = (text: Message) => markdownMessage(snapshot, text, locale);
  const { kernelTexts, rest } = groupContents(group);
  const texts = kernelTexts.map(({ node, range }) => {
    const { kernelText } = node.evidence;
    const known = kernelText ? kernelTextKnown(kernelText) : '';
    return [
      say(message('explain.text', { osid: node.osid, known })),
      formatRange(range),
      formatRoughSize(lengthOf(range)),
    ];
  });
  const other = rest === 0n ? [] : [[say(message('explain.rest')), '', formatRoughSize(rest)]];
  const head = (['explain.what', 'explain.addresses', 'editor.size'] as const).map((id) => say(message(id)));
  return table(head, [...texts, ...other]);
}

/** Of which nodes nothing tells where their kernel text lies. */
function unknownTexts(group: OverlapGroup): readonly Message[] {
  const nodes = bothNodes(group).filter(({ evidence }) => !evidence.kernelText);
  if (nodes.length === 0) return [];
  return [message('explain.no-text', { nodes: nodesMessage(nodes.map(({ osid }) => osid)) })];
}

function bothNodes({ pairs: [{ blamed, other }] }: OverlapGroup): readonly [LayoutNode, LayoutNode] {
  const { node } = blamed;
  return node.osid < other.node.osid ? [node, other.node] : [other.node, node];
}

function writers(group: OverlapGroup): readonly Message[] {
  const [low, high] = bothNodes(group);
  const later = (node: LayoutNode, earlier: LayoutNode) =>
    message(`explain.later.${kernelPlace(group, node)}`, { later: node.osid, earlier: earlier.osid });
  return [message('explain.both'), later(high, low), later(low, high), ...ownKernel(group)];
}

/** Whether a node's kernel is loaded into the overlap. Of the node that reaches too far, a dump may be of before. */
function kernelPlace(group: OverlapGroup, node: LayoutNode): 'here' | 'elsewhere' | 'unknown' {
  const [{ blamed }] = group.pairs;
  if (node === blamed.node) return hasOwnKernel(group) ? 'here' : 'elsewhere';
  if (!node.evidence.kernelText) return 'unknown';
  return groupContents(group).kernelTexts.some((text) => text.node === node) ? 'here' : 'elsewhere';
}

/** The node that reaches too far may have its own kernel put into the other's memory. */
function ownKernel(group: OverlapGroup): readonly Message[] {
  const [{ blamed, other }] = group.pairs;
  if (!hasOwnKernel(group)) return [];
  const end = formatHex(highestEnd(blamed.node));
  return [message('explain.own-kernel', { osid: blamed.node.osid, other: other.node.osid, end })];
}

function hasOwnKernel(group: OverlapGroup): boolean {
  const end = highestEnd(group.pairs[0].blamed.node);
  return sharedRanges(group).some((range) => range.start < end && end <= range.end);
}

function highestEnd({ memory }: LayoutNode): bigint {
  const ends = memory.ranges.flatMap(({ type, range }) => (type === 'ram' ? [range.end] : []));
  return ends.reduce((highest, end) => (end > highest ? end : highest), 0n);
}

function waysOut({ context }: Snapshot, group: OverlapGroup): readonly Message[] {
  const [{ blamed, other, side }] = group.pairs;
  const { osid } = blamed.node;
  const text = other.node.evidence.kernelText;
  const needed = text && endBehind(context, text);
  const range = sharedRanges(group).map(formatRange).join(', ');
  const isLonger =
    blamed.region !== undefined &&
    side === 'end' &&
    needed !== undefined &&
    needed < blamed.range.end &&
    needed > other.range.start;
  return [
    message('explain.reserved', { osid, range }),
    ...(isLonger ? [message('explain.shorter', { region: blamed.name, end: formatHex(needed) })] : []),
    ...(side === 'end' && blamed.region
      ? [
          message('explain.restore', {
            osid,
            region: blamed.name,
            limit: formatHex(other.range.start),
          }),
        ]
      : []),
    message('explain.accept'),
  ];
}
