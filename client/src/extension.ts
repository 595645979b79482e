/** The extension's entry in the editor's Node extension host. */
import type { ExtensionContext } from 'vscode';
import { registerBoot } from './boot';
import { registerCommands } from './commands';
import { contextKeys } from './context-keys';
import { startWhenNeeded } from './demand';
import { Layouts } from './layouts';
import { registerMap } from './map/maps';
import { type NodesProvider, nodesView } from './nodes/view';
import { greetInSample } from './open-sample';
import { Pages } from './pages';
import { ServerSession } from './session';
import { statusBar } from './status-bar';

let session: ServerSession | undefined;

/** What the extension's tests see of it. */
export interface Exports {
  readonly nodes: NodesProvider;
}

export async function activate(context: ExtensionContext): Promise<Exports> {
  session = new ServerSession(context);
  const layouts = new Layouts(session);
  const pages = new Pages();
  const { provider, view } = nodesView(layouts);
  context.subscriptions.push(
    session,
    layouts,
    pages,
    view,
    contextKeys(session, layouts),
    statusBar(layouts),
  );
  context.subscriptions.push(
    registerCommands(context, { session, layouts, pages }),
    registerMap(context, session),
    registerBoot(context, pages),
  );
  await startWhenNeeded(session, context.subscriptions);
  await layouts.started();
  await greetInSample(context, layouts);
  return { nodes: provider };
}

/** The editor waits for the server to end. */
export function deactivate(): Promise<void> | undefined {
  return session?.stop();
}
