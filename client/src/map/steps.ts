/** Where a region's end goes by keys and by the mouse. Addresses are in bytes, ends exclusive. */
import { alignUp } from '../../../server/src/range';

const KIB = 1n << 10n;
const MIB = 1n << 20n;
const HIGHEST_END = 1n << 64n;

/** Low memory is split into pieces of some KiB, the rest into pieces of many MiB. */
function stepAt(end: bigint, isLarge: boolean): bigint {
  if (end < MIB) return isLarge ? 64n * KIB : 4n * KIB;
  return isLarge ? 128n * MIB : 2n * MIB;
}

export type Move =
  /** By a step to higher or lower addresses. */
  | { readonly kind: 'step'; readonly up: boolean; readonly isLarge: boolean }
  /** To the next edge of another node. */
  | { readonly kind: 'edge'; readonly up: boolean };

/**
 * The end after a move: the next multiple of the step, so that an odd end gets even, or the next edge.
 * @param edges of the other nodes' regions
 * @returns the same end where there is no room or no such edge
 */
export function moved(start: bigint, end: bigint, move: Move, edges: readonly bigint[]): bigint {
  const goal =
    move.kind === 'edge' ? nextEdge(end, move.up, edges) : nextMultiple(end, move.up, move.isLarge);
  return goal !== undefined && start < goal && goal <= HIGHEST_END ? goal : end;
}

function nextMultiple(end: bigint, up: boolean, isLarge: boolean): bigint {
  // Down from 1 MiB lies low memory.
  const step = stepAt(up ? end : end - 1n, isLarge);
  return up ? alignUp(end + 1n, step) : alignUp(end, step) - step;
}

function nextEdge(end: bigint, up: boolean, edges: readonly bigint[]): bigint | undefined {
  const beyond = edges.filter((edge) => (up ? edge > end : edge < end));
  if (beyond.length === 0) return undefined;
  return beyond.reduce((best, edge) => (up === edge < best ? edge : best));
}

/**
 * The end that somebody means who drops it near `address`: an edge of another node within `reach`, else the nearest
 * multiple of the step, in either case above `start`.
 */
export function snapped(start: bigint, address: bigint, edges: readonly bigint[], reach: bigint): bigint {
  const distance = (edge: bigint) => (edge < address ? address - edge : edge - address);
  const near = edges
    .filter((edge) => edge > start && distance(edge) <= reach)
    .reduce<bigint | undefined>((best, edge) => {
      return best === undefined || distance(edge) < distance(best) ? edge : best;
    }, undefined);
  if (near !== undefined) return near;
  const step = stepAt(address, false);
  const multiple = alignUp(address - step / 2n, step);
  const lowest = alignUp(start + 1n, stepAt(start, false));
  const end = multiple < lowest ? lowest : multiple;
  return end > HIGHEST_END ? HIGHEST_END : end;
}
