/**
 * The region that divides the window between the OS nodes (the one with the highest number, region 3) leaves the
 * window. What lies outside is not Mint's to give: devices, or memory that the machine does not have.
 *
 * Example: with the window 0x20000000–0x68000000
 * ```c
 * mint_region3_start = 0x20000000;
 * mint_region3_size = 0x50000000;	// ends at 0x70000000: 128 MiB too far
 * ```
 *
 * Remedy: end it at the window's end (quick fix), or set `kexecMint.window` to what your machine shares out.
 */
import { message } from '../../messages';
import { type AddressRange, formatHex, formatRange, intersection } from '../../range';
import type { RuleContext } from '../context';
import { isFix, moveEnd } from '../fixes/move-end';
import { type LayoutNode, type Region, windowRegion } from '../layout';
import { placeOf } from '../places';
import { isSet } from '../regions';
import type { Draft, Rule } from '../rule';
import { rangeArgs } from '../wording';

export const outsideWindow: Rule = {
  name: 'outside-window',
  severity: 'error',
  check: (context) =>
    context.layout.nodes.flatMap((node) => {
      const region = windowRegion(node);
      if (!region?.range || !isSet(region.start.watched)) return [];
      return outside(context, node, region, region.range);
    }),
};

function outside(
  context: RuleContext,
  node: LayoutNode,
  region: Region,
  range: AddressRange,
): readonly Draft[] {
  const { window } = context.layout;
  const own = formatRange(range);
  const args = { region: region.name, own, window: formatRange(window) };
  if (!intersection(range, window)) {
    const { size } = rangeArgs(range);
    const text = message('rule.outside-window.wholly', { ...args, size });
    return [{ place: placeOf(region.start, node), message: text, nodes: [node.osid] }];
  }
  const drafts: Draft[] = [];
  if (range.start < window.start) {
    const outside = leaves({ start: range.start, end: window.start });
    const limit = formatHex(window.start);
    drafts.push({
      place: placeOf(region.start, node),
      message: message('rule.outside-window.below', { ...args, ...outside, limit }),
      nodes: [node.osid],
    });
  }
  if (range.end > window.end) {
    const outside = leaves({ start: window.end, end: range.end });
    const limit = formatHex(window.end);
    drafts.push({
      place: placeOf(region.size, node),
      message: message('rule.outside-window.above', { ...args, ...outside, limit }),
      nodes: [node.osid],
      fixes: () => [moveEnd(context, node, region, window.end, 'window')].filter(isFix),
    });
  }
  return drafts;
}

function leaves(range: AddressRange): { readonly outside: string; readonly size: string } {
  const { range: outside, size } = rangeArgs(range);
  return { outside, size };
}
