/** An edit shown as the difference it makes, and made when the person says so. */
import {
  commands,
  Range,
  TabInputTextDiff,
  type TextDocument,
  type TextDocumentShowOptions,
  type TextEdit,
  type Uri,
  type WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Pages } from '../pages';
import { type Answer, pickStep, type StepOptions } from '../quick-steps';
import { showPlace, textColumn } from '../show-place';
import { text } from '../texts';

interface Change {
  readonly document: TextDocument;
  /** Of the document when the edit was computed. */
  readonly version: number;
  readonly edits: readonly TextEdit[];
  /** The text with the edits, as a page. */
  readonly after: Uri;
}

/** @returns whether the edit was made; not where the person went back, cancelled, or the text has changed meanwhile */
export async function review(
  pages: Pages,
  edit: WorkspaceEdit,
  options: StepOptions,
): Promise<Answer<'applied' | 'outdated'>> {
  const changes = await Promise.all(edit.entries().map(([uri, edits]) => changeOf(pages, uri, edits)));
  for (const change of changes) await showChange(change);
  try {
    const answer = await pickStep(choices(), { ...options, placeholder: text('views.extend.review') });
    if (answer.kind !== 'chosen') return answer;
    if (!answer.value.isApply) return { kind: 'cancelled' };
  } finally {
    for (const { after } of changes) await hideChange(pages, after);
  }
  if (changes.some(({ document, version }) => document.version !== version)) {
    return { kind: 'chosen', value: 'outdated' };
  }
  await workspace.applyEdit(edit);
  const [first] = changes;
  if (first) await showEdited(first);
  return { kind: 'chosen', value: 'applied' };
}

function choices() {
  return [
    { label: `$(check) ${text('views.extend.apply')}`, isApply: true },
    { label: `$(close) ${text('views.extend.cancel')}`, isApply: false },
  ];
}

async function changeOf(pages: Pages, uri: Uri, edits: readonly TextEdit[]): Promise<Change> {
  const document = await workspace.openTextDocument(uri);
  return { document, version: document.version, edits, after: pages.set(uri.path, edited(document, edits)) };
}

function edited(document: TextDocument, edits: readonly TextEdit[]): string {
  const lastFirst = [...edits].sort((a, b) => b.range.start.compareTo(a.range.start));
  return lastFirst.reduce((before, { range, newText }) => {
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    return before.slice(0, start) + newText + before.slice(end);
  }, document.getText());
}

async function showChange({ document, edits, after }: Change): Promise<void> {
  const options: TextDocumentShowOptions = {
    viewColumn: textColumn(),
    preserveFocus: true,
    preview: false,
    selection: edits[0]?.range,
  };
  const file = workspace.asRelativePath(document.uri);
  await commands.executeCommand(
    'vscode.diff',
    document.uri,
    after,
    text('views.extend.diff', { file }),
    options,
  );
}

async function hideChange(pages: Pages, after: Uri): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(
    ({ input }) => input instanceof TabInputTextDiff && input.modified.toString() === after.toString(),
  );
  await window.tabGroups.close(ours);
  pages.delete(after);
}

/** The cursor on what has changed. */
async function showEdited({ document, edits }: Change): Promise<void> {
  const place = edits[0]?.range.start;
  if (place) await showPlace({ uri: document.uri.toString(), range: new Range(place, place) });
}
