/**
 * A region lies outside of the physical memory that kexec-mint.json says the machine has. There is nothing there that a
 * kernel could use.
 *
 * Example: with `"memory": [["0x0", "0x60000000"]]`
 * ```c
 * mint_region3_start = 0x50000000;
 * mint_region3_size = 0x18000000;	// ends at 0x68000000: 128 MiB too far
 * ```
 *
 * Remedy: keep the region inside the memory, or correct `memory`.
 */
import { message } from '../../messages';
import { formatRange, formatSize, subtract, totalLength } from '../../range';
import { partsOf } from '../overlaps/overlaps';
import type { Rule } from '../rule';

export const outsideMemory: Rule = {
  name: 'outside-memory',
  severity: 'error',
  check: ({ layout, project }) => {
    const memory = project.file?.memory ?? [];
    if (memory.length === 0) return [];
    return partsOf(layout.nodes).flatMap(({ node, name, type, range, place }) => {
      const outside = subtract([range], memory);
      // What a node is told not to use may be devices.
      if (outside.length === 0 || type !== 'ram') return [];
      return [
        {
          place: outside[0]?.start === range.start ? place.start : place.end,
          message: message('rule.outside-memory', {
            region: name,
            own: formatRange(range),
            outside: outside.map(formatRange).join(', '),
            size: formatSize(totalLength(outside)),
            memory: memory.map(formatRange).join(', '),
          }),
          nodes: [node.osid],
        },
      ];
    });
  },
};
