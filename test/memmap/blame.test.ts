/** Which of two overlapping regions is the one to change, and at which end. */
import { describe, expect, it } from 'vitest';
import { overlapGroups } from '../../server/src/memmap/overlaps/groups';
import { type Workspace, workspace } from './workspace';

const SHARE = '0x20000000UL + OSID*0x18000000UL';
const SIZE = '0x18000000';

function tree(start: string, size = SIZE, osid?: number): string {
  return `${osid === undefined ? '' : `#define OSID ${osid}\n`}unsigned long mint_region3_start, mint_region3_size;
unsigned long mint_region2_start = (OSID + 1)*0x100000UL, mint_region2_size = 0x100000;
void setup(void)
{
	mint_region3_start = ${start};
	mint_region3_size = ${size};
}
`;
}

/** A tree for each node, which sets the start of region 3 so. */
function trees(...starts: readonly string[]): Workspace {
  return workspace(
    new Map(starts.map((start, osid) => [`os${osid}/kexec/firmware_memmap.c`, tree(start, SIZE, osid)])),
  );
}

/** One tree for several nodes. */
function shared(start: string, size: string, nodeCount = 3): Workspace {
  return workspace(new Map([['mint/kexec/firmware_memmap.c', tree(start, size)]]), { nodeCount });
}

/** A tree for each node, whose table holds its part of the window, and what is added to it. */
function tables(...added: readonly string[]): Workspace {
  const text = (more: string, osid: number) => `#define OSID ${osid}
struct memory_range { unsigned long long start, end; unsigned type; };
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	unsigned long long mint_region3_start = ${SHARE}, mint_region3_size = ${SIZE};
	struct memory_range *r = range;
	*r++ = (struct memory_range){ mint_region3_start, mint_region3_start + mint_region3_size - 1, 0 };
	${more}
	*ranges = r - range;
	return 0;
}
`;
  return workspace(
    new Map(added.map((more, osid) => [`os${osid}/kexec/firmware_memmap.c`, text(more, osid)])),
  );
}

const range = (start: string, last: string) => `*r++ = (struct memory_range){ ${start}, ${last}, 0 };`;

/** `1 start 0`: the start of node 1's region reaches into node 0's. */
const blamed = ({ context }: Workspace) =>
  overlapGroups(context).flatMap(({ pairs }) =>
    pairs.map(({ blamed, other, side }) => `${blamed.node.osid} ${side} ${other.node.osid}`),
  );

describe('a region that all other trees see elsewhere is the edited one', () => {
  const LOWER = `${SHARE} - 0x1000000`;

  it('of three trees', () => {
    expect(blamed(trees(SHARE, LOWER, SHARE))).toEqual(['1 start 0']);
  });

  it('and not of two: one other tree is no majority', () => {
    expect(blamed(trees(SHARE, `${SHARE} - (OSID == 1 ? 0x1000000 : 0)`))).toEqual(['0 end 1']);
  });

  it('where the others agree with each other', () => {
    const other = `${SHARE} + (OSID == 1 ? 0x1000 : 0)`;
    expect(blamed(trees(SHARE, LOWER, other))).toEqual(['0 end 1']);
  });

  it('where more than half of the others do', () => {
    const third = `${SHARE} + (OSID == 1 ? 0x1000 : 0)`;
    const fourth = `${SHARE} + (OSID == 1 ? 0x2000 : 0)`;
    expect(blamed(trees(SHARE, LOWER, SHARE, third))).toEqual(['1 start 0']);
    expect(blamed(trees(SHARE, LOWER, SHARE, third, SHARE))).toEqual(['1 start 0']);
    expect(blamed(trees(SHARE, LOWER, SHARE, third, fourth))).toEqual(['0 end 1']);
  });

  it('where one of them has no such region', () => {
    const others = new Map(
      [SHARE, LOWER, SHARE, SHARE].map((start, osid) => [osid, tree(start, SIZE, osid)]),
    );
    const without = tree(SHARE, SIZE, 3).replaceAll('mint_region3', 'mint_region4');
    const space = workspace(
      new Map([...others.set(3, without)].map(([osid, text]) => [`os${osid}/kexec/firmware_memmap.c`, text])),
    );
    expect(blamed(space)).toEqual(['1 start 0']);
  });

  it('and the lower one where they say so of both', () => {
    expect(blamed(trees(`${SHARE} + (OSID == 0 ? 0x1000000 : 0)`, LOWER, SHARE, SHARE))).toEqual(['0 end 1']);
  });
});

describe('where the other trees do not tell', () => {
  it('the lower region reaches too far, whichever node has it', () => {
    expect(blamed(trees('0x20000000UL', '0x30000000UL'))).toEqual(['0 end 1']);
    expect(blamed(trees('0x30000000UL', '0x20000000UL'))).toEqual(['1 end 0']);
    const start = 'OSID == 0 ? 0x30000000UL : OSID == 1 ? 0x20000000UL : 0x50000000UL';
    expect(blamed(shared(start, `OSID == 0 ? 0x10000000 : ${SIZE}`))).toEqual(['1 end 0']);
  });

  it('a range that is no region is blamed, below a region and in it', () => {
    expect(blamed(tables('', range('0x10000000', '0x20ffffff')))).toEqual(['1 end 0']);
    expect(blamed(tables('', range('0x21000000', '0x21ffffff')))).toEqual(['1 start 0']);
  });

  it('of two ranges that are no regions the lower one is, or the one of the higher OSID', () => {
    const low = range('0x1000000', '0x1ffffff');
    expect(blamed(tables(low, range('0x1800000', '0x2ffffff')))).toEqual(['0 end 1']);
    expect(blamed(tables(low, low))).toEqual(['1 start 0']);
  });
});

describe('of two regions that start together', () => {
  const START = 'OSID == 0 ? 0x20000000UL : 0x38000000UL';

  it.each([0x10000000, 0x20000000])('the one of an unusual size is blamed: 0x%x', (size) => {
    expect(blamed(shared(START, `OSID == 1 ? ${size} : ${SIZE}`))).toEqual(['1 start 2']);
    expect(blamed(shared(START, `OSID == 2 ? ${size} : ${SIZE}`))).toEqual(['2 start 1']);
  });

  it('a size that half of the nodes have is usual', () => {
    const size = `OSID == 1 ? 0x10000000 : OSID == 3 ? 0x1000000 : ${SIZE}`;
    const start = `OSID == 3 ? 0x68000000UL : ${START}`;
    expect(blamed(shared(start, size, 4))).toEqual(['1 start 2']);
  });

  it('the one of the higher OSID, where both sizes are usual or nothing is', () => {
    expect(blamed(shared(START, SIZE))).toEqual(['2 start 1']);
    expect(blamed(shared(START, `${SIZE} - OSID*0x1000000`))).toEqual(['2 start 1']);
    expect(blamed(trees('0x20000000UL', '0x20000000UL'))).toEqual(['1 start 0']);
  });
});

describe('an overlap is mended', () => {
  const mended = (space: Workspace) =>
    space.findings
      .filter(({ rule }) => ['node-overlap', 'internal-error'].includes(rule))
      .map(({ nodes, fixes }) => [
        nodes,
        ...fixes.map(({ title, preferred }) => [
          space.english(title).replace(/: .*/, ''),
          preferred ?? false,
        ]),
      ]);
  const TOTAL = 'unsigned long mint_memory_size = 0x20000000;\n';
  const restorable = (osid: number, start: string, size: string) =>
    TOTAL +
    tree(start, size, osid).replace('mint_region2_size = 0x100000;', 'mint_region2_size = 0x8000000;');
  const restored = (...sizes: readonly [start: string, size: string][]) =>
    workspace(
      new Map(
        sizes.map(([start, size], osid) => [
          `os${osid}/kexec/firmware_memmap.c`,
          restorable(osid, start, size).replace('(OSID + 1)*0x100000UL', '0x80000000 + OSID*0x8000000UL'),
        ]),
      ),
    );

  it('by a start behind the other, where no third node has memory then', () => {
    expect(mended(trees(SHARE, `${SHARE} - 0x1000000`, SHARE))).toEqual([
      [
        [0, 1],
        ["Start OS node 1's region3 at 0x38000000", true],
      ],
    ]);
    const three = (third: string) =>
      workspace(
        new Map(
          [tree(SHARE, SIZE, 0), tree(`${SHARE} - 0x1000000`, '0x19000000', 1), tree(third, SIZE, 2)].map(
            (text, osid) => [`os${osid}/kexec/firmware_memmap.c`, text],
          ),
        ),
      );
    expect(mended(three(SHARE))).toEqual([[[0, 1]]]);
    expect(mended(three(`${SHARE} + (OSID == 2 ? 0x1000000 : 0)`))).toEqual([
      [
        [0, 1],
        ["Start OS node 1's region3 at 0x38000000", true],
      ],
    ]);
  });

  it('by the size that Mint begins with, where that ends below the other, else by an end there', () => {
    const end = (address: string) => `Shrink OS node 0's region3 to ${address}`;
    expect(mended(restored([SHARE, '0x20000000'], [SHARE, SIZE]))).toEqual([
      [
        [0, 1],
        ["Restore OS node 0's region3 to mint_memory_size - 0x8000000", true],
        [end('0x38000000'), false],
      ],
    ]);
    expect(mended(restored([SHARE, '0x20000000'], ['0x30000000', SIZE]))).toEqual([
      [
        [0, 1],
        [end('0x30000000'), true],
      ],
    ]);
  });

  it('below the lowest of several, whichever comes first', () => {
    const node = (osid: number, regions: string) => `#define OSID ${osid}\n${regions}\nvoid setup(void) {}\n`;
    const several = workspace(
      new Map([
        ['os0/kexec/firmware_memmap.c', tree('0x20000000UL', '0x30000000', 0)],
        [
          'os1/kexec/firmware_memmap.c',
          node(
            1,
            'unsigned long mint_region4_start = 0x48000000, mint_region4_size = 0x1000000, mint_region5_start = 0x40000000, mint_region5_size = 0x1000000;',
          ),
        ],
      ]),
    );
    expect(mended(several)).toEqual([
      [
        [0, 1],
        ["Shrink OS node 0's region3 to 0x40000000", true],
      ],
    ]);
  });

  it('of the node of the higher OSID, which is told after the other', () => {
    expect(mended(trees('0x30000000UL', '0x20000000UL'))).toEqual([
      [
        [0, 1],
        ["Shrink OS node 1's region3 to 0x30000000", true],
      ],
    ]);
  });
});
