/** What a compiled tree gives kexec. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatRange } from '../../server/src/range';

/** Of the tree, the file that is compiled. */
export const MEMMAP = 'kexec/firmware_memmap.c';

/** On a machine whose firmware reports nothing, as `start–end type`. */
export function compiled(
  files: ReadonlyMap<string, string>,
  options: readonly string[] = [],
): readonly string[] {
  const tree = mkdtempSync(join(tmpdir(), 'kexec-mint-watch-'));
  try {
    const firmware = JSON.stringify(join(tree, 'no-firmware'));
    mkdirSync(join(tree, 'no-firmware'));
    for (const [path, text] of files) {
      mkdirSync(join(tree, dirname(path)), { recursive: true });
      // The machine of the test reports what it likes.
      writeFileSync(join(tree, path), text.replace('"/sys/firmware/memmap"', firmware));
    }
    const program = join(tree, 'print-ranges');
    const sources = [join(tree, MEMMAP), join(import.meta.dirname, '../samples/print-ranges.c')];
    const flags = ['-std=gnu11', '-Wall', '-Wextra', '-Werror', `-DFIRMWARE_MEMMAP_DIR=${firmware}`];
    const include = ['-I', join(tree, 'kexec')];
    execFileSync('gcc', [...flags, ...options, ...include, ...sources, '-o', program], { stdio: 'pipe' });
    return execFileSync(program, { encoding: 'utf8' }).trim().split('\n').map(asRange);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

function asRange(line: string): string {
  const [start = '', last = '', type = ''] = line.split(' ');
  return `${formatRange({ start: BigInt(start), end: BigInt(last) + 1n })} ${type}`;
}
