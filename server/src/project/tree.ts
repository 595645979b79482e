/** A Kexec-Mint source tree in the workspace. */
export interface SourceTree {
  /** URI of the folder that holds `kexec/`, without a trailing slash. */
  readonly root: string;
  /** The root's path relative to its workspace folder, or its last segment where it is that folder; `kexec-mint-os0`. */
  readonly name: string;
  /** URI of `kexec/firmware_memmap.c`. */
  readonly memmapFile: string;
  /** The other C files of the tree's `kexec/` folder. */
  readonly others: readonly string[];
}
