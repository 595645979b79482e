/** Paths as pages and logs show them. */
import { baseName, pathOf, relativePath, withoutSlash } from '../project/uri';

/**
 * The path from the innermost workspace folder that holds the file, after the folder's name where there are several
 * folders; the whole path where none holds it.
 *
 * @param folders URIs
 */
export function workspacePath(folders: readonly string[], file: string): string {
  const [holder] = folders
    .map(withoutSlash)
    .filter((folder) => relativePath(folder, file) !== undefined)
    .sort((a, b) => b.length - a.length);
  const path = holder === undefined ? undefined : relativePath(holder, file);
  if (holder === undefined || path === undefined || path === '') return pathOf(file);
  return folders.length > 1 ? `${baseName(holder)}/${path}` : path;
}
