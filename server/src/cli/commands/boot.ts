/** `boot`: what the map predicts, beside what real kernels show. */
import { message } from '../../messages';
import { boot as bootNodes } from '../boot/boot';
import { command } from '../words/command';
import { defaulted, flag, optional, required } from '../words/options';
import { FILE, FOLDER, OSID, oneOf } from '../words/values';
import { WrongCall } from '../words/wrong-call';

export const boot = command({
  name: 'boot',
  summary: 'cli.boot',
  description: 'cli.boot.description',
  // It runs code of the folder, so the folder is asked for by name.
  operand: required('cli.boot.folder', FOLDER),
  options: {
    node: optional('cli.boot.node', OSID),
    all: flag('cli.boot.all'),
    kernel: optional('cli.boot.kernel', FILE),
    'kexec-source': optional('cli.boot.kexec-source', FOLDER),
    overwrite: optional('cli.boot.overwrite', oneOf(['other-nodes'])),
    save: flag('cli.boot.save'),
    verbose: flag('cli.boot.verbose'),
    format: defaulted('cli.boot.format', oneOf(['text', 'json', 'markdown']), 'text'),
  },
  examples: [
    'boot ~/mint --kexec-source kexec-tools-2.0.25',
    'boot ~/mint --node 0 --overwrite other-nodes --save',
  ],
  exits: 'cli.exits.boot',
  run: ({ operand, options, locale }, host) => {
    const { node, all, 'kexec-source': kexecSource, overwrite, ...rest } = options;
    if (node !== undefined && all) throw new WrongCall(message('cli.node-or-all'));
    const isOverwritten = overwrite !== undefined;
    return bootNodes(
      { ...rest, folder: operand, osid: node, kexecSource, overwrite: isOverwritten },
      locale,
      host,
    );
  },
});
