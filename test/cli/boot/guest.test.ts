import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { archive, file, folder, link, program } from '../../../server/src/cli/boot/cpio';
import { GuestEvents } from '../../../server/src/cli/boot/guest';

it('the archive of a file system is unpacked as it was meant', () => {
  const place = mkdtempSync(join(tmpdir(), 'kexec-mint-cpio-'));
  try {
    const odd = Uint8Array.from({ length: 4099 }, (_, index) => index & 0xff);
    const entries = [folder('bin'), program('bin/tool', odd), link('bin/sh', 'tool'), file('empty', '')];
    execFileSync('busybox', ['cpio', '-i', '-d', '-m'], { cwd: place, input: archive(entries) });
    expect(new Uint8Array(readFileSync(join(place, 'bin/tool')))).toEqual(odd);
    expect(lstatSync(join(place, 'bin/tool')).mode & 0o111).toBe(0o111);
    expect(readlinkSync(join(place, 'bin/sh'))).toBe('tool');
    expect(readFileSync(join(place, 'empty'), 'utf8')).toBe('');
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

/** All that the guest says, in pieces of any size. */
async function eventsOf(text: string, piece: number) {
  const events = new GuestEvents();
  for (let start = 0; start < text.length; start += piece) events.feed(text.slice(start, start + piece));
  events.close();
  const found = [];
  for (let event = await events.next(1); event !== 'gone'; event = await events.next(1)) found.push(event);
  return found;
}

it.each([1, 7, 1000])('what the guest says is read from pieces of %i characters', async (piece) => {
  const said =
    '@begin iomem\r\n@beat 7\r\n00000000-00000fff : Reserved\r\n@end iomem 0\r\n@read 0x10 0x2A\n@read 0x18 \n@beat 1\n';
  expect(await eventsOf(said, piece)).toEqual([
    // What a program prints is taken for nothing else.
    { kind: 'section', name: 'iomem', text: '@beat 7\n00000000-00000fff : Reserved\n', status: 0 },
    { kind: 'read', address: 0x10n, value: 42n },
    { kind: 'read', address: 0x18n, value: undefined },
    { kind: 'beat' },
  ]);
});

it('silence is told from a guest that is gone', async () => {
  const events = new GuestEvents();
  expect(await events.next(1)).toBe('silence');
  const next = events.next(60_000);
  events.close();
  expect(await next).toBe('gone');
});
