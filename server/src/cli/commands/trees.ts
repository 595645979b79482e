/** The folder that commands read, and what is in it. */
import { type Locale, render } from '../../messages';
import { type Folder, isMessage, openFolder } from '../folder';
import type { Host } from '../host';
import type { Setting } from '../reports/report';
import { type Wording, wordingOf } from '../wording';
import { defaulted } from '../words/options';
import { FOLDER } from '../words/values';

export const TREES = defaulted('cli.folder', FOLDER, '.');

/** The source trees below the folder; undefined, and told why, where there is none to read. */
export async function readTrees(name: string, locale: Locale, host: Host): Promise<Folder | undefined> {
  const folder = await openFolder(name, host);
  if (!isMessage(folder)) return folder;
  host.err(render(folder, locale));
  return undefined;
}

/** @param root URI of the folder that files are named from */
export function wordingsOf({ uri, projects }: Folder, locale: Locale, root = uri): readonly Wording[] {
  return projects.map((snapshot) => wordingOf(snapshot, root, locale));
}

export function settingOf(root: string, locale: Locale, { version, colours }: Host): Setting {
  return { root, locale, version, colours };
}
