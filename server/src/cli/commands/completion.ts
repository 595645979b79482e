/** `completion`: the script by which a shell completes calls. */
import { OK } from '../host';
import { command } from '../words/command';
import { required } from '../words/options';
import { SHELL_SCRIPTS } from '../words/shell-scripts';
import { oneOf } from '../words/values';

export const completion = command({
  name: 'completion',
  summary: 'cli.completion',
  description: 'cli.completion.description',
  operand: required('cli.completion.shell', oneOf(['bash', 'zsh', 'fish'])),
  options: {},
  examples: ['completion bash'],
  exits: 'cli.exits.completion',
  run: async ({ operand }, host) => {
    host.out(SHELL_SCRIPTS[operand]);
    return OK;
  },
});
