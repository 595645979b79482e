/** Memory that one OS node watches: RAM of another node that it recognizes as memory of another type. */
import { groupBy } from '../../group-by';
import { union } from '../../range';
import type { LayoutNode, Watch } from '../layout';
import { overlapsAmong, type Part, partsOf } from './overlaps';

/** @param nodes in order of OSID */
export function watchesAmong(nodes: readonly LayoutNode[]): readonly Watch[] {
  const found = overlapsAmong(
    partsOf(nodes),
    (a, b) => a.node.osid !== b.node.osid && isRam(a) !== isRam(b),
  ).map(({ a, b, range }) => {
    const [watcher, watched] = isRam(a) ? [b.node, a.node] : [a.node, b.node];
    return { watcher, watched, range };
  });
  const order = ({ watcher, watched }: Pick<Watch, 'watcher' | 'watched'>) =>
    nodes.indexOf(watcher) * nodes.length + nodes.indexOf(watched);
  const groups = [...groupBy(found, (watch) => `${order(watch)}`).values()];
  return groups
    .sort(([a], [b]) => order(a) - order(b))
    .flatMap((group) => {
      const [{ watcher, watched }] = group;
      return union(group.map(({ range }) => range)).map((range) => ({ watcher, watched, range }));
    });
}

function isRam({ type }: Part): boolean {
  return type === 'ram';
}
