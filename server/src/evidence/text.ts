/** Lines and hexadecimal numbers of the texts that machines print. */
import type { AddressRange } from '../range';
import type { Place, Problems } from './evidence';

export interface Line {
  /** Without the line's end, LF or CRLF. */
  readonly text: string;
  /** Offset of its first character. */
  readonly start: number;
  /** From 0. */
  readonly number: number;
}

/** The lines of a text. The part after the last LF is a line where it is not empty. */
export function* linesOf(text: string): Generator<Line> {
  let number = 0;
  for (let start = 0; start < text.length; number++) {
    const newline = text.indexOf('\n', start);
    let end = newline < 0 ? text.length : newline;
    const next = end + 1;
    // Serial consoles add more than one CR.
    while (end > start && text[end - 1] === '\r') end--;
    yield { text: text.slice(start, end), start, number };
    start = next;
  }
}

/** The place of `text` in its line, or of the line. */
export function placeIn(line: Line, offset = 0, length = line.text.length - offset): Place {
  return { start: line.start + offset, end: line.start + offset + length, line: line.number };
}

/** Long texts are cut for display. */
export function excerpt(text: string): string {
  const trimmed = text.slice(0, 200).trim();
  return trimmed.length > 80 ? `${trimmed.slice(0, 79)}…` : trimmed;
}

/** The number that hexadecimal digits stand for, or undefined where 64 bits do not hold it. */
export function parseHex(digits: string): bigint | undefined {
  const significant = digits.replace(/^0+(?=.)/, '');
  return significant.length > 16 ? undefined : BigInt(`0x${significant}`);
}

/** The range of two addresses in hexadecimal digits, or undefined after adding the problem. */
export function rangeOfHex(
  start: string,
  end: string,
  ends: 'inclusive' | 'exclusive',
  place: Place,
  problems: Problems,
): AddressRange | undefined {
  const first = parseHex(start);
  const last = parseHex(end);
  if (first === undefined || last === undefined) {
    problems.add('address-too-large', place, { text: excerpt(first === undefined ? start : end) });
    return undefined;
  }
  const range = { start: first, end: ends === 'inclusive' ? last + 1n : last };
  if (range.start < range.end) return range;
  problems.add('end-before-start', place, { start, end });
  return undefined;
}
