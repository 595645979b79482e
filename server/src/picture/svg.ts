/** The picture as one SVG: a sheet for the present state, and one for an earlier state before it. */
import { type Message, message } from '../messages';
import { type AddressRange, formatHex, subtract, union } from '../range';
import { type Axis, createAxis, type Heights, LOW, TALL } from './axis';
import { drawAxes, drawCuts, drawGround, type Mark } from './axis-drawing';
import { drawColumn, noteCount } from './column-drawing';
import { HEADING, type Sheet, sheetsOf } from './geometry';
import { drawLegend, drawTableNote } from './legend';
import { element, type Markup, title } from './markup';
import { BASE, FONT, type Form, LINE, type Page } from './page';
import type { State } from './state';
import { pictureStyle } from './style';
import { pixelsOf } from './text-width';

export interface Picture {
  /** What is. */
  readonly now: State;
  /** What would be, drawn in its place on the axis of what is. */
  readonly trial?: State | undefined;
  /** What was, drawn beside it. */
  readonly before?: { readonly title: string; readonly state: State } | undefined;
  /** `3 OS nodes · 2 overlaps` */
  readonly summary: string;
}

export interface PictureOptions {
  readonly form: Form;
  readonly say: (text: Message) => string;
  /** Pixels that it is made for. */
  readonly width?: number | undefined;
}

const MARGIN = 12;
const LEAST_WIDTH = 420;
/** Between a sheet and the one below it. */
const ROW_GAP = 6;

export function pictureSvg(picture: Picture, { form, say, width }: PictureOptions): string {
  const { before } = picture;
  const now = picture.trial ?? picture.now;
  const shown = before ? [before.state, now] : [now];
  const tall: Page = { form, axis: axisOf(picture, TALL), say };
  const sheets = sheetsOf(shown, before?.state, tall, MARGIN, width);
  const rows = Math.max(...sheets.map(({ row }) => row + 1));
  const page = rows > 1 ? { ...tall, axis: axisOf(picture, LOW) } : tall;
  const caption = form === 'print' ? drawCaption(picture, say) : { markup: [], width: 0, height: 0 };
  const heading = (before ? LINE + 8 : 0) + HEADING;
  const top = MARGIN + caption.height + heading;
  const drawnWidth =
    Math.max(...sheets.map(({ x1 }) => x1), caption.width + 2 * MARGIN, LEAST_WIDTH) + MARGIN;
  const notes = Math.max(
    0,
    ...now.nodes.map((own) => noteCount(own, before?.state)),
    ...(before?.state.nodes ?? []).map((own) => noteCount(own, undefined)),
  );
  const sheetHeight = page.axis.height + LINE + notes * (LINE + 3) + 12;
  const topOf = ({ row }: Sheet) => row * (sheetHeight + heading + ROW_GAP);
  const legendTop = (rows - 1) * (sheetHeight + heading + ROW_GAP) + sheetHeight;
  const legend = drawLegend(shown, before !== undefined, page, MARGIN, legendTop, drawnWidth - 2 * MARGIN);
  const noteTop = legendTop + legend.height;
  const note = drawTableNote(now, page, MARGIN, noteTop, drawnWidth - 2 * MARGIN);
  const height = Math.ceil(top + noteTop + note.height + MARGIN);
  const size = Math.ceil(drawnWidth);
  const drawn = sheets.map((sheet) => drawSheet(sheet, topOf(sheet), picture, page));
  const last = sheets.at(-1);
  return root(
    picture,
    { form, say, size, height, axis: page.axis, top: top + (last ? topOf(last) : 0) },
    ...(form === 'print' ? [element('rect', { class: 'paper', x: 0, y: 0, width: size, height })] : []),
    ...caption.markup,
    element('g', { transform: `translate(0 ${top})` }, ...drawn, ...legend.markup, ...note.markup),
  ).xml;
}

interface Root {
  readonly form: Form;
  readonly say: (text: Message) => string;
  readonly size: number;
  readonly height: number;
  readonly axis: Axis;
  /** Where the axis of what is begins. */
  readonly top: number;
}

function root({ summary }: Picture, given: Root, ...children: readonly Markup[]): Markup {
  const { form, say, size, height, axis, top } = given;
  const label = say(message('picture.title-of', { title: summary }));
  const pieces = axis.pieces.map(({ start, end, y0, y1, kind }) => ({
    y0: Math.round((y0 + top) * 100) / 100,
    y1: Math.round((y1 + top) * 100) / 100,
    start: formatHex(start),
    end: formatHex(end),
    ...(kind === 'linear' ? {} : { [kind]: true }),
  }));
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'memory-map',
    viewBox: `0 0 ${size} ${height}`,
    width: size,
    height,
    role: form === 'editor' ? 'group' : 'img',
    'aria-label': label,
    'data-axis': JSON.stringify(pieces),
  };
  const style = form === 'print' ? [title(label), element('style', {}, pictureStyle('print'))] : [];
  return element('svg', attributes, ...style, patterns(), ...children);
}

/** Hatching tells what colours tell, for printers and eyes without them. */
function patterns(): Markup {
  const pattern = (id: string, size: number, angle: number, ...shapes: readonly Markup[]) =>
    element(
      'pattern',
      {
        id: `kexec-mint-${id}`,
        width: size,
        height: size,
        patternUnits: 'userSpaceOnUse',
        patternTransform: angle === 0 ? undefined : `rotate(${angle})`,
      },
      ...shapes,
    );
  return element(
    'defs',
    {},
    pattern('overlap', 8, 45, element('path', { class: 'overlap-line', d: 'M4 0V8' })),
    pattern('allowed', 7, 0, element('circle', { class: 'allowed-dot', cx: 3.5, cy: 3.5, r: 1.1 })),
    pattern('reserved', 8, 0, element('path', { class: 'reserved-line', d: 'M0 4H8' })),
    pattern('differs', 4, -45, element('path', { class: 'differs-line', d: 'M2 0V4' })),
  );
}

function drawCaption({ summary }: Picture, say: (text: Message) => string) {
  const text = say(message('picture.title'));
  return {
    markup: [
      element('text', { class: 'caption', x: MARGIN, y: MARGIN + 14 }, text),
      element('text', { class: 'summary', x: MARGIN, y: MARGIN + 14 + LINE + 2 }, summary),
    ],
    width: Math.max(pixelsOf(text, 16), pixelsOf(summary, FONT.small)),
    height: 2 * LINE + 16,
  };
}

function drawSheet(sheet: Sheet, top: number, picture: Picture, page: Page): Markup {
  const { before } = picture;
  const isEarlier = before !== undefined && sheet.state === before.state;
  const isLive = page.form === 'editor' && !isEarlier;
  const columns = sheet.columns.map((column) =>
    drawColumn({ state: sheet.state, column, page, before: isEarlier ? undefined : before?.state, isLive }),
  );
  const left = sheet.columns[0]?.x ?? sheet.x0;
  const text = isEarlier ? message('picture.before', { title: before.title }) : message('picture.now');
  const heading = element(
    'text',
    { class: 'sheet-title', x: left, y: -HEADING - LINE - 8 + BASE },
    page.say(text),
  );
  return element(
    'g',
    {
      class: isEarlier ? 'sheet before' : 'sheet now',
      transform: top === 0 ? undefined : `translate(0 ${top})`,
    },
    ...(before ? [heading] : []),
    ...drawGround(sheet, page),
    ...drawAxes(sheet, marksOf(picture), page),
    ...columns,
    ...drawCuts(sheet, page),
  );
}

/**
 * The axis of what is and was. A trial moves nothing on it, so that what is dragged stays under the pointer; only where it
 * leads off the axis, the axis grows.
 */
function axisOf({ now, before, trial }: Picture, heights: Heights): Axis {
  const states = [...(before ? [before.state] : []), now];
  const taken = [
    ...states.map(({ window }) => window),
    ...states.flatMap(({ nodes }) => nodes.flatMap(({ parts }) => parts.map(({ range }) => range))),
  ];
  const seen = states.flatMap(({ nodes }) =>
    nodes.flatMap(({ node, lanes }) => [
      ...lanes.flatMap(({ pieces }) => pieces.map(({ range }) => range)),
      ...(node.evidence.kernelText ? [node.evidence.kernelText.range] : []),
    ]),
  );
  const beyond = subtract(union(seen), union(taken));
  const axis = createAxis([...taken, ...beyond], heights);
  const last = axis.edges.at(-1) ?? 0n;
  const farther = (trial?.nodes ?? []).flatMap(({ parts }) =>
    parts.flatMap(({ range }) => (range.end > last ? [range] : [])),
  );
  return farther.length === 0 ? axis : createAxis([...taken, ...beyond, ...farther], heights);
}

function marksOf({ now, before, trial }: Picture): readonly Mark[] {
  const states = [...(before ? [before.state] : []), trial ?? now];
  const ends = ({ start, end }: AddressRange, kind: Mark['kind']): readonly Mark[] => [
    { address: start, kind },
    { address: end, kind },
  ];
  return states.flatMap(({ window, nodes }) => [
    ...ends(window, 'edge'),
    ...nodes.flatMap(({ node, parts, lanes }) => [
      ...parts.flatMap(({ range }) => ends(range, 'edge')),
      ...parts.flatMap(({ range, isTrial }) =>
        isTrial ? [{ address: range.end, kind: 'trial' as const }] : [],
      ),
      ...lanes.flatMap(({ pieces }) =>
        pieces.flatMap(({ range, kind }) => (kind === 'agrees' ? [] : ends(range, 'minor'))),
      ),
      ...(node.evidence.kernelText ? ends(node.evidence.kernelText.range, 'minor') : []),
    ]),
  ]);
}
