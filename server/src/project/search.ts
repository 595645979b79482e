/** The search for files below a folder, on any kind of file system. */
import type { FindFilesResult } from '../protocol';
import { SKIPPED_FOLDERS } from './files';
import { matchesGlob } from './glob';
import { childOf, pathOf } from './uri';

/** Directory entries looked at in one search, so that a workspace as large as a disk cannot stall the server. */
export const ENTRY_LIMIT = 200_000;

/** What a file system tells of its folders; `Folder` is what it knows one by. */
export interface FileTree<Folder> {
  /** The same for every path that leads to the folder. */
  identity(folder: Folder): string;
  /** In order of their names; none where the folder cannot be read. */
  entries(folder: Folder): Promise<readonly Entry<Folder>[]>;
}

export type Target<Folder> =
  | { readonly kind: 'file' }
  | { readonly kind: 'folder'; readonly folder: Folder }
  /** A device, or a link to nowhere. */
  | { readonly kind: 'other' };

export type Entry<Folder> = { readonly name: string } & (
  | Target<Folder>
  | { readonly kind: 'link'; follow(): Promise<Target<Folder>> }
);

/**
 * Every file below `top` whose path, from there or from the root, matches one of the globs.
 * @param uri of `top`
 */
export async function search<Folder>(
  uri: string,
  top: Folder,
  tree: FileTree<Folder>,
  globs: readonly string[],
): Promise<FindFilesResult> {
  const files: string[] = [];
  const root = pathOf(uri).replace(/^\/+|\/+$/g, '');
  const looked = await walk(top, tree, (path) => {
    const paths = [path, root === '' ? path : `${root}/${path}`];
    if (globs.some((glob) => paths.some((each) => matchesGlob(glob, each)))) files.push(childOf(uri, path));
  });
  return looked > ENTRY_LIMIT ? { files, endedAfter: looked } : { files };
}

interface Level<Folder> {
  readonly folder: Folder;
  /** From the top, with a slash at its end unless it is the top. */
  readonly path: string;
}

/** Breadth first, so that what is near the top is found before the limit; unreadable folders are passed over. */
async function walk<Folder>(
  top: Folder,
  tree: FileTree<Folder>,
  visit: (path: string) => void,
): Promise<number> {
  const seen = new Set<string>();
  const links: Level<Folder>[] = [];
  let looked = 0;
  let level: Level<Folder>[] = [{ folder: top, path: '' }];
  // Links come last: a folder that a link names too keeps its own name, and a loop of links ends.
  for (; level.length > 0; level = level.length > 0 ? level : links.splice(0)) {
    const below: Level<Folder>[] = [];
    for (const { folder, path } of level.filter((each) => isNew(seen, tree.identity(each.folder)))) {
      const entries = await tree.entries(folder);
      looked += entries.length;
      if (looked > ENTRY_LIMIT) return looked;
      for (const entry of entries) {
        const [target, linked] = entry.kind === 'link' ? [await entry.follow(), links] : [entry, below];
        if (target.kind === 'file') visit(path + entry.name);
        else if (target.kind === 'folder' && !SKIPPED_FOLDERS.has(entry.name)) {
          linked.push({ folder: target.folder, path: `${path}${entry.name}/` });
        }
      }
    }
    level = below;
  }
  return looked;
}

function isNew(seen: Set<string>, identity: string): boolean {
  return seen.size !== seen.add(identity).size;
}
