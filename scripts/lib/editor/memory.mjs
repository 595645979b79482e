/** A virtual file system for the embedded editor. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installExtension, packFolder } from '../extension.mjs';

const EXTENSION = fileURLToPath(new URL('memory-files', import.meta.url));

/** Brings the files of a folder into the file system `memory:`; the folder's URI there. */
export async function installMemoryFiles(editor, data, folder) {
  const top = `/${basename(folder)}`;
  const temporary = await mkdtemp(join(tmpdir(), 'kexec-mint-memory-'));
  try {
    await cp(EXTENSION, temporary, { recursive: true });
    await writeFile(join(temporary, 'files.json'), JSON.stringify(await textsBelow(folder, top)));
    installExtension(editor, data, await packFolder(join(temporary, 'memory-files.vsix'), temporary));
    return `memory:${top}`;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function textsBelow(folder, top) {
  const texts = {};
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const [path, name] = [join(folder, entry.name), posix.join(top, entry.name)];
    if (entry.isDirectory()) Object.assign(texts, await textsBelow(path, name));
    else texts[name] = await readFile(path, 'utf8');
  }
  return texts;
}
