/** What the readers of evidence make of the files that project files name; each file is read once until it changes. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readBzImage } from '../evidence/bzimage';
import { readElf } from '../evidence/elf';
import { readFirmwareMemmap } from '../evidence/firmware-memmap';
import { type IomemReading, readIomem } from '../evidence/iomem';
import { readKernelLog } from '../evidence/kernel-log';
import { readKexecOutput } from '../evidence/kexec-output';
import { readSystemMap } from '../evidence/system-map';
import type { EvidenceReadings, ReadEvidence } from '../memmap/observed/evidence';
import { type FileAccess, isUnreadable, type ReadOptions, type Unreadable } from '../project/files';
import type { EvidenceKey } from '../project/project-schema';
import { childOf } from '../project/uri';
import type { FrozenSources } from './sources';

/** A vmlinux with all its debug information may be larger: System.map says the same of it in less. */
const BINARY: ReadOptions = { limit: 512 * 1024 * 1024, inside: true };
/** How the texts are read: whatever a project file of somebody else's names, nothing outside of the workspace is. */
export const DUMP: ReadOptions = { inside: true };

/** Files of which only the reading is kept: they are large, or no text. */
const BINARY_READERS = {
  vmlinux: readElf,
  bzImage: readBzImage,
  systemMap: (bytes: Uint8Array) => readSystemMap(new TextDecoder().decode(bytes)),
} as const;
/** Dumps that a person may open, edit and be shown a place in. */
const TEXT_READERS: { readonly [Key in TextKey]: (text: string) => EvidenceReadings[Key] } = {
  iomem: readIomem,
  kexecOutput: readKexecOutput,
  kernelLog: readKernelLog,
};

type BinaryKey = keyof typeof BINARY_READERS;
type TextKey = 'iomem' | 'kexecOutput' | 'kernelLog';
type Readings = { readonly [Key in TextKey]?: EvidenceReadings[Key] };
type BinaryReading = EvidenceReadings[BinaryKey] | Unreadable;

/** Files asked for: all of them, and those that have to be loaded first: sources, dumps, and what is no text. */
export interface AskedFiles {
  readonly used: Set<string>;
  readonly missing: Set<string>;
  /** Texts of evidence. */
  readonly missingDumps: Set<string>;
  /** By URI, and what each is to be read as. */
  readonly missingBinaries: Map<string, Set<BinaryKey>>;
}

/** Whether there is a file that has to be loaded first. */
export function isMissing({ missing, missingDumps, missingBinaries }: AskedFiles): boolean {
  return missing.size + missingDumps.size + missingBinaries.size > 0;
}

export class EvidenceFiles {
  /** By URI, and what the file was read as. `null` for a file that is not there or too large. */
  private readonly binaries = new Map<string, Map<BinaryKey, BinaryReading | null>>();
  private readonly texts = new WeakMap<TextDocument, Readings>();
  private readonly loading = new Set<string>();
  /** Counts what was forgotten, so that a read that was under way then is not kept. */
  private forgotten = 0;

  constructor(private readonly files: FileAccess) {}

  /** Another number whenever a reading may be another one. */
  get age(): number {
    return this.forgotten;
  }

  /** One file after the other: each may be large, and only what it is read as is kept. */
  async load(wanted: ReadonlyMap<string, ReadonlySet<BinaryKey>>): Promise<void> {
    const { forgotten } = this;
    for (const [file, keys] of wanted) {
      this.loading.add(file);
      const content = await this.files.read(file, BINARY);
      this.loading.delete(file);
      if (forgotten !== this.forgotten) return;
      const readings = this.binaries.get(file) ?? new Map<BinaryKey, BinaryReading | null>();
      this.binaries.set(file, readings);
      for (const key of keys) readings.set(key, readAs(key, content));
    }
  }

  /** Whether the file has been read, or seen not to be there. */
  holds(file: string): boolean {
    return this.binaries.has(file) || this.loading.has(file);
  }

  /** Whether a file below the folder has been read. */
  holdsBelow(folder: string): boolean {
    return [...this.binaries.keys(), ...this.loading].some((file) => file.startsWith(`${folder}/`));
  }

  forget(file: string): void {
    if (this.binaries.delete(file) || this.loading.has(file)) this.forgotten++;
  }

  forgetAll(): void {
    this.binaries.clear();
    this.forgotten++;
  }

  retain(used: ReadonlySet<string>): void {
    for (const file of this.binaries.keys()) if (!used.has(file)) this.binaries.delete(file);
  }

  reader(sources: FrozenSources, asked: AskedFiles): ReadEvidence {
    const read = (key: EvidenceKey, file: string) => {
      if (key === 'firmwareMemmap') return this.folder(file, sources, asked);
      asked.used.add(file);
      return isText(key) ? this.text(key, file, sources, asked) : this.binary(key, file, asked);
    };
    // The compiler does not relate a key to its reader; the tables above do.
    return read as ReadEvidence;
  }

  /** What a dump of /proc/iomem shows, whether or not a project file names it. */
  readonly iomem = (document: TextDocument): IomemReading => this.read('iomem', document);

  private text(key: TextKey, file: string, sources: FrozenSources, asked: AskedFiles) {
    const document = sources.get(file);
    if (document === undefined) asked.missingDumps.add(file);
    const error = sources.errorOf(file);
    if (error !== undefined) return { error };
    return document ? this.read(key, document) : undefined;
  }

  private read<Key extends TextKey>(key: Key, document: TextDocument): EvidenceReadings[Key] {
    const known: Readings = this.texts.get(document) ?? {};
    const reading = known[key] ?? TEXT_READERS[key](document.getText());
    this.texts.set(document, { ...known, [key]: reading });
    return reading;
  }

  private binary(key: BinaryKey, file: string, asked: AskedFiles): BinaryReading | undefined {
    const known = this.binaries.get(file)?.get(key);
    if (known === undefined) {
      const keys = asked.missingBinaries.get(file) ?? new Set<BinaryKey>();
      asked.missingBinaries.set(file, keys.add(key));
    }
    return known ?? undefined;
  }

  /** A copy of /sys/firmware/memmap: folders 0, 1, … are asked for as long as the last few were there. */
  private folder(folder: string, sources: FrozenSources, asked: AskedFiles) {
    const texts = new Map<string, string>();
    for (let first = 0; first < MOST_ENTRIES; first += ENTRIES_AT_ONCE) {
      const paths = Array.from({ length: ENTRIES_AT_ONCE }, (_, index) =>
        ['start', 'end', 'type'].map((attribute) => `${first + index}/${attribute}`),
      ).flat();
      const found = paths.flatMap((path) => {
        const file = childOf(folder, path);
        asked.used.add(file);
        const document = sources.get(file);
        if (document === undefined) asked.missingDumps.add(file);
        return document ? [[path, document.getText()] as const] : [];
      });
      if (found.length === 0) break;
      for (const [path, text] of found) texts.set(path, text);
    }
    return texts.size === 0 ? undefined : readFirmwareMemmap(texts);
  }
}

function readAs(key: BinaryKey, content: Uint8Array | Unreadable | undefined): BinaryReading | null {
  if (!content) return null;
  return isUnreadable(content) ? content : BINARY_READERS[key](content);
}

const ENTRIES_AT_ONCE = 8;
const MOST_ENTRIES = 1024;

/** Whether it is a dump that a person reads too. */
export function isText(key: EvidenceKey): key is TextKey {
  return key in TEXT_READERS;
}
