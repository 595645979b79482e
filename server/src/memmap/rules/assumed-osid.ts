/**
 * There are several source trees, and nothing says which OS node this one is for: it defines no OSID, and its folder's
 * name does not end in a number. It was taken for the lowest number that is free.
 *
 * Example: a folder `kexec-mint-new` beside `kexec-mint-os0`, whose mint.h leaves OSID to the compiler's command line.
 *
 * Remedy: define the OSID in the tree (`#define OSID 1`), end the folder's name with it, or say so in kexec-mint.json (quick fix).
 */
import { message } from '../../messages';
import { useTree } from '../fixes/use-tree';
import { placeOfTree } from '../places';
import type { Rule } from '../rule';

export const assumedOsid: Rule = {
  name: 'assumed-osid',
  severity: 'warning',
  check: (context) =>
    context.layout.nodes
      .filter(({ osidFrom }) => osidFrom.kind === 'free' && context.project.trees.length > 1)
      .map(({ osid, tree }) => ({
        place: placeOfTree(tree),
        message: message('rule.assumed-osid', {
          osid,
          tree: tree.name,
          names: context.settings.osidNames.join(', '),
        }),
        nodes: [osid],
        fixes: () => useTree(context, tree, osid),
      })),
};
