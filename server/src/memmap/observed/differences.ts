/** How a report differs from a region as it is predicted, in words. */
import { type Message, message } from '../../messages';
import { type AddressRange, formatRange, formatSize, intersection, lengthOf, subtract } from '../../range';
import type { Comparison } from './comparison';
import type { MemoryReport } from './evidence';

/** Below it lie the tables and buffers of the firmware (x86). */
const LOW_MEMORY_END = 0x100000n;

/** A missing part that the report shows as something else is told so. */
export function differences({ report, missing, surplus }: Comparison): readonly Message[] {
  const others = otherMemory(report);
  const plain = subtract(
    missing,
    others.map(({ range }) => range),
  );
  const named = others.flatMap(({ kind, range }) =>
    missing.flatMap((part) => {
      const shared = intersection(part, range);
      return shared ? [{ kind, range: shared }] : [];
    }),
  );
  return [
    ...plain.map((range) => message('rule.evidence-mismatch.missing', sized(range))),
    ...named.map(({ kind, range }) => message(`rule.evidence-mismatch.${kind}`, sized(range))),
    ...surplus.map((range) => message('rule.evidence-mismatch.surplus', sized(range))),
  ];
}

function sized(range: AddressRange) {
  return { range: formatRange(range), size: formatSize(lengthOf(range)) };
}

/** What the report shows as memory of another kind than RAM; of overlapping entries the first. */
function otherMemory({ ranges }: MemoryReport) {
  const others = ranges.flatMap(({ kind, range }) =>
    kind === 'ram' || kind === 'other' ? [] : [{ kind, range }],
  );
  return others.flatMap(({ kind, range }, index) => {
    const before = others.slice(0, index).map((other) => other.range);
    return subtract([range], before).map((left) => ({ kind, range: left }));
  });
}

/** Whether all that differs is memory of another kind in the midst of the region, or in low memory. */
export function holesAlone({ report, missing, surplus }: Comparison, own: AddressRange): boolean {
  const others = otherMemory(report).map(({ range }) => range);
  const isInside = ({ start, end }: AddressRange) => start > own.start && end < own.end;
  const isPart = missing.every((part) => part.start > own.start || part.end < own.end);
  return (
    surplus.length === 0 &&
    isPart &&
    subtract(missing, others).length === 0 &&
    missing.every((part) => isInside(part) || part.end <= LOW_MEMORY_END)
  );
}
