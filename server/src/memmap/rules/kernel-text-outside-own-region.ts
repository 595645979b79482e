/**
 * An OS node's kernel text does not lie in the memory that its source tree gives it: it was booted from another tree or
 * another version of this one, or the start that kexec-mint.json gives is not that of this node.
 *
 * Example: the tree of OS node 2 gives it 0x50000000–0x68000000, and `dumps/os2.iomem` shows
 * ```
 * 34c00000-357fffff : Kernel code
 * ```
 *
 * Remedy: compare the tree with the one the node was booted from, or take a new dump.
 */
import { message } from '../../messages';
import { formatRange, formatRoughSize, subtract, totalLength } from '../../range';
import { windowRegion } from '../layout';
import { placeOf, placeOfTree } from '../places';
import type { Rule } from '../rule';
import { kernelTextKnown } from '../wording';

export const kernelTextOutsideOwnRegion: Rule = {
  name: 'kernel-text-outside-own-region',
  severity: 'warning',
  check: ({ layout }) =>
    layout.nodes.flatMap((node) => {
      const text = node.evidence.kernelText;
      // A region that is not known may be the one that holds it.
      if (!text || node.regions.some(({ unknown }) => unknown)) return [];
      const ram = node.memory.ranges.flatMap(({ type, range }) => (type === 'ram' ? [range] : []));
      const outside = subtract([text.range], ram);
      if (outside.length === 0) return [];
      const region = windowRegion(node);
      return [
        {
          place: region ? placeOf(region.start, node) : placeOfTree(node.tree),
          message: message('rule.kernel-text-outside-own-region', {
            osid: node.osid,
            text: formatRange(text.range),
            known: kernelTextKnown(text),
            outside: outside.map(formatRange).join(', '),
            size: formatRoughSize(totalLength(outside)),
          }),
          nodes: [node.osid],
          related: [
            {
              place: text.place,
              message: message('rule.kernel-text.here', { osid: node.osid, text: formatRange(text.range) }),
            },
          ],
        },
      ];
    }),
};
