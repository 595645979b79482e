/** What a picture and its tables say. */
import type { LayoutNode, Region } from '../memmap/layout';
import type { KernelText } from '../memmap/observed/evidence';
import type { Part } from '../memmap/overlaps/overlaps';
import { isSet } from '../memmap/regions';
import { kernelTextKnown, nodesMessage } from '../memmap/wording';
import { fileName, type Message, message } from '../messages';
import { type AddressRange, formatHex, formatRange, formatRoughSize, lengthOf } from '../range';
import type { LanePiece } from './report-lanes';
import type { PartState, Shared } from './state';

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

/** `region3 · 384 MiB` */
export function sizedMessage({ region, range }: Part): Message {
  const id = region.kind === 'reserved' ? 'picture.reserved' : 'picture.sized';
  return message(id, { region: region.name, size: sizeOf(range) });
}

export function sizeOf(range: AddressRange): string {
  return formatRoughSize(lengthOf(range));
}

/** Why a region is not drawn, in short. */
export function otherMessage(region: Region): Message {
  const why = region.unknown ? 'unknown' : isSet(region.start.watched) ? 'empty' : 'start-not-set';
  return message(`picture.${why}`, { region: region.name });
}

/** Texts as a list without a last one. */
export function joined(texts: readonly (Message | string)[]): Message | string {
  const [first = '', ...more] = texts;
  return more.reduce<Message | string>((left, right) => message('rule.comma', { left, right }), first);
}

export function regionOf({ node, region }: Pick<Part, 'node' | 'region'>): Message {
  return message('picture.region-of', { osid: node.osid, region: region.name });
}

/** `OS node 1's region3, OS node 2's region3` */
export function regionsMessage(parts: readonly Part[]): Message | string {
  const named = parts.slice(0, MOST_NAMED).map(regionOf);
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

/** What moved from `before` to `now`; nothing where nothing did. */
export function movesOf(before: AddressRange, now: AddressRange): readonly Message[] {
  return (['start', 'end'] as const).flatMap((edge) =>
    before[edge] === now[edge]
      ? []
      : [message(`picture.moved.${edge}`, { before: formatHex(before[edge]), now: formatHex(now[edge]) })],
  );
}

/** All regions that share memory with a region, each once. */
export function partners({ shared }: PartState): readonly Part[] {
  const regions = new Map(shared.flatMap(({ others }) => others).map((other) => [other.region, other]));
  return [...regions.values()];
}
