/** Source trees as Kexec-Mint's are: upstream's, given Mint's lines. They are made in a temporary folder only. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The folder with upstream's source, fetched where it is not there yet; throws with the script's message. */
export function upstreamSource(): string {
  return execFileSync('node', [join(root, 'scripts/fetch-kexec-tools.mjs')], { encoding: 'utf8' }).trim();
}

/** Writes a source tree for each OS node below `folder`: `kexec-mint-os0` and so on. */
export function writeMintTrees(source: string, folder: string, nodes: readonly number[]): void {
  for (const osid of nodes) {
    const tree = join(folder, `kexec-mint-os${osid}`);
    cpSync(source, tree, { recursive: true });
    const memmap = join(tree, 'kexec/firmware_memmap.c');
    writeFileSync(memmap, insertMintLines(readFileSync(memmap, 'utf8')));
    cpSync(join(root, `samples/three-nodes/kexec-mint-os${osid}/kexec/mint.h`), join(tree, 'kexec/mint.h'));
  }
}

const MINT_LINES = `	/* Modify following three params to setup memmap */

	mint_region1_start = (mint_memory_region % 5) * 0x20000;
	mint_region1_size = 0x20000;
	mint_region2_start = 0x8000000 + 0x8000000*(mint_memory_region % 5);
	mint_region2_size = 0x8000000;
	mint_region3_start = mint_memory_start;
	mint_region3_size = mint_memory_size - 0x8000000;

${[1, 2, 3].map((region) => rangeOf(region)).join('\n')}
	i = 3;

`;

function rangeOf(region: number): string {
  const [range, name] = [`range[${region - 1}]`, `mint_region${region}`];
  return `	${range}.start = ${name}_start;
	${range}.end = ${name}_start + ${name}_size - 1;
	${range}.type = RANGE_RAM;`;
}

/**
 * Upstream's firmware_memmap.c with Mint's lines where the listing has them: in get_firmware_memmap_ranges(), before
 * the number of ranges is handed to the caller. The regions then take the place of what the firmware reported.
 */
export function insertMintLines(text: string): string {
  const lines = text.split('\n');
  const lastInclude = lines.findLastIndex((line) => line.startsWith('#include'));
  const function_ = lines.findLastIndex((line) => line.startsWith('int get_firmware_memmap_ranges('));
  const result = lines.findIndex((line, index) => index > function_ && line === '\t*ranges = i;');
  if (lastInclude < 0 || function_ < 0 || result < 0) {
    throw new Error("upstream's firmware_memmap.c no longer has the place where Mint's lines stand");
  }
  return [
    ...lines.slice(0, lastInclude + 1),
    '#include "mint.h"',
    ...lines.slice(lastInclude + 1, result),
    ...MINT_LINES.split('\n'),
    ...lines.slice(result),
  ].join('\n');
}
