/** Patches as real programs take them: whatever the bytes, the ends of lines and the names. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { patchBytes, patchText } from '../../server/src/cli/patch';
import { applyPatch, run, runForBytes, temporaryFolder } from './command-line';

const LINES = ['/* one */', 'int a = 1;', '', 'int b = 2;', 'int c = 3; /* 領域の表示 */'];

const folder = temporaryFolder();

const FILES: readonly (readonly [what: string, name: string, end: string, encoding: string])[] = [
  ['plain', 'kexec/mint.h', '\n', 'UTF-8'],
  ['without a final newline', 'kexec/mint.h', '', 'UTF-8'],
  ['CRLF', 'kexec/mint.h', '\r\n', 'UTF-8'],
  ['CRLF without a final one', 'kexec/mint.h', '\r\n-', 'EUC-JP'],
  ['EUC-JP', 'kexec/mint.h', '\n', 'EUC-JP'],
  ['Shift_JIS, which has backslashes in characters', 'kexec/mint.h', '\r\n', 'SHIFT_JIS'],
  ['ISO-2022-JP', 'kexec/mint.h', '\n', 'ISO-2022-JP'],
  ['a name with spaces', 'os node 0/kexec/mint.h', '\n', 'UTF-8'],
  ['a name with kana and quotes', 'ノード "0"/kexec/mint.h', '\n', 'UTF-8'],
];

function encoded(lines: readonly string[], end: string, encoding: string): Uint8Array {
  const newline = end.startsWith('\r\n') ? '\r\n' : '\n';
  const text = lines.join(newline) + (end === newline ? newline : '');
  return execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: text });
}

describe.each(['patch', 'git'] as const)('%s takes it', (program) => {
  it.each(FILES)('%s', (_, name, end, encoding) => {
    const path = join(folder.path, name);
    mkdirSync(dirname(path), { recursive: true });
    for (const changed of [1, 4]) {
      const before = encoded(LINES, end, encoding);
      const after = encoded(LINES.with(changed, 'int changed = 0x48000000;'), end, encoding);
      writeFileSync(path, before);
      applyPatch(program, folder.path, patchBytes([{ name, before, after }]));
      expect(readFileSync(path)).toEqual(Buffer.from(after));
    }
  });

  it('through a pipe, of the command', () => {
    folder.sample('three-nodes');
    const { stdout } = runForBytes(['extend', '--node', '0', '--to', 'window'], { cwd: folder.path });
    applyPatch(program, folder.path, stdout);
    const { nodes } = JSON.parse(run(['map', folder.path, '--format', 'json']).stdout);
    expect(nodes[0].regions[2]).toMatchObject({ start: '0x20000000', end: '0x68000000' });
  });
});

it('is coloured for a terminal, in characters, without commands to it', () => {
  const before = encoded(LINES, '\r\n', 'EUC-JP');
  const after = encoded(LINES.with(4, '\x1b[2J領域'), '\r\n', 'EUC-JP');
  const text = patchText([{ name: 'mint.h', before, after }], true);
  expect(text).toContain('\x1b[31m-int c = 3; /* 領域の表示 */\x1b[39m');
  expect(text).toContain('\x1b[32m+\ufffd[2J領域\x1b[39m');
  expect(patchText([{ name: 'mint.h', before, after }], false)).not.toContain('\x1b');
});

describe('extend --to', () => {
  const sizeOf = (stdout: string) => /^\+\tmint_region3_size = (\S+);/m.exec(stdout)?.[1];
  const extend = (...words: readonly string[]) => run(['extend', folder.path, '--node', '0', ...words]);

  it('window, kernel-text: as the editor offers it', () => {
    folder.sample('three-nodes');
    const window = extend('--to', 'window');
    expect(window.stdout).toContain("the window's end");
    expect(sizeOf(window.stdout)).toBe('0x48000000');
    const text = extend('--to', 'kernel-text');
    expect(text.stdout.split('\n')[0]).toContain('kernel text of OS nodes 1, 2');
    expect(sizeOf(text.stdout)).toBe('0x40000000');
  });

  it('kernel-text needs a dump that shows one', () => {
    folder.sample('one-tree');
    const { status, stdout, stderr } = extend('--to', 'kernel-text');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^Nothing tells where the kernel text of another OS node than 0 lies/);
  });
});
