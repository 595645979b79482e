/** The extension, wherever its host runs; `main.ts` and `main.web.ts` are its entries. */
import { type Disposable, type ExtensionContext, Uri } from 'vscode';
import { registerCommands } from './commands';
import { contextKeys } from './context-keys';
import { startWhenNeeded } from './demand';
import { Layouts } from './layouts';
import { registerMap } from './map/maps';
import { type NodesProvider, nodesView } from './nodes/view';
import { greetInSample } from './open-sample';
import { Pages } from './pages';
import { type ServerHost, ServerSession } from './session';
import { statusBar } from './status-bar';

let session: ServerSession | undefined;

/** What the extension's tests see of it. */
export interface Exports {
  readonly nodes: NodesProvider;
}

/** @param extra what only one kind of host has */
export async function activateOn(
  host: ServerHost,
  context: ExtensionContext,
  extra: (pages: Pages) => Disposable[] = () => [],
): Promise<Exports> {
  const dist = Uri.joinPath(context.extensionUri, 'dist');
  session = new ServerSession(host);
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
    registerMap(dist, session),
    ...extra(pages),
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
