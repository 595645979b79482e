/** Which OS nodes there are: by what the trees define, by their folders' names, by what the window holds. */
import { describe, expect, it } from 'vitest';
import { numberOfFolder } from '../../server/src/memmap/nodes';
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

function space(trees: Record<string, string>, settings?: Partial<Settings>): Workspace {
  return workspace(new Map(Object.entries(trees).map(([root, text]) => [`${root}/${FILE}`, text])), settings);
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
