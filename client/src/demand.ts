/** Starts the server once there is a file for it, so that every other C project pays nothing for the extension. */
import { type Disposable, languages, type TextDocument, workspace } from 'vscode';
import { documentSelector, fileGlobs } from './selector';
import type { ServerSession } from './session';
import { findFiles } from './virtual-files';

/** Resolves once the server runs, or is seen not to be needed yet; then opening a file for it starts it. */
export async function startWhenNeeded(session: ServerSession, subscriptions: Disposable[]): Promise<void> {
  const wanted = (document: TextDocument) => languages.match(documentSelector(), document) > 0;
  const isOpen = () => workspace.textDocuments.some(wanted);
  // The session tells of a server that does not start.
  const start = () => session.start().catch(() => undefined);
  if (isOpen() || (await workspaceHasFile()) || isOpen()) return start();
  const opened = workspace.onDidOpenTextDocument((document) => {
    if (!wanted(document)) return;
    opened.dispose();
    void start();
  });
  subscriptions.push(opened);
}

async function workspaceHasFile(): Promise<boolean> {
  const globs = fileGlobs();
  const found = await Promise.all(globs.map((glob) => workspace.findFiles(glob, undefined, 1)));
  if (found.some((files) => files.length > 0)) return true;
  // The editor finds nothing in a file system that brings no search.
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme !== 'file');
  const looked = await Promise.all(folders.map(({ uri }) => findFiles(uri, globs)));
  return looked.some(({ files }) => files.length > 0);
}
