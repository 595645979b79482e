/** `check`: what is wrong. */
import { HAS_ERRORS, OK, UNREADABLE } from '../host';
import { jsonReport } from '../json-report';
import { checkText } from '../text-report';
import { command } from '../words/command';
import { defaulted } from '../words/options';
import { oneOf } from '../words/values';
import { readTrees, TREES, wordingsOf } from './trees';

export const check = command({
  name: 'check',
  summary: 'cli.check',
  description: 'cli.check.description',
  operand: TREES,
  options: { format: defaulted('cli.check.format', oneOf(['text', 'json']), 'text') },
  examples: ['check'],
  exits: 'cli.exits.check',
  run: async ({ operand, options: { format }, locale }, host) => {
    const folder = await readTrees(operand, locale, host);
    if (!folder) return UNREADABLE;
    const wordings = wordingsOf(folder, locale);
    host.out(format === 'json' ? JSON.stringify(jsonReport(wordings), undefined, 2) : checkText(wordings));
    const hasError = folder.projects.some(({ findings }) =>
      findings.some(({ severity }) => severity === 'error'),
    );
    return hasError ? HAS_ERRORS : OK;
  },
});
