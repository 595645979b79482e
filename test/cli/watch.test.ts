/** `watch` as a shell meets it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyPatch } from './command-line';

const ROOT = join(import.meta.dirname, '../..');
const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const TITLE =
  'Let OS node 0 watch OS nodes 1, 2 (0x38000000–0x68000000, reserved): it reads that memory, and neither loads nor allocates there';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-watch-cli-'));
  cpSync(join(ROOT, 'samples/three-nodes'), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: readonly string[]) {
  const args = [join(ROOT, 'dist/cli.js'), ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return { status, stdout, stderr };
}

const memmap = () => readFileSync(join(folder, NODE_0), 'utf8');

it('shows the edit, makes it when told to, and says what is then left', () => {
  const before = memmap();
  const added = `\tif (add_ram(range, &i, room, 0x38000000, 0x30000000) < 0)
\t\treturn -1;
\trange[i - 1].type = RANGE_RESERVED;
`;
  const after = before.replace('return -1;\n\n\t*ranges', `return -1;\n${added}\n\t*ranges`);
  const shown = run('watch', folder, '--node', '0');
  expect(shown).toMatchObject({ status: 0, stderr: '' });
  expect(shown.stdout.split('\n')[0]).toBe(TITLE);
  expect(memmap()).toBe(before);
  applyPatch('patch', folder, Buffer.from(shown.stdout));
  expect(memmap()).toBe(after);
  writeFileSync(join(folder, NODE_0), before);
  const { status, stdout } = run('watch', folder, '--node', '0', '--write');
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: `${shown.stdout}OS node 0 now watches 0x38000000–0x68000000.\n`,
  });
  expect(memmap()).toBe(after);
  expect(run('check', folder)).toMatchObject({ status: 0 });
  expect(run('watch', folder, '--node', '0')).toMatchObject({
    status: 2,
    stderr: 'OS node 0 watches that memory already.\n',
  });
});

it('tells programs what the node gets', () => {
  writeFileSync(join(folder, NODE_0), memmap().replace('mint_memory_size - 0x8000000', '0x48000000'));
  const { stdout } = run('watch', folder, '--node=0', '--kernel-text', '--write', '--format=json');
  expect(JSON.parse(stdout)).toMatchObject({
    edits: [{ newText: 'mint_memory_size - 0x8000000' }, { file: NODE_0 }],
    promise: {
      osid: 0,
      ram: [{ start: '0x0' }, { start: '0x8000000' }, { start: '0x20000000', end: '0x38000000' }],
      watched: [
        { start: '0x47000000', end: '0x48000000' },
        { start: '0x5f000000', end: '0x60000000' },
      ],
    },
    written: true,
    findings: [],
  });
});

it.each([
  [['watch', '.'], 'watch needs --node OSID'],
  [['watch', '.', '--node', 'x'], 'x is not an OSID'],
  [['watch', '.', '--node', '0', '--to', '0x1000'], '--to is an option of extend, not of watch'],
  [['map', '.', '--kernel-text'], '--kernel-text is an option of watch, not of map'],
])('%j is refused', (words, why) => {
  expect(run(...words)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(why) });
});
