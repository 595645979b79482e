/** Where a kernel is put: against what was measured on real machines, and against kexec itself. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBzImage } from '../../server/src/evidence/bzimage';
import type { PlacementLimits } from '../../server/src/memmap/placement/holes';
import { type KernelImage, placeKernel } from '../../server/src/memmap/placement/place-kernel';
import { type AddressRange, formatHex } from '../../server/src/range';
import { debianKernel } from '../boot/kexec-source';
import { askKexec, buildKexec, type RealKexec } from './real-kexec';

const MIB = 0x100000n;

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
    expected: 'no kernel',
  },
  {
    of: 'limits outside of all RAM',
    ram: '8000000-10000000',
    limits: { memMin: 0x10000000n },
    expected: 'no purgatory',
  },
  { of: 'a range above that is too small', ram: '8000000-10000000 20000000-22000000', expected: '0xcc00000' },
  {
    of: 'ranges that touch: a kernel lies in one of them',
    ram: '8000000-a000000 a000000-b000000',
    expected: 'no kernel',
  },
  {
    of: 'ranges that share memory',
    ram: '8000000-10000000 9000000-f000000 c000000-14000000',
    expected: '0x10c00000',
  },
  { of: 'RAM above 4 GiB', ram: '8000000-10000000 100000000-140000000', expected: '0x13cc00000' },
  {
    of: 'a kernel that fits exactly',
    ram: '8000000-8400000',
    image: { initSize: 0x3e00000n, kernelAlignment: 0x200000n },
    expected: 'no kernel',
  },
  { of: 'no RAM at all', ram: '0-1000', expected: 'no purgatory' },
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
    expected: 'no kernel',
  },
  {
    of: 'the same without low memory for its parameters',
    ram: '8000000-10000000',
    image: { anywhere64: false },
    expected: 'no parameters',
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
    expected: 'no kernel',
  },
];

describe('a kernel is put', () => {
  it.each(CASES)('where it was seen: $of', ({ ram, limits, image, expected }) => {
    const placement = placeKernel(ranges(ram), { ...DEBIAN, ...image }, limits);
    const where =
      placement.kind === 'placed' ? formatHex(placement.segments.kernel.start) : `no ${placement.segment}`;
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

/** Debian's kernels by package: they need different room and are of different sizes. */
const KERNELS = [
  { kernel: 'for virtual machines', name: [] },
  { kernel: 'for all machines', name: ['linux-image-amd64'] },
] as const;

const imageOf = (name: readonly string[]) => new Uint8Array(readFileSync(debianKernel(...name)));

it('is asked of kernels that need different room', () => {
  const headers = KERNELS.map(({ name }) => readBzImage(imageOf(name)).header);
  expect(new Set(headers.map((header) => header?.initSize)).size).toBe(KERNELS.length);
  expect(new Set(headers.map((header) => header?.payloadSize)).size).toBe(KERNELS.length);
}, 300_000);

describe.each(KERNELS)('kexec itself, given a kernel $kernel,', ({ name }) => {
  let kexec: RealKexec;
  let folder: string;
  let image: Uint8Array;

  beforeAll(() => {
    kexec = buildKexec();
    image = imageOf(name);
    folder = mkdtempSync(join(tmpdir(), 'kexec-mint-placement-'));
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const commandLine = 'console=ttyS0 nokaslr';

  /** The bytes with which an image asks for other room: its header is all that placement reads. */
  function variant(change: 'none' | 'no-64-bit' | 'not-relocatable' | 'big' | 'coarse'): Uint8Array {
    const bytes = image.slice();
    if (change === 'no-64-bit' || change === 'not-relocatable') bytes[0x236] = 0;
    if (change === 'not-relocatable') bytes[0x234] = 0;
    if (change === 'big') bytes.set([0x01, 0xf0, 0x23, 0x06], 0x260);
    if (change === 'coarse') bytes.set([0, 0, 0, 0x01], 0x230);
    return bytes;
  }

  const chunk = fc
    .tuple(
      fc.integer({ min: 0, max: 0x2ff }),
      fc.integer({ min: 1, max: 0x180 }),
      fc.integer({ min: 0, max: 3 }),
    )
    // Whole megabytes, cut by some pages, a few of them below 1 MiB or above 4 GiB.
    .map(([start, length, cut]) => {
      const first = BigInt(start) * MIB * (start % 7 === 0 ? 8n : 1n);
      return { start: first, end: first + BigInt(length) * MIB - BigInt(cut) * 0x1000n };
    });
  const low = fc.constantFrom('1000-a0000', '0-20000', '40000-60000').map((text) => ranges(text)[0]);
  const memory = fc
    .tuple(fc.option(low), fc.array(chunk, { minLength: 1, maxLength: 5 }))
    .map(([first, rest]) => {
      const kept: AddressRange[] = first ? [first] : [];
      for (const one of rest)
        if (kept.every(({ start, end }) => one.end <= start || end <= one.start)) kept.push(one);
      return kept;
    });
  const limit = fc.option(
    fc.integer({ min: 0, max: 0x300 }).map((count) => BigInt(count) * MIB),
    { nil: undefined },
  );

  it.each(['none', 'no-64-bit', 'not-relocatable', 'big', 'coarse'] as const)(
    'agrees on random memory, image changed: %s',
    (change) => {
      const file = join(folder, change);
      const bytes = variant(change);
      writeFileSync(file, bytes);
      const { header } = readBzImage(bytes);
      if (!header) throw new Error('no header');
      const initrd = join(folder, 'initrd');
      writeFileSync(initrd, Buffer.alloc(0x123456));
      fc.assert(
        fc.property(memory, limit, limit, fc.boolean(), (ram, memMin, last, hasInitrd) => {
          const limits = { memMin, memMax: last === undefined ? undefined : last + 0x1fffffn };
          const real = askKexec(kexec, {
            kernel: file,
            commandLine,
            ram,
            limits,
            ...(hasInitrd ? { initrd } : {}),
          });
          const own = placeKernel(
            ram,
            {
              ...header,
              commandLineSize: BigInt(commandLine.length + 1),
              initrdSize: hasInitrd ? 0x123456n : undefined,
            },
            limits,
          );
          const starts =
            own.kind === 'placed'
              ? {
                  purgatory: own.segments.purgatory.start,
                  parameters: own.segments.parameters.start,
                  kernel: own.segments.kernel.start,
                  initrd: own.segments.initrd?.start,
                }
              : undefined;
          expect(starts).toEqual(real);
        }),
        { numRuns: 20 },
      );
    },
    120_000,
  );
});
