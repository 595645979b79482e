/** How the server asks the world for files. URIs are strings throughout; only `lsp/` and `cli/` know a file system. */

/** A C file beyond this many bytes is not source that somebody wrote; it counts as unreadable. */
export const FILE_SIZE_LIMIT = 8 * 1024 * 1024;

export interface ReadOptions {
  /** A file of more bytes counts as unreadable; where it is not given, {@link FILE_SIZE_LIMIT}. */
  readonly limit?: number;
  /**
   * The file itself has to lie in a workspace folder. Without it, also a file of a source tree counts to which a link in
   * those leads; a link that leads elsewhere is unreadable.
   */
  readonly inside?: boolean;
  /** Wherever it lies: what decides on the workspace's folders is looked for before there are any. */
  readonly anywhere?: boolean;
}

/** A file that is there, and that the system does not let us read. */
export interface Unreadable {
  /** Such as `EACCES`. */
  readonly error: string;
}

export function isUnreadable(answer: object | null | undefined): answer is Unreadable {
  return answer !== null && answer !== undefined && 'error' in answer;
}

/** Told of what a search leaves out. */
export interface SearchListener {
  /** It ended early, when it had looked at so many entries. */
  endedAfter(entries: number): void;
  /** @param folder a path @param error such as `EACCES` */
  unreadable(folder: string, error: string): void;
}

export interface FileAccess {
  /** The bytes of a file; undefined where there is none, or where it is not to be read. Rejects never. */
  read(uri: string, options?: ReadOptions): Promise<Uint8Array | Unreadable | undefined>;
  /** Every file below the workspace folders whose path matches one of the globs (such as `**\/kexec/firmware_memmap.c`), sorted. */
  find(globs: readonly string[]): Promise<readonly string[]>;
}

/** Names of folders that hold no source of anybody's. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git', '.svn', '.hg']);
