/** How the command line names files: relative to the folder it was given. */
import type { Place } from '../messages';
import { pathOf, relativePath } from '../project/uri';
import { rangeOf } from '../service/positions';
import type { Snapshot } from '../service/snapshot';

export interface Paths {
  /** `kexec-mint-os0/kexec/mint.h`; the whole path of a file that is not below the folder. */
  of(file: string): string;
  /** `kexec-mint-os0/kexec/mint.h:12` */
  place(place: Place): string;
}

export function pathsBelow(folder: string, snapshot: Snapshot): Paths {
  const of = (file: string) => relativePath(folder, file) ?? pathOf(file);
  return { of, place: (place) => `${of(place.file)}:${rangeOf(snapshot, place).start.line + 1}` };
}
