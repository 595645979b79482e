/** Edits of kexec-mint.json that keep its comments and its form. */
import type { Place } from '../messages';
import {
  formOf,
  type JsonForm,
  type JsonNode,
  type JsonSpan,
  nodeAt,
  parseJson,
  separators,
} from './json-text';
import type { Allowance, ProjectFile } from './project-file';
import type { NodeJson } from './project-schema';

export interface ProjectEdit {
  readonly place: Place;
  readonly newText: string;
}

/*
 * Each function gives no edits where the text cannot take them: it is no JSON, or something else stands where the
 * edited list or object belongs.
 */

/** Adds allowances. @param text the project file's, `''` for a new one */
export function allowOverlap(
  uri: string,
  text: string,
  ...allowances: readonly Pick<Allowance, 'nodes' | 'regions' | 'reason'>[]
): readonly ProjectEdit[] {
  const items = allowances.map(({ nodes, regions, reason }) => ({ nodes, regions, reason }));
  return addItems(uri, text, 'allowOverlaps', items);
}

/** Takes an allowance away. What is said about it in comments stays. */
export function removeAllowance(uri: string, text: string, index: number): readonly ProjectEdit[] {
  const document = editable(text);
  const list = nodeAt(document?.root, ['allowOverlaps']);
  const item = list?.children?.[index];
  if (!document || !list || !item) return [];
  return placed(uri, removal(text, list, item, index));
}

/** Sets a key of a node, which is added where the file does not list it. */
export function setNodeKey<Key extends keyof NodeJson>(
  file: Pick<ProjectFile, 'uri' | 'nodes'>,
  text: string,
  osid: number,
  key: Key,
  value: NonNullable<NodeJson[Key]>,
): readonly ProjectEdit[] {
  const listed = file.nodes.find((each) => each.osid === osid);
  if (!listed) return addItems(file.uri, text, 'nodes', [{ osid, [key]: value }]);
  const document = editable(text);
  const node = nodeAt(document?.root, ['nodes', listed.index]);
  if (!document || node?.type !== 'object') return [];
  const old = nodeAt(node, [key]);
  const edits = old
    ? [{ ...spanOf(old), newText: inline(value) }]
    : insertion(text, document.form, node, () => property(key, inline(value)));
  return placed(file.uri, edits);
}

/** A line or more of a new project file: comments, and the key that they are about. */
export interface NewLine {
  readonly comments: readonly string[];
  readonly key?: string;
  readonly value?: unknown;
}

/** The text of a new project file. Lists of objects or lists stand over several lines, all else on one. */
export function newProjectFile(lines: readonly NewLine[]): string {
  const last = lines.findLast(({ key }) => key !== undefined);
  const written = lines.flatMap((line) => [
    ...line.comments.map((comment) => `  // ${comment}\n`),
    ...(line.key === undefined
      ? []
      : [`  ${property(line.key, listed(line.value))}${line === last ? '' : ','}\n`]),
  ]);
  return `{\n${written.join('')}}\n`;
}

function listed(value: unknown): string {
  const isLong = Array.isArray(value) && value.some((item) => typeof item === 'object');
  return isLong ? `[\n${value.map((item) => `    ${inline(item)}`).join(',\n')}\n  ]` : inline(value);
}

interface Edit extends JsonSpan {
  readonly newText: string;
}

interface Editable {
  /** Undefined where there is nothing but comments. */
  readonly root: JsonNode | undefined;
  readonly form: JsonForm;
}

function editable(text: string): Editable | undefined {
  const { root, mistakes } = parseJson(text);
  const isEmpty = root === undefined && mistakes.every(({ id }) => id === 'project.empty');
  if (!isEmpty && (mistakes.length > 0 || root?.type !== 'object')) return undefined;
  return { root, form: formOf(text, root) };
}

/** Adds to a list of the top level, which is made where it is not there. */
function addItems(
  uri: string,
  text: string,
  list: 'nodes' | 'allowOverlaps',
  values: readonly unknown[],
): readonly ProjectEdit[] {
  const document = editable(text);
  if (!document) return [];
  const { root, form } = document;
  const { eol, unit } = form;
  const items = (before: string) => values.map(inline).join(`,${before}`);
  const made = (_: string, indent: string) =>
    property(list, `[${eol}${indent}${unit}${items(eol + indent + unit)}${eol}${indent}]`);
  if (!root) {
    const end = text.trimEnd().length;
    const before = end === 0 ? '' : eol;
    const newText = `${before}{${eol}${unit}${made(eol + unit, unit)}${eol}}${eol}`;
    return placed(uri, [{ start: end, end: text.length, newText }]);
  }
  const known = nodeAt(root, [list]);
  if (!known) return placed(uri, insertion(text, form, root, made));
  return known.type === 'array' ? placed(uri, insertion(text, form, known, items)) : [];
}

/**
 * Adds to the end of a list or object, on a line of its own where it has lines.
 *
 * @param content from what stands before it, a blank or a new line, and its indentation
 */
function insertion(
  text: string,
  { eol, unit }: JsonForm,
  holder: JsonNode,
  content: (before: string, indent: string) => string,
): readonly Edit[] {
  const start = holder.offset + 1;
  const close = holder.offset + holder.length - 1;
  const outer = indentationAt(text, holder.offset);
  const last = holder.children?.at(-1);
  if (!last) {
    // Comments in it stay above.
    const end = start + text.slice(start, close).trimEnd().length;
    const before = eol + outer + unit;
    const newText = `${before}${content(before, outer + unit)}${eol}${outer}`;
    return [{ start: end, end: close, newText }];
  }
  const { end } = spanOf(last);
  const { comma, rest } = separators(text, end, close);
  const isOneLine = !text.slice(start, close).includes('\n');
  const own = startsLine(text, last.offset) ? indentationAt(text, last.offset) : outer + unit;
  const before = isOneLine ? ' ' : eol + own;
  const added = `${before}${content(before, isOneLine ? outer : own)}${comma ? ',' : ''}`;
  if (comma) return [{ start: rest, end: rest, newText: added }];
  if (rest === end) return [{ start: end, end, newText: `,${added}` }];
  return [
    { start: end, end, newText: ',' },
    { start: rest, end: rest, newText: added },
  ];
}

/** Takes an item out of a list with one comma and, where nothing else stands on it, its line. */
function removal(text: string, list: JsonNode, item: JsonNode, index: number): readonly Edit[] {
  const { start, end } = spanOf(item);
  const before = list.children?.[index - 1];
  const next = list.children?.[index + 1];
  const close = list.offset + list.length - 1;
  const following = separators(text, end, next?.offset ?? close).comma;
  const comma = following ?? (before && separators(text, spanOf(before).end, start).comma);
  if (!comma) return [whole(text, { start, end })];
  const [first, second] = comma.start < start ? [comma, { start, end }] : [{ start, end }, comma];
  const isJoined = text.slice(first.end, second.start).trim() === '';
  const spans = isJoined ? [{ start: first.start, end: second.end }] : [first, second];
  return spans.map((span) => whole(text, span));
}

/** With the blanks that would be left behind. */
function whole(text: string, { start, end }: JsonSpan): Edit {
  const blanks = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  const after = end + blanks;
  const lineBreak = /^\r?\n/.exec(text.slice(after, after + 2))?.[0].length;
  if (startsLine(text, start) && lineBreak !== undefined) {
    return { start: start - indentationAt(text, start).length, end: after + lineBreak, newText: '' };
  }
  const isSpaced = /[[\s]/.test(text[start - 1] ?? '');
  return { start, end: isSpaced ? after : end, newText: '' };
}

/** JSON on one line, spaced as people write it. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return entries.length === 0
    ? '{}'
    : `{ ${entries.map(([key, each]) => property(key, inline(each))).join(', ')} }`;
}

function property(key: string, value: string): string {
  return `${JSON.stringify(key)}: ${value}`;
}

/** The blanks that begin the line on which an offset lies. */
function indentationAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function startsLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}

function spanOf({ offset, length }: JsonNode): JsonSpan {
  return { start: offset, end: offset + length };
}

function placed(uri: string, edits: readonly Edit[]): readonly ProjectEdit[] {
  return edits.map(({ start, end, newText }) => ({ place: { file: uri, start, end }, newText }));
}
