/** What is answered to those who want a region to end, or to start, elsewhere: the title of the edit, or why there is none. */
import { describe, expect, it } from 'vitest';
import { endTargets } from '../../server/src/memmap/fixes/end-targets';
import {
  endBehind,
  extendRegion,
  isFix,
  moveEnd,
  moveStart,
  regionNamed,
  type Target,
} from '../../server/src/memmap/fixes/move-end';
import { setRange } from '../../server/src/memmap/fixes/set-range';
import { fixesAt, sizeFixes } from '../../server/src/memmap/fixes/size-fixes';
import type { LayoutNode, Region } from '../../server/src/memmap/layout';
import { formatHex } from '../../server/src/range';
import { rangesOf, type Workspace, workspace } from './workspace';

const FILE = 'mint/kexec/firmware_memmap.c';
const SHARE = '0x20000000UL + OSID*0x18000000UL';

/** A tree for three nodes, or for as many as `nodeCount` says. */
function shared(
  start = SHARE,
  size = '0x18000000',
  nodeCount = 3,
  files: Record<string, string> = {},
): Workspace {
  const text = `unsigned long mint_region2_start, mint_region2_size;
unsigned long mint_region3_start, mint_region3_size;
unsigned long ask(void);
void setup(void)
{
	mint_region2_start = 0x8000000UL + OSID*0x8000000UL;
	mint_region2_size = 0x8000000;
	mint_region3_start = ${start};
	mint_region3_size = ${size};
}
`;
  return workspace(new Map([[FILE, text], ...Object.entries(files)]), { nodeCount });
}

function regionOf(space: Workspace, osid = 0, name = 'region3'): { node: LayoutNode; region: Region } {
  const found = regionNamed(space.context, osid, name);
  if (!('region' in found)) throw new Error(space.english(found));
  return found;
}

const said = (space: Workspace, answer: ReturnType<typeof extendRegion>) =>
  space.english(isFix(answer) ? answer.title : answer);

/** @param region null: none is named */
const extended = (space: Workspace, address: bigint, region: string | null = 'region3', osid = 0) =>
  said(space, extendRegion(space.context, osid, region ?? undefined, address));

/** With all that the sample's trees are: an own tree for each node. */
function own(size = '0x18000000', osids: readonly number[] = [0, 1, 2]): Workspace {
  const text = (osid: number) => `#define OSID ${osid}
unsigned long mint_region3_start, mint_region3_size;
void setup(void)
{
	mint_region3_start = ${SHARE};
	mint_region3_size = ${size};
}
`;
  return workspace(new Map(osids.map((osid) => [`os${osid}/kexec/firmware_memmap.c`, text(osid)])));
}

describe('a region that is to end elsewhere', () => {
  it.each([
    [0x30000000n, "Shrink OS node 0's region3 to 0x30000000: size 0x10000000 (256 MiB)"],
    [
      0x60000000n,
      "Extend OS node 0's region3 to 0x60000000: size 0x40000000 (1 GiB); its own kernel then lands in the memory of OS node 2",
    ],
    [
      0x68000000n,
      "Extend OS node 0's region3 to 0x68000000: size 0x48000000 (1152 MiB); its own kernel then lands in the memory of OS node 2",
    ],
    [
      0x68001000n,
      "Extend OS node 0's region3 to 0x68001000: size 0x48001000 (≈1152.0 MiB); it then leaves the window 0x20000000–0x68000000; its own kernel then lands in the memory of OS node 2",
    ],
    [0x38000000n, 'region3 of OS node 0 ends at 0x38000000 already.'],
    [0x20000000n, 'region3 starts at 0x20000000, so it cannot end at 0x20000000.'],
    [0x1000n, 'region3 starts at 0x20000000, so it cannot end at 0x1000.'],
    [(1n << 64n) + 1n, '0x10000000000000001 does not fit in 64 bits.'],
  ])('at %s', (address, expected) => {
    expect(extended(own(), address)).toBe(expected);
  });

  it('may end behind the last address', () => {
    expect(extended(own(), 1n << 64n)).toMatch(/^Extend OS node 0's region3 to 0x10000000000000000/);
  });

  it('leaves no window that it does not divide', () => {
    expect(extended(shared(SHARE, '0x18000000', 1), 0x70000000n, 'region2')).toBe(
      "Extend OS node 0's region2 to 0x70000000: size 0x68000000 (1664 MiB)",
    );
  });

  it('under a condition, where its tree serves others', () => {
    expect(extended(shared(), 0x30000000n)).toBe(
      "Shrink OS node 0's region3 to 0x30000000: size 0x10000000 (256 MiB) (under `if (OSID == 0)`, this node alone)",
    );
    expect(extended(shared(), 0x68000000n)).toBe(
      "Extend OS node 0's region3 to 0x68000000: size 0x48000000 (1152 MiB) (under `if (OSID == 0)`, this node alone); its own kernel then lands in the memory of OS node 2",
    );
  });

  it('is the one that divides the window where none is named', () => {
    expect(extended(own(), 0x30000000n, null)).toMatch(/^Shrink OS node 0's region3/);
    const project = JSON.stringify({ nodes: [{ osid: 0, source: 'mint', reserved: ['region3'] }] });
    const reserved = shared(SHARE, '0x18000000', 1, { 'kexec-mint.json': project });
    expect(extended(reserved, 0x18000000n, null)).toMatch(/^Extend OS node 0's region2/);
  });

  it('that is unknown says why', () => {
    expect(extended(shared('ask() + OSID'), 0x30000000n)).toMatch(
      /^mint_region3_start is unknown|^mint_region3_start/,
    );
    expect(extended(shared(SHARE, 'ask()'), 0x30000000n)).toMatch(
      /^Extend OS node 0's region3 to 0x30000000/,
    );
  });

  it('of a node or of a name that is not there says which there are', () => {
    expect(extended(own(), 0x30000000n, 'region3', 7)).toBe('There is no OS node 7, only OS nodes 0–2.');
    expect(extended(own('0x18000000', [0, 2]), 0x30000000n, 'region3', 7)).toBe(
      'There is no OS node 7, only OS nodes 0, 2.',
    );
    expect(extended(workspace(new Map()), 0x30000000n)).toBe('There is no OS node here.');
    expect(extended(shared(), 0x30000000n, 'region4')).toBe(
      'OS node 0 has no region4, only region2, region3.',
    );
    const bare = workspace(new Map([[FILE, 'void setup(void) {}\n']]), { nodeCount: 1 });
    expect(extended(bare, 0x30000000n, 'region4')).toBe('OS node 0 has no region of RAM.');
    const project = JSON.stringify({
      nodes: [{ osid: 0, source: 'mint', reserved: ['region2', 'region3'] }],
    });
    const reserved = shared(SHARE, '0x18000000', 1, { 'kexec-mint.json': project });
    expect(extended(reserved, 0x30000000n, null)).toBe('OS node 0 has no region of RAM.');
    expect(extended(bare, 0x30000000n, null)).toBe('OS node 0 has no region of RAM.');
  });

  it.each<[Target, string]>([
    ['window', ", the window's end"],
    [{ osid: 1, region: 'region3' }, ", the start of OS node 1's region3"],
    [{ kernelTextOf: [1, 2] }, ', over the kernel text of OS nodes 1, 2'],
    [undefined, ''],
  ])('at an address that is %j', (target, expected) => {
    const space = own();
    const { node, region } = regionOf(space);
    const title = said(space, moveEnd(space.context, node, region, 0x30000000n, target));
    expect(title).toBe(`Shrink OS node 0's region3 to 0x30000000: size 0x10000000 (256 MiB)${expected}`);
  });
});

describe('a region that is to start elsewhere', () => {
  const moved = (space: Workspace, osid: number) => {
    const { node, region } = regionOf(space, osid);
    const fix = moveStart(space.context, node, region, 0x40000000n);
    return [said(space, fix), isFix(fix) ? rangesOf(space.edited(fix.edits))[osid]?.region3 : undefined];
  };

  it('keeps its size', () => {
    expect(moved(own(), 1)).toEqual(["Start OS node 1's region3 at 0x40000000", '0x40000000–0x58000000']);
    expect(moved(shared(), 1)).toEqual([
      "Start OS node 1's region3 at 0x40000000 (under `if (OSID == 1)`, this node alone)",
      '0x40000000–0x58000000',
    ]);
  });

  it('cannot where its size is not known, or no edit makes it so', () => {
    expect(moved(shared('0x1000; mint_region3_start++', '0x18000000', 1), 0)[0]).toMatch(
      /^mint_region3_start is not set by a plain expression/,
    );
    expect(moved(shared(SHARE, 'ask()'), 1)[0]).toMatch(/^mint_region3_size/);
    expect(moved(shared('mint_region2_start = 0x20000000', '0x18000000', 1), 0)[0]).toBe(
      'There is no single edit that changes region3 so and nothing else.',
    );
  });
});

describe('a region that is to be what evidence shows', () => {
  const set = (space: Workspace, start: bigint, end: bigint, osid = 0) => {
    const { node, region } = regionOf(space, osid);
    const fix = setRange(space.context, node, region, { start, end });
    return fix && [space.english(fix.title), rangesOf(space.edited(fix.edits))[osid]?.region3];
  };

  it('gets another start, another size, or both', () => {
    const title = "Take the value from evidence: OS node 0's region3 becomes ";
    expect(set(own(), 0x20000000n, 0x30000000n)).toEqual([
      `${title}0x20000000–0x30000000`,
      '0x20000000–0x30000000',
    ]);
    expect(set(own(), 0x28000000n, 0x40000000n)).toEqual([
      `${title}0x28000000–0x40000000`,
      '0x28000000–0x40000000',
    ]);
    expect(set(own(), 0x28000000n, 0x38000000n)).toEqual([
      `${title}0x28000000–0x38000000`,
      '0x28000000–0x38000000',
    ]);
    expect(set(shared(), 0x28000000n, 0x38000000n)).toEqual([
      `${title}0x28000000–0x38000000 (under \`if (OSID == 0)\`, this node alone)`,
      '0x28000000–0x38000000',
    ]);
  });

  it('is left alone where it is so, or where one of the two cannot be set', () => {
    expect(set(own(), 0x20000000n, 0x38000000n)).toBeUndefined();
    const counted = shared(SHARE, '0x1000; mint_region3_size++', 1);
    expect(set(counted, 0x28000000n, 0x38000000n)).toBeUndefined();
    expect(set(counted, 0x28000000n, 0x28001001n)).toEqual([
      "Take the value from evidence: OS node 0's region3 becomes 0x28000000–0x28001001",
      '0x28000000–0x28001001',
    ]);
  });
});

describe('the addresses that a region may be wanted to end at', () => {
  const IOMEM = (address: string) =>
    `20000000-67ffffff : System RAM\n  ${address}-${address.replace(/0{6}$/, '9fffff')} : Kernel code\n`;
  const dumped = (size?: string) => {
    const nodes = [0, 1, 2].map((osid) => ({ osid, source: 'mint', iomem: `os${osid}` }));
    return shared(SHARE, size, 3, {
      'kexec-mint.json': JSON.stringify({ nodeCount: 3, nodes }),
      os0: IOMEM('21000000'),
      os1: IOMEM('4f000000'),
      os2: IOMEM('3e000000'),
    });
  };
  const targets = (space: Workspace, osid: number) => {
    const { node, region } = regionOf(space, osid);
    return endTargets(space.context, node, region).map(({ address, target }) => [formatHex(address), target]);
  };

  it("are the window's end and the next node's start", () => {
    expect(targets(own(), 0)).toEqual([
      ['0x68000000', 'window'],
      ['0x38000000', { osid: 1, region: 'region3' }],
    ]);
    expect(targets(own(), 1)).toEqual([
      ['0x68000000', 'window'],
      ['0x50000000', { osid: 2, region: 'region3' }],
    ]);
    expect(targets(own(), 2)).toEqual([['0x68000000', 'window']]);
    const descending = shared('0x50000000UL - OSID*0x18000000UL');
    expect(targets(descending, 2)[1]).toEqual(['0x38000000', { osid: 1, region: 'region3' }]);
    expect(targets(shared('0x68000000', '0x1000', 1), 0)).toEqual([]);
  });

  it('are none of a tree that claims the same OSID', () => {
    const copy = (start: string) =>
      `#define OSID 0\nunsigned long mint_region3_start = ${start}, mint_region3_size = 0x1000;\nvoid f(void) {}\n`;
    const twice = workspace(
      new Map([
        ['os0/kexec/firmware_memmap.c', copy('0x20000000')],
        ['os1/kexec/firmware_memmap.c', copy('0x30000000')],
      ]),
    );
    expect(targets(twice, 0)).toEqual([['0x68000000', 'window']]);
  });

  it('are the ends of the other nodes’ kernel texts that lie above, the lowest first', () => {
    expect(targets(dumped(), 0)).toEqual([
      ['0x68000000', 'window'],
      ['0x38000000', { osid: 1, region: 'region3' }],
      ['0x3ea00000', { kernelTextOf: [2] }],
      ['0x4fa00000', { kernelTextOf: [1] }],
    ]);
    expect(targets(dumped(), 2)).toEqual([['0x68000000', 'window']]);
  });

  it('stay inside of the window where the text does', () => {
    const space = own();
    const end = (start: bigint, last: bigint) =>
      formatHex(
        endBehind(space.context, {
          range: { start, end: last },
          known: 'seen',
          file: FILE,
          place: { file: FILE, start: 0, end: 0 },
        }),
      );
    expect(end(0x21000000n, 0x21900000n)).toBe('0x21a00000');
    const odd = { ...space.context, layout: { ...space.layout, window: { start: 0n, end: 0x21980000n } } };
    const text = { known: 'seen', file: FILE, place: { file: FILE, start: 0, end: 0 } } as const;
    const inOdd = (last: bigint) => formatHex(endBehind(odd, { ...text, range: { start: 0n, end: last } }));
    expect(inOdd(0x21900000n)).toBe('0x21980000');
    expect(inOdd(0x21980000n)).toBe('0x21980000');
    expect(inOdd(0x21980001n)).toBe('0x21a00000');
  });
});

describe('the edits that a size offers', () => {
  const titles = (space: Workspace, osid = 0) =>
    sizeFixes(space.context, space.layout.nodes[osid] as LayoutNode).map(({ title }) =>
      space.english(title).replace(/: size.*/, ''),
    );

  it('end it at the window’s end, at the next node, at the second trial’s address, each once', () => {
    expect(titles(own('0x10000000'))).toEqual([
      "Extend OS node 0's region3 to 0x68000000",
      "Extend OS node 0's region3 to 0x38000000",
      "Extend OS node 0's region3 to 0x60000000",
    ]);
    expect(titles(own('0x40000000'))).toEqual([
      "Extend OS node 0's region3 to 0x68000000",
      "Shrink OS node 0's region3 to 0x38000000",
    ]);
  });

  it('leave out the second trial where it is another target, or lies outside of the window', () => {
    const at = (end: bigint) => {
      const text =
        'unsigned long mint_region3_start = 0x20000000, mint_region3_size = 0x1000;\nvoid f(void) {}\n';
      return titles(workspace(new Map([['os0/kexec/firmware_memmap.c', text]]), { window: { start: 0x20000000n, end } })); // biome-ignore format: one call
    };
    expect(at(0x60000000n)).toEqual(["Extend OS node 0's region3 to 0x60000000"]);
    expect(at(0x50000000n)).toEqual(["Extend OS node 0's region3 to 0x50000000"]);
    expect(at(0x60001000n)).toEqual([
      "Extend OS node 0's region3 to 0x60001000",
      "Extend OS node 0's region3 to 0x60000000",
    ]);
  });

  it('are those of the size of the region that divides the window alone', () => {
    const space = shared();
    const at = (text: string) => fixesAt(space.context, space.find(FILE, text)).length;
    expect(at('0x18000000;')).toBeGreaterThan(0);
    expect(at('mint_region2_size = 0x8000000')).toBe(0);
    expect(at(SHARE)).toBe(0);
    expect(at('void setup')).toBe(0);
  });
});
