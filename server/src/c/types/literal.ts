/** What integer and character constants are worth, and their types (C17 6.4.4.1, 6.4.4.4), as gcc for x86 has them. */
import type { Reason } from '../reason';
import type { DataModel } from '../value';
import { fits, type IntegerName, integerTypes, typeFromKeywords } from './integers';
import type { CType, FloatingType, IntegerType } from './types';

export interface IntegerConstant {
  readonly type: IntegerType;
  readonly value: bigint;
}

export interface FloatingConstant {
  /** Its type; its value is not followed. */
  readonly floating: FloatingType;
}

/** An integer constant's digits and suffix, before a type is chosen. */
export interface PlainInteger {
  readonly value: bigint;
  readonly decimal: boolean;
  readonly unsigned: boolean;
  /** 0, 1 (`l`) or 2 (`ll`). */
  readonly longs: number;
}

/** A reason has a code; a constant has none. */
export function isReason(result: object): result is Reason {
  return 'code' in result;
}

const INTEGER = /^(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|(0[0-7]*)|([1-9][0-9]*))([uUlL]*)$/;
const INTEGER_SUFFIX = /^(?:[uU](?:l|L|ll|LL)?|(?:l|L|ll|LL)[uU]?)?$/;
const FLOATING_SUFFIX = '([fFlLqQwWdD]|[fF](?:16|32|64|128)x?|[dD][fFdDlL]|)';
const FLOATING = new RegExp(
  `^(?:(?:[0-9]+[eE][+-]?[0-9]+|(?:[0-9]+\\.[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|` +
    `0[xX](?:[0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+)${FLOATING_SUFFIX}$`,
);

/** The digits and suffix of a preprocessing number that is an integer constant. */
export function readInteger(text: string): PlainInteger | Reason {
  const match = INTEGER.exec(text);
  const [, hex, binary, octal, decimal, suffix = ''] = match ?? [];
  if (!match || !INTEGER_SUFFIX.test(suffix)) return { code: 'malformed-number', args: { text } };
  const value = hex
    ? BigInt(`0x${hex}`)
    : binary
      ? BigInt(`0b${binary}`)
      : octal
        ? BigInt(`0o${octal}`)
        : BigInt(decimal ?? 0);
  if (value >= 1n << 64n) return { code: 'number-too-large', args: { text } };
  const longs = suffix.replace(/[uU]/, '').length;
  return { value, decimal: decimal !== undefined, unsigned: /[uU]/.test(suffix), longs };
}

/** Whether a preprocessing number is a floating constant (C17 6.4.4.2, gcc's suffixes too). */
export function isFloating(text: string): boolean {
  return FLOATING.test(text);
}

/** The type that a floating constant's suffix gives it (C17 6.4.4.2p4, gcc's suffixes too); undefined for `f16x`. */
function floatingType(suffix: string, model: DataModel): CType | undefined {
  const width = /\d+x?/.exec(suffix);
  return typeFromKeywords(
    width ? [`_Float${width}`] : (floatingSuffixes.get(suffix.toLowerCase()) ?? []),
    model,
  );
}

const floatingSuffixes: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['double']],
  ['d', ['double']],
  ['f', ['float']],
  ['l', ['long', 'double']],
  ['w', ['__float80']],
  ['q', ['_Float128']],
  ['df', ['_Decimal32']],
  ['dd', ['_Decimal64']],
  ['dl', ['_Decimal128']],
]);

/**
 * An integer constant with the first type of the list in C17 6.4.4.1p5 that holds it. A decimal constant too large
 * for `long long` is `__int128` under LP64 and wraps in `long long` under ILP32, as with gcc.
 */
export function readNumber(text: string, model: DataModel): IntegerConstant | FloatingConstant | Reason {
  const suffix = FLOATING.exec(text)?.[1];
  if (suffix !== undefined) {
    const type = floatingType(suffix, model);
    return type?.kind === 'floating' ? { floating: type } : { code: 'malformed-number', args: { text } };
  }
  const plain = readInteger(text);
  if (isReason(plain)) return plain;
  const { value, decimal, unsigned, longs } = plain;
  const types = integerTypes(model);
  const signedNames = ['int', 'long', 'long long'] as const;
  const candidates = signedNames.slice(longs).flatMap((name): IntegerType[] => {
    const unsignedType = types[`unsigned ${name}`];
    if (unsigned) return [unsignedType];
    return decimal ? [types[name]] : [types[name], unsignedType];
  });
  const type = candidates.find((each) => fits(value, each));
  if (type) return { type, value };
  return model === 'LP64'
    ? { type: types.__int128, value }
    : { type: types['long long'], value: BigInt.asIntN(64, value) };
}

const simpleEscapes: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['e', 27],
  ['E', 27],
]);

const CHARACTER =
  /\\x([0-9a-fA-F]+)|\\([0-7]{1,3})|\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\([^xuU\n\r])|([^\\'\n\r])/uy;

/**
 * A character constant. Without prefix it is an `int` of up to four bytes of UTF-8, the first one most significant and
 * a single one sign-extended; with `L`, `u` or `U` the last character counts (C17 6.4.4.4p10–11, gcc's choices).
 */
export function readCharacter(text: string, model: DataModel): IntegerConstant | Reason {
  const malformed: Reason = { code: 'malformed-character', args: { text } };
  const [, prefix = '', body = ''] = /^([LuU]?)'([\s\S]*)'$/.exec(text) ?? [];
  const width = prefix === 'u' ? 16 : prefix === 'L' || prefix === 'U' ? 32 : 8;
  const units = codeUnits(body, width);
  const last = units?.at(-1);
  if (!units || last === undefined) return malformed;
  const types = integerTypes(model);
  if (width === 8) return { type: types.int, value: narrow(units) };
  const type = types[wideType(prefix, model)];
  return { type, value: type.signed ? BigInt.asIntN(32, BigInt(last)) : BigInt(last) };
}

/** `wchar_t`, `char16_t` and `char32_t`. */
function wideType(prefix: string, model: DataModel): IntegerName {
  if (prefix === 'L') return model === 'LP64' ? 'int' : 'long';
  return prefix === 'u' ? 'unsigned short' : 'unsigned int';
}

function narrow(units: readonly number[]): bigint {
  if (units.length === 1) return BigInt.asIntN(8, BigInt(units[0] ?? 0));
  return BigInt.asIntN(
    32,
    units.reduce((value, unit) => (value << 8n) | BigInt(unit), 0n),
  );
}

/** The execution characters in units of `width` bits; undefined where the text is no sequence of characters and escapes. */
function codeUnits(body: string, width: 8 | 16 | 32): number[] | undefined {
  if (body.length === 1 && /[ !#-&(-[\]-~]/.test(body)) return [body.charCodeAt(0)];
  const units: number[] = [];
  CHARACTER.lastIndex = 0;
  while (CHARACTER.lastIndex < body.length) {
    const match = CHARACTER.exec(body);
    if (!match) return undefined;
    const [, hex, octal, four, eight, simple, plain] = match;
    if (hex !== undefined) units.push(Number(BigInt.asUintN(width, BigInt(`0x${hex}`))));
    else if (octal !== undefined) units.push(Number.parseInt(octal, 8) & (width === 8 ? 0xff : 0xffff));
    else if (simple !== undefined) units.push(simpleEscapes.get(simple) ?? simple.codePointAt(0) ?? 0);
    else {
      const named = four ?? eight;
      const point = named === undefined ? (plain?.codePointAt(0) ?? 0) : Number.parseInt(named, 16);
      if (named !== undefined && !isUniversal(point)) return undefined;
      units.push(...encode(point, width));
    }
  }
  return units;
}

/** A universal character name may name it (C17 6.4.3p2). */
function isUniversal(point: number): boolean {
  if (point < 0xa0) return point === 0x24 || point === 0x40 || point === 0x60;
  return point < 0xd800 || (point > 0xdfff && point <= 0x10ffff);
}

/** A code point in UTF-8 or UTF-32; in UTF-16 the last unit, which is all that counts. */
function encode(point: number, width: 8 | 16 | 32): number[] {
  if (width === 8) return [...new TextEncoder().encode(String.fromCodePoint(point))];
  return [width === 32 || point <= 0xffff ? point : 0xdc00 + (point & 0x3ff)];
}
