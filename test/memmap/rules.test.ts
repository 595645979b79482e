/** Where rules begin and where they end, and what they say at those limits. */
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../server/src/project/settings';
import { type Workspace, workspace } from './workspace';

const FILE = 'os0/kexec/firmware_memmap.c';

/** One node; `body` stands in a function that runs, `lines` in front of it. */
function node(body: string, lines = '', project?: object, settings?: Partial<Settings>): Workspace {
  const text = `#define OSID 0
unsigned long mint_region2_start = 0x8000000, mint_region2_size = 0x8000000;
unsigned long mint_region3_start = 0x20000000, mint_region3_size = 0x18000000;
unsigned long ask(void);
${lines}
void setup(int argument)
{
	${body}
}
`;
  const files = new Map([[FILE, text]]);
  if (project) files.set('kexec-mint.json', JSON.stringify(project));
  return workspace(files, settings);
}

/** Its findings of a rule: where they stand, and what they say. */
function found(space: Workspace, rule: string): readonly (readonly [at: string, message: string])[] {
  const own = space.findings.filter((one) => [rule, 'internal-error'].includes(one.rule));
  return own.map(({ place, message }) => [space.text(place), space.english(message)]);
}

const places = (space: Workspace, rule: string) => found(space, rule).map(([at]) => at);

describe('a digit too many', () => {
  const digits = (body: string, lines?: string, project?: object) => {
    const space = node(body, lines, project);
    const own = space.findings.filter((one) => ['extra-digit', 'internal-error'].includes(one.rule));
    return own.map(
      ({ fixes: [fix] }) => fix && [space.english(fix.title), fix.preferred, fix.promise?.region],
    );
  };

  it('is dropped where the value then fits below the window’s end, or to it', () => {
    expect(digits('mint_region3_start = 0x200000000;')).toEqual([
      ['Drop a zero: 0x20000000 for 0x200000000', true, 'region3'],
    ]);
    expect(digits('mint_region3_start = 0x680000000UL;')).toEqual([
      ['Drop a zero: 0x68000000UL for 0x680000000UL', true, 'region3'],
    ]);
    expect(digits('mint_region3_start = 0x680000010;')).toEqual([]);
  });

  it('is none where the number fits, or the value does', () => {
    expect(digits('mint_region3_start = 0x68000000;')).toEqual([]);
    expect(digits('mint_region3_start = 0x680000000 >> 8;')).toEqual([]);
  });

  it('is none where the value does not fit without it either', () => {
    expect(digits('mint_region3_start = 0x200000000 + 0x70000000;')).toEqual([]);
    expect(digits('mint_region3_size = 0x100000000 - 0x10000000;')).toEqual([]);
    expect(digits('mint_region3_size = 0x100000000 - 0x20000000;')).toEqual([]);
    expect(digits('mint_region3_start = 0x200000000 + ask();')).toEqual([]);
    expect(digits('mint_region3_start = 0x200000001;')).toEqual([]);
    expect(digits('mint_region3_start = 8589934592;')).toEqual([]);
  });

  it('is none where the machine has memory there, and is where it has less than the window', () => {
    const memory = (...ends: readonly string[]) => ({ memory: ends.map((end) => ['0x0', end]) });
    const at = (...ends: readonly string[]) =>
      digits('mint_region3_start = 0x200000000; mint_region3_size = 0x1000;', '', memory(...ends)).length;
    expect(at('0x240000000')).toBe(0);
    expect(at('0x200000000')).toBe(0);
    expect(at('0x1ffffffff')).toBe(1);
    expect(at('0x40000000')).toBe(1);
  });

  it('stands in the macro that spells it, where that spells it once', () => {
    expect(digits('mint_region3_start = BIG;', '#define BIG 0x200000000')).toHaveLength(1);
    expect(digits('mint_region3_start = BIG;', '#define BIG (0x200000000 + 0x10)')).toHaveLength(1);
    expect(digits('mint_region3_start = BIG;', '#define BIG (0x200000000 | 0x200000000)')).toEqual([]);
  });

  it('is none in a region that is reserved: that may be devices', () => {
    const table = `struct memory_range { unsigned long long start, end; unsigned type; };
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	mint_region4_start = 0x200000000;
	range[0] = (struct memory_range){ mint_region3_start, mint_region3_start + mint_region3_size - 1, 0 };
	range[1] = (struct memory_range){ mint_region4_start, mint_region4_start + mint_region4_size - 1, TYPE };
	*ranges = 2;
	return 0;
}`;
    const of = (type: string) =>
      digits(
        '',
        `unsigned long mint_region4_start, mint_region4_size = 0x1000;\n${table.replace('TYPE', type)}`,
      );
    expect(of('1')).toEqual([]);
    expect(of('0')).toHaveLength(1);
  });
});

describe('a value that is not whole pages', () => {
  it('is told with what is over, and the next ones', () => {
    expect(found(node('mint_region3_size = 0x18001234;'), 'misaligned')).toEqual([
      ['0x18001234', expect.stringMatching(/0x18001234.*0x234.*0x18001000.*0x18002000/)],
    ]);
    expect(places(node('mint_region3_start = 0x20000fff;'), 'misaligned')).toEqual(['0x20000fff']);
    expect(places(node('mint_region3_start = 0x20001000;'), 'misaligned')).toEqual([]);
  });

  it('is none where it is not known, or nothing sets it', () => {
    expect(places(node('mint_region3_size = ask();'), 'misaligned')).toEqual([]);
  });
});

describe('a value that is negative or nothing', () => {
  const rule = 'negative-or-empty';

  it('is told as the number that was written and the one that it becomes', () => {
    expect(found(node('mint_region3_size = 0x4000000 - 0x8000000;'), rule)).toEqual([
      ['0x4000000 - 0x8000000', expect.stringMatching(/-0x4000000.*0xfffffffffc000000/)],
    ]);
    expect(places(node('mint_region3_start = 1UL << 63;'), rule)).toEqual(['1UL << 63']);
    expect(places(node('mint_region3_start = (1UL << 63) - 1;'), rule)).toEqual([]);
  });

  it('of a size that is zero says that the region is empty', () => {
    expect(found(node('mint_region3_size = 0;'), rule)).toEqual([
      ['0', 'OS node 0: mint_region3_size is zero, region3 is empty.'],
    ]);
  });

  it('of an end behind all addresses is told at the size', () => {
    const body = 'mint_region3_start = 0x7ffffffffffff000; mint_region3_size = 0x7ffffffffffff000;';
    expect(found(node(body), rule)).toEqual([]);
    expect(found(node('mint_region3_start = -0x1000L; mint_region3_size = 0x2000;'), rule)).toEqual([
      ['-0x1000L', expect.stringContaining('0xfffffffffffff000')],
    ]);
  });

  it('is told of both where both are', () => {
    expect(places(node('mint_region3_start = -0x1000L; mint_region3_size = -0x2000L;'), rule)).toEqual([
      '-0x1000L',
      '-0x2000L',
    ]);
  });
});

describe('a region that leaves the window', () => {
  const rule = 'outside-window';
  const at = (start: string, size: string) =>
    found(node(`mint_region3_start = ${start}; mint_region3_size = ${size};`), rule);

  it('does so below, above, on both sides, or wholly', () => {
    expect(at('0x20000000', '0x48000000')).toEqual([]);
    expect(at('0x1ff00000', '0x200000')).toEqual([
      ['0x1ff00000', expect.stringMatching(/1 MiB below.*0x1ff00000–0x20000000/)],
    ]);
    expect(at('0x67f00000', '0x200000')).toEqual([
      ['0x200000', expect.stringMatching(/upper end by 1 MiB: 0x68000000–0x68100000/)],
    ]);
    expect(at('0x1ff00000', '0x48200000').map(([place]) => place)).toEqual(['0x1ff00000', '0x48200000']);
    expect(at('0x68000000', '0x200000')).toEqual([
      ['0x68000000', expect.stringContaining('with all of its 2 MiB')],
    ]);
    expect(at('0x1fe00000', '0x200000')).toEqual([
      ['0x1fe00000', expect.stringContaining('with all of its 2 MiB')],
    ]);
  });

  it('above can be ended there', () => {
    const space = node('mint_region3_start = 0x20000000; mint_region3_size = 0x50000000;');
    const fixes = space.findings.flatMap((one) => (one.rule === rule ? one.fixes : []));
    expect(fixes.map(({ title }) => space.english(title))).toEqual([
      "Shrink OS node 0's region3 to 0x68000000: size 0x48000000 (1152 MiB), the window's end",
    ]);
  });

  it('is the one that divides it: the others lie where they want', () => {
    expect(found(node('mint_region2_start = 0x70000000;'), rule)).toEqual([]);
  });
});

describe('memory that the machine does not have', () => {
  const at = (start: string, size: string, ...memory: readonly (readonly [string, string])[]) =>
    found(
      node(`mint_region3_start = ${start}; mint_region3_size = ${size};`, '', { memory }),
      'outside-memory',
    );
  const LOW = ['0x0', '0x10000000'] as const;

  it('is told at the start where it begins there, else at the size', () => {
    expect(at('0x20000000', '0x20000000', LOW, ['0x20000000', '0x30000000'])).toEqual([
      [
        '0x20000000',
        expect.stringMatching(/0x0–0x10000000, 0x20000000–0x30000000: 0x30000000–0x40000000 \(256 MiB\)/),
      ],
    ]);
    const [[place] = []] = at('0x20000000', '0x10001000', LOW, ['0x20000000', '0x30000000']);
    expect(place).toBe('0x10001000');
    const [[start] = []] = at('0x1fff0000', '0x10000', LOW);
    expect(start).toBe('0x1fff0000');
    expect(at('0x20000000', '0x10000000', LOW, ['0x20000000', '0x30000000'])).toEqual([]);
  });

  it('in two places names both', () => {
    expect(at('0x20000000', '0x20000000', LOW, ['0x28000000', '0x30000000'])).toEqual([
      ['0x20000000', expect.stringMatching(/0x20000000–0x28000000, 0x30000000–0x40000000.*384 MiB/)],
    ]);
  });

  it('is nobody’s where nobody says what it has', () => {
    expect(at('0x20000000', '0x20000000')).toEqual([]);
  });
});

describe('regions of one node that share memory', () => {
  it('are told at the end of the lower one, which can be moved', () => {
    const space = node('mint_region2_start = 0x1f000000; mint_region2_size = 0x2000000;');
    expect(found(space, 'region-overlap')).toEqual([
      [
        '0x2000000',
        expect.stringMatching(/0x1f000000–0x21000000.*region3.*0x20000000–0x21000000.*16 MiB.*0x20000000/),
      ],
    ]);
    const [one] = space.findings.filter(({ rule }) => rule === 'region-overlap');
    expect(one?.fixes.map(({ title }) => space.english(title))).toEqual([
      "Extend OS node 0's region2 to 0x20000000: size 0x1000000 (16 MiB)".replace('Extend', 'Shrink'),
    ]);
    expect(one?.related.map(({ place, message }) => [space.text(place), space.english(message)])).toEqual([
      ['0x20000000', expect.stringContaining('0x20000000–0x38000000')],
    ]);
  });

  it('of one start are told of the one of the lower number', () => {
    const space = node('mint_region2_start = 0x20000000; mint_region2_size = 0x1000000;');
    expect(places(space, 'region-overlap')).toEqual(['0x1000000']);
    const higher = node('mint_region2_start = 0x21000000; mint_region2_size = 0x1000000;');
    expect(places(higher, 'region-overlap')).toEqual(['0x18000000']);
  });
});
