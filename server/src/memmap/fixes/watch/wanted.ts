/** Which memory of the other nodes a node is to watch. */
import { type Message, message } from '../../../messages';
import { type AddressRange, alignUp, intersection, subtract, union } from '../../../range';
import type { RuleContext } from '../../context';
import { type LayoutNode, windowRegion } from '../../layout';
import type { KernelText } from '../../observed/evidence';
import { ramOf } from './memory';

/** All of their share of the window, or their kernel text alone. */
export type WatchedPart = 'memory' | 'kernel-text';

export interface Wanted {
  /** Ascending; none of it is RAM of the node that watches. */
  readonly ranges: readonly AddressRange[];
  /** The OSIDs whose memory it is, ascending. */
  readonly nodes: readonly number[];
}

/**
 * @param others the other nodes, as they are to be
 * @param own RAM of the node that watches, as it is to be
 */
export function wantedRanges(
  context: RuleContext,
  { osid }: Pick<LayoutNode, 'osid'>,
  others: readonly LayoutNode[],
  part: WatchedPart,
  own: readonly AddressRange[],
): Wanted | Message {
  const shares: { readonly osid: number; readonly ranges: readonly AddressRange[] }[] = [];
  for (const other of others) {
    const ranges = part === 'memory' ? shareOf(other) : textOf(context, other);
    if ('id' in ranges) return ranges;
    shares.push({ osid: other.osid, ranges: subtract(ranges, own) });
  }
  const nodes = shares.filter(({ ranges }) => ranges.length > 0).map((share) => share.osid);
  if (nodes.length > 0) return { ranges: union(shares.flatMap(({ ranges }) => ranges)), nodes };
  return message(part === 'memory' ? 'watch.nothing' : 'watch.no-text', { osid });
}

/** Nothing of a node without one, or with one that is empty. */
function shareOf(other: LayoutNode): readonly AddressRange[] | Message {
  const region = windowRegion(other);
  if (region?.unknown) return message('watch.unknown-share', { osid: other.osid, reason: region.unknown });
  return region?.range ? [region.range] : [];
}

/** In whole units of the setting, of what is the other node's RAM. */
function textOf(context: RuleContext, other: LayoutNode): readonly AddressRange[] {
  const { kernelText } = other.evidence;
  if (!kernelText) return [];
  const rounded = roundedText(context, kernelText);
  const inside = ramOf(other).flatMap((ram) => intersection(ram, rounded) ?? []);
  return inside.length > 0 ? inside : [rounded];
}

function roundedText({ settings }: RuleContext, { range }: KernelText): AddressRange {
  const unit = settings.kernelTextAlignment;
  return { start: (range.start / unit) * unit, end: alignUp(range.end, unit) };
}
