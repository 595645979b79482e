/**
 * npm run test:editor [-- REPORT]: runs test/editor in a real editor, on a copy of the sample with a tree per node.
 * The editor is the embedded one; where that does not run, @vscode/test-electron fetches the desktop's.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { isSupported } from './lib/editor/install.mjs';
import { FIXED_SETTINGS } from './lib/editor/settings.mjs';
import { buildExtension } from './lib/extension.mjs';
import { main } from './lib/messages.mjs';
import { ROOT, SAMPLE } from './lib/paths.mjs';

/** C that is none of our business, though it has our names in it. */
const UNRELATED = `static unsigned long mint_region3_start = 0x20000000, mint_region3_size = 0;

int main(void)
{
	return mint_region3_start + mint_region3_size == 0;
}
`;

main(async () => {
  await buildExtension({ tests: true });
  const folder = await mkdtemp(join(tmpdir(), 'kexec-mint-test-'));
  try {
    return await runIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function runIn(folder) {
  const workspace = join(folder, 'workspace');
  const profile = join(folder, 'profile');
  await cp(SAMPLE, workspace, { recursive: true });
  await mkdir(join(workspace, 'unrelated'));
  await writeFile(join(workspace, 'unrelated', 'main.c'), UNRELATED);
  await mkdir(join(profile, 'User'), { recursive: true });
  await writeFile(join(profile, 'User', 'settings.json'), JSON.stringify(FIXED_SETTINGS));
  try {
    await runTests({
      vscodeExecutablePath: isSupported() ? join(ROOT, 'scripts', 'editor-host.mjs') : undefined,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: join(ROOT, 'dist', 'test', 'index.js'),
      launchArgs: [workspace, `--user-data-dir=${profile}`],
      extensionTestsEnv: { KEXEC_MINT_TEST_REPORT: process.argv[2] },
    });
    return 0;
  } catch (error) {
    if (error instanceof TestRunFailedError) return 1;
    throw error;
  }
}
