/** What a rule or a fix sees. */
import type { Settings } from '../project/settings';
import type { SourceTree } from '../project/tree';
import type { EvaluateTree } from './evaluator';
import type { Layout } from './layout';
import { nodeOverlaps, type Overlap } from './overlaps';

export interface RuleContext {
  readonly layout: Layout;
  readonly settings: Settings;
  /** All source trees, as they were discovered. */
  readonly trees: readonly SourceTree[];
  /** Other OSIDs, or the trees' own, or edited text. */
  readonly evaluate: EvaluateTree;
  /** The text of a file that an evaluation read; undefined for others. */
  text(file: string): string | undefined;
  /** Between OS nodes, computed once. */
  readonly overlaps: readonly Overlap[];
}

export function ruleContext(given: Omit<RuleContext, 'overlaps'>): RuleContext {
  let overlaps: readonly Overlap[] | undefined;
  return {
    ...given,
    get overlaps() {
      overlaps ??= nodeOverlaps(given.layout);
      return overlaps;
    },
  };
}
