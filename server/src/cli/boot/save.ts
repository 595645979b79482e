/** Stores what booted nodes showed beside the sources, and enters it into kexec-mint.json as evidence. */
import { mkdir, realpath } from 'node:fs/promises';
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
import { CannotWrite, contentOf, type FileToWrite, writeFiles } from '../write-files';
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
  const before = await contentOf(path);
  const folder = join(dirname(path), FOLDER);
  await mkdir(folder, { recursive: true });
  await mustBeInside(place.top, folder);
  if (before) await mustBeInside(place.top, path);
  const dumps = nodes.flatMap(dumpsOf);
  await write(await Promise.all(dumps.map((dump) => toWrite(join(folder, dump.name), dump.content))));
  for (const { name } of dumps) {
    place.host.err(render(message('boot.saved', { file: `${FOLDER}/${name}` }), place.locale));
  }
  let text = before ? Buffer.from(before).toString('utf8') : newProject(snapshot, place.locale);
  for (const { osid, key, name } of dumps) {
    const file = readProjectFile(uri, text, [parentOf(uri)]);
    const edits = setNodeKey(file, text, osid, key, `${FOLDER}/${name}`);
    if (edits.length === 0) throw new Stop(message('boot.cannot-enter', { file: path }));
    text = applyEdits(text, edits);
  }
  await write([{ path: before ? await realpath(path) : path, before, after: Buffer.from(text) }]);
}

/** What the node showed, each under a name beside that of the machine's own dumps, which stay. */
function dumpsOf({ run, plan }: NodeReport) {
  const { osid } = plan.prediction;
  const contents = { iomem: run.iomem, kexecOutput: run.kexec, kernelLog: run.log };
  return DUMPS.flatMap(([key, extension]) => {
    const content = contents[key];
    return content === undefined ? [] : [{ osid, key, name: `boot-os${osid}.${extension}`, content }];
  });
}

async function toWrite(path: string, content: string): Promise<FileToWrite> {
  return { path, before: await contentOf(path), after: Buffer.from(content) };
}

async function write(files: readonly FileToWrite[]): Promise<void> {
  try {
    const other = await writeFiles(files);
    if (other) throw new Stop(message('cli.changed-on-disk', { file: other.path }));
  } catch (error) {
    if (!(error instanceof CannotWrite)) throw error;
    throw new Stop(message('cli.cannot-write', { file: error.path, why: error.why }));
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
