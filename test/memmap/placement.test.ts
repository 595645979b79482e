/** Where a kernel is put: as it was measured with kexec-tools 2.0.25, and as its code has it. */
import { describe, expect, it } from 'vitest';
import type { PlacementLimits } from '../../server/src/memmap/placement/holes';
import { type KernelImage, placeKernel } from '../../server/src/memmap/placement/place-kernel';
import { type AddressRange, formatHex, formatRange } from '../../server/src/range';

/** Debian's Linux 6.1 for virtual machines. */
const DEBIAN: KernelImage = {
  initSize: 0x3378000n,
  kernelAlignment: 0x200000n,
  prefAddress: 0x1000000n,
  relocatable: true,
  setupSize: 0x4000n,
  payloadSize: 0xd827c0n,
  anywhere64: true,
  initrdAddressMax: 0x7fffffffn,
};

function ranges(text: string): readonly AddressRange[] {
  return text.split(' ').map((range) => {
    const [start = '', end = ''] = range.split('-');
    return { start: BigInt(`0x${start}`), end: BigInt(`0x${end}`) };
  });
}

const NODES = [
  '0-20000 8000000-10000000 20000000-38000000',
  '20000-40000 10000000-18000000 38000000-50000000',
  '40000-60000 18000000-20000000 50000000-68000000',
] as const;

interface Case {
  readonly of: string;
  readonly ram: string;
  readonly limits?: PlacementLimits;
  readonly image?: Partial<KernelImage>;
  /** Where the kernel lies, or the piece that finds no room. */
  readonly expected: string;
}

/** The first seven were measured with kexec-tools 2.0.25 and the kernel above. */
const CASES: readonly Case[] = [
  { of: 'node 0', ram: NODES[0], expected: '0x34c00000' },
  { of: 'node 1', ram: NODES[1], expected: '0x4cc00000' },
  { of: 'node 2', ram: NODES[2], expected: '0x64c00000' },
  {
    of: 'node 0 to the end of the window',
    ram: '0-20000 8000000-10000000 20000000-68000000',
    expected: '0x64c00000',
  },
  { of: 'the second trial', ram: '0-20000 8000000-10000000 20000000-60000000', expected: '0x5cc00000' },
  {
    of: 'node 0 to the end, held below its share’s end',
    ram: '0-20000 8000000-10000000 20000000-68000000',
    limits: { memMax: 0x37ffffffn },
    expected: '0x34c00000',
  },
  {
    of: 'ranges in any order',
    ram: '20000000-38000000 0-20000 8000000-10000000',
    expected: '0x34c00000',
  },
  {
    of: 'ranges in any order, of which the first is too high',
    ram: '20000000-38000000 0-20000 8000000-10000000',
    limits: { memMax: 0x1fffffffn },
    expected: '0xcc00000',
  },
  {
    of: 'a last byte that may be used, inclusive',
    ram: '8000000-10000000',
    limits: { memMax: 0xbffffffn },
    expected: '0x8c00000',
  },
  {
    of: 'a first byte that may be used',
    ram: '8000000-10000000',
    limits: { memMin: 0xc000000n },
    expected: '0xcc00000',
  },
  {
    of: 'limits that leave too little',
    ram: '8000000-10000000',
    limits: { memMin: 0xe000000n },
    expected: 'nowhere: kernel',
  },
  {
    of: 'limits outside of all RAM',
    ram: '8000000-10000000',
    limits: { memMin: 0x10000000n },
    expected: 'nowhere: purgatory',
  },
  { of: 'a range above that is too small', ram: '8000000-10000000 20000000-22000000', expected: '0xcc00000' },
  {
    of: 'ranges that touch: a kernel lies in one of them',
    ram: '8000000-a000000 a000000-b000000',
    expected: 'nowhere: kernel',
  },
  {
    of: 'ranges that share memory',
    ram: '8000000-10000000 9000000-f000000 c000000-14000000',
    expected: '0x10c00000',
  },
  {
    of: 'the same, where the last has too little that is not a lower one’s',
    ram: '8000000-10000000 9000000-9100000 a000000-14000000',
    image: { initSize: 0x5000000n },
    expected: '0xb000000',
  },
  { of: 'RAM above 4 GiB', ram: '8000000-10000000 100000000-140000000', expected: '0x13cc00000' },
  {
    of: 'a kernel that fits exactly',
    ram: '8000000-8400000',
    image: { initSize: 0x3e00000n, kernelAlignment: 0x200000n },
    expected: 'nowhere: kernel',
  },
  { of: 'no RAM at all', ram: '0-1000', expected: 'nowhere: purgatory' },
  {
    of: 'a kernel without a 64-bit entry: as low as it can be',
    ram: NODES[1],
    image: { anywhere64: false },
    expected: '0x10000000',
  },
  {
    of: 'the same where RAM begins too high for it',
    ram: '20000-40000 38000000-50000000',
    image: { anywhere64: false },
    expected: 'nowhere: kernel',
  },
  {
    of: 'the same where RAM begins too high for its initrd',
    ram: '20000-40000 30000000-50000000',
    image: { anywhere64: false, initrdAddressMax: 0x2fffffffn },
    expected: 'nowhere: kernel',
  },
  {
    of: 'the same without low memory for its parameters',
    ram: '8000000-10000000',
    image: { anywhere64: false },
    expected: 'nowhere: parameters',
  },
  {
    of: 'one that runs at 1 MiB alone',
    ram: '0-a0000 100000-10000000',
    image: { anywhere64: false, relocatable: false },
    expected: '0x100000',
  },
  {
    of: 'the same where that is not RAM',
    ram: NODES[1],
    image: { anywhere64: false, relocatable: false },
    expected: 'nowhere: kernel',
  },
];

const LOW = '0-a0000 100000-8000000 20000000-38000000';
const NO_64_BIT = { anywhere64: false } as const;
const TOP = '0x37ff7000–0x38000000';
const UNTIL_32 = '0x200000–0xf83000';

/** All pieces in the order in which kexec looks for room: purgatory, parameters, kernel, initrd. */
const PIECES: readonly Case[] = [
  { of: 'top-down', ram: LOW, expected: `${TOP}, 0x37ff2000–0x37ff7000, 0x34c00000–0x37f78000` },
  {
    of: 'an initrd below the kernel',
    ram: LOW,
    image: { initrdSize: 0x123456n },
    expected: `${TOP}, 0x37ff2000–0x37ff7000, 0x34c00000–0x37f78000, 0x34adc000–0x34c00000`,
  },
  {
    of: 'a long command line',
    ram: LOW,
    image: { commandLineSize: 0x2000n },
    expected: `${TOP}, 0x37ff0000–0x37ff7000, 0x34c00000–0x37f78000`,
  },
  {
    of: 'a short setup: the parameters fill a page',
    ram: LOW,
    image: { setupSize: 0x200n },
    expected: `${TOP}, 0x37ff5000–0x37ff7000, 0x34c00000–0x37f78000`,
  },
  {
    of: 'within limits',
    ram: LOW,
    limits: { memMin: 0x4000000n, memMax: 0x7ffffffn },
    expected: '0x7ff7000–0x8000000, 0x7ff2000–0x7ff7000, 0x4c00000–0x7f78000',
  },
  {
    of: 'an alignment below a page is one',
    ram: '100000-8000000',
    image: { kernelAlignment: 1n, initSize: 0x12345n },
    expected: '0x7ff7000–0x8000000, 0x7ff2000–0x7ff7000, 0x7fdf000–0x7ff2000',
  },
  {
    of: 'a last byte that may be used in the midst of a page',
    ram: '100000-8000000',
    limits: { memMax: 0x7fff7ffn },
    expected: '0x7ff6000–0x7fff000, 0x7ff1000–0x7ff6000, 0x4c00000–0x7f78000',
  },
  {
    of: 'parameters above the purgatory',
    ram: '200000-209000 300000-305000 400000-405000',
    image: { kernelAlignment: 1n, initSize: 0x5000n },
    expected: '0x200000–0x209000, 0x400000–0x405000, 0x300000–0x305000',
  },
  {
    of: 'an initrd that would begin below 16 MiB',
    ram: '0-1000000',
    image: { initSize: 0x800000n, initrdSize: 0x1000n },
    expected: 'nowhere: initrd of 0x1000',
  },
  {
    of: 'entered in 32-bit mode, an initrd at the top',
    ram: LOW,
    image: { ...NO_64_BIT, initrdSize: 0x123456n },
    expected: `${TOP}, 0x3000–0x8000, ${UNTIL_32}, 0x37ed3000–0x37ff7000`,
  },
  {
    of: 'the same, where the kernel takes an initrd up to an address',
    ram: LOW,
    image: { ...NO_64_BIT, initrdSize: 0x123456n, initrdAddressMax: 0x27ffffffn },
    expected: `${TOP}, 0x3000–0x8000, ${UNTIL_32}, 0x27edc000–0x28000000`,
  },
  {
    of: 'the same, where it is not relocatable: the purgatory in low memory',
    ram: LOW,
    image: { ...NO_64_BIT, relocatable: false, initrdSize: 0x1000n },
    expected: '0x97000–0xa0000, 0x3000–0x8000, 0x100000–0xe83000, 0x37fff000–0x38000000',
  },
  {
    of: 'the same, with RAM above what a purgatory may take',
    ram: '0-a0000 100000-8000000 80000000-c0000000',
    image: { ...NO_64_BIT, initrdSize: 0x1000n },
    expected: '0x7ff7000–0x8000000, 0x3000–0x8000, 0x200000–0xf83000, 0x7ff6000–0x7ff7000',
  },
  {
    of: 'the same within limits',
    ram: LOW,
    image: NO_64_BIT,
    limits: { memMin: 0x10000n, memMax: 0x2ffffffn },
    expected: '0x2ff7000–0x3000000, 0x10000–0x15000, 0x200000–0xf83000',
  },
  {
    of: 'the same with parameters above the purgatory, which kexec does not take',
    ram: '3000-c000 10000-15000 100000-8000000',
    image: { ...NO_64_BIT, relocatable: false },
    expected: 'nowhere: parameters of 0x4140',
  },
  {
    of: 'the same without low memory',
    ram: '0-3000 100000-8000000',
    image: NO_64_BIT,
    expected: 'nowhere: parameters of 0x4140',
  },
];

describe('a kernel is put', () => {
  it.each(CASES)('where it was seen: $of', ({ ram, limits, image, expected }) => {
    const placement = placeKernel(ranges(ram), { ...DEBIAN, ...image }, limits);
    const where =
      placement.kind === 'placed'
        ? formatHex(placement.segments.kernel.start)
        : `${placement.kind}: ${placement.segment}`;
    expect(where).toBe(expected);
  });

  it.each(PIECES)('with all that is loaded beside it: $of', ({ ram, limits, image, expected }) => {
    const placement = placeKernel(ranges(ram), { ...DEBIAN, ...image }, limits);
    const where =
      placement.kind === 'placed'
        ? Object.values(placement.segments).map(formatRange).join(', ')
        : `${placement.kind}: ${placement.segment} of ${formatHex(placement.size)}`;
    expect(where).toBe(expected);
  });

  it('and runs at its preferred address where it is loaded below', () => {
    const placement = placeKernel(ranges('1000-a0000 100000-5000000'), DEBIAN);
    expect(placement).toMatchObject({
      segments: { kernel: { start: 0x1c00000n } },
      runs: { start: 0x1c00000n, end: 0x1c00000n + DEBIAN.initSize },
    });
    const low = placeKernel(ranges('1000-a0000 100000-4000000'), DEBIAN);
    expect(low).toMatchObject({ segments: { kernel: { start: 0xc00000n } }, runs: { start: 0x1000000n } });
  });
});
