/** Where columns stand beside each other. */

import { message } from '../messages';
import { formatHex, formatRange, intersection } from '../range';
import { BOLD, FONT, LINE, type Page, STRIPE } from './page';
import { counterpart, type NodeState, type PartState, type State } from './state';
import { pixelsOf } from './text-width';
import {
  type MoveForm,
  movesOf,
  otherMessage,
  sharedWith,
  sizedMessage,
  sizeOf,
  variablesMessage,
} from './wording';

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
  /** How many sheets stand above it. */
  readonly row: number;
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
/** Where a width is given and short, whatever the texts are. */
const NARROWEST_BAR = 120;
/** Sheets rather stand below each other than that a page has to make them smaller than this. */
const BESIDE_SCALE = 0.85;
/** Columns between two axes: at most, and where few of them are in sight together. */
const PER_AXIS = { most: 8, least: 3 };
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
 * Sheets on one axis: side by side, or the later below the earlier where the width is too short for that.
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
  const nodes = states.flatMap((state) => state.nodes);
  const need = (form: MoveForm) => Math.max(0, ...nodes.map((own) => barNeed(own, before, page, form)));
  const roomy = Math.max(LEAST_BAR, need('edges'));
  const all = { states, page, left };
  if (width === undefined) return place({ ...all, barWidth: roomy, perAxis: PER_AXIS.most });
  const narrow = Math.max(NARROWEST_BAR, need('difference'));
  const perAxis = Math.min(
    Math.max(PER_AXIS.least, Math.floor(width / (narrow + COLUMN_GAP)) - 1),
    PER_AXIS.most,
  );
  const most = Math.max(MOST_BAR, roomy);
  const grown = (isStacked: boolean) => {
    const first = place({ ...all, barWidth: narrow, perAxis, isStacked });
    const least = Math.max(...first.map(({ x1 }) => x1)) + left;
    const bars = first.map(({ columns }) => columns.reduce((sum, { own }) => sum + barsOf(own), 0));
    const inRow = isStacked ? Math.max(...bars) : bars.reduce((sum, count) => sum + count, 0);
    const more = Math.max(0, Math.floor((width - least) / Math.max(1, inRow)));
    const barWidth = Math.min(narrow + more, most);
    return { least, sheets: more === 0 ? first : place({ ...all, barWidth, perAxis, isStacked }) };
  };
  const beside = grown(false);
  return states.length > 1 && beside.least * BESIDE_SCALE > width ? grown(true).sheets : beside.sheets;
}

interface Placing {
  readonly states: readonly State[];
  readonly page: Page;
  readonly left: number;
  readonly barWidth: number;
  readonly perAxis: number;
  readonly isStacked?: boolean;
}

function place({ states, page, left, barWidth, perAxis, isStacked = false }: Placing): readonly Sheet[] {
  const labels = labelWidth(page);
  let x = left;
  return states.map((state, place) => {
    if (isStacked) x = left;
    const axes: number[] = [];
    const columns = state.nodes.map((own, index) => {
      if (index % perAxis === 0) {
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
    return { state, row: isStacked ? place : 0, columns, axes, x0: axes[0] ?? left, x1 };
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
function barNeed(
  { node, parts, others }: NodeState,
  before: State | undefined,
  { say }: Page,
  form: MoveForm,
): number {
  const moves = parts.flatMap((part) => {
    const was = before && counterpart(before, part)?.range;
    return was ? movesOf(was, part.range, form).map((move) => pixelsOf(say(move), FONT.small) * BOLD) : [];
  });
  const sized = parts.map((part) => pixelsOf(say(sizedMessage(part)), FONT.text));
  const ranges = parts.map(({ range }) => pixelsOf(formatRange(range), FONT.address));
  const variables = parts.flatMap((part) => variablesMessage(part) ?? []);
  const stripe = parts.some(({ watching }) => watching.length > 0) ? STRIPE : 0;
  const notes = others.map((region) => pixelsOf(say(otherMessage(region)), FONT.small));
  const said = variables.map((text) => pixelsOf(say(text), FONT.small) * BOLD);
  const pairs = parts.flatMap(({ shared }) => shared.filter(({ others }) => others.length === 1));
  const shared = pairs.map((each) => pixelsOf(say(sharedWith(each)), FONT.small));
  const text = node.evidence.kernelText;
  // Where there is no room it is said without its size.
  const kernelText =
    text && form === 'edges'
      ? [pixelsOf(say(message('picture.kernel-text', { size: sizeOf(text.range) })), FONT.small)]
      : [];
  const needs = [...kernelText, ...sized, ...ranges, ...notes, ...said, ...moves, ...shared];
  return Math.ceil(Math.max(0, ...needs)) + PADDING + stripe;
}

/** Room for the headings above the axis. */
export const HEADING = 3 * LINE + 8;
