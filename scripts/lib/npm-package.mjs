/** The command line and language server as npm installs them: one file of code, the parser, the manual page. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ROOT } from './paths.mjs';
import { quietly } from './run.mjs';

const FILES = [
  'dist/cli.js',
  'dist/web-tree-sitter.wasm',
  'dist/tree-sitter-c.wasm',
  'dist/kexec-mint.1',
  'dist/kexec-mint.ja.1',
  'dist/third-party-notices.txt',
  'LICENSE',
  'README.md',
  'README.ja.md',
  'CHANGELOG.md',
];

/** Packs what is in `dist/`, and returns the tarball, which lies in `folder`. */
export async function packNpm(folder = join(ROOT, 'dist')) {
  const stage = await mkdtemp(join(tmpdir(), 'kexec-mint-npm-'));
  try {
    for (const file of FILES) await copyFile(join(ROOT, file), join(stage, basename(file)));
    await writeFile(join(stage, 'package.json'), JSON.stringify(await manifest(), undefined, 2));
    await mkdir(folder, { recursive: true });
    const [{ filename }] = JSON.parse(
      quietly('npm', ['pack', '--json', '--pack-destination', folder], { cwd: stage }),
    );
    return join(folder, filename);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** The extension's, without what is an editor's. */
async function manifest() {
  const json = async (name) => JSON.parse(await readFile(join(ROOT, name), 'utf8'));
  const { name, version, license, engines, keywords } = await json('package.json');
  const { description } = await json('package.nls.json');
  return {
    name,
    version,
    description,
    license,
    keywords,
    engines: { node: engines.node },
    bin: { [name]: 'cli.js' },
    // A list: a page that is named alone is not linked by an installation for all users.
    man: ['kexec-mint.1', 'kexec-mint.ja.1'],
    files: FILES.map((file) => basename(file)),
  };
}
