/** The project file that is made from what was discovered says just that: with it, nothing changes. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { CParser } from '../../server/src/c/parser';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/project/settings';
import type { CreateProjectFileResult } from '../../server/src/protocol';
import { formatRange } from '../../server/src/range';
import { createProjectFile } from '../../server/src/service/features/create-project-file';
import { createService, type Service } from '../../server/src/service/service';
import { FOLDER, MemoryFiles, realParser, uriOf } from './memory-files';

const MEMMAP = 'kexec/firmware_memmap.c';
const tree = (start: string) => `unsigned long mint_region3_start, mint_region3_size;
void setup(void)
{
	mint_region3_start = ${start};
	mint_region3_size = sizeof(long) * 0x1000;
}
`;
const SHARED = tree('0x20000000UL + OSID*0x18000000UL');

let parser: CParser;
beforeAll(async () => {
  parser = await realParser();
});

function serviceOf(files: MemoryFiles, settings: Partial<Settings>, folders = [FOLDER]): Service {
  return createService({
    files,
    parser,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    folders: () => folders,
  });
}

async function made(
  texts: Record<string, string>,
  settings: Partial<Settings> = {},
): Promise<CreateProjectFileResult> {
  const { projects } = await serviceOf(new MemoryFiles(Object.entries(texts)), settings).snapshot();
  const [first] = projects;
  if (!first) throw new Error('no project');
  return createProjectFile(first, 'en');
}

async function layoutOf(service: Service): Promise<readonly string[]> {
  const { projects } = await service.snapshot();
  return projects.flatMap(({ layout }) =>
    layout.nodes.map(({ osid, tree: { name }, regions }) =>
      [osid, name, ...regions.map(({ range }) => range && formatRange(range))].join(' '),
    ),
  );
}

const THREE = Object.fromEntries(
  [0, 1, 2].map((osid) => [`kexec-mint-os${osid}/${MEMMAP}`, tree(`0x${2 + 2 * osid}0000000`)]),
);

describe('the project file', () => {
  it('lists the nodes with their trees, the window and the data model', async () => {
    expect(await made(THREE)).toEqual({
      kind: 'new',
      uri: uriOf('kexec-mint.json'),
      text: `{
  // What Kexec-Mint knows of this project beside its sources. Editors complete the keys and say what each holds.
  // Start and exclusive end of the memory that the OS nodes share out.
  "window": ["0x20000000", "0x68000000"],
  // LP64 (64 bits) or ILP32: what the trees are compiled for.
  "dataModel": "LP64",
  // The OS nodes, and the source tree that each is booted from.
  "nodes": [
    { "osid": 0, "source": "kexec-mint-os0" },
    { "osid": 1, "source": "kexec-mint-os1" },
    { "osid": 2, "source": "kexec-mint-os2" }
  ]
  // Further keys of a node, with paths relative to this file:
  // "role": "monitor" for the node that is to read the kernel text of the others
  // "define": { "mint_memory_region": "2" } for what is set at run time
  // "iomem": "dumps/os0.iomem" for what the node really got; also kexecOutput, kernelLog, firmwareMemmap, systemMap, vmlinux, bzImage
}
`,
    });
  });

  it.each<[string, Record<string, string>, Partial<Settings>]>([
    ['a tree for each node', THREE, {}],
    ['one tree for all nodes', { [`mint/${MEMMAP}`]: SHARED }, {}],
    ['one tree that is the folder itself', { [MEMMAP]: SHARED }, { nodeCount: 2 }],
    [
      'trees without numbers',
      { [`監視 ノード/${MEMMAP}`]: tree('0x20000000'), [`b/${MEMMAP}`]: tree('0x30000000') },
      {},
    ],
    [
      'other settings',
      { [`mint/${MEMMAP}`]: SHARED.replaceAll('mint_region3', 'area3').replace('OSID', 'ME') },
      {
        dataModel: 'ILP32',
        osidNames: ['ME'],
        regionNames: { start: 'area{n}_start', size: 'area{n}_size' },
        window: { start: 0x20000000n, end: 0x50000000n },
      },
    ],
  ])('of %s changes nothing, also where the settings are the default ones', async (_, texts, settings) => {
    const files = new MemoryFiles(Object.entries(texts));
    const before = await layoutOf(serviceOf(files, settings));
    expect(before.length).toBeGreaterThan(0);
    for (const locale of ['en', 'ja'] as const) {
      const [project] = (await serviceOf(files, settings).snapshot()).projects;
      const result = project && createProjectFile(project, locale);
      if (result?.kind !== 'new') throw new Error('no new file');
      const written = new MemoryFiles([...Object.entries(texts), ['kexec-mint.json', result.text]]);
      const service = serviceOf(written, {});
      const [read] = (await service.snapshot()).projects;
      expect(read?.context.project.file?.problems).toEqual([]);
      expect(await layoutOf(service)).toEqual(before);
    }
  });

  it('lists the first of two trees that claim one OSID', async () => {
    const result = await made({
      [`a/${MEMMAP}`]: `#define OSID 1\n${tree('0x20000000')}`,
      [`b/${MEMMAP}`]: `#define OSID 1\n${tree('0x30000000')}`,
    });
    expect(result).toMatchObject({ text: expect.stringContaining('{ "osid": 1, "source": "a" }\n  ]') });
  });

  it('that is there is named, and without trees there is nothing to write', async () => {
    expect(await made({ ...THREE, 'kexec-mint.json': '{}' })).toEqual({
      kind: 'present',
      uri: uriOf('kexec-mint.json'),
    });
    expect(await made({})).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('kexec/firmware_memmap.c'),
    });
  });

  it('is for the folder of a workspace that holds the trees', async () => {
    const files = new MemoryFiles([
      [`second/os0/${MEMMAP}`, tree('0x20000000')],
      [`third/os1/${MEMMAP}`, tree('0x30000000')],
    ]);
    const service = serviceOf(files, {}, [uriOf('first'), uriOf('second'), uriOf('third')]);
    const [project] = (await service.snapshot()).projects;
    const result = project && createProjectFile(project, 'en');
    expect(result).toMatchObject({
      uri: uriOf('second/kexec-mint.json'),
      text: expect.stringMatching(/"nodes": \[\n {4}\{ "osid": 0, "source": "os0" \}\n {2}\]/),
    });
  });
});
