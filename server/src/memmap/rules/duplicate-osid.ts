/**
 * Two source trees claim the same OS node. Usually one was copied from the other and its OSID was not changed.
 *
 * Example: `kexec-mint-os1/kexec/mint.h`, copied from node 0's tree, still says
 * ```c
 * #define OSID 0
 * ```
 *
 * The finding stands in the tree whose folder is named for another number, else in the later one. Both trees stay in
 * the layout; overlaps between them are not reported.
 *
 * Remedy: give each tree its own OSID, or say in kexec-mint.json which of them is the node's (quick fix).
 */
import { groupBy } from '../../group-by';
import { message } from '../../messages';
import { baseName } from '../../project/uri';
import { useTree } from '../fixes/use-tree';
import type { LayoutNode } from '../layout';
import { numberOfFolder } from '../nodes';
import { beginningOf } from '../places';
import type { Rule } from '../rule';

export const duplicateOsid: Rule = {
  name: 'duplicate-osid',
  severity: 'error',
  check: (context) => {
    const claims = groupBy(context.layout.nodes, ({ osid }) => osid);
    return [...claims.values()].flatMap((nodes) => {
      const owner = nodes.find((node) => numberOfFolder(baseName(node.tree.root)) === node.osid) ?? nodes[0];
      return nodes
        .filter((node) => node !== owner)
        .map((node) => ({
          place: claimPlace(node),
          message: message('rule.duplicate-osid', {
            osid: node.osid,
            tree: node.tree.name,
            other: owner.tree.name,
          }),
          nodes: [node.osid],
          fixes: () => [node, owner].flatMap(({ tree }) => useTree(context, tree, node.osid)),
          related: [
            {
              place: claimPlace(owner),
              message: message('rule.duplicate-osid.other', { osid: owner.osid, tree: owner.tree.name }),
            },
          ],
        }));
    });
  },
};

function claimPlace({ osidFrom, tree }: LayoutNode) {
  const place = osidFrom.kind === 'definition' ? osidFrom.place : undefined;
  return place ?? beginningOf(tree.memmapFile);
}
