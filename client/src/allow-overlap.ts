/** Asks why an overlap is wanted, and writes it to kexec-mint.json. */
import { type WorkspaceEdit, window, workspace } from 'vscode';
import {
  ALLOW_REQUEST,
  type AllowArguments,
  type AllowParams,
  type EditResult,
} from '../../server/src/protocol';
import type { ServerSession } from './session';
import { text } from './texts';

export async function allowOverlap(session: ServerSession, args: AllowArguments): Promise<void> {
  const client = session.connection;
  const [first] = args.overlaps;
  if (!client || !first) return;
  const [a, b] = first.nodes;
  const reason = await window.showInputBox({
    title: text('client.allow.title', { a, b }),
    prompt: text('client.allow.prompt'),
    validateInput: (typed) => (typed.trim() === '' ? text('client.allow.empty') : undefined),
  });
  if (reason === undefined) return;
  const params: AllowParams = { ...args, reason };
  const result = await client.sendRequest<EditResult>(ALLOW_REQUEST, params);
  if (result.kind === 'error') {
    await window.showErrorMessage(result.message);
    return;
  }
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(result.edit);
  saving = saving.catch(() => undefined).then(() => applyAndSave(edit));
  await saving;
}

/** The edits before: a file that is still being saved would look as if the person had touched it. */
let saving: Promise<void> = Promise.resolve();

/** A file that the person has not touched is not left unsaved in the background. */
async function applyAndSave(edit: WorkspaceEdit): Promise<void> {
  const files = edit.entries().map(([uri]) => uri);
  const touched = new Set(
    workspace.textDocuments.filter(({ isDirty }) => isDirty).map(({ uri }) => uri.toString()),
  );
  if (!(await workspace.applyEdit(edit))) return;
  for (const uri of files.filter((each) => !touched.has(each.toString()))) {
    await (await workspace.openTextDocument(uri)).save();
  }
}
