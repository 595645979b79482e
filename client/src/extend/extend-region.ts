/** Extends the region of a quick fix to an address that the person types. */
import { window, workspace } from 'vscode';
import {
  type EditResult,
  EXTEND_REQUEST,
  type ExtendArguments,
  type ExtendParams,
} from '../../../server/src/protocol';
import type { ServerSession } from '../session';
import { text } from '../texts';
import { judgeAddress } from './address';

export async function extendRegion(session: ServerSession, args: ExtendArguments): Promise<void> {
  const client = session.connection;
  if (!client) return;
  const { uri, position, osid, region, start } = args;
  const address = await window.showInputBox({
    title: text('client.extend.title', { osid, region }),
    prompt: text('client.extend.prompt'),
    value: args.suggestion,
    validateInput: (typed) => judgeAddress(region, start, typed),
  });
  if (address === undefined) return;
  const params: ExtendParams = { uri, at: { position }, address };
  const result = await client.sendRequest<EditResult>(EXTEND_REQUEST, params);
  if (result.kind === 'error') await window.showErrorMessage(result.message);
  else await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(result.edit));
}
