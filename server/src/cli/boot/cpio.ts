/** Writes the archives that Linux unpacks as its first file system: "newc" of the kernel's initramfs buffer format. */

export interface ArchiveEntry {
  /** Without a leading slash: `bin/busybox`. Folders come before what is in them. */
  readonly path: string;
  /** Type and permissions as in `st_mode`. */
  readonly mode: number;
  readonly content: Uint8Array;
}

const FOLDER = 0o040755;
const PROGRAM = 0o100755;
const FILE = 0o100644;
const LINK = 0o120777;

const encoder = new TextEncoder();

export function folder(path: string): ArchiveEntry {
  return { path, mode: FOLDER, content: new Uint8Array() };
}

export function program(path: string, content: Uint8Array | string): ArchiveEntry {
  return { path, mode: PROGRAM, content: bytesOf(content) };
}

export function file(path: string, content: Uint8Array | string): ArchiveEntry {
  return { path, mode: FILE, content: bytesOf(content) };
}

export function link(path: string, target: string): ArchiveEntry {
  return { path, mode: LINK, content: bytesOf(target) };
}

/** The archive. All files belong to root and are as old as 1970, so that equal entries make equal archives. */
export function archive(entries: readonly ArchiveEntry[]): Uint8Array {
  const trailer = { path: 'TRAILER!!!', mode: 0, content: new Uint8Array() };
  const parts = [...entries, trailer].flatMap(({ path, mode, content }, index) => {
    const name = encoder.encode(`${path}\0`);
    const header = encoder.encode(headerOf(index + 1, mode, content.length, name.length));
    return [padded([header, name]), padded([content])];
  });
  return Buffer.concat(parts);
}

/** A magic number and thirteen fields of eight hexadecimal digits. */
function headerOf(inode: number, mode: number, size: number, nameSize: number): string {
  const links = 1;
  const [user, group, time, major, minor, rawMajor, rawMinor, check] = [0, 0, 0, 0, 0, 0, 0, 0];
  const fields = [
    inode,
    mode,
    user,
    group,
    links,
    time,
    size,
    major,
    minor,
    rawMajor,
    rawMinor,
    nameSize,
    check,
  ];
  return `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
}

/** What follows begins at a multiple of four bytes. */
function padded(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([...parts, new Uint8Array(-length & 3)]);
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? encoder.encode(content) : content;
}
