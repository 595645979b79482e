/** Texts of the catalogue in the editor's display language. */
import { env } from 'vscode';
import { localeOf, type Message, type MessageId, message, render } from '../../server/src/messages';

export function text(id: MessageId, args?: Message['args']): string {
  return render(message(id, args), localeOf(env.language));
}
