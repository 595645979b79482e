/**
 * More memory ranges than kexec's table has room for: `MAX_MEMORY_RANGES`, 2048 where the tree does not define it in what
 * `firmware_memmap.c` includes. What is written behind the table's end destroys other data of kexec. What firmware
 * reports needs room in the same table.
 *
 * Example:
 * ```c
 * #define MAX_MEMORY_RANGES 2
 * range[2].start = mint_region3_start;	// the third of two
 * *ranges = 3;
 * ```
 *
 * Remedy: add fewer ranges, or make the table longer everywhere; check the number of ranges before one is written.
 */
import { message } from '../../messages';
import { placeOfTree } from '../places';
import type { Rule } from '../rule';

export const tooManyRanges: Rule = {
  name: 'too-many-ranges',
  severity: 'error',
  check: ({ layout }) =>
    layout.nodes.flatMap(({ osid, memory, tree }) => {
      if (memory.from !== 'table' || memory.count <= BigInt(memory.room)) return [];
      const { count, room } = memory;
      const first = memory.ranges.find(({ entry }) => entry && entry.index >= room);
      return [
        {
          place: first?.entry?.start?.origin ?? placeOfTree(tree),
          message: message('rule.too-many-ranges', { count: String(count), room }),
          nodes: [osid],
        },
      ];
    }),
};
