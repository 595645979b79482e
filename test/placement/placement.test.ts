/** Where a kernel is put: against kexec itself. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBzImage } from '../../server/src/evidence/bzimage';
import { placeKernel } from '../../server/src/memmap/placement/place-kernel';
import type { AddressRange } from '../../server/src/range';
import { debianKernel } from '../boot/kexec-source';
import { askKexec, buildKexec, type RealKexec } from './real-kexec';

const MIB = 0x100000n;

function ranges(text: string): readonly AddressRange[] {
  return text.split(' ').map((range) => {
    const [start = '', end = ''] = range.split('-');
    return { start: BigInt(`0x${start}`), end: BigInt(`0x${end}`) };
  });
}

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
