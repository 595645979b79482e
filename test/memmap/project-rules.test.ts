/** What is said of a project file beside the sources, and of values that are not known. */
import { describe, expect, it } from 'vitest';
import { workspace } from './workspace';

const START = '0x20000000UL + OSID*0x18000000UL';

function tree(osid: number | undefined, start = START, size = '0x18000000', lines = ''): string {
  return `${osid === undefined ? '' : `#define OSID ${osid}\n`}unsigned long mint_region3_start, mint_region3_size;
unsigned long ask(void), tell(void);
${lines}
void setup(int argument)
{
	mint_region3_start = ${start};
	mint_region3_size = ${size};
}
`;
}

/** What rules find in trees by their folders, and in the project file. */
function found(rules: string | readonly string[], trees: Record<string, string>, project?: object | string) {
  const files = new Map(
    Object.entries(trees).map(([root, text]) => [`${root}/kexec/firmware_memmap.c`, text]),
  );
  if (project) files.set('kexec-mint.json', typeof project === 'string' ? project : JSON.stringify(project));
  const space = workspace(files);
  const own = space.findings.filter(({ rule }) => [rules, 'internal-error'].flat().includes(rule));
  return own.map(({ place, nodes, message, related, fixes }) => ({
    at: space.text(place) || space.placeText(place),
    nodes,
    message: space.english(message),
    related: related.map((one) => space.text(one.place) || space.placeText(one.place)),
    fixes: fixes.map(({ title, edits }) => [space.english(title), edits.length > 0]),
  }));
}

const brief = (...given: Parameters<typeof found>) => found(...given).map(({ at, nodes }) => [at, ...nodes]);

describe('an allowance of an overlap', () => {
  const THREE = { os0: tree(0, START, '0x20000000'), os1: tree(1), os2: tree(2) };
  const unused = (allowance: object, trees: Record<string, string> = THREE) =>
    found('unused-allowance', trees, { allowOverlaps: [{ reason: 'why', ...allowance }] });

  it('is used where these nodes overlap, in these regions', () => {
    expect(unused({ nodes: [0, 1] })).toEqual([]);
    expect(unused({ nodes: [1, 0], regions: ['region3', 'region3'] })).toEqual([]);
    expect(unused({ nodes: [0, 1], regions: ['region3', 'region2'] })).toHaveLength(1);
  });

  it('is not where they do not, which a removal mends', () => {
    expect(unused({ nodes: [2, 0] })).toMatchObject([
      { nodes: [0, 2], message: expect.stringMatching(/2.*0/), fixes: [['Remove this entry', true]] },
    ]);
  });

  it('may be, while a region of one of them is not known', () => {
    const unknown = (osid: number) => ({ ...THREE, [`os${osid}`]: tree(osid, START, 'ask()') });
    expect(unused({ nodes: [0, 2] }, unknown(2))).toEqual([]);
    expect(unused({ nodes: [0, 2] }, unknown(0))).toEqual([]);
    expect(unused({ nodes: [0, 2] }, unknown(1))).toHaveLength(1);
    expect(unused({ nodes: [0, 2], regions: ['region3', 'region3'] }, unknown(2))).toEqual([]);
    expect(unused({ nodes: [0, 2], regions: ['region3', 'region2'] }, unknown(2))).toHaveLength(1);
    expect(unused({ nodes: [2, 0], regions: ['region2', 'region3'] }, unknown(2))).toHaveLength(1);
    expect(unused({ nodes: [2, 0], regions: ['region3', 'region2'] }, unknown(2))).toEqual([]);
  });
});

describe('trees that claim one OSID', () => {
  const rule = 'duplicate-osid';

  it('are told in the one whose folder is numbered otherwise, else in the later one', () => {
    expect(found(rule, { a0: tree(0), b1: tree(0) })).toMatchObject([
      { at: 'OSID', nodes: [0], message: expect.stringMatching(/b1.*a0/), related: ['OSID'] },
    ]);
    expect(found(rule, { a1: tree(0), b0: tree(0) })[0]?.message).toMatch(/a1.*b0/);
    expect(found(rule, { a: tree(0), b: tree(0) })[0]?.message).toMatch(/b.*a/);
    expect(found(rule, { a: tree(0), b: tree(1) })).toEqual([]);
  });

  it('stand at their beginnings where their folders say so', () => {
    const [one] = found(rule, { 'x/os1': tree(undefined), 'y/os1': tree(undefined) });
    expect([one?.at, one?.related]).toEqual([
      'y/os1/kexec/firmware_memmap.c:1',
      ['x/os1/kexec/firmware_memmap.c:1'],
    ]);
  });

  it('can be told apart in the project file', () => {
    const [one] = found(rule, { a0: tree(0), b1: tree(0) });
    expect(one?.fixes).toEqual([
      ['Use b1 for OS node 0 (in kexec-mint.json)', true],
      ['Use a0 for OS node 0 (in kexec-mint.json)', true],
    ]);
  });
});

describe('a tree that the project file gives a node', () => {
  it('and that defines another OSID is told there', () => {
    const listed = {
      nodes: [
        { osid: 0, source: 'a' },
        { osid: 2, source: 'b' },
      ],
    };
    expect(found('osid-mismatch', { a: tree(0), b: tree(1) }, listed)).toMatchObject([
      { at: 'OSID', nodes: [2], message: expect.stringMatching(/b.*2.*OSID.*1|OSID.*1.*2/), related: ['2'] },
    ]);
    expect(found('osid-mismatch', { a: tree(0), b: tree(undefined) }, listed)).toEqual([]);
  });

  it('is compiled anew for each of several nodes', () => {
    const both = {
      nodes: [
        { osid: 0, source: 'a' },
        { osid: 2, source: 'a' },
      ],
    };
    expect(found('osid-mismatch', { a: tree(0) }, both)).toEqual([]);
  });

  it('leaves the others that claim its OSID unused', () => {
    const trees = { a: tree(0), b: tree(0), c: tree(1) };
    expect(found('unused-tree', trees, { nodes: [{ osid: 0, source: 'a' }] })).toMatchObject([
      {
        at: 'b/kexec/firmware_memmap.c:1',
        nodes: [0],
        message: expect.stringMatching(/b.*a/),
        fixes: [['Use b for OS node 0 (in kexec-mint.json)', true]],
      },
    ]);
  });

  it('may be the folder of the project file itself', () => {
    const files = (project: string) =>
      new Map([
        ['kexec/firmware_memmap.c', tree(0)],
        ['os1/kexec/firmware_memmap.c', tree(0)],
        ['kexec-mint.json', project],
      ]);
    const fixesIn = (project: string) =>
      workspace(files(project)).findings.flatMap(({ rule, fixes }) => (rule === 'unused-tree' ? fixes : []));
    const [fix] = fixesIn('{ "nodes": [{ "osid": 0, "source": "os1" }] }');
    expect(fix?.edits.map(({ newText }) => newText)).toEqual([expect.stringContaining('"."')]);
  });
});

describe('a project file', () => {
  const wrong = (
    nodes: readonly object[],
    more: object = {},
    trees: Record<string, string> = { os0: tree(0), os1: tree(1) },
  ) =>
    found('project-file', trees, { nodes, ...more }).map(({ at, nodes: osids, message }) => [
      at,
      osids,
      message,
    ]);

  it('names trees that are there', () => {
    expect(wrong([{ osid: 0, source: 'os0' }])).toEqual([]);
    expect(wrong([{ osid: 0, source: 'os7' }])).toEqual([['"os7"', [0], expect.any(String)]]);
  });

  it('speaks of nodes that are there', () => {
    expect(wrong([{ osid: 7 }])).toEqual([['7', [7], expect.stringContaining('7')]]);
    expect(wrong([{ osid: 1 }])).toEqual([]);
    expect(wrong([{ osid: 7, source: '../os7' }])).toHaveLength(1);
  });

  it('speaks of variables and regions that the tree has', () => {
    const lines = 'unsigned long mint_asked;';
    const trees = { os0: tree(0, START, '0x1000', lines), os1: tree(1) };
    expect(wrong([{ osid: 0, define: { mint_asked: '1' }, reserved: ['region3'] }], {}, trees)).toEqual([]);
    expect(wrong([{ osid: 0, define: { mint_askd: '1' }, reserved: ['region4'] }], {}, trees)).toEqual([
      [expect.stringContaining('mint_askd'), [0], expect.stringMatching(/os0.*mint_askd/)],
      [expect.stringContaining('region4'), [0], expect.stringMatching(/region4/)],
    ]);
  });

  it('sets rules that there are', () => {
    expect(wrong([], { rules: { misaligned: 'off' } })).toEqual([]);
    expect(wrong([], { rules: { misalignd: 'off' } })).toEqual([[expect.stringContaining('misalignd'), [], expect.stringContaining('misalignd')]]); // biome-ignore format: one line
  });
});

describe('a value that is not known', () => {
  const unknown = (start: string, size: string, lines?: string) =>
    found('unknown-value', { os0: tree(0, start, size, lines) });

  it('is told where it is set, with its reasons', () => {
    expect(unknown(START, 'ask() + 1')).toMatchObject([
      {
        at: 'ask() + 1',
        nodes: [0, 1, 2],
        message: expect.stringMatching(/region3.*mint_region3_size.*ask/),
      },
    ]);
    expect(unknown('ask()', '0x1000')).toMatchObject([{ at: 'ask()' }]);
    expect(unknown(START, '0x1000')).toEqual([]);
  });

  it('is told from where it begins', () => {
    const lines = 'static unsigned long asked(void) { return ask(); }';
    expect(unknown(START, 'asked()', lines)).toMatchObject([{ at: 'asked()', related: ['ask()'] }]);
  });

  it('names each condition once on which it rests', () => {
    const size = 'argument ? 0x1000 : 0x2000';
    expect(unknown(START, size)).toMatchObject([{ at: size, related: ['argument'] }]);
    const twice =
      '0x1000;\n\tif (argument) mint_region3_size = 0x2000;\n\tif (argument > 1) mint_region3_size = 0x3000';
    expect(unknown(START, twice)[0]?.related).toEqual(['argument > 1', 'argument']);
  });

  it('is not told where something is wrong with it that is told there', () => {
    expect(unknown(START, '1 << 64')).toEqual([]);
    expect(found('undefined-behaviour', { os0: tree(0, START, '1 << 64') })).toHaveLength(1);
  });

  it('of a start that nothing sets is another rule’s', () => {
    const text = '#define OSID 0\nextern unsigned long mint_region3_start;\nunsigned long mint_region3_size = 0x1000;\nvoid f(void) {}\n'; // biome-ignore format: one text
    expect(found('unknown-value', { os0: text })).toEqual([]);
    expect(brief('start-never-assigned', { os0: text })).toHaveLength(1);
  });

  it('of a size that the program does not have is told at the start', () => {
    const text = '#define OSID 0\nunsigned long mint_region3_start = 0x20000000;\nvoid f(void) {}\n';
    expect(found('unknown-value', { os0: text })).toMatchObject([{ at: '0x20000000', related: [] }]);
  });
});
