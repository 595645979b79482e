/** Folding ranges of a dump of /proc/iomem: an entry with what is nested in it. */
import type { FoldingRange } from 'vscode-languageserver-types';
import type { Snapshot } from '../../snapshot';

/** Undefined where the file shows no entries: an editor then folds it in a way of its own. */
export function foldingRanges(snapshot: Snapshot, file: string): FoldingRange[] | undefined {
  const entries = snapshot.iomem(file)?.entries ?? [];
  if (entries.length === 0) return undefined;
  const found: FoldingRange[] = [];
  const open: { readonly depth: number; readonly startLine: number }[] = [];
  let last = 0;
  const closeFrom = (depth: number) => {
    for (let top = open.at(-1); top && top.depth >= depth; top = open.at(-1)) {
      open.pop();
      if (last > top.startLine) found.push({ startLine: top.startLine, endLine: last });
    }
  };
  for (const { depth, place } of entries) {
    closeFrom(depth);
    last = place.line ?? last;
    open.push({ depth, startLine: last });
  }
  closeFrom(0);
  return found.sort((a, b) => a.startLine - b.startLine);
}
