/**
 * A region's start or size is not known: it is set at run time, comes from a function that is not in the tree, rests on
 * a condition that cannot be decided, or on code with undefined behaviour. The message gives the reason, the related place
 * is where it begins. The region is shown as unknown and takes no part in overlaps.
 *
 * Example:
 * ```c
 * mint_region3_size = strtoul(optarg, NULL, 0);	// what the user of kexec types
 * ```
 *
 * Remedy: none is needed where the value really is decided at run time. Otherwise put the definition into the tree.
 */
import { message } from '../../messages';
import type { Finding } from '../finding';
import { type Quantity, quantitiesOf } from '../layout';
import { placeOf, samePlace } from '../places';
import { isSet, quantityUnknown } from '../regions';
import type { Rule } from '../rule';

export const unknownValue: Rule = {
  name: 'unknown-value',
  severity: 'warning',
  check: ({ layout }) =>
    layout.nodes.flatMap((node) =>
      node.regions.flatMap((region) =>
        quantitiesOf(region).flatMap((quantity) => {
          const reason = quantityUnknown(quantity);
          // A start that nothing sets is told by `start-never-assigned`.
          if (!reason || (quantity === region.start && !isSet(quantity.watched))) return [];
          const place = placeOf(quantity.watched ? quantity : region.start, node);
          // What is wrong with the expression itself is told there already.
          if (node.evaluation.problems.some((problem) => samePlace(problem.place, place))) return [];
          return [
            {
              place,
              message: message('rule.unknown-value', { region: region.name, reason }),
              nodes: [node.osid],
              related: origin(quantity).filter((other) => !samePlace(other.place, place)),
            },
          ];
        }),
      ),
    ),
};

function origin({ watched }: Quantity): Finding['related'] {
  const value = watched?.value;
  if (value?.kind === 'one-of') {
    const conditions = value.alternatives.flatMap(({ when }) => when.map(({ condition }) => condition));
    return conditions
      .filter((span, i) => conditions.findIndex((c) => c.start === span.start && c.file === span.file) === i)
      .map((place) => ({ place, message: message('rule.undecided-here') }));
  }
  const place = value?.kind === 'unknown' ? value.reason.place : undefined;
  return place ? [{ place, message: message('rule.unknown-from-here') }] : [];
}
