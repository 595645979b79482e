/** A region of every OS node as Markdown: what a hover and the tooltips of hints show. */
import type { Value } from '../c/value';
import type { LayoutNode, Quantity } from '../memmap/layout';
import { lastWrite } from '../memmap/places';
import { quantityUnknown } from '../memmap/regions';
import { nodesMessage } from '../memmap/wording';
import { type Locale, message, render } from '../messages';
import { formatHex, formatSize } from '../range';
import { derivationLines, type Origin } from './derivation';
import { codeSpan, escapeMarkdown, placeLink, table } from './markdown';
import { memoryLines, reasonLines } from './memory-lines';
import { notAsIn, type RegionOfNode, regionsNamed, seenIn } from './seen-in';
import type { Snapshot } from './snapshot';
import { changePlaces } from './values';

/**
 * A table of start, size and end (exclusive) for each OS node, and how start and size came about.
 *
 * @param file where it is shown: links lead into the trees that read it, where they say the same
 * @param name `region3`
 * @param first which of the two is told first
 */
export function regionMarkdown(
  snapshot: Snapshot,
  file: string,
  name: string,
  first: 'start' | 'size',
  locale: Locale,
): string | undefined {
  const regions = regionsNamed(snapshot.layout.nodes, name);
  if (regions.length === 0) return undefined;
  const own = new Set(snapshot.nodesReading(file));
  const ownFirst = [...regions].sort((a, b) => Number(own.has(b.node)) - Number(own.has(a.node)));
  const parts = first === 'start' ? (['start', 'size'] as const) : (['size', 'start'] as const);
  return [
    `**${name}**`,
    regionTable(regions, locale),
    evidenceLines(regions, locale),
    memoryLines(snapshot, regions, locale),
    ...parts.map((part) => derivations(snapshot, ownFirst, part, locale)),
    unknownLines(snapshot, regions, locale),
    changeLine(
      snapshot,
      regions.flatMap(({ region }) => [region.start.watched?.value, region.size.watched?.value]),
      locale,
    ),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function regionTable(regions: readonly RegionOfNode[], locale: Locale): string {
  const head = (['editor.node', 'editor.start', 'editor.size', 'editor.end'] as const).map((id) =>
    render(message(id), locale),
  );
  const unknown = render(message('editor.unknown'), locale);
  const rows = regions.map(({ node, region: { start, size, end } }) => [
    `${node.osid}`,
    hexCell(start.value, unknown),
    size.value === undefined ? unknown : `${hexCell(size.value, unknown)} (${formatSize(size.value)})`,
    hexCell(end, unknown),
  ]);
  return table(head, rows);
}

/** Which dumps show each node's region as it is here, and which do not. */
function evidenceLines(regions: readonly RegionOfNode[], locale: Locale): string {
  return regions
    .flatMap((one) => {
      const texts = [seenIn([one]), notAsIn([one])].flatMap((text) => (text ? render(text, locale) : []));
      const node = render(nodesMessage([one.node.osid]), locale);
      return texts.length > 0 ? [`- ${node}: ${escapeMarkdown(texts.join(' · '))}`] : [];
    })
    .join('\n');
}

function hexCell(value: bigint | undefined, unknown: string): string {
  return value === undefined ? unknown : codeSpan(formatHex(value));
}

function derivations(
  snapshot: Snapshot,
  regions: readonly RegionOfNode[],
  part: 'start' | 'size',
  locale: Locale,
): string {
  const origins = regions.flatMap(({ node, region }) => originOf(node, region[part]));
  return derivationLines(snapshot, origins, locale).join('\n');
}

function originOf(node: LayoutNode, quantity: Quantity): readonly Origin[] {
  const { watched, variable } = quantity;
  if (!watched) return [];
  const places = [lastWrite(quantity)?.target, watched.definition?.span].flatMap((place) => place ?? []);
  return [{ osid: node.osid, name: variable, value: watched.value, derivation: watched.derivation, places }];
}

function unknownLines(snapshot: Snapshot, regions: readonly RegionOfNode[], locale: Locale): string {
  const reasons = regions.flatMap(({ node, region }) => {
    const parts = [quantityUnknown(region.start), quantityUnknown(region.size)].filter((text) => text);
    const texts = parts.length > 0 ? parts : [region.unknown];
    return texts.flatMap((text) => (text ? [{ osid: node.osid, text }] : []));
  });
  return reasonLines(snapshot, reasons, locale);
}

/** Where other code of the tree may give one of the values another at run time; nothing where none does. */
export function changeLine(
  snapshot: Snapshot,
  values: readonly (Value | undefined)[],
  locale: Locale,
): string {
  const links = [...new Set(changePlaces(values).map((place) => placeLink(snapshot, place)))];
  return links.length === 0 ? '' : `${render(message('editor.unless-changed'), locale)} ${links.join(', ')}`;
}
