/** From the texts at hand to a snapshot of the workspace: passes over all projects, with what they lack loaded in between. */
import { definitionFiles } from '../project/compile-definitions';
import { discoverTrees } from '../project/discover';
import type { Unreadable } from '../project/files';
import { type Project, projectsOf } from '../project/project';
import { readProjectFile } from '../project/project-file';
import { PROJECT_FILE, type Settings } from '../project/settings';
import type { SourceTree } from '../project/tree';
import { baseName } from '../project/uri';
import { Computation, type ComputationInput } from './computation';
import { type AskedFiles, isMissing } from './evidence-files';
import type { KeptResult, KeptWork } from './kept-work';
import { Pace } from './pace';
import { createSnapshot, type WorkspaceSnapshot, workspaceSnapshot } from './snapshot';
import type { FrozenSources } from './sources';

export interface WorkspaceInput extends Pick<ComputationInput, 'evaluations' | 'flags' | 'evidence' | 'log'> {
  /** What was computed before, which this call keeps up to date. */
  readonly kept: KeptWork<Material>;
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
  /** Memory maps of the trees that are left out, as somebody stopped the reading of them. */
  readonly unread: ReadonlySet<string>;
  /** Whether the trees that have not been read yet are to be left out. */
  readonly isStopped: () => boolean;
  /** Told of each tree that has been read. */
  readonly progress: (read: number, total: number) => void;
}

export interface ComputedWorkspace {
  readonly snapshot: WorkspaceSnapshot;
  readonly sources: FrozenSources;
  readonly trees: readonly SourceTree[];
  /** Memory maps of the trees that were left out. */
  readonly unread: ReadonlySet<string>;
  /** The files it rests on. */
  readonly used: ReadonlySet<string>;
}

/** Undefined where it is overtaken. */
export async function computeWorkspace(input: WorkspaceInput): Promise<ComputedWorkspace | undefined> {
  let wanted = askedFiles(input.found.filter((file) => baseName(file) === PROJECT_FILE));
  let unread = input.unread;
  const read = new Set<string>();
  for (;;) {
    await input.load(wanted);
    if (input.isOvertaken()) return undefined;
    const asked = askedFiles();
    const material = materialOf(input, unread, asked);
    if (!isMissing(asked)) {
      const left = await readTrees(input, material, read);
      if (!left) return undefined;
      if (left.length > 0) unread = new Set([...unread, ...left]);
      else {
        const computed = pass(input, material, unread, asked);
        if (computed) return computed;
      }
    }
    wanted = asked;
  }
}

export interface Material {
  /** Those that are to be read. */
  readonly trees: readonly SourceTree[];
  readonly projects: readonly Project[];
  /** Found, and not to be read. */
  readonly left: readonly SourceTree[];
  /** All that is read before it is known what they include. */
  readonly files: readonly string[];
}

/** The projects, as far as their files are loaded. */
function materialOf(
  { found, folders, settings, kept, ...input }: WorkspaceInput,
  unread: ReadonlySet<string>,
  asked: AskedFiles,
): Material {
  const sources = input.sources();
  const projectFiles = found.filter((file) => baseName(file) === PROJECT_FILE);
  const texts = projectFiles.flatMap((file) => [sources.get(file), sources.errorOf(file)]);
  const material = kept.materialOf([found, folders.join('\n'), settings, unread, ...texts], () => {
    const all = discoverTrees(found, folders, settings);
    const trees = all.filter(({ memmapFile }) => !unread.has(memmapFile));
    const left = all.filter(({ memmapFile }) => unread.has(memmapFile));
    const read = projectFiles.map((file) => readProjectFile(file, contentOf(file, sources), folders));
    const files = [...projectFiles, ...trees.flatMap(filesOfTree)];
    return { trees, left, files, projects: projectsOf(trees, read, settings, folders) };
  });
  for (const file of material.files) {
    asked.used.add(file);
    if (sources.get(file) === undefined) asked.missing.add(file);
  }
  return material;
}

function contentOf(file: string, sources: FrozenSources): string | Unreadable | undefined {
  const error = sources.errorOf(file);
  return error === undefined ? sources.get(file)?.getText() : { error };
}

/**
 * Reads the trees one after the other with all that they include, so that the pass over them has what it needs.
 *
 * @param read memory maps of the trees that have been read
 * @returns those of the trees that are not, as the reading was stopped; undefined where it is overtaken
 */
async function readTrees(
  input: WorkspaceInput,
  { trees, projects }: Material,
  read: Set<string>,
): Promise<readonly string[] | undefined> {
  const pace = new Pace();
  let sources = input.sources();
  const isLacking = async (project: Project, tree: SourceTree) => {
    const asked = askedFiles();
    new Computation({ ...input, project, sources, asked }).read(tree);
    if (!isMissing(asked)) return false;
    await input.load(asked);
    sources = input.sources();
    return true;
  };
  for (const project of projects) {
    if (input.kept.resultOf(project, sources, input.evidence.age)) {
      for (const { memmapFile } of project.trees) read.add(memmapFile);
      continue;
    }
    for (const tree of project.trees) {
      const isNew = !read.has(tree.memmapFile);
      if (isNew && input.isStopped())
        return trees.map(({ memmapFile }) => memmapFile).filter((file) => !read.has(file));
      while (await isLacking(project, tree)) if (input.isOvertaken()) return undefined;
      await pace.rest();
      if (input.isOvertaken()) return undefined;
      read.add(tree.memmapFile);
      if (isNew) input.progress(read.size, trees.length);
    }
  }
  return [];
}

/** One pass with what is loaded; undefined where files are missing, which are then among `asked`. */
function pass(
  input: WorkspaceInput,
  { trees, projects, left }: Material,
  unread: ReadonlySet<string>,
  asked: AskedFiles,
): ComputedWorkspace | undefined {
  const { folders, settings, kept, evidence } = input;
  const sources = input.sources();
  const results = new Map(projects.map((project) => [project, resultOf(input, project, sources, asked)]));
  if (isMissing(asked)) return undefined;
  kept.keep(results);
  const snapshots = [...results.values()].map(({ context, findings }) =>
    createSnapshot({ context, findings, sources, folders, readIomem: evidence.iomem }),
  );
  const search = { folders, globs: settings.files, unread: left };
  const snapshot = workspaceSnapshot(snapshots, sources, search);
  return { snapshot, sources, trees, unread, used: new Set(asked.used) };
}

/** What is kept of a project, else what a pass over it comes to. */
function resultOf(
  input: WorkspaceInput,
  project: Project,
  sources: FrozenSources,
  asked: AskedFiles,
): KeptResult {
  const { kept, evaluations, evidence } = input;
  const evidenceAge = evidence.age;
  const known = kept.resultOf(project, sources, evidenceAge);
  for (const evaluation of known?.evaluated ?? []) evaluations.use(evaluation);
  const own = askedFiles();
  const result = known ?? {
    ...new Computation({ ...input, project, sources, asked: own }).run(),
    sources,
    used: own.used,
    evidenceAge,
  };
  for (const file of result.used) asked.used.add(file);
  for (const file of own.missing) asked.missing.add(file);
  for (const file of own.missingDumps) asked.missingDumps.add(file);
  for (const [file, keys] of own.missingBinaries) {
    asked.missingBinaries.set(file, new Set([...(asked.missingBinaries.get(file) ?? []), ...keys]));
  }
  return result;
}

function askedFiles(missing: readonly string[] = []): AskedFiles {
  return { used: new Set(), missing: new Set(missing), missingDumps: new Set(), missingBinaries: new Map() };
}

function filesOfTree(tree: SourceTree): readonly string[] {
  return [tree.memmapFile, ...definitionFiles(tree)];
}
