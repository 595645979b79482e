/** All rules run, and what they found in the form that fronts show. */
import type { Span } from '../c/source';
import { groupBy } from '../group-by';
import { type Message, message } from '../messages';
import type { Severity } from '../project/settings';
import type { RuleContext } from './context';
import type { Finding, Fix } from './finding';
import { beginningOf, samePlace } from './places';
import type { Draft, Rule } from './rule';
import { RULES } from './rules';
import { nodesMessage } from './wording';

type Shown = Exclude<Severity, 'off'>;

const RANK: Readonly<Record<Shown, number>> = { error: 0, warning: 1, information: 2, hint: 3 };
/** One rule at one place says this much; then it says how much more there is. */
const MOST_AT_ONE_PLACE = 20;

interface Sorted {
  readonly rule: string;
  readonly severity: Shown;
  readonly draft: Draft;
}

/**
 * In order of file, place and severity. A setting's severity is that of all findings of the rule. A rule that fails is
 * itself a finding (`internal-error`) and hides no other's.
 */
export function findingsOf(context: RuleContext, rules: readonly Rule[] = RULES): readonly Finding[] {
  const drafts = rules.flatMap((rule) => run(rule, context));
  return limited(merged(drafts)).sort(byPlace);
}

function run(rule: Rule, context: RuleContext): readonly Sorted[] {
  const setting = context.settings.rules[rule.name];
  if (setting === 'off') return [];
  try {
    return rule.check(context).map((draft) => ({
      rule: rule.name,
      severity: setting ?? draft.severity ?? rule.severity,
      draft,
    }));
  } catch (error) {
    const [first] = context.project.trees;
    const text = message('rule.internal-error', { rule: rule.name, error: String(error) });
    const place = beginningOf(first?.memmapFile ?? '');
    return [{ rule: 'internal-error', severity: 'error', draft: { place, message: text, nodes: [] } }];
  }
}

/** One finding for drafts that say the same at the same place, of all their nodes. */
function merged(drafts: readonly Sorted[]): readonly Finding[] {
  const groups = groupBy(drafts, ({ rule, draft: { place, message: text } }) =>
    [rule, place.file, place.start, place.end, JSON.stringify(text)].join('\0'),
  );
  return [...groups.values()].map(finding);
}

function finding(group: readonly [Sorted, ...Sorted[]]): Finding {
  const [{ rule, severity, draft }] = group;
  const nodes = [...new Set(group.flatMap((sorted) => sorted.draft.nodes))].sort((a, b) => a - b);
  const related = group.flatMap((sorted) => sorted.draft.related ?? []);
  let fixes: readonly Fix[] | undefined;
  return {
    rule,
    severity,
    place: draft.place,
    message: withNodes(draft.message, nodes),
    nodes,
    related: related.filter(
      ({ place }, index) => !related.slice(0, index).some((other) => samePlace(other.place, place)),
    ),
    allowable: group.flatMap((sorted) => sorted.draft.allowable ?? []),
    get fixes() {
      fixes ??= unique(group.flatMap((sorted) => sorted.draft.fixes?.() ?? []));
      return fixes;
    },
  };
}

function withNodes(text: Message, nodes: readonly number[]): Message {
  return nodes.length === 0 ? text : { ...text, args: { ...text.args, nodes: nodesMessage(nodes) } };
}

/** Fixes that make the same edits are one. */
function unique(fixes: readonly Fix[]): readonly Fix[] {
  const byEdits = new Map<string, Fix>();
  for (const fix of fixes) {
    const key = JSON.stringify(fix.edits);
    if (!byEdits.has(key)) byEdits.set(key, fix);
  }
  return [...byEdits.values()];
}

/** Cuts what one rule says at one place, and says how much was cut. */
function limited(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, { count: number; last: Finding }>();
  const shown = findings.filter((found) => {
    const key = [found.rule, found.place.file, found.place.start, found.place.end].join('\0');
    const before = counts.get(key)?.count ?? 0;
    counts.set(key, { count: before + 1, last: found });
    return before < MOST_AT_ONE_PLACE;
  });
  const rests = [...counts.values()].flatMap(({ count, last }) => {
    const rest = count - MOST_AT_ONE_PLACE;
    if (rest <= 0) return [];
    const { rule, severity, place } = last;
    return [
      {
        rule,
        severity,
        place,
        message: message('rule.more-findings', { count: rest }),
        nodes: [],
        related: [],
        allowable: [],
        fixes: [],
      },
    ];
  });
  return [...shown, ...rests];
}

function byPlace(a: Finding, b: Finding): number {
  return comparePlaces(a.place, b.place) || RANK[a.severity] - RANK[b.severity] || compare(a.rule, b.rule);
}

function comparePlaces(a: Span, b: Span): number {
  return compare(a.file, b.file) || a.start - b.start || a.end - b.end;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
