/** Layouts of many ranges, for the sweep that finds overlaps. */
import type { Part } from '../../server/src/memmap/overlaps/overlaps';
import { overlapsAmong } from '../../server/src/memmap/overlaps/overlaps';
import { median } from './figures';

const REGIONS = 200;
const SIZE = 0x200000n;
const TIMES = 7;

/** Milliseconds for all overlaps among so many ranges, of nodes with 200 regions each: one in a hundred overlaps the next. */
export function rangesTime(count: number): number {
  const parts = Array.from({ length: count }, (_, index) => part(index));
  const once = () => {
    const start = performance.now();
    const found = overlapsAmong(parts, () => true).length;
    if (found === 0) throw new Error('no overlap is found where some were made');
    return performance.now() - start;
  };
  once();
  return median(Array.from({ length: TIMES }, once));
}

function part(index: number): Part {
  const start = BigInt(index) * SIZE;
  const surplus = index % 100 === 0 ? 0x1000n : 0n;
  const node = { osid: Math.floor(index / REGIONS) } as Part['node'];
  const place = undefined as unknown as Part['place'];
  const name = `region${(index % REGIONS) + 1}`;
  return { node, name, region: undefined, type: 'ram', place, range: { start, end: start + SIZE + surplus } };
}
