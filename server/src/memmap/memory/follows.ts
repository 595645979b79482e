/** Whether the table that kexec gets goes along with an edit of a region's variables. */
import { groupBy } from '../../group-by';
import { formatRange, subtract, union } from '../../range';
import type { RegionPromise } from '../finding';
import type { LayoutNode } from '../layout';
import { everyPartOf } from '../overlaps/overlaps';

/**
 * Whether kexec is handed the region as it is promised, and all other memory as before. Where the table is not known, the
 * regions say all that is known.
 */
export function tableFollows(
  before: LayoutNode,
  after: LayoutNode,
  { region, range }: Pick<RegionPromise, 'region' | 'range'>,
): boolean {
  const isRam = before.regions.find(({ name }) => name === region)?.kind !== 'reserved';
  const given = after.memory.ranges.filter(({ type }) => (type === 'ram') === isRam);
  const missing = subtract(
    [range],
    given.map((one) => one.range),
  );
  return missing.length === 0 && sameMemory(before, after, region);
}

/** Whether kexec is handed the same memory, but for the region named `except`; where the table is not known, nothing tells. */
export function sameMemory(before: LayoutNode, after: LayoutNode, except: string | undefined): boolean {
  if (before.memory.from === 'regions') return true;
  return after.memory.from === 'table' && memoryBut(before, except) === memoryBut(after, except);
}

function memoryBut(node: LayoutNode, except: string | undefined): string {
  const others = everyPartOf(node).filter(({ region }) => except === undefined || region?.name !== except);
  return [...groupBy(others, ({ type }) => type)]
    .map(([type, parts]) => `${type}: ${union(parts.map(({ range }) => range)).map(formatRange)}`)
    .sort()
    .join();
}
