/** Memory of a node as a bar: a region or a range, what others do with it, the kernel text in it, and its end, which can be moved. */
import type { Region } from '../memmap/layout';
import type { KernelText } from '../memmap/observed/evidence';
import { canMove } from '../memmap/trial';
import { message } from '../messages';
import { type AddressRange, contains, formatHex, formatRange } from '../range';
import type { Column } from './geometry';
import { element, type Markup, title } from './markup';
import { type Page, STRIPE } from './page';
import { barTexts } from './region-texts';
import type { Shared, Watching } from './sharing';
import type { Counterpart, PartState } from './state';
import {
  headingOf,
  joined,
  kernelTextMessage,
  movesOf,
  partName,
  partners,
  regionsMessage,
  sharedMessage,
  sizeOf,
  typeMessage,
  variablesMessage,
  watchingMessage,
  watchMessages,
} from './wording';

export interface Bar {
  readonly part: PartState;
  readonly column: Column;
  readonly page: Page;
  /** The part as it was; undefined where there is no earlier state. */
  readonly before: Before | undefined;
  /** A person can reach it and move its end. */
  readonly isLive: boolean;
}

/** Undefined in it: there was nothing of the kind. */
export interface Before {
  readonly counterpart: Counterpart | undefined;
}

const MEBIBYTE = 2 ** 20;
const HIT = 12;

export function drawRegion(bar: Bar): readonly Markup[] {
  const { part, column, isLive, page } = bar;
  const { node, region } = part;
  const text = node.evidence.kernelText;
  const isRam = part.type === 'ram';
  const shapes = [
    element('rect', { class: 'ground', ...box(bar, part.range), rx: 2 }),
    element('rect', { class: 'bar', ...box(bar, part.range), rx: 2 }),
    ...(isRam ? [] : [hatched(bar, part.range, 'reserved')]),
    ...part.watching.map((watching) => drawWatching(bar, watching)),
    ...part.shared.map((shared) => drawShared(bar, shared)),
    ...(text && contains(part.range, text.range) ? [drawKernelText(column, part, text, page)] : []),
  ];
  const classes = `region ${isRam ? 'ram' : 'reserved'}${region ? '' : ' range'}${part.isTrial ? ' trial' : ''}`;
  const own = {
    class: classes,
    'data-node': node.osid,
    'data-region': region?.name ?? rangeKey(part.range),
  };
  const live = { role: 'button', tabindex: 0, 'aria-label': describe(bar) };
  return [
    element('g', isLive ? { ...own, ...live } : own, ...shapes, ...barTexts(bar)),
    ...(isLive && region && hasOwnEnd(part, region) ? [drawEnd(bar, region)] : []),
  ];
}

/** Not where kexec's table has another end than the region's variables: nobody moves that by its size alone. */
function hasOwnEnd({ node, range }: PartState, region: Region): boolean {
  return region.end === range.end && canMove(node, region);
}

/** Names a range that is no region: `0x38000000-0x68000000`, end exclusive. */
export function rangeKey({ start, end }: AddressRange): string {
  return `${formatHex(start)}-${formatHex(end)}`;
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

/** A stripe, for eyes and printers without colours. */
function drawWatching(bar: Bar, watching: Watching): Markup {
  const { height, ...area } = box(bar, watching.range);
  return element(
    'g',
    { class: 'watch' },
    title(bar.page.say(watchingMessage(bar.part, watching))),
    element('rect', { class: 'area', ...area, height }),
    element('rect', {
      class: 'stripe',
      ...area,
      y: area.y + 1,
      width: STRIPE,
      height: Math.max(1, height - 2),
    }),
  );
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

/** The bar in words, for those who do not see it. */
function describe({ part, page, before }: Bar): string {
  const { node, region, range, type } = part;
  const shared = partners(part);
  const text = node.evidence.kernelText;
  const was = before?.counterpart?.range;
  const said = joined([
    headingOf(node),
    partName(part),
    formatRange(range),
    sizeOf(range),
    ...(region && type !== 'ram' ? [typeMessage(type)] : []),
    ...[variablesMessage(part)].flatMap((text) => text ?? []),
    ...watchMessages(part),
    ...(shared.length > 0 ? [message('picture.overlaps', { regions: regionsMessage(shared) })] : []),
    ...(text && contains(range, text.range)
      ? [message('picture.holds', { range: formatRange(text.range) })]
      : []),
    ...(was ? movesOf(was, range) : []),
    ...(part.isTrial ? [message('picture.is-trial')] : []),
  ]);
  return typeof said === 'string' ? said : page.say(said);
}

/** What takes hold of a region's end. */
function drawEnd({ part, column, page }: Bar, { name: region }: Region): Markup {
  const { node, range } = part;
  const y = page.axis.y(range.end);
  const [x, width] = [column.barX(part), column.barWidth];
  const last = page.axis.edges.at(-1) ?? range.end;
  const mebibytes = (address: bigint) => Number(address) / MEBIBYTE;
  return element(
    'g',
    {
      class: 'end',
      'data-node': node.osid,
      'data-region': region,
      'data-start': formatHex(range.start),
      'data-end': formatHex(range.end),
      role: 'slider',
      tabindex: 0,
      'aria-label': page.say(message('picture.end-of', { osid: node.osid, region })),
      'aria-orientation': 'vertical',
      'aria-valuemin': String(mebibytes(range.start)),
      'aria-valuenow': String(mebibytes(range.end)),
      'aria-valuemax': String(mebibytes(last > range.end ? last : range.end)),
      'aria-valuetext': formatHex(range.end),
    },
    title(page.say(message('picture.end-of', { osid: node.osid, region }))),
    element('rect', { class: 'hit', x, y: y - HIT / 2, width, height: HIT }),
    element('rect', { class: 'grip', x: x + width / 2 - 14, y: y - 2.5, width: 28, height: 4, rx: 2 }),
  );
}
