/** What a node's kernel is told, by kind. */
import type { AddressRange } from '../../../range';
import type { LayoutNode } from '../../layout';

export function ramOf({ memory }: Pick<LayoutNode, 'memory'>): readonly AddressRange[] {
  return memory.ranges.flatMap(({ type, range }) => (type === 'ram' ? [range] : []));
}

/** What the node reads and does not allocate. */
export function watchedOf({ memory }: Pick<LayoutNode, 'memory'>): readonly AddressRange[] {
  return memory.ranges.flatMap(({ type, range }) => (type === 'ram' ? [] : [range]));
}
