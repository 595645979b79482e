/** Which of two overlapping regions is the one to change, and at which end. */
import type { SourceTree } from '../../project/tree';
import { sameRange } from '../../range';
import type { RuleContext } from '../context';
import { regionsOf } from '../regions';
import type { Overlap, Part } from './overlaps';

export interface Blame {
  readonly blamed: Part;
  readonly other: Part;
  /** The end of the blamed region that reaches into the other: its end, or its start. */
  readonly side: 'end' | 'start';
}

/** So many other trees are asked what they think of a node; more would not change the answer. */
const VOTERS = 4;

/**
 * A range of the table that is no region reaches too far into one that is. A region that all other trees see elsewhere is the edited one. Where that does not tell, the lower region reaches
 * too far; of two that start together, the one whose size is unusual, else the one of the higher OSID.
 */
export function blame(context: RuleContext, { a, b }: Overlap): Blame {
  const [lower, upper] = a.range.start <= b.range.start ? [a, b] : [b, a];
  // A range that the code adds beside the regions is no node's share.
  if ((lower.region === undefined) !== (upper.region === undefined)) {
    return lower.region === undefined ? against(lower, upper) : against(upper, lower);
  }
  const [first, second] = [deviates(context, lower, upper), deviates(context, upper, lower)];
  if (first !== second) return first ? against(lower, upper) : against(upper, lower);
  if (lower.range.start < upper.range.start) return against(lower, upper);
  const [odd, even] = [isUnusual(context, a), isUnusual(context, b)];
  return odd && !even ? against(a, b) : against(b, a);
}

function against(blamed: Part, other: Part): Blame {
  return { blamed, other, side: blamed.range.start < other.range.start ? 'end' : 'start' };
}

/**
 * Whether the other nodes' trees, asked for this node's OSID, agree with each other on another range. At least two
 * have to, and more than half of those asked.
 */
function deviates(context: RuleContext, { node, region }: Part, other: Part): boolean {
  if (!region?.range) return false;
  const { range } = region;
  const others = context.project.trees.filter((tree) => tree.root !== node.tree.root);
  // The tree that is being typed in is likely that of the other region: asked last, it need not be evaluated as a rule.
  const isOther = (tree: SourceTree) => tree.root === other.node.tree.root;
  const voters = [...others.filter((tree) => !isOther(tree)).slice(0, VOTERS - 1), ...others.filter(isOther)];
  const needed = Math.max(2, Math.floor(voters.length / 2) + 1);
  const votes = new Map<string, number>();
  let most = 0;
  for (const [asked, tree] of voters.entries()) {
    if (most + voters.length - asked < needed) return false;
    const regions = regionsOf(context.evaluate(tree, node.osid), context.settings.regionNames);
    const seen = regions.find(({ name }) => name === region.name)?.range;
    if (!seen || sameRange(seen, range)) continue;
    const key = `${seen.start}-${seen.end}`;
    const count = (votes.get(key) ?? 0) + 1;
    votes.set(key, count);
    most = Math.max(most, count);
  }
  return most >= needed;
}

/** Whether the region has another size than most nodes' regions of that name. */
function isUnusual(context: RuleContext, { region }: Part): boolean {
  if (!region) return false;
  const sizes = context.layout.nodes.flatMap((node) =>
    node.regions.filter(({ name }) => name === region.name).map(({ size }) => size.value),
  );
  const same = sizes.filter((size) => size === region.size.value).length;
  return same * 2 < sizes.length;
}
