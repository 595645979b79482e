/** `watch`: the edit that lets a node watch the others' memory. */
import { watchOthers } from '../../memmap/fixes/watch/watch';
import { edit } from '../edit';
import { command } from '../words/command';
import { flag, required } from '../words/options';
import { OSID } from '../words/values';
import { EDIT_OPTIONS } from './edit-options';
import { TREES } from './trees';

export const watch = command({
  name: 'watch',
  summary: 'cli.watch',
  description: 'cli.watch.description',
  operand: TREES,
  options: {
    node: required('cli.watch.node', OSID),
    'kernel-text': flag('cli.watch.kernel-text'),
    ...EDIT_OPTIONS,
  },
  examples: ['watch --node 0', 'watch --node 0 --kernel-text --write'],
  exits: 'cli.exits.edit',
  run: ({ operand, options: { node, 'kernel-text': textAlone, ...options }, locale }, host) => {
    const part = textAlone ? 'kernel-text' : 'memory';
    return edit(
      {
        folder: operand,
        osid: node,
        ...options,
        fix: (context, watcher) => watchOthers(context, watcher, part),
      },
      locale,
      host,
    );
  },
});
