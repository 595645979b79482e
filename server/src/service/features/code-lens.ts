/** Code lenses: the layout in one line above the block that sets it, and each region's range for each OS node. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeLens, Command } from 'vscode-languageserver-types';
import { groupBy } from '../../group-by';
import { statementOf } from '../../memmap/places';
import { watchSummaries } from '../../memmap/wording';
import { type Locale, message, render } from '../../messages';
import {
  OPEN_MAP_COMMAND,
  type OpenMapArguments,
  SHOW_REGION_COMMAND,
  type ShowRegionArguments,
} from '../../protocol';
import { formatRange } from '../../range';
import { locationOf } from '../positions';
import { settingsIn } from '../region-places';
import { regionsNamed, seenIn } from '../seen-in';
import type { Snapshot } from '../snapshot';
import { nodesCounted, overlapsCounted } from '../summary';
import { rangeAndSize, rangeText } from '../values';

/** Kexec-Mint's own comment above the lines that people edit. */
const BLOCK_COMMENT = 'Modify following three params to setup memmap';

/** So many different ranges fit in a lens; a layout of more nodes is cut. */
const MOST_RANGES = 8;

export function codeLenses(snapshot: Snapshot, file: string, locale: Locale): readonly CodeLens[] {
  const document =
    snapshot.isServed(file) && snapshot.settings.codeLens ? snapshot.document(file) : undefined;
  if (!document || snapshot.nodesReading(file).length === 0) return [];
  const regions = groupBy(settingsIn(snapshot, file), ({ region }) => region);
  const firstPlaces = [...regions].map(([region, [first]]) => ({ region, at: first.place.start }));
  const comment = document.getText().indexOf(BLOCK_COMMENT);
  const block = comment >= 0 ? comment : firstPlaces[0]?.at;
  const lenses = firstPlaces.map(({ region, at }) =>
    lens(document, at, regionCommand(snapshot, document, at, region, locale)),
  );
  if (block === undefined) return lenses;
  const title = layoutTitle(snapshot, locale);
  const args: OpenMapArguments = { uri: document.uri };
  return [lens(document, block, { title, command: OPEN_MAP_COMMAND, arguments: [args] }), ...lenses];
}

function lens(document: TextDocument, at: number, command: Command): CodeLens {
  const start = document.positionAt(at);
  return { range: { start, end: start }, command };
}

/** `3 OS nodes · window 0x20000000–0x68000000 · no overlap · OS node 0 watches OS node 1` */
function layoutTitle({ layout, context }: Snapshot, locale: Locale): string {
  const title = message('editor.layout', {
    nodes: nodesCounted(layout),
    window: formatRange(layout.window),
    overlaps: overlapsCounted(context),
  });
  return [title, ...watchSummaries(layout)].map((text) => render(text, locale)).join(' · ');
}

function regionCommand(
  snapshot: Snapshot,
  document: TextDocument,
  at: number,
  name: string,
  locale: Locale,
): Command {
  const statements = snapshot.layout.nodes.flatMap((node) => {
    const region = node.regions.find((candidate) => candidate.name === name);
    return region
      ? [statementOf(region.start), statementOf(region.size)].flatMap((place) => place ?? [])
      : [];
  });
  const locations = statements.map((place) => locationOf(snapshot, place));
  const args: ShowRegionArguments = {
    uri: document.uri,
    position: document.positionAt(at),
    locations: [...groupBy(locations, (location) => JSON.stringify(location)).values()].map(([one]) => one),
  };
  return {
    title: regionTitle(snapshot, document.uri, name, locale),
    command: SHOW_REGION_COMMAND,
    arguments: [args],
  };
}

/**
 * `region3 · 0: 0x20000000–0x38000000 · 1: … · seen in os0.iomem`; the size in words where there is one range only, the
 * dumps of the nodes whose file it is.
 */
function regionTitle(snapshot: Snapshot, file: string, name: string, locale: Locale): string {
  const regions = regionsNamed(snapshot.layout.nodes, name);
  const ranges = regions.map(({ node, region }) => ({
    osid: node.osid,
    region,
    text: rangeText(region, locale),
  }));
  const groups = [...groupBy(ranges, ({ text }) => text)];
  const seen = seenIn(regionsNamed(snapshot.nodesReading(file), name));
  const evidence = seen ? [render(seen, locale)] : [];
  const [only, ...others] = groups;
  if (only && others.length === 0) {
    return [name, ...rangeAndSize(only[1][0].region, locale), ...evidence].join(' · ');
  }
  const shown = groups
    .slice(0, MOST_RANGES)
    .map(([text, nodes]) => `${nodes.map(({ osid }) => osid).join(', ')}: ${text}`);
  const rest = groups.length - shown.length;
  const more = rest > 0 ? [render(message('editor.more', { count: rest }), locale)] : [];
  return [name, ...shown, ...more, ...evidence].join(' · ');
}
