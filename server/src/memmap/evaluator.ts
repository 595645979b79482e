/** How this room asks for values. The service answers, and keeps what it has computed. */
import type { Evaluation, EvaluationRequest } from '../c/evaluation';
import type { SourceHost } from '../c/source';
import { memoize } from '../memoize';
import type { Definitions } from '../project/compile-definitions';
import { includeCandidates } from '../project/include';
import { factsOf, type Project } from '../project/project';
import type { RegionNames } from '../project/settings';
import type { SourceTree } from '../project/tree';
import { regionOfVariable } from './regions';

/** Texts of files that stand in for what the workspace has: what an edit would make of them. */
export type Overlay = ReadonlyMap<string, string>;

/**
 * Evaluates a tree for one OSID: `settings.osidNames` are pinned to it, the regions' variables are watched.
 *
 * @param osid undefined: nothing is pinned, the tree's own definitions count
 */
export type EvaluateTree = (tree: SourceTree, osid: number | undefined, overlay?: Overlay) => Evaluation;

/**
 * What a tree is evaluated with. Under an OSID every name of the `osidNames` setting stands for it, as `-DOSID=k` would
 * bind it, in place of the tree's own definition.
 *
 * @param definitions of the compiler's command line, as `compileDefinitions` finds them
 * @param texts of the files
 */
export function evaluationRequest(
  tree: SourceTree,
  osid: number | undefined,
  project: Pick<Project, 'file' | 'settings'>,
  definitions: Definitions,
  texts: Pick<SourceHost, 'read' | 'errorOf'>,
): EvaluationRequest {
  const { dataModel, osidNames, regionNames } = project.settings;
  const names = osid === undefined ? [] : osidNames;
  // What the project file gives for what is set at run time holds everywhere, as the OSID does.
  const settled = osid === undefined ? undefined : factsOf(project, osid)?.define;
  const pinned = new Map([...(settled ?? []), ...names.map((name) => [name, String(osid)] as const)]);
  return {
    file: tree.memmapFile,
    others: tree.others,
    host: { candidates: (from, spelled, angled) => includeCandidates(tree, from, spelled, angled), ...texts },
    dataModel,
    pinned,
    definitions: new Map([...definitions].filter(([name]) => !pinned.has(name))),
    watch: watchOf(regionNames),
  };
}

/** The same for the same names, so that the evaluator knows what it has seen with them. */
const watchOf = memoize(
  (regionNames: RegionNames): EvaluationRequest['watch'] =>
    (name) =>
      regionOfVariable(name, regionNames) !== undefined,
);
