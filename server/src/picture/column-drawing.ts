/** A column: the node's heading, its regions, what its dumps show, and what cannot be drawn. */
import { message } from '../messages';
import { type AddressRange, contains, formatRange, sameRange } from '../range';
import { type Column, HEADING, LANE } from './geometry';
import { element, type Markup, title } from './markup';
import { BASE, BOLD, FONT, LINE, type Page } from './page';
import { drawKernelText, drawRegion } from './region-drawing';
import type { ReportLane } from './report-lanes';
import { counterpart, type NodeState, type PartState, plainRanges, type State, sameRegion } from './state';
import { fitted } from './text-width';
import { headingOf, laneMessage, namedMessage, otherMessage } from './wording';

export interface ColumnDrawing {
  readonly state: State;
  readonly column: Column;
  readonly page: Page;
  /** The earlier state that is drawn beside this one. */
  readonly before: State | undefined;
  readonly isLive: boolean;
}

export function drawColumn(drawing: ColumnDrawing): Markup {
  const { column, page, before, isLive } = drawing;
  const { node, parts, lanes } = column.own;
  const text = node.evidence.kernelText;
  const isOutside = text && !parts.some(({ range }) => contains(range, text.range));
  const earlier = (part: PartState) => before && { counterpart: counterpart(before, part) };
  return element(
    'g',
    { class: 'node', 'data-node': node.osid },
    ...heading(column, page),
    ...(isOutside ? [drawKernelText(column, undefined, text, page)] : []),
    ...rangesFirst(parts).flatMap((part) =>
      drawRegion({ part, column, page, before: earlier(part), isLive }),
    ),
    ...outlines(drawing),
    ...lanes.flatMap((lane, index) => drawLane(column, lane, index, page)),
    ...notes(drawing),
  );
}

/** Nothing lies over the end of a region that can be moved. */
function rangesFirst(parts: readonly PartState[]): readonly PartState[] {
  return [...parts.filter(({ region }) => !region), ...parts.filter(({ region }) => region)];
}

function heading({ own: { node }, x, width }: Column, { say }: Page): readonly Markup[] {
  const named = namedMessage(node);
  const name = named === undefined ? '' : typeof named === 'string' ? named : say(named);
  const lines = [
    ['heading', say(headingOf(node)), FONT.heading],
    ['role', name, FONT.small],
    ['tree', node.tree.name, FONT.small],
  ] as const;
  const shown = lines.filter(([, text]) => text !== '');
  return shown.map(([kind, text, size], index) => {
    const cut = fitted(text, kind === 'heading' ? size * BOLD : size, width);
    const at = { class: kind, x, y: -HEADING + index * LINE + BASE };
    return element('text', at, ...(cut === text ? [text] : [title(text), cut]));
  });
}

/** Where the node's regions and ranges were. */
function outlines({ state: now, column, before, page }: ColumnDrawing): readonly Markup[] {
  if (!before) return [];
  const { own, barX } = column;
  const { osid, regions } = own.node;
  const ofRegions = regions.flatMap((region) => {
    const was = sameRegion(before, osid, region.name)?.range;
    const part = own.parts.find((each) => each.region === region);
    if (!was || (part && sameRange(part.range, was))) return [];
    return [outline(column, part ? barX(part) : column.x, was, page)];
  });
  const ofRanges = plainRanges(before, osid).flatMap((part) => {
    const is = counterpart(now, part)?.range;
    return is && sameRange(is, part.range) ? [] : [outline(column, column.x, part.range, page)];
  });
  return [...ofRegions, ...ofRanges];
}

function outline({ barWidth }: Column, x: number, was: AddressRange, { axis, say }: Page): Markup {
  const y = axis.y(was.start);
  const height = Math.max(1, axis.y(was.end) - y);
  const shape = { class: 'was', x: x - 3, y, width: barWidth + 6, height, rx: 3 };
  return element('rect', shape, title(say(message('picture.was', { range: formatRange(was) }))));
}

function drawLane(
  column: Column,
  { file, pieces }: ReportLane,
  index: number,
  page: Page,
): readonly Markup[] {
  const x = column.laneX(index);
  return pieces.map((piece) => {
    const [y0, y1] = [page.axis.y(piece.range.start), page.axis.y(piece.range.end)];
    const differs = piece.kind === 'surplus' || piece.kind === 'missing';
    const shape = { x: x + 1, y: y0 + 1, width: LANE - 2, height: Math.max(2, y1 - y0 - 2) };
    const isHatched = piece.kind === 'surplus';
    return element(
      'g',
      { class: `evidence ${differs ? 'differs ' : ''}${piece.kind}` },
      title(page.say(laneMessage(file, piece))),
      element('rect', { class: 'shown', ...shape }),
      ...(isHatched ? [element('rect', { ...shape, fill: 'url(#kexec-mint-differs)' })] : []),
      ...(differs && y1 - y0 >= LINE ? notEqual(x, (y0 + y1) / 2) : []),
    );
  });
}

/** The sign ≠, drawn: fonts have it in many widths. */
function notEqual(x: number, y: number): readonly Markup[] {
  const middle = x + LANE / 2;
  const d = `M${middle - 4} ${y - 2}h8M${middle - 4} ${y + 2}h8M${middle - 3} ${y + 5}l6 -10`;
  return [element('path', { class: 'sign-ground', d }), element('path', { class: 'sign', d })];
}

/** Below the axis: regions that cannot be drawn, and those that are no longer there. */
function notes({ column, page, before, isLive }: ColumnDrawing): readonly Markup[] {
  const { node, others } = column.own;
  const names = new Set(node.regions.map(({ name }) => name));
  const was = before?.nodes.find((each) => each.node.osid === node.osid)?.node.regions ?? [];
  const gone = was.filter(({ name }) => !names.has(name));
  const top = page.axis.height + LINE / 2;
  const unknown = others.map((region, index) => {
    const why = region.unknown ? page.say(region.unknown) : page.say(otherMessage(region));
    const live = {
      role: 'button',
      tabindex: 0,
      'aria-label': `${page.say(headingOf(node))}, ${page.say(otherMessage(region))}`,
    };
    const own = { class: 'region unknown', 'data-node': node.osid, 'data-region': region.name };
    const y = top + index * (LINE + 3);
    return element(
      'g',
      isLive ? { ...own, ...live } : own,
      title(why),
      element('rect', { class: 'bar', x: column.x, y, width: column.barWidth, height: LINE + 1, rx: 2 }),
      element('text', { class: 'note', x: column.x + 6, y: y + BASE }, page.say(otherMessage(region))),
    );
  });
  const removed = gone.map(({ name }, index) =>
    element(
      'text',
      { class: 'moved', x: column.x + 6, y: top + (others.length + index) * (LINE + 3) + BASE },
      page.say(message('picture.gone', { region: name })),
    ),
  );
  return [...unknown, ...removed];
}

/** How many lines of notes a column has at most. */
export function noteCount(own: NodeState, before: State | undefined): number {
  const was = before?.nodes.find((each) => each.node.osid === own.node.osid)?.node.regions.length ?? 0;
  return own.others.length + Math.max(0, was - own.node.regions.length);
}
