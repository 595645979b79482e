/** Stores what booted nodes showed beside the sources, and enters it into kexec-mint.json as evidence. */
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { URI } from 'vscode-uri';
import { groupBy } from '../../group-by';
import { applyEdits } from '../../memmap/what-if';
import { type Locale, message, render } from '../../messages';
import { setNodeKey } from '../../project/project-edit';
import { readProjectFile } from '../../project/project-file';
import { parentOf } from '../../project/uri';
import { createProjectFile } from '../../service/features/create-project-file';
import type { Snapshot } from '../../service/snapshot';
import type { Host } from '../host';
import { replaceFile } from '../replace-file';
import type { BootReport, NodeReport } from './report';
import { Stop } from './stop';

const FOLDER = 'dumps';

/** The kinds of evidence that a boot leaves, by the name's end. */
const DUMPS = [
  ['iomem', 'iomem'],
  ['kexecOutput', 'kexec'],
  ['kernelLog', 'dmesg'],
] as const;

export async function save({ nodes, folder }: BootReport, host: Host, locale: Locale): Promise<void> {
  for (const [snapshot, own] of groupBy(nodes, ({ plan }) => plan.snapshot)) {
    await saveProject(snapshot, own, { host, locale, top: folder.path });
  }
}

interface Place {
  readonly host: Host;
  readonly locale: Locale;
  /** The folder that the command is about: nothing is written outside of it. */
  readonly top: string;
}

async function saveProject(snapshot: Snapshot, nodes: readonly NodeReport[], place: Place): Promise<void> {
  const { uri } = snapshot.context.project;
  const path = URI.parse(uri).fsPath;
  const before = await readFile(path).catch(() => undefined);
  let text = before?.toString('utf8') ?? newProject(snapshot, place.locale);
  const folder = join(dirname(path), FOLDER);
  await mkdir(folder, { recursive: true });
  await mustBeInside(place.top, folder);
  if (before) await mustBeInside(place.top, path);
  for (const { run, plan } of nodes) {
    const contents = { iomem: run.iomem, kexecOutput: run.kexec, kernelLog: run.log };
    for (const [key, extension] of DUMPS) {
      const content = contents[key];
      if (content === undefined) continue;
      // Beside a machine's own dumps, which stay.
      const name = `boot-os${plan.prediction.osid}.${extension}`;
      await writeFile(join(folder, name), content);
      place.host.err(render(message('boot.saved', { file: `${FOLDER}/${name}` }), place.locale));
      const file = readProjectFile(uri, text, [parentOf(uri)]);
      const edits = setNodeKey(file, text, plan.prediction.osid, key, `${FOLDER}/${name}`);
      if (edits.length === 0) throw new Stop(message('boot.cannot-enter', { file: path }));
      text = applyEdits(text, edits);
    }
  }
  const after = Buffer.from(text);
  if (!before) await writeFile(path, after, { flag: 'wx' });
  else if (!(await replaceFile(await realpath(path), before, after))) {
    throw new Stop(message('cli.changed-on-disk', { file: path }));
  }
}

function newProject(snapshot: Snapshot, locale: Locale): string {
  const made = createProjectFile(snapshot, locale);
  return made.kind === 'new' ? made.text : '';
}

async function mustBeInside(top: string, path: string): Promise<void> {
  const target = await realpath(path);
  const inner = relative(await realpath(top), target);
  if (inner.startsWith('..') || isAbsolute(inner)) {
    throw new Stop(message('cli.outside-folder', { file: path, target }));
  }
}
