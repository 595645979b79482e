/**
 * The fix that lets a node watch the other nodes' memory: its table gets reserved ranges that cover it, and its own
 * region its own share back.
 */
import { type Message, message } from '../../../messages';
import { type AddressRange, formatRange, intersection, sameRange, subtract } from '../../../range';
import type { RuleContext } from '../../context';
import type { Fix, MemoryPromise, TextEdit } from '../../finding';
import { type LayoutNode, type MemoryRange, type Region, sharesTree, windowRegion } from '../../layout';
import { placeOfTree } from '../../places';
import { nodeAfter, othersKeep } from '../../what-if';
import { nodesMessage } from '../../wording';
import { isFix, moveEnd } from '../move-end';
import { osidName } from '../osid-name';
import { restoreSize } from '../restore';
import { additions, fillingOf } from './additions';
import { ramOf, watchedOf } from './memory';
import { type Wanted, type WatchedPart, wantedRanges } from './wanted';

/** A fix that promises what a node's kernel is told. */
export type WatchFix = Fix & { readonly memory: MemoryPromise };

const COMPUTED = {
  memory: (context: RuleContext, node: LayoutNode) => watching(context, node, 'memory'),
  'kernel-text': (context: RuleContext, node: LayoutNode) => watching(context, node, 'kernel-text'),
} as const;

/** The fix, or a message that says why there is none. Each is evaluated once, however many findings offer it. */
export function watchOthers(context: RuleContext, node: LayoutNode, part: WatchedPart): WatchFix | Message {
  return context.once(node, COMPUTED[part]);
}

export function watchFixes(context: RuleContext, node: LayoutNode): readonly WatchFix[] {
  const fixes = (['memory', 'kernel-text'] as const).map((part) => watchOthers(context, node, part));
  return fixes.filter((fix): fix is WatchFix => 'edits' in fix);
}

function watching(context: RuleContext, node: LayoutNode, part: WatchedPart): WatchFix | Message {
  const region = windowRegion(node);
  const { memory, osid } = node;
  if (memory.from === 'regions') return message('watch.no-table', { osid, why: memory.why });
  if (!region?.range) return region?.unknown ?? message('watch.no-share', { osid });
  const share = ownShare(context, node, region, region.range);
  if ('id' in share) return share;
  const ram = ramOf(node).map((range) => (sameRange(range, share.before) ? share.range : range));
  const wanted = wantedRanges(context, node, othersAfter(context, node, share.edits), part, ram);
  if ('id' in wanted) return wanted;
  const missing = subtract(wanted.ranges, watchedOf(node));
  if (missing.length === 0 && share.edits.length === 0) return message('watch.already', { osid });
  const promise = { tree: node.tree.root, osid, ram, watched: [...watchedOf(node), ...missing] };
  const edits = editsFor(context, node, region, share, missing, promise);
  if ('id' in edits) return edits;
  return { title: titleOf(node, region, part, wanted, share), edits, memory: promise };
}

/** The node's share of the window as it is to be, and the edits that make it so. */
interface Share {
  readonly before: AddressRange;
  readonly range: AddressRange;
  readonly edits: readonly TextEdit[];
}

/** What it is, where no other node has RAM in it; else what Mint's own formula gives, or up to the other node's RAM. */
function ownShare(
  context: RuleContext,
  node: LayoutNode,
  region: Region,
  before: AddressRange,
): Share | Message {
  const taken = context.layout.nodes
    .filter(({ osid }) => osid !== node.osid)
    .flatMap((other) => windowRegion(other)?.range ?? [])
    .filter((range) => intersection(range, before));
  if (taken.length === 0) return { before, range: before, edits: [] };
  const isFree = (range: AddressRange) => taken.every((other) => !intersection(other, range));
  const restored = restoreSize(context, node);
  if (restored?.promise && isFree(restored.promise.range)) {
    return { before, range: restored.promise.range, edits: restored.edits };
  }
  const lowest = taken.map(({ start }) => start).reduce((a, b) => (a < b ? a : b));
  const shrunk = moveEnd(context, node, region, lowest);
  if (!isFix(shrunk)) return shrunk;
  return { before, range: { start: before.start, end: lowest }, edits: shrunk.edits };
}

/** The other nodes with the edits: those of the same tree may change, too. */
function othersAfter(
  context: RuleContext,
  { osid, tree }: LayoutNode,
  edits: readonly TextEdit[],
): readonly LayoutNode[] {
  const others = context.layout.nodes.filter((other) => other.osid !== osid);
  if (edits.length === 0) return others;
  return others.map((other) =>
    other.tree.root === tree.root ? (nodeAfter(context, other, edits) ?? other) : other,
  );
}

function editsFor(
  context: RuleContext,
  node: LayoutNode,
  region: Region,
  share: Share,
  missing: readonly AddressRange[],
  promise: MemoryPromise,
): readonly TextEdit[] | Message {
  const filling = fillingOf(node, region, (file) => context.text(file));
  const isShared = sharesTree(context.layout, node);
  const name = isShared ? osidName(context, node) : undefined;
  if (isShared && name === undefined) return message('fix.no-osid-name');
  const condition = name === undefined ? undefined : `${name} == ${node.osid}`;
  const proposals = missing.length === 0 ? [[]] : filling ? additions(filling, missing, condition) : [];
  const except = share.edits.length > 0 ? region.name : undefined;
  for (const proposal of proposals) {
    const edits = [...share.edits, ...proposal];
    if (gives(context, node, edits, promise, except)) return edits;
  }
  return message('watch.no-style', { osid: node.osid, place: { place: placeOfTree(node.tree) } });
}

/** Whether evaluating the edited text keeps the promise, and the edit leaves the tree's other nodes as they are. */
function gives(
  context: RuleContext,
  node: LayoutNode,
  edits: readonly TextEdit[],
  promise: MemoryPromise,
  except: string | undefined,
): boolean {
  const after = nodeAfter(context, node, edits);
  if (!after || after.evaluation.problems.length > node.evaluation.problems.length) return false;
  const { memory } = after;
  if (memory.from !== 'table' || memory.ranges.length > memory.room) return false;
  if (!keepsMemory(memory, promise)) return false;
  if (isAscending(node.memory.ranges) && !isAscending(memory.ranges)) return false;
  return !sharesTree(context.layout, node) || othersKeep(context, { node, edits }, except);
}

/** Whether a memory is what a fix promised. */
export function keepsMemory(memory: LayoutNode['memory'], { ram, watched }: MemoryPromise): boolean {
  return sameSet(ramOf({ memory }), ram) && sameSet(watchedOf({ memory }), watched);
}

function sameSet(a: readonly AddressRange[], b: readonly AddressRange[]): boolean {
  return a.length === b.length && a.every((range) => b.some((other) => sameRange(range, other)));
}

function isAscending(ranges: readonly MemoryRange[]): boolean {
  return ranges.every(({ range }, index) => range.start >= (ranges[index - 1]?.range.start ?? 0n));
}

function titleOf(
  { osid }: LayoutNode,
  region: Region,
  part: WatchedPart,
  { ranges, nodes }: Wanted,
  share: Share,
): Message {
  const args = {
    osid,
    nodes: nodesMessage(nodes),
    ranges: ranges.map(formatRange).join(', '),
  };
  const fix = message(part === 'memory' ? 'watch.fix' : 'watch.fix-text', args);
  if (share.edits.length === 0) return fix;
  return message('watch.fix-restoring', { fix, region: region.name, range: formatRange(share.range) });
}
