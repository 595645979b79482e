#!/usr/bin/env node
/** Entry of the command line: `node cli.js map DIR`. */
import { buffer } from 'node:stream/consumers';
import { version } from '../../package.json';
import { main } from './cli/main';
import { bundledParser } from './lsp/bundled-parser';
import { environmentLanguage } from './lsp/environment';
import { nodeFiles } from './lsp/node-files';

const { NO_COLOR, TERM } = process.env;
const isTerminal = process.stdout.isTTY === true;

// A reader that has seen enough, such as `head`, closes the pipe.
process.stdout.on('error', () => process.exit());

main(process.argv.slice(2), {
  files: nodeFiles,
  parser: bundledParser,
  language: environmentLanguage(),
  version,
  isTerminal,
  // https://no-color.org
  colours: isTerminal && !NO_COLOR && TERM !== 'dumb',
  interruption: () => {
    const controller = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => controller.abort());
    }
    return controller.signal;
  },
  serve: async () => {
    const { serveProcess } = await import('./lsp/stdio');
    serveProcess(bundledParser);
    // The client's `exit` ends the process.
    return new Promise<never>(() => {});
  },
  input: () => buffer(process.stdin),
  write: (bytes) => process.stdout.write(bytes),
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
}).then((code) => {
  process.exitCode = code;
});
