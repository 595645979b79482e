/** Numbers as people write them in settings and input boxes: C notation. */

/** An unsigned integer constant (C17 6.4.4.1, and GNU's `0b`), as a regular expression's source without anchors. */
export const NUMBER_PATTERN =
  '(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|(0[0-7]*)|([1-9][0-9]*))(?:[uU](?:[lL]|ll|LL)?|(?:[lL]|ll|LL)[uU]?)?';
const NUMBER = new RegExp(`^${NUMBER_PATTERN}$`);

/** The value of an unsigned integer constant (C17 6.4.4.1, and GNU's `0b`); undefined where `text` is none. */
export function parseNumber(text: string): bigint | undefined {
  const match = NUMBER.exec(text.trim());
  if (!match) return undefined;
  const [, hexadecimal, binary, octal, decimal] = match;
  if (hexadecimal !== undefined) return BigInt(`0x${hexadecimal}`);
  if (binary !== undefined) return BigInt(`0b${binary}`);
  if (octal !== undefined) return BigInt(`0o${octal}`);
  return BigInt(decimal ?? '');
}

/** A physical address: a number of at most 64 bits. */
export function parseAddress(text: string): bigint | undefined {
  const value = parseNumber(text);
  return value === undefined || value >= 1n << 64n ? undefined : value;
}
