/** `map`: the memory of every OS node. */
import { message } from '../../messages';
import { draw } from '../draw';
import { OK, UNREADABLE } from '../host';
import { jsonReport } from '../json-report';
import { mapText } from '../text-report';
import { command } from '../words/command';
import { defaulted, optional } from '../words/options';
import { FOLDER, oneOf } from '../words/values';
import { WrongCall } from '../words/wrong-call';
import { readTrees, TREES, wordingsOf } from './trees';

const FORMAT = oneOf(['table', 'json', 'svg', 'markdown'], { text: 'table' });

export const map = command({
  name: 'map',
  summary: 'cli.map',
  description: 'cli.map.description',
  operand: TREES,
  options: {
    format: defaulted('cli.map.format', FORMAT, 'table'),
    before: optional('cli.map.before', FOLDER),
  },
  examples: ['map', 'map ~/mint --format json', 'map . --format svg --before ../mint-last-week > map.svg'],
  exits: 'cli.exits.map',
  run: async ({ operand, options: { format, before }, locale }, host) => {
    if (format === 'svg' || format === 'markdown') {
      return draw({ folder: operand, before }, format, locale, host);
    }
    if (before !== undefined) throw new WrongCall(message('cli.before-needs-format', { option: '--before' }));
    const folder = await readTrees(operand, locale, host);
    if (!folder) return UNREADABLE;
    const wordings = wordingsOf(folder, locale);
    host.out(format === 'json' ? JSON.stringify(jsonReport(wordings), undefined, 2) : mapText(wordings));
    return OK;
  },
});
