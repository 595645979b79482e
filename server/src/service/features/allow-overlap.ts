/** The edit that writes to kexec-mint.json that an overlap is wanted, and why. */
import type { Allowable, TextEdit } from '../../memmap/finding';
import { applyEdits } from '../../memmap/what-if';
import { type Locale, message, render } from '../../messages';
import { allowOverlap as allowanceEdits } from '../../project/project-edit';
import type { EditResult } from '../../protocol';
import type { Snapshot } from '../snapshot';
import { workspaceEdit } from '../workspace-edit';

/** @param overlaps entries that get the same reason */
export function allowOverlap(
  snapshot: Snapshot,
  overlaps: readonly Allowable[],
  reason: string,
  { locale, versioned }: { readonly locale: Locale; readonly versioned: boolean },
): EditResult {
  const trimmed = reason.trim();
  if (trimmed === '') return { kind: 'error', message: render(message('editor.no-reason'), locale) };
  const { uri } = snapshot.context.project;
  const before = snapshot.document(uri)?.getText() ?? '';
  const after = overlaps.reduce((text, { nodes, regions }) => {
    const edits = allowanceEdits(uri, text, { nodes, regions, reason: trimmed });
    return applyEdits(text, edits);
  }, before);
  const edits = [difference(uri, before, after)];
  return { kind: 'edit', edit: workspaceEdit(snapshot, { edits }, versioned) };
}

/** One edit without what both texts begin and end with. */
function difference(file: string, before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const place = { file, start, end: before.length - same };
  return { place, newText: after.slice(start, after.length - same) };
}
