/** What is there and cannot be read is named, with the reason and what can be done; all else goes on. */
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { run, temporaryFolder } from '../cli/command-line';
import { failing, UNPRIVILEGED } from './faults';

const DENIED =
  'this user is not permitted to (EACCES). Change the permissions of the file and its folders, or work as another user.';
const LOOP = 'symbolic links lead in a circle (ELOOP). Correct the link.';
const GONE = (code: string) => `its disk or file server does not answer (${code}). Connect it again.`;

const MEMMAP = 'kexec-mint-os1/kexec/firmware_memmap.c';
const HEADER = 'kexec-mint-os1/kexec/mint.h';
const DUMP = 'dumps/os1.iomem';
const SOURCES = [MEMMAP, HEADER];

const folder = temporaryFolder();
beforeEach(() => folder.sample('three-nodes'));

function check(through: readonly string[] = [], ...words: readonly string[]) {
  return run(['check', folder.path, ...words], { through });
}

/** The other trees are judged as ever. */
function expectTold(stdout: string, told: string): void {
  expect(stdout).toContain(told);
  expect(stdout).toContain('does not recognize the kernel text of OS node 2');
}

function loop(path: string): void {
  rmSync(join(folder.path, path));
  symlinkSync(basename(path), join(folder.path, path));
}

describe.each(SOURCES)('%s', (path) => {
  const told = (why: string) =>
    `OS node 1: the file \`${basename(path)}\` cannot be read: ${why} [unreadable-source]`;

  it('that this user may not read', () => {
    chmodSync(join(folder.path, path), 0);
    const { status, stdout } = check(UNPRIVILEGED);
    expectTold(stdout, told(DENIED));
    expect(status).toBe(1);
  });

  it('that is a link in a circle', () => {
    loop(path);
    const { status, stdout } = check();
    expectTold(stdout, told(LOOP));
    expect(status).toBe(1);
  });

  it.each(['EIO', 'ESTALE'])('of which reading ends with %s', (error) => {
    const { status, stdout } = check(failing('read', error, join(folder.path, path)));
    expectTold(stdout, told(GONE(error)));
    expect(status).toBe(1);
  });
});

it('dumps', () => {
  chmodSync(join(folder.path, DUMP), 0);
  loop('dumps/os0.iomem');
  const { status, stdout } = check(UNPRIVILEGED);
  expectTold(stdout, `OS node 1: os1.iomem cannot be read: ${DENIED} [unusable-evidence]`);
  expectTold(stdout, `OS node 0: os0.iomem cannot be read: ${LOOP} [unusable-evidence]`);
  expect(status).toBe(0);
  const verified = run(['verify', folder.path, '--node', `1=${join(folder.path, DUMP)}`], {
    through: UNPRIVILEGED,
  });
  expect(verified).toMatchObject({
    status: 2,
    stderr: `${join(folder.path, DUMP)} cannot be read: ${DENIED}\n`,
  });
});

it('a project file', () => {
  chmodSync(join(folder.path, 'kexec-mint.json'), 0);
  const { status, stdout } = check(UNPRIVILEGED);
  expect(stdout).toContain(
    `kexec-mint.json:1:1: error: This file cannot be read, so nothing in it counts: ${DENIED}`,
  );
  expect(status).toBe(1);
});

it('a folder in which sources may lie', () => {
  const kexec = join(folder.path, 'kexec-mint-os1/kexec');
  chmodSync(kexec, 0);
  symlinkSync('include', join(folder.path, 'kexec-mint-os2/include'));
  symlinkSync('..', join(folder.path, 'kexec-mint-os2/up'));
  const { stdout, stderr } = check(UNPRIVILEGED);
  expect(stderr).toBe(`${kexec} cannot be read: ${DENIED}\n`);
  expectTold(stdout, 'There is no kexec/firmware_memmap.c in this folder');
  chmodSync(kexec, 0o755);
});

it.each([
  ['the folder', 'loop', LOOP],
  ['all there is in the folder', 'only/kexec/firmware_memmap.c', LOOP],
])('%s', (_, path, why) => {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true });
  symlinkSync(basename(path), join(folder.path, path));
  const [top = ''] = path.split('/');
  const name = join(folder.path, path);
  expect(run(['check', join(folder.path, top)])).toEqual({
    status: 2,
    stdout: '',
    stderr: `${name} cannot be read: ${why}\n`,
  });
});

it('in Japanese', () => {
  loop(HEADER);
  const { stdout } = check([], '--lang', 'ja');
  expect(stdout).toContain(
    'ファイル `mint.h` を読み込めません: シンボリックリンクが循環しています (ELOOP)。リンクを直してください。',
  );
});
