/**
 * A region has a size, and nothing gives it a start. A file-scope variable is then zero, so the region would begin at
 * address 0.
 *
 * Example: a slip of the pen that a listing of Kexec-Mint was printed with
 * ```c
 * mint_region3_size = mint_memory_start;		// _start is meant
 * mint_region3_size = mint_memory_size - 0x8000000;
 * ```
 *
 * Remedy: assign the start. Where the size is assigned twice, the quick fix renames the first of the two. Until then
 * the region is not judged by the rules about overlaps and the window.
 */
import { message } from '../../messages';
import { renameToStart } from '../fixes/rename';
import { placeOf } from '../places';
import { isSet } from '../regions';
import type { Rule } from '../rule';

export const startNeverAssigned: Rule = {
  name: 'start-never-assigned',
  severity: 'error',
  check: (context) =>
    context.layout.nodes.flatMap((node) =>
      node.regions
        .filter((region) => !isSet(region.start.watched))
        .map((region) => {
          const first = region.size.watched?.writes[0];
          const definition = region.start.watched?.definition;
          return {
            place: first?.target ?? placeOf(region.size, node),
            message: message('rule.start-never-assigned', {
              start: region.start.variable,
              region: region.name,
              size: region.size.variable,
            }),
            nodes: [node.osid],
            related: definition
              ? [
                  {
                    place: definition.span,
                    message: message('rule.declared-here', { name: region.start.variable }),
                  },
                ]
              : [],
            fixes: () => [renameToStart(context, node, region)].filter((fix) => fix !== undefined),
          };
        }),
    ),
};
