/** Pieces of messages: nodes, lists, sizes, watches, and of which nodes regions stand in for the table. */
import { describe, expect, it } from 'vitest';
import {
  hexAndSize,
  listMessage,
  nodesMessage,
  noNode,
  rangeArgs,
  standInMessages,
  typeMessage,
  watchMessage,
  watchSummaries,
} from '../../server/src/memmap/wording';
import { type Message, message, render } from '../../server/src/messages';
import { workspace } from './workspace';

const english = (text: Message | string) => (typeof text === 'string' ? text : render(text, 'en'));

describe('nodes', () => {
  it.each([
    [[3], 'OS node 3'],
    [[0, 1], 'OS nodes 0, 1'],
    [[0, 1, 2], 'OS nodes 0–2'],
    [[0, 2, 3, 4, 7, 8], 'OS nodes 0, 2–4, 7, 8'],
  ])('%j', (osids, expected) => {
    expect(english(nodesMessage(osids))).toBe(expected);
  });

  it('that are not there: which there are, each once, in order', () => {
    const nodes = (...osids: readonly number[]) => osids.map((osid) => ({ osid }));
    expect(english(noNode(7, nodes(2, 0, 2)))).toBe('There is no OS node 7, only OS nodes 0, 2.');
    expect(english(noNode(7, nodes(10, 9)))).toBe('There is no OS node 7, only OS nodes 9, 10.');
    expect(english(noNode(7, []))).toBe('There is no OS node here.');
  });
});

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c', 'd'], 'a, b, c and d'],
])('the list of %j is %s', (parts, expected) => {
  expect(english(listMessage(parts))).toBe(expected);
});

it('sizes and ranges are written with their amounts', () => {
  expect(hexAndSize(0x18000000n)).toBe('0x18000000 (384 MiB)');
  expect(rangeArgs({ start: 0x1000n, end: 0x3000n })).toEqual({ range: '0x1000–0x3000', size: '8 KiB' });
});

it('types have names, or numbers', () => {
  expect(
    (['ram', 'reserved', 'acpi', 'acpi-nvs', 'uncached', 'pmem'] as const).map(typeMessage).map(english),
  ).not.toContain('');
  expect([english(typeMessage('ram')), english(typeMessage(11))]).toEqual(['RAM', 'type 11']);
});

const RESERVED = 'range[1] = (struct memory_range){ OSID == 0 ? 0x38000000 : 0x20000000, OSID == 0 ? 0x67ffffff : 0x20000fff, 1 };'; // biome-ignore format: one line

/** Three nodes of one tree; `body` fills their tables. */
function nodes(body: string) {
  const text = `struct memory_range { unsigned long long start, end; unsigned type; };
unsigned long mint_region3_start, mint_region3_size;
int ask(void), tell(void);
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	mint_region3_start = 0x20000000UL + OSID*0x18000000UL;
	mint_region3_size = 0x18000000;
	range[0] = (struct memory_range){ mint_region3_start, mint_region3_start + mint_region3_size - 1, 0 };
	${body}
	return 0;
}
`;
  return workspace(new Map([['mint/kexec/firmware_memmap.c', text]]), { nodeCount: 3 }).layout;
}

describe('watches', () => {
  const layout = nodes(`*ranges = 2; ${RESERVED}`);

  it('are told one by one', () => {
    const [first] = layout.watches;
    expect(first && english(watchMessage(first))).toBe(
      'OS node 0 watches OS node 1: 0x38000000–0x50000000 (384 MiB)',
    );
  });

  it('are summed up for each node that watches', () => {
    expect(watchSummaries(layout).map(english)).toEqual([
      'OS node 0 watches OS nodes 1, 2',
      'OS node 1 watches OS node 0',
      'OS node 2 watches OS node 0',
    ]);
    expect(watchSummaries({ watches: [...layout.watches, ...layout.watches] })).toHaveLength(3);
  });
});

describe('that regions stand in', () => {
  it('is told once for a reason, of the nodes that it is about', () => {
    const told = standInMessages(nodes('*ranges = OSID == 1 ? 1 : OSID == 2 ? tell() : ask();')).map((text) =>
      render(text, 'en'),
    );
    expect(told).toEqual([expect.stringMatching(/OS node 0.*ask/), expect.stringMatching(/OS node 2.*tell/)]);
    const same = standInMessages(nodes('*ranges = OSID == 1 ? 1 : ask();')).map(english);
    expect(same).toEqual([expect.stringMatching(/OS nodes 0, 2/)]);
  });

  it('is not told where the table is known, or where there is none', () => {
    expect(standInMessages(nodes('*ranges = 1;'))).toEqual([]);
    const none = 'unsigned long mint_region3_start = 0x1000, mint_region3_size = 0x1000; void f(void) {}';
    const { layout } = workspace(new Map([['os0/kexec/firmware_memmap.c', none]]));
    expect(layout.nodes.map(({ memory }) => memory.from)).toEqual(['regions']);
    expect(standInMessages(layout)).toEqual([]);
  });
});

it('a message is a part of a list as a word is', () => {
  expect(english(listMessage([nodesMessage([1]), message('memmap.node', { osid: 2 })]))).toBe(
    'OS node 1 and OS node 2',
  );
});
