/** The extension in a real editor: what its activation costs the extension host, which other extensions wait for. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, milliseconds, type Row } from './figures';
import type { Bench } from './workspaces';

const WINDOWS = 5;
const MOST = 50;

/**
 * A window for each sample, of an extension that waits to be activated; the server starts with it.
 * @param folder for the extension and what the windows report
 * @param tests the bundle of `in-editor.ts`
 */
export function activation(root: string, folder: string, tests: string, bench: Bench): Row {
  const extension = join(folder, 'extension');
  const report = join(folder, 'activation');
  writeWaiting(root, extension);
  const times = Array.from({ length: WINDOWS }, () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        join(root, 'scripts/editor-host.mjs'),
        `--extensionDevelopmentPath=${extension}`,
        `--extensionTestsPath=${tests}`,
        bench.folder,
      ],
      { env: { ...process.env, KEXEC_MINT_BENCH_REPORT: report }, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
    return Number(readFileSync(report, 'utf8'));
  });
  return {
    measure: 'activation',
    ours: milliseconds(times),
    goal: `≤ ${MOST} ms`,
    isMet: median(times) <= MOST,
  };
}

/** The extension of the checkout, with links to all that it consists of; nothing but a call activates it. */
function writeWaiting(root: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(root))
    if (name !== 'package.json') symlinkSync(join(root, name), join(folder, name));
  const manifest: object = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
}
