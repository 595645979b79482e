/** How the server asks the world for files. URIs are strings throughout; only `lsp/` and `cli/` know a file system. */

export interface FileAccess {
  /**
   * The bytes of a file, or undefined where there is none or it cannot be read. Rejects never.
   *
   * @param limit a file of more bytes counts as unreadable; where it is not given, the host has one that sources keep to
   */
  read(uri: string, limit?: number): Promise<Uint8Array | undefined>;
  /** Every file below the workspace folders whose path matches one of the globs (such as `**\/kexec/firmware_memmap.c`), sorted. */
  find(globs: readonly string[]): Promise<readonly string[]>;
}
