/** A disk with a source tree on it goes away while it is in use: that is told, and the trees that are left go on. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { URI } from 'vscode-uri';
import { ROOT } from '../cli/command-line';
import { Watching } from '../cli/watching';
import { type Disk, diskAt } from './disks';
import { failing } from './faults';
import { Wire } from './wire';

const GONE =
  'No longer there: disk/os1. If the disk or file server that holds it is away, connect it again; what is shown is without it.';
const KEPT = 'os0/kexec/firmware_memmap.c';

let folder: string;
let disk: Disk;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-vanished-'));
  disk = diskAt(join(folder, 'disk'));
  copyTree('kexec-mint-os0', join(folder, 'os0'));
  copyTree('kexec-mint-os1', join(disk.folder, 'os1'));
  copyTree('kexec-mint-os2', join(folder, 'os2'));
});

let watching: Watching | undefined;
let wire: Wire | undefined;
afterEach(() => {
  watching?.child.kill('SIGKILL');
  wire?.kill();
  disk.vanish();
  rmSync(folder, { recursive: true, force: true });
});

function copyTree(name: string, to: string): void {
  mkdirSync(to);
  cpSync(join(ROOT, 'samples/three-nodes', name), to, { recursive: true });
}

it('--watch tells it, and reports on what is left', async () => {
  watching = new Watching(['map', folder]);
  const { output, said } = await afterVanishing(watching);
  expect(said).toBe(`${GONE}\n`);
  expect(output).toContain('0x20000000  0x38000000');
  expect(output).not.toContain('disk/os1');
  expect(await watching.end()).toBe(0);
});

it('--watch does not say that all is well where nothing is left', async () => {
  watching = new Watching(['check', disk.folder]);
  await watching.until(() => watching?.reports.length === 1);
  disk.vanish();
  const nothing = `No readable kexec/firmware_memmap.c below ${disk.folder}.\n`;
  await watching.until(() => watching?.said.endsWith(nothing) ?? false);
  expect(watching.reports).toHaveLength(1);
  expect(await watching.end()).toBe(2);
});

it('--watch tells what it cannot watch, and goes on', async () => {
  const loop = join(folder, 'loop');
  symlinkSync('loop', loop);
  watching = new Watching(['check', folder], failing('inotify_add_watch', 'ENOSPC'));
  await watching.until(() => watching?.reports.length === 1);
  expect(watching.said).toContain(`${loop} cannot be watched: symbolic links lead in a circle (ELOOP).`);
  expect(watching.said.match(/cannot be watched: there is no room for it \(ENOSPC\)\./g)).toHaveLength(1);
  expect(await watching.end()).toBe(0);
});

/** What is shown then. */
async function afterVanishing(watcher: Watching) {
  await watcher.until(() => watcher.reports.length === 1);
  const { length } = watcher.output;
  disk.vanish();
  await watcher.until(() => watcher.reports.length === 2);
  return { output: watcher.output.slice(length), said: watcher.said };
}

it('the language server tells it, keeps what is open, and answers for what is left', async () => {
  wire = new Wire();
  await wire.initialize(folder);
  const open = (path: string) => {
    const uri = URI.file(join(folder, path)).toString();
    const text = readFileSync(join(folder, path), 'utf8');
    const textDocument = { uri, languageId: 'c', version: 1, text };
    wire?.send({ method: 'textDocument/didOpen', params: { textDocument } });
    const line = text.split('\n').findIndex((each) => each.includes('mint_region3_size ='));
    return { textDocument: { uri }, position: { line, character: 3 } };
  };
  const hovers = [open(KEPT), open('disk/os1/kexec/firmware_memmap.c')];
  const hover = async (id: string, params: object | undefined) => {
    wire?.send({ id, method: 'textDocument/hover', params });
    return JSON.stringify((await wire?.answer(id))?.result);
  };
  expect(await hover('before', hovers[1])).toContain('0x50000000');
  disk.vanish();
  const changes = [{ uri: URI.file(join(disk.folder, 'os1')).toString(), type: 3 }];
  wire.send({ method: 'workspace/didChangeWatchedFiles', params: { changes } });
  const told = await wire.message(
    ({ method, params }) => method === 'window/logMessage' && params?.message === GONE,
  );
  expect(told.params?.type).toBe(2);
  const left = await hover('left', hovers[0]);
  expect(left).toContain('OS nodes 0, 2');
  expect(left).not.toContain('OS node 1');
  expect(await hover('gone', hovers[1])).toBeDefined();
  wire.send({ id: 'shutdown', method: 'shutdown' });
  await wire.answer('shutdown');
  wire.send({ method: 'exit' });
  expect(await wire.exit).toBe(0);
  expect(wire.uncaught()).toEqual([]);
});
