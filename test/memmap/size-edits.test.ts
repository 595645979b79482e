/** Edits of a size that are offered without anything being wrong, and the region that a place decides. */
import { describe, expect, it } from 'vitest';
import { restoreSize } from '../../server/src/memmap/fixes/restore';
import { regionAt, sizeFixes } from '../../server/src/memmap/fixes/size-fixes';
import type { Settings } from '../../server/src/project/settings';
import { rangesOf, workspace } from './workspace';

const FILE = 'os0/kexec/firmware_memmap.c';

const HEAD = `unsigned long mint_memory_size = 0x20000000;
unsigned long mint_region2_start = 0x8000000, mint_region2_size = 0x8000000;
unsigned long mint_region3_start = 0x20000000, mint_region3_size;`;

/** One node, in whose setup() this stands. */
function node(body: string, head = HEAD, settings?: Partial<Settings>) {
  const text = `#define OSID 0\n${head}\nunsigned long ask(void);\nvoid setup(void)\n{\n\t${body}\n}\n`;
  const space = workspace(new Map([[FILE, text]]), settings);
  const [only] = space.layout.nodes;
  if (!only) throw new Error('no node');
  return { space, only };
}

describe('the size that Mint begins with', () => {
  const restored = (body: string, head?: string) => {
    const { space, only } = node(body, head);
    const fix = restoreSize(space.context, only);
    return fix && [space.english(fix.title), rangesOf(space.edited(fix.edits))[0]?.region3];
  };

  it('comes back', () => {
    expect(restored('mint_region3_size = 0x48000000;')).toEqual([
      "Restore OS node 0's region3 to mint_memory_size - 0x8000000: 0x20000000–0x38000000",
      '0x20000000–0x38000000',
    ]);
  });

  it.each([
    ['it is written so already', 'mint_region3_size = mint_memory_size\n\t\t-0x8000000;', HEAD],
    ['the tree has no such name', 'mint_region3_size = 0x1000;', HEAD.replace(/^.*\n/, '')],
    [
      'all memory is not known',
      'mint_region3_size = 0x1000;',
      HEAD.replace(' = 0x20000000;\n', ';\nunsigned long f(void) { mint_memory_size = ask(); }\n'),
    ],
    [
      'region 2 is of another size',
      'mint_region3_size = 0x1000;',
      HEAD.replace('size = 0x8000000', 'size = 0x4000000'),
    ],
    [
      'region 1 alone is of its size',
      'mint_region3_size = 0x1000;',
      HEAD.replace('size = 0x8000000', 'size = 0x4000000').replace(
        'unsigned long mint_region2',
        'unsigned long mint_region1_start = 0x1000, mint_region1_size = 0x8000000;\nunsigned long mint_region2',
      ),
    ],
    ['there is no region 2', 'mint_region3_size = 0x1000;', HEAD.replaceAll('region2', 'region4')],
    ['all memory is region 2', 'mint_region3_size = 0x1000;', HEAD.replace('0x20000000', '0x8000000')],
    ['region 2 divides the window', 'mint_region2_size = 0x8000000;', HEAD.replace(/\n.*region3.*/, '')],
    ['the start is not known', 'mint_region3_size = 0x1000; mint_region3_start = ask();', HEAD],
    ['the size is counted', 'mint_region3_size = 0x1000; mint_region3_size++;', HEAD],
    ['nothing sets it', '', HEAD],
  ])('does not where %s', (_, body, head) => {
    expect(restored(body, head)).toBeUndefined();
  });

  it('comes back for a name that is worked out', () => {
    expect(restored('mint_region3_size = mint_memory_size - 0x4000000;')?.[1]).toBe('0x20000000–0x38000000');
  });
});

describe('the region that a place decides', () => {
  it('is the one whose assignment holds it, not the one that it touches', () => {
    const set = `${HEAD}\n#define SET(n, size) mint_region##n##_size = (size);`;
    const { space } = node('SET(2, 0x1000)SET(3, 0x2000)', set);
    const at = (text: string) => regionAt(space.context, space.find(FILE, text))?.region.name;
    expect(at('SET(3, 0x2000)')).toBe('region3');
    expect(at('SET(2, 0x1000)')).toBe('region2');
    expect(at('0x2000)')).toBe('region3');
    expect(at('void setup')).toBeUndefined();
    const reversed = node('SET(3, 0x2000)SET(2, 0x1000)', set).space;
    const first = regionAt(reversed.context, reversed.find(FILE, 'SET(3, 0x2000)'));
    expect(first?.region.name).toBe('region3');
  });
});

describe('edits that say the same', () => {
  it('are one, of the first title', () => {
    const own = (osid: number) => `#define OSID ${osid}
unsigned long mint_region3_start = 0x20000000UL + OSID*0x18000000UL, mint_region3_size = 0x1000;
void setup(void) {}
`;
    const space = workspace(new Map([0, 1].map((osid) => [`os${osid}/kexec/firmware_memmap.c`, own(osid)])), {
      window: { start: 0x20000000n, end: 0x38000000n },
    });
    const [first] = space.layout.nodes;
    const fixes = first ? sizeFixes(space.context, first) : [];
    expect(fixes.map(({ title }) => space.english(title).replace(/: size.*\)/, ''))).toEqual([
      "Extend OS node 0's region3 to 0x38000000, the window's end",
    ]);
  });

  it('are none where there is no region', () => {
    const { space, only } = node('', 'int nothing;');
    expect(sizeFixes(space.context, only)).toEqual([]);
  });
});
