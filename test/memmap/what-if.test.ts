/** What an edit would bring: the edited texts, and whether it does what it promises. */
import { describe, expect, it } from 'vitest';
import { samePlace, touches } from '../../server/src/memmap/places';
import { applyEdits, checkedFix, overlayOf, regionsAfter } from '../../server/src/memmap/what-if';
import { message } from '../../server/src/messages';
import { formatRange } from '../../server/src/range';
import { workspace } from './workspace';

const FILE = 'mint/kexec/firmware_memmap.c';
const at = (start: number, end: number, file = 'a') => ({ file, start, end });

it('edits are made at their places, in any order', () => {
  const edits = [
    { place: at(2, 3), newText: 'XX' },
    { place: at(0, 1), newText: '' },
    { place: at(5, 5), newText: '!' },
  ];
  expect(applyEdits('abcde', edits)).toBe('bXXde!');
  expect(applyEdits('abcde', [...edits].reverse())).toBe('bXXde!');
  expect(applyEdits('abcde', [])).toBe('abcde');
});

it('edited files are all at hand, or none is', () => {
  const texts = new Map([
    ['a', 'one'],
    ['b', 'two'],
  ]);
  const overlay = (...files: readonly string[]) =>
    overlayOf(
      { text: (file) => texts.get(file) },
      files.map((file) => ({ place: at(0, 1, file), newText: 'X' })),
    );
  expect([...(overlay('a', 'b') ?? [])]).toEqual([
    ['a', 'Xne'],
    ['b', 'Xwo'],
  ]);
  expect(overlay('a', 'c')).toBeUndefined();
  expect([...(overlay() ?? [])]).toEqual([]);
});

it('places touch where they share a character, or meet', () => {
  expect(touches(at(1, 3), at(2, 5))).toBe(true);
  expect(touches(at(1, 3), at(3, 5))).toBe(true);
  expect(touches(at(3, 5), at(1, 3))).toBe(true);
  expect(touches(at(1, 3), at(4, 5))).toBe(false);
  expect(touches(at(4, 5), at(1, 3))).toBe(false);
  expect(touches(at(1, 3), at(1, 3, 'b'))).toBe(false);
  expect(samePlace(at(1, 3), at(1, 3))).toBe(true);
  for (const other of [at(0, 3), at(1, 4), at(1, 3, 'b')]) expect(samePlace(at(1, 3), other)).toBe(false);
});

describe('a fix', () => {
  const text = `unsigned long mint_region2_start, mint_region2_size = 0x1000;
unsigned long mint_region3_start, mint_region3_size;
void setup(void)
{
	mint_region2_start = 0x8000000UL + OSID*0x1000;
	mint_region3_start = 0x20000000UL + OSID*0x18000000UL;
	mint_region3_size = 0x18000000;
}
`;
  const space = workspace(new Map([[FILE, text]]), { nodeCount: 2 });
  const [node] = space.layout.nodes;
  if (!node) throw new Error('no node');

  const fix = (from: string, to: string, end = 0x30000000n, alone = true, preferred?: boolean) =>
    checkedFix(space.context, {
      title: message('fix.remove-allowance'),
      node,
      region: 'region3',
      range: { start: 0x20000000n, end },
      alone,
      edits: [{ place: space.find(FILE, from), newText: to }],
      ...(preferred === undefined ? {} : { preferred }),
    });

  it('promises the range that evaluating the edited text gives', () => {
    const condition = '0x18000000;\n\tif (OSID == 0) mint_region3_size = 0x10000000;';
    expect(fix('0x18000000;', condition)?.promise).toEqual({
      tree: node.tree.root,
      osid: 0,
      region: 'region3',
      range: { start: 0x20000000n, end: 0x30000000n },
    });
    expect(fix('0x18000000;', condition)).not.toHaveProperty('preferred');
    expect(fix('0x18000000;', condition, 0x30000000n, true, true)?.preferred).toBe(true);
    expect(fix('0x18000000;', condition, 0x31000000n)).toBeUndefined();
  });

  it('of one node changes no other node of its tree, and of all may change the region in all', () => {
    expect(fix('0x18000000;', '0x10000000;')).toBeUndefined();
    expect(fix('0x18000000;', '0x10000000;', 0x30000000n, false)).toBeDefined();
    expect(
      fix('0x18000000;', '0x10000000; mint_region2_size = OSID ? 0x2000 : 0x1000;', 0x30000000n, false),
    ).toBeUndefined();
  });

  it('changes no other region, and brings no problem', () => {
    const edit = (more: string) => fix('0x18000000;', `OSID ? 0x18000000 : 0x10000000; ${more}`);
    expect(edit('')).toBeDefined();
    expect(edit('if (OSID == 0) mint_region2_size = 0x2000;')).toBeUndefined();
    expect(edit('if (OSID == 0) mint_region2_start = 0;')).toBeUndefined();
    expect(edit('int overflow = 0x7fffffff + 1;')).toBeUndefined();
    expect(fix('0x18000000;', 'OSID ? 0x18000000 : unheard_of();')).toBeUndefined();
  });

  it('of a text that is not at hand is none', () => {
    const lost = { ...space.context, text: () => undefined };
    const edits = [{ place: space.find(FILE, '0x18000000;'), newText: '0x10000000;' }];
    expect(regionsAfter(lost, node, edits)).toBeUndefined();
    const after = regionsAfter(space.context, node, edits)?.flatMap(({ range }) =>
      range ? [formatRange(range)] : [],
    );
    expect(after).toEqual(['0x8000000–0x8001000', '0x20000000–0x30000000']);
  });
});
