/** The texts of the workspace: what the editor has open stands over what the disk holds. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { createDocument, type PositionEncoding } from '../project/document';
import { type FileAccess, isUnreadable, type ReadOptions, type Unreadable } from '../project/files';
import { decodeText } from '../project/text';

/** A text beyond this many UTF-16 units is not source that somebody wrote; it counts as unreadable. */
const TEXT_LIMIT = 8 * 1024 * 1024;

/** A document, `null` where there is no such file or it is no text, `undefined` where it is not loaded yet. */
export type Source = TextDocument | null | undefined;

/** A document, `null` where there is no such file or it is no text, or why it could not be read. */
type OnDisk = TextDocument | Unreadable | null;

/** The texts at one moment; later changes do not reach it. */
export interface FrozenSources {
  get(file: string): Source;
  /** Why a file that is there could not be read, such as `EACCES`. */
  errorOf(file: string): string | undefined;
  /** The editor's version of an open document; undefined for a file that is on disk only. */
  version(file: string): number | undefined;
}

/** Whether each of the files has the same document at both moments, or is lacking for the same reason. */
export function readsTheSame(files: Iterable<string>, a: FrozenSources, b: FrozenSources): boolean {
  for (const file of files) {
    if (a.get(file) !== b.get(file) || a.errorOf(file) !== b.errorOf(file)) return false;
  }
  return true;
}

export class Sources {
  private readonly opened = new Map<string, TextDocument | null>();
  private readonly versions = new Map<string, number>();
  private readonly disk = new Map<string, OnDisk>();
  /** Reads under way. One that is no longer here when it ends read what has changed since. */
  private readonly reads = new Map<string, ReturnType<FileAccess['read']>>();
  /** What `freeze` gives until something changes. */
  private frozen: FrozenSources | undefined;
  /** Of `disk`. */
  private diskCopy: ReadonlyMap<string, OnDisk> | undefined;

  constructor(
    private readonly files: FileAccess,
    private readonly encoding: PositionEncoding,
  ) {}

  /**
   * The editor's text of a document, from its opening and after each change.
   *
   * @param language as the editor identifies it
   */
  open(file: string, version: number, text: string, language: string): void {
    this.frozen = undefined;
    this.versions.set(file, version);
    const isText = text.length <= TEXT_LIMIT;
    this.opened.set(file, isText ? createDocument(file, language, version, text, this.encoding) : null);
  }

  close(file: string): void {
    this.opened.delete(file);
    this.versions.delete(file);
    this.forget(file);
  }

  /** Reads the file again when it is next wanted. */
  forget(file: string): void {
    this.diskChanges();
    this.disk.delete(file);
    this.reads.delete(file);
  }

  /** Whether the file has been loaded, or seen not to be there. */
  holds(file: string): boolean {
    return this.disk.has(file) || this.opened.has(file) || this.reads.has(file);
  }

  /** Whether a file below the folder has been loaded. */
  holdsBelow(folder: string): boolean {
    return [...this.disk.keys(), ...this.opened.keys()].some((file) => file.startsWith(`${folder}/`));
  }

  forgetAll(): void {
    this.diskChanges();
    this.disk.clear();
    this.reads.clear();
  }

  /** Drops what is loaded and not among `used`, so that memory follows the trees that are there. */
  retain(used: ReadonlySet<string>): void {
    for (const file of this.disk.keys()) {
      if (used.has(file)) continue;
      this.disk.delete(file);
      this.diskChanges();
    }
  }

  freeze(): FrozenSources {
    this.frozen ??= this.copy();
    return this.frozen;
  }

  private copy(): FrozenSources {
    const versions = new Map(this.versions);
    const opened = new Map(this.opened);
    const disk = this.frozenDisk();
    const texts = (file: string) => (opened.has(file) ? opened.get(file) : disk.get(file));
    return { ...frozen(texts), version: (file) => versions.get(file) };
  }

  /** The texts on disk, also of documents that are open. */
  freezeSaved(): FrozenSources {
    const disk = this.frozenDisk();
    return { ...frozen((file) => disk.get(file)), version: () => undefined };
  }

  /** Typing changes nothing on disk, where there may be thousands of files. */
  private frozenDisk(): ReadonlyMap<string, OnDisk> {
    this.diskCopy ??= new Map(this.disk);
    return this.diskCopy;
  }

  /** Loads files that are neither open nor loaded. */
  async load(files: Iterable<string>, options?: ReadOptions): Promise<void> {
    await this.loadSaved(
      [...files].filter((file) => !this.opened.has(file)),
      options,
    );
  }

  /** Loads files that are not loaded, also where they are open. */
  async loadSaved(files: Iterable<string>, options?: ReadOptions): Promise<void> {
    await Promise.all([...files].map((file) => this.loadOne(file, options)));
  }

  private diskChanges(): void {
    this.frozen = undefined;
    this.diskCopy = undefined;
  }

  private async loadOne(file: string, options?: ReadOptions): Promise<void> {
    if (this.disk.has(file)) return;
    const reading = this.reads.get(file) ?? this.files.read(file, options);
    this.reads.set(file, reading);
    const bytes = await reading;
    if (this.reads.get(file) !== reading) return;
    this.reads.delete(file);
    this.diskChanges();
    this.disk.set(file, isUnreadable(bytes) ? bytes : this.documentOf(file, bytes));
  }

  private documentOf(file: string, bytes: Uint8Array | undefined): TextDocument | null {
    const text = bytes && textFrom(bytes);
    return text === undefined ? null : createDocument(file, 'c', 0, text, this.encoding);
  }
}

function frozen(texts: (file: string) => OnDisk | undefined): Pick<FrozenSources, 'get' | 'errorOf'> {
  return {
    get: (file) => {
      const source = texts(file);
      return isUnreadable(source) ? null : source;
    },
    errorOf: (file) => {
      const source = texts(file);
      return isUnreadable(source) ? source.error : undefined;
    },
  };
}

/** The text of a file; undefined where it is none, or beyond all measure. */
export function textFrom(bytes: Uint8Array): string | undefined {
  const text = decodeText(bytes)?.text;
  return text !== undefined && text.length <= TEXT_LIMIT ? text : undefined;
}
