/** Shows what the overlaps mean as a page beside the code. */
import { window } from 'vscode';
import { EXPLAIN_REQUEST, type ExplainParams, type ExplainResult } from '../../server/src/protocol';
import type { Pages } from './pages';
import type { ServerSession } from './session';
import { text } from './texts';

export async function explainOverlaps(
  session: ServerSession,
  pages: Pages,
  given: ExplainParams | undefined,
): Promise<void> {
  const client = session.connection;
  if (!client) {
    await window.showInformationMessage(text('client.no-server'));
    return;
  }
  const params: ExplainParams = given?.uri === undefined ? {} : { uri: given.uri };
  const { markdown } = await client.sendRequest<ExplainResult>(EXPLAIN_REQUEST, params);
  await pages.show(text('client.explain.title'), markdown);
}
