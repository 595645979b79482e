/** `help`: what there is. */
import { OK } from '../host';
import { command } from '../words/command';
import { commandHelp, overviewHelp } from '../words/help';
import { optional } from '../words/options';
import { commandNamed } from '../words/read-words';
import type { Value } from '../words/values';

const COMMAND: Value<string> = { name: 'COMMAND', choices: [], files: 'none', read: (word) => word };

export const help = command({
  name: 'help',
  summary: 'cli.help',
  description: 'cli.help.description',
  operand: optional('cli.help.of', COMMAND),
  options: {},
  examples: ['help', 'help extend'],
  exits: 'cli.exits.help',
  run: async ({ operand, locale }, host, commands) => {
    host.out(
      operand === undefined
        ? overviewHelp(commands, locale)
        : commandHelp(commandNamed(operand, commands), locale),
    );
    return OK;
  },
});
