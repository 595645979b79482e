/** How this room asks for values. The service answers, and keeps what it has computed. */
import type { Evaluation } from '../c/evaluation';
import type { SourceTree } from '../project/tree';

/** Texts of files that stand in for what the workspace has: what an edit would make of them. */
export type Overlay = ReadonlyMap<string, string>;

/**
 * Evaluates a tree for one OSID: `settings.osidNames` are pinned to it, `isRegionVariable` is watched.
 *
 * @param osid undefined: nothing is pinned, the tree's own definitions count
 */
export type EvaluateTree = (tree: SourceTree, osid: number | undefined, overlay?: Overlay) => Evaluation;
