/** From the texts at hand to a snapshot of the workspace: passes over all projects, with what they lack loaded in between. */
import { definitionFiles } from '../project/compile-definitions';
import { discoverTrees } from '../project/discover';
import { projectsOf } from '../project/project';
import { readProjectFile } from '../project/project-file';
import { PROJECT_FILE, type Settings } from '../project/settings';
import type { SourceTree } from '../project/tree';
import { baseName } from '../project/uri';
import { Computation, type ComputationInput } from './computation';
import { type AskedFiles, isMissing } from './evidence-files';
import { type WorkspaceSnapshot, workspaceSnapshot } from './snapshot';
import type { FrozenSources } from './sources';

export interface WorkspaceInput extends Pick<ComputationInput, 'evaluations' | 'flags' | 'evidence' | 'log'> {
  /** What discovery found. */
  readonly found: readonly string[];
  readonly folders: readonly string[];
  readonly settings: Settings;
  /** The texts at hand; asked again after each loading. */
  readonly sources: () => FrozenSources;
  /** Loads what is missing. */
  readonly load: (asked: AskedFiles) => Promise<void>;
  /** Whether the result is no longer wanted. */
  readonly isOvertaken: () => boolean;
}

export interface ComputedWorkspace {
  readonly snapshot: WorkspaceSnapshot;
  readonly sources: FrozenSources;
  readonly trees: readonly SourceTree[];
  /** The files it rests on. */
  readonly used: ReadonlySet<string>;
}

/** Undefined where it is overtaken. */
export async function computeWorkspace(input: WorkspaceInput): Promise<ComputedWorkspace | undefined> {
  let wanted = askedFiles(input.found.filter((file) => baseName(file) === PROJECT_FILE));
  for (;;) {
    await input.load(wanted);
    if (input.isOvertaken()) return undefined;
    const asked = askedFiles();
    const computed = pass(input, input.sources(), asked);
    if (computed) return computed;
    wanted = asked;
  }
}

/** One pass with what is loaded; undefined where files are missing, which are then among `asked`. */
function pass(
  { found, folders, settings, evaluations, flags, evidence, log }: WorkspaceInput,
  sources: FrozenSources,
  asked: AskedFiles,
): ComputedWorkspace | undefined {
  const projectFiles = found.filter((file) => baseName(file) === PROJECT_FILE);
  const trees = discoverTrees(found, folders, settings);
  const files = projectFiles.map((file) => readProjectFile(file, sources.get(file)?.getText(), folders));
  const projects = projectsOf(trees, files, settings, folders);
  for (const file of [...projectFiles, ...trees.flatMap(filesOfTree)]) {
    asked.used.add(file);
    if (sources.get(file) === undefined) asked.missing.add(file);
  }
  if (isMissing(asked)) return undefined;
  const computations = projects.map(
    (project) => new Computation({ project, folders, sources, evaluations, flags, evidence, asked, log }),
  );
  for (const computation of computations) computation.probe();
  if (isMissing(asked)) return undefined;
  const snapshots = computations.map((computation) => computation.run());
  if (isMissing(asked)) return undefined;
  const search = { folders, globs: settings.files, unread: [] };
  return {
    snapshot: workspaceSnapshot(snapshots, sources, search),
    sources,
    trees,
    used: new Set(asked.used),
  };
}

function askedFiles(missing: readonly string[] = []): AskedFiles {
  return { used: new Set(), missing: new Set(missing), missingDumps: new Set(), missingBinaries: new Map() };
}

function filesOfTree(tree: SourceTree): readonly string[] {
  return [tree.memmapFile, ...definitionFiles(tree)];
}
