/** Pieces of messages that several rules and fixes share. */
import { type Message, message } from '../messages';
import { type AddressRange, formatHex, formatRange, formatSize, lengthOf } from '../range';

/** `OS node 0`, `OS nodes 0–2, 5`. */
export function nodesMessage(osids: readonly number[]): Message {
  const [first] = osids;
  if (osids.length === 1 && first !== undefined) return message('memmap.node', { osid: first });
  const runs: [number, number][] = [];
  for (const osid of osids) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === osid) last[1] = osid;
    else runs.push([osid, osid]);
  }
  const list = runs.flatMap(([from, to]) => {
    if (from === to) return [`${from}`];
    return to === from + 1 ? [`${from}`, `${to}`] : [`${from}–${to}`];
  });
  return message('memmap.nodes', { osids: list.join(', ') });
}

/** `range` and `size` of an address range, as placeholders. */
export function rangeArgs(range: AddressRange): { readonly range: string; readonly size: string } {
  return { range: formatRange(range), size: formatSize(lengthOf(range)) };
}

/** An address with its size in words: `0x18000000 (384 MiB)`. */
export function hexAndSize(value: bigint): string {
  return `${formatHex(value)} (${formatSize(value)})`;
}
