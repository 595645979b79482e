/** Pieces of Markdown (GitHub Flavored Markdown, as editors render it) from text that may hold anything. */
import { type Locale, type Message, type MessageValue, type Place, render } from '../messages';
import { alignedRows } from '../picture/text-table';
import { placeText, placeUri } from './positions';
import type { Snapshot } from './snapshot';

/** Text without meaning of its own in Markdown; an underscore inside a word has none (GFM 6.2). */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*[\]<>&~]|(?<!\w)_|_(?!\w)/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

/** A code span; its fence is longer than any run of backticks inside (GFM 6.1). */
export function codeSpan(text: string): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = longest > 0 ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** `[mint.h:12](file:///…/mint.h#L12,3)` */
export function placeLink(snapshot: Pick<Snapshot, 'document'>, place: Place): string {
  const escaped = placeUri(snapshot, place).replace(
    /[()<>\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `[${escapeMarkdown(placeText(snapshot)(place))}](${escaped})`;
}

/** An escape, a code span, a link, or the marks of bold text. */
const INLINE = /\\(.)|(`+)(.+?)\2(?!`)|\[((?:\\.|[^\]\\])*)\]\([^)]*\)|\*\*/g;

/** What this file makes, for clients that show plain text: links by their words, tables with aligned columns. */
export function plainText(markdown: string): string {
  const pieces = markdown.split(/((?:^\|.*\n?)+)/m);
  return pieces.map((piece, index) => (index % 2 === 1 ? tableText(piece) : inlineText(piece))).join('');
}

function tableText(rows: string): string {
  const [header = '', , ...others] = rows.trimEnd().split('\n');
  const cells = [header, ...others].map((row) =>
    row
      .slice('| '.length, -' |'.length)
      .split(' | ')
      .map((cell) => inlineText(cell.replace(/\\\|/g, '|'))),
  );
  return alignedRows(cells).join('\n') + (rows.endsWith('\n') ? '\n' : '');
}

function inlineText(markdown: string): string {
  return markdown.replace(
    INLINE,
    (_, escaped?: string, fence?: string, code: string = '', words: string = '') => {
      if (escaped !== undefined) return escaped;
      if (fence === undefined) return inlineText(words);
      return code.startsWith(' ') && code.endsWith(' ') ? code.slice(1, -1) : code;
    },
  );
}

/** A message of the catalogue as Markdown: its code spans stay, its places become links, all else is plain text. */
export function markdownMessage(snapshot: Pick<Snapshot, 'document'>, text: Message, locale: Locale): string {
  const links: string[] = [];
  // Private-use characters mark where a link goes while the text around it is escaped.
  const rendered = render(withoutBackticks(text), locale, (place) => {
    links.push(placeLink(snapshot, place));
    return `\ue000${links.length - 1}\ue001`;
  });
  return rendered
    .split(/(`[^`]*`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : escapeMarkdown(piece)))
    .join('')
    .replace(/\ue000(\d+)\ue001/g, (_, index: string) => links[Number(index)] ?? '');
}

function withoutBackticks(text: Message): Message {
  const values = Object.entries(text.args ?? {}).map(([name, value]) => [name, plainValue(value)]);
  return { id: text.id, args: Object.fromEntries(values) };
}

function plainValue(value: MessageValue): MessageValue {
  if (typeof value === 'string') return value.replace(/[`\ue000\ue001]/g, "'");
  return typeof value === 'object' && 'id' in value ? withoutBackticks(value) : value;
}

/** A table of cells that are Markdown already; bars in them are escaped here. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
