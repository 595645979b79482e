/** The real kexec-tools, given Mint's lines, opens, evaluates and reports as the sample does. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upstreamSource, writeMintTrees } from './mint-trees';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const samples = join(import.meta.dirname, '../../samples/three-nodes');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-upstream-'));
  if (!existsSync(cli)) throw new Error('dist/cli.js is missing; make it with `npm run build`');
  writeMintTrees(upstreamSource(), folder, [0, 1, 2]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Report {
  readonly nodes: readonly { readonly osid: number; readonly source: string; readonly regions: unknown }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly file: string;
    readonly range: { readonly start: { readonly line: number } };
    readonly nodes: readonly number[];
  }[];
}

function map(workspace: string): Report {
  return JSON.parse(execFileSync('node', [cli, 'map', workspace, '--format', 'json'], { encoding: 'utf8' }));
}

const region = (name: string, start: string, size: string, end: string) => ({ name, start, size, end });

const node = (osid: number, ...regions: readonly object[]) => ({
  osid,
  source: `kexec-mint-os${osid}`,
  regions,
});

const FIGURE_1 = [
  node(
    0,
    region('region1', '0x0', '0x20000', '0x20000'),
    region('region2', '0x8000000', '0x8000000', '0x10000000'),
    region('region3', '0x20000000', '0x18000000', '0x38000000'),
  ),
  node(
    1,
    region('region1', '0x20000', '0x20000', '0x40000'),
    region('region2', '0x10000000', '0x8000000', '0x18000000'),
    region('region3', '0x38000000', '0x18000000', '0x50000000'),
  ),
  node(
    2,
    region('region1', '0x40000', '0x20000', '0x60000'),
    region('region2', '0x18000000', '0x8000000', '0x20000000'),
    region('region3', '0x50000000', '0x18000000', '0x68000000'),
  ),
];

describe("upstream's trees with Mint's lines", () => {
  it('is C that gcc accepts', () => {
    const kexec = join(folder, 'kexec-mint-os0/kexec');
    const options = ['-fsyntax-only', '-I', join(kexec, '../include')];
    execFileSync('gcc', [
      ...options,
      '-I',
      join(kexec, '../util_lib/include'),
      join(kexec, 'firmware_memmap.c'),
    ]);
  });

  it('have the nine ranges of figure 1, and nothing is wrong with them', () => {
    const report = map(folder);
    expect(report.nodes).toMatchObject(FIGURE_1);
    expect(report.findings).toEqual([]);
    expect(report.nodes.map(({ regions }) => regions)).toEqual(
      map(samples).nodes.map(({ regions }) => regions),
    );
    expect(spawnSync('node', [cli, 'check', folder]).status).toBe(0);
  });

  it('report node 0 over the regions of nodes 1 and 2 once it is extended', () => {
    const file = join(folder, 'kexec-mint-os0/kexec/firmware_memmap.c');
    const original = readFileSync(file, 'utf8');
    writeFileSync(file, original.replace('mint_memory_size - 0x8000000', '0x48000000'));
    try {
      const line = original.split('\n').findIndex((text) => text.includes('mint_memory_size - 0x8000000'));
      const report = map(folder);
      expect(report.nodes[0]?.regions).toMatchObject([
        {},
        {},
        region('region3', '0x20000000', '0x48000000', '0x68000000'),
      ]);
      const overlaps = report.findings.filter(({ rule }) => rule === 'node-overlap');
      const expected = {
        severity: 'error',
        file: 'kexec-mint-os0/kexec/firmware_memmap.c',
        range: { start: { line } },
      };
      expect(overlaps).toMatchObject([
        { ...expected, nodes: [0, 1] },
        { ...expected, nodes: [0, 2] },
      ]);
      expect(spawnSync('node', [cli, 'check', folder]).status).toBe(1);
    } finally {
      writeFileSync(file, original);
    }
  });
});
