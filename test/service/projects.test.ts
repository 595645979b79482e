/** kexec-mint.json in a workspace: what it changes in the layout, and when. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { CParser } from '../../server/src/c/parser';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/project/settings';
import { formatRange } from '../../server/src/range';
import { explainOverlaps } from '../../server/src/service/features/explain-overlaps';
import { createService, type Service } from '../../server/src/service/service';
import type { Snapshot } from '../../server/src/service/snapshot';
import { FOLDER, MemoryFiles, realParser, uriOf } from './memory-files';

const PROJECT = 'kexec-mint.json';
const MEMMAP = 'kexec/firmware_memmap.c';

let parser: CParser;
beforeAll(async () => {
  parser = await realParser();
});

interface Space {
  readonly files: MemoryFiles;
  readonly service: Service;
  /** Of all projects: `osid tree: region range, …`. */
  layout(): Promise<readonly string[]>;
  project(): Promise<Snapshot>;
  /** The headings of the page on overlaps. */
  explained(): Promise<readonly string[]>;
}

function space(texts: Record<string, unknown>, given: Partial<Settings> = {}): Space {
  const files = new MemoryFiles(
    Object.entries(texts).map(([path, text]) => [
      path,
      typeof text === 'string' ? text : JSON.stringify(text),
    ]),
  );
  const settings = { ...DEFAULT_SETTINGS, ...given };
  const logged: unknown[] = [];
  const service = createService({
    files,
    parser,
    settings,
    folders: () => [FOLDER],
    log: (error) => logged.push(error),
  });
  const projects = async () => {
    const snapshot = await service.snapshot();
    expect(logged).toEqual([]);
    return snapshot.projects;
  };
  return {
    files,
    service,
    layout: async () => (await projects()).flatMap(linesOf),
    project: async () => {
      const [first] = await projects();
      if (!first) throw new Error('no project');
      return first;
    },
    explained: async () => explainOverlaps(await projects(), 'en').match(/^##? .*$/gm) ?? [],
  };
}

function linesOf({ layout }: Snapshot): readonly string[] {
  return layout.nodes.map(({ osid, tree, regions }) => {
    const ranges = regions.map(({ name, range }) => `${name} ${range ? formatRange(range) : 'unknown'}`);
    return `${osid} ${tree.name}: ${ranges.join(', ')}`;
  });
}

/** A tree of one region. @param start C of OSID */
const tree = (start: string, lines = '') => `${lines}
unsigned long mint_region3_start, mint_region3_size;
void setup(void)
{
	mint_region3_start = ${start};
	mint_region3_size = 0x1000;
}
`;
const SHARED = tree('0x20000000UL + OSID*0x18000000UL');

describe('the nodes that the file lists', () => {
  const own = {
    [`os0/${MEMMAP}`]: tree('0x20000000'),
    [`os1/${MEMMAP}`]: tree('0x30000000'),
    [`old/${MEMMAP}`]: tree('0x40000000'),
  };

  it('are booted from the trees it names, the others are numbered beside them', async () => {
    const nodes = [
      { osid: 1, source: 'os0' },
      { osid: 5, source: 'old/' },
    ];
    expect(await space({ ...own, [PROJECT]: { nodes } }).layout()).toEqual([
      '1 os0: region3 0x20000000–0x20001000',
      '5 old: region3 0x40000000–0x40001000',
    ]);
  });

  it('leave the tree that claims the OSID of one unused', async () => {
    const { layout } = await space({ ...own, [PROJECT]: { nodes: [{ osid: 1, source: 'old' }] } }).project();
    expect(layout.unused.map(({ tree: { name }, osid }) => [name, osid])).toEqual([['os1', 1]]);
    expect(layout.nodes.map(({ osid, tree: { name }, osidFrom }) => [osid, name, osidFrom.kind])).toEqual([
      [0, 'os0', 'folder'],
      [1, 'old', 'project'],
    ]);
  });

  it('without a source are numbered as without the file', async () => {
    const listed = await space({ ...own, [PROJECT]: { nodes: [{ osid: 1 }, { osid: 7 }] } }).layout();
    expect(listed).toEqual(await space(own).layout());
    expect(listed.map((line) => line.slice(0, 5))).toEqual(['0 os0', '1 os1', '2 old']);
  });

  it('of a source that is no tree change nothing', async () => {
    expect(
      await space({
        ...own,
        [PROJECT]: {
          nodes: [
            { osid: 9, source: 'os' },
            { osid: 8, source: 'os0/kexec' },
          ],
        },
      }).layout(),
    ).toEqual(await space(own).layout());
  });

  it('may share a tree, also under numbers that do not follow on each other', async () => {
    const nodes = [0, 2, 4].map((osid) => ({ osid, source: 'mint' }));
    const { layout } = await space({ [`mint/${MEMMAP}`]: SHARED, [PROJECT]: { nodes } }).project();
    expect(layout.shared).toBe(true);
    expect(layout.nodes.map(({ osid }) => osid)).toEqual([0, 2, 4]);
  });

  it('give way to nodeCount where one tree serves all', async () => {
    const nodes = [{ osid: 0, source: 'mint' }];
    const count = async (json: object) =>
      (await space({ [`mint/${MEMMAP}`]: SHARED, [PROJECT]: json }).layout()).length;
    expect(await count({ nodes })).toBe(1);
    expect(await count({ nodes, nodeCount: 4 })).toBe(4);
    expect(await count({ nodes: [{ osid: 0 }] })).toBe(3);
  });

  it('are found in a folder with blanks and Japanese in its name', async () => {
    const found = await space({
      [`my trees/監視/${MEMMAP}`]: tree('0x20000000'),
      [`my trees/${PROJECT}`]: { nodes: [{ osid: 3, source: '監視' }] },
    }).layout();
    expect(found).toEqual(['3 my trees/監視: region3 0x20000000–0x20001000']);
  });

  it('may have regions that are no RAM', async () => {
    const { layout } = await space({
      ...own,
      [PROJECT]: { nodes: [{ osid: 0, reserved: ['region3'] }] },
    }).project();
    expect(layout.nodes.map(({ regions }) => regions.map(({ kind }) => kind).join())).toEqual([
      'reserved',
      'ram',
      'ram',
    ]);
  });
});

describe('define', () => {
  /** As kexec's main does: an option's argument sets it. */
  const OPTION = `int mint_memory_region;
int getopt_long(int, char **, const char *, const void *, int *);
int atoi(const char *);
extern char *optarg;
void setup(void);
int main(int argc, char **argv)
{
	int opt;
	while ((opt = getopt_long(argc, argv, "m:", 0, 0)) != -1)
		if (opt == 'm')
			mint_memory_region = atoi(optarg);
	setup();
	return 0;
}
`;
  const settled = (define: Record<string, string>) => ({ nodes: [{ osid: 2, source: 'os2', define }] });

  it('settles a value that is set at run time', async () => {
    const texts = { [`os2/${MEMMAP}`]: tree('0x20000000UL + mint_memory_region*0x18000000UL', OPTION) };
    expect((await space(texts).layout()).at(-1)).toBe('2 os2: region3 unknown');
    expect(await space({ ...texts, [PROJECT]: settled({ mint_memory_region: '1' }) }).layout()).toEqual([
      '2 os2: region3 0x38000000–0x38001000',
    ]);
    expect(await space({ ...texts, [PROJECT]: settled({ mint_memory_region: '0x2' }) }).layout()).toEqual([
      '2 os2: region3 0x50000000–0x50001000',
    ]);
  });

  it('settles one that nothing else tells', async () => {
    const texts = { [`os2/${MEMMAP}`]: tree('memory_start', 'extern unsigned long memory_start;') };
    expect((await space(texts).layout()).at(-1)).toBe('2 os2: region3 unknown');
    expect(await space({ ...texts, [PROJECT]: settled({ memory_start: '0x38000000' }) }).layout()).toEqual([
      '2 os2: region3 0x38000000–0x38001000',
    ]);
  });

  it('keeps the type that the tree declares', async () => {
    const start = async (type: string, value: string) => {
      const texts = { [`os2/${MEMMAP}`]: tree('memory_start', `${type} memory_start;`) };
      const { layout } = await space({ ...texts, [PROJECT]: settled({ memory_start: value }) }).project();
      return layout.nodes[0]?.regions[0]?.start.value;
    };
    expect(await start('unsigned char', '0x138')).toBe(0x38n);
    expect(await start('unsigned long', '0x38000000')).toBe(0x38000000n);
    expect(await start('int', '-1')).toBe(0xffffffffffffffffn);
    expect(await start('unsigned', '-1')).toBe(0xffffffffn);
  });

  it('is of its node alone', async () => {
    const texts = { [`mint/${MEMMAP}`]: tree('base + OSID*0x1000UL', 'extern unsigned long base;') };
    const nodes = [0, 1].map((osid) => ({
      osid,
      source: 'mint',
      define: osid === 0 ? { base: '0x20000000' } : {},
    }));
    expect(await space({ ...texts, [PROJECT]: { nodes } }).layout()).toEqual([
      '0 mint: region3 0x20000000–0x20001000',
      '1 mint: region3 unknown',
    ]);
  });
});

describe('what the file says in place of settings', () => {
  it('is the window, and with it the number of nodes', async () => {
    const texts = { [`mint/${MEMMAP}`]: SHARED };
    const { layout } = await space({
      ...texts,
      [PROJECT]: { window: ['0x20000000', '0x80000000'] },
    }).project();
    expect(layout.window).toEqual({ start: 0x20000000n, end: 0x80000000n });
    expect(layout.nodes).toHaveLength(4);
  });

  it('is the data model, the names of OSID and of regions', async () => {
    const text = tree('sizeof(long) * 0x1000 + ME', '').replaceAll('mint_region3', 'area3');
    const texts = { [`mint/${MEMMAP}`]: text };
    const json = {
      osidNames: ['ME'],
      regionNames: { start: 'area{n}_start', size: 'area{n}_size' },
      nodeCount: 2,
    };
    expect(await space({ ...texts, [PROJECT]: json }).layout()).toEqual([
      '0 mint: region3 0x8000–0x9000',
      '1 mint: region3 0x8001–0x9001',
    ]);
    expect(
      await space({ ...texts, [PROJECT]: { ...json, dataModel: 'ILP32', nodeCount: 1 } }).layout(),
    ).toEqual(['0 mint: region3 0x4000–0x5000']);
  });

  it('is the severity of rules', async () => {
    const texts = { [`os0/${MEMMAP}`]: tree('0x20000800'), [`os1/${MEMMAP}`]: tree('0x30000800') };
    const severities = async (rules: object, settings?: Partial<Settings>) => {
      const { findings } = await space({ ...texts, [PROJECT]: { rules } }, settings).project();
      return [
        ...new Set(findings.filter(({ rule }) => rule === 'misaligned').map(({ severity }) => severity)),
      ];
    };
    expect(await severities({ misaligned: 'error' })).toEqual(['error']);
    expect(await severities({ misaligned: 'off' })).toEqual([]);
    expect(await severities({ misaligned: 'error' }, { rules: { misaligned: 'off' } })).toEqual(['error']);
  });
});

describe('a project file', () => {
  const texts = { [`a/os0/${MEMMAP}`]: tree('0x20000000'), [`b/os0/${MEMMAP}`]: tree('0x30000000') };

  it('parts the trees below it from the others', async () => {
    const { service, layout } = space({ ...texts, [`a/${PROJECT}`]: '{}' });
    expect(await layout()).toEqual([
      '0 a/os0: region3 0x20000000–0x20001000',
      '0 b/os0: region3 0x30000000–0x30001000',
    ]);
    const workspace = await service.snapshot();
    expect(workspace.projects).toHaveLength(2);
    expect(workspace.of(uriOf(`a/${PROJECT}`))).toBe(workspace.projects[0]);
    expect(workspace.of(uriOf(`b/os0/${MEMMAP}`))).toBe(workspace.projects[1]);
  });

  it('that comes, changes and goes on disk changes the layout with it', async () => {
    const { files, service, layout } = space(texts);
    const sourced = (osid: number) => JSON.stringify({ nodes: [{ osid, source: 'a/os0' }] });
    const osids = async () => (await layout()).map((line) => line.slice(0, 7));
    expect(await osids()).toEqual(['0 a/os0', '0 b/os0']);
    files.write(PROJECT, sourced(4));
    service.changed(uriOf(PROJECT), 'created');
    expect(await osids()).toEqual(['0 b/os0', '4 a/os0']);
    files.write(PROJECT, sourced(5));
    service.changed(uriOf(PROJECT), 'changed');
    expect(await osids()).toEqual(['0 b/os0', '5 a/os0']);
    files.remove(PROJECT);
    service.changed(uriOf(PROJECT), 'deleted');
    expect(await osids()).toEqual(['0 a/os0', '0 b/os0']);
  });

  it('counts as it stands in the editor', async () => {
    const { service, layout } = space({ ...texts, [PROJECT]: '{}' });
    const before = await layout();
    service.open(uriOf(PROJECT), 1, '{"nodes": [{"osid": 6, "source": "a/os0"}]}');
    expect((await layout())[1]).toContain('6 a/os0');
    service.open(uriOf(PROJECT), 2, '{"nodes": [{"osid": 6, "source": "a/os0"');
    expect((await layout())[1]).toContain('6 a/os0');
    service.close(uriOf(PROJECT));
    expect(await layout()).toEqual(before);
  });

  it('that is no text leaves the trees as they are', async () => {
    const { files, layout, project } = space(texts);
    files.write(PROJECT, new Uint8Array([0, 1, 2]));
    expect(await layout()).toEqual(await space(texts).layout());
    const { problems } = (await project()).context.project.file ?? {};
    expect(problems?.map(({ message }) => message.id)).toEqual(['project.no-text']);
  });

  it('does not make an edit of it evaluate a tree again that it says nothing new of', async () => {
    const { service, project } = space({ ...texts, [PROJECT]: '{}' });
    const before = await project();
    service.open(uriOf(PROJECT), 1, '{ "rules": { "misaligned": "off" } }');
    const after = await project();
    expect(after.layout.nodes.map(({ evaluation }) => evaluation)).toEqual(
      before.layout.nodes.map(({ evaluation }) => evaluation),
    );
    for (const [index, node] of after.layout.nodes.entries())
      expect(node.evaluation).toBe(before.layout.nodes[index]?.evaluation);
  });
});

describe('what a project came to', () => {
  const texts = {
    [`a/os0/${MEMMAP}`]: tree('START', '#include "start.h"'),
    'a/os0/kexec/start.h': '#define START 0x20000000',
    [`a/${PROJECT}`]: '{}',
    [`b/os0/${MEMMAP}`]: tree('0x30000000'),
    [`b/${PROJECT}`]: '{}',
  };

  it('is kept while another project is typed in, with the texts of now', async () => {
    const { service } = space(texts);
    const { projects: before } = await service.snapshot();
    service.open(uriOf(`b/os0/${MEMMAP}`), 1, tree('0x40000000'));
    service.open(uriOf('dump.iomem'), 7, '20000000-20000fff : System RAM');
    const { projects: after } = await service.snapshot();
    expect(after.map(({ findings }, index) => findings === before[index]?.findings)).toEqual([true, false]);
    expect(after.map(({ context }, index) => context === before[index]?.context)).toEqual([true, false]);
    expect(after[0]?.document(uriOf('dump.iomem'))?.version).toBe(7);
    expect(after[0]?.version(uriOf(`b/os0/${MEMMAP}`))).toBe(1);
  });

  it('is computed anew when a header that it includes, its project file or a dump changes', async () => {
    const { files, service, layout } = space({
      ...texts,
      [`a/${PROJECT}`]: { nodes: [{ osid: 0, source: 'os0', iomem: 'os0.iomem' }] },
    });
    const first = async () => (await service.snapshot()).projects[0];
    let before = await first();
    expect(before?.findings.map(({ rule }) => rule)).toEqual(['unusable-evidence']);
    const changes: readonly (readonly [string, string, 'created' | 'changed'])[] = [
      ['a/os0/kexec/start.h', '#define START 0x50000000', 'changed'],
      ['a/os0.iomem', '50000000-50000fff : System RAM', 'created'],
      [`a/${PROJECT}`, '{}', 'changed'],
    ];
    for (const [path, text, change] of changes) {
      files.write(path, text);
      service.changed(uriOf(path), change);
      const after = await first();
      expect(after?.context, path).not.toBe(before?.context);
      before = after;
    }
    expect(await layout()).toContain('0 a/os0: region3 0x50000000–0x50001000');
  });
});

describe('the page on overlaps', () => {
  const same = tree('0x20000000');

  it('names the trees where there are several projects', async () => {
    const texts = { [`a/os0/${MEMMAP}`]: same, [`a/os1/${MEMMAP}`]: same };
    const heading = '## region3 of OS node 1 and region3 of OS node 0: 0x20000000–0x20001000 (4 KiB)';
    expect(await space(texts).explained()).toEqual(['# Overlaps between OS nodes', heading]);
    const { explained } = space({
      ...texts,
      [`b/os0/${MEMMAP}`]: same,
      'a/kexec-mint.json': {},
      'b/kexec-mint.json': {},
      'c/kexec-mint.json': {},
    });
    expect(await explained()).toEqual([
      '# Overlaps between the OS nodes of a/os0, a/os1',
      heading,
      '# Overlaps between the OS nodes of b/os0',
    ]);
  });
});
