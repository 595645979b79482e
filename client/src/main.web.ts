/** Entry in the editor's browser extension host: the server is a worker, and there are no processes. */
import { type ExtensionContext, Uri, workspace } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { ParserFiles } from '../../server/src/protocol';
import { activateOn, type Exports } from './extension';
import { ID, NAME, type ServerHost } from './session';

export { deactivate } from './extension';

export function activate(context: ExtensionContext): Promise<Exports> {
  return activateOn(workerHost(context), context);
}

function workerHost({ extensionUri, subscriptions }: ExtensionContext): ServerHost {
  let files: Promise<ServerFiles> | undefined;
  let worker: Worker | undefined;
  // It has nothing that ends it from inside.
  const end = () => worker?.terminate();
  subscriptions.push({ dispose: end });
  return {
    async createClient(options) {
      files ??= serverFiles(Uri.joinPath(extensionUri, 'dist'));
      const { script, parser } = await files;
      const start = async () => {
        end();
        worker = new Worker(script);
        return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
      };
      const initializationOptions = { ...options.initializationOptions, parser };
      return new LanguageClient(ID, NAME, start, { ...options, initializationOptions });
    },
    end,
  };
}

interface ServerFiles {
  /** URL of the worker. */
  readonly script: string;
  readonly parser: ParserFiles;
}

/** Read by the editor, wherever the extension is: its address may be one that no worker can load. */
async function serverFiles(dist: Uri): Promise<ServerFiles> {
  const read = (name: string) => workspace.fs.readFile(Uri.joinPath(dist, name));
  const [script, runtime, language] = await Promise.all([
    read('server.web.js'),
    read('web-tree-sitter.wasm'),
    read('tree-sitter-c.wasm'),
  ]);
  const blob = new Blob([new Uint8Array(script)], { type: 'text/javascript' });
  return { script: URL.createObjectURL(blob), parser: { runtime, language } };
}
