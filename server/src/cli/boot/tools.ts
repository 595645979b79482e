/** What a boot needs of the machine it runs on. What is missing is named with the Debian package that has it. */
import { readdir, readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { type BzImageHeader, readBzImage } from '../../evidence/bzimage';
import { type Message, message } from '../../messages';
import { which } from './process';

export interface Tools {
  readonly qemu: string;
  readonly busybox: Uint8Array;
}

export interface KernelFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly header: BzImageHeader;
}

/** The programs, by the Debian package that has them. */
const PROGRAMS = [
  ['qemu-system-x86_64', 'qemu-system-x86'],
  ['gcc', 'gcc'],
  ['make', 'make'],
  ['busybox', 'busybox-static'],
] as const;

/** The tools, or all that is missing. */
export async function findTools(): Promise<Tools | Message> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return message('boot.no-host');
  const missing = PROGRAMS.flatMap(([program, name]) =>
    which(program) ? [] : [message('boot.no-program', { program, package: name })],
  );
  const qemu = which('qemu-system-x86_64');
  const busybox = await readFile(which('busybox') ?? '').catch(() => undefined);
  if (busybox && !isStatic(busybox)) missing.push(message('boot.no-static-busybox'));
  if (qemu && busybox && missing.length === 0) return { qemu, busybox };
  const [first, ...others] = missing;
  return message('boot.missing', {
    list: others.reduce(
      (list, next) => message('boot.and', { list, next }),
      first ?? message('boot.no-static-busybox'),
    ),
  });
}

const PT_INTERP = 3;

/** Whether a 64-bit ELF program needs no dynamic linker: there are no libraries in the guest (System V ABI, chapter 5). */
export function isStatic(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offset = Number(view.getBigUint64(32, true));
  const [size, count] = [view.getUint16(54, true), view.getUint16(56, true)];
  return !Array.from({ length: count }, (_, index) => view.getUint32(offset + index * size, true)).includes(
    PT_INTERP,
  );
}

const BOOT_FOLDER = '/boot';

/** The kernel to boot: the one that is asked for, or else that of this machine, or else any in /boot. */
export async function findKernel(asked: string | undefined): Promise<KernelFile | Message> {
  const paths = asked === undefined ? await kernelsOfThisMachine() : [asked];
  for (const path of paths) {
    const bytes = await readFile(path).catch(() => undefined);
    if (!bytes) continue;
    const { header } = readBzImage(bytes);
    if (header) return { path, bytes, header };
    if (asked !== undefined) return message('boot.not-a-kernel', { file: asked });
  }
  return asked === undefined ? message('boot.no-kernel') : message('boot.cannot-read', { file: asked });
}

async function kernelsOfThisMachine(): Promise<readonly string[]> {
  const names = await readdir(BOOT_FOLDER).catch(() => []);
  const others = names.filter((name) => name.startsWith('vmlinuz-')).sort();
  return [`vmlinuz-${release()}`, ...others.reverse()].map((name) => join(BOOT_FOLDER, name));
}
