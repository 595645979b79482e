/** The edit that writes to kexec-mint.json that an overlap is wanted, and why. */
import type { Allowable } from '../../memmap/finding';
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
  const allowances = overlaps.map(({ nodes, regions }) => ({ nodes, regions, reason: trimmed }));
  const edits = allowanceEdits(uri, snapshot.document(uri)?.getText() ?? '', ...allowances);
  if (edits.length === 0) return { kind: 'error', message: render(message('project.no-edit'), locale) };
  return { kind: 'edit', edit: workspaceEdit(snapshot, { edits }, versioned) };
}
