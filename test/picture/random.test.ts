/** Whatever the layout: the axis ascends, every edge is labelled, nothing lies on anything else or off the sheet. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAxis, pushApart } from '../../server/src/picture/axis';
import type { AddressRange } from '../../server/src/range';
import { type Drawn, draw, printed } from './drawn';
import { projectOf, type Regions } from './project';
import { all, number, ofClass, parseXml } from './xml';

const UNITS = [1n, 0x1000n, 0x20000n, 0x20_0000n, 0x800_0000n, 0x4000_0000n, 1n << 40n];
const address = fc
  .tuple(fc.constantFrom(...UNITS), fc.bigInt({ min: 0n, max: 40n }))
  .map(([unit, count]) => unit * count);
const length = address.map((value) => value + 0x1000n);
const range: fc.Arbitrary<AddressRange> = fc
  .tuple(address, length)
  .map(([start, size]) => ({ start, end: start + size }));

describe('the axis', () => {
  it('ascends without holes, and has every edge at a height of its own', () => {
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 60 }), (ranges) => {
        const axis = createAxis(ranges);
        let last: { end: bigint; y1: number } | undefined;
        for (const piece of axis.pieces) {
          expect(piece.start).toBeLessThan(piece.end);
          expect(piece.y1 - piece.y0).toBeGreaterThanOrEqual(20 - 1e-6);
          if (last) expect([piece.start, piece.y0]).toEqual([last.end, last.y1]);
          last = piece;
        }
        const edges = [...new Set(ranges.flatMap(({ start, end }) => [start, end]))].sort((a, b) =>
          a < b ? -1 : 1,
        );
        expect(axis.edges).toEqual(edges);
        const heights = edges.map((edge) => axis.y(edge));
        for (const [index, y] of heights.entries()) {
          if (index > 0) expect(y - (heights[index - 1] ?? 0)).toBeGreaterThanOrEqual(20 - 1e-6);
        }
        expect(heights.at(-1)).toBe(axis.height);
      }),
    );
  });

  it('is true to scale where that leaves room', () => {
    const axis = createAxis([
      { start: 0n, end: 0x800_0000n },
      { start: 0x800_0000n, end: 0x2000_0000n },
    ]);
    expect(axis.y(0x800_0000n) * 4).toBeCloseTo(axis.height);
  });
});

it('labels are pushed apart, in order, inside, and stay where there is room', () => {
  const heights = fc.array(fc.double({ min: 0, max: 600, noNaN: true }), { maxLength: 40 });
  fc.assert(
    fc.property(heights, (given) => {
      const sorted = [...given].sort((a, b) => a - b);
      const apart = pushApart(sorted, 13, 600);
      for (const [index, y] of apart.entries()) {
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(600 + 1e-6);
        if (index > 0) expect(y - (apart[index - 1] ?? 0)).toBeGreaterThanOrEqual(13 - 1e-6);
      }
    }),
  );
  expect(pushApart([0, 50, 60, 200], 13, 600)).toEqual([0, 48.5, 61.5, 200]);
});

/** Of every axis on the sheet. */
function labelsOf({ root }: Drawn) {
  const columns = new Map<number, { address: string; y: number }[]>();
  for (const label of ofClass(root, 'address')) {
    const x = number(label, 'x');
    const labels = columns.get(x) ?? [];
    labels.push({ address: label.attributes['data-address'] ?? '', y: number(label, 'y') });
    columns.set(x, labels);
  }
  return [...columns.values()];
}

function expectReadable(drawn: Drawn, edges: readonly bigint[]): void {
  const [width, height] = [number(drawn.root, 'width'), number(drawn.root, 'height')];
  for (const labels of labelsOf(drawn)) {
    expect(labels.map((each) => each.address)).toEqual(
      expect.arrayContaining(edges.map((edge) => `0x${edge.toString(16)}`)),
    );
    for (const [index, { y }] of labels.entries()) {
      if (index > 0) expect(y - (labels[index - 1]?.y ?? 0)).toBeGreaterThanOrEqual(12.9);
    }
  }
  for (const rect of all(drawn.root).filter(({ name }) => name === 'rect')) {
    expect(number(rect, 'x')).toBeGreaterThanOrEqual(0);
    expect(number(rect, 'x') + number(rect, 'width')).toBeLessThanOrEqual(width);
    expect(number(rect, 'y') + number(rect, 'height')).toBeLessThanOrEqual(height);
  }
}

const regions: fc.Arbitrary<Regions> = fc.array(fc.tuple(address, length), { minLength: 1, maxLength: 4 });

describe('a picture', () => {
  it('of any layout is readable, and survives any name', { timeout: 300_000 }, async () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 });
    const hostile = fc.oneof(
      name,
      fc.constantFrom('"><script>', '</style>&amp;', '\u0000\u001b]]>', '監視用 <OS>'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(regions, { minLength: 1, maxLength: 5 }), hostile, async (nodes, given) => {
        const snapshot = await projectOf({ nodes, facts: nodes.map(() => ({ name: given })) });
        const drawn = draw(snapshot, { before: { title: given, snapshot } });
        const drawable = snapshot.layout.nodes.flatMap((node) =>
          node.regions.flatMap((region) => (region.range && region.start.value !== 0n ? [region.range] : [])),
        );
        expectReadable(
          drawn,
          drawable.flatMap(({ start, end }) => [start, end]),
        );
        parseXml(printed(snapshot));
      }),
      { numRuns: 40 },
    );
  });
});
