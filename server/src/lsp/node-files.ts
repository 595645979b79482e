/** Files of a disk, for the server and the command line in Node. */
import { type Dirent, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import { rootOf } from '../project/discover';
import { FILE_SIZE_LIMIT, type FileAccess } from '../project/files';
import { type Entry, type FileTree, search, type Target } from '../project/search';
import { parentOf, relativePath } from '../project/uri';

/**
 * @param folders URIs of the folders to search, asked anew for each search
 * @param onLimit called when a search ends early with how many entries it had looked at
 */
export function nodeFiles(
  folders: () => readonly string[],
  onLimit: (entries: number) => void = () => {},
): FileAccess {
  /** Where folders of source trees lie to which links lead out of the workspace. */
  let linked: readonly string[] = [];
  return {
    async read(uri, { limit = FILE_SIZE_LIMIT, inside = false, anywhere = false } = {}) {
      const path = pathOfFile(uri);
      if (path === undefined) return undefined;
      try {
        if (!anywhere) {
          const tops = await realFolders(folders());
          if (!isBelow(await fs.realpath(path), inside ? tops : [...tops, ...linked])) return undefined;
        }
        // A pipe or a device would block or never end.
        const status = await fs.stat(path);
        if (!status.isFile() || status.size > limit) return undefined;
        return await fs.readFile(path);
      } catch {
        return undefined;
      }
    },
    async find(globs) {
      const found = new Set<string>();
      for (const uri of folders()) {
        const path = pathOfFile(uri);
        const real = path && (await realPath(path));
        if (!real) continue;
        const { files, endedAfter } = await search(uri, { path, real }, DISK, globs);
        for (const file of files) found.add(file);
        if (endedAfter !== undefined) onLimit(endedAfter);
      }
      const tops = await realFolders(folders());
      const trees = await realFolders(new Set([...found].flatMap(foldersOfTree)));
      linked = trees.filter((tree) => !isBelow(tree, tops));
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

const DISK: FileTree<Folder> = {
  identity: ({ real }) => real,
  entries: async (folder) => (await entriesOf(folder.path)).map((entry) => entryOf(folder, entry)),
};

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
  } catch {
    // A link to nowhere, or a loop of links.
  }
  return { kind: 'other' };
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return (await fs.readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

async function realPath(path: string): Promise<string | undefined> {
  try {
    return await fs.realpath(path);
  } catch {
    return undefined;
  }
}
