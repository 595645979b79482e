/** How requests and lists name a project. */
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
