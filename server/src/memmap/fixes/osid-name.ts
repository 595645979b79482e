/** The name under which a tree's own code knows the OSID. */
import type { Derivation } from '../../c/evaluation';
import type { RuleContext } from '../context';
import type { LayoutNode } from '../layout';

/** A name of the `osidNames` setting that the tree defines or uses; undefined where it has none. */
export function osidName(context: RuleContext, node: LayoutNode): string | undefined {
  const { osidNames } = context.settings;
  const own = context.evaluate(node.tree, undefined);
  const defined = osidNames.find((name) => own.definitions.has(name) || own.valueOf(name) !== undefined);
  if (defined !== undefined) return defined;
  const used = new Set<string>();
  for (const { start, size } of node.regions) {
    collectNames(start.watched?.derivation, used);
    collectNames(size.watched?.derivation, used);
  }
  return osidNames.find((name) => used.has(name));
}

function collectNames(derivation: Derivation | undefined, names: Set<string>): void {
  for (const leaf of derivation?.leaves ?? []) {
    if (leaf.kind !== 'name' || names.has(leaf.text)) continue;
    names.add(leaf.text);
    collectNames(leaf.derivation, names);
  }
}
