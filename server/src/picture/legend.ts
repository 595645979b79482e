/** What the patterns that occur mean. */
import { type Message, message } from '../messages';
import { formatRange } from '../range';
import { element, type Markup, title } from './markup';
import { BASE, FONT, LINE, type Page, STRIPE } from './page';
import type { State } from './state';
import { fitted, pixelsOf } from './text-width';
import { sizeOf, withoutTableMessage } from './wording';

interface Item {
  readonly text: Message;
  /** Shapes in a box of SWATCH by 12 pixels. */
  readonly swatch: (x: number, y: number) => readonly Markup[];
}

const SWATCH = 22;
const GAP = 20;
const ROW = LINE + 6;

/** Texts below the sheet. */
export interface Legend {
  readonly markup: readonly Markup[];
  readonly height: number;
}

export function drawLegend(
  states: readonly State[],
  hasBefore: boolean,
  page: Page,
  left: number,
  top: number,
  width: number,
): Legend {
  let [x, y] = [left, top];
  const markup = itemsOf(states, hasBefore, page).map(({ text, swatch }) => {
    const said = page.say(text);
    const length = Math.ceil(SWATCH + 6 + pixelsOf(said, FONT.small));
    if (x > left && x + length > left + width) [x, y] = [left, y + ROW];
    const item = element(
      'g',
      { class: 'legend' },
      ...swatch(x, y + 1),
      element('text', { class: 'note', x: x + SWATCH + 6, y: y + BASE - 1 }, said),
    );
    x += length + GAP;
    return item;
  });
  return { markup, height: y + ROW - top };
}

/** That regions stand in for kexec's table, and why where the pointer rests. */
export function drawTableNote(state: State, { say }: Page, left: number, top: number, width: number): Legend {
  const found = withoutTableMessage(state);
  if (!found) return { markup: [], height: 0 };
  const said = fitted(say(found.said), FONT.small, width);
  const note = element('text', { class: 'note', x: left, y: top + BASE }, title(say(found.why)), said);
  return { markup: [element('g', { class: 'without-table' }, note)], height: ROW };
}

function itemsOf(states: readonly State[], hasBefore: boolean, { axis }: Page): readonly Item[] {
  const nodes = states.flatMap((state) => state.nodes);
  const parts = nodes.flatMap((node) => node.parts);
  const shared = parts.flatMap((part) => part.shared);
  const lanes = nodes.flatMap((node) => node.lanes.flatMap((lane) => lane.pieces));
  const [window] = states.map((state) => state.window);
  const occurring: readonly (readonly [boolean, Message, Item['swatch']])[] = [
    [parts.some(({ type }) => type === 'ram'), message('picture.legend.ram'), region('ram')],
    [parts.some(({ type }) => type !== 'ram'), message('picture.legend.reserved'), region('reserved')],
    [parts.some(({ watching }) => watching.length > 0), message('picture.legend.watch'), watch],
    [shared.some(({ allowed }) => !allowed), message('picture.legend.overlap'), overlap('overlap')],
    [shared.some(({ allowed }) => allowed), message('picture.legend.allowed'), overlap('overlap allowed')],
    [
      nodes.some(({ node }) => node.evidence.kernelText !== undefined),
      message('picture.legend.kernel-text'),
      (x, y) => [element('g', { class: 'kernel-text' }, rect('band', x, y + 3, 5))],
    ],
    [lanes.some(({ kind }) => kind === 'agrees'), message('picture.legend.agrees'), lane('evidence agrees')],
    [
      lanes.some(({ kind }) => kind === 'surplus' || kind === 'missing'),
      message('picture.legend.differs'),
      lane('evidence differs surplus', 'differs'),
    ],
    [
      states.some(({ gaps }) => gaps.length > 0),
      message('picture.legend.gap'),
      (x, y) => [element('g', { class: 'gap' }, rect('void', x, y))],
    ],
    [hasBefore, message('picture.legend.before'), (x, y) => [rect('was', x, y)]],
    [parts.some(({ isTrial }) => isTrial), message('picture.legend.trial'), region('ram trial')],
    [
      axis.pieces.some(({ kind }) => kind !== 'linear'),
      message('picture.legend.cut'),
      (x, y) => [element('path', { class: 'break', d: `M${x} ${y + 6}l4 -3l5 6l5 -6l4 3` })],
    ],
  ];
  const items = occurring.flatMap(([occurs, text, swatch]) => (occurs ? [{ text, swatch }] : []));
  if (!window) return items;
  const text = message('picture.legend.window', { range: formatRange(window), size: sizeOf(window) });
  return [...items, { text, swatch: (x, y) => [rect('window', x, y)] }];
}

function rect(kind: string | undefined, x: number, y: number, height = 12, fill?: string): Markup {
  return element('rect', { class: kind, x, y, width: SWATCH, height, fill });
}

function region(kind: string): Item['swatch'] {
  const isReserved = kind === 'reserved';
  return (x, y) => [
    element(
      'g',
      { class: `region ${kind}` },
      rect('bar', x, y),
      ...(isReserved ? [rect(undefined, x, y, 12, 'url(#kexec-mint-reserved)')] : []),
    ),
  ];
}

function watch(x: number, y: number): readonly Markup[] {
  const stripe = element('rect', { class: 'stripe', x, y, width: STRIPE, height: 12 });
  return [...region('reserved')(x, y), element('g', { class: 'watch' }, stripe)];
}

function overlap(kind: string): Item['swatch'] {
  const pattern = kind === 'overlap' ? 'overlap' : 'allowed';
  return (x, y) => [
    element(
      'g',
      { class: 'region ram' },
      rect('bar', x, y),
      element(
        'g',
        { class: kind },
        rect('tint', x, y),
        rect(undefined, x, y, 12, `url(#kexec-mint-${pattern})`),
      ),
    ),
  ];
}

function lane(kind: string, pattern?: string): Item['swatch'] {
  return (x, y) => {
    const shape = { x: x + 8, y, width: 6, height: 12 };
    return [
      element(
        'g',
        { class: kind },
        element('rect', { class: 'shown', ...shape }),
        ...(pattern ? [element('rect', { ...shape, fill: `url(#kexec-mint-${pattern})` })] : []),
      ),
    ];
  };
}
