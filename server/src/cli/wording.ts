/** What reports need to word a project. */
import type { Finding } from '../memmap/finding';
import type { Locale } from '../messages';
import type { Snapshot } from '../service/snapshot';
import type { Folder } from './folder';
import { type Paths, pathsBelow } from './paths';

export interface Wording {
  readonly snapshot: Snapshot;
  /** Those that are told: all, or what was asked for. */
  readonly findings: readonly Finding[];
  readonly paths: Paths;
  readonly locale: Locale;
}

/** All that is found in a project. @param root URI of the folder that files are named from */
export function wordingOf(snapshot: Snapshot, root: string, locale: Locale): Wording {
  return { snapshot, findings: snapshot.findings, paths: pathsBelow(root, snapshot), locale };
}

/** The same of each project of a folder. @param root URI of the folder that files are named from */
export function wordingsOf({ uri, projects }: Folder, locale: Locale, root = uri): readonly Wording[] {
  return projects.map((snapshot) => wordingOf(snapshot, root, locale));
}
