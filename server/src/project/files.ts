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

export interface FileAccess {
  /** The bytes of a file, or undefined where there is none or it may not or cannot be read. Rejects never. */
  read(uri: string, options?: ReadOptions): Promise<Uint8Array | undefined>;
  /** Every file below the workspace folders whose path matches one of the globs (such as `**\/kexec/firmware_memmap.c`), sorted. */
  find(globs: readonly string[]): Promise<readonly string[]>;
}

/** Names of folders that hold no source of anybody's. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git', '.svn', '.hg']);
