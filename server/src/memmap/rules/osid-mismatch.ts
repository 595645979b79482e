/**
 * kexec-mint.json says which OS node a source tree is for, and the tree defines another OSID. The node is shown as the
 * project file has it; the program that is compiled from the tree as it stands has the addresses of the other node.
 *
 * Example: `{ "osid": 2, "source": "kexec-mint-os2" }`, and `kexec-mint-os2/kexec/mint.h`, copied from node 1's tree, says
 * ```c
 * #define OSID 1
 * ```
 *
 * Remedy: make the two agree.
 */
import { message } from '../../messages';
import { type LayoutNode, sharesTree } from '../layout';
import { placeOfTree } from '../places';
import type { Draft, Rule } from '../rule';

export const osidMismatch: Rule = {
  name: 'osid-mismatch',
  severity: 'error',
  check: ({ layout }) =>
    // One tree for several nodes is compiled anew for each, with its OSID.
    layout.nodes.filter((node) => !sharesTree(layout, node)).flatMap((node) => mismatch(node)),
};

function mismatch({ osid, osidFrom, tree }: LayoutNode): readonly Draft[] {
  if (osidFrom.kind !== 'project' || osidFrom.own === undefined || osidFrom.own.osid === osid) return [];
  const { own, place } = osidFrom;
  return [
    {
      place: own.place ?? placeOfTree(tree),
      message: message('rule.osid-mismatch', { tree: tree.name, osid, own: own.osid, name: own.name }),
      nodes: [osid],
      related: [{ place, message: message('rule.osid-mismatch.project', { osid }) }],
    },
  ];
}
