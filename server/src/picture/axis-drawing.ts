/** The axis beside a sheet's columns: every address at which something begins or ends, breaks, and the window. */
import { message } from '../messages';
import { type AddressRange, formatHex, formatRange } from '../range';
import { pushApart } from './axis';
import { BRACKET, HEADING, LEADER, type Sheet } from './geometry';
import { element, type Markup, title } from './markup';
import { FONT, LINE, type Page } from './page';
import { pixelsOf } from './text-width';
import { sizeOf } from './wording';

/** An address to be labelled. */
export interface Mark {
  readonly address: bigint;
  /** `minor`: of what lies inside regions, left out where there is no room. `trial`: where somebody tries to end a region. */
  readonly kind: 'edge' | 'minor' | 'trial';
}

/** Between the base lines of two labels. */
const DISTANCE = 13;
const TICK = 5;
const TOOTH = 6;

/** Behind the columns: the window's band, what no node has of it, and a line at every edge. */
export function drawGround(sheet: Sheet, page: Page): readonly Markup[] {
  const { axis } = page;
  const { window, gaps } = sheet.state;
  const [x, width] = [sheet.x0, sheet.x1 - sheet.x0];
  const y = axis.y(window.start);
  return [
    element('rect', { class: 'window', x, y, width, height: axis.y(window.end) - y }),
    ...axis.edges.map((edge) =>
      element('line', { class: 'guide', x1: x, x2: x + width, y1: axis.y(edge), y2: axis.y(edge) }),
    ),
    ...gaps.map((gap) => drawGap(sheet, gap, page)),
  ];
}

function drawGap(sheet: Sheet, gap: AddressRange, { axis, say }: Page): Markup {
  const x = sheet.x0 + BRACKET - 4;
  const [y0, y1] = [axis.y(gap.start), axis.y(gap.end)];
  const text = say(message('picture.gap', { size: sizeOf(gap) }));
  return element(
    'g',
    { class: 'gap' },
    title(say(message('picture.gap-at', { range: formatRange(gap), size: sizeOf(gap) }))),
    element('rect', { class: 'void', x, y: y0 + 1, width: sheet.x1 - x, height: Math.max(1, y1 - y0 - 2) }),
    element('text', { class: 'note', x: x + 10, y: (y0 + y1) / 2 + 4 }, text),
  );
}

/** Lines, labels and leader lines of each axis, and the window's bracket at the first. */
export function drawAxes(sheet: Sheet, marks: readonly Mark[], page: Page): readonly Markup[] {
  return [
    ...sheet.axes.flatMap((x) => [drawLine(x, page), ...drawLabels(x, marks, page)]),
    ...drawBracket(sheet, page),
  ];
}

/** Over the columns: a zigzag through all that is not to scale. */
export function drawCuts(sheet: Sheet, { axis }: Page): readonly Markup[] {
  return axis.pieces.flatMap(({ kind, y0, y1 }) => {
    if (kind === 'linear') return [];
    const path = zigzag(sheet.x0 - 9, sheet.x1, (y0 + y1) / 2);
    return [element('path', { class: 'cut-ground', d: path }), element('path', { class: kind, d: path })];
  });
}

function zigzag(x0: number, x1: number, y: number): string {
  const steps = Math.max(2, Math.round((x1 - x0) / TOOTH));
  const points = Array.from({ length: steps + 1 }, (_, index) => {
    const height = index === 0 || index === steps ? 0 : index % 2 === 1 ? -3 : 3;
    return `${Math.round((x0 + ((x1 - x0) * index) / steps) * 10) / 10} ${Math.round((y + height) * 10) / 10}`;
  });
  return `M${points.join('L')}`;
}

function drawLine(x: number, { axis }: Page): Markup {
  return element('line', { class: 'axis', x1: x, x2: x, y1: 0, y2: axis.height });
}

function drawLabels(x: number, marks: readonly Mark[], page: Page): readonly Markup[] {
  const { axis } = page;
  const shown = chosen(marks, axis.height);
  const heights = shown.map(({ address }) => axis.y(address));
  // The first and last label may stand out by half a line.
  const spread = pushApart(
    heights.map((y) => y + DISTANCE / 2),
    DISTANCE,
    axis.height + DISTANCE,
  ).map((y) => y - DISTANCE / 2);
  return shown.flatMap(({ address, kind }, index) => {
    const [y, at] = [heights[index] ?? 0, spread[index] ?? 0];
    const classes = kind === 'edge' ? 'address' : `address ${kind}`;
    const label = {
      class: classes,
      x: x - LEADER,
      y: at + 4,
      'text-anchor': 'end',
      'data-address': formatHex(address),
    };
    return [
      element('polyline', {
        class: kind === 'edge' ? 'leader' : `leader ${kind}`,
        points: `${x - LEADER + 3},${round(at)} ${x - TICK - 4},${round(y)} ${x},${round(y)}`,
      }),
      element('text', label, formatHex(address)),
    ];
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Ascending, each address once: minor ones only where there is room for all. */
function chosen(marks: readonly Mark[], height: number): readonly Mark[] {
  const rank = { trial: 0, edge: 1, minor: 2 } as const;
  const best = new Map<bigint, Mark>();
  for (const mark of [...marks].sort((a, b) => rank[b.kind] - rank[a.kind])) best.set(mark.address, mark);
  const all = [...best.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
  const hasRoom = all.length * DISTANCE <= height;
  return hasRoom ? all : all.filter(({ kind }) => kind !== 'minor');
}

function drawBracket(sheet: Sheet, { axis, say }: Page): readonly Markup[] {
  const { window } = sheet.state;
  const [y0, y1] = [axis.y(window.start), axis.y(window.end)];
  const x = sheet.x0 + BRACKET - 10;
  const text = say(message('picture.window', { size: sizeOf(window) }));
  const range = formatRange(window);
  const path = `M${x + 4} ${y0}H${x}V${y1}H${x + 4}`;
  const fits = pixelsOf(text, FONT.small) + LINE < y1 - y0;
  const middle = (y0 + y1) / 2;
  const label = element(
    'text',
    {
      class: 'window-label',
      x: x - 4,
      y: middle,
      'text-anchor': 'middle',
      transform: `rotate(-90 ${x - 4} ${round(middle)})`,
    },
    text,
  );
  return [
    element(
      'g',
      { class: 'window-mark' },
      title(say(message('picture.legend.window', { range, size: sizeOf(window) }))),
      element('path', { class: 'bracket', d: path }),
      ...(fits ? [label] : []),
    ),
  ];
}

/** Where the headings' first line stands, above the axis' top. */
export const HEADING_TOP = -HEADING;
