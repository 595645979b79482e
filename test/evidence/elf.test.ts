/** readelf and nm are the judges of what the readers make of ELF files and of System.map. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ElfReading, physicalTextInElf, readElf, virtualTextInElf } from '../../server/src/evidence/elf';
import { kernelTextOf } from '../../server/src/evidence/kernel-symbols';
import { kernelTextAt } from '../../server/src/evidence/kernel-text';
import { readSystemMap } from '../../server/src/evidence/system-map';
import { formatRange } from '../../server/src/range';
import { DATA, elfFile, TEXT } from './elf-file';
import { showProblems } from './show';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-elf-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tool = (name: string, ...args: readonly string[]) =>
  execFileSync(name, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });

/** Segments as readelf tells them: physical range, virtual start, flags. */
function segmentsByReadelf(path: string): string[] {
  return [
    ...tool('readelf', '-lW', path).matchAll(/^ +LOAD +0x\w+ 0x(\w+) 0x(\w+) 0x\w+ 0x(\w+) ([RWE ]{3})/gm),
  ].map(([, virtual, physical, memory, flags]) => {
    const start = BigInt(`0x${physical}`);
    const range = formatRange({ start, end: start + BigInt(`0x${memory}`) });
    return `${range} at 0x${BigInt(`0x${virtual}`).toString(16)}${flags?.includes('W') ? ' W' : ''}${flags?.includes('E') ? ' E' : ''}`;
  });
}

function segments({ segments }: ElfReading): string[] {
  return segments.map(({ physical, virtual, writable, executable }) => {
    return `${formatRange(physical)} at 0x${virtual.start.toString(16)}${writable ? ' W' : ''}${executable ? ' E' : ''}`;
  });
}

const addresses = (symbols: ElfReading['symbols']) =>
  [...symbols].map(([name, { address }]) => `${address.toString(16)} ${name}`).sort();

/** A kernel in small: linked high, loaded low, with the symbols of its linker script. */
const KERNEL = 'int x = 1; int y[5000]; int _start(void) { return x + y[0]; }\n';
const SCRIPT = (virtual: string, physical: string) => `
ENTRY(_start)
PHDRS { text PT_LOAD FLAGS(5); data PT_LOAD FLAGS(6); }
SECTIONS {
  . = ${virtual};
  _text = .; _stext = .;
  .text : AT(${physical}) { *(.text*) } :text
  _etext = .;
  .rodata : { *(.rodata*) *(.eh_frame*) *(.note*) } :text
  . = ALIGN(0x1000);
  .data : { *(.data*) *(.got*) } :data
  .bss : { *(.bss*) *(COMMON) } :data
  _end = .;
}`;

describe.each([
  { bits: 64, flag: '-m64', virtual: '0xffffffff81000000', physical: '0x1000000' },
  { bits: 32, flag: '-m32', virtual: '0xc1000000', physical: '0x1000000' },
])('a kernel of $bits bits made by gcc', ({ bits, flag, virtual, physical }) => {
  const path = () => join(folder, `vmlinux${bits}`);

  beforeAll(() => {
    writeFileSync(join(folder, 'kernel.c'), KERNEL);
    writeFileSync(join(folder, `kernel${bits}.lds`), SCRIPT(virtual, physical));
    const options = [
      flag,
      '-ffreestanding',
      '-nostdlib',
      '-static',
      '-no-pie',
      '-fno-pie',
      '-mcmodel=kernel',
    ];
    const forBits = bits === 64 ? options : options.slice(0, -1);
    const script = `-Wl,-T,${join(folder, `kernel${bits}.lds`)}`;
    tool('gcc', ...forBits, script, join(folder, 'kernel.c'), '-o', path());
  });

  it('has the segments and symbols that readelf and nm tell', () => {
    const reading = readElf(readFileSync(path()));
    expect(reading.problems).toEqual([]);
    expect(reading.header).toMatchObject({
      bits,
      littleEndian: true,
      type: 2,
      machine: bits === 64 ? 62 : 3,
    });
    expect(segments(reading)).toEqual(segmentsByReadelf(path()));
    expect(reading.segments).toHaveLength(2);
    const nm = tool('nm', path()).matchAll(/^0*(\w+) . (_text|_stext|_etext|_end)$/gm);
    expect(addresses(reading.symbols)).toEqual([...nm].map(([, digits, name]) => `${digits} ${name}`).sort());
  });

  it('has the same symbols in its System.map, and the same text', () => {
    const map = tool('nm', '-n', path());
    const reading = readElf(readFileSync(path()));
    const fromMap = readSystemMap(map);
    expect(fromMap.problems).toEqual([]);
    expect(addresses(fromMap.symbols)).toEqual(addresses(reading.symbols));
    expect(fromMap.symbols.size).toBe(4);
    for (const [name, { place }] of fromMap.symbols) {
      expect(map.slice(place.start).split('\n')[0]).toMatch(new RegExp(`^\\w+ \\w ${name}$`));
    }
    const text = kernelTextOf(fromMap.symbols);
    expect(text).toEqual(virtualTextInElf(reading));
    expect(physicalTextInElf(reading)?.start).toBe(BigInt(physical));
    expect(text && kernelTextAt(0x51000000n, text)).toMatchObject({ start: 0x51000000n });
  });

  it('keeps its text when it is stripped', () => {
    const before = physicalTextInElf(readElf(readFileSync(path())));
    tool('strip', '-o', `${path()}.stripped`, path());
    const stripped = readElf(readFileSync(`${path()}.stripped`));
    expect([stripped.symbols.size, stripped.problems]).toEqual([0, []]);
    expect(physicalTextInElf(stripped)).toEqual(before);
  });

  it('has no addresses before it is linked', () => {
    tool('gcc', flag, '-c', '-ffreestanding', join(folder, 'kernel.c'), '-o', `${path()}.o`);
    const reading = readElf(readFileSync(`${path()}.o`));
    expect(showProblems(reading.problems)).toEqual(['unsupported {"what":"relocatable-object"}']);
    expect([reading.segments, reading.symbols.size, physicalTextInElf(reading)]).toEqual([[], 0, undefined]);
  });
});

describe.each([
  { bits: 64, littleEndian: false },
  { bits: 32, littleEndian: false },
  { bits: 64, littleEndian: true },
  { bits: 32, littleEndian: true },
] as const)('an ELF file of $bits bits, little-endian: $littleEndian', (options) => {
  const bytes = elfFile(options);

  it('is what readelf takes it for', () => {
    const path = join(folder, 'made');
    writeFileSync(path, bytes);
    const reading = readElf(bytes);
    expect(reading.problems).toEqual([]);
    expect(reading.header).toMatchObject({ ...options, entry: TEXT.virtual });
    expect(segments(reading)).toEqual(segmentsByReadelf(path));
    const symbols = tool('readelf', '-sW', path).matchAll(/^ +\d+: 0*(\w+) .* (_text|_stext|_etext|_end)$/gm);
    expect(addresses(reading.symbols)).toEqual(
      [...symbols].map(([, digits, name]) => `${digits} ${name}`).sort(),
    );
    expect(reading.symbols.size).toBe(4);
    expect(physicalTextInElf(reading)).toEqual({ start: TEXT.physical, end: TEXT.physical + TEXT.length });
    expect(reading.segments[1]?.physical).toEqual({ start: DATA.physical, end: DATA.physical + DATA.length });
  });

  it('says what is missing where it is cut off', () => {
    const parts = new Set<string>();
    for (let length = 0; length < bytes.length; length++) {
      const reading = readElf(bytes.subarray(0, length));
      expect(reading.problems.length, `cut at ${length}`).toBeGreaterThan(0);
      for (const { code, args } of reading.problems) parts.add(`${code} ${args.part ?? args.format}`);
    }
    expect([...parts].sort()).toEqual([
      'malformed-part string-table',
      'nothing-recognized elf',
      'truncated file-header',
      'truncated program-header',
      'truncated section-header',
      'truncated segment',
      'truncated string-table',
      'truncated symbol-table',
    ]);
  });
});

describe('an ELF file with wrong numbers in it', () => {
  const PROGRAM = 64;
  const SECTIONS = PROGRAM + 2 * 56;
  const SYMTAB = SECTIONS + 2 * 64;
  const DATA_SEGMENT = PROGRAM + 56;

  it.each<readonly [string, number, 1 | 2 | 4 | 8, bigint]>([
    ['malformed-part {"part":"file-header"}', 4, 1, 3n],
    ['malformed-part {"part":"file-header"}', 5, 1, 0n],
    ['malformed-part {"part":"program-header"}', 54, 2, 55n],
    ['unsupported {"what":"extended-numbering"}', 56, 2, 0xffffn],
    ['malformed-part {"part":"segment"}', DATA_SEGMENT + 32, 8, DATA.length + 1n],
    ['truncated {"part":"segment"}', PROGRAM + 8, 8, 0x7fffffffffffffffn],
    ['address-too-large {"text":"0xfffffffffffffff0"}', DATA_SEGMENT + 24, 8, 0xfffffffffffffff0n],
    ['malformed-part {"part":"section-header"}', 58, 2, 63n],
    ['truncated {"part":"section-header"}', 40, 8, 0x7fffffffffffffffn],
    ['malformed-part {"part":"symbol-table"}', SYMTAB + 56, 8, 0n],
    ['malformed-part {"part":"string-table"}', SYMTAB + 40, 4, 99n],
    ['truncated {"part":"symbol-table"}', SYMTAB + 32, 8, 0x7fffffffffffffffn],
  ])('%s (offset %i)', (problem, offset, width, value) => {
    const bytes = elfFile({ bits: 64, littleEndian: true });
    for (let index = 0; index < width; index++)
      bytes[offset + index] = Number((value >> BigInt(8 * index)) & 0xffn);
    expect(showProblems(readElf(bytes).problems)).toEqual([problem]);
  });

  it('may end its memory where its addresses end', () => {
    const bytes = elfFile({ bits: 64, littleEndian: true });
    new DataView(bytes.buffer).setBigUint64(DATA_SEGMENT + 24, (1n << 64n) - DATA.length, true);
    expect(readElf(bytes).segments[1]?.physical.end).toBe(1n << 64n);
  });
});

describe('System.map', () => {
  const MAP = `0000000000000000 A __per_cpu_start
ffffffff81000000 T _text
ffffffff81000000 T _stext
ffffffff81a02bd7 T _etext
ffffffff82c00000 B _end
`;

  it('leaves out an address that was cut', () => {
    const reading = readSystemMap(MAP.slice(MAP.indexOf('81000000')));
    expect([...reading.symbols.keys()]).toEqual(['_stext', '_etext', '_end']);
    expect(showProblems(reading.problems)).toEqual(['cut-address@0 {"text":"81000000"}']);
    expect(kernelTextOf(reading.symbols)).toEqual({ start: 0xffffffff81000000n, end: 0xffffffff81a02bd7n });
  });

  it('takes neither of two addresses', () => {
    const reading = readSystemMap(`${MAP}ffffffff81b00000 T _etext\nffffffff81c00000 T _etext\n`);
    expect([...reading.symbols.keys()]).toEqual(['_text', '_stext', '_end']);
    expect(reading.problems[0]).toMatchObject({
      code: 'conflicting-symbol',
      place: { line: 5 },
      args: { name: '_etext' },
    });
    expect(kernelTextOf(reading.symbols)).toBeUndefined();
  });

  it('says when addresses are hidden, as /proc/kallsyms hides them', () => {
    const reading = readSystemMap(MAP.replace(/^[0-9a-f]+/gm, '0000000000000000'));
    expect([reading.symbols.size, showProblems(reading.problems)]).toEqual([0, ['unprivileged@1']]);
  });

  it('says when a text is none', () => {
    const placeholder =
      'ffffffffffffffff B The real System.map is in the linux-image-<version>-dbg package\n';
    expect(showProblems(readSystemMap(placeholder).problems)).toEqual([
      'nothing-recognized@0 {"format":"system-map"}',
    ]);
  });
});
