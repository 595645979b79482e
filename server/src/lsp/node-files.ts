/** Files of a disk, for the server and the command line in Node. */
import { type Dirent, promises as fs } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { type FileAccess, SKIPPED_FOLDERS } from '../project/files';
import { matchesGlob } from '../project/glob';
import { relativePath } from '../project/uri';

/** A C file beyond this many bytes is not source that somebody wrote; it counts as unreadable. */
export const FILE_SIZE_LIMIT = 8 * 1024 * 1024;

/** Directory entries looked at in one search, so that a workspace as large as a disk cannot stall the server. */
const ENTRY_LIMIT = 200_000;

/**
 * @param folders URIs of the folders to search, asked anew for each search
 * @param onLimit called when a search ends early with how many entries it had looked at
 */
export function nodeFiles(
  folders: () => readonly string[],
  onLimit: (entries: number) => void = () => {},
): FileAccess {
  return {
    async read(uri, { limit = FILE_SIZE_LIMIT, inside = false } = {}) {
      const path = pathOfFile(uri);
      if (path === undefined) return undefined;
      try {
        if (inside && !(await isInside(path, folders()))) return undefined;
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
      for (const folder of folders()) {
        const path = pathOfFile(folder);
        if (path === undefined) continue;
        const looked = await walk(path, (file) => {
          const paths = [relative(path, file), file].map(slashed);
          if (globs.some((glob) => paths.some((each) => matchesGlob(glob, each)))) {
            found.add(URI.file(file).toString());
          }
        });
        if (looked >= ENTRY_LIMIT) onLimit(looked);
      }
      return [...found].sort();
    },
  };
}

/** Whether the file that the path leads to, links followed, lies below one of the folders. */
async function isInside(path: string, folders: readonly string[]): Promise<boolean> {
  const target = await fs.realpath(path);
  const tops = await Promise.all(folders.flatMap((folder) => pathOfFile(folder) ?? []).map(realPath));
  const uri = (of: string) => URI.file(of).toString();
  return tops.some((top) => top !== undefined && relativePath(uri(top), uri(target)) !== undefined);
}

/** A path as globs see it: with slashes, without the first. */
function slashed(path: string): string {
  return path.split(sep).join('/').replace(/^\/+/, '');
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

/** Breadth first, so that what is near the top is found before the limit; unreadable folders are passed over. */
async function walk(top: string, visit: (file: string) => void): Promise<number> {
  const real = await realPath(top);
  if (real === undefined) return 0;
  const seen = new Set<string>();
  const links: Folder[] = [];
  let looked = 0;
  let level: Folder[] = [{ path: top, real }];
  // Links come last: a folder that a link names too keeps its own name, and a loop of links ends.
  for (; level.length > 0; level = level.length > 0 ? level : links.splice(0)) {
    const below: Folder[] = [];
    for (const folder of level.filter((each) => isNew(seen, each.real))) {
      const entries = await entriesOf(folder.path);
      looked += entries.length;
      if (looked > ENTRY_LIMIT) return looked;
      for (const entry of entries) await enter(folder, entry, visit, below, links);
    }
    level = below;
  }
  return looked;
}

/** Visits a file; adds a folder, or a link to one, to what is to be searched. */
async function enter(
  folder: Folder,
  entry: Dirent,
  visit: (file: string) => void,
  folders: Folder[],
  links: Folder[],
): Promise<void> {
  const path = join(folder.path, entry.name);
  if (entry.isFile()) visit(path);
  else if (SKIPPED_FOLDERS.has(entry.name)) return;
  else if (entry.isDirectory()) folders.push({ path, real: join(folder.real, entry.name) });
  else if (entry.isSymbolicLink()) await follow(path, visit, links);
}

async function follow(path: string, visit: (file: string) => void, links: Folder[]): Promise<void> {
  try {
    const status = await fs.stat(path);
    if (status.isFile()) visit(path);
    else if (status.isDirectory()) links.push({ path, real: await fs.realpath(path) });
  } catch {
    // A link to nowhere, or a loop of links.
  }
}

function isNew(seen: Set<string>, path: string): boolean {
  return seen.size !== seen.add(path).size;
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
