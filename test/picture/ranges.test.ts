/** What kexec's table has beside the regions, and other than they have it. */
import { describe, expect, it } from 'vitest';
import { exportPicture } from '../../server/src/service/features/picture';
import { type Drawn, draw, extent, heightOf, printed, regionOf } from './drawn';
import { adding, figure1, figure3, NODE0, projectOf, sampleOf } from './project';
import { all, ofClass, type Xml } from './xml';

function rangeOf({ root }: Drawn, osid: number, range: string): Xml {
  const [found, ...more] = ofClass(root, 'region').filter(
    ({ attributes }) => attributes['data-node'] === `${osid}` && attributes['data-region'] === range,
  );
  if (!found || more.length > 0) throw new Error(`not one bar for ${range} of node ${osid}`);
  return found;
}

const WATCHED = '0x38000000-0x68000000';
const cells = ({ tables }: Drawn, row: number) => tables.at(-1)?.rows[row];
const endsOf = ({ root }: Drawn, osid: number) =>
  ofClass(root, 'end')
    .filter(({ attributes }) => attributes['data-node'] === `${osid}`)
    .map(({ attributes }) => attributes['data-region']);

describe('figure 3: a reserved range over the RAM of others', () => {
  const drawn = draw(figure3);
  const range = rangeOf(drawn, 0, WATCHED);

  it('is a bar at its addresses, hatched, that can be focused and has no end to move', () => {
    const [y0, y1] = extent(drawn, range, 'bar');
    expect(y0).toBeCloseTo(heightOf(drawn, 0x3800_0000n), 1);
    expect(y1).toBeCloseTo(heightOf(drawn, 0x6800_0000n), 1);
    expect(range.attributes.class).toBe('region reserved range');
    expect(range.attributes.tabindex).toBe('0');
    expect(all(range).map(({ attributes }) => attributes.fill)).toContain('url(#kexec-mint-reserved)');
    expect(endsOf(drawn, 0)).toEqual(['region1', 'region2', 'region3']);
  });

  it('says what it is and whom it watches, beside each of them', () => {
    expect(range.text).toContain('reserved · 768 MiB');
    expect(range.text).toContain('0x38000000–0x68000000');
    const pieces = ofClass(range, 'watch').map((piece) => extent(drawn, piece, 'area'));
    expect(pieces.map((piece) => piece.map(Math.round))).toEqual(
      [1, 2].map((osid) => extent(drawn, regionOf(drawn, osid, 'region3'), 'bar').map(Math.round)),
    );
    expect(range.text).toContain('watches OS node 1');
    expect(range.text).toContain('watches OS node 2');
    expect(range.attributes['aria-label']).toBe(
      'OS node 0, reserved, 0x38000000–0x68000000, 768 MiB, watches OS nodes 1, 2',
    );
    expect(regionOf(drawn, 1, 'region3').attributes['aria-label']).toContain('watched by OS node 0');
  });

  it('is no overlap, and the legend tells both looks', () => {
    expect(drawn.summary).toBe('3 OS nodes · no overlap');
    expect(ofClass(drawn.root, 'overlap')).toEqual([]);
    const legend = ofClass(drawn.root, 'legend').map(({ text }) => text);
    expect(legend).toContain('reserved: read, not used as RAM');
    expect(legend).toContain('RAM of another OS node, watched');
  });

  it('has its row, and a column for watching', () => {
    expect(drawn.tables[0]?.head[6]).toBe('Watching');
    expect(cells(drawn, 3)?.slice(0, 7)).toEqual([
      'OS node 0',
      'reserved',
      '0x38000000',
      '0x68000000',
      '768 MiB',
      '',
      'watches OS nodes 1, 2',
    ]);
    expect(cells(drawn, 6)?.[6]).toBe('watched by OS node 0');
    expect(exportPicture(figure3, undefined, 'text', 'ja')).toMatch(
      /予約 +0x38000000.*OS ノード 1, 2 を監視/,
    );
  });

  it('leads to the lines that add it', () => {
    const [own, ...others] = drawn.regions.filter(({ region }) => region.startsWith('0x'));
    expect(others).toEqual([]);
    expect([own?.osid, own?.region]).toEqual([0, WATCHED]);
    expect(own?.places[0]?.uri).toContain(NODE0);
  });

  it('is new beside figure 1, and outlined where it is gone', () => {
    const added = draw(figure3, { before: { title: 'a', snapshot: figure1 } });
    expect(added.changed).toBe(true);
    expect(rangeOf(added, 0, WATCHED).text).toContain('new');
    expect(cells(added, 3)?.at(-1)).toBe('new');
    const removed = draw(figure1, { before: { title: 'a', snapshot: figure3 } });
    expect(ofClass(removed.root, 'was').map(({ text }) => text)).toEqual([
      'before: 0x38000000–0x68000000',
      '',
    ]);
    expect(cells(removed, 9)?.slice(0, 2)).toEqual(['OS node 0', 'reserved: no longer there']);
  });

  it('is watched less where a trial takes it for RAM', () => {
    const drawnTrial = draw(figure3, { trial: { osid: 1, region: 'region3', end: '0x48000000' } });
    expect(
      ofClass(rangeOf(drawnTrial, 0, WATCHED), 'watch').map((piece) => extent(drawnTrial, piece, 'area')[1]),
    ).toEqual([heightOf(drawnTrial, 0x4800_0000n), heightOf(drawnTrial, 0x6800_0000n)]);
  });
});

const REGION3 = 'mint_region3_start, mint_region3_size)';
const REGION2 = 'add_ram(range, &i, room, mint_region2_start, mint_region2_size) < 0 ||';

describe('a table', () => {
  it('with more RAM than the region has both, and nothing to move', async () => {
    const drawn = draw(
      await sampleOf('three-nodes', { [NODE0]: [REGION3, REGION3.replace(')', ' + 0x8000000)')] }),
    );
    const range = rangeOf(drawn, 0, '0x38000000-0x40000000');
    expect(range.attributes['aria-label']).toBe(
      "OS node 0, RAM, 0x38000000–0x40000000, 128 MiB, overlaps OS node 1's region3",
    );
    expect(regionOf(drawn, 1, 'region3').attributes['aria-label']).toContain(
      "overlaps OS node 0's range 0x38000000–0x40000000",
    );
    expect(endsOf(drawn, 0)).toEqual(['region1', 'region2']);
    expect(drawn.summary).toBe('3 OS nodes · 1 overlap');
  });

  it('with less RAM than the region shows what there is, and what the variables say', async () => {
    const drawn = draw(
      await sampleOf('three-nodes', { [NODE0]: [REGION3, REGION3.replace(')', ' - 0x8000000)')] }),
    );
    const region = regionOf(drawn, 0, 'region3');
    expect(extent(drawn, region, 'bar')[1]).toBeCloseTo(heightOf(drawn, 0x3000_0000n), 1);
    expect(region.text).toContain('region3 · 256 MiB');
    expect(region.text).toContain('its variables: 0x20000000–0x38000000');
    expect(cells(drawn, 2)?.slice(1, 4)).toEqual([
      'region3, its variables: 0x20000000–0x38000000',
      '0x20000000',
      '0x30000000',
    ]);
  });

  it('without a region has it named below', async () => {
    const drawn = draw(await sampleOf('three-nodes', { [NODE0]: [REGION2, ''] }));
    const region = regionOf(drawn, 0, 'region2');
    expect(region.attributes.class).toBe('region unknown');
    expect(region.text).toContain("region2: not in kexec's table");
  });

  it.each([
    ['RANGE_ACPI_NVS', 'ACPI NVS · 4 KiB'],
    ['42', 'type 42 · 4 KiB'],
  ])('with a range of type %s names it', async (type, text) => {
    const drawn = draw(await sampleOf('three-nodes', { [NODE0]: adding('0x70000000', '0x1000', type) }));
    expect(rangeOf(drawn, 0, '0x70000000-0x70001000').text).toContain(text);
    expect(drawn.summary).toBe('3 OS nodes · no overlap');
  });

  it('that is not known is said once in the picture and once below its table', async () => {
    const snapshot = await projectOf({ nodes: [[[0x2000_0000n, 0x1800_0000n]], [[0x3800_0000n, 0x1000n]]] });
    const said = 'Range table unknown for OS nodes 0, 1: regions stand in';
    const drawn = draw(snapshot);
    const notes = ofClass(drawn.root, 'without-table');
    expect(notes.map(({ children }) => children.map(({ text }) => text.includes(said)))).toEqual([[true]]);
    expect(drawn.tables.map(({ note }) => note?.startsWith(said))).toEqual([true]);
    expect(exportPicture(snapshot, undefined, 'markdown', 'en')?.split('\n').at(-1)).toContain(said);
    expect(parseCount(printed(figure3))).toBe(0);
    expect(draw(figure3).tables[0]?.note).toBeUndefined();
  });
});

function parseCount(svg: string): number {
  return svg.split('class="without-table"').length - 1;
}
