/** Why one file is recognized and as what, or why it is not, with the remedy. */
import { nodesMessage } from '../memmap/wording';
import { type Message, message } from '../messages';
import { definitionFiles } from '../project/compile-definitions';
import { isServed } from '../project/discover';
import { hasIomemName, IOMEM_NAMES } from '../project/iomem-files';
import { EVIDENCE_KEYS } from '../project/project-schema';
import { PROJECT_FILE } from '../project/settings';
import type { SourceTree } from '../project/tree';
import { baseName, relativePath } from '../project/uri';
import type { Snapshot, WorkspaceSnapshot } from './snapshot';

/** Sentences, with code spans: at least one. */
export function aboutFile(workspace: WorkspaceSnapshot, file: string): readonly Message[] {
  const roles = [
    ...workspace.projects.flatMap((project) => rolesIn(project, file)),
    ...rolesOfDump(workspace, file),
  ];
  if (roles.length === 0) return reasonsAgainst(workspace, file);
  const project = workspace.of(file);
  const isRead = workspace.projects.some((each) => each.nodesReading(file).length > 0);
  // Its values count, and yet the editor shows nothing in it.
  const isSilent = isRead && !project.iomem(file) && !project.isServed(file);
  return isSilent ? [...roles, ...byGlobs(workspace)] : roles;
}

/** What a project takes the file for. */
function rolesIn(project: Snapshot, file: string): readonly Message[] {
  const { trees } = project.context.project;
  const tree = trees.find(({ memmapFile }) => memmapFile === file);
  const defined = trees.filter((each) => definitionFiles(each).includes(file) && project.document(file));
  return [
    ...(tree ? roleOfTree(project, tree) : roleOfSource(project, file)),
    ...defined.map(({ name }) => message('found.file.definitions', { tree: name })),
    ...rolesOfProjectFile(project, file),
  ];
}

function roleOfTree({ layout, document }: Snapshot, tree: SourceTree): readonly Message[] {
  const { memmapFile, name } = tree;
  if (!document(memmapFile)) return [message('found.not.readable')];
  const osids = layout.nodes.filter((node) => node.tree.memmapFile === memmapFile).map(({ osid }) => osid);
  const unused = layout.unused.find((each) => each.tree.memmapFile === memmapFile);
  if (unused) return [message('found.file.unused', { tree: name, osid: unused.osid })];
  return [message('found.file.tree', { tree: name, nodes: nodesMessage(osids) })];
}

function roleOfSource(project: Snapshot, file: string): readonly Message[] {
  const readers = project.nodesReading(file);
  if (readers.length === 0) return [];
  const trees = [...new Set(readers.map(({ tree }) => tree.name))].join(', ');
  return [message('found.file.read', { trees, nodes: nodesMessage(readers.map(({ osid }) => osid)) })];
}

function rolesOfProjectFile({ context }: Snapshot, file: string): readonly Message[] {
  const { project } = context;
  if (project.file?.uri !== file) return [];
  const trees = project.trees.map(({ name }) => name).join(', ');
  return [
    trees === '' ? message('found.file.project-alone') : message('found.file.project', { trees }),
    ...(project.file.problems.length === 0
      ? []
      : [message('found.file.project-problems', { count: project.file.problems.length })]),
  ];
}

function rolesOfDump({ projects, search }: WorkspaceSnapshot, file: string): readonly Message[] {
  const named = projects.flatMap(({ context }) =>
    (context.project.file?.nodes ?? []).flatMap(({ osid, evidence }) =>
      EVIDENCE_KEYS.filter((key) => evidence[key] === file).map((key) =>
        message('found.file.dump', { osid, key }),
      ),
    ),
  );
  if (named.length > 0) return named;
  const ofNone = message('found.file.iomem-of-no-node');
  // One that is not open and that nothing names is not loaded.
  if (hasIomemName(file) && isInside(search.folders, file))
    return [message('found.file.iomem-name', { names: IOMEM_NAMES.join(', ') }), ofNone];
  return projects.some((project) => project.iomem(file))
    ? [message('found.file.iomem-language'), ofNone]
    : [];
}

function isInside(folders: readonly string[], file: string): boolean {
  return folders.length === 0 || folders.some((folder) => relativePath(folder, file) !== undefined);
}

function reasonsAgainst(workspace: WorkspaceSnapshot, file: string): readonly Message[] {
  const { folders, globs, unread } = workspace.search;
  const isOf = (tree: SourceTree) => relativePath(tree.root, file) !== undefined;
  if (!isInside(folders, file)) return [message('found.not.outside')];
  if (unread.some(isOf)) return [message('found.not.read')];
  if (baseName(file) === PROJECT_FILE) return [message('found.not.searched')];
  const served = isServed(file, folders, { files: globs });
  if (!/\.[ch]$/.test(file)) return [message('found.not.source', { names: IOMEM_NAMES.join(', ') })];
  const tree = workspace.projects.flatMap(({ context }) => context.project.trees).find(isOf);
  return [
    ...(tree ? [inTree(tree, file)] : served && file.endsWith('.c') ? [] : [message('found.not.in-tree')]),
    ...(served ? [] : byGlobs(workspace)),
    ...(served && !tree && file.endsWith('.c') ? [message('found.not.searched')] : []),
  ];
}

function inTree({ name, others }: SourceTree, file: string): Message {
  const kind = others.includes(file) ? 'neighbour' : file.endsWith('.h') ? 'header' : 'source-file';
  return message(`found.not.${kind}`, { tree: name, file: baseName(file) });
}

function byGlobs({ search: { globs } }: WorkspaceSnapshot): readonly Message[] {
  return [message('found.not.matched', { globs: globs.join(', ') })];
}
