/** `--watch` as a shell meets it: a process that reports anew, and ends when it is told to. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { run, temporaryFolder } from './command-line';
import { Watching } from './watching';

const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const SIZE = 'mint_memory_size - 0x8000000';

const folder = temporaryFolder();
beforeEach(() => folder.sample('three-nodes'));

let watching: Watching | undefined;
afterEach(() => watching?.child.kill('SIGKILL'));

function rewrite(from: string, to: string): void {
  const path = join(folder.path, NODE_0);
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
}

it('check reports again when a file changes, and ends with the last exit code', async () => {
  watching = new Watching(['check', folder.path]);
  const { child } = watching;
  await watching.until(() => watching?.reports.length === 1);
  expect(watching.reports[0]).toMatch(/^0 error/);
  rewrite(SIZE, '0x48000000');
  await watching.until(() => watching?.reports.length === 2);
  expect(watching.reports[1]).toMatch(/^2 error/);
  expect(watching.output).not.toContain('\x1b');
  expect(child.exitCode).toBeNull();
  expect(await watching.end()).toBe(1);
});

it('map takes a burst for one change, and passes over files that nothing rests on', async () => {
  watching = new Watching(['map', folder.path]);
  await watching.until(() => watching?.reports.length === 1);
  writeFileSync(join(folder.path, 'notes.txt'), 'nothing to do with it');
  for (let size = 1; size <= 20; size++) {
    writeFileSync(join(folder.path, `kexec-mint-os0/kexec/object${size}.o`), 'built');
    rewrite(size === 1 ? SIZE : `0x${(size - 1).toString(16)}00000`, `0x${size.toString(16)}00000`);
  }
  await watching.until(() => watching?.output.includes('0x1400000') ?? false);
  await watching.until(() => (watching?.reports.length ?? 0) > 1);
  expect(watching.reports.length).toBeLessThan(10);
  expect(await watching.end()).toBe(0);
});

it('no picture is watched', () => {
  const { status, stderr } = run(['map', folder.path, '--format', 'svg', '--watch']);
  expect(status).toBe(2);
  expect(stderr).toContain('--watch goes with --format table or json');
});
