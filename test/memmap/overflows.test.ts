/** The suffix that stops an overflow: on which number, and where none does. */
import { describe, expect, it } from 'vitest';
import { workspace } from './workspace';

/** What is offered for the overflows of a tree for `nodeCount` nodes; `lines` stand in front of its function. */
function offered(start: string, lines = '', nodeCount = 1, dataModel: 'LP64' | 'ILP32' = 'LP64') {
  const text = `${nodeCount === 1 ? '#define OSID 0\n' : ''}${lines}
unsigned long long mint_region2_start, mint_region2_size = 0x8000000;
unsigned long long mint_region3_start, mint_region3_size = 0x1000;
int ask(void);
void setup(void)
{
	mint_region2_start = 0x8000000;
	mint_region3_start = ${start};
}
`;
  const space = workspace(new Map([['mint/kexec/firmware_memmap.c', text]]), { nodeCount, dataModel });
  const found = space.findings.filter(({ rule }) => ['signed-overflow', 'internal-error'].includes(rule));
  return found.map(({ severity, nodes, fixes, message }) => ({
    severity,
    nodes,
    message: space.english(message),
    fixes: fixes.map(({ title, preferred, promise, edits }) => ({
      title: space.english(title).replace('Add the suffix that stops the overflow: ', ''),
      preferred,
      promise: promise && [promise.osid, promise.region, promise.range.start],
      at: edits.map(({ place }) => space.placeText(place).replace(/^.*:/, '')),
    })),
  }));
}

const titles = (...given: Parameters<typeof offered>) =>
  offered(...given).map(({ fixes }) => fixes.map(({ title }) => title));

describe('an overflow is stopped by a suffix', () => {
  it('on the first number that does', () => {
    expect(offered('0x7fffffff + 1')).toMatchObject([
      {
        severity: 'error',
        nodes: [0],
        fixes: [{ title: '0x7fffffffUL', preferred: true, promise: [0, 'region3', 0x80000000n] }],
      },
    ]);
    expect(titles('ask() + 0x7fffffff + 1')).toEqual([]);
    const more = 'unsigned long long mint_region4_start = 1, mint_region4_size = 1;';
    expect(offered('0x7fffffff + 1', more)).toMatchObject([
      { fixes: [{ promise: [0, 'region3', 0x80000000n] }] },
    ]);
  });

  it('of 64 bits where long has 32', () => {
    expect(titles('0x7fffffff + 1', '', 1, 'ILP32')).toEqual([['0x7fffffffULL']]);
  });

  it('in the macro that spells it, and in macros of macros', () => {
    const lines = '#define HALF 0x40000000\n#define BASE (HALF)';
    expect(offered('BASE + BASE', lines)).toMatchObject([{ fixes: [{ title: '0x40000000UL', at: ['2'] }] }]);
  });

  it('however macros name each other', () => {
    const lines = 'static const int LOOP = 1;\n#define POOL LOOP\n#define LOOP POOL';
    expect(titles('0x7fffffff + LOOP', lines)).toEqual([['0x7fffffffUL']]);
  });

  it('on no number that has one', () => {
    expect(titles('(int)0x7fffffffL + 1')).toEqual([['1UL']]);
    expect(titles('0x7fffffff + (1 == 1u)')).toEqual([['0x7fffffffUL']]);
  });

  it('on no number of the text beside', () => {
    expect(titles("0x7fffffff + ('1' - '0')")).toEqual([['0x7fffffffUL']]);
  });

  it('where none of the numbers alone does, on all', () => {
    expect(titles('(0x40000000 + 0x40000000) + (0x7fffffff + 1)').flat()).toContain('0x40000000UL');
  });

  it('in a macro that overflows twice, on all that it spells and no others', () => {
    const lines = '#define OTHER 5\n#define TWICE ((0x7fffffff + 1) + (0x7ffffffe + 2))';
    expect(titles('TWICE', lines)).toEqual([['0x7fffffffUL, 1UL, 0x7ffffffeUL, 2UL']]);
  });

  it('and by none where the numbers are not in it', () => {
    expect(titles('big + big', 'static const int big = 0x7fffffff;')).toEqual([[]]);
  });

  it('that keeps what was known: not where a shift or a comparison becomes another one', () => {
    const lines = '#define STEP 0x40000000\nunsigned long long mint_region4_start = (-1 < STEP) * 0x1000 + 0x1000, mint_region4_size = 0x1000;'; // biome-ignore format: one text
    expect(titles('STEP + STEP', lines)).toEqual([[]]);
  });
});

describe('an overflow of one tree for several nodes', () => {
  const start = '0x20000000 + OSID*0x18000000';

  it('is told of the nodes that have it, and beyond them as information', () => {
    expect(offered(start, '', 3)).toMatchObject(
      [{ severity: 'information', nodes: [4], fixes: [{ title: '0x20000000UL' }] }].map(
        ({ fixes: _, ...rest }) => rest,
      ),
    );
    expect(offered(start, '', 6)).toMatchObject([{ severity: 'error', nodes: [4, 5] }]);
    expect(offered(start, '', 6)[0]?.message).toMatch(/OS node 4/);
    expect(offered(start, '', 5)).toMatchObject([{ severity: 'error', nodes: [4] }]);
  });

  it('is stopped for all of them', () => {
    expect(titles(start, '', 3)).toEqual([['0x18000000UL']]);
  });

  it('beyond the last node that is tried is none', () => {
    expect(offered('0x20000000 + OSID*0x4000000', '', 3)).toEqual([]);
    expect(offered('0x20000000 + OSID*0x6666667', '', 3)).toMatchObject([{ nodes: [15] }]);
  });

  it('at several places is told of each, from its first node on', () => {
    expect(
      offered('(OSID*0x18000000 > 0) + 0x20000000 + OSID*0x10000000', '', 3).map(({ nodes }) => nodes),
    ).toEqual([[6], [8]]);
  });
});
