/** How many of the changes that were tried were noticed, by file and in all: the table of docs/reliability.md. */
import { relative } from 'node:path';
import { text } from './messages.mjs';

const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];
/** Changes that could have been tried. Those to constants and those that do not run at all are none. */
const LEFT_OUT = ['CompileError'];

/**
 * A table in Markdown.
 * @param results of Stryker
 * @param folder the room's code
 */
export function tableOf(results, folder) {
  const files = new Map();
  for (const { fileName, status } of results) {
    const file = relative(folder, fileName).replaceAll('\\', '/');
    files.set(file, [...(files.get(file) ?? []), status]);
  }
  const rows = [...files].sort().map(([file, statuses]) => rowOf(`\`${file}\``, statuses));
  const total = rowOf(text('mutation.total'), [...files.values()].flat());
  return [text('mutation.head'), '|---|---|---|---|', ...rows, total].join('\n');
}

function rowOf(name, statuses) {
  const count = (wanted) => statuses.filter((status) => wanted.includes(status)).length;
  const noticed = count(NOTICED);
  const tried = noticed + count(UNNOTICED);
  const score = tried === 0 ? '–' : `${((100 * noticed) / tried).toFixed(1)} %`;
  return `| ${name} | ${score} | ${noticed}/${tried} | ${tried}/${tried + count(LEFT_OUT)} |`;
}
