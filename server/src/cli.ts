/** Entry of the command line: `node cli.js map DIR`. */
import { fileURLToPath } from 'node:url';
import { version } from '../../package.json';
import { createParser } from './c/parser';
import { main } from './cli/main';
import { environmentLanguage } from './lsp/environment';
import { nodeFiles } from './lsp/node-files';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

// A reader that has seen enough, such as `head`, closes the pipe.
process.stdout.on('error', () => process.exit());

main(process.argv.slice(2), {
  files: nodeFiles,
  parser: () =>
    createParser({ runtime: beside('web-tree-sitter.wasm'), language: beside('tree-sitter-c.wasm') }),
  language: environmentLanguage(),
  version,
  interruption: () => {
    const controller = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => controller.abort());
    }
    return controller.signal;
  },
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
}).then((code) => {
  process.exitCode = code;
});
