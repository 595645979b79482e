/** Where columns stand beside each other. */
import { formatHex, formatRange, intersection } from '../range';
import { BOLD, FONT, LINE, type Page, STRIPE } from './page';
import { counterpart, type NodeState, type PartState, type State } from './state';
import { pixelsOf } from './text-width';
import { movesOf, otherMessage, sizedMessage, variablesMessage } from './wording';

/** A node's place on the sheet: bars side by side where its own regions overlap, and a lane for each dump. */
export interface Column {
  readonly own: NodeState;
  readonly x: number;
  readonly width: number;
  readonly barWidth: number;
  /** Where the bar of a part stands, from the sheet's left. */
  barX(part: PartState): number;
  /** Where the lane of the dump with that index stands. */
  laneX(index: number): number;
}

/** A sheet: the axis with its labels, and columns; the labels again after every few columns. */
export interface Sheet {
  readonly state: State;
  readonly columns: readonly Column[];
  /** Where the axis' line stands, each time. */
  readonly axes: readonly number[];
  /** Right of the first axis' line: room for the window's bracket. */
  readonly x0: number;
  readonly x1: number;
}

export const LANE = 8;
const LANE_GAP = 3;
/** Between a bar and the first lane, where the outline of what was has its place too. */
const LANE_START = 7;
const BAR_GAP = 4;
const COLUMN_GAP = 22;
const PADDING = 12;
const LEAST_BAR = 168;
const MOST_BAR = 260;
/** Columns between two axes. */
const PER_AXIS = 8;
/** Between an address and the axis' line, for leader lines. */
export const LEADER = 22;
/** The window's bracket. */
export const BRACKET = 30;
export const SHEET_GAP = 36;

/** Pixels of the axis' labels. */
export function labelWidth({ axis }: Page): number {
  return Math.ceil(Math.max(...axis.edges.map((edge) => pixelsOf(formatHex(edge), FONT.address)))) + 4;
}

/**
 * Sheets side by side on one axis.
 *
 * @param width pixels that they may take together, where their texts allow it
 */
export function sheetsOf(
  states: readonly State[],
  before: State | undefined,
  page: Page,
  left: number,
  width: number | undefined,
): readonly Sheet[] {
  const needs = states.flatMap(({ nodes }) => nodes.map((own) => barNeed(own, before, page)));
  const least = Math.max(LEAST_BAR, ...needs);
  const first = place(states, page, left, least);
  const bars = states.flatMap(({ nodes }) => nodes.map(barsOf)).reduce((sum, count) => sum + count, 0);
  const end = first.at(-1)?.x1 ?? 0;
  const more = width === undefined ? 0 : Math.floor((width - end - left) / bars);
  const barWidth = Math.min(Math.max(least, MOST_BAR), least + Math.max(0, more));
  return barWidth === least ? first : place(states, page, left, barWidth);
}

function place(states: readonly State[], page: Page, left: number, barWidth: number): readonly Sheet[] {
  const labels = labelWidth(page);
  let x = left;
  return states.map((state) => {
    const axes: number[] = [];
    const columns = state.nodes.map((own, index) => {
      if (index % PER_AXIS === 0) {
        x += labels + LEADER;
        axes.push(x);
        x += index === 0 ? BRACKET : COLUMN_GAP;
      }
      const column = columnAt(own, x, barWidth);
      x += column.width + COLUMN_GAP;
      return column;
    });
    const x1 = x - COLUMN_GAP / 2;
    x += SHEET_GAP - COLUMN_GAP;
    return { state, columns, axes, x0: axes[0] ?? left, x1 };
  });
}

function columnAt(own: NodeState, x: number, barWidth: number): Column {
  const tracks = tracksOf(own.parts);
  const bars = barsOf(own);
  const barsEnd = x + bars * (barWidth + BAR_GAP) - BAR_GAP;
  return {
    own,
    x,
    width: barsEnd - x + (own.lanes.length > 0 ? LANE_START : 0) + own.lanes.length * (LANE + LANE_GAP),
    barWidth,
    barX: (part) => x + (tracks.get(part) ?? 0) * (barWidth + BAR_GAP),
    laneX: (index) => barsEnd + LANE_START + index * (LANE + LANE_GAP),
  };
}

function barsOf({ parts }: NodeState): number {
  return Math.max(1, ...[...tracksOf(parts).values()].map((track) => track + 1));
}

/** Regions of one node that overlap get bars beside each other: the first bar that is free. */
function tracksOf(parts: readonly PartState[]): ReadonlyMap<PartState, number> {
  const tracks = new Map<PartState, number>();
  for (const part of parts) {
    const taken = new Set(
      [...tracks].flatMap(([other, track]) => (intersection(other.range, part.range) ? [track] : [])),
    );
    let track = 0;
    while (taken.has(track)) track++;
    tracks.set(part, track);
  }
  return tracks;
}

/** What the widest text of its regions takes. */
function barNeed({ parts, others }: NodeState, before: State | undefined, { say }: Page): number {
  const moves = parts.flatMap((part) => {
    const was = before && counterpart(before, part)?.range;
    return was ? movesOf(was, part.range).map((move) => pixelsOf(say(move), FONT.small) * BOLD) : [];
  });
  const sized = parts.map((part) => pixelsOf(say(sizedMessage(part)), FONT.text));
  const ranges = parts.map(({ range }) => pixelsOf(formatRange(range), FONT.address));
  const variables = parts.flatMap((part) => variablesMessage(part) ?? []);
  const stripe = parts.some(({ watching }) => watching.length > 0) ? STRIPE : 0;
  const notes = others.map((region) => pixelsOf(say(otherMessage(region)), FONT.small));
  const said = variables.map((text) => pixelsOf(say(text), FONT.small) * BOLD);
  return Math.ceil(Math.max(0, ...sized, ...ranges, ...notes, ...said, ...moves)) + PADDING + stripe;
}

/** Room for the headings above the axis. */
export const HEADING = 3 * LINE + 8;
