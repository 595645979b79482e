/** What a page around the picture relies on: regions, ends, the axis, an earlier state and a trial. */
import { describe, expect, it } from 'vitest';
import { pictureStyle } from '../../server/src/picture/style';
import { type Drawn, draw, heightOf, printed, regionOf, topOf } from './drawn';
import { figure1, figure2, NODE0, projectOf, SIZE, sampleOf } from './project';
import { all, number, ofClass, type Xml } from './xml';

const endOf = ({ root }: Drawn, osid: number, region: string) =>
  ofClass(root, 'end').find(
    ({ attributes }) => attributes['data-node'] === `${osid}` && attributes['data-region'] === region,
  );
const widthOf = ({ root }: Drawn) => number(root, 'width');
const focusable = (root: Xml) => all(root).filter(({ attributes }) => attributes.tabindex === '0');

describe('in a page', () => {
  const drawn = draw(figure2);

  it('the picture is a group of buttons and sliders, none inside another', () => {
    expect(drawn.root.attributes).toMatchObject({
      class: 'memory-map',
      role: 'group',
      'aria-label': 'Recognized memory of each OS node: 3 OS nodes · 2 overlaps',
    });
    const roles = focusable(drawn.root).map(({ attributes }) => attributes.role);
    expect(roles.filter((role) => role === 'button')).toHaveLength(9);
    expect(roles.filter((role) => role === 'slider')).toHaveLength(9);
    for (const element of focusable(drawn.root)) expect(focusable(element)).toEqual([element]);
  });

  it('each end says where it is, and can be hit', () => {
    const end = endOf(drawn, 0, 'region3');
    expect(end?.attributes).toMatchObject({
      role: 'slider',
      'data-start': '0x20000000',
      'data-end': '0x68000000',
      'aria-orientation': 'vertical',
      'aria-valuetext': '0x68000000',
    });
    for (const slider of ofClass(drawn.root, 'end')) {
      expect(number(slider, 'aria-valuemin')).toBeLessThanOrEqual(number(slider, 'aria-valuenow'));
      expect(number(slider, 'aria-valuenow')).toBeLessThanOrEqual(number(slider, 'aria-valuemax'));
      expect(ofClass(slider, 'hit').map((hit) => number(hit, 'height') >= 8)).toEqual([true]);
    }
  });

  it('no style stands in the picture, as a page may forbid it', () => {
    expect(
      all(drawn.root).filter(({ name, attributes }) => name === 'style' || 'style' in attributes),
    ).toEqual([]);
  });

  it('it is as wide as it is made for, and never narrower than its texts', () => {
    for (const pixels of [750, 900]) {
      expect(widthOf(draw(figure1, { width: pixels }))).toBeGreaterThan(pixels - 50);
      expect(widthOf(draw(figure1, { width: pixels }))).toBeLessThanOrEqual(pixels);
    }
    const least = widthOf(draw(figure1, { width: 300 }));
    expect(least).toBe(widthOf(draw(figure1, { width: 400 })));
    expect(least).toBeLessThan(widthOf(draw(figure1)));
  });

  it('the addresses stand again where columns are out of sight', async () => {
    const nodes = Array.from({ length: 12 }, (_, osid) => [[BigInt(osid) << 27n, 1n << 27n]] as const);
    const twelve = await projectOf({ nodes });
    const axes = (width: number) => ofClass(draw(twelve, { width }).root, 'axis').length;
    expect([axes(700), axes(2000)]).toEqual([4, 2]);
  });

  it('its style sheet has the colours of the theme alone, that of print none of them', () => {
    const editor = pictureStyle('editor');
    expect(editor).toContain('--vscode-contrastBorder');
    expect(editor).toMatch(/\.region\.lit .*:focus-visible/s);
    expect(pictureStyle('print')).not.toContain('var(');
  });
});

describe('in a narrow page', () => {
  const drawn = draw(figure2, { before: { title: 'the last commit', snapshot: figure1 }, width: 750 });
  const [earlier, now] = ofClass(drawn.root, 'sheet');
  const down = (sheet: Xml | undefined) =>
    Number(/^translate\(0 ([\d.]+)\)$/.exec(sheet?.attributes.transform ?? '')?.[1] ?? 0);
  const addresses = (sheet: Xml | undefined) => (sheet ? ofClass(sheet, 'address') : []);

  it('what was stands above what is, and both fit', () => {
    expect(earlier?.attributes.class).toBe('sheet before');
    expect(now?.attributes.class).toBe('sheet now');
    expect(down(earlier)).toBe(0);
    const lowest = Math.max(...addresses(earlier).map((label) => number(label, 'y')));
    expect(down(now) - 100).toBeGreaterThan(lowest);
    expect(widthOf(drawn)).toBeLessThan(800);
    expect(number(drawn.root, 'height')).toBeLessThan(1000);
  });

  it('columns stand below each other, on axes alike', () => {
    const headings = (sheet: Xml | undefined) =>
      sheet ? ofClass(sheet, 'heading').map((heading) => number(heading, 'x')) : [];
    expect(headings(now)).toHaveLength(3);
    expect(headings(now)).toEqual(headings(earlier));
    const axis = (sheet: Xml | undefined) =>
      addresses(sheet).map(({ text, attributes }) => [text, attributes.x, attributes.y]);
    expect(axis(now)).toEqual(axis(earlier));
  });

  it('the axis that a page reads is that of what is', () => {
    const bar = ofClass(regionOf(drawn, 0, 'region3'), 'bar')[0];
    if (!bar) throw new Error('there is no bar');
    const top = topOf(drawn) + down(now) + number(bar, 'y');
    expect(heightOf(drawn, 0x20000000n)).toBeCloseTo(top, 1);
    expect(heightOf(drawn, 0x68000000n)).toBeCloseTo(top + number(bar, 'height'), 1);
  });

  it('an edge that moved says by how much, and in words from where', () => {
    expect(ofClass(drawn.root, 'moved').map(({ text }) => text)).toEqual(['end +768 MiB']);
    const back = draw(figure1, { before: { title: 'a', snapshot: figure2 }, width: 750 });
    expect(ofClass(back.root, 'moved').map(({ text }) => text)).toEqual(['end −768 MiB']);
    expect(regionOf(drawn, 0, 'region3').attributes['aria-label']).toContain('end 0x38000000 → 0x68000000');
  });

  it('sheets stand side by side where there is room', () => {
    const wide = draw(figure2, { before: { title: 'a', snapshot: figure1 }, width: 1400 });
    expect(ofClass(wide.root, 'sheet').map(down)).toEqual([0, 0]);
  });
});

describe('beside an earlier state', () => {
  const before = { title: 'the last commit', snapshot: figure1 };
  const drawn = draw(figure2, { before });
  const [earlier, now] = ofClass(drawn.root, 'sheet');

  it('each has a sheet, on one axis', () => {
    expect(ofClass(drawn.root, 'sheet-title').map(({ text }) => text)).toEqual([
      'Before: the last commit',
      'Now',
    ]);
    const heights = (sheet: Xml | undefined) =>
      ofClass(sheet ?? drawn.root, 'address').map(({ text, attributes }) => [text, attributes.y]);
    expect(heights(earlier)).toEqual(heights(now));
    expect(drawn.changed).toBe(true);
  });

  it('what was there is outlined, and the edge that moved says from where', () => {
    expect(
      ofClass(now ?? drawn.root, 'was').flatMap(({ children }) => children.map(({ text }) => text)),
    ).toEqual(['before: 0x20000000–0x38000000']);
    expect(ofClass(drawn.root, 'moved').map(({ text }) => text)).toEqual(['end 0x38000000 → 0x68000000']);
    expect(regionOf(drawn, 0, 'region3').attributes['aria-label']).toContain('end 0x38000000 → 0x68000000');
    expect(drawn.tables.map(({ title }) => title)).toEqual(['Before: the last commit', 'Now']);
    expect(drawn.tables[1]?.rows[2]?.at(-1)).toBe('end 0x38000000 → 0x68000000');
  });

  it('only what is there now can be reached', () => {
    expect(earlier && focusable(earlier)).toEqual([]);
    expect(now && focusable(now)).toHaveLength(18);
  });

  it('nothing is marked where nothing differs', () => {
    const same = draw(figure1, { before });
    expect(same.changed).toBe(false);
    expect(ofClass(same.root, 'moved')).toEqual([]);
    expect(draw(figure1).changed).toBeUndefined();
  });

  it('a region that is not known any more keeps its outline', async () => {
    const unknown = await sampleOf('three-nodes', { [NODE0]: [SIZE, 'sizeof_the_kernel()'] });
    const lost = draw(unknown, { before });
    expect(lost.changed).toBe(true);
    expect(ofClass(lost.root, 'was')).not.toEqual([]);
    expect(lost.tables[1]?.rows[2]?.at(-1)).toBe('before: 0x20000000–0x38000000');
  });
});

describe('a trial', () => {
  /** Nothing of it may be evaluated. */
  const frozen = {
    ...figure1,
    context: {
      ...figure1.context,
      evaluate: () => {
        throw new Error('evaluated');
      },
    },
  };
  const trial = { osid: 0, region: 'region3', end: '0x60000000' };

  it('shows the overlaps that it would make, without evaluating anything', () => {
    const drawn = draw(frozen, { trial });
    expect(drawn.summary).toBe('3 OS nodes · 2 overlaps');
    expect(ofClass(regionOf(drawn, 0, 'region3'), 'overlap')).toHaveLength(2);
    expect(regionOf(drawn, 0, 'region3').attributes.class).toBe('region ram trial');
    expect(endOf(drawn, 0, 'region3')?.attributes['data-end']).toBe('0x60000000');
    expect(ofClass(drawn.root, 'address trial').map(({ text }) => text)).toEqual(['0x60000000']);
    expect(drawn.tables[0]?.rows[2]?.slice(2, 5)).toEqual(['0x20000000', '0x60000000', '1 GiB']);
  });

  it('moves nothing on the axis, so that what is dragged stays under the pointer', () => {
    const still = draw(figure1);
    for (const end of ['0x30000000', '0x38200000', '0x60000000']) {
      const drawn = draw(frozen, { trial: { ...trial, end } });
      expect(drawn.axis).toEqual(still.axis);
      expect(drawn.root.attributes.width).toBe(still.root.attributes.width);
    }
  });

  it('lets the axis grow where it leads off it', () => {
    const drawn = draw(frozen, { trial: { osid: 2, region: 'region3', end: '0x70000000' } });
    expect(heightOf(drawn, 0x7000_0000n)).toBeGreaterThan(heightOf(drawn, 0x6800_0000n));
  });

  it.each([
    { ...trial, end: 'here' },
    { ...trial, end: '0x20000000' },
    { ...trial, region: 'region9' },
    { ...trial, osid: 7 },
  ])('of what cannot be is none: %o', (impossible) => {
    expect(draw(frozen, { trial: impossible }).svg).toBe(draw(figure1).svg);
  });
});

it('print has the same shapes', () => {
  expect(printed(figure2).match(/class="overlap"/g)?.length).toBe(
    draw(figure2).svg.match(/class="overlap"/g)?.length,
  );
});
