/** Files that the server has no disk for, by the file systems of the editor. */
import { FileType, Uri, workspace } from 'vscode';
import { toBase64 } from '../../server/src/project/base64';
import { type Entry, type FileTree, search } from '../../server/src/project/search';
import type { FindFilesResult, ReadFileParams, ReadFileResult } from '../../server/src/protocol';

export async function readFile({ uri, limit, inside }: ReadFileParams): Promise<ReadFileResult> {
  const file = Uri.parse(uri);
  try {
    if (inside && !(await isInside(file))) return null;
    const { type, size } = await workspace.fs.stat(file);
    if (!(type & FileType.File) || size > limit) return null;
    return toBase64(await workspace.fs.readFile(file));
  } catch {
    return null;
  }
}

export function findFiles(folder: Uri, globs: readonly string[]): Promise<FindFilesResult> {
  return search(folder.toString(), folder, EDITOR_FILES, globs);
}

const EDITOR_FILES: FileTree<Uri> = {
  identity: String,
  async entries(folder) {
    try {
      const entries = await workspace.fs.readDirectory(folder);
      return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map((entry) => entryOf(folder, entry));
    } catch {
      return [];
    }
  },
};

function entryOf(folder: Uri, [name, type]: [string, FileType]): Entry<Uri> {
  if (type & FileType.File) return { name, kind: 'file' };
  // Where a link leads is not told, so a search along one might never end.
  if (type !== FileType.Directory) return { name, kind: 'other' };
  return { name, kind: 'folder', folder: Uri.joinPath(folder, name) };
}

/** Below a workspace folder, and not by a link: it is not told where one leads. */
async function isInside(file: Uri): Promise<boolean> {
  const folder = workspace.getWorkspaceFolder(file);
  if (!folder) return false;
  for (let at = file; at.path.length > folder.uri.path.length; at = Uri.joinPath(at, '..')) {
    if ((await workspace.fs.stat(at)).type & FileType.SymbolicLink) return false;
  }
  return true;
}
