/** The folder that commands read, and what is in it. */
import { type Locale, render } from '../../messages';
import { type Folder, isMessage, openFolder } from '../folder';
import { type Host, UNREADABLE } from '../host';
import type { Setting } from '../reports/report';
import { whileWatching } from '../while-watching';
import { defaulted, flag } from '../words/options';
import { FOLDER } from '../words/values';

export const TREES = defaulted('cli.folder', FOLDER, '.');

export const WATCH = flag('cli.watch-option');

/** Reports once, or for as long as it is watched. @param report writes, and returns an exit code */
export async function reportOn(
  { operand, options, locale }: ReportCall,
  host: Host,
  report: (folder: Folder) => number,
): Promise<number> {
  const folder = await readTrees(operand, locale, host);
  if (!folder) return UNREADABLE;
  if (!options.watch) return report(folder);
  return whileWatching(folder, (projects) => report({ ...folder, projects }), host);
}

interface ReportCall {
  readonly operand: string;
  readonly options: { readonly watch: boolean };
  readonly locale: Locale;
}

/** The source trees below the folder; undefined, and told why, where there is none to read. */
export async function readTrees(name: string, locale: Locale, host: Host): Promise<Folder | undefined> {
  const folder = await openFolder(name, host);
  if (!isMessage(folder)) return folder;
  host.err(render(folder, locale));
  return undefined;
}

export function settingOf(root: string, locale: Locale, { version, colours }: Host): Setting {
  return { root, locale, version, colours };
}
