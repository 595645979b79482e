/** What a build folder is to hold: the files of a source, and those of a node's tree above them. */
import { chmod, copyFile, mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname, extname, join, relative, sep } from 'node:path';

/** Files by their path in the build folder, `kexec/mint.h`. */
export interface Layers {
  readonly files: ReadonlyMap<string, LaidFile>;
  /** The C files and headers of the tree's `kexec/` among them. */
  readonly own: readonly string[];
  /** The headers of the tree that are not laid over the source, as the source has its own. */
  readonly kept: readonly string[];
}

interface LaidFile {
  /** The file that is copied. */
  readonly from: string;
  /** It keeps its time, so that what was built of it stays up to date. */
  readonly keepsTime: boolean;
}

/** A whole tree builds as it is. */
const BUILD_FILES = ['configure', 'configure.ac', 'Makefile'];
/** Histories are long, and nothing is built of them. */
const LEFT_OUT = new Set(['.git', '.hg', '.svn']);

export async function isWhole(tree: string): Promise<boolean> {
  const found = await Promise.all(BUILD_FILES.map((name) => isFile(join(tree, name))));
  return found.includes(true);
}

/**
 * The files that a node's kexec is built of.
 *
 * @param tree the node's source tree
 * @param source kexec-tools, for a tree that holds some files only. Files of the tree go before those of the source, except
 *   headers: such a tree has a header of the source's name to be read by itself, and the source needs its own.
 */
export async function layersOf(tree: string, source: string | undefined): Promise<Layers> {
  const below = source === undefined ? [] : await filesBelow(source);
  const files = new Map(below.map(({ path, from }) => [path, { from, keepsTime: true }]));
  const kept: string[] = [];
  const own: string[] = [];
  for (const { path, from } of await filesBelow(tree)) {
    if (source !== undefined && files.has(path) && extname(path) === '.h') kept.push(path);
    else {
      files.set(path, { from, keepsTime: source === undefined });
      if (/^kexec\/[^/]*\.[ch]$/.test(path)) own.push(path);
    }
  }
  return { files, own, kept };
}

/** Makes the build folder hold these files in place of the earlier ones; what is built of others stays. */
export async function lay(folder: string, layers: Layers, earlier: Layers | undefined): Promise<void> {
  for (const path of earlier?.files.keys() ?? []) {
    if (!layers.files.has(path)) await rm(join(folder, path), { force: true });
  }
  for (const [path, { from, keepsTime }] of layers.files) {
    const to = join(folder, path);
    if (earlier && (await isSame(from, to))) continue;
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
    const { mode, atime, mtime } = await stat(from);
    await chmod(to, mode & 0o777);
    // Later on, a file is newer than what was built of the earlier one.
    if (keepsTime && !earlier) await utimes(to, atime, mtime);
    else await utimes(to, new Date(), new Date());
  }
}

async function filesBelow(
  root: string,
): Promise<readonly { readonly path: string; readonly from: string }[]> {
  const found: { readonly path: string; readonly from: string }[] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const from = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!LEFT_OUT.has(entry.name)) await visit(from);
      } else if (await isFile(from)) {
        found.push({ path: relative(root, from).split(sep).join('/'), from });
      }
    }
  };
  await visit(root);
  return found;
}

async function isFile(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  return status?.isFile() === true;
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([readFile(a), readFile(b).catch(() => undefined)]);
  return other !== undefined && one.equals(other);
}
