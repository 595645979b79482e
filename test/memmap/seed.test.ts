/**
 * The seed's document, number by number: the samples evaluated, figures 1 and 2, the second trial, and what the
 * arithmetic says beyond the document. Ends are exclusive.
 */
import { describe, expect, it } from 'vitest';
import type { Finding, Fix } from '../../server/src/memmap/finding';
import { extendRegion, isFix } from '../../server/src/memmap/fixes/move-end';
import { fixesAt, regionAt } from '../../server/src/memmap/fixes/size-fixes';
import { promiseKept } from './promises';
import { filesBelow, rangesOf, repositoryFolder, type Workspace, workspace } from './workspace';

const sample = (name: string) => filesBelow(repositoryFolder(`samples/${name}`));
const OS0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const SHARED = 'kexec-mint/kexec/firmware_memmap.c';
const ORIGINAL = 'mint_memory_size - 0x8000000';

const FIGURE_1 = {
  0: { region1: '0x0–0x20000', region2: '0x8000000–0x10000000', region3: '0x20000000–0x38000000' },
  1: { region1: '0x20000–0x40000', region2: '0x10000000–0x18000000', region3: '0x38000000–0x50000000' },
  2: { region1: '0x40000–0x60000', region2: '0x18000000–0x20000000', region3: '0x50000000–0x68000000' },
};
const extended = (end: string) => ({ ...FIGURE_1, 0: { ...FIGURE_1[0], region3: `0x20000000–${end}` } });

const brief = (space: Workspace) =>
  space.findings.map(
    ({ rule, severity, place, nodes }) => `${severity} ${rule} ${space.placeText(place)} ${nodes}`,
  );
const lineOf = (space: Workspace, path: string, text: string) => space.placeText(space.find(path, text));
const titles = (space: Workspace, fixes: readonly Fix[]) => fixes.map(({ title }) => space.english(title));
const offered = (space: Workspace, path: string, text: string) =>
  fixesAt(space.context, space.find(path, text));

function fixOf(space: Workspace, answer: ReturnType<typeof extendRegion>): Fix {
  if (!isFix(answer)) throw new Error(space.english(answer));
  return answer;
}

describe('three trees', () => {
  const space = workspace(sample('three-nodes'));

  it('figure 1: all three regions of each node, and nothing to find', () => {
    expect(rangesOf(space)).toEqual(FIGURE_1);
    expect(brief(space)).toEqual([]);
    expect(space.layout).toMatchObject({ shared: false, window: { start: 0x20000000n, end: 0x68000000n } });
    expect(space.layout.nodes.map(({ osidFrom }) => osidFrom)).toMatchObject([
      { kind: 'definition', name: 'OSID' },
      { kind: 'definition', name: 'OSID' },
      { kind: 'definition', name: 'OSID' },
    ]);
  });

  it('figure 2: node 0 covers region 3 of nodes 1 and 2, told in its own tree alone', () => {
    const after = space.replaced(OS0, ORIGINAL, '0x48000000');
    expect(rangesOf(after)).toEqual(extended('0x68000000'));
    const line = lineOf(after, OS0, '0x48000000');
    expect(brief(after)).toEqual([
      `error node-overlap ${line} 0,1`,
      `error node-overlap ${line} 0,2`,
      `warning kernel-lands-in-other-node ${line} 0,2`,
      `information known-failure ${line} 0,2`,
    ]);
    const overlaps = after.findings.filter(({ rule }) => rule === 'node-overlap');
    expect(overlaps.map(({ place }) => after.text(place))).toEqual(['0x48000000', '0x48000000']);
    expect(overlaps.map(({ message }) => after.english(message))).toEqual([
      expect.stringContaining('0x38000000–0x50000000 (384 MiB)'),
      expect.stringContaining('0x50000000–0x68000000 (384 MiB)'),
    ]);
    expect(overlaps.map(({ related }) => related.map(({ place }) => after.placeText(place)))).toEqual([
      [lineOf(after, OS0, 'mint_region3_start = ').replace('os0', 'os1')],
      [lineOf(after, OS0, 'mint_region3_start = ').replace('os0', 'os2')],
    ]);
  });

  it('the second trial: up to 0x60000000', () => {
    const after = space.replaced(OS0, ORIGINAL, '0x40000000');
    expect(rangesOf(after)).toEqual(extended('0x60000000'));
    const overlaps = after.findings.filter(({ rule }) => rule === 'node-overlap');
    expect(overlaps.map(({ message }) => after.english(message))).toEqual([
      expect.stringContaining('0x38000000–0x50000000 (384 MiB)'),
      expect.stringContaining('0x50000000–0x60000000 (256 MiB)'),
    ]);
    expect(after.findings.filter(({ rule }) => rule === 'known-failure')).toHaveLength(1);
  });

  it('any other extension is no known failure', () => {
    const after = space.replaced(OS0, ORIGINAL, '0x47000000');
    expect(after.findings.map(({ rule }) => rule)).toEqual([
      'node-overlap',
      'node-overlap',
      'kernel-lands-in-other-node',
    ]);
  });

  it("offers the seed's edits on the size, and takes them back", () => {
    const fixes = offered(space, OS0, ORIGINAL);
    expect(titles(space, fixes)).toEqual([
      'Let OS node 0 watch OS nodes 1, 2 (0x38000000–0x68000000, reserved): it reads that memory, and neither loads nor allocates there',
      "Extend OS node 0's region3 to 0x68000000: size 0x48000000 (1152 MiB), the window's end; its own kernel then lands in the memory of OS node 2",
      "Extend OS node 0's region3 to 0x60000000: size 0x40000000 (1 GiB); its own kernel then lands in the memory of OS node 2",
    ]);
    const [watching, toWindow, toTrial] = fixes.map((fix) => promiseKept(space, fix));
    expect(watching && rangesOf(watching)).toEqual(FIGURE_1);
    expect(watching && brief(watching)).toEqual([]);
    expect(toWindow && rangesOf(toWindow)).toEqual(extended('0x68000000'));
    expect(toTrial && rangesOf(toTrial)).toEqual(extended('0x60000000'));

    const after = space.replaced(OS0, ORIGINAL, '0x48000000');
    const back = offered(after, OS0, '0x48000000');
    expect(titles(after, back)).toEqual([
      "Restore OS node 0's region3 to mint_memory_size - 0x8000000: 0x20000000–0x38000000",
      'Let OS node 0 watch OS nodes 1, 2 (0x38000000–0x68000000, reserved): it reads that memory, and neither loads nor allocates there; region3 goes back to 0x20000000–0x38000000',
      "Shrink OS node 0's region3 to 0x38000000: size 0x18000000 (384 MiB), the start of OS node 1's region3",
      "Shrink OS node 0's region3 to 0x60000000: size 0x40000000 (1 GiB)",
    ]);
    for (const fix of back.slice(0, 3)) expect(rangesOf(promiseKept(after, fix))).toEqual(FIGURE_1);
    expect(back[0] && after.edited(back[0].edits).context.text(space.find(OS0, 'mint').file)).toBe(
      space.context.text(space.find(OS0, 'mint').file),
    );
  });

  it('every fix of figure 2 is kept, and none is offered on another line', () => {
    const after = space.replaced(OS0, ORIGINAL, '0x48000000');
    const fixes = after.findings.flatMap((found: Finding) => found.fixes);
    expect(fixes.length).toBeGreaterThanOrEqual(4);
    for (const fix of fixes) promiseKept(after, fix);
    expect(offered(after, OS0, 'mint_region2_size = 0x8000000')).toEqual([]);
    expect(offered(after, OS0, '*ranges = i;')).toEqual([]);
  });

  it('extends any node to any address, or says why not', () => {
    const { context } = space;
    const fix = fixOf(space, extendRegion(context, 1, 'region3', 0x60000000n));
    expect(rangesOf(promiseKept(space, fix))).toMatchObject({ 1: { region3: '0x38000000–0x60000000' } });
    const refusals = [
      extendRegion(context, 0, undefined, 0x20000000n),
      extendRegion(context, 0, undefined, 0x38000000n),
      extendRegion(context, 7, undefined, 0x38000000n),
      extendRegion(context, 0, 'region9', 0x38000000n),
      extendRegion(context, 0, 'region3', (1n << 64n) + 1n),
    ];
    expect(refusals.map((answer) => (isFix(answer) ? answer : space.english(answer)))).toEqual([
      'region3 starts at 0x20000000, so it cannot end at 0x20000000.',
      'region3 of OS node 0 ends at 0x38000000 already.',
      'There is no OS node 7, only OS nodes 0–2.',
      'OS node 0 has no region9, only region1, region2, region3.',
      '0x10000000000000001 does not fit in 64 bits.',
    ]);
  });

  it('nine digits in the prose: 0x200000000 and 0x600000000 are a zero too long', () => {
    for (const [from, to] of [
      [ORIGINAL, '0x400000000'],
      ['= mint_memory_start;', '= 0x200000000;'],
    ] as const) {
      const after = space.replaced(OS0, from, to);
      const [found] = after.findings.filter(({ rule }) => rule === 'extra-digit');
      const [fix] = found?.fixes ?? [];
      expect(found && after.text(found.place)).toBe(/0x\w+/.exec(to)?.[0]);
      expect(fix && rangesOf(promiseKept(after, fix))).toEqual(
        from === ORIGINAL ? extended('0x60000000') : FIGURE_1,
      );
    }
  });
});

describe('one tree for all', () => {
  const space = workspace(sample('one-tree'));

  it('figure 1, and the overflow from OSID 4 on', () => {
    expect(space.layout.shared).toBe(true);
    expect(rangesOf(space)).toEqual(FIGURE_1);
    expect(brief(space)).toEqual([
      `information signed-overflow ${lineOf(space, 'kexec-mint/kexec/mint.h', '0x20000000 + OSID')} 4`,
    ]);
    expect(space.findings.map(({ message }) => space.english(message))).toEqual([
      expect.stringContaining('From OSID 4 on'),
    ]);
  });

  it('node 0 alone is extended, under a condition', () => {
    const [watching, ...fixes] = offered(space, SHARED, ORIGINAL);
    expect(watching && brief(promiseKept(space, watching))).toEqual(brief(space));
    expect(titles(space, fixes)).toEqual([
      expect.stringMatching(/^Extend OS node 0's region3 to 0x68000000.*`if \(OSID == 0\)`/),
      expect.stringMatching(/^Extend OS node 0's region3 to 0x60000000.*`if \(OSID == 0\)`/),
    ]);
    const [fix] = fixes;
    if (!fix) throw new Error('no fix is offered');
    const after = promiseKept(space, fix);
    expect(rangesOf(after)).toEqual(extended('0x68000000'));
    expect(after.context.text(space.find(SHARED, 'mint').file)).toContain(
      `\tmint_region3_size = ${ORIGINAL};\n\tif (OSID == 0)\n\t\tmint_region3_size = 0x48000000;\n`,
    );
    expect(brief(after).filter((line) => line.includes('overlap'))).toEqual([
      `error node-overlap ${lineOf(after, SHARED, '0x48000000')} 0,1`,
      `error node-overlap ${lineOf(after, SHARED, '0x48000000')} 0,2`,
    ]);
    // Where the condition stands already, its value is edited.
    const second = offered(after, SHARED, '0x48000000');
    const taking = second.filter(({ promise }) => promise);
    expect(taking.every(({ edits }) => edits.every(({ place }) => after.text(place) === '0x48000000'))).toBe(
      true,
    );
    const trial = second.find(({ promise }) => promise?.range.end === 0x60000000n);
    expect(trial && rangesOf(promiseKept(after, trial))).toEqual(extended('0x60000000'));
  });

  it('the suffix stops the overflow for every OSID up to 15', () => {
    const [fix] = space.findings.flatMap(({ fixes }) => fixes);
    if (!fix) throw new Error('no fix is offered');
    const after = space.edited(fix.edits);
    expect(brief(after)).toEqual([]);
    expect(rangesOf(after)).toEqual(FIGURE_1);
    expect(fix.promise).toMatchObject({ osid: 4, region: 'region3', range: { start: 0x80000000n } });
    const wide = workspace(sample('one-tree'), { nodeCount: 16, window: { start: 0n, end: 1n << 40n } });
    expect(rangesOf(wide.edited(fix.edits))).toMatchObject({
      4: { region3: '0x80000000–0x98000000' },
      15: { region3: '0x188000000–0x1a0000000' },
    });
  });

  it('OSID 3: region 2 lies in region 3 of node 0; its region 3 is outside of the window', () => {
    const four = workspace(sample('one-tree'), { nodeCount: 4 });
    expect(rangesOf(four)).toEqual({
      ...FIGURE_1,
      3: { region1: '0x60000–0x80000', region2: '0x20000000–0x28000000', region3: '0x68000000–0x80000000' },
    });
    const [overlap, ...more] = four.findings.filter(({ rule }) => rule === 'node-overlap');
    expect(more).toEqual([]);
    expect(overlap?.nodes).toEqual([0, 3]);
    expect(overlap && four.english(overlap.message)).toContain('0x20000000–0x28000000 (128 MiB)');
    expect(brief(four).filter((line) => line.includes('outside-window'))).toHaveLength(1);
  });

  it('OSID 5 is node 0 again in regions 1 and 2, as `% 5` makes it', () => {
    const six = workspace(sample('one-tree'), { nodeCount: 6 });
    const ranges = rangesOf(six);
    expect(ranges[5]).toMatchObject({ region1: ranges[0]?.region1, region2: ranges[0]?.region2 });
    const overlaps = six.findings.filter(
      ({ rule, nodes }) => rule === 'node-overlap' && String(nodes) === '0,5',
    );
    expect(overlaps.map(({ message }) => six.english(message))).toEqual([
      expect.stringContaining('0x0–0x20000 (128 KiB)'),
      expect.stringContaining('0x8000000–0x10000000 (128 MiB)'),
    ]);
    const overflow = six.findings.filter(
      ({ rule, severity }) => rule === 'signed-overflow' && severity === 'error',
    );
    expect(overflow.map(({ nodes }) => nodes)).toEqual([[4, 5]]);
    expect(ranges[4]?.region3).toContain('mint_region3_start is unknown');
    expect(regionAt(six.context, six.find(SHARED, ORIGINAL))).toMatchObject({
      part: 'size',
      node: { osid: 0 },
    });
  });
});

describe("the seed's line 286", () => {
  const space = workspace(sample('seed-slip'));

  it('the size is assigned twice, the start never', () => {
    const line = lineOf(space, SHARED, 'mint_region3_size = mint_memory_start');
    expect(brief(space)).toEqual([
      `error start-never-assigned ${line} 0,1,2`,
      `warning assigned-twice ${line} 0,1,2`,
      expect.stringContaining('information signed-overflow'),
    ]);
  });

  it('one fix renames the first of the two, and figure 1 comes out', () => {
    const found = space.findings.filter(
      ({ rule }) => rule === 'start-never-assigned' || rule === 'assigned-twice',
    );
    const fixes = found.flatMap((one) => one.fixes);
    expect(fixes.map(({ edits, preferred }) => ({ edits, preferred }))).toEqual(
      found.map(() => ({
        edits: [
          {
            place: {
              ...space.find(SHARED, 'mint_region3_size = mint_memory_start'),
              end:
                space.find(SHARED, 'mint_region3_size = mint_memory_start').start +
                'mint_region3_size'.length,
            },
            newText: 'mint_region3_start',
          },
        ],
        preferred: true,
      })),
    );
    const [fix] = fixes;
    if (!fix) throw new Error('no fix is offered');
    const after = promiseKept(space, fix);
    expect(rangesOf(after)).toEqual(FIGURE_1);
    expect(after.findings.map(({ rule }) => rule)).toEqual(['signed-overflow']);
  });
});

describe('a 32-bit build', () => {
  const space = workspace(sample('one-tree'), { dataModel: 'ILP32' });

  it('has the same figure, and needs a wider suffix', () => {
    expect(rangesOf(space)).toEqual(FIGURE_1);
    const fixes = space.findings.flatMap((found) => found.fixes);
    expect(fixes.flatMap(({ edits }) => edits.map(({ newText }) => newText))).toEqual(['0x18000000ULL']);
    for (const fix of fixes) expect(brief(space.edited(fix.edits))).toEqual([]);
  });
});
