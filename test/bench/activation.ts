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
  writeWaiting(root, extension);
  const open = () => windowTime(root, extension, tests, bench, join(folder, 'report'));
  const first = open();
  const row = { measure: 'activation', goal: `≤ ${MOST} ms` };
  // No editor runs here.
  if (first === undefined) return { ...row, ours: '–' };
  const times = [first, ...Array.from({ length: WINDOWS - 1 }, () => open() ?? Number.NaN)];
  return { ...row, ours: milliseconds(times), isMet: median(times) <= MOST };
}

/** Milliseconds in one window; undefined where none opens, which is told. */
function windowTime(
  root: string,
  extension: string,
  tests: string,
  { folder }: Bench,
  report: string,
): number | undefined {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'scripts/editor-host.mjs'),
      `--extensionDevelopmentPath=${extension}`,
      `--extensionTestsPath=${tests}`,
      folder,
    ],
    { env: { ...process.env, KEXEC_MINT_BENCH_REPORT: report }, encoding: 'utf8' },
  );
  if (status === 0) return Number(readFileSync(report, 'utf8'));
  console.error(stderr);
  return undefined;
}

/** The extension of the checkout, with links to all that it consists of; nothing but a call activates it. */
function writeWaiting(root: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(root))
    if (name !== 'package.json') symlinkSync(join(root, name), join(folder, name));
  const manifest: object = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
}
