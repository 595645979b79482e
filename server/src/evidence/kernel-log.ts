/** Reads the kernel's log of a boot: the memory map that firmware or kexec gave it, and the one a user defined over it. */
import {
  type EvidenceProblem,
  type MemoryKind,
  Problems,
  type ReportedMap,
  type ReportedRange,
} from './evidence';
import { excerpt, type Line, linesOf, placeIn, rangeOfHex } from './text';

export interface KernelLogReading {
  /** The map that the last boot in the log used: a user-defined one where there is one, else the firmware's. */
  readonly ranges: readonly ReportedRange[];
  /** Every map, in the log's order; titles are `BIOS-e820`, `BIOS-e801`, `BIOS-88` and `user`. */
  readonly maps: readonly ReportedMap[];
  readonly problems: readonly EvidenceProblem[];
}

/** Whatever a log daemon or dmesg puts before a message is passed over; so are the colours of a terminal. */
const MARK =
  /(?<=^|[^\w-]|\[[\d;]*m)(?:(BIOS-e820|BIOS-e801|BIOS-88): (?:\W\[[\d;]*m)*(?=\[mem |[0-9a-f])|(user): (?:\W\[[\d;]*m)*(?=\[mem |[0-9a-f]{16} ))/;
const HEADING = /(?:BIOS-provided|user-defined) physical RAM map:/;
/** Since Linux 3.7: the end is the last address. Later versions may tell the size before the type. */
const BRACKETED = /\[mem 0x([0-9a-f]+)-0x([0-9a-f]+)\](?: +[\d.]+ +[KMGTPE]?B)? +(\S.*)/dy;
/** Before: the end is the address after the last. */
const DASHED = /([0-9a-f]+) - ([0-9a-f]+) \(([^()]+(?:\([^()]*\))?)\)/dy;

export function readKernelLog(text: string): KernelLogReading {
  const problems = new Problems();
  const maps: { readonly title: string; readonly ranges: ReportedRange[] }[] = [];
  let recognized = false;
  let fresh = true;
  for (const line of linesOf(text)) {
    if (HEADING.test(line.text)) fresh = recognized = true;
    const mark = MARK.exec(line.text);
    if (!mark) continue;
    recognized = true;
    const title = mark[1] ?? mark[2] ?? '';
    const range = rangeAt(line, mark.index + mark[0].length, problems);
    if (!range) continue;
    if (fresh || maps.at(-1)?.title !== title) maps.push({ title, ranges: [] });
    fresh = false;
    maps.at(-1)?.ranges.push(range);
  }
  if (!recognized)
    problems.add('nothing-recognized', { start: 0, end: 0, line: 0 }, { format: 'kernel-log' });
  return { ranges: maps.at(-1)?.ranges ?? [], maps, problems: problems.list() };
}

/** The range that the message tells from `offset` on. */
function rangeAt(line: Line, offset: number, problems: Problems): ReportedRange | undefined {
  for (const [form, ends] of [
    [BRACKETED, 'inclusive'],
    [DASHED, 'exclusive'],
  ] as const) {
    form.lastIndex = offset;
    const match = form.exec(line.text);
    if (!match) continue;
    const [, start = '', end = '', words = ''] = match;
    const [, [first] = [offset], [, last] = [0, offset]] = match.indices ?? [];
    const from = first - (ends === 'inclusive' ? 2 : 0);
    const place = placeIn(line, from, last - from);
    const range = rangeOfHex(start, end, ends, place, problems);
    return range && { range, kind: kindOf(words.trimEnd()), name: words.trimEnd(), place };
  }
  problems.add('malformed-line', placeIn(line), { text: excerpt(line.text.slice(offset)) });
  return undefined;
}

/** The kernel's words for its types, from 2.6 to the wording of 2025. */
function kindOf(words: string): MemoryKind {
  if (/^(?:usable|(?:kernel usable|system) RAM)$/i.test(words)) return 'ram';
  if (/^(?:(?:device|soft) )?reserved$/i.test(words)) return 'reserved';
  if (/^ACPI data$/i.test(words)) return 'acpi';
  if (/^ACPI NVS/i.test(words)) return 'acpi-nvs';
  if (/^unusable/i.test(words)) return 'unusable';
  if (/^persistent/i.test(words)) return 'persistent';
  return 'other';
}
