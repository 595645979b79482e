/** The edit that moves a region's end to where a person let it go. */
import { type ViewColumn, workspace } from 'vscode';
import { type EditResult, EXTEND_REQUEST, type ExtendParams } from '../../../server/src/protocol';
import type { ServerSession } from '../session';
import { text } from '../texts';
import type { MovedEnd } from './messages';
import { showBeside } from './places';

/** @param project a file of the project that the region is in */
export async function editFor(
  session: ServerSession,
  project: string,
  { osid, region, end }: MovedEnd,
): Promise<EditResult> {
  const params: ExtendParams = { uri: project, at: { osid, region }, address: end };
  const client = session.connection;
  if (!client) return { kind: 'error', message: text('client.no-server') };
  return client.sendRequest<EditResult>(EXTEND_REQUEST, params);
}

/**
 * Makes the edit as one step that can be undone, in an editor beside the panel. It is asked for anew: the text may have
 * changed since it was offered.
 *
 * @returns what became of it, for the person
 */
export async function applyMovedEnd(
  session: ServerSession,
  project: string,
  moved: MovedEnd,
  panel: ViewColumn | undefined,
): Promise<{ readonly text: string; readonly failed: boolean }> {
  const result = await editFor(session, project, moved);
  if (result.kind === 'error') return { text: result.message, failed: true };
  const edit = await session.connection?.protocol2CodeConverter.asWorkspaceEdit(result.edit);
  const entries = edit?.entries() ?? [];
  const [first] = entries;
  if (!edit || !first) return { text: text('map.not-applied'), failed: true };
  const document = await workspace.openTextDocument(first[0]);
  // Otherwise the editor opens the changed file itself, in the panel's place.
  await showBeside(document, panel, first[1][0]?.range.start, true);
  if (!(await workspace.applyEdit(edit))) return { text: text('map.not-applied'), failed: true };
  const files = [...new Set(entries.map(([uri]) => workspace.asRelativePath(uri)))].join(', ');
  return { text: text('map.applied', { files, edit: result.title ?? '' }), failed: false };
}
