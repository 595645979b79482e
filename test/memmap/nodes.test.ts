/** Which OS nodes there are: by what the trees define, by their folders' names, by what the window holds. */
import { describe, expect, it } from 'vitest';
import { numberOfFolder, osidOf } from '../../server/src/memmap/nodes';
import type { Settings } from '../../server/src/project/settings';
import { type Workspace, workspace } from './workspace';

const FILE = 'kexec/firmware_memmap.c';

/** A tree with these lines in front; `start` is an expression for region 3's start. */
function tree(lines: string, start = '0x20000000UL + OSID*0x18000000UL'): string {
  return `${lines}
unsigned long mint_region3_start, mint_region3_size;
void setup(void)
{
	mint_region3_start = ${start};
	mint_region3_size = 0x18000000;
}
`;
}

/** @param listed what a project file says of the nodes */
function space(
  trees: Record<string, string>,
  settings?: Partial<Settings>,
  listed?: readonly object[],
): Workspace {
  const files = new Map(Object.entries(trees).map(([root, text]) => [`${root}/${FILE}`, text]));
  if (listed) files.set('kexec-mint.json', JSON.stringify({ nodes: listed }));
  return workspace(files, settings);
}

const nodes = ({ layout }: Workspace) =>
  layout.nodes.map(({ osid, tree: { name }, osidFrom }) => `${osid} ${name} ${osidFrom.kind}`);
const rules = ({ findings }: Workspace) => findings.map(({ rule }) => rule);

describe('several trees', () => {
  it('are numbered by the OSID they define, in any of the ways C has', () => {
    expect(
      nodes(
        space({
          a: tree('#define OSID 2'),
          b: tree('enum { MINT_OSID = 1 };', '0x38000000'),
          c: tree('static const int osid = 0;', '0x20000000'),
          d: tree('#define BASE 1\n#define OSID (BASE + 2)', '0x68000000'),
        }),
      ),
    ).toEqual(['0 c definition', '1 b definition', '2 a definition', '3 d definition']);
  });

  it('are numbered by their memory region where they define none', () => {
    const found = space({
      a: tree('#define mint_memory_region 1', '0x38000000'),
      b: tree('int mint_memory_region = 0;', '0x20000000'),
    });
    expect(nodes(found)).toEqual(['0 b definition', '1 a definition']);
  });

  it('are not numbered by a memory region that rests on the OSID', () => {
    const region = '#if OSID == 1\n#define mint_memory_region 1\n#else\n#define mint_memory_region 0\n#endif';
    expect(nodes(space({ 'mint-5': tree(region), 'mint-6': tree(region) }))).toEqual([
      '5 mint-5 folder',
      '6 mint-6 folder',
    ]);
  });

  it('are not numbered by a value that is set at run time', () => {
    const option = 'int osid;\nint atoi(const char *);\nvoid option(char *text) { osid = atoi(text); }';
    const found = space({ 'mint-1': tree(option), 'mint-2': tree(option) });
    expect(nodes(found)).toEqual(['1 mint-1 folder', '2 mint-2 folder']);
  });

  it('are numbered by the end of the name, else by the next free number, which is told', () => {
    const found = space({ 'kexec-mint': tree(''), os0: tree(''), old: tree('') });
    expect(nodes(found)).toEqual(['0 os0 folder', '1 kexec-mint free', '2 old free']);
    expect(rules(found)).toEqual(['assumed-osid', 'assumed-osid']);
  });

  it('hold what the project file gives for what is set at run time, each its own', () => {
    const asked = 'unsigned long asked;\nvoid option(unsigned long given) { asked = given; }';
    const starts = (...listed: readonly object[]) =>
      space({ os0: tree(asked, 'asked'), os1: tree(asked, 'asked') }, {}, listed).layout.nodes.map(
        ({ regions }) => regions[0]?.start.value,
      );
    const node = (osid: number, define: object) => ({ osid, source: `os${osid}`, define });
    expect(starts(node(0, { asked: '0x20000000' }), node(1, { asked: '0x40000000' }))).toEqual([
      0x20000000n,
      0x40000000n,
    ]);
    expect(starts(node(0, {}), node(1, { asked: '0x40000000' }))).toEqual([0n, 0x40000000n]);
  });

  it('take the OSID of the command line they are compiled with', () => {
    const files = new Map([
      [`a/${FILE}`, tree('')],
      ['a/Makefile', 'CFLAGS += -DOSID=1\n'],
      [`b/${FILE}`, tree('')],
      ['b/kexec/Makefile', 'CPPFLAGS = -DOSID=2\n'],
    ]);
    expect(nodes(workspace(files))).toEqual(['1 a definition', '2 b definition']);
  });

  it('that claim one OSID stay, both, and their overlap is not told beside', () => {
    const found = space({
      os0: tree('#define OSID 0'),
      os1: tree('#define OSID 0'),
      os2: tree('#define OSID 2'),
    });
    expect(nodes(found)).toEqual(['0 os0 definition', '0 os1 definition', '2 os2 definition']);
    expect(rules(found)).toEqual(['duplicate-osid']);
    expect(found.findings.map(({ place }) => found.placeText(place))).toEqual([`os1/${FILE}:1`]);
  });
});

describe('one tree', () => {
  it('serves as many OSIDs as the window holds', () => {
    const window = { start: 0x20000000n, end: 0x80000000n };
    expect(nodes(space({ mint: tree('') }))).toHaveLength(3);
    expect(nodes(space({ mint: tree('') }, { window }))).toHaveLength(4);
    expect(nodes(space({ mint: tree('') }, { window: { start: 0n, end: 1n << 60n } }))).toHaveLength(64);
    expect(nodes(space({ mint: tree('') }, { nodeCount: 5 }))).toHaveLength(5);
    expect(nodes(space({ mint: tree('') }, { nodeCount: 1000 }))).toHaveLength(64);
  });

  it('serves the usual three where its start does not tell', () => {
    const unknown = 'unsigned long read_start(void);';
    expect(nodes(space({ mint: tree(unknown, 'read_start() + OSID') }))).toHaveLength(3);
    expect(nodes(space({ mint: tree('', '0x200000000UL + OSID*0x18000000UL') }))).toHaveLength(3);
    expect(nodes(space({ mint: 'syntax error (' }))).toHaveLength(3);
    expect(nodes(space({ mint: '' }))).toHaveLength(3);
  });

  it('that repeats a share holds no further node', () => {
    expect(nodes(space({ mint: tree('', '0x20000000UL + OSID % 2 * 0x18000000UL') }))).toHaveLength(2);
  });

  it('that says the same for every OSID is one node with its own number', () => {
    expect(nodes(space({ 'mint-4': tree('', '0x38000000') }))).toEqual(['4 mint-4 folder']);
    expect(nodes(space({ mint: tree('#define OSID 2', '0x38000000') }))).toEqual(['2 mint definition']);
    expect(nodes(space({ mint: tree('', '0x38000000') }))).toEqual(['0 mint free']);
    expect(rules(space({ mint: tree('', '0x38000000') }))).toEqual([]);
  });

  it('counts OSIDs under all its names at once', () => {
    const found = space({ mint: tree('static const int osid = 0;', '0x20000000UL + osid*0x18000000UL') });
    expect(nodes(found)).toEqual(['0 mint shared', '1 mint shared', '2 mint shared']);
  });
});

describe('the project file', () => {
  it('gives nodes their trees, whatever these say; the others are numbered as ever', () => {
    const trees = { a: tree('#define OSID 5'), b: tree(''), c: tree('#define OSID 1') };
    const found = space(trees, {}, [{ osid: 2, source: 'a' }]);
    expect(nodes(found)).toEqual(['0 b free', '1 c definition', '2 a project']);
    expect(found.layout).toMatchObject({ shared: false, unused: [] });
  });

  it('leaves a tree unused whose number it gives to another', () => {
    const trees = { a: tree(''), b: tree('#define OSID 2'), c: tree('#define OSID 1') };
    const found = space(trees, {}, [{ osid: 2, source: 'a' }]);
    expect(nodes(found)).toEqual(['1 c definition', '2 a project']);
    expect(found.layout.unused.map(({ tree: { name }, osid }) => `${osid} ${name}`)).toEqual(['2 b']);
  });

  it('gives no number away that it has taken', () => {
    const found = space({ a: tree(''), b: tree(''), c: tree('') }, {}, [{ osid: 0, source: 'b' }]);
    expect(nodes(found)).toEqual(['0 b project', '1 a free', '2 c free']);
  });

  it('may give one tree to several nodes, which then share it', () => {
    const found = space({ mint: tree('') }, {}, [
      { osid: 0, source: 'mint' },
      { osid: 4, source: 'mint' },
    ]);
    expect(nodes(found)).toEqual(['0 mint project', '4 mint project']);
    expect(found.layout.shared).toBe(true);
    expect(space({ mint: tree('') }, {}, [{ osid: 4, source: 'mint' }]).layout.shared).toBe(false);
  });

  it('counts less than a number of nodes where there is one tree', () => {
    const listed = [{ osid: 4, source: 'mint' }];
    expect(nodes(space({ mint: tree('') }, { nodeCount: 2 }, listed))).toEqual([
      '0 mint shared',
      '1 mint shared',
    ]);
    const two = { mint: tree(''), other: tree('#define OSID 1') };
    expect(nodes(space(two, { nodeCount: 2 }, listed))).toEqual(['1 other definition', '4 mint project']);
  });

  it('that names a tree that is not there names none', () => {
    expect(nodes(space({ mint: tree('') }, {}, [{ osid: 4, source: 'gone' }]))).toHaveLength(3);
  });
});

it('the OSID of a tree is the project file’s, else its own, else its folder’s', () => {
  const { context } = space({ a: tree('#define OSID 5'), b: tree('#define OSID 3'), 'mint-7': tree(''), old: tree('') }, {}, [{ osid: 2, source: 'a' }]); // biome-ignore format: one call
  const { project, settings, evaluate } = context;
  const facts = project.file?.nodes ?? [];
  const found = project.trees.map((one) => [one.name, osidOf(one, settings, evaluate, facts)]);
  expect(Object.fromEntries(found)).toEqual({ a: 2, b: 3, 'mint-7': 7, old: undefined });
});

describe('a number is an OSID', () => {
  const numbered = (lines: string) => nodes(space({ a: tree(lines), b: tree('#define OSID 1') }));

  it.each([
    ['#define OSID 999999', '999999 a definition'],
    ['#define OSID 1000000', '0 a free'],
    ['#define OSID (-1)', '0 a free'],
    ['#define OSID 0', '0 a definition'],
    ['extern int OSID;', '0 a free'],
    ['extern int OSID;\n#define mint_memory_region 4', '0 a free'],
    ['#define mint_memory_region 4', '4 a definition'],
    [
      'int mint_memory_region = 4;\nint atoi(const char *);\nvoid f(char *t) { mint_memory_region = atoi(t); }',
      '0 a free',
    ],
  ])('%s: %s', (lines, expected) => {
    expect(numbered(lines)).toContain(expected);
  });

  it('that stands where the tree says it', () => {
    const places = (lines: string) => {
      const found = space({ a: tree(lines), b: tree('#define OSID 1') });
      return found.layout.nodes.map(({ osidFrom }) =>
        osidFrom.kind === 'definition' ? [osidFrom.name, osidFrom.place && found.text(osidFrom.place)] : [],
      );
    };
    expect(places('#define OSID 0')).toEqual([
      ['OSID', 'OSID'],
      ['OSID', 'OSID'],
    ]);
    expect(places('static int osid = 0;')[0]).toEqual(['osid', 'osid']);
    expect(places('int mint_memory_region = 0;')[0]).toEqual(['mint_memory_region', 'mint_memory_region']);
  });
});

describe('the window holds', () => {
  const count = (start: string, window = { start: 0x20000000n, end: 0x68000000n }) =>
    nodes(space({ mint: tree('', start) }, { window })).length;

  it('those whose region starts in it, at its start too, and not at its end', () => {
    expect(count('0x20000000UL + OSID*0x18000000UL')).toBe(3);
    expect(count('0x20000000UL + OSID*0x18000000UL', { start: 0x20000000n, end: 0x68000001n })).toBe(4);
    expect(count('0x20000000UL + OSID*0x18000000UL', { start: 0x20000001n, end: 0x68000000n })).toBe(3);
    expect(count('0x28000000UL - OSID*0x8000000UL')).toBe(2);
  });

  it('at least one', () => {
    expect(nodes(space({ mint: tree('') }, { nodeCount: 0 }))).toHaveLength(1);
    expect(nodes(space({ mint: tree('') }, { nodeCount: 1 }))).toEqual(['0 mint shared']);
    expect(space({ mint: tree('') }, { nodeCount: 1 }).layout.shared).toBe(false);
  });
});

it('no tree at all is a layout without nodes', () => {
  expect(nodes(workspace(new Map()))).toEqual([]);
  expect(workspace(new Map([['README.md', '']])).findings).toEqual([]);
});

it.each([
  ['kexec-mint-os2', 2],
  ['12', 12],
  ['node07', 7],
  ['kexec-tools-2.0.25', undefined],
  ['mint-20160929', undefined],
  ['mint', undefined],
])('the folder %s is numbered %s', (name, number) => expect(numberOfFolder(name)).toBe(number));
