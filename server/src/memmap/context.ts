/** What a rule or a fix sees. */
import type { Project } from '../project/project';
import type { EvaluateTree } from './evaluator';
import type { Layout } from './layout';
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
}

export function ruleContext(given: Omit<RuleContext, 'overlaps' | 'settings'>): RuleContext {
  let overlaps: readonly Overlap[] | undefined;
  return {
    ...given,
    settings: given.project.settings,
    get overlaps() {
      overlaps ??= nodeOverlaps(given.layout);
      return overlaps;
    },
  };
}
