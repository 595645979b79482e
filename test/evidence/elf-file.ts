/** Small ELF files written byte by byte, for classes and byte orders that the machine's compiler does not make. */
export interface ElfFileOptions {
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
}

/** Virtual and physical addresses of the text; the data follows on the next page. */
export const TEXT = { virtual: 0xc0008000n, physical: 0x20008000n, length: 0x1234n } as const;
export const DATA = { virtual: 0xc000a000n, physical: 0x2000a000n, length: 0x3000n } as const;

const SYMBOLS: readonly (readonly [string, bigint])[] = [
  ['_text', TEXT.virtual],
  ['_stext', TEXT.virtual + 0x40n],
  ['_etext', TEXT.virtual + TEXT.length],
  ['_end', DATA.virtual + DATA.length],
];

/** An executable with a text segment, a data segment, the symbols of a kernel and the sections that name them. */
export function elfFile({ bits, littleEndian }: ElfFileOptions): Uint8Array {
  const word = bits / 8;
  const sizes =
    bits === 64 ? { header: 64, program: 56, section: 64 } : { header: 52, program: 32, section: 40 };
  const strings = ['', ...SYMBOLS.map(([name]) => name)].join('\0').concat('\0');
  const sectionNames = '\0.text\0.symtab\0.strtab\0.shstrtab\0';
  const symbolTable = pack(littleEndian, symbolFields(bits, strings));
  const programs = sizes.header;
  const sections = programs + 2 * sizes.program;
  const text = sections + 5 * sizes.section;
  const symbols = text + Number(TEXT.length);
  const stringTable = symbols + symbolTable.length;
  const nameTable = stringTable + strings.length;
  const section = (
    name: string,
    type: number,
    flags: number,
    place: readonly [bigint, number, number],
    link = 0,
    entry = 0,
  ) =>
    [
      [sectionNames.indexOf(`\0${name}\0`) + 1, 4],
      [type, 4],
      [flags, word],
      [place[0], word],
      [place[1], word],
      [place[2], word],
      [link, 4],
      [type === 2 ? 1 : 0, 4],
      [1, word],
      [entry, word],
    ] as Field[];
  return concat(
    pack(littleEndian, [
      [0x7f, 1],
      ...[...'ELF'].map((letter): Field => [letter.charCodeAt(0), 1]),
      [bits / 32, 1],
      [littleEndian ? 1 : 2, 1],
      [1, 1],
      [0, 8],
      [0, 1],
      [2, 2],
      [bits === 64 ? 21 : 8, 2],
      [1, 4],
      [TEXT.virtual, word],
      [programs, word],
      [sections, word],
      [0, 4],
      [sizes.header, 2],
      [sizes.program, 2],
      [2, 2],
      [sizes.section, 2],
      [5, 2],
      [4, 2],
      ...programFields(bits, text),
    ]),
    pack(littleEndian, [
      ...Array<Field>(sizes.section).fill([0, 1]),
      ...section('.text', 1, 6, [TEXT.virtual, text, Number(TEXT.length)]),
      ...section('.symtab', 2, 0, [0n, symbols, symbolTable.length], 3, bits === 64 ? 24 : 16),
      ...section('.strtab', 3, 0, [0n, stringTable, strings.length]),
      ...section('.shstrtab', 3, 0, [0n, nameTable, sectionNames.length]),
    ]),
    new Uint8Array(Number(TEXT.length)),
    symbolTable,
    ascii(strings),
    ascii(sectionNames),
  );
}

/** A number and how many bytes it takes. */
type Field = readonly [number | bigint, number];

function programFields(bits: 32 | 64, text: number): Field[] {
  const program = (
    flags: number,
    offset: number,
    inFile: bigint,
    memory: typeof TEXT | typeof DATA,
  ): Field[] => {
    const word = bits / 8;
    const addresses: Field[] = [offset, memory.virtual, memory.physical, inFile, memory.length].map(
      (value) => [value, word],
    );
    const [first, last]: [Field[], Field[]] = bits === 64 ? [[[flags, 4]], []] : [[], [[flags, 4]]];
    return [[1, 4], ...first, ...addresses, ...last, [1, word]];
  };
  return [...program(5, text, TEXT.length, TEXT), ...program(6, text, 0n, DATA)];
}

function symbolFields(bits: 32 | 64, strings: string): Field[] {
  const symbol = (name: string, value: bigint, section: number): Field[] => {
    const offset: Field = [name === '' ? 0 : strings.indexOf(`\0${name}\0`) + 1, 4];
    const rest: Field[] = [
      [name === '' ? 0 : 0x10, 1],
      [0, 1],
      [section, 2],
    ];
    return bits === 64 ? [offset, ...rest, [value, 8], [0, 8]] : [offset, [value, 4], [0, 4], ...rest];
  };
  return [...symbol('', 0n, 0), ...SYMBOLS.flatMap(([name, value]) => symbol(name, value, 1))];
}

function pack(littleEndian: boolean, fields: readonly Field[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([value, width]) => {
      const bytes = Array.from({ length: width }, (_, index) =>
        Number((BigInt(value) >> BigInt(8 * index)) & 0xffn),
      );
      return littleEndian ? bytes : bytes.reverse();
    }),
  );
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
