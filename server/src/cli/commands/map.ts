/** `map`: the memory of every OS node. */
import { message } from '../../messages';
import { draw } from '../draw';
import { OK } from '../host';
import { jsonReport } from '../reports/json';
import { mapTable } from '../reports/map-table';
import { textReport } from '../reports/text';
import { wordingsOf } from '../wording';
import { command } from '../words/command';
import { defaulted, optional } from '../words/options';
import { FOLDER, oneOf } from '../words/values';
import { WrongCall } from '../words/wrong-call';
import { reportOn, settingOf, TREES, WATCH } from './trees';

const FORMAT = oneOf(['table', 'json', 'svg', 'markdown'], { text: 'table' });

export const map = command({
  name: 'map',
  summary: 'cli.map',
  description: 'cli.map.description',
  operand: TREES,
  options: {
    format: defaulted('cli.map.format', FORMAT, 'table'),
    before: optional('cli.map.before', FOLDER),
    watch: WATCH,
  },
  examples: [
    'map',
    'map ~/mint --watch',
    'map ~/mint --format json',
    'map . --format svg --before ../mint-last-week > map.svg',
  ],
  exits: 'cli.exits.map',
  run: async (call, host) => {
    const { operand, options, locale } = call;
    const { format, before, watch } = options;
    if (format === 'svg' || format === 'markdown') {
      if (watch) throw new WrongCall(message('cli.watch-what', { format }));
      return draw({ folder: operand, before }, format, locale, host);
    }
    if (before !== undefined) throw new WrongCall(message('cli.before-needs-format', { option: '--before' }));
    return reportOn(call, host, (folder) => {
      const wordings = wordingsOf(folder, locale);
      if (format === 'json') host.out(JSON.stringify(jsonReport(wordings), undefined, 2));
      else host.out(`${mapTable(wordings)}\n${textReport(wordings, settingOf(folder.uri, locale, host))}`);
      return OK;
    });
  },
});
