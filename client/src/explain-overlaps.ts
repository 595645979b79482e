/** Shows what the overlaps mean as a page beside the code. */
import { commands, EventEmitter, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';
import { EXPLAIN_REQUEST, type ExplainParams, type ExplainResult } from '../../server/src/protocol';
import type { ServerSession } from './session';
import { text } from './texts';

/** Pages that the server writes; nothing is on disk. */
const SCHEME = 'kexec-mint';

/** The newest answer, by the page's address. */
class Pages implements TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  set(uri: Uri, markdown: string): void {
    this.texts.set(uri.toString(), markdown);
    this.changed.fire(uri);
  }
}

/** @returns the command, and what it needs for as long as the extension is there */
export function explainOverlaps(session: ServerSession) {
  const pages = new Pages();
  const registration = workspace.registerTextDocumentContentProvider(SCHEME, pages);
  const run = async (args: ExplainParams | undefined): Promise<void> => {
    const client = session.connection;
    if (!client) {
      await window.showInformationMessage(text('client.no-server'));
      return;
    }
    const { markdown } = await client.sendRequest<ExplainResult>(EXPLAIN_REQUEST, args ?? {});
    const page = Uri.from({ scheme: SCHEME, path: `/${text('client.explain.title')}.md` });
    pages.set(page, markdown);
    await commands.executeCommand('markdown.showPreviewToSide', page);
  };
  return { registration, run };
}
