/** The lines of text in a bar, each where the others leave it room. */
import type { KernelText } from '../memmap/observed/evidence';
import { type Message, message } from '../messages';
import { type AddressRange, contains, formatRange } from '../range';
import { interruptions } from './axis';
import { element, type Markup } from './markup';
import { BASE, BOLD, FONT, LINE, STRIPE } from './page';
import type { Bar } from './region-drawing';
import { Slots } from './slots';
import { fitted, pixelsOf } from './text-width';
import {
  movesOf,
  partName,
  sharedWith,
  sizedMessage,
  sizeOf,
  variablesMessage,
  watchesMessage,
} from './wording';

const PADDING = 6;

/** The name has the first choice, what others have of it the last. */
export function barTexts(bar: Bar): readonly Markup[] {
  const { axis } = bar.page;
  const { part } = bar;
  const text = part.node.evidence.kernelText;
  const slots = new Slots(axis.y(part.range.start), axis.y(part.range.end));
  for (const { y0, y1 } of interruptions(axis, part.range)) {
    slots.take((y0 + y1) / 2 - 7, (y0 + y1) / 2 + 7);
  }
  return [
    ...nameLines(bar, slots),
    ...moveLines(bar, slots),
    ...(text && contains(part.range, text.range) ? kernelTextLine(bar, text, slots) : []),
    ...part.shared.flatMap((shared) => pieceLine(bar, shared.range, sharedWith(shared), slots)),
    ...part.watching.flatMap((watching) => pieceLine(bar, watching.range, watchesMessage(watching), slots)),
  ];
}

function line(bar: Bar, top: number, kind: string, text: string): Markup {
  return element('text', { class: kind, x: bar.column.barX(bar.part) + indent(bar), y: top + BASE }, text);
}

/** Texts stand beside the stripe. */
function indent({ part }: Bar): number {
  return PADDING + (part.watching.length > 0 ? STRIPE : 0);
}

function room(bar: Bar): number {
  return bar.column.barWidth - indent(bar) - PADDING;
}

/** Name and size, and the addresses below them; one line where there is no room for two. */
function nameLines(bar: Bar, slots: Slots): readonly Markup[] {
  const { part, page } = bar;
  const y0 = page.axis.y(part.range.start);
  const height = page.axis.y(part.range.end) - y0;
  const name = page.say(sizedMessage(part));
  const range = formatRange(part.range);
  if (height >= 2 * LINE + 3) {
    const top = slots.place([y0 + 3, y0 + 1, y0 + height - 2 * LINE - 3], 2 * LINE) ?? y0 + 3;
    return [line(bar, top, 'name', name), line(bar, top + LINE, 'range', range)];
  }
  const top = y0 + Math.max(0, (height - LINE) / 2);
  slots.take(top, top + LINE);
  const whole = page.say(
    message('picture.whole', { region: partName(part), size: sizeOf(part.range), range }),
  );
  return [
    line(
      bar,
      top,
      'name',
      pixelsOf(whole, FONT.text) <= room(bar) ? whole : fitted(name, FONT.text, room(bar)),
    ),
  ];
}

/** What is not as it was, or not as its variables have it; moves by their difference where the edges have no room. */
function changes(bar: Bar): readonly string[] {
  const { before, part, page } = bar;
  const said = (messages: readonly Message[]) => messages.map((each) => page.say(each));
  const variables = variablesMessage(part);
  const was = before?.counterpart?.range;
  const edges = was ? said(movesOf(was, part.range)) : [];
  const moves =
    was && !edges.every((text) => fits(bar, text)) ? said(movesOf(was, part.range, 'difference')) : edges;
  const isKnown = before?.counterpart !== undefined;
  const first = before && !was ? [message(isKnown ? 'picture.was-unknown' : 'picture.new')] : [];
  return [...moves, ...said([...first, ...(variables ? [variables] : [])])];
}

function fits(bar: Bar, text: string): boolean {
  return pixelsOf(text, FONT.small * BOLD) <= room(bar);
}

/** Near the edge that moved. */
function moveLines(bar: Bar, slots: Slots): readonly Markup[] {
  const { part, page } = bar;
  const bottom = page.axis.y(part.range.end) - LINE - 5;
  return changes(bar).flatMap((text, index) => {
    const heights = [bottom - index * LINE, page.axis.y(part.range.start) + 2 * LINE + 4];
    const top = slots.place(heights);
    return top === undefined ? [] : [line(bar, top, 'moved', fitted(text, FONT.small * BOLD, room(bar)))];
  });
}

function kernelTextLine(bar: Bar, { range }: KernelText, slots: Slots): readonly Markup[] {
  const { axis, say } = bar.page;
  const [y0, y1] = [axis.y(range.start), Math.max(axis.y(range.start) + 3, axis.y(range.end))];
  slots.take(y0, y1);
  const top = slots.place([y0 - LINE - 1, y1 + 1]);
  const sized = say(message('picture.kernel-text', { size: sizeOf(range) }));
  const text = pixelsOf(sized, FONT.small) <= room(bar) ? sized : say(message('picture.legend.kernel-text'));
  return top === undefined ? [] : [line(bar, top, 'note', fitted(text, FONT.small, room(bar)))];
}

/** What others have of a piece of it, near the middle of the piece. */
function pieceLine(bar: Bar, range: AddressRange, said: Message, slots: Slots): readonly Markup[] {
  const { axis, say } = bar.page;
  const [y0, y1] = [axis.y(range.start), axis.y(range.end)];
  const middle = (y0 + y1 - LINE) / 2;
  const heights = [middle, y1 - LINE - 6, y0 + 2].filter((top) => top >= y0 && top + LINE <= y1 + 1);
  const top = slots.place(heights);
  const text = fitted(say(said), FONT.small, room(bar));
  return top === undefined ? [] : [line(bar, top, 'note', text)];
}
