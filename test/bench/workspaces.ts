/** Folders that servers are measured on. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from 'vscode-languageserver-protocol/node';
import { upstreamSource, writeMintTrees } from '../upstream/mint-trees';

export interface Bench {
  readonly folder: string;
  /** The memory map of OS node 0, relative to the folder. */
  readonly file: string;
  /** Where the digits of what region 3's size leaves out of the share stand. */
  readonly digits: Position;
}

/**
 * What is typed there: another number each time, so that nothing is known from before, always a page's multiple and small
 * enough that node 0 overlaps node 1, so that there is something to report.
 */
export function typedDigits(turn: number): string {
  return `1${((turn % 0x1000) * 0x1000).toString(16).padStart(6, '0')}`;
}

const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
/** The number that is typed: what is left out of the share. */
const SIZE = /mint_region3_size = mint_memory_size - 0x(8000000);/d;

/** The sample with three OS nodes. */
export function sampleBench(root: string, folder: string): Bench {
  cpSync(join(root, 'samples/three-nodes'), folder, { recursive: true });
  return benchOf(folder, NODE_0);
}

/** The sample, its memory map of OS node 0 filled up to `lines` lines with functions that nothing of the map rests on. */
export function longBench(root: string, folder: string, lines: number): Bench {
  cpSync(join(root, 'samples/three-nodes'), folder, { recursive: true });
  const path = join(folder, NODE_0);
  const text = readFileSync(path, 'utf8');
  const missing = Math.ceil((lines - text.split('\n').length) / FILLER_LINES);
  writeFileSync(
    path,
    text + Array.from({ length: Math.max(missing, 0) }, (_, index) => filler(index)).join(''),
  );
  return benchOf(folder, NODE_0);
}

/** Upstream's whole source with Mint's lines, for three OS nodes; throws where it cannot be fetched. */
export function upstreamBench(folder: string): Bench {
  mkdirSync(folder, { recursive: true });
  writeMintTrees(upstreamSource(), folder, [0, 1, 2]);
  return benchOf(folder, NODE_0);
}

/** So many source trees, a project of three of them each. */
export function manyTrees(root: string, folder: string, count: number): Bench {
  for (let index = 0; index < count; index++) {
    const [project, osid] = [`p${Math.floor(index / 3)}`, index % 3];
    const tree = `kexec-mint-os${osid}`;
    cpSync(join(root, 'samples/three-nodes', tree), join(folder, project, tree), { recursive: true });
    writeFileSync(join(folder, project, 'kexec-mint.json'), '{}\n');
  }
  return benchOf(folder, join('p0', NODE_0));
}

function benchOf(folder: string, file: string): Bench {
  const path = join(folder, file);
  // clangd is told what a build would tell it.
  writeFileSync(join(folder, 'compile_flags.txt'), '-xc\n-std=gnu17\n');
  const text = readFileSync(path, 'utf8');
  const offset = SIZE.exec(text)?.indices?.[1]?.[0];
  if (offset === undefined) throw new Error(`${path} does not set mint_region3_size as the sample does`);
  // Node 0 overlaps node 1 from the start: what has nothing to report need not report.
  const first = typedDigits(0);
  writeFileSync(path, text.slice(0, offset) + first + text.slice(offset + first.length));
  const before = text.slice(0, offset).split('\n');
  const digits = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { folder, file, digits };
}

const filler = (index: number) => `
/* How many of the bytes are set: the checksum of table ${index}. */
int checksum_of_table_${index}(const unsigned char *bytes, int length)
{
	int i, sum = ${index};

	for (i = 0; i < length; i++)
		if (bytes[i] != 0)
			sum += bytes[i] & 0x7f;
	return sum;
}
`;
const FILLER_LINES = filler(0).split('\n').length - 1;
