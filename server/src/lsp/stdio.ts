/** The language server as a process: on standard input and output, or on what else the process's words say. */
import { setFlagsFromString } from 'node:v8';
import { createConnection } from 'vscode-languageserver/node';
import { clientFiles, filesOfBoth, isOnDisk } from './client-files';
import { environmentLanguage } from './environment';
import { nodeFiles } from './node-files';
import { startServer } from './server';
import type { Platform } from './session';

/**
 * How much the heap may grow before it is collected as a whole, in per cent of what is alive. Left alone, V8 lets it grow to
 * four times that where memory is plenty: it halves the process, and costs no time that can be measured.
 */
const HEAP_GROWTH = 30;

/** Serves until the client ends it, which ends the process. */
export function serveProcess(parser: Platform['parser']): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
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
