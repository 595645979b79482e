/** Fixes that end a region at an address, or start it there. */
import { type Message, message } from '../../messages';
import { type AddressRange, alignUp, formatHex, formatRange, intersection } from '../../range';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import { type LayoutNode, type Region, windowRegion } from '../layout';
import type { KernelText } from '../observed/evidence';
import { landings } from '../placement/landings';
import { kernelIn } from '../placement/node-kernel';
import { checkedFix } from '../what-if';
import { hexAndSize, nodesMessage, noNode } from '../wording';
import { type Assignment, assign, isMessage } from './assign';
import { watchedOf } from './watch/memory';

/** What the address is, for the title: the window's end, another node's region or the kernel texts below it, or nothing. */
export type Target =
  | 'window'
  | { readonly osid: number; readonly region: string }
  | { readonly kernelTextOf: readonly number[] }
  | undefined;

/**
 * The fix that makes a region end at `address` (exclusive) by changing its size, or a message that says why there is
 * none. Where one tree serves several nodes, this node alone changes.
 */
export function moveEnd(
  context: RuleContext,
  node: LayoutNode,
  region: Region,
  address: bigint,
  target?: Target,
): Fix | Message {
  const start = region.start.value;
  if (start === undefined) return region.unknown ?? message('fix.not-exact', { region: region.name });
  if (address <= start) {
    return message('fix.below-start', {
      address: formatHex(address),
      region: region.name,
      start: formatHex(start),
    });
  }
  if (address > 1n << 64n) return message('fix.beyond-64-bits', { address: formatHex(address) });
  if (address === region.end) {
    return message('fix.already', { osid: node.osid, region: region.name, address: formatHex(address) });
  }
  const size = address - start;
  const assignment = assign(context, node, region.size, formatHex(size));
  if (isMessage(assignment)) return assignment;
  const grows = region.end === undefined || address > region.end;
  const range = { start, end: address };
  const landed = grows ? landingsWith(context, node, region, range) : [];
  const end = remarked(context, node, region, address, endTitle(node, region, address, size, grows, target));
  const title = titled(end, assignment, landed);
  return (
    checkedFix(context, { title, node, region: region.name, range, ...assignment }) ??
    whyNot(node, region, { start: region.end ?? address, end: address })
  );
}

/** Why no edit makes the region grow by the range, which is empty where it shrinks. */
function whyNot(node: LayoutNode, region: Region, growth: AddressRange): Message {
  const [reserved] = watchedOf(node).flatMap((one) => intersection(one, growth) ?? []);
  return reserved && region.kind === 'ram'
    ? message('fix.reserved', { osid: node.osid, range: formatRange(reserved) })
    : message('fix.not-exact', { region: region.name });
}

function endTitle(
  node: LayoutNode,
  region: Region,
  address: bigint,
  size: bigint,
  grows: boolean,
  target: Target,
): Message {
  const args = { osid: node.osid, region: region.name, end: formatHex(address), size: hexAndSize(size) };
  const verb = message(grows ? 'fix.extend' : 'fix.shrink', args);
  if (target === undefined) return verb;
  if (target === 'window') return message('fix.to-window-end', { fix: verb });
  if ('kernelTextOf' in target) {
    return message('fix.to-kernel-text', { fix: verb, nodes: nodesMessage(target.kernelTextOf) });
  }
  return message('fix.to-region', { fix: verb, other: target.osid, otherRegion: target.region });
}

/** The title, with the remark that the region that divides the window would leave it. */
function remarked(
  { layout: { window } }: RuleContext,
  node: LayoutNode,
  region: Region,
  address: bigint,
  title: Message,
): Message {
  const leaves = address > window.end && windowRegion(node)?.name === region.name;
  return leaves ? message('fix.leaves-window', { fix: title, window: formatRange(window) }) : title;
}

/** The title, with the condition that the edit adds, and whose memory the node's own kernel then comes to lie in. */
function titled(title: Message, { condition }: Assignment, landed: readonly number[] = []): Message {
  const fix = condition === undefined ? title : message('fix.alone', { fix: title, condition });
  return landed.length === 0 ? fix : message('watch.brings', { fix, others: nodesMessage(landed) });
}

/** The OSIDs of the nodes in whose RAM kexec would put the node's kernel if the region were the range. */
function landingsWith(
  { layout }: RuleContext,
  node: LayoutNode,
  region: Region,
  range: AddressRange,
): readonly number[] {
  const { memory, regions, kernel } = node;
  const ranges = memory.ranges.map((one) => (one.region?.name === region.name ? { ...one, range } : one));
  const moved = kernel && kernelIn({ regions, memory: { ...memory, ranges } }, kernel);
  return [...new Set(landings(layout, node, moved?.placement).map(({ part }) => part.node.osid))];
}

/** The fix that makes a region start at `address` and keep its size, or a message that says why there is none. */
export function moveStart(
  context: RuleContext,
  node: LayoutNode,
  region: Region,
  address: bigint,
): Fix | Message {
  const size = region.size.value;
  if (size === undefined) return region.unknown ?? message('fix.not-exact', { region: region.name });
  const assignment = assign(context, node, region.start, formatHex(address));
  if (isMessage(assignment)) return assignment;
  const title = message('fix.move-start', {
    osid: node.osid,
    region: region.name,
    start: formatHex(address),
  });
  const range = { start: address, end: address + size };
  return (
    checkedFix(context, {
      title: titled(title, assignment),
      node,
      region: region.name,
      range,
      ...assignment,
    }) ?? message('fix.not-exact', { region: region.name })
  );
}

/** Where a region that holds the text is to end: at a multiple that the settings name, inside the window if it can. */
export function endBehind({ settings, layout }: RuleContext, { range }: KernelText): bigint {
  const end = alignUp(range.end, settings.kernelTextAlignment);
  return end > layout.window.end && range.end <= layout.window.end ? layout.window.end : end;
}

/**
 * The edit behind "extend an OS node to an address": by OSID and name, as people and clients say it.
 *
 * @param regionName `region3`; undefined: the one that divides the window
 */
export function extendRegion(
  context: RuleContext,
  osid: number,
  regionName: string | undefined,
  address: bigint,
): Fix | Message {
  const found = regionNamed(context, osid, regionName);
  return 'region' in found ? moveEnd(context, found.node, found.region, address) : found;
}

/**
 * The region that people and clients name, or a message that there is none.
 *
 * @param regionName as in {@link extendRegion}
 */
export function regionNamed(
  { layout }: Pick<RuleContext, 'layout'>,
  osid: number,
  regionName: string | undefined,
): { readonly node: LayoutNode; readonly region: Region } | Message {
  const node = layout.nodes.find((candidate) => candidate.osid === osid);
  if (!node) return noNode(osid, layout.nodes);
  const region =
    regionName === undefined ? windowRegion(node) : node.regions.find(({ name }) => name === regionName);
  if (region) return { node, region };
  const regions = node.regions.map(({ name }) => name).join(', ');
  if (regions === '' || regionName === undefined) return message('fix.no-ram', { osid });
  return message('fix.no-region', { osid, region: regionName, regions });
}

export function isFix(answer: Fix | Message): answer is Fix {
  return 'edits' in answer;
}
