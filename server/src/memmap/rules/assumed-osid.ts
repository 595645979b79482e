/**
 * There are several source trees, and nothing says which OS node this one is for: it defines no OSID, and its folder's
 * name does not end in a number. It was taken for the lowest number that is free.
 *
 * Example: a folder `kexec-mint-new` beside `kexec-mint-os0`, whose mint.h leaves OSID to the compiler's command line.
 *
 * Remedy: define the OSID in the tree (`#define OSID 1`), or end the folder's name with it.
 */
import { message } from '../../messages';
import { placeOfTree } from '../places';
import type { Rule } from '../rule';

export const assumedOsid: Rule = {
  name: 'assumed-osid',
  severity: 'warning',
  check: ({ layout, project: { trees }, settings }) =>
    layout.nodes
      .filter(({ osidFrom }) => osidFrom.kind === 'free' && trees.length > 1)
      .map(({ osid, tree }) => ({
        place: placeOfTree(tree),
        message: message('rule.assumed-osid', {
          osid,
          tree: tree.name,
          names: settings.osidNames.join(', '),
        }),
        nodes: [osid],
      })),
};
