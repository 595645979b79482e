/** Which source trees belong together: those below one project file, and those below none. */
import { groupBy } from '../group-by';
import type { NodeFacts, ProjectFile } from './project-file';
import { PROJECT_FILE, type Settings } from './settings';
import type { SourceTree } from './tree';
import { childOf, parentOf, relativePath } from './uri';

/** Source trees whose OS nodes share one machine, and what is known of them. */
export interface Project {
  /** Undefined where no kexec-mint.json lies above the trees. */
  readonly file: ProjectFile | undefined;
  readonly trees: readonly SourceTree[];
  /** URI of the project file, or where one would stand: in the workspace folder. */
  readonly uri: string;
  /** The editor's settings with what the project file says in their place. */
  readonly settings: Settings;
}

/**
 * A project for each project file, of the trees it is the nearest one above, and one for the trees that have none.
 *
 * @returns at least one project; those with trees come first
 */
export function projectsOf(
  trees: readonly SourceTree[],
  files: readonly ProjectFile[],
  settings: Settings,
  folders: readonly string[],
): readonly Project[] {
  const treesOf = groupBy(trees, (tree) => nearest(files, tree));
  const hasOthers = files.length === 0 || treesOf.has(undefined);
  return [...files, ...(hasOthers ? [undefined] : [])]
    .map((file) => {
      const own = treesOf.get(file) ?? [];
      const uri = file?.uri ?? childOf(folderOf(own, folders), PROJECT_FILE);
      return { file, trees: own, uri, settings: settingsOf(file, settings) };
    })
    .sort((a, b) => Number(b.trees.length > 0) - Number(a.trees.length > 0));
}

/** What the project file says of a node. */
export function factsOf(project: Pick<Project, 'file'>, osid: number): NodeFacts | undefined {
  return project.file?.nodes.find((node) => node.osid === osid);
}

function nearest(files: readonly ProjectFile[], tree: SourceTree): ProjectFile | undefined {
  return files
    .filter(({ uri }) => relativePath(parentOf(uri), tree.root) !== undefined)
    .sort((a, b) => b.uri.length - a.uri.length)[0];
}

/** The workspace folder that holds the trees; without one, that of the first tree. */
function folderOf(trees: readonly SourceTree[], folders: readonly string[]): string {
  const [first] = trees;
  const holders = folders.filter((folder) => first && relativePath(folder, first.root) !== undefined);
  return holders[0] ?? (first ? parentOf(first.root) : (folders[0] ?? 'file:///'));
}

function settingsOf(file: ProjectFile | undefined, settings: Settings): Settings {
  if (!file) return settings;
  return { ...settings, ...file.settings, rules: { ...settings.rules, ...file.settings.rules } };
}
