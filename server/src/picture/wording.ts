/** What a picture and its tables say. */
import type { LayoutNode, MemoryType, Region } from '../memmap/layout';
import type { KernelText } from '../memmap/observed/evidence';
import type { Part } from '../memmap/overlaps/overlaps';
import { kernelTextKnown, nodesMessage } from '../memmap/wording';
import { fileName, type Message, message } from '../messages';
import { type AddressRange, formatHex, formatRange, formatRoughSize, lengthOf, sameRange } from '../range';
import type { LanePiece } from './report-lanes';
import { keyOf, type Shared, type Watching } from './sharing';
import { isNowhere, type PartState, type State, withoutTable } from './state';

/** So many regions are named in a sentence. */
const MOST_NAMED = 6;

/** `OS node 0` */
export function headingOf({ osid }: LayoutNode): Message {
  return message('memmap.node', { osid });
}

/** `eye · monitor`; undefined where nothing names the node. */
export function namedMessage({ facts }: LayoutNode): Message | string | undefined {
  const role = facts?.role && message(`picture.role.${facts.role}`);
  if (facts?.name === undefined || facts.name === facts.role) return role ?? facts?.name;
  return role ? message('picture.named', { name: facts.name, role }) : facts.name;
}

/** `region3`; for a range that is no region what it is: `reserved`. */
export function partName({ region, type }: Part): Message | string {
  return region?.name ?? typeMessage(type);
}

export function typeMessage(type: MemoryType): Message {
  return typeof type === 'number' ? message('picture.type.other', { type }) : message(`picture.type.${type}`);
}

/** `region3 · 384 MiB`, `region4 (reserved) · 768 MiB`, `reserved · 768 MiB` */
export function sizedMessage(part: Part): Message {
  const size = sizeOf(part.range);
  return part.region && part.type !== 'ram'
    ? message('picture.typed', { region: part.region.name, type: typeMessage(part.type), size })
    : message('picture.sized', { region: partName(part), size });
}

/** What a region's variables make of it, where kexec's table has something else. */
export function variablesMessage({ region, range }: Part): Message | undefined {
  if (!region?.range || sameRange(region.range, range)) return undefined;
  return message('picture.by-variables', { range: formatRange(region.range) });
}

export function sizeOf(range: AddressRange): string {
  return formatRoughSize(lengthOf(range));
}

/** Why a region is not drawn, in short. */
export function otherMessage(region: Region): Message {
  return message(`picture.${whyNotDrawn(region)}`, { region: region.name });
}

function whyNotDrawn(region: Region): 'unknown' | 'start-not-set' | 'not-in-table' | 'empty' {
  if (region.unknown) return 'unknown';
  if (!isNowhere(region)) return 'start-not-set';
  return region.range ? 'not-in-table' : 'empty';
}

/** Texts as a list without a last one. */
export function joined(texts: readonly (Message | string)[]): Message | string {
  const [first = '', ...more] = texts;
  return more.reduce<Message | string>((left, right) => message('rule.comma', { left, right }), first);
}

/** `OS node 1's region3`, `OS node 1's range 0x38000000–0x50000000` */
function ownedMessage({ node: { osid }, region, range }: Part): Message {
  return region
    ? message('picture.region-of', { osid, region: region.name })
    : message('picture.range-of', { osid, range: formatRange(range) });
}

/** `OS node 1's region3, OS node 2's region3` */
export function regionsMessage(parts: readonly Part[]): Message | string {
  const named = parts.slice(0, MOST_NAMED).map(ownedMessage);
  const rest = parts.length - named.length;
  return joined(rest > 0 ? [...named, message('editor.more', { count: rest })] : named);
}

/** `shared with OS node 1` */
export function sharedWith({ others, allowed }: Shared): Message {
  const osids = [...new Set(others.map(({ node }) => node.osid))];
  return message(allowed ? 'picture.allowed-with' : 'picture.shared-with', { nodes: nodesMessage(osids) });
}

/** A sentence on a piece that a region shares. */
export function sharedMessage(part: Part, { range, others, allowed }: Shared): Message {
  return message(allowed ? 'picture.shared-allowed' : 'picture.shared', {
    range: formatRange(range),
    size: sizeOf(range),
    regions: regionsMessage([part, ...others]),
  });
}

/** `watches OS node 1` */
export function watchesMessage({ osids }: Pick<Watching, 'osids'>): Message {
  return message('picture.watches', { nodes: nodesMessage(osids) });
}

/** A sentence on a piece that a node watches. */
export function watchingMessage({ node: { osid } }: Part, { range, osids }: Watching): Message {
  return message('picture.watching', {
    osid,
    range: formatRange(range),
    size: sizeOf(range),
    nodes: nodesMessage(osids),
  });
}

/** What it watches in all, and who watches it. */
export function watchMessages({ watching, watchedBy }: PartState): readonly Message[] {
  const watched = [...new Set(watching.flatMap(({ osids }) => osids))].sort((a, b) => a - b);
  return [
    ...(watched.length > 0 ? [watchesMessage({ osids: watched })] : []),
    ...(watchedBy.length > 0 ? [message('picture.watched-by', { nodes: nodesMessage(watchedBy) })] : []),
  ];
}

/** That regions stand in for kexec's table; undefined where none do. `why` holds for the first of these nodes. */
export function withoutTableMessage(
  state: State,
): { readonly said: Message; readonly why: Message } | undefined {
  const nodes = withoutTable(state);
  const [memory] = nodes.flatMap(({ memory: own }) => (own.from === 'regions' ? [own] : []));
  if (!memory) return undefined;
  const said = message('picture.without-table', { nodes: nodesMessage(nodes.map(({ osid }) => osid)) });
  return { said, why: message('picture.why', { said, why: memory.why }) };
}

export function kernelTextMessage({ osid }: LayoutNode, text: KernelText): Message {
  return message('picture.kernel-text-of', {
    osid,
    range: formatRange(text.range),
    size: sizeOf(text.range),
    known: kernelTextKnown(text),
  });
}

/** `os0.iomem shows 0x0–0x20000 as RAM, as predicted` */
export function laneMessage(file: string, { kind, range }: LanePiece): Message {
  return message(`picture.dump.${kind}`, { file: fileName({ file }), range: formatRange(range) });
}

/** How a move is said: from which address to which, or by how much. */
export type MoveForm = 'edges' | 'difference';

/** What moved from `before` to `now`; nothing where nothing did. */
export function movesOf(
  before: AddressRange,
  now: AddressRange,
  form: MoveForm = 'edges',
): readonly Message[] {
  return (['start', 'end'] as const).flatMap((edge) => {
    const [from, to] = [before[edge], now[edge]];
    if (from === to) return [];
    if (form === 'edges') {
      return [message(`picture.moved.${edge}`, { before: formatHex(from), now: formatHex(to) })];
    }
    const difference = from < to ? `+${formatRoughSize(to - from)}` : `−${formatRoughSize(from - to)}`;
    return [message(`picture.moved-by.${edge}`, { difference })];
  });
}

/** All that share memory with a part, each once. */
export function partners({ shared }: PartState): readonly Part[] {
  const others = shared.flatMap((each) => each.others);
  return [...new Map(others.map((other) => [`${other.node.osid} ${keyOf(other)}`, other])).values()];
}
