/**
 * Reads an ELF file such as vmlinux, of 32 or 64 bits and either byte order: the memory its segments ask for, the
 * symbols that bound the kernel's text, and its `.text` section (System V ABI, chapters 4 and 5).
 */
import { type AddressRange, contains } from '../range';
import { type ByteReader, byteReader, hasAscii } from './bytes';
import { type EvidenceProblem, type PartName, type Place, Problems } from './evidence';
import { KERNEL_SYMBOLS, type KernelSymbols, KernelSymbolTable, kernelTextOf } from './kernel-symbols';

export interface ElfReading {
  /** Undefined where the bytes are no ELF file. */
  readonly header: ElfHeader | undefined;
  /** The PT_LOAD segments that take memory, in the order of the file. */
  readonly segments: readonly ElfSegment[];
  /** Empty where the file has no symbol table, as after strip. */
  readonly symbols: KernelSymbols;
  /** Virtual addresses of the section `.text`, which a stripped file still has. */
  readonly textSection: AddressRange | undefined;
  readonly problems: readonly EvidenceProblem[];
}

export interface ElfHeader {
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  /** e_type: 1 relocatable, 2 executable, 3 shared object. */
  readonly type: number;
  /** e_machine: 3 is i386, 62 x86-64. */
  readonly machine: number;
  /** Virtual address. */
  readonly entry: bigint;
}

export interface ElfSegment {
  readonly physical: AddressRange;
  readonly virtual: AddressRange;
  readonly executable: boolean;
  readonly writable: boolean;
  /** The program header. */
  readonly place: Place;
}

/** Where the fields of the two classes lie: their offset; widths follow from the class. */
const LAYOUTS = {
  32: {
    word: 4,
    header: {
      size: 52,
      entry: 24,
      phoff: 28,
      shoff: 32,
      phentsize: 42,
      phnum: 44,
      shentsize: 46,
      shnum: 48,
      shstrndx: 50,
    },
    program: { size: 32, flags: 24, offset: 4, vaddr: 8, paddr: 12, filesz: 16, memsz: 20 },
    section: { size: 40, addr: 12, offset: 16, length: 20, link: 24, entsize: 36 },
    symbol: { size: 16, value: 4, shndx: 14 },
  },
  64: {
    word: 8,
    header: {
      size: 64,
      entry: 24,
      phoff: 32,
      shoff: 40,
      phentsize: 54,
      phnum: 56,
      shentsize: 58,
      shnum: 60,
      shstrndx: 62,
    },
    program: { size: 56, flags: 4, offset: 8, vaddr: 16, paddr: 24, filesz: 32, memsz: 40 },
    section: { size: 64, addr: 16, offset: 24, length: 32, link: 40, entsize: 56 },
    symbol: { size: 24, value: 8, shndx: 6 },
  },
} as const;

const PT_LOAD = 1n;
const PF_X = 1n;
const PF_W = 2n;
const ET_REL = 1;
const SHT_SYMTAB = 2n;
const SHT_NOBITS = 8n;
const SHN_UNDEF = 0n;
/** e_phnum of this value says that the number stands elsewhere; no kernel has that many. */
const PN_XNUM = 0xffff;

export function readElf(bytes: Uint8Array): ElfReading {
  const problems = new Problems();
  const header = headerOf(bytes, problems);
  if (!header) {
    return { header, segments: [], symbols: new Map(), textSection: undefined, problems: problems.list() };
  }
  const file = new ElfFile(bytes, header, problems);
  const segments = file.segments();
  if (header.type === ET_REL)
    problems.add('unsupported', { start: 16, end: 18 }, { what: 'relocatable-object' });
  const sections = header.type === ET_REL ? [] : file.sections();
  return {
    header,
    segments,
    symbols: file.symbols(sections),
    textSection: file.textSection(sections),
    problems: problems.list(),
  };
}

/** The virtual addresses of the kernel's text: its symbols', else those of the section `.text`. */
export function virtualTextInElf(reading: ElfReading): AddressRange | undefined {
  return kernelTextOf(reading.symbols) ?? reading.textSection;
}

/**
 * The physical addresses the kernel's text is linked at, by the segment that holds it. A relocatable kernel may be
 * loaded elsewhere, with the same length.
 */
export function physicalTextInElf(reading: ElfReading): AddressRange | undefined {
  const virtual = virtualTextInElf(reading);
  const segment = virtual && reading.segments.find((candidate) => contains(candidate.virtual, virtual));
  if (!virtual || !segment) return undefined;
  const offset = segment.physical.start - segment.virtual.start;
  return { start: virtual.start + offset, end: virtual.end + offset };
}

function headerOf(bytes: Uint8Array, problems: Problems): ElfHeader | undefined {
  if (!hasAscii(bytes, 0, '\u007fELF')) {
    problems.add('nothing-recognized', { start: 0, end: 0 }, { format: 'elf' });
    return undefined;
  }
  const bits = bytes[4] === 1 ? 32 : bytes[4] === 2 ? 64 : undefined;
  const order = bytes[5];
  if (bits === undefined || (order !== 1 && order !== 2)) {
    const place = { start: 4, end: 6 };
    problems.add(bytes.length < 6 ? 'truncated' : 'malformed-part', place, part('file-header'));
    return undefined;
  }
  const littleEndian = order === 1;
  const layout = LAYOUTS[bits];
  const reader = byteReader(bytes, littleEndian);
  const type = reader.unsigned(16, 2);
  const machine = reader.unsigned(18, 2);
  const entry = reader.unsigned(layout.header.entry, layout.word);
  const complete = bytes.length >= layout.header.size;
  if (!complete || type === undefined || machine === undefined || entry === undefined) {
    problems.add('truncated', { start: 0, end: bytes.length }, part('file-header'));
    return undefined;
  }
  return { bits, littleEndian, type: Number(type), machine: Number(machine), entry };
}

interface Section {
  readonly name: bigint;
  readonly type: bigint;
  readonly address: bigint;
  readonly offset: number;
  readonly length: number;
  readonly link: number;
  readonly entrySize: number;
}

/** A file whose header is known to be complete. */
class ElfFile {
  private readonly reader: ByteReader;
  private readonly layout: (typeof LAYOUTS)[32 | 64];

  constructor(
    private readonly bytes: Uint8Array,
    private readonly header: ElfHeader,
    private readonly problems: Problems,
  ) {
    this.reader = byteReader(bytes, header.littleEndian);
    this.layout = LAYOUTS[header.bits];
  }

  segments(): ElfSegment[] {
    const { phoff, phentsize, phnum } = this.layout.header;
    const place = { start: phoff, end: phoff + this.layout.word };
    const table = { offset: this.word(phoff), entry: this.half(phentsize), count: this.half(phnum) };
    return this.entries(table, this.layout.program.size, 'program-header', place)
      .map((offset) => this.segmentAt(offset))
      .filter((segment) => segment !== undefined);
  }

  private segmentAt(at: number): ElfSegment | undefined {
    const { size, flags, offset, vaddr, paddr, filesz, memsz } = this.layout.program;
    const place = { start: at, end: at + size };
    const memory = this.word(at + memsz);
    if (this.reader.unsigned(at, 4) !== PT_LOAD || memory === 0n) return undefined;
    const physical = this.range(this.word(at + paddr), memory, place);
    const virtual = this.range(this.word(at + vaddr), memory, place);
    if (!physical || !virtual) return undefined;
    const inFile = this.word(at + filesz);
    if (inFile > memory) {
      this.problems.add('malformed-part', place, part('segment'));
      return undefined;
    }
    if (this.word(at + offset) + inFile > this.reader.length)
      this.problems.add('truncated', place, part('segment'));
    const flagBits = this.reader.unsigned(at + flags, 4) ?? 0n;
    return {
      physical,
      virtual,
      executable: (flagBits & PF_X) !== 0n,
      writable: (flagBits & PF_W) !== 0n,
      place,
    };
  }

  sections(): Section[] {
    const { shoff, shentsize, shnum } = this.layout.header;
    const place = { start: shoff, end: shoff + this.layout.word };
    const table = { offset: this.word(shoff), entry: this.half(shentsize), count: this.half(shnum) };
    const { addr, offset, length, link, entsize } = this.layout.section;
    return this.entries(table, this.layout.section.size, 'section-header', place).map((at) => ({
      name: this.reader.unsigned(at, 4) ?? 0n,
      type: this.reader.unsigned(at + 4, 4) ?? 0n,
      address: this.word(at + addr),
      offset: Number(this.word(at + offset)),
      length: Number(this.word(at + length)),
      link: Number(this.reader.unsigned(at + link, 4)),
      entrySize: Number(this.word(at + entsize)),
    }));
  }

  /** The section's addresses, found by its name. */
  textSection(sections: readonly Section[]): AddressRange | undefined {
    const names = sections[this.half(this.layout.header.shstrndx)];
    if (!names) return undefined;
    this.checkComplete(names, 'string-table');
    const text = sections.find(({ name }) => this.isNamed(names, name, '.text'));
    if (!text || text.length === 0) return undefined;
    return this.range(text.address, BigInt(text.length), {
      start: text.offset,
      end: text.offset + text.length,
    });
  }

  /** The symbols of the first symbol table; a file has one at most. */
  symbols(sections: readonly Section[]): KernelSymbols {
    const found = new KernelSymbolTable(this.problems);
    const table = sections.find(({ type }) => type === SHT_SYMTAB);
    if (!table) return found.symbols();
    const strings = sections[table.link];
    const { size, value, shndx } = this.layout.symbol;
    const place = { start: table.offset, end: table.offset + table.length };
    if (!strings || table.entrySize !== size) {
      this.problems.add('malformed-part', place, part(strings ? 'symbol-table' : 'string-table'));
      return found.symbols();
    }
    const stringPlace = { start: strings.offset, end: strings.offset + strings.length };
    if (place.end > this.reader.length) this.problems.add('truncated', place, part('symbol-table'));
    if (stringPlace.end > this.reader.length)
      this.problems.add('truncated', stringPlace, part('string-table'));
    for (let at = place.start; at + size <= Math.min(place.end, this.reader.length); at += size) {
      const offset = this.reader.unsigned(at, 4) ?? 0n;
      const name = KERNEL_SYMBOLS.find((candidate) => this.isNamed(strings, offset, candidate));
      if (!name || this.reader.unsigned(at + shndx, 2) === SHN_UNDEF) continue;
      found.add(name, { address: this.word(at + value), place: { start: at, end: at + size } });
    }
    return found.symbols();
  }

  private checkComplete({ offset, length }: Section, name: PartName): void {
    const place = { start: offset, end: offset + length };
    if (place.end > this.reader.length) this.problems.add('truncated', place, part(name));
  }

  private isNamed(strings: Section, offset: bigint, name: string): boolean {
    if (strings.type === SHT_NOBITS || Number(offset) + name.length >= strings.length) return false;
    return hasAscii(this.bytes, strings.offset + Number(offset), `${name}\0`);
  }

  /** Offsets of a table's entries, as many as the file holds. */
  private entries(
    table: { readonly offset: bigint; readonly entry: number; readonly count: number },
    size: number,
    name: PartName,
    place: Place,
  ): number[] {
    if (table.count === 0 || table.offset === 0n) return [];
    if (table.count === PN_XNUM) {
      this.problems.add('unsupported', place, { what: 'extended-numbering' });
      return [];
    }
    if (table.entry < size) {
      this.problems.add('malformed-part', place, part(name));
      return [];
    }
    const offsets: number[] = [];
    for (let index = 0; index < table.count; index++) {
      const at = Number(table.offset) + index * table.entry;
      if (at + size > this.reader.length) {
        this.problems.add('truncated', place, part(name));
        break;
      }
      offsets.push(at);
    }
    return offsets;
  }

  /** `length` addresses from `start` on, where the class has that many. */
  private range(start: bigint, length: bigint, place: Place): AddressRange | undefined {
    const end = start + length;
    if (end <= 1n << BigInt(this.header.bits)) return { start, end };
    this.problems.add('address-too-large', place, { text: `0x${start.toString(16)}` });
    return undefined;
  }

  private word(offset: number): bigint {
    return this.reader.unsigned(offset, this.layout.word) ?? 0n;
  }

  private half(offset: number): number {
    return Number(this.reader.unsigned(offset, 2) ?? 0n);
  }
}

function part(name: PartName): { readonly part: PartName } {
  return { part: name };
}
