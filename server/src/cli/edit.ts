/** What the commands that edit have in common: an edit is found, shown, and made where that is asked for. */
import { realpath } from 'node:fs/promises';
import { URI } from 'vscode-uri';
import { groupBy } from '../group-by';
import type { RuleContext } from '../memmap/context';
import type { Fix, MemoryPromise, RegionPromise } from '../memmap/finding';
import { isFix } from '../memmap/fixes/move-end';
import { keepsMemory } from '../memmap/fixes/watch/watch';
import type { Layout, LayoutNode } from '../memmap/layout';
import { noNode } from '../memmap/wording';
import { type Locale, type Message, message, render } from '../messages';
import { editBytes } from '../project/edit-bytes';
import { relativePath } from '../project/uri';
import { sameRange } from '../range';
import type { Snapshot } from '../service/snapshot';
import { type CheckedFix, doneText, type Edited, editJson, osidOf } from './edit-report';
import { type Folder, isMessage, openFolder } from './folder';
import { type Host, OK, UNREADABLE } from './host';
import { type ChangedFile, patchBytes, patchText } from './patch';
import type { Paths } from './paths';
import { type Wording, wordingOf } from './wording';
import { CannotWrite, writeFiles } from './write-files';

export interface EditCall {
  readonly folder: string;
  readonly osid: number;
  /** The file is changed, and not only the change shown. */
  readonly write: boolean;
  readonly format: 'text' | 'json';
  /** The edit of the node's tree, or why there is none. */
  fix(context: RuleContext, node: LayoutNode): Fix | Message;
}

/** The bytes that an evaluation read, by URI. */
type Read = Map<string, Uint8Array>;

/** What a file on disk is to become; its name is that of the file itself, without symbolic links. */
interface FileChange extends ChangedFile {
  readonly uri: string;
  readonly path: string;
}

/** @returns the exit code: 0 where the edit is made, or could be; 2 where there is none or it could not be written */
export async function edit(call: EditCall, locale: Locale, host: Host): Promise<number> {
  const read: Read = new Map();
  const folder = await openFolder(call.folder, recording(host, read), locale);
  if (isMessage(folder)) return refused(folder, locale, host);
  const { uri, projects } = folder;
  const snapshot = projects.find(({ layout }) => nodesOf(layout, call.osid).length > 0) ?? projects[0];
  if (!snapshot) return UNREADABLE;
  const wording = wordingOf(snapshot, uri, locale);
  const { paths } = wording;
  const fix = fixFor(projects, snapshot, call);
  if (isMessage(fix)) return refused(fix, locale, host, paths);
  const changes = await changesOf(folder, fix, read, paths);
  if (isMessage(changes)) return refused(changes, locale, host, paths);
  const after = call.write ? await write(folder, changes, fix, paths) : undefined;
  if (after && isMessage(after)) return refused(after, locale, host, paths);
  const written = after && wordingOf(after, uri, locale);
  if (call.format === 'json') host.out(editJson({ ...wording, fix }, written));
  else show({ ...wording, fix }, changes, written, host);
  return OK;
}

/** What the edit is for, the edit, and where it has been made what is then so. */
function show(
  edited: Edited,
  changes: readonly FileChange[],
  written: Wording | undefined,
  host: Host,
): void {
  const { fix, paths, locale } = edited;
  // `patch` and `git apply` pass over what stands before the first file.
  host.out(render(fix.title, locale, paths.place));
  if (host.isTerminal) host.out(patchText(changes, host.colours));
  else host.write(patchBytes(changes));
  if (written) host.out(doneText(fix, written));
}

function refused(why: Message, locale: Locale, host: Host, paths?: Paths): number {
  host.err(render(why, locale, paths?.place));
  return UNREADABLE;
}

/** The host, whose files are noted as they are read: an edit is made to these bytes and to no others. */
function recording(host: Host, read: Read): Host {
  return {
    ...host,
    files: (folders, listener) => {
      const files = host.files(folders, listener);
      return {
        ...files,
        read: async (uri, options) => {
          const bytes = await files.read(uri, options);
          if (bytes instanceof Uint8Array) read.set(uri, bytes);
          return bytes;
        },
      };
    },
  };
}

function fixFor(projects: readonly Snapshot[], snapshot: Snapshot, call: EditCall): CheckedFix | Message {
  const { osid } = call;
  const all = projects.flatMap(({ layout }) => layout.nodes);
  const nodes = all.filter((node) => node.osid === osid);
  if (nodes.length > 1) {
    return message('cli.several-nodes', { osid, trees: nodes.map(({ tree }) => tree.name).join(', ') });
  }
  const [node] = nodes;
  if (!node) return noNode(osid, all);
  const fix = call.fix(snapshot.context, node);
  if (!isFix(fix)) return fix;
  if (!isChecked(fix)) throw new Error(`an edit of OS node ${osid} that promises nothing`);
  return fix;
}

function isChecked(fix: Fix): fix is CheckedFix {
  return fix.promise !== undefined || fix.memory !== undefined;
}

function nodesOf({ nodes }: Layout, osid: number): readonly LayoutNode[] {
  return nodes.filter((node) => node.osid === osid);
}

/** The files with the edits made, or why one of them cannot have them. */
async function changesOf(
  folder: Folder,
  fix: CheckedFix,
  read: Read,
  paths: Paths,
): Promise<readonly FileChange[] | Message> {
  const changes: FileChange[] = [];
  for (const [uri, edits] of groupBy(fix.edits, ({ place }) => place.file)) {
    const before = read.get(uri);
    const path = await realPath(uri);
    if (!before || path === undefined) return message('cli.changed-on-disk', { file: paths.of(uri) });
    const top = URI.file(await realpath(folder.path)).toString();
    const name = relativePath(top, URI.file(path).toString());
    if (name === undefined) {
      return message('cli.outside-folder', { file: paths.of(uri), target: path });
    }
    const twin = await otherNameOf(uri, path, read);
    if (twin !== undefined) return message('cli.same-file', { file: paths.of(uri), other: paths.of(twin) });
    const after = editBytes(
      before,
      edits.map(({ place: { start, end }, newText }) => ({ start, end, newText })),
    );
    if (!after) return message('cli.no-exact-bytes', { file: paths.of(uri) });
    changes.push({ uri, path, name, before, after });
  }
  return changes;
}

/** Another file that was read and is the same on disk: the check of the edit did not see that it changes too. */
async function otherNameOf(uri: string, path: string, read: Read): Promise<string | undefined> {
  for (const other of read.keys()) if (other !== uri && (await realPath(other)) === path) return other;
  return undefined;
}

function realPath(uri: string): Promise<string | undefined> {
  return realpath(URI.parse(uri).fsPath).catch(() => undefined);
}

/** Writes the files, evaluates them as they are on disk then, and says so where that is not what the fix promised. */
async function write(
  { service }: Folder,
  changes: readonly FileChange[],
  fix: CheckedFix,
  paths: Paths,
): Promise<Snapshot | Message> {
  try {
    const other = await writeFiles(changes);
    if (other) return message('cli.changed-on-disk', { file: paths.of(other.uri) });
  } catch (error) {
    if (!(error instanceof CannotWrite)) throw error;
    const failed = changes.find(({ path }) => path === error.path);
    return message('cli.cannot-write', { file: failed ? paths.of(failed.uri) : error.path, why: error.why });
  }
  service.rediscover();
  const { projects } = await service.snapshot();
  const kept = projects.find(({ layout }) => isKept(layout, fix));
  if (kept) return kept;
  const { promise } = fix;
  const osid = osidOf(fix);
  return promise
    ? message('cli.promise-broken', { osid, region: promise.region })
    : message('cli.watch.promise-broken', { osid });
}

function isKept({ nodes }: Layout, { promise, memory }: CheckedFix): boolean {
  const nodeOf = ({ osid, tree }: RegionPromise | MemoryPromise) =>
    nodes.find((each) => each.osid === osid && each.tree.root === tree);
  const region = promise && nodeOf(promise)?.regions.find(({ name }) => name === promise.region);
  if (promise) return region?.range !== undefined && sameRange(region.range, promise.range);
  const node = memory && nodeOf(memory);
  return node !== undefined && memory !== undefined && keepsMemory(node.memory, memory);
}
