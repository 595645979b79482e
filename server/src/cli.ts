#!/usr/bin/env node
/** Entry of the command line: `node cli.js map DIR`. */
import { buffer } from 'node:stream/consumers';
import { version } from '../../package.json';
import type { Host } from './cli/host';
import { cannotPrint, main } from './cli/main';
import { standardOutput } from './cli/standard-output';
import { bundledParser } from './lsp/bundled-parser';
import { environmentLanguage } from './lsp/environment';
import { nodeFiles } from './lsp/node-files';

const { NO_COLOR, TERM } = process.env;
const isTerminal = process.stdout.isTTY === true;

const words = process.argv.slice(2);
const print = standardOutput((error) => process.exit(cannotPrint(words, error, host)));
// Where nothing can be told, the exit code still tells.
process.stderr.on('error', () => {});

const host: Host = {
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
  write: print,
  out: (text) => print(Buffer.from(`${text}\n`)),
  err: (text) => process.stderr.write(`${text}\n`),
};

main(words, host).then((code) => {
  process.exitCode = code;
});
