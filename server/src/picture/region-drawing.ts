/** A region as a bar: what it is called, what it shares, the kernel text in it, and its end, which can be moved. */
import type { KernelText } from '../memmap/observed/evidence';
import { message } from '../messages';
import { type AddressRange, contains, formatHex, formatRange } from '../range';
import { interruptions } from './axis';
import type { Column } from './geometry';
import { element, type Markup, title } from './markup';
import { BASE, BOLD, FONT, LINE, type Page } from './page';
import { Slots } from './slots';
import type { AnyRegion, PartState, Shared } from './state';
import { fitted, pixelsOf } from './text-width';
import {
  headingOf,
  joined,
  kernelTextMessage,
  movesOf,
  partners,
  regionsMessage,
  sharedMessage,
  sharedWith,
  sizedMessage,
  sizeOf,
} from './wording';

export interface Bar {
  readonly part: PartState;
  readonly column: Column;
  readonly page: Page;
  /** The region as it was; undefined where there is no earlier state. */
  readonly before: Before | undefined;
  /** A person can reach it and move its end. */
  readonly isLive: boolean;
}

/** `region` undefined: it was not there. */
export interface Before {
  readonly region: AnyRegion | undefined;
}

const PADDING = 6;
const MEBIBYTE = 2 ** 20;
const HIT = 12;

export function drawRegion(bar: Bar): readonly Markup[] {
  const { part, column, isLive, page } = bar;
  const { node, region } = part;
  const text = node.evidence.kernelText;
  const slots = new Slots(page.axis.y(part.range.start), page.axis.y(part.range.end));
  for (const { y0, y1 } of interruptions(page.axis, part.range)) {
    slots.take((y0 + y1) / 2 - 7, (y0 + y1) / 2 + 7);
  }
  const shapes = [
    element('rect', { class: 'ground', ...box(bar, part.range), rx: 2 }),
    element('rect', { class: 'bar', ...box(bar, part.range), rx: 2 }),
    ...(region.kind === 'reserved' ? [hatched(bar, part.range, 'reserved')] : []),
    ...part.shared.map((shared) => drawShared(bar, shared)),
    ...(text && contains(part.range, text.range) ? [drawKernelText(column, part, text, page)] : []),
  ];
  // The region's name has the first choice, what it shares the last.
  const texts = [
    ...nameLines(bar, slots),
    ...moveLines(bar, slots),
    ...(text && contains(part.range, text.range) ? kernelTextLine(bar, text, slots) : []),
    ...part.shared.flatMap((shared) => sharedLine(bar, shared, slots)),
  ];
  const classes = `region ${region.kind}${part.isTrial ? ' trial' : ''}`;
  const own = { class: classes, 'data-node': node.osid, 'data-region': region.name };
  const live = { role: 'button', tabindex: 0, 'aria-label': describe(bar) };
  return [
    isLive
      ? // What is drawn is said in the label, in order.
        element('g', { ...own, ...live }, element('g', { 'aria-hidden': 'true' }, ...shapes, ...texts))
      : element('g', own, ...shapes, ...texts),
    ...(isLive ? [drawEnd(bar)] : []),
  ];
}

function box({ part, column, page: { axis } }: Bar, range: AddressRange) {
  const y = axis.y(range.start);
  return {
    x: column.barX(part),
    y,
    width: column.barWidth,
    height: Math.max(1, axis.y(range.end) - y),
  };
}

function hatched(bar: Bar, range: AddressRange, pattern: string): Markup {
  return element('rect', { ...box(bar, range), fill: `url(#kexec-mint-${pattern})` });
}

function drawShared(bar: Bar, shared: Shared): Markup {
  const pattern = shared.allowed ? 'allowed' : 'overlap';
  return element(
    'g',
    { class: shared.allowed ? 'overlap allowed' : 'overlap' },
    title(bar.page.say(sharedMessage(bar.part, shared))),
    element('rect', { class: 'tint', ...box(bar, shared.range) }),
    hatched(bar, shared.range, pattern),
  );
}

/** A band across the bar of its region, or across the column where it lies in none. */
export function drawKernelText(
  column: Column,
  part: PartState | undefined,
  text: KernelText,
  { axis, say }: Page,
): Markup {
  const y = axis.y(text.range.start);
  const x = part ? column.barX(part) : column.x;
  const height = Math.max(3, axis.y(text.range.end) - y);
  return element(
    'g',
    { class: 'kernel-text' },
    title(say(kernelTextMessage(column.own.node, text))),
    element('rect', { class: 'band', x, y, width: column.barWidth, height }),
  );
}

function line({ part, column }: Bar, top: number, kind: string, text: string): Markup {
  return element('text', { class: kind, x: column.barX(part) + PADDING, y: top + BASE }, text);
}

/** Name and size, and the addresses below them; one line where there is no room for two. */
function nameLines(bar: Bar, slots: Slots): readonly Markup[] {
  const { part, column, page } = bar;
  const room = column.barWidth - 2 * PADDING;
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
    message('picture.whole', { region: part.region.name, size: sizeOf(part.range), range }),
  );
  return [line(bar, top, 'name', pixelsOf(whole, FONT.text) <= room ? whole : fitted(name, FONT.text, room))];
}

/** What is not as it was, near the edge that moved. */
function moveLines(bar: Bar, slots: Slots): readonly Markup[] {
  const { before, part, page } = bar;
  if (!before) return [];
  const was = before.region?.range;
  const bottom = page.axis.y(part.range.end) - LINE - 5;
  const texts = was
    ? movesOf(was, part.range)
    : [message(before.region ? 'picture.was-unknown' : 'picture.new')];
  return texts.flatMap((text, index) => {
    const heights = [bottom - index * LINE, page.axis.y(part.range.start) + 2 * LINE + 4];
    const top = slots.place(heights);
    const said = fitted(page.say(text), FONT.small * BOLD, bar.column.barWidth - 2 * PADDING);
    return top === undefined ? [] : [line(bar, top, 'moved', said)];
  });
}

function kernelTextLine(bar: Bar, { range }: KernelText, slots: Slots): readonly Markup[] {
  const { axis, say } = bar.page;
  const [y0, y1] = [axis.y(range.start), Math.max(axis.y(range.start) + 3, axis.y(range.end))];
  slots.take(y0, y1);
  const top = slots.place([y0 - LINE - 1, y1 + 1]);
  const text = say(message('picture.kernel-text', { size: sizeOf(range) }));
  return top === undefined ? [] : [line(bar, top, 'note', text)];
}

function sharedLine(bar: Bar, shared: Shared, slots: Slots): readonly Markup[] {
  const { axis, say } = bar.page;
  const [y0, y1] = [axis.y(shared.range.start), axis.y(shared.range.end)];
  const middle = (y0 + y1 - LINE) / 2;
  const heights = [middle, y1 - LINE - 6, y0 + 2].filter((top) => top >= y0 && top + LINE <= y1 + 1);
  const top = slots.place(heights);
  const text = fitted(say(sharedWith(shared)), FONT.small, bar.column.barWidth - 2 * PADDING);
  return top === undefined ? [] : [line(bar, top, 'note', text)];
}

/** The bar in words, for those who do not see it. */
function describe({ part, page, before }: Bar): string {
  const { node, region, range } = part;
  const shared = partners(part);
  const text = node.evidence.kernelText;
  const was = before?.region?.range;
  const parts = [
    headingOf(node),
    region.name,
    formatRange(range),
    sizeOf(range),
    ...(region.kind === 'reserved' ? [message('picture.is-reserved')] : []),
    ...(shared.length > 0 ? [message('picture.overlaps', { regions: regionsMessage(shared) })] : []),
    ...(text && contains(range, text.range)
      ? [message('picture.holds', { range: formatRange(text.range) })]
      : []),
    ...(was ? movesOf(was, range) : []),
    ...(part.isTrial ? [message('picture.is-trial')] : []),
  ];
  const joinedParts = joined(parts);
  return typeof joinedParts === 'string' ? joinedParts : page.say(joinedParts);
}

/** What takes hold of a region's end. */
function drawEnd({ part, column, page }: Bar): Markup {
  const { node, region, range } = part;
  const y = page.axis.y(range.end);
  const [x, width] = [column.barX(part), column.barWidth];
  const last = page.axis.edges.at(-1) ?? range.end;
  const mebibytes = (address: bigint) => Number(address) / MEBIBYTE;
  return element(
    'g',
    {
      class: 'end',
      'data-node': node.osid,
      'data-region': region.name,
      'data-start': formatHex(range.start),
      'data-end': formatHex(range.end),
      role: 'slider',
      tabindex: 0,
      'aria-label': page.say(message('picture.end-of', { osid: node.osid, region: region.name })),
      'aria-orientation': 'vertical',
      'aria-valuemin': String(mebibytes(range.start)),
      'aria-valuenow': String(mebibytes(range.end)),
      'aria-valuemax': String(mebibytes(last > range.end ? last : range.end)),
      'aria-valuetext': formatHex(range.end),
    },
    title(page.say(message('picture.end-of', { osid: node.osid, region: region.name }))),
    element('rect', { class: 'hit', x, y: y - HIT / 2, width, height: HIT }),
    element('rect', { class: 'grip', x: x + width / 2 - 14, y: y - 2.5, width: 28, height: 4, rx: 2 }),
  );
}
