/** The language server as a process: on standard input and output, or on what else the process's words say. */
import { createConnection } from 'vscode-languageserver/node';
import { clientFiles, filesOfBoth, isOnDisk } from './client-files';
import { environmentLanguage } from './environment';
import { nodeFiles } from './node-files';
import { startServer } from './server';
import type { Platform } from './session';

/** Serves until the client ends it, which ends the process. */
export function serveProcess(parser: Platform['parser']): void {
  const connection = createConnection();
  // A failure of ours is told to the editor's log and costs one answer, not the session.
  process.on('uncaughtException', (error) => connection.console.error(`uncaught ${error.stack}`));
  process.on('unhandledRejection', (error) => connection.console.error(`uncaught ${error}`));
  startServer(connection, {
    files: (folders, onLimit) =>
      filesOfBoth(
        nodeFiles(folders, onLimit),
        clientFiles(connection, () => folders().filter((uri) => !isOnDisk(uri)), onLimit),
      ),
    language: environmentLanguage(),
    parser,
  });
}
