/** The command line as npm users get it: packed, installed into an empty folder, run. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { packNpm } from '../../scripts/lib/npm-package.mjs';
import { TestClient } from '../protocol/client';

const ROOT = join(import.meta.dirname, '../..');
const SAMPLE = join(ROOT, 'samples/three-nodes');

let folder: string;
let tarball: string;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kexec-mint-installed-')));
  tarball = await packNpm(join(folder, 'packed'));
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
    'kexec-mint.ja.1',
    'package.json',
    'third-party-notices.txt',
    'tree-sitter-c.wasm',
    'web-tree-sitter.wasm',
  ]);
});

it('brings its manual pages, where it is installed for all users', () => {
  const prefix = join(folder, 'all');
  npm('install', '--global', '--prefix', prefix, tarball);
  const pages = readdirSync(join(prefix, 'share/man/man1')).sort();
  expect(pages).toEqual(['kexec-mint.1', 'kexec-mint.ja.1']);
});

it('runs by its name', () => {
  const { nodes } = JSON.parse(npm('exec', '--', 'kexec-mint', 'map', SAMPLE, '--format', 'json'));
  expect(nodes.map(({ osid }: { osid: number }) => osid)).toEqual([0, 1, 2]);
});

describe('holds a commit back', () => {
  /** Commits the sample, and then an overlap, with a hook of Git's own. */
  const expectHeldBack = (work: string, hook: string) => {
    cpSync(SAMPLE, work, { recursive: true });
    const git = (...words: readonly string[]) => {
      const author = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.org'];
      return spawnSync('git', [...author, ...words], { cwd: work, encoding: 'utf8' });
    };
    git('init', '-q');
    writeFileSync(join(work, '.git/hooks/pre-commit'), hook, { mode: 0o755 });
    const commit = () => git('commit', '-q', '-a', '-m', 'a change');
    git('add', '.');
    expect(commit()).toMatchObject({ status: 0 });
    const file = join(work, 'kexec-mint-os0/kexec/firmware_memmap.c');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('mint_memory_size - 0x8000000', '0x48000000'));
    const { status, stdout, stderr } = commit();
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('[node-overlap]');
  };

  it('by the hook that the manual shows', () => {
    const manual = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
    expectHeldBack(join(folder, 'work'), /```sh\n(#!\/bin\/sh\n[^`]*)```/.exec(manual)?.[1] ?? '');
  });

  it('by the script that pre-commit runs in its checkout of the repository', () => {
    const declared = readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8');
    expect(declared).toContain('language: script\n');
    const entry = join(ROOT, /entry: (\S+)/.exec(declared)?.[1] ?? '');
    expectHeldBack(join(folder, 'other-work'), `#!/bin/sh\nexec '${entry}'\n`);
  });
});

it('serves an editor', async () => {
  client = new TestClient('three-nodes', [join(folder, 'node_modules/.bin/kexec-mint'), 'lsp', '--stdio']);
  await client.initialize();
  await client.open('kexec-mint-os0/kexec/firmware_memmap.c');
  const place = client.find('kexec-mint-os0/kexec/firmware_memmap.c', 'mint_region3_size');
  expect(await client.hover('kexec-mint-os0/kexec/firmware_memmap.c', place.start)).toContain('0x38000000');
  expect(await client.shutdown()).toBe(0);
});
