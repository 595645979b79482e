/** `completion`: the script by which a shell completes calls. */
import { script } from '@bomb.sh/tab';
import { OK } from '../host';
import { command } from '../words/command';
import { PROGRAM } from '../words/help';
import { required } from '../words/options';
import { oneOf } from '../words/values';

export const completion = command({
  name: 'completion',
  summary: 'cli.completion',
  description: 'cli.completion.description',
  operand: required('cli.completion.shell', oneOf(['bash', 'zsh', 'fish'])),
  options: {},
  examples: ['completion bash > ~/.local/share/bash-completion/completions/kexec-mint'],
  exits: 'cli.exits.completion',
  run: async ({ operand }) => {
    // It prints by itself.
    script(operand, PROGRAM, PROGRAM);
    return OK;
  },
});
