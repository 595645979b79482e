/** Extends an OS node's region to an address that the person types. */
import {
  type CodeAction,
  commands,
  type InputBoxValidationMessage,
  InputBoxValidationSeverity,
  window,
  workspace,
} from 'vscode';
import { parseAddress } from '../../server/src/project/numbers';
import {
  type EditResult,
  EXTEND_COMMAND,
  EXTEND_REQUEST,
  type ExtendArguments,
  type ExtendParams,
} from '../../server/src/protocol';
import { formatRange, formatSize, lengthOf } from '../../server/src/range';
import type { ServerSession } from './session';
import { text } from './texts';

/** Called with arguments by a quick fix, and without from the palette: then for the region at the cursor. */
export async function extendRegion(
  session: ServerSession,
  given: ExtendArguments | undefined,
): Promise<void> {
  const client = session.connection;
  const args = given ?? (await regionAtCursor());
  if (!client || !args) {
    await window.showInformationMessage(text('client.extend.place'));
    return;
  }
  const { uri, position, osid, region } = args;
  const address = await window.showInputBox({
    title: text('client.extend.title', { osid, region }),
    prompt: text('client.extend.prompt'),
    value: args.suggestion,
    validateInput: (typed) => judgeAddress(args, typed),
  });
  if (address === undefined) return;
  const params: ExtendParams = { uri, at: { position }, address };
  const result = await client.sendRequest<EditResult>(EXTEND_REQUEST, params);
  if (result.kind === 'error') await window.showErrorMessage(result.message);
  else await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(result.edit));
}

/** While the person types: the range that the address would give, or what is wrong with it. */
function judgeAddress(args: ExtendArguments, typed: string): InputBoxValidationMessage {
  const { Error: error, Info: info } = InputBoxValidationSeverity;
  const end = parseAddress(typed);
  const start = parseAddress(args.start);
  if (end === undefined) return { message: text('client.extend.number'), severity: error };
  if (start === undefined || end <= start) {
    return { message: text('client.extend.below', { start: args.start }), severity: error };
  }
  const range = { start, end };
  const values = { region: args.region, range: formatRange(range), size: formatSize(lengthOf(range)) };
  return { message: text('client.extend.result', values), severity: info };
}

/** The arguments that the quick fix at the cursor would bring: the server alone knows which region stands there. */
async function regionAtCursor(): Promise<ExtendArguments | undefined> {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const actions = await commands.executeCommand<readonly CodeAction[]>(
    'vscode.executeCodeActionProvider',
    editor.document.uri,
    editor.selection,
  );
  return actions.find(({ command }) => command?.command === EXTEND_COMMAND)?.command?.arguments?.[0];
}
