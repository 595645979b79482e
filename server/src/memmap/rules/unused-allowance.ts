/**
 * kexec-mint.json allows an overlap that does not occur: the layout has changed since, or the entry names other nodes or
 * regions than it means. An entry that is left behind would hide an overlap that somebody makes by mistake later.
 *
 * Example: with the regions as they are, OS nodes 0 and 2 share no memory
 * ```json
 * { "nodes": [0, 2], "regions": ["region3", "region3"], "reason": "health check reads node 2" }
 * ```
 *
 * Remedy: remove the entry (quick fix), or correct it.
 */
import { message } from '../../messages';
import { removeAllowance } from '../../project/project-edit';
import type { Allowance } from '../../project/project-file';
import type { RuleContext } from '../context';
import { allows } from '../overlaps/allowances';
import type { Rule } from '../rule';

export const unusedAllowance: Rule = {
  name: 'unused-allowance',
  severity: 'information',
  check: (context) => {
    const { file } = context.project;
    if (!file) return [];
    return file.allowances
      .filter((allowance) => !mayOccur(context, allowance))
      .map((allowance) => ({
        place: allowance.place,
        message: message('rule.unused-allowance', { a: allowance.nodes[0], b: allowance.nodes[1] }),
        nodes: allowance.nodes,
        fixes: () => {
          const edits = removeAllowance(file.uri, context.text(file.uri) ?? '', allowance.index);
          if (edits.length === 0) return [];
          return [{ title: message('fix.remove-allowance'), edits, preferred: true }];
        },
      }));
  },
};

/** Whether it allows an overlap, or one that cannot be judged while a region is not known. */
function mayOccur({ layout, overlaps }: RuleContext, allowance: Allowance): boolean {
  const isUnknown = layout.nodes.some((node) => {
    const region = allowance.regions?.[allowance.nodes.indexOf(node.osid)];
    return node.regions.some(
      ({ name, unknown }) =>
        allowance.nodes.includes(node.osid) && unknown && (region === undefined || region === name),
    );
  });
  return isUnknown || overlaps.some((overlap) => allows(allowance, overlap));
}
