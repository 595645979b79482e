/** What machines report about their memory, as the readers of this folder return it. Readers are pure and never throw. */
import { type AddressRange, union } from '../range';

/** The formats there are readers for. */
export type EvidenceFormat =
  | 'iomem'
  | 'kexec-output'
  | 'kernel-log'
  | 'firmware-memmap'
  | 'system-map'
  | 'elf'
  | 'bzimage';

/** Where something stands: UTF-16 offsets of a text or byte offsets of a binary file, `end` exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
  /** Line of a text, from 0. */
  readonly line?: number;
  /** The file in a copied folder that the offsets belong to. */
  readonly path?: string;
}

/** What a range of memory is for. */
export type MemoryKind =
  | 'ram'
  | 'reserved'
  | 'acpi'
  | 'acpi-nvs'
  | 'uncached'
  | 'unusable'
  | 'persistent'
  | 'other';

/** A range as a report has it; ends that the report gives as the last address are made exclusive here. */
export interface ReportedRange {
  readonly range: AddressRange;
  readonly kind: MemoryKind;
  /** The report's own words or number for it: `System RAM`, `Kernel code`, `usable`, `0`. */
  readonly name: string;
  /** The two addresses in the report, `20000000-37ffffff`. */
  readonly place: Place;
}

/** A map of memory; one log or output may hold several. */
export interface ReportedMap {
  /** Where the map comes from, in the report's words: `MEMORY RANGES`, `BIOS-e820`, `user`; empty where it does not say. */
  readonly title: string;
  readonly ranges: readonly ReportedRange[];
}

/** What a reader could not take, and where. */
export interface EvidenceProblem {
  readonly code: EvidenceProblemCode;
  readonly place: Place;
  /** Arguments of the code's text; which ones, says `EvidenceProblemCode`. */
  readonly args: Readonly<Record<string, string>> & NamedArguments;
}

/** Arguments of which the catalogue has every value. */
export interface NamedArguments {
  readonly part?: PartName;
  readonly format?: EvidenceFormat;
  readonly what?: UnusedForm;
}

export type EvidenceProblemCode =
  | 'nothing-recognized' // {format}; the input holds nothing of it
  | 'unprivileged' // all addresses are zero: the file was read without the privilege to see them
  | 'zero-range' // {name}: one range among others has no addresses
  | 'malformed-line' // {text}
  | 'address-too-large' // {text}: more than 64 bits, or a range that ends above them
  | 'end-before-start' // {start, end}: as the report has them
  | 'outside-parent' // {name, parent}: nested below a range that does not contain it
  | 'ambiguous-ends' // {title}: whether the ends are the last addresses or those after them cannot be told
  | 'missing-attribute' // {attribute}: `start`, `end` or `type` of an entry of /sys/firmware/memmap
  | 'malformed-attribute' // {text}
  | 'conflicting-symbol' // {name}: two addresses
  | 'cut-address' // {text}: an address shorter than the others of its file
  | 'truncated' // {part}; the input ends before it does
  | 'malformed-part' // {part}
  | 'unsupported' // {what}
  | 'more-problems'; // {count}: further ones, not listed

/** Parts of binary files that problems name. */
export type PartName =
  | 'file-header'
  | 'program-header'
  | 'segment'
  | 'section-header'
  | 'symbol-table'
  | 'string-table'
  | 'setup-header'
  | 'kernel-alignment'
  | 'init-size'
  | 'pref-address';

/** Files that are well formed and no use here: an object file, say, has no addresses yet. */
export type UnusedForm = 'relocatable-object' | 'extended-numbering' | 'old-protocol' | 'zimage';

/** Problems beyond this number are counted only, so that hostile input does not fill memory. */
const PROBLEM_LIMIT = 100;

/** Collects problems up to a limit. */
export class Problems {
  private readonly found: EvidenceProblem[] = [];
  private more = 0;
  private last: Place = { start: 0, end: 0 };

  add(code: EvidenceProblemCode, place: Place, args: EvidenceProblem['args'] = {}): void {
    this.last = place;
    if (this.found.length < PROBLEM_LIMIT) this.found.push({ code, place, args });
    else this.more++;
  }

  list(): readonly EvidenceProblem[] {
    if (this.more === 0) return this.found;
    return [...this.found, { code: 'more-problems', place: this.last, args: { count: String(this.more) } }];
  }
}

/** The kinds that Linux' words in /proc/iomem and /sys/firmware/memmap stand for. */
export function kindOfWords(words: string): MemoryKind {
  return LINUX_WORDS[words.toLowerCase()] ?? 'other';
}

const LINUX_WORDS: Readonly<Record<string, MemoryKind | undefined>> = {
  __proto__: null as never,
  'system ram': 'ram',
  reserved: 'reserved',
  'soft reserved': 'reserved',
  'unknown e820 type': 'reserved',
  'acpi tables': 'acpi',
  'acpi non-volatile storage': 'acpi-nvs',
  'uncached ram': 'uncached',
  'unusable memory': 'unusable',
  'persistent memory': 'persistent',
  'persistent memory (legacy)': 'persistent',
};

/** The RAM among the ranges: in ascending order, adjacent and overlapping ranges made one. */
export function ramOf(ranges: readonly ReportedRange[]): readonly AddressRange[] {
  return union(ranges.filter(({ kind }) => kind === 'ram').map(({ range }) => range));
}
