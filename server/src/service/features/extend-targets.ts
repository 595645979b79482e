/** Where a region can be made to end, each place with what the region becomes then. */

import type { RuleContext } from '../../memmap/context';
import { type EndTarget, endTargets } from '../../memmap/fixes/end-targets';
import { isFix, moveEnd, regionNamed } from '../../memmap/fixes/move-end';
import type { LayoutNode, Region } from '../../memmap/layout';
import { tried } from '../../memmap/trial';
import { nodesMessage } from '../../memmap/wording';
import { type Locale, type Message, message, render } from '../../messages';
import type { TargetItem, TargetsParams, TargetsResult } from '../../protocol';
import { formatHex } from '../../range';
import { placeText } from '../positions';
import type { Snapshot } from '../snapshot';
import { rangeAndSize } from '../values';

export function extendTargets(
  snapshot: Snapshot,
  { osid, region: name }: Omit<TargetsParams, 'uri'>,
  locale: Locale,
): TargetsResult {
  const { context } = snapshot;
  const say = (text: Message) => render(text, locale, placeText(snapshot));
  const found = regionNamed(context, osid, name);
  if (!('region' in found)) return { kind: 'error', message: say(found) };
  const { node, region } = found;
  const start = region.start.value;
  if (start === undefined) {
    const reason = region.unknown ?? message('fix.not-exact', { region: region.name });
    return { kind: 'error', message: say(reason) };
  }
  const targets = endTargets(context, node, region).flatMap((target) => {
    return isFix(moveEnd(context, node, region, target.address, target.target))
      ? [item(context, node, region, target, locale)]
      : [];
  });
  return {
    kind: 'targets',
    region: region.name,
    start: formatHex(start),
    suggestion: formatHex(context.layout.window.end),
    targets,
  };
}

function item(
  context: RuleContext,
  node: LayoutNode,
  region: Region,
  { address, target }: EndTarget,
  locale: Locale,
): TargetItem {
  const range = { start: region.start.value ?? 0n, end: address };
  const moved = { ...region, end: address, range };
  const taken = nodesBelow(context, node, moved);
  return {
    label: render(label(target), locale),
    address: formatHex(address),
    description: rangeAndSize(moved, locale).join(' · '),
    ...(taken.length > 0
      ? { warning: render(message('extend.overlaps', { nodes: nodesMessage(taken) }), locale) }
      : {}),
  };
}

function label(target: EndTarget['target']): Message {
  if (target === 'window') return message('extend.to.window');
  if ('kernelTextOf' in target) {
    return message('extend.to.kernel-text', { nodes: nodesMessage(target.kernelTextOf) });
  }
  return message('extend.to.region', { osid: target.osid, region: target.region });
}

/** The OSIDs of the nodes whose memory the region takes too where it is `moved`. */
function nodesBelow(
  context: RuleContext,
  { osid }: LayoutNode,
  { name, end = 0n }: Region,
): readonly number[] {
  const overlaps = tried(context, { osid, region: name, end })?.overlaps ?? [];
  const others = overlaps.flatMap(({ a, b }) => {
    const isOf = ({ node, region }: typeof a) => node.osid === osid && region?.name === name;
    if (isOf(a)) return [b.node.osid];
    return isOf(b) ? [a.node.osid] : [];
  });
  return [...new Set(others)].sort((a, b) => a - b);
}
