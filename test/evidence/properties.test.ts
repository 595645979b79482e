/** Whatever is fed to the readers, they do not throw, invent no address, and take time in proportion to the input. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBzImage, runtimeRange } from '../../server/src/evidence/bzimage';
import { physicalTextInElf, readElf } from '../../server/src/evidence/elf';
import { type EvidenceProblem, type ReportedRange, ramOf } from '../../server/src/evidence/evidence';
import { readFirmwareMemmap } from '../../server/src/evidence/firmware-memmap';
import { readIomem } from '../../server/src/evidence/iomem';
import { readKernelLog } from '../../server/src/evidence/kernel-log';
import { kernelTextOf } from '../../server/src/evidence/kernel-symbols';
import { kernelTextInIomem } from '../../server/src/evidence/kernel-text';
import { readKexecOutput } from '../../server/src/evidence/kexec-output';
import { readSystemMap } from '../../server/src/evidence/system-map';
import { elfFile } from './elf-file';

interface TextReader {
  readonly name: string;
  readonly read: (text: string) => {
    readonly ranges: readonly ReportedRange[];
    readonly problems: readonly EvidenceProblem[];
  };
  readonly sample: string;
  /** What a range's place must hold: its two addresses. */
  readonly addresses: RegExp;
}

const TEXT_READERS: readonly TextReader[] = [
  {
    name: 'iomem',
    read: (text) => {
      const reading = readIomem(text);
      kernelTextInIomem(reading);
      return { ranges: reading.entries, problems: reading.problems };
    },
    sample:
      '# cat /proc/iomem\n00000000-00000fff : Reserved\n20000000-37ffffff : System RAM\n' +
      '  21000000-217fffff : Kernel code\n    21800000-21bcffff : Kernel data\n100000000-13fffffff : System RAM\n',
    addresses: /^([0-9a-f]{8,})-([0-9a-f]{8,})$/,
  },
  {
    name: 'kexec-output',
    read: readKexecOutput,
    sample:
      'MEMORY RANGES\n0000000000000100-000000000001ffff (0)\n0000000020000000-0000000037ffffff (11)\nsym:\n' +
      '0000000020000000-0000000037ffffff : 0\n[ 1.0] MEMORY RANGES\n00000000fffc0000-ffffffffffffffff (1)\n',
    addresses: /^([0-9a-f]{16})-([0-9a-f]{16})$/,
  },
  {
    name: 'kernel-log',
    read: readKernelLog,
    sample:
      '[    0.000000] BIOS-provided physical RAM map:\n[    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable\n' +
      '<6> BIOS-e820: 0000000020000000 - 0000000038000000 (ACPI data)\nuser-defined physical RAM map:\n' +
      'user: [mem 0x0000000020000000-0x0000000067ffffff]  128   MB System RAM\n',
    addresses: /^(?:0x)?([0-9a-f]+)(?:-0x| - )([0-9a-f]+)$/,
  },
];

/** Pieces of the formats, so that random texts come near to them. */
const PIECES = [
  'BIOS-e820: ', 'user: ', '[mem 0x', '-0x', '] usable', ' - ', ' (usable)', 'MEMORY RANGES', '-', ' : ', '  ', '\n', '\r\n',
  'System RAM', ' (0)', ' : 0', '0000000020000000', '20000000', '37ffffff', 'ffffffffffffffff', '0', '> ', '\u001b[32m', '\ud800',
  ' T _text', ' T _etext', 'ffffffff81000000',
]; // biome-ignore format: one list

const randomText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    {
      maxLength: 60,
    },
  )
  .map((pieces) => pieces.join(''));

/** Cuts, shuffled and dropped lines, and changed characters of a text. */
function damaged(sample: string): fc.Arbitrary<string> {
  const lines = sample.split('\n');
  const cut = fc
    .tuple(fc.nat(sample.length), fc.nat(sample.length))
    .map(([start, end]) => sample.slice(start, end));
  const shuffled = fc.shuffledSubarray(lines).map((chosen) => chosen.join('\n'));
  const changed = fc
    .array(fc.tuple(fc.nat(sample.length), fc.constantFrom(...PIECES)), { maxLength: 8 })
    .map((changes) => {
      return changes.reduce(
        (text, [at, piece]) => text.slice(0, at) + piece + text.slice(at + piece.length),
        sample,
      );
    });
  return fc.oneof(cut, shuffled, changed);
}

function checkPlaces(problems: readonly EvidenceProblem[], length: number): void {
  for (const { place } of problems) {
    expect(place.start).toBeGreaterThanOrEqual(0);
    expect(place.end).toBeGreaterThanOrEqual(place.start);
    expect(place.start).toBeLessThanOrEqual(length);
  }
  expect(problems.length).toBeLessThanOrEqual(101);
}

/** Every range stands in the text as it is told, its end as it is or one less, and whole: no digit stands next to it. */
function checkRanges({ read, addresses }: TextReader, text: string): void {
  const { ranges, problems } = read(text);
  for (const { range, place } of ranges) {
    const [, start = '', end = ''] = addresses.exec(text.slice(place.start, place.end)) ?? [];
    expect(range.start < range.end).toBe(true);
    expect(`0x${start}`).toMatch(/^0x[0-9a-f]+$/);
    expect(range.start).toBe(BigInt(`0x${start}`));
    expect([range.end, range.end - 1n]).toContain(BigInt(`0x${end}`));
    expect(text.slice(Math.max(0, place.start - 1), place.start)).not.toMatch(/[0-9a-f]/);
    expect(text.slice(place.end, place.end + 1)).not.toMatch(/[0-9a-f]/);
    expect(text.slice(0, place.start).split('\n').length - 1).toBe(place.line);
  }
  checkPlaces(problems, text.length);
  const ram = ramOf(ranges);
  for (const [index, range] of ram.entries()) {
    const previous = ram[index - 1];
    expect(range.start < range.end && (!previous || previous.end < range.start)).toBe(true);
  }
}

describe.each(TEXT_READERS)('$name', (reader) => {
  it('reads its whole sample', () => {
    expect(reader.read(reader.sample).ranges.length).toBeGreaterThan(0);
    checkRanges(reader, reader.sample);
  });

  it('tells no wrong range of a damaged text', () => {
    fc.assert(
      fc.property(damaged(reader.sample), (text) => checkRanges(reader, text)),
      { numRuns: 500 },
    );
  });

  it('tells no range that was not there of a text that was cut or whose lines were shuffled', () => {
    const whole = (text: string) =>
      reader.read(text).ranges.map(({ place }) => text.slice(place.start, place.end));
    const lines = reader.sample.split('\n');
    fc.assert(
      fc.property(
        fc.shuffledSubarray(lines, { minLength: lines.length }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (chosen, from, to) => {
          const text = chosen.join('\n');
          const cut = text.slice(Math.floor(from * text.length), Math.floor(to * text.length));
          for (const addresses of whole(cut)) expect(reader.sample).toContain(addresses);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(randomText, (text) => checkRanges(reader, text)),
      { numRuns: 500 },
    );
  });
});

describe('System.map', () => {
  const sample =
    'ffffffff81000000 T _text\nffffffff81000000 T _stext\nffffffff81a02bd7 T _etext\nffffffff82c00000 B _end\n';

  it('takes any text and invents no address', () => {
    fc.assert(
      fc.property(fc.oneof(damaged(sample), randomText), (text) => {
        const { symbols, problems } = readSystemMap(text);
        for (const [name, { address, place }] of symbols) {
          const line = text.slice(place.start).split('\n')[0] ?? '';
          expect(
            line.toLowerCase().startsWith(address.toString(16).padStart(place.end - place.start, '0')),
          ).toBe(true);
          expect(line).toContain(` ${name}`);
        }
        const range = kernelTextOf(symbols);
        expect(!range || range.start < range.end).toBe(true);
        checkPlaces(problems, text.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('firmware-memmap', () => {
  it('takes any files', () => {
    const path = fc.oneof(
      fc.constantFrom('0/start', '0/end', '0/type', 'a/1/start', 'a/1/end', 'a/1/type'),
      fc.string(),
    );
    const text = fc.oneof(
      fc.constantFrom('0x1000\n', '0x1fff\n', '0xffffffffffffffff', 'System RAM\n', ''),
      randomText,
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(path, text)), (files) => {
        const folder = new Map(files);
        const { ranges, problems } = readFirmwareMemmap(folder);
        for (const { range, place } of ranges) {
          expect(range.start < range.end).toBe(true);
          expect(BigInt(folder.get(place.path ?? '')?.trim() ?? '-1')).toBe(range.start);
        }
        expect(problems.length).toBeLessThanOrEqual(101);
      }),
      { numRuns: 500 },
    );
  });
});

describe('binary files', () => {
  const files = [
    elfFile({ bits: 64, littleEndian: true }),
    elfFile({ bits: 32, littleEndian: false }),
    setupHeader(),
  ];

  /** A cut of a file with some of its bytes changed, mostly those of its headers. */
  const damagedFile = fc
    .tuple(
      fc.constantFrom(...files),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.array(
        fc.tuple(fc.oneof(fc.nat(0x400), fc.nat(0x2000)), fc.oneof(fc.constantFrom(0, 0xff), fc.nat(255))),
      ),
    )
    .map(([file, length, changes]) => {
      const bytes = file.slice(0, Math.ceil(length * file.length));
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      return bytes;
    });

  it('are taken whatever is in them', () => {
    fc.assert(
      fc.property(fc.oneof(damagedFile, fc.uint8Array({ maxLength: 2000 })), (bytes) => {
        const elf = readElf(bytes);
        for (const { physical, virtual } of elf.segments) {
          const limit = 1n << BigInt(elf.header?.bits ?? 0);
          for (const { start, end } of [physical, virtual])
            expect(0n <= start && start < end && end <= limit).toBe(true);
        }
        const text = physicalTextInElf(elf);
        expect(!text || text.start < text.end).toBe(true);
        expect(elf.problems.length).toBeLessThanOrEqual(101);
        const { header, problems } = readBzImage(bytes);
        expect(header === undefined).toBe(problems.length > 0);
        if (header) expect(header.initSize > 0n && runtimeRange(header, 0n).start >= 0n).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

/** The boot sector and setup header of a bzImage, without the rest. */
function setupHeader(): Uint8Array {
  const bytes = new Uint8Array(0x400);
  const view = new DataView(bytes.buffer);
  view.setUint16(0x1fe, 0xaa55, true);
  view.setUint8(0x201, 0x6a);
  bytes.set(
    [...'HdrS'].map((letter) => letter.charCodeAt(0)),
    0x202,
  );
  view.setUint16(0x206, 0x20f, true);
  view.setUint8(0x211, 1);
  view.setUint32(0x230, 0x200000, true);
  view.setUint8(0x234, 1);
  view.setBigUint64(0x258, 0x1000000n, true);
  view.setUint32(0x260, 0x3378000, true);
  return bytes;
}

describe('the time taken', () => {
  const patterns: readonly (readonly [string, string])[] = [
    ['digits', 'f'],
    ['spaces', ' '],
    ['quotation marks', '> '],
    ['marks of a log', 'BIOS-e820: '],
    ['opened brackets', 'BIOS-e820: [mem 0x0 - '],
    ['colours', '\u001b[3m'],
    ['numbers', '1111 '],
    ['minus signs', '0000000020000000-'],
    ['short lines', '20000000-3\n'],
    ['carriage returns', '\r'],
    ['symbols', 'ffffffff81000000 T _text '],
    ['ranges', '0000000020000000-0000000037ffffff (0) '],
    ['old ranges', '0000000020000000-0000000037ffffff : 0\n'],
    ['nesting', '  20000000-37ffffff : x\n   20000000-37ffffff : x\n'],
  ];

  it.each(patterns)('is in proportion to the length of a text of %s', (_, pattern) => {
    const text = pattern.repeat(Math.ceil(200_000 / pattern.length));
    const read = [...TEXT_READERS.map(({ read }) => read), readSystemMap];
    // It is some 20 ms; with the square of the length it would be half a minute.
    const start = performance.now();
    for (const each of read) each(text);
    for (const each of read) each(`user: [mem 0x${text}`);
    for (const each of read) each(`BIOS-e820: [mem 0x0-0x1]${text}`);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('is small for an ELF file with as many headers as there can be', () => {
    const bytes = new Uint8Array(8_000_000);
    bytes.set(elfFile({ bits: 64, littleEndian: true }));
    const view = new DataView(bytes.buffer);
    view.setUint16(56, 0xfffe, true);
    view.setUint16(60, 0xffff, true);
    // Each section is a symbol table as long as the file, with itself for its names.
    const sections = Number(view.getBigUint64(40, true));
    for (let at = sections; at + 64 < bytes.length && at < sections + 64 * 0xffff; at += 64) {
      view.setUint32(at + 4, 2, true);
      view.setBigUint64(at + 24, 0n, true);
      view.setBigUint64(at + 32, BigInt(bytes.length), true);
      view.setBigUint64(at + 56, 24n, true);
    }
    const start = performance.now();
    readElf(bytes);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
