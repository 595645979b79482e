/** Writes files whole or not at all. */
import { randomBytes } from 'node:crypto';
import { access, constants, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Message } from '../messages';
import { codeOf, fileError } from '../project/file-error';

export interface FileToWrite {
  /** Of the file itself, not of a link to it. */
  readonly path: string;
  /** What it is to hold still; undefined: it is not to be there yet. */
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array;
}

/** The file system does not take a file; nothing has changed. */
export class CannotWrite extends Error {
  readonly why: Message;

  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super(path, { cause });
    this.why = fileError(codeOf(cause));
  }
}

/**
 * Writes all of the files, or none. Those that are there keep their modes and, where the process may, their owners.
 *
 * @returns the file that is not as it is to be before, with nothing done; undefined where all are written
 * @throws CannotWrite
 */
export async function writeFiles<File extends FileToWrite>(
  files: readonly File[],
): Promise<File | undefined> {
  const staged: { readonly file: File; readonly temporary: string }[] = [];
  const moved: File[] = [];
  try {
    // All need room before the first is moved to its place, which takes none.
    for (const file of files) {
      const temporary = join(dirname(file.path), `.kexec-mint-${randomBytes(8).toString('hex')}.tmp`);
      staged.push({ file, temporary });
      await trying(file, () => stage(file, temporary));
    }
    for (const file of files) if (!(await trying(file, () => isAsBefore(file)))) return file;
    for (const { file, temporary } of staged) {
      await trying(file, () => rename(temporary, file.path));
      moved.push(file);
    }
    return undefined;
  } catch (error) {
    for (const file of moved.reverse()) await putBack(file);
    throw error;
  } finally {
    // Gone already where they were moved.
    for (const { temporary } of staged) await rm(temporary, { force: true });
  }
}

async function trying<Result>({ path }: FileToWrite, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw new CannotWrite(path, error);
  }
}

/** Writes what the file is to hold beside it. */
async function stage({ path, before, after }: FileToWrite, temporary: string): Promise<void> {
  // Renaming asks for the folder's permission alone, and a file that is write-protected is so for a reason.
  if (before) await access(path, constants.W_OK);
  const kept = before && (await stat(path));
  const file = await open(temporary, 'wx', kept ? 0o600 : 0o666);
  try {
    await file.writeFile(after);
    // Only the superuser may give a file away; the mode comes after, because a new owner clears parts of it.
    if (kept) await file.chown(kept.uid, kept.gid).catch(() => {});
    if (kept) await file.chmod(kept.mode & 0o7777);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function isAsBefore({ path, before }: FileToWrite): Promise<boolean> {
  const now = await contentOf(path);
  return before && now ? Buffer.compare(now, before) === 0 : now === before;
}

/** Undefined where there is no such file. */
export async function contentOf(path: string): Promise<Uint8Array | undefined> {
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

async function putBack({ path, before, after }: FileToWrite): Promise<void> {
  if (before) await writeFiles([{ path, before: after, after: before }]);
  else await rm(path);
}
