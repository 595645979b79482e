/** Which files of a tree an `#include` may name (C17 6.10.2). The search never leaves the tree. */
import type { SourceTree } from './tree';
import { childOf, parentOf } from './uri';

/** Where the build of kexec-tools looks for headers, below the tree's root. */
const SEARCHED = ['kexec', 'include', ''] as const;

/**
 * Best first: for `"x"` the folder of the including file, then `kexec/`, `include/` and the root of the tree; for `<x>`
 * the same without the first. A path that is absolute or leaves the tree gives none.
 *
 * @param from URI of the including file
 * @param spelled the text between the quotes or angle brackets
 */
export function includeCandidates(
  tree: Pick<SourceTree, 'root'>,
  from: string,
  spelled: string,
  angled: boolean,
): readonly string[] {
  if (spelled === '' || spelled.startsWith('/') || /^[A-Za-z]:/.test(spelled)) return [];
  const searched = SEARCHED.map((folder) => (folder === '' ? tree.root : childOf(tree.root, folder)));
  const folders = angled ? searched : [parentOf(from), ...searched];
  const inside = `${tree.root}/`;
  const candidates = folders
    .map((folder) => childOf(folder, spelled))
    .filter((uri) => uri.startsWith(inside));
  return [...new Set(candidates)];
}
