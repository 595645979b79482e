/** Inlay hints: after each start and size what it comes to, for each OS node where they differ. */
import type { InlayHint, MarkupContent, Range } from 'vscode-languageserver-types';
import type { Value } from '../../c/value';
import { groupBy } from '../../group-by';
import { type Locale, message, render } from '../../messages';
import { formatSize } from '../../range';
import { regionMarkdown } from '../region-markdown';
import { type Setting, settingsIn } from '../region-places';
import type { Snapshot } from '../snapshot';
import { changePlaces, MAY_CHANGE, valueText } from '../values';

/** VS Code cuts the hints of a line to this many characters (`editor.inlayHints.maximumLength`). */
const LINE_LIMIT = 43;

/** What a hint is about. */
export interface HintSubject {
  readonly region: string;
  readonly part: 'start' | 'size';
}

/** Hints without their tooltips, which say much more than most are ever asked for. */
export function inlayHints(
  snapshot: Snapshot,
  file: string,
  range: Range,
  locale: Locale,
): readonly (InlayHint & { readonly data: HintSubject })[] {
  const document =
    snapshot.isServed(file) && snapshot.settings.inlayHints ? snapshot.document(file) : undefined;
  if (!document) return [];
  const from = document.offsetAt(range.start);
  const to = document.offsetAt(range.end);
  const within = settingsIn(snapshot, file).filter(({ place }) => place.start <= to && place.end >= from);
  const groups = [...groupBy(within, ({ variable, place }) => `${variable} ${place.end}`).values()];
  const lineOf = ([first]: readonly Setting[]) => document.positionAt(first?.place.end ?? 0).line;
  const perLine = groupBy(groups, lineOf);
  return groups.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const limit = Math.floor(LINE_LIMIT / (perLine.get(lineOf(group))?.length ?? 1));
    return [
      {
        position: document.positionAt(first.place.end),
        label: hintText(group, limit, locale),
        paddingLeft: true,
        data: { region: first.region, part: first.part },
      },
    ];
  });
}

/** What a hover over the name that the hint is about says. */
export function hintTooltip(
  snapshot: Snapshot,
  file: string,
  { region, part }: HintSubject,
  locale: Locale,
): MarkupContent | undefined {
  const value = regionMarkdown(snapshot, file, region, part, locale);
  return value === undefined ? undefined : { kind: 'markdown', value };
}

/** `= 0x18000000 (384 MiB)` where all nodes agree, else `0: 0x20000000, 1: 0x38000000`, in at most `limit` characters. */
export function hintText(group: readonly Setting[], limit: number, locale: Locale): string {
  const values = groupBy(group, ({ value }) => shortText(value, locale));
  const [only, ...others] = values.keys();
  if (only === undefined) return '';
  if (others.length === 0) return single(group, only, limit);
  const entries = group.map(({ node, value }) => `${node.osid}: ${shortText(value, locale)}`);
  for (const separator of [' · ', ', ']) {
    const text = entries.join(separator);
    if (text.length <= limit) return text;
  }
  return shortened(entries, only, limit, locale);
}

function shortText(value: Value, locale: Locale): string {
  return valueText(value, locale) + (changePlaces([value]).length > 0 ? MAY_CHANGE : '');
}

function single(group: readonly Setting[], text: string, limit: number): string {
  const [first] = group;
  const value = first?.value;
  const size = first?.part === 'size' && value?.kind === 'known' ? ` (${formatSize(value.value)})` : '';
  const [long, short] = [`= ${text}${size}`, `= ${text}`];
  if (long.length <= limit) return long;
  return short.length <= limit ? short : `${short.slice(0, Math.max(1, limit - 1))}…`;
}

/** As many nodes as fit, and how many more there are. */
function shortened(entries: readonly string[], first: string, limit: number, locale: Locale): string {
  const more = (count: number) => render(message('editor.more', { count }), locale);
  for (let count = entries.length - 1; count > 0; count--) {
    const text = `${entries.slice(0, count).join(', ')} ${more(entries.length - count)}`;
    if (text.length <= limit) return text;
  }
  const text = `${first} ${more(entries.length - 1)}`;
  return text.length <= limit ? text : '…';
}
