/** A node's memory beside reports, against a model that looks at each piece of memory by itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayoutNode, MemoryRange, Region } from '../../server/src/memmap/layout';
import {
  agrees,
  type Comparison,
  comparisonsOf,
  comparisonsWith,
  conclusive,
} from '../../server/src/memmap/observed/comparison';
import type { MemoryReport } from '../../server/src/memmap/observed/evidence';
import { type AddressRange, union } from '../../server/src/range';

/** Pieces of memory, of which 64 make 2 MiB: what kernels keep ends at multiples of it. */
const PIECE = 0x8000n;
const PIECES = 64;
const ALL = Array.from({ length: PIECES }, (_, index) => BigInt(index) * PIECE);
const isKept = (address: bigint) => address < 0x10000n || (address >= 0xa0000n && address < 0x100000n);

const range = fc
  .tuple(fc.integer({ min: 0, max: PIECES - 1 }), fc.integer({ min: 1, max: 16 }))
  .map(([first, count]) => ({
    start: BigInt(first) * PIECE,
    end: BigInt(Math.min(first + count, PIECES)) * PIECE,
  }));
const kind = fc.constantFrom<Region['kind']>('ram', 'ram', 'reserved');
/** Regions that do not lie on each other. */
const regions = fc.array(fc.tuple(range, kind), { minLength: 1, maxLength: 5 }).map((given) => {
  const kept: Region[] = [];
  for (const [own, as] of given) {
    if (kept.every((other) => !other.range || !shares(other.range, own))) {
      kept.push(regionOf(kept.length + 1, own, as));
    }
  }
  return kept;
});
const report = fc.tuple(fc.array(range, { maxLength: 6 }), fc.boolean()).map(([ram, complete]) => ({
  file: 'file:///workspace/iomem',
  ranges: [],
  ram: union(ram),
  complete,
}));

function shares(a: AddressRange, b: AddressRange): boolean {
  return a.start < b.end && b.start < a.end;
}

function regionOf(number: number, own: AddressRange | undefined, as: Region['kind']): Region {
  return {
    name: `region${number}`,
    number,
    kind: as,
    start: { variable: `mint_region${number}_start`, value: own?.start, watched: undefined },
    size: { variable: `mint_region${number}_size`, value: own && own.end - own.start, watched: undefined },
    end: own?.end,
    range: own,
    unknown: own ? undefined : { id: 'memmap.no-such-variable' },
  };
}

const asRange = ({ range: own, kind: type }: Region): readonly MemoryRange[] =>
  own ? [{ range: own, type, region: undefined, entry: undefined }] : [];

/** Its table is not known, or says the same; the evaluation plays no part. */
function nodeOf(
  own: readonly Region[],
  one: MemoryReport,
  from: 'regions' | 'table' = 'regions',
): LayoutNode {
  const ranges = own.flatMap((region) => asRange(region).map((range) => ({ ...range, region })));
  const memory =
    from === 'table'
      ? { from, ranges, count: BigInt(ranges.length), room: 64 }
      : { from, ranges, why: { id: 'memmap.table.no-table' } as const, isTold: false };
  const tree = { root: 'file:///workspace', memmapFile: 'file:///workspace/kexec/firmware_memmap.c' };
  const evidence = { reports: [one], kernelText: undefined, problems: [] };
  return { osid: 0, regions: own, memory, tree, evidence } as unknown as LayoutNode;
}

function compared(own: readonly Region[], one: MemoryReport) {
  return comparisonsOf(nodeOf(own, one)).map((comparison) => {
    const { region } = comparison.part;
    if (!region) throw new Error('a range that is no region');
    return { region, comparison };
  });
}

function holds(ranges: readonly (AddressRange | undefined)[], address: bigint): boolean {
  return ranges.some((each) => each && each.start <= address && address < each.end);
}

function surplusesAt(found: readonly { readonly comparison: Comparison }[], address: bigint): number {
  return found.flatMap(({ comparison }) => comparison.surplus).filter((each) => holds([each], address))
    .length;
}

describe('a region beside a report', () => {
  it('misses what the report does not show as RAM, but for what a kernel keeps', () => {
    fc.assert(
      fc.property(regions, report, (own, { ram, ...rest }) => {
        const whole = { ...rest, ram, complete: true };
        for (const { region, comparison } of compared(own, whole)) {
          const isThere = ALL.some((address) => holds([region.range], address) && holds(ram, address));
          for (const address of ALL) {
            const isLacking =
              region.kind === 'ram' &&
              holds([region.range], address) &&
              !holds(ram, address) &&
              !(isThere && isKept(address));
            expect(holds(comparison.missing, address)).toBe(isLacking);
          }
        }
      }),
    );
  });

  it('has all RAM that no region predicts told of one region alone', () => {
    fc.assert(
      fc.property(regions, report, (own, one) => {
        const found = compared(own, one);
        const predicted = own.filter((region) => region.kind === 'ram').map((region) => region.range);
        const reserved = own.filter((region) => region.kind === 'reserved').map((region) => region.range);
        for (const address of ALL) {
          const isUnpredicted = holds(one.ram, address) && !holds(predicted, address);
          const hasTeller = predicted.length > 0 || holds(reserved, address);
          expect(surplusesAt(found, address)).toBe(isUnpredicted && hasTeller ? 1 : 0);
        }
      }),
    );
  });

  it('agrees where nothing differs, and only there', () => {
    fc.assert(
      fc.property(regions, report, (own, { ram, ...rest }) => {
        const found = compared(own, { ...rest, ram, complete: true });
        const predicted = own.filter((region) => region.kind === 'ram').map((region) => region.range);
        fc.pre(predicted.length > 0);
        const differs = ALL.some((address) => {
          const region = own.find((each) => holds([each.range], address));
          const isThere = ram.some((each) => region?.range && shares(each, region.range));
          const isKeptHere = isThere && isKept(address);
          return holds(ram, address) !== holds(predicted, address) && !(isKeptHere && !holds(ram, address));
        });
        expect(found.every(({ comparison }) => agrees(comparison))).toBe(!differs);
      }),
    );
  });

  it('agrees once the region is what the report has in its place', () => {
    fc.assert(
      fc.property(regions, report, (own, one) => {
        for (const { region, comparison } of compared(own, one)) {
          if (!comparison.seen) continue;
          const moved = regionOf(region.number, comparison.seen, region.kind);
          const now = own.map((each) => (each === region ? moved : each));
          expect(comparisonsWith(nodeOf(now, one), moved).map(agrees)).toEqual([true]);
        }
      }),
    );
  });

  it('is not judged by what a cut report does not show', () => {
    fc.assert(
      fc.property(regions, report, (own, { complete: _, ...rest }) => {
        for (const { region, comparison } of compared(own, { ...rest, complete: false })) {
          expect(conclusive(comparison)).toEqual({ ...comparison, missing: [] });
          const [whole] = comparisonsWith(nodeOf(own, { ...rest, complete: true }), region);
          expect(whole && agrees(whole)).toBe(agrees(comparison));
          const isCut = comparison.missing.length > 0;
          expect(comparison.seen).toEqual(isCut ? undefined : whole?.seen);
        }
      }),
    );
  });

  it('has no surplus where a region is not known: the RAM may be its own', () => {
    fc.assert(
      fc.property(regions, report, (own, one) => {
        const found = compared([...own, regionOf(9, undefined, 'ram')], one);
        expect(found.flatMap(({ comparison }) => comparison.surplus)).toEqual([]);
      }),
    );
  });
});

describe('RAM that no region predicts', () => {
  const at = (first: number) => ({ start: BigInt(first) * PIECE, end: BigInt(first + 2) * PIECE });
  const own = [regionOf(1, at(40), 'ram'), regionOf(2, at(10), 'ram'), regionOf(3, at(24), 'ram')];

  it.each([
    ['which it continues', 12, 'region2'],
    ['which continues it', 38, 'region1'],
    ['next below', 36, 'region3'],
    ['next below, whatever lies above', 20, 'region2'],
    ['of the lowest, where it lies below all', 6, 'region2'],
    ['of the highest, where it lies above all', 50, 'region1'],
  ])('is told of the region %s', (_, first, teller) => {
    const one = { file: 'file:///workspace/iomem', ranges: [], ram: [at(first)], complete: true };
    const found = compared(own, one).filter(({ comparison }) => comparison.surplus.length > 0);
    expect(found.map(({ region, comparison }) => [region.name, ...comparison.surplus])).toEqual([
      [teller, at(first)],
    ]);
  });
});

describe('where the table that kexec gets is known', () => {
  it('it is compared as regions are that say the same', () => {
    fc.assert(
      fc.property(regions, report, (own, one) => {
        const told = (from: 'regions' | 'table') =>
          comparisonsOf(nodeOf(own, one, from)).map(({ part, missing, surplus, seen }) => [
            part.name,
            missing,
            surplus,
            seen,
          ]);
        expect(told('table')).toEqual(told('regions'));
      }),
    );
  });

  it('its ranges are, and not the regions that they are not made of', () => {
    fc.assert(
      fc.property(regions, regions, report, (own, told, one) => {
        const node = nodeOf(told, one, 'table');
        const strange = { ...node, regions: [...own, regionOf(9, undefined, 'ram')] };
        const bare = { ...node.memory, ranges: told.flatMap(asRange) };
        const found = comparisonsOf({ ...strange, memory: bare });
        const ram = told.filter(({ kind: as }) => as === 'ram').map((each) => each.range);
        const other = told.filter(({ kind: as }) => as === 'reserved').map((each) => each.range);
        for (const address of ALL) {
          const isUnpredicted = holds(one.ram, address) && !holds(ram, address);
          const hasTeller = ram.length > 0 || holds(other, address);
          const surpluses = surplusesAt(
            found.map((comparison) => ({ comparison })),
            address,
          );
          expect(surpluses).toBe(isUnpredicted && hasTeller ? 1 : 0);
        }
      }),
    );
  });

  it('a region is compared with what is made of it, and with nothing where that is a part of it', () => {
    const region = regionOf(1, { start: 0x200000n, end: 0x240000n }, 'ram');
    const one = { file: 'file:///workspace/iomem', ranges: [], ram: [], complete: true };
    const node = nodeOf([region], one, 'table');
    const beside = { start: 0x300000n, end: 0x310000n };
    const more: MemoryRange = { range: beside, type: 'ram', region: undefined, entry: undefined };
    const withMore = { ...node, memory: { ...node.memory, ranges: [...node.memory.ranges, more] } };
    expect(comparisonsOf(withMore).map(({ part }) => part.name)).toEqual(['region1', 'range[0]']);
    expect(comparisonsWith(withMore, region).map(({ part }) => part.name)).toEqual(['region1']);
    const half = node.memory.ranges.map((each) => ({ ...each, range: { ...each.range, end: 0x220000n } }));
    const partly = { ...node, memory: { ...node.memory, ranges: half } };
    expect(comparisonsOf(partly).map(({ part }) => part.range)).toEqual([
      { start: 0x200000n, end: 0x220000n },
    ]);
    expect(comparisonsWith(partly, region)).toEqual([]);
  });

  it('a region that kexec does not get is compared with nothing', () => {
    fc.assert(
      fc.property(regions, report, (own, one) => {
        const node = nodeOf(own.slice(1), one, 'table');
        const [first] = own;
        expect(first && comparisonsWith({ ...node, regions: own }, first)).toEqual([]);
      }),
    );
  });
});
