/** Address ranges against sets of single addresses. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AddressRange,
  alignUp,
  formatRoughSize,
  formatSize,
  lengthOf,
  subtract,
  union,
} from '../server/src/range';

const range = fc
  .tuple(fc.bigInt(0n, 40n), fc.bigInt(0n, 12n))
  .map(([start, length]): AddressRange => ({ start, end: start + length }));
const ranges = fc.array(range, { maxLength: 6 });

function addressesOf({ start, end }: AddressRange): bigint[] {
  return Array.from({ length: Number(end - start) }, (_, index) => start + BigInt(index));
}

function setOf(list: readonly AddressRange[]): Set<bigint> {
  return new Set(list.flatMap(addressesOf));
}

describe('subtract', () => {
  it('leaves the addresses that no hole holds, in the order of the ranges', () => {
    fc.assert(
      fc.property(ranges, ranges, (given, holes) => {
        const hidden = setOf(holes);
        const left = given.flatMap(addressesOf).filter((address) => !hidden.has(address));
        expect(subtract(given, holes).flatMap(addressesOf)).toEqual(left);
      }),
    );
  });
});

describe('union', () => {
  it('holds the same addresses, in ascending ranges that do not touch', () => {
    fc.assert(
      fc.property(ranges, (given) => {
        const filled = given.filter((one) => lengthOf(one) > 0n);
        const made = union(filled);
        expect(setOf(made)).toEqual(setOf(filled));
        made.slice(1).forEach((one, index) => {
          expect(one.start).toBeGreaterThan(made[index]?.end ?? one.start);
        });
      }),
    );
  });
});

describe('alignUp', () => {
  it('is the lowest multiple that is not below', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1n << 64n), fc.bigInt(1n, 1n << 32n), (value, alignment) => {
        const aligned = alignUp(value, alignment);
        expect(aligned % alignment).toBe(0n);
        expect(aligned >= value && aligned - value < alignment).toBe(true);
      }),
    );
  });

  it('leaves a multiple as it is', () => {
    expect(alignUp(0x60000000n, 0x200000n)).toBe(0x60000000n);
    expect(alignUp(0x60000001n, 0x200000n)).toBe(0x60200000n);
  });
});

describe('formatRoughSize', () => {
  it('is exact where formatSize is short, and else within a twentieth of its unit', () => {
    const units: Readonly<Record<string, bigint>> = { MiB: 1n << 20n, KiB: 1n << 10n, bytes: 1n };
    fc.assert(
      fc.property(fc.bigInt(0n, 1n << 40n), (bytes) => {
        const text = formatRoughSize(bytes);
        const match = /^(≈?)(\d+)(?:\.(\d))? (\w+)$/.exec(text);
        expect(match, text).not.toBeNull();
        const [, rough, whole = '', tenth = '0', unit = ''] = match ?? [];
        if (!rough) {
          expect(text).toBe(formatSize(bytes));
          return;
        }
        const size = units[unit] ?? 0n;
        const tenths = BigInt(whole) * 10n + BigInt(tenth);
        const error = tenths * size - bytes * 10n;
        expect(2n * (error < 0n ? -error : error)).toBeLessThanOrEqual(size);
      }),
    );
  });

  it('says what people say', () => {
    expect(formatRoughSize(0xd04000n)).toBe('≈13.0 MiB');
    expect(formatRoughSize(0xd00000n)).toBe('13 MiB');
    expect(formatRoughSize(0x20400n)).toBe('129 KiB');
  });
});
