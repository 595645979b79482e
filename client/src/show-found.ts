/** Shows which files are recognized, and why the active one is or is not, as a page beside it. */
import { window } from 'vscode';
import { FOUND_REQUEST, type FoundParams, type FoundResult } from '../../server/src/protocol';
import type { Pages } from './pages';
import type { ServerSession } from './session';
import { text } from './texts';

export async function showFound(session: ServerSession, pages: Pages): Promise<void> {
  const uri = window.activeTextEditor?.document.uri.toString();
  // What is not recognized starts no server by itself.
  await session.start();
  const params: FoundParams = uri === undefined ? {} : { uri };
  const found = await session.connection?.sendRequest<FoundResult>(FOUND_REQUEST, params);
  if (found) await pages.show(text('client.found.title'), found.markdown);
}
