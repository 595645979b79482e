/** A picture in words: a table for each state that it shows. */
import { type Message, message } from '../messages';
import {
  counterpart,
  type NodeState,
  type PartState,
  plainRanges,
  type State,
  sameRegion,
} from '../picture/state';
import type { Picture } from '../picture/svg';
import {
  headingOf,
  joined,
  movesOf,
  otherMessage,
  partName,
  partners,
  regionsMessage,
  sizeOf,
  typeMessage,
  variablesMessage,
  watchMessages,
  withoutTableMessage,
} from '../picture/wording';
import type { PictureTable } from '../protocol';
import { contains, formatHex, formatRange } from '../range';
import { notAsIn, seenIn } from './seen-in';

export type Say = (text: Message) => string;

export function pictureTables({ now, trial, before }: Picture, say: Say): readonly PictureTable[] {
  const present = trial ?? now;
  if (!before) return [tableOf(present, undefined, say(message('picture.title')), say)];
  return [
    tableOf(before.state, undefined, say(message('picture.before', { title: before.title })), say),
    tableOf(present, before.state, say(message('picture.now')), say),
  ];
}

type Cell = Message | string | undefined;

/** A column: its head, and what it says of a part. */
interface Column {
  readonly head: Message;
  of(part: PartState): Cell;
}

/** @param before what the state is compared with, in a column of its own */
function tableOf(state: State, before: State | undefined, title: string, say: Say): PictureTable {
  const columns = columnsOf(state, before);
  const rows: readonly (readonly Cell[])[] = [
    ...state.nodes.flatMap((own) => nodeRows(own, columns, before)),
    ...(before ? goneRanges(before, state) : []),
    ...state.gaps.map((gap) => [
      undefined,
      message('picture.legend.gap'),
      formatHex(gap.start),
      formatHex(gap.end),
      sizeOf(gap),
    ]),
  ];
  const text = (cell: Cell) => (typeof cell === 'object' ? say(cell) : (cell ?? ''));
  const note = withoutTableMessage(state);
  return {
    title,
    head: columns.map(({ head }) => say(head)),
    rows: rows.map((row) => columns.map((_, column) => text(row[column]))),
    ...(note ? { note: say(note.why) } : {}),
  };
}

function columnsOf(state: State, before: State | undefined): readonly Column[] {
  const isWatching = state.nodes.some(({ parts }) => parts.some(({ watching }) => watching.length > 0));
  return [
    { head: message('editor.node'), of: ({ node }) => headingOf(node) },
    { head: message('cli.region'), of: nameCell },
    { head: message('editor.start'), of: ({ range }) => formatHex(range.start) },
    { head: message('editor.end'), of: ({ range }) => formatHex(range.end) },
    { head: message('editor.size'), of: ({ range }) => sizeOf(range) },
    { head: message('picture.table.overlaps'), of: (part) => regionsMessage(partners(part)) },
    ...(isWatching
      ? [{ head: message('picture.table.watching'), of: (part: PartState) => joined(watchMessages(part)) }]
      : []),
    { head: message('picture.table.kernel-text'), of: kernelTextCell },
    { head: message('picture.table.dumps'), of: dumpsCell },
    ...(before
      ? [{ head: message('picture.legend.before'), of: (part: PartState) => difference(part, before) }]
      : []),
  ];
}

function nameCell(part: PartState): Cell {
  const { region, type } = part;
  const variables = variablesMessage(part);
  return joined([
    partName(part),
    ...(region && type !== 'ram' ? [typeMessage(type)] : []),
    ...(variables ? [variables] : []),
  ]);
}

function kernelTextCell({ node, range }: PartState): Cell {
  const text = node.evidence.kernelText?.range;
  return text && contains(range, text) ? formatRange(text) : undefined;
}

/** Dumps are compared with regions. */
function dumpsCell({ node, region }: PartState): Cell {
  const own = region ? [{ node, region }] : [];
  return joined([seenIn(own), notAsIn(own)].flatMap((said) => said ?? []));
}

function nodeRows(
  own: NodeState,
  columns: readonly Column[],
  before: State | undefined,
): readonly (readonly Cell[])[] {
  const { node, parts, others } = own;
  const rows = node.regions.flatMap((region) => {
    if (!others.includes(region)) return parts.filter((part) => part.region === region).map(rowOf(columns));
    const was = before && sameRegion(before, node.osid, region.name)?.range;
    const cells = [headingOf(node), otherMessage(region), ...quantities(region.start.value, region.end)];
    const blank = Array<Cell>(columns.length - cells.length - 1).fill('');
    return [[...cells, ...blank, was && message('picture.was', { range: formatRange(was) })]];
  });
  const ranges = parts.filter(({ region }) => region === undefined).map(rowOf(columns));
  return [...rows, ...ranges, ...strayText(own), ...gone(own, before)];
}

function rowOf(columns: readonly Column[]): (part: PartState) => readonly Cell[] {
  return (part) => columns.map((column) => column.of(part));
}

function difference(part: PartState, before: State): Cell {
  const was = counterpart(before, part);
  if (!was) return message('picture.new');
  return was.range ? joined(movesOf(was.range, part.range)) : message('picture.was-unknown');
}

function quantities(start: bigint | undefined, end: bigint | undefined): readonly Cell[] {
  const hex = (value: bigint | undefined) =>
    value === undefined ? message('editor.unknown') : formatHex(value);
  const size = start === undefined || end === undefined ? message('editor.unknown') : sizeOf({ start, end });
  return [hex(start), hex(end), size];
}

/** Kernel text that lies in none of the node's regions. */
function strayText({ node, parts }: NodeState): readonly (readonly Cell[])[] {
  const text = node.evidence.kernelText?.range;
  if (!text || parts.some(({ range }) => contains(range, text))) return [];
  const name = message('picture.table.kernel-text');
  return [[headingOf(node), name, formatHex(text.start), formatHex(text.end), sizeOf(text)]];
}

function gone({ node }: NodeState, before: State | undefined): readonly (readonly Cell[])[] {
  const was = before?.nodes.find((each) => each.node.osid === node.osid)?.node.regions ?? [];
  return was
    .filter(({ name }) => !node.regions.some((region) => region.name === name))
    .map(({ name }) => [headingOf(node), message('picture.gone', { region: name })]);
}

/** Ranges that are no regions and no longer there. */
function goneRanges(before: State, now: State): readonly (readonly Cell[])[] {
  const was = before.nodes.flatMap(({ node }) => plainRanges(before, node.osid));
  return was
    .filter((part) => !counterpart(now, part))
    .map((part) => [headingOf(part.node), message('picture.gone', { region: partName(part) })]);
}
