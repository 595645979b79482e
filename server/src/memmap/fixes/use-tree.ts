/** Writes to the project file which tree an OS node is booted from. */
import { message } from '../../messages';
import { setNodeKey } from '../../project/project-edit';
import type { SourceTree } from '../../project/tree';
import { parentOf, relativePath } from '../../project/uri';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';

/** None where the tree does not lie below the project file. */
export function useTree({ project, text }: RuleContext, tree: SourceTree, osid: number): readonly Fix[] {
  const { uri, file } = project;
  const source = relativePath(parentOf(uri), tree.root);
  if (source === undefined) return [];
  const nodes = file?.nodes ?? [];
  const edits = setNodeKey({ uri, nodes }, text(uri) ?? '', osid, 'source', source === '' ? '.' : source);
  return [{ title: message('fix.use-tree', { tree: tree.name, osid }), edits }];
}
