/**
 * Where kexec finds room for a piece of what it loads: the rule of kexec-tools 2.0.25 (`locate_hole` and `add_buffer` in
 * kexec/kexec.c), in our own words.
 */
import { type AddressRange, alignUp, subtract } from '../../range';

/** The unit in which kexec places and measures (x86). */
const PAGE = 0x1000n;

/** `--mem-min` and `--mem-max` of kexec. */
export interface PlacementLimits {
  /** The first address that may be used. */
  readonly memMin?: bigint | undefined;
  /** The last address that may be used: inclusive, as kexec takes it. */
  readonly memMax?: bigint | undefined;
}

/** A piece that needs room. */
export interface Piece {
  /** Bytes. */
  readonly size: bigint;
  readonly alignment: bigint;
  /** The first address it may take. */
  readonly from: bigint;
  /** The last address it may take; undefined: any. */
  readonly to?: bigint | undefined;
  /** It goes to the top of the last range that holds it, or to the bottom of the first. */
  readonly end: 'top' | 'bottom';
}

/**
 * Where the piece goes, in whole pages; undefined where no range holds it, on which kexec gives up. A piece lies in one
 * range: that another begins where this one ends does not help.
 *
 * @param ram ascending
 * @param taken by the pieces before
 */
export function locateHole(
  ram: readonly AddressRange[],
  taken: readonly AddressRange[],
  piece: Piece,
  { memMin = 0n, memMax }: PlacementLimits,
): AddressRange | undefined {
  const size = alignUp(piece.size, PAGE);
  const alignment = piece.alignment < PAGE ? PAGE : piece.alignment;
  const lowest = memMin > piece.from ? memMin : piece.from;
  const ends = [memMax, piece.to].flatMap((last) => (last === undefined ? [] : [last + 1n]));
  const starts = subtract(ram, taken).flatMap((free) => {
    const end = ends.reduce((least, each) => (each < least ? each : least), free.end);
    const first = alignUp(free.start > lowest ? free.start : lowest, alignment);
    if (end - first < size) return [];
    return [piece.end === 'top' ? ((end - size) / alignment) * alignment : first];
  });
  const start = piece.end === 'top' ? starts.at(-1) : starts[0];
  return start === undefined ? undefined : { start, end: start + size };
}
