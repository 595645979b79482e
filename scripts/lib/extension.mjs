/** The extension as users get it: built, packed into one file, installed into an editor. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { galleryReadme } from './gallery-readme.mjs';
import { ROOT } from './paths.mjs';
import { must, quietly } from './run.mjs';

const BUILD = join(ROOT, 'scripts', 'build.mjs');
const VSCE = join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
/** Everything is bundled, so no package goes along. */
const BUNDLED = '--no-dependencies';

/** Builds `dist/`; with `tests` also the tests that run in the editor, with `minify` as users get it. */
export async function buildExtension({ tests = false, minify = false } = {}) {
  await must(process.execPath, [BUILD, ...(tests ? ['--tests'] : []), ...(minify ? ['--minify'] : [])]);
}

/** Builds the extension as users get it, beside the `dist/` of the checkout, and packs it into `file`. */
export async function packExtension(file = join(ROOT, 'dist', 'kexec-mint.vsix')) {
  const folder = await mkdtemp(join(tmpdir(), 'kexec-mint-package-'));
  try {
    quietly(process.execPath, [BUILD, '--minify', '--out', join(folder, 'dist')]);
    await cp(join(ROOT, '.vscodeignore'), join(folder, '.vscodeignore'));
    for (const name of packedFiles()) {
      if (!name.startsWith('dist/')) await cp(join(ROOT, name), join(folder, name));
    }
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    await writeFile(join(folder, 'README.md'), galleryReadme(readme));
    return await packFolder(file, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What `.vscodeignore` lets through, of what is there. */
function packedFiles() {
  return quietly(process.execPath, [VSCE, 'ls', BUNDLED]).trim().split('\n');
}

/** Packs the extension in a folder as it is, and returns the .vsix file. */
export async function packFolder(file, folder) {
  await mkdir(dirname(file), { recursive: true });
  const flags = [BUNDLED, '--allow-missing-repository', '--skip-license'];
  quietly(process.execPath, [VSCE, 'package', ...flags, '--out', file], { cwd: folder });
  return file;
}

/** Installs a .vsix file into the embedded editor whose data folder is `data`, in place of any earlier one. */
export function installExtension(editor, data, file) {
  const args = ['--server-data-dir', data, '--accept-server-license-terms', '--telemetry-level', 'off'];
  quietly(editor.node, [editor.server, ...args, '--install-extension', file, '--force']);
}
