/** The language server as a process: on standard input and output, or on what else the process's words say. */
import { Console } from 'node:console';
import { setFlagsFromString } from 'node:v8';
import { type Connection, createConnection } from 'vscode-languageserver/node';
import { clientFiles, filesOfBoth, isOnDisk } from './client-files';
import { environmentLanguage } from './environment';
import { nodeFiles } from './node-files';
import { paced } from './paced';
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
  const isStandard = process.argv.includes('--stdio');
  const connection = isStandard ? standardConnection() : createConnection();
  // A failure of ours is told to the editor's log and costs one answer, not the session.
  process.on('uncaughtException', (error) => connection.console.error(`uncaught ${error.stack}`));
  process.on('unhandledRejection', (error) => connection.console.error(`uncaught ${error}`));
  const lifecycle = startServer(connection, {
    files: (folders, listener) =>
      filesOfBoth(
        nodeFiles(folders, listener),
        clientFiles(connection, () => folders().filter((uri) => !isOnDisk(uri)), listener),
      ),
    language: environmentLanguage(),
    parser,
  });
  // A client that is gone reads no answers.
  if (isStandard) process.stdin.once('close', () => process.exit(lifecycle.hasEnded ? 0 : 1));
}

function standardConnection(): Connection {
  // What a library prints must not stand between messages.
  globalThis.console = new Console(process.stderr);
  const { reader, writer, options } = paced(process.stdin, process.stdout);
  return createConnection(reader, writer, options);
}
