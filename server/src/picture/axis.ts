/** The address axis: which address lies at which height. */
import { type AddressRange, intersection, lengthOf, union } from '../range';

/** A stretch of the axis on which heights grow evenly with addresses. */
export interface Piece extends AddressRange {
  /** Pixels from the axis' top, growing with the addresses; `y1` belongs to the end. */
  readonly y0: number;
  readonly y1: number;
  /**
   * `break`: memory that nothing takes. `cut`: memory that is taken and would crush everything else. Both are drawn
   * shorter than they are, with a zigzag.
   */
  readonly kind: 'linear' | 'break' | 'cut';
}

export interface Axis {
  /** Ascending, each beginning where the one before ends. */
  readonly pieces: readonly Piece[];
  readonly height: number;
  /** The ends of the pieces, ascending: every address at which something begins or ends. */
  readonly edges: readonly bigint[];
  /** Addresses outside the axis lie at its ends. */
  y(address: bigint): number;
}

/** Pixels. */
export interface Heights {
  /** What the smallest piece gets where the whole leaves room for it. */
  readonly roomy: number;
  /** So high may memory without a break get before small pieces are drawn larger than they are. */
  readonly most: number;
}

/** For one row of sheets: two lines of text in the smallest piece. */
export const TALL: Heights = { roomy: 36, most: 600 };
/** For sheets below each other: one line of text. */
export const LOW: Heights = { roomy: 20, most: 340 };
/** One line of text. */
const TIGHT = 20;
const BREAK_HEIGHT = 26;
const CUT_HEIGHT = 64;
/** A piece more than so many times as long as all others beside it is cut. */
const CRUSHING = 3n;

/** An axis for ranges of which each is to be seen, with a break wherever there is none. */
export function createAxis(ranges: readonly AddressRange[], heights: Heights = TALL): Axis {
  const shown = ranges.filter(({ start, end }) => start < end);
  const edges = [...new Set(shown.flatMap(({ start, end }) => [start, end]))].sort(compare);
  const clusters = union(shown);
  const pieces: Piece[] = [];
  for (const cluster of clusters) {
    const last = pieces.at(-1);
    let y0 = last?.y1 ?? 0;
    const add = (range: AddressRange, height: number, kind: Piece['kind']) => {
      pieces.push({ ...range, y0, y1: y0 + height, kind });
      y0 += height;
    };
    if (last) add({ start: last.end, end: cluster.start }, BREAK_HEIGHT, 'break');
    for (const [range, height, kind] of heightsIn(cluster, edges, heights)) add(range, height, kind);
  }
  const height = pieces.at(-1)?.y1 ?? 0;
  return { pieces, height, edges, y: (address) => heightAt(pieces, address) };
}

type Sized = readonly [AddressRange, number, 'linear' | 'cut'];

/** True to scale where that leaves each piece its room, else small pieces get one line whatever they hold. */
function heightsIn(cluster: AddressRange, edges: readonly bigint[], heights: Heights): readonly Sized[] {
  const inside = edges.filter((edge) => cluster.start <= edge && edge <= cluster.end);
  const ranges = inside.slice(1).map((end, index) => ({ start: inside[index] ?? end, end }));
  const cut = crushing(ranges);
  const lengths = ranges.filter((range) => !cut.has(range)).map((range) => Number(lengthOf(range)));
  const scale = scaleOf(lengths, heights);
  return ranges.map((range) => {
    if (cut.has(range)) return [range, CUT_HEIGHT, 'cut'];
    return [range, Math.max(TIGHT, Number(lengthOf(range)) * scale), 'linear'];
  });
}

/** The ranges beside which all others would vanish, the longest first. */
function crushing(ranges: readonly AddressRange[]): ReadonlySet<AddressRange> {
  const longestFirst = [...ranges].sort((a, b) => compare(lengthOf(b), lengthOf(a)));
  let rest = ranges.reduce((sum, range) => sum + lengthOf(range), 0n);
  const cut = new Set<AddressRange>();
  for (const range of longestFirst) {
    rest -= lengthOf(range);
    if (rest === 0n || lengthOf(range) <= rest * CRUSHING) break;
    cut.add(range);
  }
  return cut;
}

/** Pixels per byte. */
function scaleOf(lengths: readonly number[], { roomy, most }: Heights): number {
  const total = sum(lengths);
  const even = roomy / Math.min(...lengths);
  if (even * total <= most) return even;
  // What would be too small takes its least height, and the others share what is left: the longest first.
  const budget = Math.max(most, lengths.length * TIGHT * 1.5);
  const ascending = [...lengths].sort((a, b) => a - b);
  let [room, long] = [budget, total];
  for (const length of ascending) {
    if ((length * room) / long >= TIGHT) break;
    room -= TIGHT;
    long -= length;
  }
  return long > 0 ? room / long : 0;
}

function heightAt(pieces: readonly Piece[], address: bigint): number {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.end ?? 0n) >= address) high = middle;
    else low = middle + 1;
  }
  const piece = pieces[low];
  if (!piece) return 0;
  const { start, end, y0, y1 } = piece;
  if (address <= start) return y0;
  return address >= end ? y1 : y0 + (y1 - y0) * (Number(address - start) / Number(end - start));
}

/** The breaks and cuts that a range runs through. */
export function interruptions(axis: Axis, range: AddressRange): readonly Piece[] {
  return axis.pieces.filter((piece) => piece.kind !== 'linear' && intersection(piece, range) !== undefined);
}

/**
 * Moves heights apart as little as possible, so that two neighbours are at least `distance` apart and none lies outside
 * 0…`height`. They keep their order.
 *
 * @param heights ascending
 */
export function pushApart(heights: readonly number[], distance: number, height: number): readonly number[] {
  // Heights minus their share of the distance have to ascend only: neighbours that do not are pooled at their mean.
  const pools: { sum: number; count: number }[] = [];
  for (const [index, value] of heights.entries()) {
    let pool = { sum: value - index * distance, count: 1 };
    for (
      let last = pools.at(-1);
      last && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
    }
    pools.push(pool);
  }
  const highest = Math.max(0, height - (heights.length - 1) * distance);
  const bases = pools.flatMap(({ sum, count }) => {
    const base = Math.min(Math.max(sum / count, 0), highest);
    return Array.from({ length: count }, () => base);
  });
  return bases.map((base, index) => base + index * distance);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
