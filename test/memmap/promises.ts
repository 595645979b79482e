/** What fixes promise, checked by evaluating the edited workspace. */
import { expect } from 'vitest';
import type { Fix } from '../../server/src/memmap/finding';
import { keepsMemory } from '../../server/src/memmap/fixes/watch/watch';
import type { Workspace } from './workspace';

/** The workspace after the fix. One that promises nothing edits the project file alone. */
export function promiseKept(space: Workspace, { edits, promise, memory }: Fix): Workspace {
  const after = space.edited(edits);
  const nodeOf = ({ osid, tree }: { readonly osid: number; readonly tree: string }) =>
    after.layout.nodes.find((one) => one.osid === osid && one.tree.root === tree);
  if (promise) {
    expect(after.context.project.trees.map(({ root }) => root)).toContain(promise.tree);
    const node = nodeOf(promise);
    const region = node?.regions.find(({ name }) => name === promise.region);
    if (node) expect(region?.range).toEqual(promise.range);
  } else if (memory) {
    const node = nodeOf(memory);
    expect(node && keepsMemory(node.memory, memory)).toBe(true);
  } else {
    expect(edits.map(({ place }) => place.file)).toEqual(edits.map(() => space.context.project.uri));
  }
  return after;
}
