/** Which of several trees is the odd one, and of which names none is. */
import { describe, expect, it } from 'vitest';
import { workspace } from './workspace';

const START = '#define mint_memory_start (0x20000000UL + OSID*0x18000000UL)';

/** What is told of trees for OS nodes 0, 1, …, whose headers hold these lines. */
function told(...headers: readonly string[]) {
  const memmap = `#include "mint.h"
unsigned long mint_region3_start, mint_region3_size;
unsigned long strtoul(const char *, char **, int);
void setup(void)
{
	mint_region3_start = 0x20000000UL + OSID*0x18000000UL;
	mint_region3_size = 0x18000000;
}
`;
  const files = headers.flatMap((lines, osid) => {
    const [header = '', code = ''] = lines.split('////');
    return [
      [`os${osid}/kexec/mint.h`, `#ifndef OSID\n#define OSID ${osid}\n#endif\n${header}\n`],
      [`os${osid}/kexec/firmware_memmap.c`, `${memmap}${code}\n`],
    ] as const;
  });
  const space = workspace(new Map(files), { window: { start: 0x20000000n, end: 1n << 40n } });
  const own = space.findings.filter(({ rule }) => ['trees-disagree', 'internal-error'].includes(rule));
  return own.map(({ place, nodes, message, related }) => ({
    at: space.placeText(place).replace('/kexec/mint.h', ''),
    nodes,
    message: space.english(message),
    related: related.map(
      (one) => `${space.placeText(one.place).replace('/kexec/mint.h', '')} ${space.english(one.message)}`,
    ),
  }));
}

const at = (...headers: readonly string[]) => told(...headers).map((one) => one.at);

const size = (value: string) => `#define mint_memory_size ${value}`;

describe('of trees whose headers say plain numbers', () => {
  it('the odd one is told, with what the others say', () => {
    expect(told(size('0x20000000'), size('0x18000000'), size('0x20000000'))).toEqual([
      {
        at: 'os1:4',
        nodes: [0, 1, 2],
        message: expect.stringMatching(/mint_memory_size.*0x18000000.*0x20000000/),
        related: [
          expect.stringMatching(/^os0:4 .*mint_memory_size.*0x20000000/),
          expect.stringMatching(/^os2:4 .*mint_memory_size.*0x20000000/),
        ],
      },
    ]);
  });

  it('none is where no more than half agree', () => {
    expect(at(size('1'), size('2'), size('3'))).toEqual([]);
    expect(at(size('1'), size('1'), size('2'), size('3'))).toEqual([]);
    expect(at(size('1'), size('1'), size('2'), size('1'))).toEqual(['os2:4']);
    expect(at(size('1'), size('1'), size('1'))).toEqual([]);
  });

  it('of two the later one is, where it is a size', () => {
    expect(at(size('1'), size('2'))).toEqual(['os1:4']);
    expect(at('#define mint_SIZE 1', '#define mint_SIZE 2')).toEqual(['os1:4']);
    expect(at('#define mint_limit 1', '#define mint_limit 2')).toEqual([]);
    expect(at('#define mint_limit 1', '#define mint_limit 2', '#define mint_limit 1')).toEqual(['os1:4']);
  });

  it.each([
    'mint_memory_start',
    'mint_base',
    'mint_memory_region',
    'mint_node',
    'mint_number',
    'mint_id',
    'mint_MyOsid',
  ])('none is of what places or numbers a node: %s', (name) => {
    const define = (value: number) => `#define ${name} ${value}`;
    expect(at(define(1), define(2), define(1))).toEqual([]);
  });

  it('and none of names that are not Mint’s, of the OSID, and of regions', () => {
    const define = (name: string, value: number) => `#define ${name} ${value}`;
    for (const name of ['memory_size', 'my_mint_size', 'mint_region2_size']) {
      expect(at(define(name, 1), define(name, 2), define(name, 1))).toEqual([]);
    }
    expect(at(...[1, 2, 1].map((value) => define('mint_starts', value)))).toEqual(['os1:4']);
  });
});

describe('of trees whose headers have formulas', () => {
  it('the odd one is told for the first OSID for which they differ', () => {
    const odd = '#define mint_memory_start (0x20000000UL + OSID*0x10000000UL)';
    expect(told(START, odd, START)).toMatchObject([
      {
        at: 'os1:4',
        nodes: [0, 1, 2],
        message: expect.stringMatching(/OS node 1.*0x30000000.*0x38000000|0x30000000.*OS node 1.*0x38000000/),
      },
    ]);
    expect(at(START, START, START)).toEqual([]);
    expect(at(START, odd)).toEqual(['os1:4']);
  });

  it('a plain number is that of its own node alone', () => {
    expect(at(START, '#define mint_memory_start 0x38000000UL', START)).toEqual([]);
    expect(at(START, '#define mint_memory_start 0x39000000UL', START)).toEqual(['os1:4']);
  });
});

describe('no opinion', () => {
  it('is what stands in firmware_memmap.c, or what an option changes', () => {
    const inCode = (value: number) => `////static const unsigned long mint_memory_size = ${value};`;
    expect(at(inCode(1), inCode(2), inCode(1))).toEqual([]);
    const option = '////void option(char *text) { mint_memory_size = strtoul(text, 0, 0); }';
    const set = (value: number, code = '') => `static unsigned long mint_memory_size = ${value};${code}`;
    expect(at(set(1), set(2), set(1))).toEqual(['os1:4']);
    expect(at(set(1), set(2, option), set(1))).toEqual([]);
  });

  it('is what is not known', () => {
    const unknown = 'extern unsigned long mint_memory_size;';
    expect(at(size('1'), unknown, size('2'))).toEqual(['os2:4']);
    expect(at(size('1'), unknown, size('1'))).toEqual([]);
  });

  it('is asked of a single tree, or of more than can be compared', () => {
    expect(at(size('1'))).toEqual([]);
    const many = (count: number) => Array.from({ length: count }, (_, osid) => size(osid === 1 ? '2' : '1'));
    expect(at(...many(16))).toEqual(['os1:4']);
    expect(at(...many(17))).toEqual([]);
  });

  it('differs from itself in a tree that two nodes share', () => {
    const text = `#define mint_memory_size (OSID ? 1 : 2)
unsigned long mint_region3_start, mint_region3_size;
void setup(void) { mint_region3_start = OSID*0x1000; mint_region3_size = 0x1000; }
`;
    const space = workspace(
      new Map([
        ['mint/kexec/mint.h', '#define mint_other_size OSID\n'],
        ['mint/kexec/firmware_memmap.c', `#include "mint.h"\n${text}`],
      ]),
      { nodeCount: 3 },
    );
    expect(space.findings.filter(({ rule }) => rule === 'trees-disagree')).toEqual([]);
  });
});
