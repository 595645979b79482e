/** `map --format svg|markdown`: the picture of a folder's project, beside an earlier state where one is named. */
import { type Locale, type Message, message, render } from '../messages';
import { exportPicture } from '../service/features/picture';
import type { Snapshot } from '../service/snapshot';
import { isMessage, openFolder } from './folder';
import { type Host, OK, UNREADABLE } from './host';

interface Drawn {
  readonly folder: string;
  /** A folder that holds an earlier state, drawn beside the present one. */
  readonly before: string | undefined;
}

export async function draw(
  { folder, before }: Drawn,
  format: 'svg' | 'markdown',
  locale: Locale,
  host: Host,
): Promise<number> {
  const project = await projectIn(folder, host, locale);
  const earlier = before === undefined ? undefined : await projectIn(before, host, locale);
  const failed = [project, earlier].find((each) => each !== undefined && isMessage(each));
  if (failed && isMessage(failed)) {
    host.err(render(failed, locale));
    return UNREADABLE;
  }
  const beside = earlier && !isMessage(earlier) ? { title: before ?? '', snapshot: earlier } : undefined;
  if (!isMessage(project)) host.out(exportPicture(project, beside, format, locale) ?? '');
  return OK;
}

/** The one project with OS nodes: a picture shows one. */
async function projectIn(name: string, host: Host, locale: Locale): Promise<Snapshot | Message> {
  const folder = await openFolder(name, host, locale);
  if (isMessage(folder)) return folder;
  const [only, ...others] = folder.projects.filter(({ layout }) => layout.nodes.length > 0);
  if (!only || others.length > 0) return message('cli.not-one-project', { folder: name });
  return only;
}
