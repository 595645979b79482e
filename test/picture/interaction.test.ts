/** What a page around the picture relies on: regions, ends, the axis, an earlier state and a trial. */
import { describe, expect, it } from 'vitest';
import { pictureStyle } from '../../server/src/picture/style';
import { type Drawn, draw, heightOf, printed, regionOf } from './drawn';
import { figure1, figure2, NODE0, SIZE, sampleOf } from './project';
import { all, number, ofClass, type Xml } from './xml';

const endOf = ({ root }: Drawn, osid: number, region: string) =>
  ofClass(root, 'end').find(
    ({ attributes }) => attributes['data-node'] === `${osid}` && attributes['data-region'] === region,
  );
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
    const width = (pixels: number) => number(draw(figure1, { width: pixels }).root, 'width');
    expect(width(900)).toBeGreaterThan(850);
    expect(width(900)).toBeLessThanOrEqual(900);
    expect(width(300)).toBe(number(draw(figure1).root, 'width'));
  });

  it('its style sheet has the colours of the theme alone, that of print none of them', () => {
    const editor = pictureStyle('editor');
    expect(editor).toContain('--vscode-contrastBorder');
    expect(editor).toMatch(/\.region\.lit .*:focus-visible/s);
    expect(pictureStyle('print')).not.toContain('var(');
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
