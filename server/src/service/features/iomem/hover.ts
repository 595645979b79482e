/** Hover in a dump of /proc/iomem: what an entry is, and which regions of which OS nodes predict it or share it. */
import type { Hover, Position, Range } from 'vscode-languageserver-types';
import type { IomemEntry, IomemReading } from '../../../evidence/iomem';
import { isAllKnown, type LayoutNode } from '../../../memmap/layout';
import { comparisonsOf, comparisonsWith } from '../../../memmap/observed/comparison';
import { nodesMessage, rangeArgs } from '../../../memmap/wording';
import { fileName, type Locale, type Message, type MessageId, message, render } from '../../../messages';
import {
  type AddressRange,
  contains,
  formatRange,
  formatRoughSize,
  formatSize,
  intersection,
  lengthOf,
  sameRange,
} from '../../../range';
import {
  nodesOfDump,
  placesOf,
  predictingRegions,
  regionsSharing,
  type SharedRegion,
} from '../../iomem-regions';
import { codeSpan, escapeMarkdown, markdownMessage } from '../../markdown';
import { rangeOf } from '../../positions';
import type { Snapshot } from '../../snapshot';

/** A machine's whole RAM holds every region of every OS node: the list is cut. */
const MOST_REGIONS = 12;

export function iomemHover(
  snapshot: Snapshot,
  file: string,
  position: Position,
  locale: Locale,
): Hover | undefined {
  const reading = snapshot.iomem(file);
  const entry = reading?.entries.find(({ place }) => place.line === position.line);
  if (reading && entry) {
    const blocks = [
      titleLine(entry, locale),
      nestingLine(reading, entry, locale),
      ...regionBlocks(snapshot, file, entry).map((block) => blockText(snapshot, block, locale)),
    ];
    const value = blocks.filter((block) => block !== '').join('\n\n');
    return { contents: { kind: 'markdown', value }, range: rangeOfEntry(snapshot, file, entry) };
  }
  const hidden = reading?.hidden.find(({ line }) => line === position.line);
  if (!reading || !hidden) return undefined;
  const text = reading.unprivileged
    ? message('editor.iomem.unprivileged', { file: fileName({ file }) })
    : message('editor.iomem.zero-range');
  const value = markdownMessage(snapshot, text, locale);
  return { contents: { kind: 'markdown', value }, range: rangeOf(snapshot, { file, ...hidden }) };
}

/** From the addresses to the end of the name; the reader knows one form of what is between them. */
function rangeOfEntry(snapshot: Snapshot, file: string, { place, name }: IomemEntry): Range | undefined {
  const document = snapshot.document(file);
  return (
    document && {
      start: document.positionAt(place.start),
      end: document.positionAt(place.end + ' : '.length + name.length),
    }
  );
}

/** `**System RAM** · 0x20000000–0x38000000 · 384 MiB · RAM that the kernel allocates from` */
function titleLine({ name, kind, range }: IomemEntry, locale: Locale): string {
  const size = formatSize(lengthOf(range));
  const rough = formatRoughSize(lengthOf(range));
  const isNamed = Object.hasOwn(KERNEL_PARTS, name);
  const meaning = (isNamed && KERNEL_PARTS[name]) || (`editor.iomem.kind.${kind}` as const);
  return [
    `**${escapeMarkdown(name)}**`,
    codeSpan(formatRange(range)),
    rough === size ? size : `${size} (${rough})`,
    escapeMarkdown(render(message(meaning), locale)),
  ].join(' · ');
}

/** What the kernel calls its own parts (Linux, arch/x86/kernel/setup.c, kernel/crash_core.c). */
const KERNEL_PARTS: Readonly<Record<string, MessageId | undefined>> = {
  'Kernel code': 'editor.iomem.kernel-code',
  'Kernel rodata': 'editor.iomem.kernel-rodata',
  'Kernel data': 'editor.iomem.kernel-data',
  'Kernel bss': 'editor.iomem.kernel-bss',
  'Crash kernel': 'editor.iomem.crash-kernel',
};

function nestingLine({ entries }: IomemReading, entry: IomemEntry, locale: Locale): string {
  const outer: string[] = [];
  for (let at = entry.parent; at !== undefined; at = entries[at]?.parent) {
    const parent = entries[at];
    if (parent) outer.unshift(`${escapeMarkdown(parent.name)} ${codeSpan(formatRange(parent.range))}`);
  }
  // The names are Markdown already.
  return outer.length === 0
    ? ''
    : render(message('editor.iomem.nested', { path: outer.join(' › ') }), locale);
}

/** A paragraph and the list below it. */
interface Block {
  readonly text?: Message;
  readonly items?: readonly Message[];
}

function blockText(snapshot: Snapshot, { text, items = [] }: Block, locale: Locale): string {
  const lines = items.slice(0, MOST_REGIONS).map((item) => `- ${markdownMessage(snapshot, item, locale)}`);
  const rest = items.length - lines.length;
  if (rest > 0) lines.push(`- ${render(message('editor.more', { count: rest }), locale)}`);
  const list = lines.join('\n');
  return [text ? markdownMessage(snapshot, text, locale) : '', list]
    .filter((part) => part !== '')
    .join('\n\n');
}

function regionBlocks(snapshot: Snapshot, file: string, entry: IomemEntry): readonly Block[] {
  const named = (snapshot.context.project.file?.nodes ?? []).filter(
    ({ evidence }) => evidence.iomem === file,
  );
  const all = snapshot.layout.nodes;
  if (named.length === 0) {
    return sharedBlocks('editor.iomem.not-named', regionsSharing(entry, all), entry);
  }
  const own = nodesOfDump(snapshot, file);
  const treeless = named.filter(({ osid }) => own.every((node) => node.osid !== osid));
  const isText = entry.name === 'Kernel code';
  const predicted = entry.kind === 'ram' || predictingRegions(snapshot, file, entry).length > 0;
  return [
    ...(isText ? kernelTextBlocks(own, file, entry) : []),
    ...(predicted
      ? own.map((node) => ({ items: predictionItems(node, file, entry) }))
      : sharedBlocks('editor.iomem.shared', regionsSharing(entry, isText ? all : own), entry)),
    ...treeless.map(({ osid }) => ({ text: message('editor.iomem.no-tree', { osid }) })),
  ];
}

/** Whose kernel's text it is, where the dump leaves no doubt. */
function kernelTextBlocks(
  nodes: readonly LayoutNode[],
  file: string,
  { range }: IomemEntry,
): readonly Block[] {
  const osids = nodes
    .filter(({ evidence: { kernelText: text } }) => text?.file === file && sameRange(text.range, range))
    .map(({ osid }) => osid);
  return osids.length === 0
    ? []
    : [{ text: message('editor.iomem.kernel-text', { nodes: nodesMessage(osids) }) }];
}

/** A line for each region of the node that predicts the entry, and what of the entry none predicts. */
function predictionItems(node: LayoutNode, file: string, entry: IomemEntry): readonly Message[] {
  const { osid } = node;
  const surplus = comparisonsOf(node)
    .filter(({ report }) => report.file === file)
    .flatMap((comparison) => comparison.surplus)
    .flatMap((range) => intersection(range, entry.range) ?? []);
  const unknown = isAllKnown(node) ? [] : node.regions.filter(({ range }) => !range).map(({ name }) => name);
  const items = regionsSharing(entry, [node]).flatMap((shared) =>
    regionItems(shared, file, entry, surplus.length > 0),
  );
  return [
    ...(items.length === 0 && entry.kind === 'ram' ? [message('editor.iomem.unpredicted', { osid })] : items),
    ...(items.length === 0 ? [] : surplus).map((range) =>
      message('editor.iomem.surplus', { osid, ...rangeArgs(range) }),
    ),
    ...(unknown.length === 0
      ? []
      : [message('editor.iomem.unknown-regions', { osid, regions: unknown.join(', ') })]),
  ];
}

function regionItems(
  shared: SharedRegion,
  file: string,
  entry: IomemEntry,
  isPart: boolean,
): readonly Message[] {
  const { node, region, range } = shared;
  const args = regionArgs(shared);
  if (region.kind === 'reserved') {
    return [message(entry.kind === 'ram' ? 'editor.iomem.ram-instead' : 'editor.iomem.agrees', args)];
  }
  // A dump without any RAM is compared with nothing, and so is what kexec does not get.
  const compared = comparisonsWith(node, region).filter(({ report }) => report.file === file);
  const missing = compared.length === 0 ? [range] : compared.flatMap((comparison) => comparison.missing);
  if (missing.length === 0)
    return [message(isPart ? 'editor.iomem.predicts-part' : 'editor.iomem.agrees', args)];
  return missing.map((part) =>
    message('editor.iomem.missing', {
      ...args,
      missing: formatRange(part),
      size: formatSize(lengthOf(part)),
    }),
  );
}

function sharedBlocks(id: MessageId, regions: readonly SharedRegion[], entry: IomemEntry): readonly Block[] {
  if (regions.length === 0) return [];
  return [
    {
      text: message(id),
      items: regions.map((shared) => message(relation(shared, entry), regionArgs(shared))),
    },
  ];
}

function relation({ range }: SharedRegion, entry: { readonly range: AddressRange }): MessageId {
  if (sameRange(range, entry.range)) return 'editor.iomem.same';
  if (contains(entry.range, range)) return 'editor.iomem.inside';
  return contains(range, entry.range) ? 'editor.iomem.around' : 'editor.iomem.partly';
}

function regionArgs(shared: SharedRegion) {
  const [place] = placesOf(shared);
  return {
    osid: shared.node.osid,
    region: shared.region.name,
    place: { place },
    range: formatRange(shared.range),
    shared: formatRange(shared.shared),
    size: formatSize(lengthOf(shared.shared)),
  };
}
