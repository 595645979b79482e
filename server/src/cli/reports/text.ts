/** Findings as a compiler writes them: place, message, and the line with a caret below. */
import { createColors } from 'picocolors';
import type { Finding } from '../../memmap/finding';
import { type Message, message, render } from '../../messages';
import { columnsOf } from '../../picture/text-width';
import { rangeOf } from '../../service/positions';
import { printable } from '../printable';
import type { Wording } from '../wording';
import { position } from './places';
import type { Reporter } from './report';

type Colours = ReturnType<typeof createColors>;

/** All findings, and how many there are of each severity. */
export const textReport: Reporter = (projects, { colours, locale }) => {
  const lines = projects.flatMap((wording) =>
    wording.findings.flatMap((finding) => findingLines(finding, wording, createColors(colours))),
  );
  return [...lines, render(totals(projects), locale)].join('\n');
};

/** `file:line:column: error: message [rule]`, the line with a caret, and related places below it. */
export function findingLines(
  finding: Finding,
  wording: Wording,
  colours = createColors(false),
): readonly string[] {
  const say = (text: Message) => render(text, wording.locale, wording.paths.place);
  const { severity, place, rule } = finding;
  const paint = severity === 'error' ? colours.red : severity === 'warning' ? colours.yellow : colours.cyan;
  const own = [
    colours.bold(`${position(place, wording)}:`),
    paint(`${say(message(`cli.${severity}`))}:`),
    say(finding.message),
    colours.dim(`[${rule}]`),
  ].join(' ');
  const related = finding.related.map(
    (one) => `  ${position(one.place, wording)}: ${say(message('cli.note'))}: ${say(one.message)}`,
  );
  return [own, ...excerpt(finding, wording, colours), ...related];
}

/** The place's first line, and a caret below its beginning; nothing where its text is not at hand. */
function excerpt({ place }: Finding, { snapshot }: Wording, colours: Colours): readonly string[] {
  const document = snapshot.document(place.file);
  if (!document) return [];
  const { start, end } = rangeOf(snapshot, place);
  const whole = { start: { line: start.line, character: 0 }, end: { line: start.line + 1, character: 0 } };
  const line = printable(document.getText(whole).replace(/[\r\n]+$/, ''));
  const last = end.line === start.line ? end.character : line.length;
  const marked = columnsOf(line.slice(start.character, last));
  // Tabs stay, so that the caret stands below its character however wide they are.
  const indent = line.slice(0, start.character).replace(/[^\t]+/g, (text) => ' '.repeat(columnsOf(text)));
  const number = `${start.line + 1}`.padStart(5);
  return [
    `${number} | ${line}`,
    `${' '.repeat(number.length)} | ${indent}${colours.green(`^${'~'.repeat(Math.max(0, marked - 1))}`)}`,
  ];
}

function totals(projects: readonly Wording[]): Message {
  const all = projects.flatMap(({ findings }) => findings);
  const count = (severity: Finding['severity']) =>
    all.filter((finding) => finding.severity === severity).length;
  const others = count('information') + count('hint');
  return message('cli.totals', { errors: count('error'), warnings: count('warning'), others });
}
