/** Hover: what a region, a name, a number or any expression is worth for each OS node, and how that came about. */
import type { Hover, Position } from 'vscode-languageserver-types';
import type { Definition, Evaluated } from '../../c/evaluation';
import type { Span } from '../../c/source';
import type { Token } from '../../c/token';
import type { LayoutNode } from '../../memmap/layout';
import { samePlace } from '../../memmap/places';
import { unknownMessage } from '../../memmap/reasons';
import { regionOfVariable } from '../../memmap/regions';
import { type Locale, message, render } from '../../messages';
import { parseNumber } from '../../project/numbers';
import { formatHex, formatSize } from '../../range';
import { derivationLines, derivationOfName } from '../derivation';
import { codeSpan, table } from '../markdown';
import { reasonLines } from '../memory-lines';
import { rangeOf } from '../positions';
import { changeLine, regionMarkdown } from '../region-markdown';
import { settingsIn } from '../region-places';
import type { Snapshot } from '../snapshot';
import { tokenAt } from '../token-at';
import { valueText } from '../values';

/** What one node says of the place hovered over. */
interface Answer {
  readonly node: LayoutNode;
  readonly evaluated: Evaluated;
  /** It is the value of the expression around the token. */
  readonly isAround: boolean;
  readonly definition?: Definition | undefined;
}

export function hover(
  snapshot: Snapshot,
  file: string,
  position: Position,
  locale: Locale,
): Hover | undefined {
  const document = snapshot.isServed(file) ? snapshot.document(file) : undefined;
  if (!document) return undefined;
  const token = tokenAt(document, position);
  if (!token || token.kind === 'string' || token.kind === 'other') return undefined;
  const region = regionAt(snapshot, token);
  const ofRegion = region && regionMarkdown(snapshot, file, region.region, region.part, locale);
  if (ofRegion !== undefined) return markdown(ofRegion, rangeOf(snapshot, token.span));
  const answers = answersAt(snapshot, token);
  const text =
    token.kind === 'number'
      ? numberMarkdown(token.text, answers[0])
      : valueMarkdown(snapshot, token, answers, locale);
  if (text === undefined) return undefined;
  const whole = answers[0]?.isAround ? answers[0].evaluated.span : undefined;
  return markdown(text, rangeOf(snapshot, whole?.file === file ? whole : token.span));
}

/** The region that a name is the start or size of, or that a macro called here sets. */
function regionAt(
  snapshot: Snapshot,
  { kind, text, span }: Token,
): { readonly region: string; readonly part: 'start' | 'size' } | undefined {
  if (kind !== 'identifier') return undefined;
  const set = () => settingsIn(snapshot, span.file).find(({ place }) => place.start === span.start);
  return regionOfVariable(text, snapshot.settings.regionNames) ?? set();
}

function markdown(value: string, range: Hover['range']): Hover {
  return { contents: { kind: 'markdown', value }, range };
}

/**
 * An operator stands for the innermost expression around it; a name or constant for itself where it was executed. A
 * member stands for `s.member`, and an array, function or macro for its element or call.
 */
function answersAt(snapshot: Snapshot, token: Token): readonly Answer[] {
  const { kind, text, span } = token;
  const source = snapshot.document(span.file)?.getText() ?? '';
  const answers = snapshot.nodesReading(span.file).flatMap((node): Answer[] => {
    const expressions = node.evaluation.expressionsAt(span.file, span.start);
    const own = expressions.find((expression) => samePlace(expression.span, span));
    if (kind === 'punctuator') {
      const [evaluated] = expressions;
      if (evaluated) return [{ node, evaluated, isAround: true }];
      const macro = macroAround(node, span);
      return macro ? [{ node, evaluated: macro, isAround: false }] : [];
    }
    const around =
      kind === 'identifier' ? expressions.find((each) => isPostfix(each.span, token, source)) : undefined;
    if (around && own?.value.kind !== 'known') return [{ node, evaluated: around, isAround: true }];
    const evaluated = own ?? (kind === 'identifier' ? node.evaluation.valueOf(text) : undefined);
    const definition = kind === 'identifier' ? node.evaluation.definitions.get(text)?.at(-1) : undefined;
    if (!evaluated || !isValue(evaluated, definition)) return [];
    return [{ node, evaluated, isAround: false, definition }];
  });
  // A node that never came here has no value of its own to tell.
  const around = answers.filter(({ isAround }) => isAround);
  return around.length > 0 ? around : answers;
}

/** The expression is `name(…)`, `name[…]`, `….name` or `…->name` of the token. */
function isPostfix(place: Span, { span }: Token, source: string): boolean {
  if (place.start === span.start && place.end > span.end)
    return /^\s*[([]/.test(source.slice(span.end, place.end));
  return place.end === span.end && /(?:\.|->)\s*$/.test(source.slice(place.start, span.start));
}

/** The macro in force whose definition holds the place, where it has a value of its own. */
function macroAround({ evaluation }: LayoutNode, { file, start }: Span): Evaluated | undefined {
  for (const [name, definitions] of evaluation.definitions) {
    const last = definitions.at(-1);
    const { whole } = last ?? {};
    const isHere = whole?.file === file && whole.start <= start && start < whole.end;
    if (last?.kind !== 'macro' || !isHere || start <= last.span.start) continue;
    const value = evaluation.valueOf(name);
    return value && isValue(value, last) ? value : undefined;
  }
  return undefined;
}

/** Functions, and macros that have parameters or nothing, stand for no value. */
function isValue({ value }: Evaluated, definition: Definition | undefined): boolean {
  if (value.kind !== 'unknown') return true;
  if (definition?.kind === 'function') return false;
  return (
    value.reason.code !== 'unknown-name' &&
    !(definition?.kind === 'macro' && value.reason.code === 'syntax-error')
  );
}

/** `0x18000000 = 402653184 = 384 MiB`; undefined for a floating constant. */
function numberMarkdown(text: string, answer: Answer | undefined): string | undefined {
  const value = parseNumber(text);
  if (value === undefined) return undefined;
  const known = answer?.evaluated.value;
  const type = known?.kind === 'known' ? ` — ${codeSpan(known.type)}` : '';
  return `${codeSpan(formatHex(value))} = ${value} = ${formatSize(value)}${type}`;
}

function valueMarkdown(
  snapshot: Snapshot,
  token: Token,
  answers: readonly Answer[],
  locale: Locale,
): string | undefined {
  const [first] = answers;
  if (!first) return undefined;
  const name = token.kind === 'identifier' && !first.isAround ? token.text : undefined;
  const types = new Set(
    answers.flatMap(({ evaluated: { value } }) => (value.kind === 'known' ? value.type : [])),
  );
  // Another server tells the types of names, and not those of expressions.
  const isToldType = name !== undefined && snapshot.settings.cLanguageFeatures === 'off';
  const [type] = types.size === 1 && !isToldType ? types : [];
  const origins = answers.map(({ node, evaluated, definition }) => ({
    osid: node.osid,
    name,
    value: evaluated.value,
    derivation: derivationOfName(evaluated.derivation),
    places: definition ? [definition.span] : [],
  }));
  const reasons = answers.flatMap(({ node, evaluated }) => {
    const text = unknownMessage(evaluated.value);
    return text ? [{ osid: node.osid, text }] : [];
  });
  return [
    `**${codeSpan(name ?? sourceText(snapshot, first.evaluated))}**${type === undefined ? '' : ` — ${codeSpan(type)}`}`,
    valueTable(answers, locale),
    derivationLines(snapshot, origins, locale).join('\n'),
    reasonLines(snapshot, reasons, locale),
    changeLine(
      snapshot,
      answers.map(({ evaluated }) => evaluated.value),
      locale,
    ),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** The expression as it is written. */
function sourceText(snapshot: Snapshot, { span, text }: Evaluated): string {
  return snapshot.document(span.file)?.getText().slice(span.start, span.end) ?? text;
}

function valueTable(answers: readonly Answer[], locale: Locale): string {
  const ids = ['editor.node', 'editor.value', 'editor.decimal', 'editor.as-size'] as const;
  const rows = answers.map(({ node, evaluated: { value } }) => {
    const shown = [
      `${node.osid}`,
      value.kind === 'unknown' ? valueText(value, locale) : codeSpan(valueText(value, locale)),
    ];
    return value.kind === 'known' ? [...shown, `${value.value}`, sizeText(value.value)] : [...shown, '', ''];
  });
  // Small numbers count things that are no memory.
  const columns = rows.every((row) => row.at(-1) === '') ? -1 : ids.length;
  return table(
    ids.slice(0, columns).map((id) => render(message(id), locale)),
    rows.map((row) => row.slice(0, columns)),
  );
}

/** `384 MiB`; nothing for what is no whole KiB. */
function sizeText(value: bigint): string {
  return value !== 0n && value % 1024n === 0n ? formatSize(value) : '';
}
