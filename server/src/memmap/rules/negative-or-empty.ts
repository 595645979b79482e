/**
 * A region's size is zero or negative, or its start is negative, or its end lies beyond 64 bits. The variables are
 * unsigned where the memory map is made, so a negative number becomes an address near 0xffffffffffffffff.
 *
 * Example:
 * ```c
 * mint_region3_size = 0x4000000 - 0x8000000;	// 0xfffffffffc000000
 * ```
 *
 * Remedy: the derivation in the hover shows which operand is too large or too small.
 */
import { type Message, message } from '../../messages';
import { formatHex } from '../../range';
import type { LayoutNode, Quantity, Region } from '../layout';
import { placeOf } from '../places';
import { isSet } from '../regions';
import type { Draft, Rule } from '../rule';

/** No machine has memory here: a value from this on is a negative number made unsigned. No end wraps without one. */
const NEGATIVE_FROM = 1n << 63n;
const MODULUS = 1n << 64n;

export const negativeOrEmpty: Rule = {
  name: 'negative-or-empty',
  severity: 'error',
  check: ({ layout }) =>
    layout.nodes.flatMap((node) => node.regions.flatMap((region) => inRegion(region, node))),
};

function inRegion(region: Region, node: LayoutNode): readonly Draft[] {
  const { start, size } = region;
  const drafts: Draft[] = [];
  const add = (quantity: Quantity, text: Message) =>
    drafts.push({ place: placeOf(quantity, node), message: text, nodes: [node.osid] });
  for (const quantity of [start, size]) {
    const { value, variable, watched } = quantity;
    if (value === undefined || value < NEGATIVE_FROM || !isSet(watched)) continue;
    const args = { variable, negative: formatHex(value - MODULUS), unsigned: formatHex(value) };
    add(quantity, message('rule.negative', args));
  }
  if (size.value === 0n) add(size, message('rule.empty', { variable: size.variable, region: region.name }));
  return drafts;
}
