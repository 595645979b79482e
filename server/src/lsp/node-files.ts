/** Files of a disk, for the server and the command line in Node. */
import { type Dirent, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { rootOf } from '../project/discover';
import { codeOf } from '../project/file-error';
import { FILE_SIZE_LIMIT, type FileAccess, type SearchListener } from '../project/files';
import { type Entry, type FileTree, search, type Target } from '../project/search';
import { parentOf, relativePath } from '../project/uri';

/**
 * @param folders URIs of the folders to search, asked anew for each search
 */
export function nodeFiles(
  folders: () => readonly string[],
  listener: SearchListener = { endedAfter: () => {}, unreadable: () => {} },
): FileAccess {
  /** Where folders of source trees lie to which links lead out of the workspace. */
  let linked: readonly string[] = [];
  /** Asked for by reads that go on at the same time. */
  let tops: Promise<readonly string[]> | undefined;
  const realTops = () => {
    tops ??= realFolders(folders()).finally(() => {
      tops = undefined;
    });
    return tops;
  };
  const disk = diskTree((folder, error) => listener.unreadable(folder, error));
  return {
    async read(uri, { limit = FILE_SIZE_LIMIT, inside = false, anywhere = false } = {}) {
      const path = pathOfFile(uri);
      if (path === undefined) return undefined;
      try {
        if (!anywhere) {
          const reached = inside ? await realTops() : [...(await realTops()), ...linked];
          if (!isBelow(await fs.realpath(path), reached)) return undefined;
        }
        // A pipe or a device would block or never end.
        const status = await fs.stat(path);
        if (!status.isFile() || status.size > limit) return undefined;
        return await fs.readFile(path);
      } catch (error) {
        const code = codeOf(error);
        return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : { error: code };
      }
    },
    async find(globs) {
      const found = new Set<string>();
      for (const uri of folders()) {
        const path = pathOfFile(uri);
        const real = path && (await realPath(path));
        if (!real) continue;
        const { files, endedAfter } = await search(uri, { path, real }, disk, globs);
        for (const file of files) found.add(file);
        if (endedAfter !== undefined) listener.endedAfter(endedAfter);
      }
      const inside = await realTops();
      const trees = await realFolders(new Set([...found].flatMap(foldersOfTree)));
      linked = trees.filter((tree) => !isBelow(tree, inside));
      return [...found].sort();
    },
  };
}

/** `kexec/` and the root of the tree, each of which a link may lead to. */
function foldersOfTree(file: string): readonly string[] {
  if (!file.endsWith('.c')) return [];
  return [parentOf(file), rootOf(file)];
}

/** Paths of the folders that are there, links followed. */
async function realFolders(uris: Iterable<string>): Promise<readonly string[]> {
  const paths = await Promise.all([...uris].flatMap((uri) => pathOfFile(uri) ?? []).map(realPath));
  return paths.flatMap((path) => path ?? []);
}

/** Whether a path without links lies below one of the folders. */
function isBelow(path: string, folders: readonly string[]): boolean {
  const uri = URI.file(path).toString();
  return folders.some((folder) => relativePath(URI.file(folder).toString(), uri) !== undefined);
}

function pathOfFile(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : undefined;
}

interface Folder {
  readonly path: string;
  /** The same without symbolic links. */
  readonly real: string;
}

function diskTree(unreadable: SearchListener['unreadable']): FileTree<Folder> {
  return {
    identity: ({ real }) => real,
    entries: async (folder) => {
      try {
        return (await entriesOf(folder.path)).map((entry) => entryOf(folder, entry));
      } catch (error) {
        // One that has gone meanwhile is none.
        if (codeOf(error) !== 'ENOENT') unreadable(folder.path, codeOf(error));
        return [];
      }
    },
  };
}

function entryOf(folder: Folder, entry: Dirent): Entry<Folder> {
  const { name } = entry;
  const path = join(folder.path, name);
  if (entry.isFile()) return { name, kind: 'file' };
  if (entry.isDirectory()) return { name, kind: 'folder', folder: { path, real: join(folder.real, name) } };
  return entry.isSymbolicLink()
    ? { name, kind: 'link', follow: () => follow(path) }
    : { name, kind: 'other' };
}

async function follow(path: string): Promise<Target<Folder>> {
  try {
    const status = await fs.stat(path);
    if (status.isFile()) return { kind: 'file' };
    if (status.isDirectory()) return { kind: 'folder', folder: { path, real: await fs.realpath(path) } };
  } catch (error) {
    // Of a link to nowhere nothing is told; of a loop of links whoever reads the file is.
    if (codeOf(error) === 'ELOOP') return { kind: 'file' };
  }
  return { kind: 'other' };
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return (await fs.readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function realPath(path: string): Promise<string | undefined> {
  try {
    return await fs.realpath(path);
  } catch {
    return undefined;
  }
}
