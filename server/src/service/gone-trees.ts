/** Source trees that are no longer there: removed, or on a disk that is away. */
import { type Message, message } from '../messages';
import type { Snapshot } from './snapshot';

/** What a person is told of those that were there before; undefined where none is gone. */
export function goneTrees(before: readonly Snapshot[], now: readonly Snapshot[]): Message | undefined {
  const left = new Set(treesOf(now).map(({ root }) => root));
  const gone = treesOf(before).filter(({ root }) => !left.has(root));
  if (gone.length === 0) return undefined;
  return message('found.gone', { trees: gone.map(({ name }) => name).join(', ') });
}

function treesOf(projects: readonly Snapshot[]) {
  return projects.flatMap(({ context }) => context.project.trees);
}
