/** The layout as a table, for a terminal. */
import type { Layout, NodeMemory } from '../../memmap/layout';
import type { KernelText } from '../../memmap/observed/evidence';
import { standInMessages, typeMessage, watchMessage } from '../../memmap/wording';
import { type Message, message, render } from '../../messages';
import { alignedRows } from '../../picture/text-table';
import {
  type AddressRange,
  formatHex,
  formatRange,
  formatRoughSize,
  formatSize,
  lengthOf,
  sameRange,
} from '../../range';
import { changePlacesOf, MAY_CHANGE } from '../../service/values';
import type { Wording } from '../wording';

/** The window, and a line for each region of each OS node and for its kernel text. */
export function mapTable(projects: readonly Wording[]): string {
  const laidOut = projects.filter(({ snapshot }) => snapshot.layout.nodes.length > 0);
  const maps = laidOut.flatMap((wording) => {
    const { file } = wording.snapshot.context.project;
    const heading = laidOut.length > 1 && file ? [`${wording.paths.of(file.uri)}:`] : [];
    return [...heading, ...layoutLines(wording), ''];
  });
  return maps.join('\n');
}

function layoutLines(wording: Wording): readonly string[] {
  const { layout } = wording.snapshot;
  const say = sayIn(wording);
  const { window } = layout;
  const head = say(
    message('cli.window', { window: formatRange(window), size: formatSize(lengthOf(window)) }),
  );
  const changes = new Set(
    layout.nodes.flatMap(({ regions }) => regions.flatMap(changePlacesOf)).map(wording.paths.place),
  );
  const note =
    changes.size > 0
      ? [`${MAY_CHANGE} ${say(message('editor.unless-changed'))} ${[...changes].join(', ')}`]
      : [];
  return [head, '', ...alignedRows(regionRows(layout, wording)), ...note, ...memoryNotes(layout, wording)];
}

function sayIn({ locale, paths }: Pick<Wording, 'locale' | 'paths'>): (text: Message) => string {
  return (text) => render(text, locale, paths.place);
}

function regionRows({ nodes }: Layout, wording: Wording): readonly (readonly string[])[] {
  const say = sayIn(wording);
  const unknown = say(message('editor.unknown'));
  const hex = (value: bigint | undefined) => (value === undefined ? unknown : formatHex(value));
  const ids = [
    'editor.node',
    'cli.source',
    'cli.region',
    'editor.start',
    'editor.end',
    'editor.size',
  ] as const;
  const rows = nodes.flatMap(({ osid, tree, regions, memory, evidence }) => [
    ...regions.map((region, index) => {
      const { name, start, size, end } = region;
      const mark = changePlacesOf(region).length > 0 ? MAY_CHANGE : '';
      return [
        ...(index === 0 ? [`${osid}`, tree.name] : ['', '']),
        name + mark,
        hex(start.value),
        hex(end),
        size.value === undefined ? unknown : `${formatHex(size.value)} (${formatSize(size.value)})`,
      ];
    }),
    ...rangeRows(memory, wording),
    ...kernelTextRow(evidence.kernelText, wording),
  ]);
  return [ids.map((id) => say(message(id))), ...rows];
}

/** What the kernel is told where that is not the regions as RAM. */
function rangeRows(memory: NodeMemory, wording: Wording): readonly (readonly string[])[] {
  if (memory.from === 'regions') return [];
  const differing = memory.ranges.filter(
    ({ range, type, region }) => type !== 'ram' || !region?.range || !sameRange(region.range, range),
  );
  return differing.map(({ range, type, entry }) => {
    const name = message('cli.range', { index: entry?.index ?? 0, type: typeMessage(type) });
    return ['', '', sayIn(wording)(name), ...rangeCells(range)];
  });
}

function rangeCells(range: AddressRange): readonly string[] {
  const size = lengthOf(range);
  return [formatHex(range.start), formatHex(range.end), `${formatHex(size)} (${formatRoughSize(size)})`];
}

/** Who watches whom, and of which nodes regions stand in for the table. */
function memoryNotes(layout: Layout, wording: Wording): readonly string[] {
  return [...layout.watches.map(watchMessage), ...standInMessages(layout)].map(sayIn(wording));
}

function kernelTextRow(text: KernelText | undefined, wording: Wording): readonly (readonly string[])[] {
  if (!text) return [];
  const name = sayIn(wording)(message('cli.kernel-text', { from: wording.paths.of(text.file) }));
  return [['', '', name, ...rangeCells(text.range)]];
}
