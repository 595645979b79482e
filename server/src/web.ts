/** Entry of the language server in a worker of a browser: the client has the files, and the connection is its messages. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createParser } from './c/parser';
import { clientFiles } from './lsp/client-files';
import { startServer } from './lsp/server';

/** Only in a worker: in Node, `server.web.js` is loaded for what it has in common with the programs there. */
if (typeof importScripts === 'function') start();

function start(): void {
  const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
  startServer(connection, {
    files: (folders, listener) => clientFiles(connection, folders, listener),
    async parser(files) {
      if (!files) throw new Error('The client has not handed over the parser.');
      return createParser(files);
    },
  });
}
