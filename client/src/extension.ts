/** The extension's entry in the editor's Node extension host. */
import type { ExtensionContext } from 'vscode';
import { registerCommands } from './commands';
import { startWhenNeeded } from './demand';
import { ServerSession } from './session';

let session: ServerSession | undefined;

export function activate(context: ExtensionContext): void {
  session = new ServerSession(context);
  context.subscriptions.push(session, registerCommands(session), startWhenNeeded(session));
}

/** The editor waits for the server to end. */
export function deactivate(): Promise<void> | undefined {
  return session?.stop();
}
