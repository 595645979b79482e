/** From variables to regions: which there are, in what order, and what range they make. */
import { describe, expect, it } from 'vitest';
import { regionOfVariable } from '../../server/src/memmap/regions';
import type { Settings } from '../../server/src/project/settings';
import { rangesOf, workspace } from './workspace';

const NAMES = { start: 'mint_region{n}_start', size: 'mint_region{n}_size' };

/** The regions of the one node, of these lines in front of a function with those statements. */
function regions(lines: string, statements = '', settings?: Partial<Settings>): Record<string, string> {
  const text = `#define OSID 0\n${lines}\nvoid setup(int argument)\n{\n\t${statements}\n}\n`;
  return rangesOf(workspace(new Map([['mint/kexec/firmware_memmap.c', text]]), settings))[0] ?? {};
}

const region = (start: string, size: string) =>
  regions('unsigned long long mint_region1_start, mint_region1_size;', `mint_region1_start = ${start}; mint_region1_size = ${size};`).region1; // biome-ignore format: one call

describe('the name of a variable', () => {
  it.each([
    ['mint_region3_start', { number: '3', region: 'region3', part: 'start' }],
    ['mint_region12_size', { number: '12', region: 'region12', part: 'size' }],
    ['mint_region123456_size', { number: '123456', region: 'region123456', part: 'size' }],
  ])('%s is a region’s', (name, expected) => {
    expect(regionOfVariable(name, NAMES)).toEqual(expected);
  });

  it.each([
    'mint_region_start',
    'mint_region3_end',
    'mint_region3x_start',
    'mint_regionx3_start',
    'mint_region1234567_start',
    'old_mint_region3_start',
    'mint_region3_start_old',
    'region3_start',
  ])('%s is not', (name) => {
    expect(regionOfVariable(name, NAMES)).toBeUndefined();
  });

  it('may be nothing but a number behind a word, or a word behind a number', () => {
    expect(regionOfVariable('from2', { start: 'from{n}', size: '{n}' })).toMatchObject({ number: '2' });
    expect(regionOfVariable('2', { start: 'from{n}', size: '{n}' })).toMatchObject({ part: 'size' });
  });
});

describe('regions', () => {
  it('stand in order of their numbers, however many digits they have', () => {
    const lines = ['10', '9', '2'].map(
      (n) => `unsigned long mint_region${n}_start = 0x${n}000, mint_region${n}_size = 0x800;`,
    );
    expect(Object.keys(regions(lines.join('\n')))).toEqual(['region2', 'region9', 'region10']);
  });

  it('of one number stand in order of what is written', () => {
    const line = (n: string) => `unsigned long mint_region${n}_start = 0x1000, mint_region${n}_size = 0x800;`;
    expect(Object.keys(regions(['1', '001', '2', '01'].map(line).join('\n')))).toEqual([
      'region001',
      'region01',
      'region1',
      'region2',
    ]);
  });

  it('are there where other code of the tree may set them, or a call', () => {
    const declared = 'unsigned long mint_region1_start, mint_region1_size;';
    const other = `extern ${declared}\nunsigned long strtoul(const char *, char **, int);\nvoid option(char *text) { mint_region1_size = strtoul(text, 0, 0); }\n`; // biome-ignore format: one text
    const files = (code: string) =>
      new Map([
        ['mint/kexec/firmware_memmap.c', `#define OSID 0\n${declared}\nvoid setup(void) {}\n`],
        ['mint/kexec/kexec.c', code],
      ]);
    expect(Object.keys(rangesOf(workspace(files(other)))[0] ?? {})).toEqual(['region1']);
    expect(rangesOf(workspace(files('int nothing;')))[0]).toEqual({});
    expect(
      Object.keys(regions(`${declared}\nvoid fill(unsigned long *);`, 'fill(&mint_region1_start);')),
    ).toEqual(['region1']);
  });

  it('have the names that the settings say', () => {
    const regionNames = { start: 'r{n}_from', size: 'r{n}_length' };
    expect(
      regions(`unsigned long r1_from = 0x1000, r1_length = 0x1000, ${NAMES.start.replace('{n}', '2')} = 1;`, '', { regionNames }), // biome-ignore format: one call
    ).toEqual({ region1: '0x1000–0x2000' });
  });

  it('are those that something gives a start or a size', () => {
    const declared = 'unsigned long mint_region1_start, mint_region1_size;\nextern unsigned long mint_region2_start;'; // biome-ignore format: one text
    expect(regions(declared)).toEqual({});
    expect(Object.keys(regions(declared, 'mint_region1_size = 0;'))).toEqual(['region1']);
    expect(Object.keys(regions(declared, 'mint_region1_start = 0;'))).toEqual(['region1']);
    expect(Object.keys(regions('#define mint_region4_start 0'))).toEqual(['region4']);
    expect(Object.keys(regions(declared, 'if (argument) mint_region1_size = 1;'))).toEqual(['region1']);
    expect(Object.keys(regions('enum { mint_region6_start = 1 };'))).toEqual(['region6']);
    expect(regions('void g(void) { unsigned long mint_region5_start; }')).toEqual({});
  });
});

describe('a range', () => {
  it('ends where its size says, at the end of all addresses too', () => {
    expect(region('0x1000', '0x1000')).toBe('0x1000–0x2000');
    expect(region('0xfffffffffffff000', '0x1000')).toBe('0xfffffffffffff000–0x10000000000000000');
  });

  it('is none where it is empty', () => {
    expect(region('0x1000', '0')).toBe('empty');
  });

  it('is not known where it would end behind all addresses', () => {
    expect(region('0xfffffffffffff000', '0x1001')).toMatch(/^mint_region1_start \+ mint_region1_size/);
  });

  it('starts at an address, of a negative number too', () => {
    expect(regions('int mint_region1_start = -0x2000, mint_region1_size = 0x1000;')).toEqual({
      region1: '0xffffffffffffe000–0xfffffffffffff000',
    });
  });

  it('is not known where the start or the size is not, and says which', () => {
    expect(region('argument', '0x1000')).toMatch(/^mint_region1_start/);
    expect(region('0x1000', 'argument')).toMatch(/^mint_region1_size/);
    expect(regions('unsigned long mint_region1_start = 0x1000;').region1).toMatch(/^mint_region1_size/);
  });
});
