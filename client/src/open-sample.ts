/** Opens a copy of the packed sample, so that a person can try things on it. */
import { commands, type ExtensionContext, Uri, window, workspace } from 'vscode';
import type { Layouts } from './layouts';
import { placeOf } from './nodes/places';
import { showPlace } from './show-place';
import { text } from './texts';

const SAMPLE = 'samples/three-nodes';
const LIST = 'dist/sample.json';
const COPY = 'kexec-mint-sample';

/**
 * Where the next window finds out that it was opened for the sample. It is a file, as a browser may load the page again
 * before the editor has stored what `globalState` was told.
 */
const OPENED = 'opened-sample.json';

interface Opened {
  /** The copy's URI. */
  readonly folder: string;
  readonly fromWalkthrough: boolean;
}

const WALKTHROUGH = 'gettingStarted';

/** @param caller `walkthrough`: it is shown again beside the sample */
export async function openSample(context: ExtensionContext, caller: unknown): Promise<void> {
  const parent = await askParent(context);
  if (!parent) return;
  const folder = await copyBelow(parent, await readSample(context));
  const opened: Opened = { folder: folder.toString(), fromWalkthrough: caller === 'walkthrough' };
  await workspace.fs.writeFile(noteOf(context), new TextEncoder().encode(JSON.stringify(opened)));
  const forceNewWindow = workspace.workspaceFolders !== undefined;
  await commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
}

/** In the window that {@link openSample} has opened: the OS nodes, the line that decides node 0's share, and the walkthrough beside it. */
export async function greetInSample(context: ExtensionContext, layouts: Layouts): Promise<void> {
  const opened = await readOpened(context);
  if (!opened || workspace.workspaceFolders?.[0]?.uri.toString() !== opened.folder) return;
  await workspace.fs.delete(noteOf(context));
  const [project] = await layouts.first();
  const [item] = project?.nodes ?? [];
  if (!project || !item) return;
  const { uri } = project;
  const place = placeOf({ kind: 'node', id: '', uri, osid: item.osid, item });
  if (!place) return;
  // A new window opens a page of its own at about this time, which would take the place of a tab that is not kept.
  const show = () => showPlace(place, { preview: false });
  // A window on a folder that is new to it begins with the explorer.
  await commands.executeCommand('kexecMint.nodes.focus');
  const { document } = await show();
  if (!opened.fromWalkthrough) return;
  const category = `${context.extension.id}#${WALKTHROUGH}`;
  await commands.executeCommand('workbench.action.openWalkthrough', { category }, true);
  if (!window.visibleTextEditors.some((editor) => editor.document === document)) await show();
}

const noteOf = (context: ExtensionContext) => Uri.joinPath(context.globalStorageUri, OPENED);

async function readOpened(context: ExtensionContext): Promise<Opened | undefined> {
  try {
    return JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(noteOf(context))));
  } catch {
    return undefined;
  }
}

/** The folder that is to hold the copy. */
async function askParent(context: ExtensionContext): Promise<Uri | undefined> {
  const storage = context.globalStorageUri;
  const items = [
    { label: text('views.sample.storage'), detail: storage.fsPath, isStorage: true },
    { label: text('views.sample.choose'), isStorage: false },
  ];
  const title = text('views.sample.title');
  const chosen = await window.showQuickPick(items, { title, placeHolder: text('views.sample.where') });
  if (!chosen) return undefined;
  if (chosen.isStorage) return storage;
  const options = {
    canSelectFiles: false,
    canSelectFolders: true,
    title,
    openLabel: text('views.sample.here'),
  };
  return (await window.showOpenDialog(options))?.[0];
}

/** The first copy of that name that is untouched, or a new one: what a person has changed stays theirs. */
async function copyBelow(parent: Uri, sample: Sample): Promise<Uri> {
  await workspace.fs.createDirectory(parent);
  const taken = new Set((await workspace.fs.readDirectory(parent)).map(([name]) => name));
  for (let count = 1; ; count++) {
    const name = count === 1 ? COPY : `${COPY}-${count}`;
    const folder = Uri.joinPath(parent, name);
    if (taken.has(name) && !(await holds(folder, sample))) continue;
    if (!taken.has(name)) await write(folder, sample);
    return folder;
  }
}

/** Paths and bytes of the sample's files. */
type Sample = ReadonlyMap<string, Uint8Array>;

/** A list of the files is packed too: where the extension is on the web, its folders cannot be listed. */
async function readSample({ extensionUri }: ExtensionContext): Promise<Sample> {
  const read = (path: string) => workspace.fs.readFile(Uri.joinPath(extensionUri, path));
  const paths: readonly string[] = JSON.parse(new TextDecoder().decode(await read(LIST)));
  const files = paths.map(async (path) => [path, await read(`${SAMPLE}/${path}`)] as const);
  return new Map(await Promise.all(files));
}

async function write(folder: Uri, sample: Sample): Promise<void> {
  for (const [path, bytes] of sample) await workspace.fs.writeFile(Uri.joinPath(folder, path), bytes);
}

/** Whether the folder has all files of the sample as they are packed. */
async function holds(folder: Uri, sample: Sample): Promise<boolean> {
  const same = [...sample].map(([path, bytes]) => hasBytes(Uri.joinPath(folder, path), bytes));
  return (await Promise.all(same)).every(Boolean);
}

async function hasBytes(file: Uri, bytes: Uint8Array): Promise<boolean> {
  try {
    const own = await workspace.fs.readFile(file);
    return own.length === bytes.length && own.every((byte, index) => byte === bytes[index]);
  } catch {
    return false;
  }
}
