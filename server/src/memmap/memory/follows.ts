/** Whether the table that kexec gets goes along with an edit of a region's variables. */
import { groupBy } from '../../group-by';
import { contains, formatRange, subtract, union } from '../../range';
import type { RegionPromise } from '../finding';
import type { LayoutNode } from '../layout';
import { everyPartOf, type Part } from '../overlaps/overlaps';

/**
 * Whether kexec is handed the region as it is promised, and all other memory as before. Where the table is not known, the
 * regions say all that is known.
 */
export function tableFollows(
  before: LayoutNode,
  after: LayoutNode,
  { region, range }: Pick<RegionPromise, 'region' | 'range'>,
): boolean {
  const own = before.regions.find(({ name }) => name === region);
  const isRam = own?.kind !== 'reserved';
  const given = after.memory.ranges.filter(({ type }) => (type === 'ram') === isRam);
  const missing = subtract(
    [range],
    given.map((one) => one.range),
  );
  if (missing.length > 0) return false;
  const givesBack = own?.range !== undefined && contains(own.range, range);
  return sameMemory(before, after, region) || (givesBack && sameMemory(before, after, region, isOf));
}

/** Whether kexec is handed the same memory, but for the region named `except`; where the table is not known, nothing tells. */
export function sameMemory(
  before: LayoutNode,
  after: LayoutNode,
  except: string | undefined,
  belongs = liesIn,
): boolean {
  if (before.memory.from === 'regions') return true;
  if (after.memory.from !== 'table') return false;
  const isOther = (part: Part) => except === undefined || !belongs(part, except);
  return memoryBut(before, isOther) === memoryBut(after, isOther);
}

/** A range of another type that is cut out of a region goes along with it. */
function liesIn({ region }: Part, name: string): boolean {
  return region?.name === name;
}

/** One that lies in a region because it is watched stays when the region gives it back. */
function isOf({ region, type }: Part, name: string): boolean {
  return region?.name === name && (region.kind === 'ram') === (type === 'ram');
}

function memoryBut(node: LayoutNode, isOther: (part: Part) => boolean): string {
  const others = everyPartOf(node).filter(isOther);
  return [...groupBy(others, ({ type }) => type)]
    .map(([type, parts]) => `${type}: ${union(parts.map(({ range }) => range)).map(formatRange)}`)
    .sort()
    .join();
}
