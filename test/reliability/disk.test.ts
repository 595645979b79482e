/**
 * Disks that take no more, fail, or are not this user's: whatever is to be written is written whole or not at all, what was
 * there stays, and it is told which file it is and what can be done.
 */
import { chmodSync, closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CannotWrite, writeFiles } from '../../server/src/cli/write-files';
import { ROOT, run } from '../cli/command-line';
import { type Disk, diskAt } from './disks';
import { failing, UNPRIVILEGED } from './faults';
import { filesBelow } from './workspaces';

const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const WRITERS = [
  ['extend', '--node', '0', '--to', '0x60000000', '--write'],
  ['watch', '--node', '0', '--write'],
] as const;

let outer: string;
let disk: Disk;
let folder: string;

beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'kexec-mint-disk-'));
  disk = diskAt(join(outer, 'disk'));
  folder = join(disk.folder, 'three-nodes');
  cpSync(join(ROOT, 'samples/three-nodes'), folder, { recursive: true });
});

afterEach(() => {
  disk.vanish();
  rmSync(outer, { recursive: true, force: true });
});

const contents = () => filesBelow(folder, () => true);

const ROOM = 'Free some space, or raise the limit, and try again.';
const DENIED =
  'this user is not permitted to (EACCES). Change the permissions of the file and its folders, or work as another user.';

/** The writer fails, says why, and leaves every file as it is and none besides. */
function expectNothingWritten(words: readonly string[], through: readonly string[]) {
  const before = contents();
  const [command = '', ...options] = words;
  const { status, stdout, stderr } = run([command, folder, ...options], { through });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(contents()).toEqual(before);
  return expect(stderr);
}

it.each(WRITERS.map((words) => [words[0], words] as const))(
  '%s leaves no half of a file on a full disk',
  (_, words) => {
    const through = disk.fill();
    const room = /: there is no room for it \((ENOSPC|EFBIG)\)\. Free some space, .* It is as it was\.\n$/;
    expectNothingWritten(words, through).toMatch(room);
  },
);

describe('a change is not made, and it is told why,', () => {
  it.each([
    ['fsync', 'EDQUOT', `there is no room for it (EDQUOT). ${ROOM}`],
    ['fsync', 'EIO', 'its disk or file server does not answer (EIO). Connect it again.'],
    [
      'rename',
      'EROFS',
      'its file system is mounted read-only (EROFS). Mount it for writing, or work on a copy.',
    ],
    ['fchmod', 'ENOSYS', 'the system answers ENOSYS.'],
  ])('where %s is answered with %s', (call, error, why) => {
    expectNothingWritten(WRITERS[0], failing(call, error)).toBe(
      `${NODE_0} cannot be written: ${why} It is as it was.\n`,
    );
  });

  it.each([
    ['file', NODE_0, 0o444],
    ['folder', dirname(NODE_0), 0o555],
  ])('where the %s is write-protected', (_, path, mode) => {
    chmodSync(join(folder, path), mode);
    expectNothingWritten(WRITERS[0], UNPRIVILEGED).toBe(
      `${NODE_0} cannot be written: ${DENIED} It is as it was.\n`,
    );
  });

  it('in Japanese', () => {
    chmodSync(join(folder, NODE_0), 0o444);
    expectNothingWritten([...WRITERS[0], '--lang', 'ja'], UNPRIVILEGED).toBe(
      `${NODE_0} に書き込めません: このユーザーには許可がありません (EACCES)。ファイルとそのフォルダーの許可を変えるか、ほかのユーザーで操作してください。内容は元のままです。\n`,
    );
  });
});

describe('a report that the disk does not take is told, and is no success:', () => {
  it.each([
    ['check', '--format', 'json'],
    ['map', '--format', 'svg'],
  ])('%s %s %s, of which a part finds room', (...words) => {
    const through = disk.fill();
    const cut = join(disk.folder, 'report');
    expectNotPrinted(words, cut, through);
    expect(readFileSync(cut)).not.toHaveLength(0);
  });

  it.each([[['check']], [['check', '--watch']], [['explain']], [WRITERS[0].slice(0, -1)]])(
    '%j, of which none does',
    (words) => expectNotPrinted(words, '/dev/full', []),
  );

  function expectNotPrinted(
    [command = '', ...options]: readonly string[],
    path: string,
    through: readonly string[],
  ): void {
    const stdout = openSync(path, 'w');
    const { status, stderr } = run([command, folder, ...options], { through, stdout });
    closeSync(stdout);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^The output cannot be written: there is no room for it \(E\w+\)\..* is incomplete\.\n$/,
    );
  }
});

it('several files are written all or none', async () => {
  const [first, second] = [NODE_0, 'kexec-mint.json'].map((name) => {
    const path = join(folder, name);
    return { path, before: readFileSync(path), after: Buffer.from('after') };
  });
  if (!first || !second) throw new Error('two files are wanted');
  const before = contents();
  // A folder in its place is what no file can be moved over.
  const missing = { path: join(folder, 'dumps'), before: undefined, after: Buffer.from('after') };
  await expect(writeFiles([first, second, missing])).rejects.toThrow(CannotWrite);
  expect(contents()).toEqual(before);
  const other = { ...second, before: Buffer.from('other') };
  expect(await writeFiles([first, other])).toBe(other);
  expect(contents()).toEqual(before);
  expect(await writeFiles([first, second])).toBeUndefined();
  expect(contents()).toEqual(new Map([...before, [NODE_0, 'after'], ['kexec-mint.json', 'after']]));
});
