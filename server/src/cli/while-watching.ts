/** `--watch`: a report now, and a new one whenever what it rests on changes. */
import { once } from 'node:events';
import { basename } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { URI } from 'vscode-uri';
import { codeOf } from '../project/file-error';
import { SKIPPED_FOLDERS } from '../project/files';
import type { FileChange } from '../service/service';
import type { Snapshot, WorkspaceSnapshot } from '../service/snapshot';
import type { Folder } from './folder';
import { type Host, OK } from './host';

/** Changes that come closer to each other are one: saving all files, or another branch. */
const QUIET_MILLISECONDS = 100;

const CHANGES: Readonly<Record<string, FileChange>> = {
  add: 'created',
  addDir: 'created',
  change: 'changed',
  unlink: 'deleted',
  unlinkDir: 'deleted',
};

/** Erases a terminal, what has been scrolled away included, and goes to its top (ECMA-48, xterm). */
const CLEAR = '\x1b[2J\x1b[3J\x1b[H';

export interface Watcher {
  report(projects: readonly Snapshot[]): number;
  failed(path: string, error: unknown): void;
}

/**
 * Reports until the process is told to end.
 *
 * @param report writes, and returns an exit code
 * @param failed told of the first file that cannot be watched, for each thing that the system says
 * @returns the last exit code
 */
export async function whileWatching(
  { path, service }: Folder,
  { report, failed }: Watcher,
  host: Host,
): Promise<number> {
  const ending = host.interruption();
  const ended = once(ending, 'abort');
  const ignored = (file: string) => SKIPPED_FOLDERS.has(basename(file));
  const watcher = watch(path, { ignored, ignoreInitial: true });
  const told = new Set<string>();
  watcher.on('error', (error) => {
    // A limit that is reached is for every file that follows.
    if (told.size === told.add(codeOf(error)).size) return;
    failed(error instanceof Error && 'path' in error ? String(error.path) : path, error);
  });
  // It is ready also where it cannot watch all.
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  // What changed before it was watched.
  service.rediscover();
  let shown: WorkspaceSnapshot | undefined;
  let code = OK;
  const show = async () => {
    const snapshot = await service.snapshot();
    // The service knows what matters: where nothing did, the snapshot is the same.
    if (snapshot === shown || ending.aborted) return;
    shown = snapshot;
    if (host.isTerminal) host.write(Buffer.from(CLEAR));
    code = report(snapshot.projects);
  };
  const note = (event: string, file: string) => {
    const change = CHANGES[event];
    if (change) service.changed(URI.file(file).toString(), change);
  };
  onceQuiet(watcher, note, show);
  await show();
  await ended;
  await watcher.close();
  return code;
}

/** Notes each change at once, and acts when no other follows. */
function onceQuiet(
  watcher: FSWatcher,
  note: (event: string, file: string) => void,
  act: () => Promise<void>,
): void {
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', (event, file) => {
    note(event, file);
    clearTimeout(timer);
    timer = setTimeout(() => void act(), QUIET_MILLISECONDS);
  });
}
