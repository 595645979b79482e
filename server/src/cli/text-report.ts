/** The layout as a table and its findings as a compiler writes them. */
import type { Finding } from '../memmap/finding';
import type { Layout } from '../memmap/layout';
import { type Locale, type Message, message, type Place, render } from '../messages';
import { formatHex, formatRange, formatSize, lengthOf } from '../range';
import { rangeOf } from '../service/positions';
import type { Snapshot } from '../service/snapshot';
import { changePlacesOf, MAY_CHANGE } from '../service/values';
import type { Paths } from './paths';

/** What the reports need to word things. */
export interface Wording {
  readonly snapshot: Snapshot;
  readonly paths: Paths;
  readonly locale: Locale;
}

/** The window, a line for each region of each OS node, then the findings. */
export function mapText(wording: Wording): string {
  const { layout } = wording.snapshot;
  const say = sayIn(wording);
  const { window } = layout;
  const head = say(
    message('cli.window', { window: formatRange(window), size: formatSize(lengthOf(window)) }),
  );
  const changes = new Set(
    layout.nodes.flatMap(({ regions }) => regions.flatMap(changePlacesOf)).map(wording.paths.place),
  );
  const note =
    changes.size > 0
      ? [`${MAY_CHANGE} ${say(message('editor.unless-changed'))} ${[...changes].join(', ')}`]
      : [];
  return [head, '', ...alignedRows(regionRows(layout, say)), ...note, '', checkText(wording)].join('\n');
}

/** `file:line:column: error: message [rule]`, related places below it, and how many there are of each severity. */
export function checkText(wording: Wording): string {
  const { findings } = wording.snapshot;
  return [...findings.flatMap((finding) => findingLines(finding, wording)), totals(findings, wording)].join(
    '\n',
  );
}

function sayIn({ locale, paths }: Wording): (text: Message) => string {
  return (text) => render(text, locale, paths.place);
}

function regionRows({ nodes }: Layout, say: (text: Message) => string): readonly (readonly string[])[] {
  const unknown = say(message('editor.unknown'));
  const hex = (value: bigint | undefined) => (value === undefined ? unknown : formatHex(value));
  const ids = [
    'editor.node',
    'cli.source',
    'cli.region',
    'editor.start',
    'editor.end',
    'editor.size',
  ] as const;
  const rows = nodes.flatMap(({ osid, tree, regions }) =>
    regions.map((region, index) => {
      const { name, start, size, end } = region;
      const mark = changePlacesOf(region).length > 0 ? MAY_CHANGE : '';
      return [
        ...(index === 0 ? [`${osid}`, tree.name] : ['', '']),
        name + mark,
        hex(start.value),
        hex(end),
        size.value === undefined ? unknown : `${formatHex(size.value)} (${formatSize(size.value)})`,
      ];
    }),
  );
  return [ids.map((id) => say(message(id))), ...rows];
}

/** Columns padded to their widest cell. */
function alignedRows(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** Columns on a terminal: kana, kanji and full width forms take two. */
function widthOf(text: string): number {
  return [...text].reduce(
    (sum, one) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(one) ? 2 : 1),
    0,
  );
}

export function findingLines(finding: Finding, wording: Wording): readonly string[] {
  const say = sayIn(wording);
  const severity = say(message(`cli.${finding.severity}`));
  const own = `${position(finding.place, wording)}: ${severity}: ${say(finding.message)} [${finding.rule}]`;
  const related = finding.related.map(
    (one) => `  ${position(one.place, wording)}: ${say(message('cli.note'))}: ${say(one.message)}`,
  );
  return [own, ...related];
}

/** `kexec/mint.h:12:3`, both counted from 1. */
function position(place: Place, { snapshot, paths }: Wording): string {
  const { line, character } = rangeOf(snapshot, place).start;
  return `${paths.of(place.file)}:${line + 1}:${character + 1}`;
}

function totals(findings: readonly Finding[], wording: Wording): string {
  const say = sayIn(wording);
  const count = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity).length;
  const others = count('information') + count('hint');
  return say(message('cli.totals', { errors: count('error'), warnings: count('warning'), others }));
}
