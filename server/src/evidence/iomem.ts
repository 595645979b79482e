/** Reads /proc/iomem: a tree of resources, nested by indentation, whose ends are the last addresses. */
import { contains } from '../range';
import { type EvidenceProblem, kindOfWords, type Place, Problems, type ReportedRange } from './evidence';
import { excerpt, type Line, linesOf, placeIn, rangeOfHex } from './text';

export interface IomemEntry extends ReportedRange {
  /** 0 at the top. */
  readonly depth: number;
  /** Index of the entry it is nested in. */
  readonly parent: number | undefined;
}

export interface IomemReading {
  /** In the order of the text. Empty where the addresses are hidden. */
  readonly entries: readonly IomemEntry[];
  /** Places of the lines whose addresses are zero. */
  readonly hidden: readonly Place[];
  /** The file was read without CAP_SYS_ADMIN: the kernel then prints zero for every address. */
  readonly unprivileged: boolean;
  readonly problems: readonly EvidenceProblem[];
}

/** An address has eight digits at least, so that one cut off at its front is not taken for another. */
const ENTRY = /^([ \t]*)([0-9a-f]{8,})-([0-9a-f]{8,}) : (\S.*)$/i;
const LIKE_ENTRY =
  /^[ \t]*(?:[0-9a-f]{8,}-|[0-9a-z]+-[0-9a-z]+ : (?:System RAM|Kernel )|[0-9a-f]*-[0-9a-f]{8,} : )/i;
const ONLY_ZEROS = /^0+$/;
/** Colours, and what clears the rest of a line: a terminal's log has them, grep's for instance (ECMA-48 8.3). */
const ESCAPES = new RegExp(`${String.fromCharCode(0x1b)}\\[[\\d;]*[mK]`, 'g');

/** Text around the dump (a prompt, a command) is passed over; lines that are an entry but for a slip are reported. */
export function readIomem(text: string): IomemReading {
  const problems = new Problems();
  const nest = new Nest(problems);
  const hidden: Printed[] = [];
  for (const line of linesOf(text)) {
    const printed = printedEntry(line, problems);
    if (!printed) continue;
    if (ONLY_ZEROS.test(printed.start) && ONLY_ZEROS.test(printed.end)) hidden.push(printed);
    else nest.add(printed);
  }
  const { entries } = nest;
  const [first] = hidden;
  const unprivileged = entries.length === 0 && first !== undefined;
  if (unprivileged) problems.add('unprivileged', placeIn(first.line));
  else for (const { line, name } of hidden) problems.add('zero-range', placeIn(line), { name });
  if (entries.length === 0 && !unprivileged) {
    problems.add('nothing-recognized', { start: 0, end: 0, line: 0 }, { format: 'iomem' });
  }
  const places = hidden.map(({ line }) => placeIn(line));
  return { entries, hidden: places, unprivileged, problems: problems.list() };
}

interface Printed {
  readonly line: Line;
  /** Number of characters before the addresses. */
  readonly indent: number;
  /** Offset of the addresses in the line. */
  readonly offset: number;
  readonly start: string;
  readonly end: string;
  readonly name: string;
}

function printedEntry(line: Line, problems: Problems): Printed | undefined {
  const body = unquoted(line.text.replace(ESCAPES, ''));
  const match = ENTRY.exec(body);
  if (!match) {
    if (LIKE_ENTRY.test(body)) problems.add('malformed-line', placeIn(line), { text: excerpt(body) });
    return undefined;
  }
  const [, { length: indent } = '', start = '', end = '', words = ''] = match;
  const name = words.trimEnd();
  // kexec's debug output looks alike; it has a number in place of a name.
  if (/^[0-9a-f]$/.test(name)) return undefined;
  return { line, indent, offset: Math.max(0, line.text.indexOf(`${start}-${end}`)), start, end, name };
}

/** The line without the marks of a quoted message: `> > 00000000-00000fff : Reserved`. */
function unquoted(text: string): string {
  let start = 0;
  while (text[start] === '>') start += text[start + 1] === ' ' ? 2 : 1;
  return start === 0 ? text : text.slice(start);
}

/** Puts entries below those that have less indentation before them. */
class Nest {
  readonly entries: IomemEntry[] = [];
  private readonly open: { readonly indent: number; readonly index: number }[] = [];

  constructor(private readonly problems: Problems) {}

  add({ line, indent, offset, start, end, name }: Printed): void {
    const place = placeIn(line, offset, start.length + 1 + end.length);
    const range = rangeOfHex(start, end, 'inclusive', place, this.problems);
    if (!range) return;
    while ((this.open.at(-1)?.indent ?? -1) >= indent) this.open.pop();
    const index = this.open.at(-1)?.index;
    const outer = index === undefined ? undefined : this.entries[index];
    const inside = outer !== undefined && contains(outer.range, range);
    if (outer && !inside) this.problems.add('outside-parent', place, { name, parent: outer.name });
    this.open.push({ indent, index: this.entries.length });
    const depth = this.open.length - 1;
    const parent = inside ? index : undefined;
    this.entries.push({ range, kind: kindOfWords(name), name, place, depth, parent });
  }
}
