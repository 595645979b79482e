/** Lets an OS node watch the other nodes' memory: asks which node, and how much of it. */
import { type QuickPickItem, window, workspace } from 'vscode';
import {
  type EditResult,
  LAYOUT_REQUEST,
  type LayoutResult,
  type NodeItem,
  WATCH_REQUEST,
  type WatchParams,
} from '../../server/src/protocol';
import type { ServerSession } from './session';
import { text } from './texts';

/** @param given names the node and the part where the caller knows them */
export async function watchOthers(session: ServerSession, given: WatchParams | undefined): Promise<void> {
  const client = session.connection;
  if (!client) {
    await window.showInformationMessage(text('client.no-server'));
    return;
  }
  const params = given ?? (await ask(await client.sendRequest<LayoutResult>(LAYOUT_REQUEST)));
  if (!params) return;
  const result = await client.sendRequest<EditResult>(WATCH_REQUEST, params);
  if (result.kind === 'error') {
    await window.showErrorMessage(result.message);
    return;
  }
  await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(result.edit));
}

async function ask({ projects }: LayoutResult): Promise<WatchParams | undefined> {
  const nodes = projects.flatMap(({ nodes: own }) => own.filter(({ regions }) => regions.some(isShare)));
  const node = await choose(
    text('client.watch.title'),
    nodes.map((each) => ({ label: each.label, description: each.description, value: each })),
  );
  const part =
    node &&
    (await choose(text('client.watch.title'), [
      { label: text('client.watch.memory'), detail: text('client.watch.why'), value: 'memory' as const },
      { label: text('client.watch.kernel-text'), value: 'kernel-text' as const },
    ]));
  return node && part && { uri: node.file, osid: node.osid, part };
}

function isShare(region: NodeItem['regions'][number]): boolean {
  return region.isShare;
}

async function choose<Value>(
  title: string,
  items: readonly (QuickPickItem & { readonly value: Value })[],
): Promise<Value | undefined> {
  return (await window.showQuickPick(items, { title }))?.value;
}
