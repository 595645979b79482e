/**
 * A region's start or size is not a multiple of 4096 bytes. Kernels manage memory in pages of that size and leave out
 * the page that is cut.
 *
 * Example:
 * ```c
 * mint_region1_size = 0x20001;	// one byte beyond 32 pages
 * ```
 *
 * Remedy: a multiple of 0x1000.
 */
import { message } from '../../messages';
import { formatHex } from '../../range';
import { quantitiesOf } from '../layout';
import { placeOf } from '../places';
import { isSet } from '../regions';
import type { Rule } from '../rule';

/** x86's page size in bytes. */
const PAGE = 4096n;

export const misaligned: Rule = {
  name: 'misaligned',
  severity: 'warning',
  check: ({ layout }) =>
    layout.nodes.flatMap((node) =>
      node.regions.flatMap(quantitiesOf).flatMap((quantity) => {
        const { value } = quantity;
        if (value === undefined || value % PAGE === 0n || !isSet(quantity.watched)) return [];
        const down = value - (value % PAGE);
        return [
          {
            place: placeOf(quantity, node),
            message: message('rule.misaligned', {
              variable: quantity.variable,
              value: formatHex(value),
              over: formatHex(value - down),
              down: formatHex(down),
              up: formatHex(down + PAGE),
            }),
            nodes: [node.osid],
          },
        ];
      }),
    ),
};
