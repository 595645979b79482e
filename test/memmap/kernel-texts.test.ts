/** Kernel texts of other nodes: whether a monitor sees them, what it can do, and where they should lie. */
import { describe, expect, it } from 'vitest';
import { limitMemory } from '../../server/src/memmap/fixes/memory-limit';
import { landings } from '../../server/src/memmap/placement/landings';
import { formatHex } from '../../server/src/range';
import { type Workspace, workspace } from './workspace';

type Row = readonly [start: bigint, size: bigint, type?: 'RAM' | 'RESERVED'];

const MIB = 0x100000n;

/** A tree whose regions, numbered from 2 on, are these, and are handed on in this order. */
function tree(osid: number, rows: readonly Row[]): string {
  const name = (index: number) => `mint_region${index + 2}`;
  const set = rows.map(([start, size], index) => `${name(index)}_start = ${formatHex(start)}ULL;\n\t${name(index)}_size = ${formatHex(size)};`); // biome-ignore format: one line
  const filled = rows.map(([, , type = 'RAM'], index) => `range[${index}] = (struct memory_range){ ${name(index)}_start, ${name(index)}_start + ${name(index)}_size - 1, RANGE_${type} };`); // biome-ignore format: one line
  return `#define OSID ${osid}
struct memory_range { unsigned long long start, end; unsigned type; };
enum { RANGE_RAM, RANGE_RESERVED };
${rows.map((_, index) => `unsigned long long ${name(index)}_start, ${name(index)}_size;`).join('\n')}
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	${set.join('\n\t')}
	${filled.join('\n\t')}
	*ranges = ${rows.length};
	return 0;
}
`;
}

/** Of each node its regions, and where its kernel text lies; node 0 is the monitor. */
function spaceOf(
  ...nodes: readonly (readonly [rows: readonly Row[], text?: readonly [start: bigint, end: bigint]])[]
): Workspace {
  const files = new Map(nodes.map(([rows], osid) => [`os${osid}/kexec/firmware_memmap.c`, tree(osid, rows)]));
  const entries = nodes.map(([rows, text], osid) => {
    const node = { osid, source: `os${osid}`, ...(osid === 0 ? { role: 'monitor' } : {}) };
    if (!text) return node;
    const line = (start: bigint, end: bigint, what: string) =>
      `${[start, end - 1n].map((at) => at.toString(16).padStart(8, '0')).join('-')} : ${what}`;
    const ram = rows.map(([start, size]) => line(start, start + size, 'System RAM'));
    files.set(`os${osid}.iomem`, [...ram, line(...text, 'Kernel code')].join('\n'));
    return { ...node, iomem: `os${osid}.iomem` };
  });
  files.set('kexec-mint.json', JSON.stringify({ nodes: entries }));
  return workspace(files);
}

function found(space: Workspace, rule: string) {
  const own = space.findings.filter((one) => [rule, 'internal-error'].includes(one.rule));
  return own.map(({ place, message, fixes, nodes, related }) => ({
    at: space.text(place),
    nodes,
    message: space.english(message),
    related: related.map((one) => space.placeText(one.place)),
    fixes: fixes.map(({ title, preferred }) => `${preferred ? '* ' : ''}${space.english(title).replace(/: size.*?\)|; its own kernel.*/g, '')}`), // biome-ignore format: one line
  }));
}

const SHARE = 0x18000000n;
const OWN: Row = [0x20000000n, SHARE];
const SECOND: Row = [0x38000000n, SHARE];
const THIRD: Row = [0x50000000n, SHARE];
const text = (start: bigint, size = 9n * MIB) => [start, start + size] as const;

describe('a kernel text that the monitor does not see', () => {
  const rule = 'kernel-text-not-covered';
  const uncovered = (space: Workspace) => found(space, rule);

  it('can be watched, or the region be extended over it, and over all of them', () => {
    const [first, second, ...more] = uncovered(
      spaceOf([[OWN]], [[SECOND], text(0x39000000n)], [[THIRD], text(0x5f000000n)]),
    );
    expect(more).toEqual([]);
    expect(first).toEqual({
      at: '0x18000000',
      nodes: [0, 1],
      message: expect.stringMatching(/0x39000000–0x39900000.*9 MiB.*os1\.iomem.*0x38000000.*0x39a00000/),
      related: ['os1.iomem:2'],
      fixes: [
        '* Let OS node 0 watch OS nodes 1, 2 (0x38000000–0x68000000, reserved): it reads that memory, and neither loads nor allocates there',
        'Let OS node 0 watch the kernel text of OS nodes 1, 2 alone (0x39000000–0x39a00000, 0x5f000000–0x5fa00000, reserved)',
        "Extend OS node 0's region2 to 0x5fa00000, over the kernel text of OS nodes 1, 2",
        "Extend OS node 0's region2 to 0x39a00000, over the kernel text of OS node 1",
      ],
    });
    expect(second?.fixes.slice(2)).toEqual([
      "Extend OS node 0's region2 to 0x5fa00000, over the kernel text of OS nodes 1, 2",
    ]);
  });

  it('is none where it is seen, as RAM or reserved, or in two ranges that touch', () => {
    const seen = (...rows: readonly Row[]) =>
      uncovered(spaceOf([[OWN, ...rows]], [[SECOND], text(0x39000000n)])).length;
    expect(seen([0x39000000n, 9n * MIB, 'RESERVED'])).toBe(0);
    expect(seen([0x39000000n, 4n * MIB, 'RESERVED'], [0x39400000n, 5n * MIB, 'RESERVED'])).toBe(0);
    expect(seen([0x39000000n, 8n * MIB, 'RESERVED'])).toBe(1);
    expect(seen([0x39100000n, 8n * MIB, 'RESERVED'])).toBe(1);
  });

  it('is told at the watched region that ends highest below its start, else at the one that divides the window', () => {
    const at = (...rows: readonly Row[]) =>
      uncovered(spaceOf([rows], [[SECOND], text(0x40000000n)])).map(({ at: size, fixes }) => [
        size,
        fixes.find((title) => title.includes('over the kernel text'))?.replace('* ', ''),
      ]);
    const reserved = (start: bigint, size: bigint): Row => [start, size, 'RESERVED'];
    expect(at(OWN, reserved(0x3a000000n, 2n * MIB))).toEqual([
      ['0x200000', "Extend OS node 0's region3 to 0x40a00000, over the kernel text of OS node 1"],
    ]);
    expect(at(reserved(0x3a000000n, 2n * MIB), reserved(0x39000000n, 4n * MIB), OWN)).toEqual([
      ['0x200000', "Extend OS node 0's region2 to 0x40a00000, over the kernel text of OS node 1"],
    ]);
    expect(at(OWN, reserved(0x48000000n, 2n * MIB))).toEqual([
      ['0x18000000', "Extend OS node 0's region2 to 0x40a00000, over the kernel text of OS node 1"],
    ]);
    expect(at(OWN, reserved(0x40000000n, 2n * MIB))).toEqual([
      ['0x200000', "Extend OS node 0's region3 to 0x40a00000, over the kernel text of OS node 1"],
    ]);
    expect(at([0x30000000n, MIB], OWN).map(([size]) => size)).toEqual(['0x18000000']);
  });

  it('below the monitor’s region, or outside of the window, cannot be reached by extending', () => {
    const below = uncovered(spaceOf([[SECOND]], [[OWN], text(0x21000000n)]));
    expect(below).toMatchObject([{ at: '0x18000000', message: expect.stringContaining('below') }]);
    expect(below[0]?.fixes.filter((title) => title.includes('Extend'))).toEqual([]);
    const outside = uncovered(spaceOf([[OWN]], [[[0x70000000n, SHARE]], text(0x71000000n)]));
    expect(outside).toMatchObject([{ message: expect.stringContaining('window') }]);
    expect(outside[0]?.fixes.filter((title) => title.includes('Extend'))).toEqual([]);
  });

  it('is none of a monitor’s own, nor of a node that is no monitor’s business', () => {
    expect(uncovered(spaceOf([[OWN], text(0x71000000n)], [[SECOND]]))).toEqual([]);
    const files = spaceOf([[OWN]], [[SECOND], text(0x39000000n)]);
    expect(uncovered(files.replaced('kexec-mint.json', '"role":"monitor"', '"memMax":"0x7fffffff"'))).toEqual(
      [],
    );
  });

  it('is not judged while a region of the monitor is not known', () => {
    const space = spaceOf([[OWN, [0x50000000n, MIB, 'RESERVED']]], [[SECOND], text(0x39000000n)]);
    expect(uncovered(space)).toHaveLength(1);
    const unknown = space.replaced('os0/kexec/firmware_memmap.c', '0x100000;', 'ask();');
    expect(uncovered(unknown)).toEqual([]);
  });
});

describe('a kernel text outside of its own node’s memory', () => {
  const rule = 'kernel-text-outside-own-region';
  const outside = (rows: readonly Row[], own: readonly [bigint, bigint]) =>
    found(spaceOf([[SECOND]], [rows, own]), rule);

  it('is told at the start of the region that divides the window', () => {
    expect(outside([THIRD], text(0x34c00000n))).toEqual([
      {
        at: '0x50000000ULL',
        nodes: [1],
        message: expect.stringMatching(/0x34c00000–0x35500000.*os1\.iomem.*0x34c00000–0x35500000.*9 MiB/),
        related: ['os1.iomem:2'],
        fixes: [],
      },
    ]);
  });

  it('in part is told by the part', () => {
    expect(outside([THIRD], text(0x67f00000n, 2n * MIB))).toMatchObject([
      { message: expect.stringMatching(/0x67f00000–0x68100000.*0x68000000–0x68100000.*1 MiB/) },
    ]);
    expect(outside([THIRD], text(0x67e00000n, 2n * MIB))).toEqual([]);
  });

  it('that is reserved is outside', () => {
    expect(outside([THIRD, [0x34000000n, 0x2000000n, 'RESERVED']], text(0x34c00000n))).toHaveLength(1);
    expect(outside([THIRD, [0x34000000n, 0x2000000n, 'RAM']], text(0x34c00000n))).toEqual([]);
  });
});

describe('a kernel that lands in another node’s memory', () => {
  const rule = 'kernel-lands-in-other-node';

  it('is told at the end of the region that it lies in, of the node that reaches there', () => {
    const [first, ...more] = found(spaceOf([[[0x8000000n, MIB], [0x20000000n, 0x48000000n]]], [[SECOND]], [[THIRD]]), rule); // biome-ignore format: one call
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      at: '0x48000000',
      nodes: [0, 2],
      related: ['os2/kexec/firmware_memmap.c:7'],
    });
    expect(first?.message).toMatch(/0x63e00000–0x67e00000.*64 MiB.*OS node 2, region2 0x50000000–0x68000000/);
    expect(first?.fixes.map((title) => title.slice(0, 30))).toEqual([
      '* Let OS node 0 watch OS nodes',
      "Keep OS node 0's kernel out of",
    ]);
  });

  it('is told of all whose memory it takes, in order of their OSIDs', () => {
    const found0 = found(
      spaceOf([[[0x20000000n, 0x48000000n]]], [[[0x66000000n, 0x2000000n]]], [[[0x60000000n, 0x6000000n]]]),
      rule,
    );
    expect(found0.map(({ nodes }) => nodes)).toEqual([[0, 1, 2]]);
    expect(found0[0]?.fixes.at(-1)).toContain('--mem-max=0x5fffffff');
    expect(found0[0]?.message).toMatch(
      /OS node 1, region2 0x66000000–0x68000000.* and .*OS node 2|OS node 2.* and .*OS node 1/,
    );
  });

  it('is none where the other node reaches into this one’s memory', () => {
    const reached = spaceOf([[OWN]], [[[0x18000000n, 0x20000000n]]]);
    expect(found(reached, rule).map(({ nodes }) => nodes)).toEqual([[0, 1]]);
    expect(found(reached, rule).map(({ at }) => at)).toEqual(['0x20000000']);
  });

  it('is none where the other node watches this one', () => {
    const space = spaceOf([[OWN]], [[SECOND, [0x20000000n, SHARE, 'RESERVED']]]);
    expect(space.layout.nodes.map(({ memory }) => memory.ranges.map(({ type }) => type))).toEqual([
      ['ram'],
      ['ram', 'reserved'],
    ]);
    expect(found(space, 'kernel-lands-in-other-node')).toEqual([]);
    expect(
      space.layout.nodes.flatMap((node) => landings(space.layout, node, node.kernel?.placement)),
    ).toEqual([]);
  });

  it('has no limit that keeps it out where none leaves it room', () => {
    const space = spaceOf([[OWN]], [[[0x10000000n, 0x28000000n]]]);
    const [node] = space.layout.nodes;
    const landed = node ? landings(space.layout, node, node.kernel?.placement) : [];
    expect(landed.map(({ part }) => part.node.osid)).toEqual([1]);
    expect(node && limitMemory(space.context, node, landed)).toEqual([]);
  });

  it('is none where it shares memory elsewhere', () => {
    expect(found(spaceOf([[[0x20000000n, 0x28000000n]]], [[[0x20000000n, 0x1000000n]]]), rule)).toEqual([]);
  });
});
