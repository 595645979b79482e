/** Writes a kexec-mint.json from what was discovered, and opens it; one that is there is only opened. */
import { Uri, WorkspaceEdit, window, workspace } from 'vscode';
import {
  CREATE_PROJECT_FILE_REQUEST,
  type CreateProjectFileParams,
  type CreateProjectFileResult,
} from '../../server/src/protocol';
import type { ServerSession } from './session';
import { text } from './texts';

/** For the project of the active document, else for the first one. */
export async function createProjectFile(session: ServerSession): Promise<void> {
  const active = window.activeTextEditor?.document.uri;
  const own = active && workspace.getWorkspaceFolder(active) ? active : undefined;
  const about = own ?? workspace.workspaceFolders?.[0]?.uri;
  if (!about) {
    await window.showInformationMessage(text('client.project.no-folder'));
    return;
  }
  await session.start();
  const params: CreateProjectFileParams = { uri: about.toString() };
  const result = await session.connection?.sendRequest<CreateProjectFileResult>(
    CREATE_PROJECT_FILE_REQUEST,
    params,
  );
  if (!result) return;
  if (result.kind === 'error') {
    await window.showInformationMessage(result.message);
    return;
  }
  const uri = Uri.parse(result.uri);
  if (result.kind === 'new') {
    const edit = new WorkspaceEdit();
    // One that came meanwhile stays as it is, and is opened.
    edit.createFile(uri, { contents: new TextEncoder().encode(result.text), ignoreIfExists: true });
    await workspace.applyEdit(edit);
  }
  await window.showTextDocument(uri);
}
