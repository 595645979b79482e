/** From an edit of the decoded text back to the bytes of the file: every byte outside of the edit stays as it is. */
import { decodeText, type Encoding } from './text';

/** UTF-16 offsets of what {@link decodeText} gives, `end` exclusive. */
export interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Byte offsets of the file, `end` exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What is the same byte in all encodings of {@link Encoding}, where no escape sequence says otherwise. */
const ASCII = /^[\t\n\r\x20-\x7e]*$/;

/**
 * The file with the edits made, whose new texts are ASCII. Undefined where the bytes do not allow it: they are no text on
 * the edited lines, the place lies inside of a character or of an ISO-2022-JP run of Japanese, edits overlap, or the
 * result would read as another text than the edited one.
 */
export function editBytes(bytes: Uint8Array, edits: readonly OffsetEdit[]): Uint8Array | undefined {
  const decoded = decodeText(bytes);
  if (!decoded || !edits.every(({ newText }) => ASCII.test(newText))) return undefined;
  const { text, encoding } = decoded;
  const pieces: Uint8Array[] = [];
  let wanted = '';
  let offset = 0;
  let byte = 0;
  for (const { start, end, newText } of [...edits].sort((a, b) => a.start - b.start)) {
    const range = start < offset ? undefined : rangeIn(bytes, text, encoding, start, end);
    if (!range || range.start < byte) return undefined;
    pieces.push(bytes.subarray(byte, range.start), new TextEncoder().encode(newText));
    wanted += text.slice(offset, start) + newText;
    offset = end;
    byte = range.end;
  }
  const edited = concatenated([...pieces, bytes.subarray(byte)]);
  // The encoding is a guess from the bytes: with other bytes it must still be the same.
  return decodeText(edited)?.text === wanted + text.slice(offset) ? edited : undefined;
}

/**
 * The bytes of the characters from `start` to `end` of the decoded text, without the byte order mark and without escape
 * sequences at their ends: ASCII text can stand in their place. Undefined where no bytes are exactly these.
 */
export function byteRange(bytes: Uint8Array, start: number, end: number): ByteRange | undefined {
  const decoded = decodeText(bytes);
  return decoded && rangeIn(bytes, decoded.text, decoded.encoding, start, end);
}

function rangeIn(
  bytes: Uint8Array,
  text: string,
  encoding: Encoding,
  start: number,
  end: number,
): ByteRange | undefined {
  if (start < 0 || end < start || end > text.length) return undefined;
  // A line feed is the same byte everywhere and part of no other character, so only these lines need decoding.
  const before = text.slice(0, start).lastIndexOf('\n') + 1;
  const lineEnd = text.indexOf('\n', end);
  const lines = text.slice(before, lineEnd < 0 ? text.length : lineEnd);
  const first = Math.max(afterLineFeeds(bytes, lineFeedsIn(text, before)), markLength(bytes, encoding));
  const byteEnd = bytes.indexOf(0x0a, afterLineFeeds(bytes, lineFeedsIn(text, end)));
  const last = byteEnd < 0 ? bytes.length : byteEnd;
  const decoded = unitsDecoded(bytes, first, last, encoding, lines);
  if (!decoded) return undefined;
  const isBoundary = boundaries(bytes, first, decoded, encoding);
  const candidates = (offset: number) =>
    decoded.flatMap((units, index) =>
      units === offset - before && isBoundary(index) ? [first + index] : [],
    );
  // Escape sequences at either end stay: they say what the characters beyond are.
  const from = candidates(start).at(-1);
  const to = start === end ? from : candidates(end)[0];
  return from === undefined || to === undefined ? undefined : { start: from, end: to };
}

/**
 * How many UTF-16 units have been decoded before each byte from `first` to `last`, both included; undefined where the
 * bytes are not exactly `expected`.
 */
function unitsDecoded(
  bytes: Uint8Array,
  first: number,
  last: number,
  encoding: Encoding,
  expected: string,
): readonly number[] | undefined {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  try {
    // Only ISO-2022-JP remembers anything from earlier lines.
    if (encoding === 'iso-2022-jp') decoder.decode(bytes.subarray(0, first), { stream: true });
    let text = '';
    const units = [0];
    for (let at = first; at < last; at++) {
      text += decoder.decode(bytes.subarray(at, at + 1), { stream: true });
      units.push(text.length);
    }
    return text + decoder.decode() === expected ? units : undefined;
  } catch {
    return undefined;
  }
}

/** Whether ASCII text can stand before the byte at an index of `units`, which begin at the byte `first`. */
function boundaries(
  bytes: Uint8Array,
  first: number,
  units: readonly number[],
  encoding: Encoding,
): (index: number) => boolean {
  if (encoding === 'iso-2022-jp') {
    const isSingle = singleByteStates(bytes, first + units.length - 1);
    return (index) => isSingle[first + index] === 1;
  }
  return (index) => index === 0 || units[index] !== units[index - 1];
}

/**
 * For each byte up to `last` 1 where ISO-2022-JP (RFC 1468) is in ASCII or JIS X 0201 Roman before it, and in no escape
 * sequence. The end of a line goes back to ASCII from two-byte sets.
 */
function singleByteStates(bytes: Uint8Array, last: number): Uint8Array {
  const states = new Uint8Array(last + 1);
  let isSingle = true;
  for (let at = 0; at <= last; at++) {
    states[at] = isSingle ? 1 : 0;
    if (bytes[at] === 0x0a || bytes[at] === 0x0d) isSingle = true;
    if (bytes[at] !== 0x1b) continue;
    // `ESC ( B` is ASCII and `ESC ( J` Roman; every other set has other characters.
    isSingle = bytes[at + 1] === 0x28 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x4a);
    at += 2;
  }
  return states;
}

function markLength(bytes: Uint8Array, encoding: Encoding): number {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return encoding === 'utf-8' && hasMark ? 3 : 0;
}

function lineFeedsIn(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** The offset behind the `count`th line feed. */
function afterLineFeeds(bytes: Uint8Array, count: number): number {
  let at = 0;
  for (let left = count; left > 0; left--) at = bytes.indexOf(0x0a, at) + 1;
  return at;
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
