/**
 * A source tree claims to be that of an OS node for which kexec-mint.json names another tree, so it is not part of the
 * layout.
 *
 * Example: `kexec-mint-os0-copy`, in which `OSID` is 0 as well, beside the `"source": "kexec-mint-os0"` of node 0.
 *
 * Remedy: none, where the tree is a copy that is kept. Else use it for the node (quick fix), or give it its own OSID.
 */
import { message } from '../../messages';
import { useTree } from '../fixes/use-tree';
import { placeOfTree } from '../places';
import type { Rule } from '../rule';

export const unusedTree: Rule = {
  name: 'unused-tree',
  severity: 'information',
  check: (context) =>
    context.layout.unused.map(({ tree, osid }) => {
      const used = context.layout.nodes.find((node) => node.osid === osid);
      return {
        place: placeOfTree(tree),
        message: message('rule.unused-tree', { tree: tree.name, osid, other: used?.tree.name ?? '' }),
        nodes: [osid],
        fixes: () => useTree(context, tree, osid),
      };
    }),
};
