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
  readonly script: string;
  readonly parser: ParserFiles;
}

/** URLs that a worker can load, wherever the extension is: an address of a remote machine's is none. */
async function serverFiles(dist: Uri): Promise<ServerFiles> {
  const load = async (name: string, type: string) => {
    const bytes = await workspace.fs.readFile(Uri.joinPath(dist, name));
    return URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
  };
  const [script, runtime, language] = await Promise.all([
    load('server.web.js', 'text/javascript'),
    load('web-tree-sitter.wasm', 'application/wasm'),
    load('tree-sitter-c.wasm', 'application/wasm'),
  ]);
  return { script, parser: { runtime, language } };
}
