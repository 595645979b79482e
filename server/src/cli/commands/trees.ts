/** The folder that commands read, and what is in it. */
import { type Locale, type Message, message, render } from '../../messages';
import { codeOf, fileError } from '../../project/file-error';
import { goneTrees } from '../../service/gone-trees';
import type { Snapshot } from '../../service/snapshot';
import { type Folder, isMessage, nothingIn, openFolder } from '../folder';
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
  const say = (text: Message) => host.err(render(text, locale));
  let before = folder.projects;
  const reportAgain = (projects: readonly Snapshot[]) => {
    const gone = goneTrees(before, projects);
    if (gone) say(gone);
    before = projects;
    const nothing = nothingIn(projects, operand);
    if (!nothing) return report({ ...folder, projects });
    say(nothing);
    return UNREADABLE;
  };
  const failed = (file: string, error: unknown) =>
    say(message('cli.cannot-watch', { file, why: fileError(codeOf(error)) }));
  return whileWatching(folder, { report: reportAgain, failed }, host);
}

interface ReportCall {
  readonly operand: string;
  readonly options: { readonly watch: boolean };
  readonly locale: Locale;
}

/** The source trees below the folder; undefined, and told why, where there is none to read. */
export async function readTrees(name: string, locale: Locale, host: Host): Promise<Folder | undefined> {
  const folder = await openFolder(name, host, locale);
  if (!isMessage(folder)) return folder;
  host.err(render(folder, locale));
  return undefined;
}

export function settingOf(root: string, locale: Locale, { version, colours }: Host): Setting {
  return { root, locale, version, colours };
}
