/** Entry in the editor's browser extension host: the server is a worker, and there are no processes. */
import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateOn, type Exports } from './extension';
import { ID, NAME, type ServerHost } from './session';

export { deactivate } from './extension';

export function activate(context: ExtensionContext): Promise<Exports> {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server.web.js').toString(true);
  return activateOn(workerHost(script), context);
}

function workerHost(script: string): ServerHost {
  let worker: Worker | undefined;
  return {
    createClient(options) {
      const start = async () => {
        worker?.terminate();
        worker = new Worker(script);
        return worker;
      };
      return new LanguageClient(ID, NAME, start, options);
    },
    // It has nothing that ends it from inside.
    end: () => worker?.terminate(),
  };
}
