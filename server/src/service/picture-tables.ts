/** A picture in words: a table for each state that it shows. */
import { type Message, message } from '../messages';
import { type NodeState, type PartState, type State, sameRegion } from '../picture/state';
import type { Picture } from '../picture/svg';
import {
  headingOf,
  joined,
  movesOf,
  otherMessage,
  partners,
  regionsMessage,
  sizeOf,
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

/** @param before what the state is compared with, in a column of its own */
function tableOf(state: State, before: State | undefined, title: string, say: Say): PictureTable {
  const head: readonly Message[] = [
    message('editor.node'),
    message('cli.region'),
    message('editor.start'),
    message('editor.end'),
    message('editor.size'),
    message('picture.table.overlaps'),
    message('picture.table.kernel-text'),
    message('picture.table.dumps'),
    ...(before ? [message('picture.legend.before')] : []),
  ];
  const rows: readonly (readonly Cell[])[] = [
    ...state.nodes.flatMap((own) => nodeRows(own, before)),
    ...state.gaps.map((gap) => [
      undefined,
      message('picture.legend.gap'),
      formatHex(gap.start),
      formatHex(gap.end),
      sizeOf(gap),
    ]),
  ];
  const text = (cell: Cell) => (typeof cell === 'object' ? say(cell) : (cell ?? ''));
  return {
    title,
    head: head.map(say),
    rows: rows.map((row) => head.map((_, column) => text(row[column]))),
  };
}

function nodeRows(own: NodeState, before: State | undefined): readonly (readonly Cell[])[] {
  const { node, parts, others } = own;
  const rows = node.regions.map((region) => {
    const part = parts.find((each) => each.region === region);
    if (part) return partRow(part, before);
    const was = before && sameRegion(before, node.osid, region.name)?.range;
    const note = was && message('picture.was', { range: formatRange(was) });
    const unknown = others.includes(region) ? otherMessage(region) : region.name;
    return [headingOf(node), unknown, ...quantities(region.start.value, region.end), '', '', '', note];
  });
  return [...rows, ...strayText(own), ...gone(own, before)];
}

function partRow(part: PartState, before: State | undefined): readonly Cell[] {
  const { node, region, range } = part;
  const shared = partners(part);
  const text = node.evidence.kernelText?.range;
  const seen = [seenIn([part]), notAsIn([part])].flatMap((said) => said ?? []);
  return [
    headingOf(node),
    region.kind === 'reserved' ? joined([region.name, message('picture.is-reserved')]) : region.name,
    formatHex(range.start),
    formatHex(range.end),
    sizeOf(range),
    shared.length > 0 ? regionsMessage(shared) : '',
    text && contains(range, text) ? formatRange(text) : '',
    joined(seen),
    before && difference(part, before),
  ];
}

function difference({ node, region, range }: PartState, before: State): Cell {
  const was = sameRegion(before, node.osid, region.name);
  if (!was) return message('picture.new');
  return was.range ? joined(movesOf(was.range, range)) : message('picture.was-unknown');
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
