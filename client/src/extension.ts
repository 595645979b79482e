/** The extension's entry in the editor's Node extension host. */
import type { ExtensionContext } from 'vscode';
import { registerBoot } from './boot';
import { registerCommands } from './commands';
import { startWhenNeeded } from './demand';
import { ServerSession } from './session';

let session: ServerSession | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  session = new ServerSession(context);
  context.subscriptions.push(session, registerCommands(session), registerBoot(context));
  await startWhenNeeded(session, context.subscriptions);
}

/** The editor waits for the server to end. */
export function deactivate(): Promise<void> | undefined {
  return session?.stop();
}
