/** The integer types of x86 gcc and what declaration specifiers of keywords alone mean (C17 6.2.5, 6.7.2). */
import type { DataModel } from '../value';
import type { CType, FloatingType, IntegerType } from './types';

export type IntegerName =
  | '_Bool'
  | 'char'
  | 'signed char'
  | 'unsigned char'
  | 'short'
  | 'unsigned short'
  | 'int'
  | 'unsigned int'
  | 'long'
  | 'unsigned long'
  | 'long long'
  | 'unsigned long long'
  | '__int128'
  | 'unsigned __int128';

export type IntegerTypes = Readonly<Record<IntegerName, IntegerType>>;

const modelTypes: Readonly<Record<DataModel, IntegerTypes>> = { LP64: table(8), ILP32: table(4) };

/** All integer types by canonical name. `char` is signed; gcc has `__int128` under LP64 only. */
export function integerTypes(model: DataModel): IntegerTypes {
  return modelTypes[model];
}

function table(longSize: number): IntegerTypes {
  const type = (name: IntegerName, size: number, signed: boolean, rank: number): IntegerType => ({
    kind: 'integer',
    name,
    size,
    signed,
    rank,
  });
  return {
    _Bool: type('_Bool', 1, false, 1),
    char: type('char', 1, true, 2),
    'signed char': type('signed char', 1, true, 2),
    'unsigned char': type('unsigned char', 1, false, 2),
    short: type('short', 2, true, 3),
    'unsigned short': type('unsigned short', 2, false, 3),
    int: type('int', 4, true, 4),
    'unsigned int': type('unsigned int', 4, false, 4),
    long: type('long', longSize, true, 5),
    'unsigned long': type('unsigned long', longSize, false, 5),
    'long long': type('long long', 8, true, 6),
    'unsigned long long': type('unsigned long long', 8, false, 6),
    __int128: type('__int128', 16, true, 7),
    'unsigned __int128': type('unsigned __int128', 16, false, 7),
  };
}

/** Value bits and, where signed, the sign bit; a bit-field's width for its type. */
export function precision(type: IntegerType): number {
  return type.bits ?? (type.name === '_Bool' ? 1 : type.size * 8);
}

export function minimum(type: IntegerType): bigint {
  return type.signed ? -(1n << BigInt(precision(type) - 1)) : 0n;
}

export function maximum(type: IntegerType): bigint {
  return (1n << BigInt(precision(type) - (type.signed ? 1 : 0))) - 1n;
}

export function fits(value: bigint, type: IntegerType): boolean {
  return value >= minimum(type) && value <= maximum(type);
}

/** The type of the other signedness and the same rank (C17 6.2.5p6); a bit-field's width is kept. */
export function unsignedOf(type: IntegerType, model: DataModel): IntegerType {
  const types = Object.values(integerTypes(model));
  const found = types.find((other) => !other.signed && other.rank === type.rank) ?? type;
  return type.bits === undefined ? found : { ...found, bits: type.bits };
}

/**
 * The integer type gcc makes an enumeration compatible with (C17 6.7.2.2p4 leaves it to the implementation). It may hold
 * less than all of the values: between 64 and 128 bits gcc has no type, warns, and takes a signed one of 64.
 */
export function enumerationType(values: readonly bigint[], model: DataModel): IntegerType {
  const types = integerTypes(model);
  const holds = (type: IntegerType): boolean => values.every((value) => fits(value, type));
  const [whole, ...others] = values.some((value) => value < 0n)
    ? ([types.__int128, types.int, types.long, types['long long']] as const)
    : ([
        types['unsigned __int128'],
        types['unsigned int'],
        types['unsigned long'],
        types['unsigned long long'],
      ] as const);
  const needsAllBits = holds(whole) && !holds({ ...whole, bits: precision(whole) - 1 });
  return (
    others.find(holds) ?? (needsAllBits ? whole : types.long.size === 8 ? types.long : types['long long'])
  );
}

const spellings: ReadonlyMap<string, string> = new Map([
  ['__signed', 'signed'],
  ['__signed__', 'signed'],
  ['__complex', '_Complex'],
  ['__complex__', '_Complex'],
  ['__int128__', '__int128'],
  ['__float128', '_Float128'],
  ['__float80', '_Float64x'],
]);

/**
 * The type that keywords name, in any order (C17 6.7.2p2 and gcc's extensions); none at all is C89's implicit int.
 * Undefined where no such type exists.
 */
export function typeFromKeywords(words: readonly string[], model: DataModel): CType | undefined {
  const sorted = words.map((word) => spellings.get(word) ?? word).sort();
  if (sorted.includes('_Complex')) return complexType(sorted, model);
  const key = sorted.join(' ');
  if (key === 'void') return { kind: 'void' };
  const name = integerSpellings.get(key);
  if (name) return name.endsWith('__int128') && model === 'ILP32' ? undefined : integerTypes(model)[name];
  return floatingTypes(model).get(key);
}

/** Canonical name by keywords sorted alphabetically; `int` may be left out beside any other word. */
const integerSpellings: ReadonlyMap<string, IntegerName> = new Map<string, IntegerName>([
  ['_Bool', '_Bool'],
  ['char', 'char'],
  ['char signed', 'signed char'],
  ['char unsigned', 'unsigned char'],
  ['', 'int'],
  ['int', 'int'],
  ['signed', 'int'],
  ['int signed', 'int'],
  ['unsigned', 'unsigned int'],
  ['int unsigned', 'unsigned int'],
  ...withOptionalInt('short', 'short'),
  ...withOptionalInt('long', 'long'),
  ...withOptionalInt('long long', 'long long'),
  ['__int128', '__int128'],
  ['__int128 signed', '__int128'],
  ['__int128 unsigned', 'unsigned __int128'],
]);

function withOptionalInt(
  words: 'short' | 'long' | 'long long',
  signed: 'short' | 'long' | 'long long',
): [string, IntegerName][] {
  const sorted = (...more: string[]): string => [...words.split(' '), ...more].sort().join(' ');
  return [
    [sorted(), signed],
    [sorted('int'), signed],
    [sorted('signed'), signed],
    [sorted('int', 'signed'), signed],
    [sorted('unsigned'), `unsigned ${signed}`],
    [sorted('int', 'unsigned'), `unsigned ${signed}`],
  ];
}

function floatingTypes(model: DataModel): ReadonlyMap<string, FloatingType> {
  const wide = model === 'LP64';
  const long = { size: wide ? 16 : 12, alignment: wide ? 16 : 4 };
  const types: [string, string, number, number][] = [
    ['float', 'float', 4, 4],
    ['double', 'double', 8, wide ? 8 : 4],
    ['double long', 'long double', long.size, long.alignment],
    ['_Float16', '_Float16', 2, 2],
    ['_Float32', '_Float32', 4, 4],
    ['_Float32x', '_Float32x', 8, wide ? 8 : 4],
    ['_Float64', '_Float64', 8, wide ? 8 : 4],
    ['_Float64x', '_Float64x', long.size, long.alignment],
    ['_Float128', '_Float128', 16, 16],
    ['_Decimal32', '_Decimal32', 4, 4],
    ['_Decimal64', '_Decimal64', 8, 8],
    ['_Decimal128', '_Decimal128', 16, 16],
  ];
  return new Map(
    types.map(([key, name, size, alignment]) => [key, { kind: 'floating', name, size, alignment }]),
  );
}

/** `_Complex` with a real type (C17 6.2.5p11), `double` where none is named; its two parts follow each other. */
function complexType(sorted: readonly string[], model: DataModel): FloatingType | undefined {
  const rest = sorted.filter((word) => word !== '_Complex');
  if (sorted.length - rest.length !== 1) return undefined;
  const part = typeFromKeywords(rest.length === 0 ? ['double'] : rest, model);
  if (part?.kind !== 'floating' && part?.kind !== 'integer') return undefined;
  if (part.name === '_Bool' || part.name.startsWith('_Decimal')) return undefined;
  const alignment = part.kind === 'floating' ? part.alignment : integerAlignment(part, model);
  return { kind: 'floating', name: `_Complex ${part.name}`, size: part.size * 2, alignment };
}

/** Alignment in bytes within structures: that of the size, but 4 for `long long` under the i386 ABI. */
export function integerAlignment(type: IntegerType, model: DataModel): number {
  return model === 'ILP32' ? Math.min(type.size, 4) : type.size;
}
