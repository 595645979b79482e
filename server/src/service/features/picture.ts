/** The picture of a layout beside an earlier one, and what a page around it needs. */
import type { RuleContext } from '../../memmap/context';
import { type Trial, tried } from '../../memmap/trial';
import { type Locale, message, render } from '../../messages';
import { rangeKey } from '../../picture/region-drawing';
import { differ, type State, stateOf } from '../../picture/state';
import { type Picture as Drawing, pictureSvg } from '../../picture/svg';
import { alignedRows } from '../../picture/text-table';
import { parseAddress } from '../../project/numbers';
import type { ExportParams, PictureParams, PictureResult } from '../../protocol';
import { formatRange, formatRoughSize, lengthOf } from '../../range';
import { escapeMarkdown, table } from '../markdown';
import { pictureTables, type Say } from '../picture-tables';
import { locationOf, placeText } from '../positions';
import { regionLocations } from '../region-places';
import type { Snapshot } from '../snapshot';
import { summaryOf } from '../summary';

/** An earlier state of the same project. */
export interface Earlier {
  /** What it is, in the session's language: `the last commit`. */
  readonly title: string;
  readonly snapshot: Snapshot;
}

export type Picture = Omit<PictureResult, 'uri' | 'projects' | 'files'>;

/** Undefined where the project has no OS nodes. */
export function picture(
  snapshot: Snapshot,
  before: Earlier | undefined,
  { trial, width }: Pick<PictureParams, 'trial' | 'width'>,
  locale: Locale,
): Picture | undefined {
  if (snapshot.layout.nodes.length === 0) return undefined;
  const end = trial && parseAddress(trial.end);
  const wanted = trial && end !== undefined ? { ...trial, end } : undefined;
  const context = wanted && tried(snapshot.context, wanted);
  const other = whereOther(snapshot, before);
  const drawing = drawingOf(snapshot.context, other, locale, context && { context, trial: wanted });
  const say = sayIn(snapshot, locale);
  return {
    svg: pictureSvg(drawing, { form: 'editor', say, width }),
    tables: pictureTables(drawing, say),
    summary: drawing.summary,
    regions: [...regionsIn(snapshot), ...rangesIn(snapshot, drawing.trial ?? drawing.now)],
    ...(before ? { changed: other !== undefined } : {}),
  };
}

/** For a report; undefined where the project has no OS nodes. */
export function exportPicture(
  snapshot: Snapshot,
  before: Earlier | undefined,
  format: ExportParams['format'],
  locale: Locale,
): string | undefined {
  if (snapshot.layout.nodes.length === 0) return undefined;
  const drawing = drawingOf(snapshot.context, whereOther(snapshot, before), locale);
  const say = sayIn(snapshot, locale);
  if (format === 'svg') return pictureSvg(drawing, { form: 'print', say });
  return (format === 'markdown' ? markdownOf : textOf)(drawing, say);
}

/** The earlier state where it is another one: two sheets that are alike would say less than one. */
function whereOther(snapshot: Snapshot, before: Earlier | undefined): Earlier | undefined {
  const isOther = before && differ(stateOf(before.snapshot.context), stateOf(snapshot.context));
  return isOther ? before : undefined;
}

/** A heading, what the window is, and the tables. */
function markdownOf(drawing: Drawing, say: Say): string {
  const tables = pictureTables(drawing, say).map(({ title, head, rows, note }) => {
    const cells = table(
      head.map(escapeMarkdown),
      rows.map((row) => row.map(escapeMarkdown)),
    );
    return paragraphs(drawing.before && `## ${escapeMarkdown(title)}`, cells, note && escapeMarkdown(note));
  });
  const [title, ...lines] = headingLines(drawing, say);
  return [`# ${escapeMarkdown(title ?? '')}`, ...lines.map(escapeMarkdown), ...tables].join('\n\n');
}

/** The same in aligned columns. */
function textOf(drawing: Drawing, say: Say): string {
  const tables = pictureTables(drawing, say).map(({ title, head, rows, note }) => {
    const lines = alignedRows([head, ...rows]).join('\n');
    return paragraphs(drawing.before && title, lines, note);
  });
  return [headingLines(drawing, say).join('\n'), ...tables].join('\n\n');
}

function paragraphs(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join('\n\n');
}

function headingLines({ now: { window }, summary }: Drawing, say: Say): readonly string[] {
  const given = message('cli.window', {
    window: formatRange(window),
    size: formatRoughSize(lengthOf(window)),
  });
  return [say(message('picture.title')), summary, say(given)];
}

function sayIn(snapshot: Snapshot, locale: Locale): Say {
  return (text) => render(text, locale, placeText(snapshot));
}

function drawingOf(
  context: RuleContext,
  before: Earlier | undefined,
  locale: Locale,
  trial?: { readonly context: RuleContext; readonly trial: Trial },
): Drawing {
  return {
    now: stateOf(context),
    trial: trial && stateOf(trial.context, trial.trial),
    before: before && { title: before.title, state: stateOf(before.snapshot.context) },
    summary: summaryOf(trial?.context ?? context, locale),
  };
}

function regionsIn(snapshot: Snapshot): Picture['regions'] {
  return snapshot.layout.nodes.flatMap((node) =>
    node.regions.map((region) => ({
      osid: node.osid,
      region: region.name,
      places: regionLocations(snapshot, node, region),
    })),
  );
}

function rangesIn(snapshot: Snapshot, { nodes }: State): Picture['regions'] {
  return nodes.flatMap(({ node: { osid }, parts }) =>
    parts.flatMap(({ region, range, place: { start, end } }) => {
      const places = start === end ? [start] : [start, end];
      return region
        ? []
        : [{ osid, region: rangeKey(range), places: places.map((place) => locationOf(snapshot, place)) }];
    }),
  );
}
