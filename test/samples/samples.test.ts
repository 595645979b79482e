/** The sample trees are C that gcc accepts, and the programs made of them hold the ranges the project speaks of. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const samples = join(import.meta.dirname, '../../samples');
const strict = ['-std=gnu11', '-Wall', '-Wextra', '-Werror'];

const ORIGINAL: readonly (readonly string[])[] = [
  ['0x0–0x20000', '0x8000000–0x10000000', '0x20000000–0x38000000'],
  ['0x20000–0x40000', '0x10000000–0x18000000', '0x38000000–0x50000000'],
  ['0x40000–0x60000', '0x18000000–0x20000000', '0x50000000–0x68000000'],
];

/** What the firmware of the machine below reports; only the RAM of it is Mint's to share out. */
const FIRMWARE = [
  ['0x0', '0x9fbff', 'System RAM'],
  ['0x9fc00', '0x9ffff', 'Reserved'],
  ['0x100000', '0xbffdffff', 'System RAM'],
  ['0xbffe0000', '0xbfffffff', 'ACPI Tables'],
] as const;
const KEPT = ['0x9fc00–0xa0000 type 1', '0xbffe0000–0xc0000000 type 2'];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-samples-'));
  for (const [index, [start, end, type]] of FIRMWARE.entries()) {
    const entry = join(folder, 'memmap', String(index));
    mkdirSync(entry, { recursive: true });
    writeFileSync(join(entry, 'start'), `${start}\n`);
    writeFileSync(join(entry, 'end'), `${end}\n`);
    writeFileSync(join(entry, 'type'), `${type}\n`);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The ranges, ends exclusive, that the tree built with gcc gives on that machine. */
function rangesOf(tree: string, definitions: readonly string[] = []): string[] {
  const kexec = join(samples, tree, 'kexec');
  const program = join(folder, 'print-ranges');
  const memmap = `-DFIRMWARE_MEMMAP_DIR="${join(folder, 'memmap')}"`;
  const sources = [join(kexec, 'firmware_memmap.c'), join(import.meta.dirname, 'print-ranges.c')];
  execFileSync('gcc', [...strict, '-O1', memmap, ...definitions, '-I', kexec, ...sources, '-o', program]);
  const lines = execFileSync(program, { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [start = '', last = '', type] = line.split(' ');
    const range = `${start.replace(/^0$/, '0x0')}–0x${(BigInt(last) + 1n).toString(16)}`;
    return type === '0' ? range : `${range} type ${type}`;
  });
}

const inOrder = (ranges: readonly string[]) =>
  [...ranges].sort((a, b) => Number.parseInt(a, 16) - Number.parseInt(b, 16));

describe('three-nodes', () => {
  it.each([0, 1, 2])('gives node %i the ranges of figure 1', (osid) => {
    const expected = inOrder([...(ORIGINAL[osid] ?? []), ...KEPT]);
    expect(rangesOf(`three-nodes/kexec-mint-os${osid}`)).toEqual(expected);
  });

  it.each([1, 2])('differs between node 0 and node %i in OSID alone', (osid) => {
    const kexec = (node: number) => join(samples, `three-nodes/kexec-mint-os${node}/kexec`);
    expect(readdirSync(kexec(osid))).toEqual(readdirSync(kexec(0)));
    for (const file of readdirSync(kexec(0))) {
      const asNodeZero = readFileSync(join(kexec(osid), file), 'utf8').replace(
        `#define OSID ${osid}`,
        '#define OSID 0',
      );
      expect(asNodeZero).toBe(readFileSync(join(kexec(0), file), 'utf8'));
    }
  });
});

describe('one-tree', () => {
  it.each([0, 1, 2])('gives node %i the ranges of figure 1 when built with its OSID', (osid) => {
    const expected = inOrder([...(ORIGINAL[osid] ?? []), ...KEPT]);
    expect(rangesOf('one-tree/kexec-mint', [`-DOSID=${osid}`])).toEqual(expected);
  });
});

describe('seed-slip', () => {
  it('leaves the start of region 3 at zero', () => {
    const ranges = rangesOf('seed-slip/kexec-mint', ['-DOSID=1']);
    expect(ranges).toEqual(inOrder(['0x0–0x18000000', '0x20000–0x40000', '0x10000000–0x18000000', ...KEPT]));
  });
});

it('compiles without a warning, every sample', () => {
  const trees = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith(join('kexec', 'firmware_memmap.c')),
  );
  expect(trees).toHaveLength(5);
  for (const tree of trees) execFileSync('gcc', [...strict, '-fsyntax-only', join(samples, tree)]);
});
