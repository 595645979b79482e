/** Where in the sources a region's start and size come from. */
import { describe, expect, it } from 'vitest';
import { placeOf, quantitiesAt, statementOf } from '../../server/src/memmap/places';
import { workspace } from './workspace';

const PATH = 'os0/kexec/firmware_memmap.c';
const TEXT = `#define OSID 0
#define mint_region1_size 0x20000
#define SET_START(address) mint_region3_start = (address)
unsigned long mint_region1_start = 0x20000, mint_region2_start, mint_region2_size = 1, mint_region4_size = 1;
unsigned long mint_region3_start, mint_region3_size;
void setup(void)
{
	SET_START(0x20000000);
	mint_region3_size = 0x10000000;
	mint_region3_size++;
}
`;

describe('the start or size of a region', () => {
  const space = workspace(new Map([[PATH, TEXT]]), { nodeCount: 1 });
  const [node] = space.layout.nodes;
  const quantity = (name: string) => {
    const [, region = '', part = ''] = /^(region\d) (start|size)$/.exec(name) ?? [];
    const found = node?.regions.find((one) => one.name === region)?.[part as 'start' | 'size'];
    if (!node || !found) throw new Error(`no ${name}`);
    return { node, found };
  };

  it.each([
    ['region1 start', 'mint_region1_start = 0x20000', '0x20000'],
    ['region1 size', '#define mint_region1_size 0x20000', 'mint_region1_size'],
    ['region2 start', undefined, 'mint_region2_start'],
    ['region3 start', 'SET_START(0x20000000)', '0x20000000'],
    ['region3 size', 'mint_region3_size++', 'mint_region3_size'],
    ['region4 start', undefined, ''],
  ])('%s stands at %s, and is decided by %s', (name, statement, text) => {
    const { node: own, found } = quantity(name);
    const at = statementOf(found);
    expect(at && space.text(at)).toBe(statement);
    expect(space.text(placeOf(found, own))).toBe(text);
    expect(placeOf(found, own).file).toBe(`file:///workspace/${PATH}`);
  });

  it('is found from a place in its statement, and from no other', () => {
    const at = (text: string) =>
      quantitiesAt(space.layout, space.find(PATH, text)).map(({ region, part }) => `${region.name} ${part}`);
    expect(at('0x20000000')).toEqual(['region3 start']);
    expect(at('region1_size')).toEqual(['region1 size']);
    expect(at('region3_size++')).toEqual(['region3 size']);
    expect(at('mint_region3_size = 0x10000000')).toEqual([]);
    expect(at('void setup')).toEqual([]);
  });
});
