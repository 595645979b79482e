/** What get_firmware_memmap_ranges() leaves in the table that kexec hands to the next kernel. */
import type { Called, CallRequest, Evaluation, MemberAssignment } from '../../c/evaluation';
import type { Span } from '../../c/source';
import type { Value } from '../../c/value';
import { memoize } from '../../memoize';
import { type Message, message } from '../../messages';
import type { MemoryType, TableEntry } from '../layout';
import { reasonMessage, unknownMessage } from '../reasons';

export type RangeTable =
  | {
      readonly kind: 'known';
      /** As many as there are, or as the function can have filled where it says more. */
      readonly rows: readonly TableRow[];
      readonly count: bigint;
      readonly room: number;
    }
  /** `none`: the tree has no such function, or one that is handed no table. */
  | { readonly kind: 'unknown'; readonly why: Message; readonly none: boolean };

export interface TableRow {
  readonly start: bigint;
  /** The last address, inclusive as in the table; below `start` for a row that holds nothing. */
  readonly last: bigint;
  readonly type: MemoryType;
  readonly entry: TableEntry;
}

/** The one whose table kexec hands on. */
export const FUNCTION = 'get_firmware_memmap_ranges';
/** Where the tree itself does not say it: upstream's number for x86. */
const USUAL_ROOM = 2048;
const MOST_ROOM = 100_000n;

/**
 * kexec on a machine whose firmware reports nothing: what the table holds then is what the tree's own lines add, and
 * what a real machine reports beside is not the tree's to say.
 */
const LIBRARY: CallRequest['library'] = {
  opendir: 'object',
  fdopendir: 'object',
  readdir: 'null',
  readdir64: 'null',
  closedir: 'zero',
  scandir: 'zero',
  qsort: 'sort',
};

/** kexec's names for types, the words for them, and their numbers where the tree does not define the names. */
const TYPES: readonly (readonly [name: string, word: MemoryType, usual: bigint])[] = [
  ['RANGE_RAM', 'ram', 0n],
  ['RANGE_RESERVED', 'reserved', 1n],
  ['RANGE_ACPI', 'acpi', 2n],
  ['RANGE_ACPI_NVS', 'acpi-nvs', 3n],
  ['RANGE_UNCACHED', 'uncached', 4n],
  ['RANGE_PMEM', 'pmem', 6n],
];

/** As the call on such a machine leaves it; unknown as soon as a part of it is. */
export const rangeTable = memoize((evaluation: Evaluation): RangeTable => {
  const room = roomOf(evaluation);
  const called = evaluation.call({
    function: FUNCTION,
    // The array is longer than the function is told, so that what is written behind the table's end is seen.
    arguments: [{ length: room * 2 }, { length: 1, first: BigInt(room) }],
    library: LIBRARY,
    success: 0n,
  });
  if (called.failed) return unknown(reasonMessage(called.failed), called.failed.code === 'unknown-call');
  if (called.parameters < 2) return unknown(message('memmap.table.no-table', { function: FUNCTION }), true);
  const count = called.read(1, 0);
  if (count.kind !== 'known') return unknown(message('memmap.table.count', { reason: whyOf(count) }));
  if (!called.wrote(1)) return unknown(message('memmap.table.no-count', { function: FUNCTION }));
  const changes = count.unlessChangedAt ?? [];
  const rows = new Rows(called, wordsOf(evaluation), changes);
  const length = Number(count.value < 0n ? 0n : count.value);
  const all = Array.from({ length: Math.min(length, room * 2) }, (_, index) => rows.row(index));
  const missing = all.find((row): row is Message => 'id' in row);
  if (missing) return unknown(missing);
  return {
    kind: 'known',
    rows: all.filter((row): row is TableRow => 'entry' in row),
    count: count.value,
    room,
  };
});

function unknown(why: Message, none = false): RangeTable {
  return { kind: 'unknown', why, none };
}

function whyOf(value: Value): Message | string {
  return unknownMessage(value) ?? '';
}

function roomOf(evaluation: Evaluation): number {
  const value = evaluation.valueOf('MAX_MEMORY_RANGES')?.value;
  const isNumber = value?.kind === 'known' && value.value > 0n && value.value <= MOST_ROOM;
  return isNumber ? Number(value.value) : USUAL_ROOM;
}

/** Words for numbers of types. The tree's own numbers are asked for as they are needed: most tables hold RAM alone. */
function wordsOf(evaluation: Evaluation): (type: bigint) => MemoryType {
  const numbers = new Map<string, bigint>();
  const numberOf = (name: string, usual: bigint): bigint => {
    const own = numbers.has(name) ? undefined : evaluation.valueOf(name)?.value;
    const number = numbers.get(name) ?? (own?.kind === 'known' ? own.value : usual);
    numbers.set(name, number);
    return number;
  };
  return (type) => TYPES.find(([name, , usual]) => numberOf(name, usual) === type)?.[1] ?? Number(type);
}

const MEMBERS = ['start', 'end', 'type'] as const;
type Member = (typeof MEMBERS)[number];

class Rows {
  private readonly origins: Origins;

  constructor(
    private readonly called: Called,
    private readonly wordFor: (type: bigint) => MemoryType,
    /** Where the number of rows may be changed. */
    private readonly changes: readonly Span[],
  ) {
    this.origins = new Origins(called.assignments);
  }

  /** The row, or why it is not known. */
  row(index: number): TableRow | Message {
    const values = MEMBERS.map((member) => this.called.read(0, index, member));
    const [start, end, type] = values;
    if (start?.kind !== 'known' || end?.kind !== 'known' || type?.kind !== 'known') {
      const reason = values.flatMap((value) => unknownMessage(value) ?? []).at(0) ?? '';
      return message('memmap.table.row', { index, reason });
    }
    const address = ({ value }: { readonly value: bigint }) => BigInt.asUintN(64, value);
    return {
      start: address(start),
      last: address(end),
      type: this.wordFor(type.value),
      entry: {
        index,
        ...this.origins.of({ start: start.value, end: end.value, type: type.value }),
        unlessChangedAt: [
          ...new Set([...this.changes, ...[start, end, type].flatMap((one) => one.unlessChangedAt ?? [])]),
        ],
      },
    };
  }
}

/** Assignments by what they assigned: of equal ones the last. */
class Origins {
  private readonly last = new Map<string, MemberAssignment>();

  constructor(assignments: readonly MemberAssignment[]) {
    for (const one of assignments) {
      if (one.value.kind !== 'known') continue;
      const key = keyOf(one.member, one.value.value);
      for (const more of ['', ofStructure(one), atOrigin(one)]) this.last.set(key + more, one);
    }
  }

  /** What gave a row its start, and the assignments of its other members that go with that: of its structure, or its call. */
  of(values: Readonly<Record<Member, bigint>>): Pick<TableEntry, Member> {
    const start = this.last.get(keyOf('start', values.start));
    const best = (member: Member) => {
      const key = keyOf(member, values[member]);
      const going =
        start && (this.last.get(key + ofStructure(start)) ?? this.last.get(key + atOrigin(start)));
      return going ?? this.last.get(key);
    };
    return { start, end: best('end'), type: best('type') };
  }
}

function keyOf(member: string, value: bigint): string {
  return `${member} ${value}`;
}

function ofStructure({ structure }: MemberAssignment): string {
  return structure === undefined ? ' of none' : ` of ${structure}`;
}

function atOrigin({ origin: { file, start, end } }: MemberAssignment): string {
  return ` at ${file} ${start} ${end}`;
}
