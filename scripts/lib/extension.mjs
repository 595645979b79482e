/** The extension as users get it: built, packed into one file, installed into an editor. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.mjs';
import { must, quietly } from './run.mjs';

/** Builds `dist/`; with `tests` also the tests that run in the editor. */
export async function buildExtension({ tests = false, minify = false } = {}) {
  const flags = [...(tests ? ['--tests'] : []), ...(minify ? ['--minify'] : [])];
  await must(process.execPath, [join(ROOT, 'scripts', 'build.mjs'), ...flags]);
}

/** Packs the extension in `folder`, ours as it is in `dist/`, and returns the .vsix file. */
export async function packExtension(file = join(ROOT, 'dist', 'kexec-mint.vsix'), folder = ROOT) {
  await mkdir(dirname(file), { recursive: true });
  const vsce = join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
  // Everything is bundled, so no package goes along.
  const flags = [
    '--no-dependencies',
    '--skip-license',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
  ];
  quietly(process.execPath, [vsce, 'package', ...flags, '--out', file], { cwd: folder });
  return file;
}

/** Installs a .vsix file into the embedded editor whose data folder is `data`, in place of any earlier one. */
export function installExtension(editor, data, file) {
  const args = ['--server-data-dir', data, '--accept-server-license-terms', '--telemetry-level', 'off'];
  quietly(editor.node, [editor.server, ...args, '--install-extension', file, '--force']);
}
