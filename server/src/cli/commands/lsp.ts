/** `lsp`: the language server, for editors other than VS Code. */
import { command } from '../words/command';
import { requiredFlag } from '../words/options';

export const lsp = command({
  name: 'lsp',
  summary: 'cli.lsp',
  description: 'cli.lsp.description',
  options: { stdio: requiredFlag('cli.lsp.stdio') },
  examples: ['lsp --stdio'],
  exits: 'cli.exits.lsp',
  run: (_call, host) => host.serve(),
});
