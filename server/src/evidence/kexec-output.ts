/** Reads what `kexec -d` prints: the ranges it hands to the next kernel. */
import type { AddressRange } from '../range';
import {
  type EvidenceProblem,
  type MemoryKind,
  Problems,
  type ReportedMap,
  type ReportedRange,
} from './evidence';
import { excerpt, type Line, linesOf, parseHex, placeIn, rangeOfHex } from './text';

export interface KexecOutputReading {
  /** The map kexec used: of the last `MEMORY RANGES`, else of the lines without a heading that older versions print. */
  readonly ranges: readonly ReportedRange[];
  /** Every map of the output, in its order. */
  readonly maps: readonly ReportedMap[];
  readonly problems: readonly EvidenceProblem[];
}

const TITLE = 'MEMORY RANGES';

/** RANGE_RAM and the like, by their numbers. */
const KINDS: Readonly<Record<string, MemoryKind | undefined>> = {
  __proto__: null as never,
  0: 'ram',
  1: 'reserved',
  2: 'acpi',
  3: 'acpi-nvs',
  4: 'uncached',
  6: 'persistent',
  11: 'persistent',
};

/** Both addresses are printed with 16 digits, so that one that was cut is not taken for another. */
const RANGE = /(?<![0-9a-f])([0-9a-f]{16})-([0-9a-f]{16}) (?:\((\d{1,2})\)|: ([0-9a-f]))[ \t]*$/i;
const LIKE_RANGE = /^[ \t]*(?:[0-9a-f]{9,}-|[0-9a-f]*-[0-9a-f]{9,} )/i;

interface Printed {
  readonly line: Line;
  readonly start: string;
  readonly end: string;
  /** Decimal. */
  readonly type: string;
  /** `: %x`, not `(%d)`. */
  readonly old: boolean;
  readonly offset: number;
}

/**
 * A map is a heading and the lines of ranges that follow at once, as other lists of the same form come under other
 * headings. Lines of the older form count without a heading too.
 */
export function readKexecOutput(text: string): KexecOutputReading {
  const problems = new Problems();
  const headed: Printed[][] = [];
  const bare: Printed[] = [];
  let current: Printed[] | undefined;
  for (const line of linesOf(text)) {
    const printed = printedRange(line);
    if (printed) {
      if (current || printed.old) (current ?? bare).push(printed);
    } else if (isHeading(line.text)) {
      current = [];
      headed.push(current);
    } else if (current && LIKE_RANGE.test(line.text)) {
      problems.add('malformed-line', placeIn(line), { text: excerpt(line.text) });
    } else if (line.text.trim() !== '') {
      current = undefined;
    }
  }
  const maps = headed.map((lines) => mapOf(TITLE, lines, problems));
  const older = mapOf('', bare, problems);
  const chosen = maps.findLast(({ ranges }) => ranges.length > 0) ?? older;
  if (headed.length === 0 && bare.length === 0) {
    problems.add('nothing-recognized', { start: 0, end: 0, line: 0 }, { format: 'kexec-output' });
  }
  return {
    ranges: chosen.ranges,
    maps: older.ranges.length > 0 ? [older, ...maps] : maps,
    problems: problems.list(),
  };
}

/** `CRASH MEMORY RANGES` heads the ranges of a dump, not those of the next kernel. */
function isHeading(text: string): boolean {
  const trimmed = text.trimEnd().replace(/:$/, '');
  if (!trimmed.endsWith(TITLE)) return false;
  const before = trimmed.slice(0, -TITLE.length).trimEnd();
  return before === '' || /[\]:>|]$/.test(before);
}

function printedRange(line: Line): Printed | undefined {
  const match = RANGE.exec(line.text);
  if (!match) return undefined;
  const [, start = '', end = '', decimal, hex = ''] = match;
  const type = decimal === undefined ? String(Number.parseInt(hex, 16)) : String(Number(decimal));
  return { line, start, end, type, old: decimal === undefined, offset: match.index };
}

function mapOf(title: string, lines: readonly Printed[], problems: Problems): ReportedMap {
  const ends = endsOf(lines);
  const first = lines[0];
  if (ends === undefined && first) {
    problems.add('ambiguous-ends', placeIn(first.line), { title });
    return { title, ranges: [] };
  }
  const ranges: ReportedRange[] = [];
  for (const { line, start, end, type, offset } of lines) {
    const place = placeIn(line, offset, start.length + 1 + end.length);
    const range: AddressRange | undefined = rangeOfHex(start, end, ends ?? 'inclusive', place, problems);
    if (range) ranges.push({ range, kind: KINDS[type] ?? 'other', name: type, place });
  }
  return { title, ranges };
}

/**
 * Ends are last addresses in the newer form. Versions that print the older form may have added one to them. Memory
 * comes in pieces of an even number of bytes, so odd ends are last addresses and even ones are not; undefined where a
 * map has both.
 */
function endsOf(lines: readonly Printed[]): 'inclusive' | 'exclusive' | undefined {
  const older = lines.filter(({ old }) => old);
  if (older.length === 0) return 'inclusive';
  const odd = older.filter(({ end }) => ((parseHex(end) ?? 0n) & 1n) === 1n).length;
  if (odd === older.length) return 'inclusive';
  return odd === 0 && older.length === lines.length ? 'exclusive' : undefined;
}

/** Where kexec says that it loads the kernel, `Loaded 64bit kernel at 0x34c00000`; undefined where it does not. */
export function kernelLoadedAt(text: string): bigint | undefined {
  const [, digits] = /^Loaded (?:32|64)bit kernel at (0x[0-9a-f]{1,16})[ \t\r]*$/m.exec(text) ?? [];
  return digits === undefined ? undefined : BigInt(digits);
}
