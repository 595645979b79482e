/**
 * A node's dump shows other memory than the source tree gives it. Each range that kexec gets, or each region where these
 * are not known, is compared with the RAM that the node's `/proc/iomem`, kexec output, kernel log or copied `/sys/firmware/memmap` reports; what an x86 kernel keeps for itself
 * (the first page, in older kernels the first 64 KiB, and 0xa0000–0x100000) makes no difference. Reserved memory or ACPI
 * tables in the midst of a region, or below 1 MiB, are information: firmware puts them there. Of a dump that is cut off,
 * only the RAM that it does show counts.
 *
 * Example: `mint_region3_size` makes 0x20000000–0x38000000, and `dumps/os0.iomem` shows
 * ```
 * 20000000-67ffffff : System RAM
 * ```
 *
 * Remedy: where the source is right, boot the node from it and take a new dump. Where the dump is right, the quick fix
 * takes the value from it.
 */
import { groupBy } from '../../group-by';
import { fileName, type Message, message } from '../../messages';
import { type AddressRange, formatRange, intersection, sameRange } from '../../range';
import type { RuleContext } from '../context';
import { setRange } from '../fixes/set-range';
import { agrees, type Comparison, comparisonsOf, conclusive } from '../observed/comparison';
import { differences, holesAlone } from '../observed/differences';
import { spanIn } from '../observed/gather';
import type { Part } from '../overlaps/overlaps';
import type { Draft, Rule } from '../rule';
import { listMessage } from '../wording';

export const evidenceMismatch: Rule = {
  name: 'evidence-mismatch',
  severity: 'warning',
  check: (context) =>
    context.layout.nodes.flatMap((node) => {
      const byPart = groupBy(comparisonsOf(node), ({ part }) => part);
      return [...byPart].flatMap(([part, comparisons]) =>
        disagreements(part, comparisons).map((found) => draft(context, found)),
      );
    }),
};

/** Dumps that differ from a part of the memory in the same way. */
interface Disagreement {
  readonly part: Part;
  readonly comparisons: readonly [Comparison, ...Comparison[]];
  /** Other dumps of the node that show the part as it is. */
  readonly agreeing: readonly Comparison[];
  /** No other dump contradicts these; where one does, neither is right for sure. */
  readonly isClear: boolean;
}

function disagreements(part: Part, comparisons: readonly Comparison[]): readonly Disagreement[] {
  const agreeing = comparisons.filter(agrees);
  const differing = comparisons.map(conclusive).filter((one) => !agrees(one));
  const groups = groupBy(differing, (one) => JSON.stringify(differences(one)));
  const isClear = agreeing.length === 0 && groups.size === 1;
  return [...groups.values()].map((group) => ({ part, comparisons: group, agreeing, isClear }));
}

function draft(context: RuleContext, { part, comparisons, agreeing, isClear }: Disagreement): Draft {
  const { node, region, range: own } = part;
  const [first] = comparisons;
  const { missing, seen } = first;
  const range = formatRange(own);
  const startsElsewhere = seen ? seen.start !== own.start : missing[0]?.start === own.start;
  const isExplained = holesAlone(first, own);
  return {
    place: startsElsewhere ? part.place.start : part.place.end,
    message: message('rule.evidence-mismatch', {
      region: part.name,
      osid: node.osid,
      own: part.type === 'ram' ? range : message('rule.evidence-mismatch.as-reserved', { range }),
      files: filesMessage(comparisons),
      differences: differencesMessage(first),
      advice:
        agreeing.length > 0
          ? message('rule.evidence-mismatch.agreed', { files: filesMessage(agreeing) })
          : message(isExplained ? 'rule.evidence-mismatch.holes' : 'rule.evidence-mismatch.older'),
    }),
    nodes: [node.osid],
    related: comparisons.flatMap((comparison) => shownAt(comparison, own, node.osid)),
    fixes: () => {
      const isWhole = region?.range !== undefined && sameRange(region.range, own);
      const fix =
        isWhole && seen && isClear && !isExplained ? setRange(context, node, region, seen) : undefined;
      return fix ? [fix] : [];
    },
    ...(isExplained ? { severity: 'information' } : {}),
  };
}

function differencesMessage(comparison: Comparison): Message | string {
  const [first = '', ...more] = differences(comparison);
  return more.reduce<Message | string>((left, right) => message('rule.semicolon', { left, right }), first);
}

function filesMessage(comparisons: readonly Comparison[]): Message | string {
  return listMessage(comparisons.map(({ report }) => fileName(report)));
}

/** The report's line for the RAM in the region's place, or for what it has in place of it. */
function shownAt(
  { report, missing, surplus }: Comparison,
  own: AddressRange,
  osid: number,
): NonNullable<Draft['related']> {
  const ram = report.ranges.filter(({ kind }) => kind === 'ram');
  const holding = (part: AddressRange | undefined) =>
    ram.find(({ range }) => part && intersection(range, part));
  const other = report.ranges.find(({ range }) => missing[0] && intersection(range, missing[0]));
  const shown = holding(surplus[0]) ?? holding(own) ?? other ?? ram[0];
  if (!shown) return [];
  const place = spanIn(report.file, shown.place);
  // kexec prints the number of a type.
  const isNumber = /^\d+$/.test(shown.name);
  const name = isNumber ? message('rule.evidence-mismatch.type', { type: shown.name }) : shown.name;
  const args = { osid, range: formatRange(shown.range), name };
  return [{ place, message: message('rule.evidence-mismatch.seen', args) }];
}
