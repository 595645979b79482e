/** The picture of a layout beside an earlier one, and what a page around it needs. */
import { type Locale, type Message, render } from '../../messages';
import { differ, type PictureContext, stateOf, type Trial, tried } from '../../picture/state';
import { type Picture as Drawing, pictureSvg } from '../../picture/svg';
import { parseAddress } from '../../project/numbers';
import type { ExportParams, PictureParams, PictureResult } from '../../protocol';
import { summaryMessage } from '../counts';
import { locationOf, placeText } from '../positions';
import { settingsOf } from '../region-places';
import type { Snapshot } from '../snapshot';

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
  const context = wanted ? tried(snapshot.context, wanted) : snapshot.context;
  const drawing = drawingOf(snapshot.context, before, locale, wanted && { context, trial: wanted });
  const say = sayIn(snapshot, locale);
  return {
    svg: pictureSvg(drawing, { form: 'editor', say, width }),
    tables: [],
    summary: drawing.summary,
    regions: regionsIn(snapshot),
    ...(drawing.before ? { changed: differ(drawing.before.state, drawing.now) } : {}),
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
  const drawing = drawingOf(snapshot.context, before, locale);
  const say = sayIn(snapshot, locale);
  return format === 'svg' ? pictureSvg(drawing, { form: 'print', say }) : undefined;
}

function sayIn(snapshot: Snapshot, locale: Locale): (text: Message) => string {
  return (text) => render(text, locale, placeText(snapshot));
}

function drawingOf(
  context: PictureContext,
  before: Earlier | undefined,
  locale: Locale,
  trial?: { readonly context: PictureContext; readonly trial: Trial },
): Drawing {
  return {
    now: stateOf(context),
    trial: trial && stateOf(trial.context, trial.trial),
    before: before && { title: before.title, state: stateOf(before.snapshot.context) },
    summary: render(summaryMessage(trial?.context ?? context), locale),
  };
}

function regionsIn(snapshot: Snapshot): Picture['regions'] {
  return snapshot.layout.nodes.flatMap((node) =>
    node.regions.map(({ name }) => ({
      osid: node.osid,
      region: name,
      places: settingsOf(node)
        .filter(({ region }) => region === name)
        .map(({ place }) => locationOf(snapshot, place))
        .reverse(),
    })),
  );
}
