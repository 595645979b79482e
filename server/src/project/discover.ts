/** From the files of a workspace to its Kexec-Mint source trees. */
import { groupBy } from '../group-by';
import { matchesGlob } from './glob';
import { PROJECT_FILE, type Settings } from './settings';
import type { SourceTree } from './tree';
import { baseName, parentOf, pathOf, relativePath, withoutSlash } from './uri';

/** The C files beside a memory map: what it calls and what its `extern` objects are defined in. */
const NEIGHBOURS = '**/kexec/*.c';
/** Files that say more of the trees below them. */
const PROJECT_FILES = `**/${PROJECT_FILE}`;

/** What `FileAccess.find` is to be asked for so that {@link discoverTrees} sees all it needs. */
export function discoveryGlobs(settings: Pick<Settings, 'files'>): readonly string[] {
  return [...settings.files, NEIGHBOURS, PROJECT_FILES];
}

/**
 * A source tree for each C file that the `files` setting names, usually `…/kexec/firmware_memmap.c`.
 *
 * @param found URIs, as `FileAccess.find(discoveryGlobs(settings))` gives them
 * @param folders URIs of the workspace folders
 * @returns sorted by root, numbers in names by value (`os2` before `os10`); names are unique
 */
export function discoverTrees(
  found: readonly string[],
  folders: readonly string[],
  settings: Pick<Settings, 'files'>,
): readonly SourceTree[] {
  const files = [...new Set(found)].filter((uri) => uri.endsWith('.c'));
  const memmapFiles = files.filter((uri) => isServed(uri, folders, settings)).sort(byPath);
  const neighbours = groupBy(files, parentOf);
  const names = uniqueNames(memmapFiles, folders);
  return memmapFiles.map((memmapFile, index) => ({
    root: rootOf(memmapFile),
    name: names[index] ?? memmapFile,
    memmapFile,
    others: (neighbours.get(parentOf(memmapFile)) ?? []).filter((uri) => uri !== memmapFile).sort(byPath),
  }));
}

/** Whether the extension works on the file: it matches a pattern of the `files` setting. */
export function isServed(
  uri: string,
  folders: readonly string[],
  settings: Pick<Settings, 'files'>,
): boolean {
  const absolute = pathOf(uri).replace(/^\/+/, '');
  const paths = [absolute, ...folders.map((folder) => relativePath(folder, uri) ?? absolute)];
  return settings.files.some((glob) => paths.some((path) => matchesGlob(glob.replace(/^\/+/, ''), path)));
}

/** The tree's root is the folder above `kexec/`; a file that stands elsewhere is in the root itself. */
export function rootOf(memmapFile: string): string {
  const folder = parentOf(memmapFile);
  return baseName(folder) === 'kexec' ? parentOf(folder) : folder;
}

function byPath(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The shortest of: path in the workspace folder, the same after the folder's name, the whole path; then the file's. */
function uniqueNames(memmapFiles: readonly string[], folders: readonly string[]): readonly string[] {
  const forms = memmapFiles.map((file) => nameForms(file, folders));
  const taken = new Map<string, number>();
  for (const [first] of forms) taken.set(first, (taken.get(first) ?? 0) + 1);
  const longer = new Map<string, number>();
  for (const [, second] of forms) longer.set(second, (longer.get(second) ?? 0) + 1);
  return forms.map(([first, second, whole]) => {
    if (taken.get(first) === 1) return first;
    return longer.get(second) === 1 ? second : whole;
  });
}

function nameForms(memmapFile: string, folders: readonly string[]): readonly [string, string, string] {
  const root = rootOf(memmapFile);
  const whole = pathOf(memmapFile);
  // The innermost folder that holds the root: workspace folders may lie in one another.
  const holder = folders
    .map(withoutSlash)
    .filter((folder) => relativePath(folder, root) !== undefined)
    .sort((a, b) => b.length - a.length)[0];
  if (holder === undefined) return [baseName(root), pathOf(root), whole];
  const relative = relativePath(holder, root) || baseName(root);
  const prefixed = root === holder ? pathOf(root) : `${baseName(holder)}/${relative}`;
  return [relative, prefixed, whole];
}
