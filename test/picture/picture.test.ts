/** The picture of the sample: figures 1 and 2 of Mint's memory, and what can be about them. */
import { describe, expect, it } from 'vitest';
import { type Drawn, draw, extent, heightOf, printed, regionOf } from './drawn';
import { figure1, figure2, NODE0, projectOf, SIZE, sampleOf } from './project';
import { all, ofClass } from './xml';

const label = (drawn: Drawn, osid: number, region: string) =>
  regionOf(drawn, osid, region).attributes['aria-label'];
const titles = (drawn: Drawn, classes: string) =>
  ofClass(drawn.root, classes).flatMap(({ children }) =>
    children.filter(({ name }) => name === 'title').map(({ text }) => text),
  );
/** Whether the element is as high as the addresses are on the axis. */
function spans(drawn: Drawn, actual: readonly [number, number], start: bigint, end: bigint): void {
  expect(actual[0]).toBeCloseTo(heightOf(drawn, start), 1);
  expect(actual[1]).toBeCloseTo(heightOf(drawn, end), 1);
}

describe('figure 1', () => {
  const drawn = draw(figure1);

  it('has every region of the layout at its addresses, with its name, size and range', () => {
    for (const node of figure1.layout.nodes) {
      for (const { name, range } of node.regions) {
        const region = regionOf(drawn, node.osid, name);
        const { start = 0n, end = 0n } = range ?? {};
        spans(drawn, extent(drawn, region, 'bar'), start, end);
        expect(region.text).toContain(
          `${name} · ${(end - start) % 0x100000n === 0n ? `${(end - start) >> 20n} MiB` : '128 KiB'}`,
        );
        expect(region.text).toContain(`0x${start.toString(16)}–0x${end.toString(16)}`);
      }
    }
    expect(ofClass(drawn.root, 'region').filter(({ attributes }) => attributes.role)).toHaveLength(9);
  });

  it('divides the window in three equal parts', () => {
    const heights = [0, 1, 2].map((osid) => {
      const [y0, y1] = extent(drawn, regionOf(drawn, osid, 'region3'), 'bar');
      return y1 - y0;
    });
    expect(new Set(heights.map((height) => height.toFixed(1))).size).toBe(1);
    const window = extent(drawn, drawn.root, 'window');
    expect(window[1] - window[0]).toBeCloseTo(3 * (heights[0] ?? 0), 1);
    spans(drawn, window, 0x2000_0000n, 0x6800_0000n);
  });

  it('shows low memory too: the axis is broken between it and the window', () => {
    expect(drawn.axis.map(({ start }) => start)).toEqual([
      '0x0',
      '0x20000',
      '0x40000',
      '0x60000',
      '0x8000000',
      '0x10000000',
      '0x18000000',
      '0x20000000',
      '0x38000000',
      '0x50000000',
    ]);
    expect(ofClass(drawn.root, 'break').length).toBeGreaterThan(0);
  });

  it('has no overlap and no gap, and says so', () => {
    expect(ofClass(drawn.root, 'overlap')).toEqual([]);
    expect(ofClass(drawn.root, 'gap')).toEqual([]);
    expect(drawn.summary).toBe('3 OS nodes · no overlap');
  });

  it('names nodes by OSID, role and source tree', () => {
    expect(ofClass(drawn.root, 'heading').map(({ text }) => text)).toEqual([
      'OS node 0',
      'OS node 1',
      'OS node 2',
    ]);
    expect(ofClass(drawn.root, 'role').map(({ text }) => text)).toEqual(['monitor', 'service', 'service']);
    expect(ofClass(drawn.root, 'tree').map(({ text }) => text)).toContain('kexec-mint-os2');
  });

  it('has the kernel texts that the dumps show, and that the dumps agree', () => {
    expect(titles(drawn, 'kernel-text')).toContain(
      'Kernel text of OS node 2: 0x5f000000–0x5fe02480 (≈14.0 MiB), seen in os2.iomem',
    );
    spans(drawn, extent(drawn, regionOf(drawn, 2, 'region3'), 'band'), 0x5f00_0000n, 0x5fe0_2480n);
    expect(titles(drawn, 'evidence agrees')).toContain(
      'os2.kexec shows 0x50000000–0x68000000 as RAM, as predicted',
    );
    expect(ofClass(drawn.root, 'evidence differs')).toEqual([]);
  });
});

describe('figure 2', () => {
  const drawn = draw(figure2);

  it('has node 0 over the whole window, and what it shares hatched in both nodes', () => {
    spans(drawn, extent(drawn, regionOf(drawn, 0, 'region3'), 'bar'), 0x2000_0000n, 0x6800_0000n);
    const [first, second] = ofClass(regionOf(drawn, 0, 'region3'), 'overlap');
    expect(first && second).toBeDefined();
    if (!first || !second) return;
    spans(drawn, extent(drawn, first, 'tint'), 0x3800_0000n, 0x5000_0000n);
    spans(drawn, extent(drawn, second, 'tint'), 0x5000_0000n, 0x6800_0000n);
    for (const osid of [1, 2]) {
      const own = ofClass(regionOf(drawn, osid, 'region3'), 'overlap');
      expect(own).toHaveLength(1);
      expect(own.flatMap(all).map(({ attributes }) => attributes.fill)).toContain('url(#kexec-mint-overlap)');
    }
    expect(drawn.summary).toBe('3 OS nodes · 2 overlaps');
  });

  it('says the same in words', () => {
    expect(label(drawn, 0, 'region3')).toBe(
      "OS node 0, region3, 0x20000000–0x68000000, 1152 MiB, overlaps OS node 1's region3, OS node 2's region3, kernel text 0x2f000000–0x2fe02480",
    );
    expect(titles(drawn, 'overlap')).toContain(
      "0x38000000–0x50000000 (384 MiB) is taken by OS node 0's region3, OS node 1's region3",
    );
    expect(drawn.tables).toHaveLength(1);
    expect(drawn.tables[0]?.rows[2]).toEqual([
      'OS node 0',
      'region3',
      '0x20000000',
      '0x68000000',
      '1152 MiB',
      "OS node 1's region3, OS node 2's region3",
      '0x2f000000–0x2fe02480',
      'not as in os0.iomem',
    ]);
  });

  it('shows what the dump of before does not show as RAM', () => {
    expect(titles(drawn, 'evidence differs missing')).toEqual([
      'os0.iomem does not show 0x38000000–0x68000000 as RAM',
    ]);
  });

  it('leads to the places that set a region, the last one first', () => {
    const own = drawn.regions.find(({ osid, region }) => osid === 0 && region === 'region3');
    expect(own?.places.map(({ uri, range }) => [uri.split('/').at(-1), range.start.line])).toEqual([
      ['firmware_memmap.c', 146],
      ['firmware_memmap.c', 145],
    ]);
  });

  it('is in Japanese with the terms of the field', () => {
    const japanese = draw(figure2, { locale: 'ja' });
    expect(japanese.summary).toBe('OS ノード 3 個 · 重なり 2 件');
    expect(regionOf(japanese, 1, 'region3').text).toContain('カーネルテキスト部');
    expect(ofClass(japanese.root, 'role').map(({ text }) => text)).toEqual([
      '監視用 OS',
      'サービス用 OS',
      'サービス用 OS',
    ]);
  });
});

describe('a layout', () => {
  it('with an allowed overlap has it in another pattern', async () => {
    const allowed = await projectOf({
      nodes: [[[0x2000_0000n, 0x4800_0000n]], [[0x3800_0000n, 0x1800_0000n]]],
      project: { allowOverlaps: [{ nodes: [0, 1], reason: 'health check' }] },
    });
    const drawn = draw(allowed);
    expect(ofClass(drawn.root, 'region').flatMap((region) => ofClass(region, 'overlap allowed'))).not.toEqual(
      [],
    );
    expect(all(drawn.root).map(({ attributes }) => attributes.fill)).toContain('url(#kexec-mint-allowed)');
    expect(all(drawn.root).map(({ attributes }) => attributes.fill)).not.toContain(
      'url(#kexec-mint-overlap)',
    );
    expect(drawn.summary).toBe('2 OS nodes · 1 overlap, 1 of them allowed');
  });

  it('with a watched region has it in another look, and no overlap', async () => {
    const drawn = draw(
      await projectOf({
        nodes: [
          [
            [0x2000_0000n, 0x1800_0000n],
            [0x3800_0000n, 0x3000_0000n],
          ],
          [[0x3800_0000n, 0x3000_0000n]],
        ],
        facts: [{ reserved: ['region2'] }],
      }),
    );
    expect(regionOf(drawn, 0, 'region2').attributes.class).toBe('region reserved');
    expect(label(drawn, 0, 'region2')).toBe(
      'OS node 0, region2, 0x38000000–0x68000000, 768 MiB, reserved, watches OS node 1',
    );
    expect(ofClass(drawn.root, 'overlap')).toEqual([]);
  });

  it('with window memory of no node has it marked', async () => {
    const drawn = draw(await projectOf({ nodes: [[[0x2000_0000n, 0x1800_0000n]]] }));
    expect(titles(drawn, 'gap')).toEqual([
      'Memory of the window that no OS node has: 0x38000000–0x68000000 (768 MiB)',
    ]);
    expect(drawn.tables[0]?.rows.at(-1)?.slice(1, 5)).toEqual([
      'window memory of no OS node',
      '0x38000000',
      '0x68000000',
      '768 MiB',
    ]);
  });

  it('never draws what is not known: it is named below, and no gap is claimed', async () => {
    const drawn = draw(await sampleOf('three-nodes', { [NODE0]: [SIZE, 'sizeof_the_kernel()'] }));
    const region = regionOf(drawn, 0, 'region3');
    expect(region.attributes.class).toBe('region unknown');
    expect(region.text).toContain('region3: unknown');
    expect(extent(drawn, region, 'bar')[0]).toBeGreaterThan(heightOf(drawn, 0x6800_0000n));
    expect(
      ofClass(drawn.root, 'end').some(
        ({ attributes }) => attributes['data-node'] === '0' && attributes['data-region'] === 'region3',
      ),
    ).toBe(false);
    expect(ofClass(drawn.root, 'gap')).toEqual([]);
    expect(drawn.summary).toBe('3 OS nodes · overlaps unknown');
    expect(drawn.tables[0]?.rows[2]?.slice(0, 5)).toEqual([
      'OS node 0',
      'region3: unknown',
      '0x20000000',
      'unknown',
      'unknown',
    ]);
  });

  it('whose start is never set is not drawn at 0', async () => {
    const drawn = draw(await sampleOf('seed-slip'));
    expect(regionOf(drawn, 0, 'region3').text).toContain('region3: start never set');
    expect(ofClass(drawn.root, 'gap')).toEqual([]);
  });

  it.each([
    ['a region of 8 GiB by a slip', 0x2_0000_0000n],
    ['a region to the end of 64 bits', (1n << 64n) - 0x2000_0000n],
  ])('with %s cuts it, and everything else stays readable', async (_, size) => {
    const drawn = draw(await projectOf({ nodes: [[[0x2000_0000n, size]], [[0x3800_0000n, 0x1800_0000n]]] }));
    const [y0, y1] = extent(drawn, regionOf(drawn, 1, 'region1'), 'bar');
    expect(y1 - y0).toBeGreaterThan(30);
    expect(ofClass(drawn.root, 'cut').length).toBeGreaterThan(0);
    spans(drawn, extent(drawn, regionOf(drawn, 0, 'region1'), 'bar'), 0x2000_0000n, 0x2000_0000n + size);
  });

  it('with a region of 4 KiB has room for its name', async () => {
    const drawn = draw(
      await projectOf({ nodes: [[[0x2000_0000n, 0x1000n]], [[0x3800_0000n, 0x1800_0000n]]] }),
    );
    const [y0, y1] = extent(drawn, regionOf(drawn, 0, 'region1'), 'bar');
    expect(y1 - y0).toBeGreaterThanOrEqual(15);
    expect(regionOf(drawn, 0, 'region1').text).toContain('region1 · 4 KiB');
  });

  it.each([1, 3, 12, 64])('of %i nodes has a column for each, and grows wider', async (nodeCount) => {
    const drawn = draw(await sampleOf('one-tree', {}, { nodeCount }));
    expect(ofClass(drawn.root, 'node')).toHaveLength(nodeCount);
    const width = Number(drawn.root.attributes.width);
    expect(width).toBeGreaterThan(nodeCount * 180);
    expect(Number(drawn.root.attributes.height)).toBeLessThan(1200);
  });
});

describe('for print', () => {
  it.each(['en', 'ja'] as const)('stands on its own in %s', (locale) => {
    const svg = printed(figure2, { title: 'a', snapshot: figure1 }, locale);
    expect(svg).toContain('<style>');
    expect(svg).not.toMatch(/var\(|foreignObject|href|tabindex|role="(button|slider)"/);
  });
});
