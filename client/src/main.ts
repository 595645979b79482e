/** Entry in the editor's Node extension host: the server is a process. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, type NodeModule, TransportKind } from 'vscode-languageclient/node';
import { registerBoot } from './boot';
import { activateOn, type Exports } from './extension';
import { ID, NAME } from './session';

export { deactivate } from './extension';

export function activate(context: ExtensionContext): Promise<Exports> {
  const server: NodeModule = {
    module: context.asAbsolutePath('dist/server.js'),
    transport: TransportKind.ipc,
  };
  const createClient = (options: ConstructorParameters<typeof LanguageClient>[3]) =>
    new LanguageClient(ID, NAME, server, options);
  return activateOn({ createClient }, context, (pages) => [registerBoot(context, pages)]);
}
