/** Starts the server once there is a file for it, so that every other C project pays nothing for the extension. */
import { type Disposable, languages, type TextDocument, workspace } from 'vscode';
import { documentSelector, fileGlobs } from './selector';
import type { ServerSession } from './session';

export function startWhenNeeded(session: ServerSession): Disposable {
  const wanted = (document: TextDocument) => languages.match(documentSelector(), document) > 0;
  const opened = workspace.onDidOpenTextDocument((document) => {
    if (wanted(document)) start();
  });
  const start = () => {
    opened.dispose();
    // The client shows a failure itself, and logs it.
    session.start().catch(() => undefined);
  };
  if (workspace.textDocuments.some(wanted)) start();
  else void workspaceHasFile().then((found) => found && start());
  return opened;
}

async function workspaceHasFile(): Promise<boolean> {
  const found = await Promise.all(fileGlobs().map((glob) => workspace.findFiles(glob, undefined, 1)));
  return found.some((files) => files.length > 0);
}
