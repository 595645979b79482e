/** The command line as npm users get it: packed, installed into an empty folder, run. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { packNpm } from '../../scripts/lib/npm-package.mjs';
import { TestClient } from '../protocol/client';

const SAMPLE = join(import.meta.dirname, '../../samples/three-nodes');

let folder: string;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kexec-mint-installed-')));
  const tarball = await packNpm(join(folder, 'packed'));
  npm('install', '--no-audit', '--no-fund', tarball);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let client: TestClient | undefined;
afterEach(() => client?.dispose());

function npm(...words: readonly string[]): string {
  const env = { ...process.env, LC_ALL: 'C', npm_config_offline: 'true' };
  return execFileSync('npm', ['--prefix', folder, ...words], { cwd: folder, encoding: 'utf8', env });
}

it('brings nothing but itself', () => {
  const packages = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(packages).toEqual(['kexec-mint']);
  expect(readdirSync(join(folder, 'node_modules/kexec-mint')).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.ja.md',
    'README.md',
    'cli.js',
    'kexec-mint.1',
    'package.json',
    'tree-sitter-c.wasm',
    'web-tree-sitter.wasm',
  ]);
});

it('runs by its name', () => {
  const { nodes } = JSON.parse(npm('exec', '--', 'kexec-mint', 'map', SAMPLE, '--format', 'json'));
  expect(nodes.map(({ osid }: { osid: number }) => osid)).toEqual([0, 1, 2]);
});

it('serves an editor', async () => {
  client = new TestClient('three-nodes', [join(folder, 'node_modules/.bin/kexec-mint'), 'lsp', '--stdio']);
  await client.initialize();
  await client.open('kexec-mint-os0/kexec/firmware_memmap.c');
  const place = client.find('kexec-mint-os0/kexec/firmware_memmap.c', 'mint_region3_size');
  expect(await client.hover('kexec-mint-os0/kexec/firmware_memmap.c', place.start)).toContain('0x38000000');
  expect(await client.shutdown()).toBe(0);
});
