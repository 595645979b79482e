/** `npm start` with the embedded editor, as far as it goes without a person. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const data = mkdtempSync(join(tmpdir(), 'kexec-mint-start-'));
afterAll(() => rmSync(data, { recursive: true }));

let child: ChildProcess;
afterEach(() => child?.kill());

const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawn(process.execPath, [join(root, 'scripts/start.mjs'), ...args], {
    env: { ...process.env, LC_ALL: 'C', ...env },
  });

describe('npm start', () => {
  it('prints an address that only its token opens, and ends with Ctrl-C', async () => {
    child = start(['--embedded', '--no-browser', `--data=${data}`]);
    const url = new URL(await printed(child, /http:\S+/));
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.searchParams.get('folder')).toBe(join(root, 'samples/three-nodes'));
    expect(url.searchParams.get('payload')).toContain('kexec-mint-os0/kexec/firmware_memmap.c:142');
    // The token is taken from the address into a cookie.
    const opened = await fetch(url, { redirect: 'manual' });
    expect(opened.headers.get('set-cookie')).toContain(url.searchParams.get('tkn'));
    expect((await fetch(url.origin)).status).toBe(403);
    child.kill('SIGINT');
    expect(await exitCode(child)).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("takes the desktop's VS Code where there is one", async () => {
    const bin = mkdtempSync(join(data, 'bin-'));
    writeFileSync(join(bin, 'code'), '#!/bin/sh\nprintf "argument %s\\n" "$@"\n', { mode: 0o755 });
    const sample = join(root, 'samples/one-tree');
    child = start([sample], { PATH: `${bin}:${process.env.PATH}`, DISPLAY: ':0' });
    const file = join(sample, 'kexec-mint/kexec/firmware_memmap.c');
    const shown = await printed(child, /(?<=argument )--new-window[\s\S]*:\d+\n/);
    expect(shown.replaceAll('argument ', '').trim().split('\n')).toEqual([
      '--new-window',
      `--extensionDevelopmentPath=${root}`,
      sample,
      '--goto',
      expect.stringMatching(new RegExp(`^${file}:\\d+$`)),
    ]);
    expect(await exitCode(child)).toBe(0);
  });

  it('says so where there is no such folder', async () => {
    child = start([join(data, 'nowhere')]);
    expect(await printed(child, /There is no folder .*nowhere/)).toBeTruthy();
    expect(await exitCode(child)).toBe(1);
  });
});

/** What matches `pattern` in the output, as soon as it is there. */
function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (data: Buffer) => {
      text += data;
      const match = pattern.exec(text);
      if (match) resolve(match[0]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`It ended too early:\n${text}`)));
  });
}

function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}
