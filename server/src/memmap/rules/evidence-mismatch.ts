/**
 * A node's dump shows other memory than the source tree gives it. Each region is compared with the RAM that the node's
 * `/proc/iomem`, kexec output, kernel log or copied `/sys/firmware/memmap` reports; what an x86 kernel keeps for itself
 * (the first page, and 0xa0000–0x100000) makes no difference.
 *
 * Example: `mint_region3_size` makes 0x20000000–0x38000000, and `dumps/os0.iomem` shows
 * ```
 * 20000000-67ffffff : System RAM
 * ```
 *
 * Remedy: where the source is right, boot the node from it and take a new dump. Where the dump is right, the quick fix
 * takes the value from it.
 */
import { fileName, type Message, message } from '../../messages';
import { type AddressRange, formatHex, formatRange, formatSize, lengthOf } from '../../range';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import { isFix, moveEnd, moveStart } from '../fixes/move-end';
import type { LayoutNode, Region } from '../layout';
import { agrees, type Comparison, comparisonsOf } from '../observed';
import { placeOf } from '../places';
import type { Draft, Rule } from '../rule';

export const evidenceMismatch: Rule = {
  name: 'evidence-mismatch',
  severity: 'warning',
  check: (context) =>
    context.layout.nodes.flatMap((node) =>
      node.regions.flatMap((region) =>
        comparisonsOf(node, region)
          .filter((comparison) => !agrees(comparison))
          .map((comparison) => draft(context, node, region, comparison)),
      ),
    ),
};

function draft(context: RuleContext, node: LayoutNode, region: Region, comparison: Comparison): Draft {
  const { report, missing, surplus, seen } = comparison;
  const own = region.range;
  const parts = [
    ...missing.map((range) => difference('rule.evidence-mismatch.missing', range)),
    ...surplus.map((range) => difference('rule.evidence-mismatch.surplus', range)),
  ];
  const [first = message('editor.unknown'), ...rest] = parts;
  const startsElsewhere = seen !== undefined && own !== undefined && missing[0]?.start === own.start;
  const shown = report.ranges.find(({ range }) => range.start === (seen ?? surplus[0])?.start);
  return {
    place: placeOf(startsElsewhere ? region.start : region.size, node),
    message: message('rule.evidence-mismatch', {
      region: region.name,
      osid: node.osid,
      own: own ? formatRange(own) : '',
      file: fileName({ file: report.file }),
      differences: rest.reduce((left, right) => message('rule.and', { left, right }), first),
    }),
    nodes: [node.osid],
    related: shown
      ? [
          {
            place: { file: report.file, start: shown.place.start, end: shown.place.end },
            message: message('rule.evidence-mismatch.seen', {
              osid: node.osid,
              range: formatRange(shown.range),
              name: shown.name,
            }),
          },
        ]
      : [],
    fixes: () => (seen ? fixes(context, node, region, seen) : []),
  };
}

function difference(
  id: 'rule.evidence-mismatch.missing' | 'rule.evidence-mismatch.surplus',
  range: AddressRange,
): Message {
  return message(id, { range: formatRange(range), size: formatSize(lengthOf(range)) });
}

/** The region as the dump has it, where one edit makes it so. */
function fixes(context: RuleContext, node: LayoutNode, region: Region, seen: AddressRange): readonly Fix[] {
  const { range } = region;
  if (!range) return [];
  const fix =
    seen.end === range.end
      ? moveStart(context, node, region, seen.start)
      : moveEnd(context, node, region, seen.end);
  if (!isFix(fix)) return [];
  const value = formatHex(seen.end === range.end ? seen.start : seen.end);
  return [{ ...fix, title: message('fix.from-evidence', { fix: fix.title, value }) }];
}
