/** What follows when the server ends by itself: it is started again, and the person is told once. */
import { commands, window } from 'vscode';
import { CloseAction, type CloseHandlerResult, ErrorAction, type ErrorHandler } from 'vscode-languageclient';
import { text } from './texts';

/** A server that ends more often than this within {@link WINDOW_MS} would end again. */
const ENDS = 4;
const WINDOW_MS = 3 * 60_000;

export function errorHandler(): ErrorHandler {
  let ends: readonly number[] = [];
  return {
    // A message that cannot be read or written; if the connection is gone, its end follows.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: (): CloseHandlerResult => {
      const now = Date.now();
      ends = [...ends.filter((time) => now - time < WINDOW_MS), now];
      if (ends.length > ENDS) {
        tell('client.server.given-up', { count: ends.length });
        return { action: CloseAction.DoNotRestart, handled: true };
      }
      if (ends.length === 1) tell('client.server.restarted');
      return { action: CloseAction.Restart, handled: true };
    },
  };
}

async function tell(
  id: 'client.server.given-up' | 'client.server.restarted',
  args: { readonly count?: number } = {},
): Promise<void> {
  const show = text('client.server.show-output');
  const chosen = await window.showWarningMessage(text(id, args), show);
  if (chosen === show) await commands.executeCommand('kexecMint.showOutput');
}
