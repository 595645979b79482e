/** The layout as lists show it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LayoutResult, NodeItem } from '../../server/src/protocol';
import { layout } from '../../server/src/service/features/layout';
import { createService } from '../../server/src/service/service';
import { FOLDER, MemoryFiles, realParser, uriOf } from './memory-files';

const parser = await realParser();
const SAMPLE = join(import.meta.dirname, '../../samples/three-nodes');
const NODES = [0, 1, 2].map((osid) => `kexec-mint-os${osid}/kexec/firmware_memmap.c`);

const sample = (path: string) => readFileSync(join(SAMPLE, path), 'utf8');

function sampleFiles(): Map<string, string> {
  const headers = NODES.flatMap((path) =>
    ['mint.h', 'kexec.h'].map((name) => path.replace('firmware_memmap.c', name)),
  );
  const dumps = ['os0.iomem', 'os1.iomem', 'os2.dmesg', 'os2.iomem', 'os2.kexec'].map(
    (name) => `dumps/${name}`,
  );
  return new Map([...NODES, ...headers, ...dumps, 'kexec-mint.json'].map((path) => [path, sample(path)]));
}

async function layoutOf(
  texts: ReadonlyMap<string, string>,
  locale: 'en' | 'ja' = 'en',
): Promise<LayoutResult> {
  const service = createService({ files: new MemoryFiles(texts), parser, folders: () => [FOLDER] });
  return layout(await service.snapshot(), locale);
}

function only({ projects }: LayoutResult) {
  const [project, ...others] = projects;
  if (!project || others.length > 0) throw new Error('not one project');
  return project;
}

function region3({ regions }: NodeItem) {
  const region = regions.find(({ name }) => name === 'region3');
  if (!region) throw new Error('no region3');
  return region;
}

/** Node 0 reaches to the window's end. */
function extended(): Map<string, string> {
  const texts = sampleFiles();
  const [first = ''] = NODES;
  return texts.set(first, sample(first).replace('mint_memory_size - 0x8000000', '0x48000000'));
}

describe('a layout', () => {
  it('lists the nodes of the sample, their regions, kernel texts and dumps', async () => {
    const project = only(await layoutOf(sampleFiles()));
    expect(project).toMatchObject({
      uri: uriOf('kexec-mint.json'),
      name: 'workspace',
      summary: '3 OS nodes · no overlap',
      window: { start: '0x20000000', end: '0x68000000' },
      findings: [],
    });
    expect(project.nodes.map(({ label, file }) => [label, file])).toEqual(
      NODES.map((path, osid) => [`OS node ${osid}`, uriOf(path)]),
    );
    const [first] = project.nodes;
    expect(first?.description).toMatch(/monitor · kexec-mint-os0$/);
    expect(first?.dumps).toEqual([{ uri: uriOf('dumps/os0.iomem'), label: 'os0.iomem' }]);
    expect(first?.kernelText?.description).toMatch(
      /^0x[0-9a-f]+–0x[0-9a-f]+ · ≈?\d+.* MiB · seen in os0\.iomem$/,
    );
    expect(first?.kernelText?.location.uri).toBe(uriOf('dumps/os0.iomem'));
    expect(first?.regions.map(({ name, description, isShare }) => [name, description, isShare])).toEqual([
      ['region1', '0x0–0x20000 · 128 KiB', false],
      ['region2', '0x8000000–0x10000000 · 128 MiB', false],
      ['region3', '0x20000000–0x38000000 · 384 MiB', true],
    ]);
  });

  it('leads from the share to what decides its size, and from other regions to their start', async () => {
    const texts = sampleFiles();
    const [first] = only(await layoutOf(texts)).nodes;
    const lines = texts.get(NODES[0] ?? '')?.split('\n') ?? [];
    const targets = first?.regions.map(({ places: [place] }) => lines[place?.range.start.line ?? 0]?.trim());
    expect(targets).toEqual([
      expect.stringMatching(/^mint_region1_start = /),
      expect.stringMatching(/^mint_region2_start = /),
      expect.stringMatching(/^mint_region3_size = /),
    ]);
    expect(first && region3(first).tooltip).toContain(
      '| 0 | `0x20000000` | `0x18000000` (384 MiB) | `0x38000000` |',
    );
    expect(first && region3(first).tooltip).not.toContain('| 1 |');
  });

  it('says what overlaps and what is found, under the nodes it concerns', async () => {
    const project = only(await layoutOf(extended()));
    expect(project.summary).toBe('3 OS nodes · 2 overlaps');
    expect(project.worst).toBe('error');
    expect(project.nodes.map((node) => region3(node).overlaps)).toEqual([true, true, true]);
    expect(project.nodes.map(({ regions }) => regions[0]?.overlaps)).toEqual([false, false, false]);
    const overlaps = project.nodes.map(({ findings }) =>
      findings.filter(({ rule }) => rule === 'node-overlap'),
    );
    expect(overlaps.map(({ length }) => length)).toEqual([2, 1, 1]);
    expect(overlaps[1]?.[0]).toMatchObject({ severity: 'error', location: { uri: uriOf(NODES[0] ?? '') } });
  });

  it('keeps what concerns no node with the project, and an unknown region as unknown', async () => {
    const texts = sampleFiles().set('kexec-mint.json', '{ "colour": 1 }');
    const [first = ''] = NODES;
    texts.set(first, sample(first).replace('mint_memory_size - 0x8000000', 'read_size()'));
    const project = only(await layoutOf(texts));
    expect(project.findings).toMatchObject([
      { rule: 'project-file', location: { uri: uriOf('kexec-mint.json') } },
    ]);
    const region = project.nodes[0] && region3(project.nodes[0]);
    expect(region?.description).toBe('unknown');
    expect(region?.range).toBeUndefined();
    expect(region?.tooltip).toContain('read_size');
    expect(project.summary).toBe('3 OS nodes · overlaps unknown');
  });

  it('is told in Japanese, and has no project without nodes', async () => {
    const project = only(await layoutOf(extended(), 'ja'));
    expect(project.summary).toBe('OS ノード 3 個 · 重なり 2 件');
    expect(project.nodes[0]?.label).toBe('OS ノード 0');
    expect(project.nodes[0]?.description).toContain('監視用');
    expect(await layoutOf(new Map([['kexec-mint.json', '{}']]))).toEqual({ projects: [] });
  });
});

describe('two trees that claim one OSID', () => {
  it('have a finding each of their own', async () => {
    const texts = new Map(
      ['a-os0', 'b-os0'].map((folder) => [
        `${folder}/kexec/firmware_memmap.c`,
        'unsigned long mint_region3_start, mint_region3_size;\nvoid f(void)\n{\n\tmint_region3_start = 0x20000001;\n\tmint_region3_size = 0x1000;\n}\n',
      ]),
    );
    const { nodes } = only(await layoutOf(texts));
    expect(
      nodes.map(({ findings }) =>
        findings.filter(({ rule }) => rule === 'misaligned').map(({ location }) => location.uri),
      ),
    ).toEqual([[uriOf('a-os0/kexec/firmware_memmap.c')], [uriOf('b-os0/kexec/firmware_memmap.c')]]);
  });
});
