/** What a rule or a fix sees. */
import type { Project } from '../project/project';
import type { EvaluateTree } from './evaluator';
import type { Layout, LayoutNode } from './layout';
import { nodeOverlaps, type Overlap } from './overlaps/overlaps';

export interface RuleContext {
  readonly layout: Layout;
  /** The trees, and what the project file says of them. */
  readonly project: Project;
  /** Those of the project. */
  readonly settings: Project['settings'];
  /** Other OSIDs, or the trees' own, or edited text. */
  readonly evaluate: EvaluateTree;
  /** The text of a file that an evaluation read; undefined for others. */
  text(file: string): string | undefined;
  /** Between OS nodes, computed once. */
  readonly overlaps: readonly Overlap[];
  /** What `compute` makes of a node here, computed once: several findings may need the same. */
  once<Result>(node: LayoutNode, compute: Compute<Result>): Result;
}

type Compute<Result> = (context: RuleContext, node: LayoutNode) => Result;

export function ruleContext(given: Omit<RuleContext, 'overlaps' | 'settings' | 'once'>): RuleContext {
  let overlaps: readonly Overlap[] | undefined;
  const computed = new Map<Compute<unknown>, Map<LayoutNode, unknown>>();
  const context: RuleContext = {
    ...given,
    settings: given.project.settings,
    get overlaps() {
      overlaps ??= nodeOverlaps(given.layout);
      return overlaps;
    },
    once<Result>(node: LayoutNode, compute: Compute<Result>) {
      const results = (computed.get(compute) ?? new Map()) as Map<LayoutNode, Result>;
      computed.set(compute, results);
      const result = results.has(node) ? (results.get(node) as Result) : compute(context, node);
      results.set(node, result);
      return result;
    },
  };
  return context;
}
