/** Entry of the language server in Node: `node server.js --stdio`. */
import { fileURLToPath } from 'node:url';
import { createConnection } from 'vscode-languageserver/node';
import { createParser } from './c/parser';
import { clientFiles, filesOfBoth, isOnDisk } from './lsp/client-files';
import { environmentLanguage } from './lsp/environment';
import { nodeFiles } from './lsp/node-files';
import { startServer } from './lsp/server';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const connection = createConnection();

// A failure of ours is told to the editor's log and costs one answer, not the session.
process.on('uncaughtException', (error) => connection.console.error(String(error.stack)));
process.on('unhandledRejection', (error) => connection.console.error(String(error)));

startServer(connection, {
  files: (folders, onLimit) =>
    filesOfBoth(
      nodeFiles(folders, onLimit),
      clientFiles(connection, () => folders().filter((uri) => !isOnDisk(uri)), onLimit),
    ),
  language: environmentLanguage(),
  parser: () =>
    createParser({
      runtime: beside('web-tree-sitter.wasm'),
      language: beside('tree-sitter-c.wasm'),
    }),
});
