/** How values came about, as lines of Markdown: one for each name, told once where OS nodes agree. */
import type { Derivation } from '../c/evaluation';
import type { Span } from '../c/source';
import type { Value } from '../c/value';
import { groupBy } from '../group-by';
import { samePlace } from '../memmap/places';
import { nodesMessage } from '../memmap/wording';
import { type Locale, message, render } from '../messages';
import { parseNumber } from '../project/numbers';
import { formatHex } from '../range';
import { codeSpan, placeLink } from './markdown';
import type { Snapshot } from './snapshot';
import { valueText } from './values';

/** What a node says of one thing: a name or an expression, its value, how it came about and where. */
export interface Origin {
  readonly osid: number;
  /** Undefined for an expression, whose source says what it is. */
  readonly name?: string;
  readonly value: Value;
  readonly derivation?: Derivation;
  /** Where its value is given, and where its name is defined. */
  readonly places: readonly Span[];
}

interface Step {
  readonly osid: number;
  readonly subject: string;
  readonly text: string;
  readonly places: readonly Span[];
}

/** Names further down than this no longer help a reader. */
const DEEPEST = 8;
const MOST_STEPS = 16;
/** Of one name, so many different ways are told. */
const MOST_WAYS = 8;

/** A list item for each step; `OS node 0:` stands before it where the nodes do not all say the same. */
export function derivationLines(
  snapshot: Snapshot,
  origins: readonly Origin[],
  locale: Locale,
): readonly string[] {
  const perNode = origins.map((origin) => stepsOf(origin, locale));
  const subjects = [...new Set(perNode.flatMap((steps) => steps.map((step) => step.subject)))];
  return subjects.flatMap((subject) => {
    const steps = perNode.flatMap((own) => own.find((step) => step.subject === subject) ?? []);
    const groups = [...groupBy(steps, (step) => step.text).values()];
    const lines = groups.slice(0, MOST_WAYS).map((group) => line(snapshot, group, groups.length > 1, locale));
    const rest = groups.length - lines.length;
    return rest > 0 ? [...lines, `- ${render(message('editor.more', { count: rest }), locale)}`] : lines;
  });
}

function line(snapshot: Snapshot, group: readonly Step[], named: boolean, locale: Locale): string {
  const [first] = group;
  if (!first) return '';
  const osids = [...new Set(group.map((step) => step.osid))].sort((a, b) => a - b);
  const nodes = named ? `${render(nodesMessage(osids), locale)}: ` : '';
  const links = [...new Set(first.places.map((place) => placeLink(snapshot, place)))];
  return `- ${nodes}${codeSpan(first.text)}${links.length > 0 ? ` — ${links.join(', ')}` : ''}`;
}

/** How a lone name's value came about: evaluating the name itself is no step that tells anything. */
export function derivationOfName(derivation: Derivation | undefined): Derivation | undefined {
  const [leaf, ...others] = derivation?.leaves ?? [];
  const isName = leaf?.kind === 'name' && others.length === 0 && leaf.text === derivation?.source;
  return isName ? leaf.derivation : derivation;
}

function stepsOf(origin: Origin, locale: Locale): readonly Step[] {
  const steps: Step[] = [];
  const visit = (subject: string, given: Omit<Origin, 'osid' | 'name'>, depth: number) => {
    if (steps.length >= MOST_STEPS || steps.some((step) => step.subject === subject)) return;
    // The value alone stands in the table, or where the name was replaced by it.
    if (!given.derivation && given.places.length === 0) return;
    const text = chainText(origin.name === undefined && depth === 0 ? undefined : subject, given, locale);
    steps.push({ osid: origin.osid, subject, text, places: given.places });
    if (depth >= DEEPEST) return;
    for (const leaf of given.derivation?.leaves ?? []) {
      if (leaf.kind !== 'name') continue;
      const places = leaf.definition ? [leaf.definition.span] : [];
      visit(leaf.text, { value: leaf.value, derivation: leaf.derivation, places }, depth + 1);
    }
  };
  const subject = origin.name ?? origin.derivation?.source ?? '';
  visit(subject, { ...origin, places: distinct(origin.places) }, 0);
  return steps;
}

/** `name = mint_memory_size - 0x8000000 = 0x20000000 - 0x8000000 = 0x18000000`, nothing said twice. */
function chainText(
  name: string | undefined,
  { derivation, value }: Pick<Origin, 'derivation' | 'value'>,
  locale: Locale,
): string {
  const links = [name, derivation?.source, derivation?.substituted, valueText(value, locale)];
  const said: string[] = [];
  for (const link of links) {
    const last = said.at(-1);
    if (link !== undefined && (last === undefined || !saysSame(last, link))) said.push(link);
  }
  return said.join(' = ');
}

function saysSame(a: string, b: string): boolean {
  const number = parseNumber(a);
  return a === b || (number !== undefined && formatHex(number) === b);
}

function distinct(places: readonly Span[]): readonly Span[] {
  return places.filter((place, index) => !places.slice(0, index).some((other) => samePlace(other, place)));
}
