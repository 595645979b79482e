/** The table that a program of gcc's is left with. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The lines `START END TYPE` that the program prints.
 * @param headers the folder with `kexec.h`, `mint.h` and the program's `print-table.c`
 * @param text the text of firmware_memmap.c
 */
export async function gccTable(
  headers: string,
  text: string,
  osid: number,
  options: readonly string[],
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-tables-'));
  try {
    const memmap = join(folder, 'memmap');
    mkdirSync(memmap);
    writeFileSync(join(folder, 'firmware_memmap.c'), text);
    const sources = [join(folder, 'firmware_memmap.c'), join(headers, 'print-table.c')];
    const definitions = [`-DOSID=${osid}`, `-DFIRMWARE_MEMMAP_DIR="${memmap}"`];
    const flags = ['-std=gnu11', '-w', ...definitions, '-I', headers, ...options];
    const program = join(folder, 'program');
    await run('gcc', [...flags, ...sources, '-o', program]);
    const { stdout } = await run(program);
    return stdout
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replaceAll(/(?<![\w])0(?= )/g, '0x0'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
