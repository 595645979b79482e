/** How requests and lists name a project, and which files it is made of. */
import { definitionFiles } from '../project/compile-definitions';
import { baseName, parentOf } from '../project/uri';
import type { Snapshot, WorkspaceSnapshot } from './snapshot';

/** A file that belongs to the project and to no other: its project file, else the first tree's. */
export function projectUri({ context: { project } }: Snapshot): string {
  return project.file?.uri ?? project.trees[0]?.memmapFile ?? project.uri;
}

/** The name of the folder that it stands in. */
export function projectName({ context: { project } }: Snapshot): string {
  return baseName(parentOf(project.uri));
}

/** Every text that its layout rests on: its sources, its project file, what its machines reported. */
export function projectFiles(snapshot: Snapshot): readonly string[] {
  const { file, trees } = snapshot.context.project;
  const files = [
    ...(file ? [file.uri] : []),
    ...(file?.nodes ?? []).flatMap(({ evidence }) => Object.values(evidence)),
    ...trees.flatMap(definitionFiles),
    ...snapshot.layout.nodes.flatMap(({ evaluation }) => evaluation.files),
  ];
  return [...new Set(files)].filter((each) => snapshot.document(each) !== undefined);
}

/** The projects that have OS nodes. */
export function laidOutProjects({ projects }: WorkspaceSnapshot): readonly Snapshot[] {
  return projects.filter(({ layout }) => layout.nodes.length > 0);
}

/** The project of another state that has the same project file, or else a tree of it. */
export function sameProject({ projects }: WorkspaceSnapshot, { context }: Snapshot): Snapshot | undefined {
  const { file, trees } = context.project;
  const files = new Set(trees.map(({ memmapFile }) => memmapFile));
  return (
    projects.find((other) => file && other.context.project.file?.uri === file.uri) ??
    projects.find((other) => other.context.project.trees.some(({ memmapFile }) => files.has(memmapFile)))
  );
}
