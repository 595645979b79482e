import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Move, moved, snapped } from '../../../client/src/map/steps';

const step = (up: boolean, isLarge = false): Move => ({ kind: 'step', up, isLarge });
const edge = (up: boolean): Move => ({ kind: 'edge', up });
/** The other nodes' regions 3 in the seed. */
const EDGES = [0x38000000n, 0x50000000n, 0x50000000n, 0x68000000n];

describe('moved', () => {
  it.each<[string, bigint, bigint, Move, bigint]>([
    ['2 MiB up', 0x20000000n, 0x38000000n, step(true), 0x38200000n],
    ['2 MiB down', 0x20000000n, 0x38000000n, step(false), 0x37e00000n],
    ['128 MiB up', 0x20000000n, 0x38000000n, step(true, true), 0x40000000n],
    ['128 MiB down', 0x20000000n, 0x38000000n, step(false, true), 0x30000000n],
    ['an odd end up to an even one', 0x20000000n, 0x38000001n, step(true), 0x38200000n],
    ['an odd end down to an even one', 0x20000000n, 0x38000001n, step(false), 0x38000000n],
    ['4 KiB in low memory', 0x0n, 0x20000n, step(true), 0x21000n],
    ['64 KiB in low memory', 0x0n, 0x20000n, step(true, true), 0x30000n],
    ['from 1 MiB down into low memory', 0x0n, 0x100000n, step(false), 0xff000n],
    ['from 1 MiB up', 0x0n, 0x100000n, step(true), 0x200000n],
    ['not to the start', 0x20000000n, 0x20200000n, step(false), 0x20200000n],
    ['not beyond 64 bits', 0x0n, 1n << 64n, step(true), 1n << 64n],
    ['to the next edge', 0x20000000n, 0x38000000n, edge(true), 0x50000000n],
    ['to the edge before', 0x20000000n, 0x68000000n, edge(false), 0x50000000n],
    ['to no edge behind the last', 0x20000000n, 0x68000000n, edge(true), 0x68000000n],
    ['to no edge before the start', 0x38000000n, 0x50000000n, edge(false), 0x50000000n],
  ])('%s', (_, start, end, move, expected) => expect(moved(start, end, move, EDGES)).toBe(expected));
});

describe('snapped', () => {
  it('is an edge within reach', () =>
    expect(snapped(0x20000000n, 0x50b00000n, EDGES, 0xc00000n)).toBe(0x50000000n));

  it('is the nearest multiple of 2 MiB elsewhere', () => {
    expect(snapped(0x20000000n, 0x44ef0000n, EDGES, 0xc00000n)).toBe(0x44e00000n);
    expect(snapped(0x20000000n, 0x44ff0000n, EDGES, 0xc00000n)).toBe(0x45000000n);
  });

  it('is a multiple of 4 KiB in low memory', () => expect(snapped(0n, 0x20801n, [], 0n)).toBe(0x21000n));

  it('lies above the start and within 64 bits, whatever is pulled where', () => {
    const address = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
    fc.assert(
      fc.property(
        address,
        address,
        fc.array(address),
        fc.bigInt({ min: 0n, max: 1n << 40n }),
        (start, at, edges, reach) => {
          const end = snapped(start, at, edges, reach);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(1n << 64n);
        },
      ),
    );
  });
});
