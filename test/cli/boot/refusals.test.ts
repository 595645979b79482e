/** What `boot` says where it cannot begin. No machine is started. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Options, runBoot } from '../../boot/boot-command';

const SAMPLE = join(import.meta.dirname, '../../../samples/three-nodes');

let folder: string;
let kernel: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-refused-'));
  cpSync(SAMPLE, join(folder, 'sample'), { recursive: true });
  kernel = join(folder, 'vmlinuz');
  writeFileSync(kernel, setupHeader());
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A bzImage as far as it is read before a machine is started. */
function setupHeader(): Uint8Array {
  const bytes = Buffer.alloc(0x8000);
  bytes[0x1f1] = 4;
  bytes.writeUInt16LE(0xaa55, 0x1fe);
  bytes[0x201] = 0x6a;
  bytes.write('HdrS', 0x202, 'latin1');
  bytes.writeUInt16LE(0x20f, 0x206);
  bytes[0x211] = 1;
  bytes.writeUInt32LE(0x200000, 0x230);
  bytes[0x234] = 1;
  bytes.writeUInt16LE(3, 0x236);
  bytes.writeBigUInt64LE(0x1000000n, 0x258);
  bytes.writeUInt32LE(0x3378000, 0x260);
  return bytes;
}

async function refusal(words: readonly string[], options: Partial<Options> = {}): Promise<string> {
  const result = await runBoot(words, { temporary: join(folder, 'temporary'), ...options });
  expect(result).toMatchObject({ code: 2, out: '', left: [] });
  return result.err;
}

const sample = () => join(folder, 'sample');

it('names every missing program with its Debian package, at once', async () => {
  const empty = join(folder, 'bin');
  mkdirSync(empty);
  const said = await refusal([sample(), '--kernel', kernel], { path: empty });
  for (const name of ['qemu-system-x86', 'gcc', 'make', 'busybox-static']) {
    expect(said).toContain(`Debian package ${name}`);
  }
});

it('wants a busybox that needs no libraries', async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['qemu-system-x86_64', 'gcc', 'make', 'busybox'])
    symlinkSync('/bin/ls', join(bin, name));
  expect(await refusal([sample(), '--kernel', kernel], { path: bin })).toContain(
    'Debian package busybox-static',
  );
});

it('says where the source of kexec-tools comes from', async () => {
  const said = await refusal([sample(), '--kernel', kernel]);
  expect(said).toContain('--kexec-source DIR');
  expect(said).toContain('apt-get source kexec-tools');
});

it('wants a folder with that source', async () => {
  const said = await refusal([sample(), '--kernel', kernel, '--kexec-source', folder]);
  expect(said).toContain('holds no source of kexec-tools');
});

it('wants a kernel', async () => {
  expect(await refusal([sample(), '--kernel', join(folder, 'none')])).toContain('cannot be read');
  const text = join(folder, 'text');
  writeFileSync(text, 'no kernel');
  expect(await refusal([sample(), '--kernel', text])).toContain('is no Linux kernel');
});

it('knows its nodes', async () => {
  expect(await refusal([sample(), '--kernel', kernel, '--node', '7'])).toContain('no OS node 7');
  const both = await refusal([sample(), '--kernel', kernel, '--node', '1', '--all']);
  expect(both).toContain('--all');
  const what = await refusal([sample(), '--kernel', kernel, '--overwrite', 'everything']);
  expect(what).toContain('other-nodes');
});

it('boots nothing of which it is not known what it gets', async () => {
  const file = join(sample(), 'kexec-mint-os0/kexec/firmware_memmap.c');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('mint_memory_size - 0x8000000', 'size_of_the_kernel()'));
  const said = await refusal([sample(), '--kernel', kernel, '--node', '0']);
  expect(said).toContain('What OS node 0 gets is not known (region3)');
});

it('has no memory where a PC has its devices', async () => {
  const file = join(sample(), 'kexec-mint-os0/kexec/firmware_memmap.c');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('mint_memory_size - 0x8000000', '0xb8000000UL'));
  const said = await refusal([sample(), '--kernel', kernel, '--node', '0']);
  expect(said).toContain('0xc0000000–0x100000000');
});
