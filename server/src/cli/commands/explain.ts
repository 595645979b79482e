/** `explain`: what overlaps mean. */
import { explainOverlaps } from '../../service/features/explain-overlaps';
import { OK, UNREADABLE } from '../host';
import { command } from '../words/command';
import { readTrees, TREES } from './trees';

export const explain = command({
  name: 'explain',
  summary: 'cli.explain',
  description: 'cli.explain.description',
  operand: TREES,
  options: {},
  examples: ['explain', 'explain ~/mint > overlaps.md'],
  exits: 'cli.exits.map',
  run: async ({ operand, locale }, host) => {
    const folder = await readTrees(operand, locale, host);
    if (!folder) return UNREADABLE;
    host.out(explainOverlaps(folder.projects, locale));
    return OK;
  },
});
