/** Writes a file whole or not at all. */
import { randomBytes } from 'node:crypto';
import { access, constants, type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Replaces the content of the file, which keeps its mode and, where the process may, its owner.
 *
 * @param path of the file itself, not of a link to it
 * @param before what it is to hold still
 * @returns false, with nothing done, where it holds something else
 * @throws what the file system says
 */
export async function replaceFile(path: string, before: Uint8Array, after: Uint8Array): Promise<boolean> {
  // Renaming asks for the folder's permission alone, and a file that is write-protected is so for a reason.
  await access(path, constants.W_OK);
  const { mode, uid, gid } = await stat(path);
  const temporary = join(dirname(path), `.kexec-mint-${randomBytes(8).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', 0o600);
  try {
    await fill(file, after, { mode: mode & 0o7777, uid, gid });
    if (Buffer.compare(await readFile(path), before) !== 0) return false;
    await rename(temporary, path);
    return true;
  } finally {
    // Gone already where it was renamed.
    await rm(temporary, { force: true });
  }
}

async function fill(
  file: FileHandle,
  bytes: Uint8Array,
  { mode, uid, gid }: { readonly mode: number; readonly uid: number; readonly gid: number },
): Promise<void> {
  try {
    await file.writeFile(bytes);
    // Only the superuser may give a file away; the mode comes after, because a new owner clears parts of it.
    await file.chown(uid, gid).catch(() => {});
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}
