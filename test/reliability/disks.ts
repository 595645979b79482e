/** Disks of their own, for what a disk does to those who use it. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = 4096;

export interface Disk {
  readonly folder: string;
  /** Leaves room for one page. @returns the program through which processes find the disk so */
  fill(): readonly string[];
  /** Is no longer there, whoever uses it. */
  vanish(): void;
}

/** Mounted at the folder; where this process may mount nothing, what stands in for it has the same said to processes. */
export function diskAt(folder: string): Disk {
  mkdirSync(folder);
  const mount = ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder];
  const isMounted = spawnSync('mount', mount).status === 0;
  return isMounted
    ? {
        folder,
        fill: () => {
          fill(join(folder, 'filling'));
          return [];
        },
        vanish: () => {
          spawnSync('umount', ['--lazy', folder]);
        },
      }
    : {
        folder,
        // A process may be forbidden to write more than so many KiB to a file, even the superuser's.
        fill: () => ['bash', '-c', `ulimit -f ${PAGE / 1024} && exec "$0" "$@"`],
        vanish: () => {
          rmSync(folder, { recursive: true });
          mkdirSync(folder);
        },
      };
}

function fill(path: string): void {
  const file = openSync(path, 'w');
  const page = Buffer.alloc(PAGE);
  let size = 0;
  try {
    for (;;) size += writeSync(file, page);
  } catch {
    // Full.
  } finally {
    closeSync(file);
  }
  truncateSync(path, size - PAGE);
}
