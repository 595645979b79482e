/** Which node watches the RAM of which other, and where. */
import { describe, expect, it } from 'vitest';
import { watchesAmong } from '../../server/src/memmap/overlaps/watches';
import { formatRange } from '../../server/src/range';
import { workspace } from './workspace';

/** A row of a node's table: addresses, the end inclusive. */
type Row = readonly [start: string, last: string, type: 'RAM' | 'RESERVED' | 'ACPI'];

function text(rows: readonly Row[], osid: number): string {
  const filled = rows.map(([start, last, type], index) => `range[${index}] = (struct memory_range){ ${start}, ${last}, RANGE_${type} };`); // biome-ignore format: one line
  return `#define OSID ${osid}
struct memory_range { unsigned long long start, end; unsigned type; };
enum { RANGE_RAM, RANGE_RESERVED, RANGE_ACPI };
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	${filled.join('\n\t')}
	*ranges = ${rows.length};
	return 0;
}
`;
}

/** `0 watches 1: 0x20–0x30`, of the nodes' tables in order of OSID. */
function watches(...tables: readonly (readonly Row[])[]): readonly string[] {
  const { layout } = workspace(
    new Map(tables.map((rows, osid) => [`os${osid}/kexec/firmware_memmap.c`, text(rows, osid)])),
  );
  return watchesAmong(layout.nodes).map(
    ({ watcher, watched, range }) => `${watcher.osid} watches ${watched.osid}: ${formatRange(range)}`,
  );
}

const FIRST: Row = ['0x20000000', '0x37ffffff', 'RAM'];
const SECOND: Row = ['0x38000000', '0x4fffffff', 'RAM'];
const THIRD: Row = ['0x50000000', '0x67ffffff', 'RAM'];

describe('a node watches', () => {
  it('the RAM of others that it has as memory of another type', () => {
    expect(watches([FIRST, ['0x38000000', '0x67ffffff', 'RESERVED']], [SECOND], [THIRD])).toEqual([
      '0 watches 1: 0x38000000–0x50000000',
      '0 watches 2: 0x50000000–0x68000000',
    ]);
    expect(watches([FIRST, ['0x48000000', '0x48000fff', 'ACPI']], [SECOND])).toEqual([
      '0 watches 1: 0x48000000–0x48001000',
    ]);
  });

  it('a node of a lower OSID, too', () => {
    expect(watches([FIRST], [SECOND, ['0x20000000', '0x20ffffff', 'RESERVED']])).toEqual([
      '1 watches 0: 0x20000000–0x21000000',
    ]);
  });

  it('nothing that both use as RAM, that both reserve, or that is its own', () => {
    expect(watches([FIRST], [['0x30000000', '0x3fffffff', 'RAM']])).toEqual([]);
    expect(watches([FIRST, ['0x0', '0xfff', 'RESERVED']], [SECOND, ['0x0', '0xfff', 'RESERVED']])).toEqual(
      [],
    );
    expect(watches([FIRST, ['0x20000000', '0x20000fff', 'RESERVED']], [SECOND])).toEqual([]);
  });
});

describe('what is watched', () => {
  it('is one range where its pieces touch, and stands in order of the addresses', () => {
    const pieces: Row[] = [
      ['0x48000000', '0x48ffffff', 'RESERVED'],
      ['0x38000000', '0x38ffffff', 'RESERVED'],
      ['0x39000000', '0x39ffffff', 'RESERVED'],
    ];
    expect(watches([FIRST, ...pieces], [SECOND])).toEqual([
      '0 watches 1: 0x38000000–0x3a000000',
      '0 watches 1: 0x48000000–0x49000000',
    ]);
  });

  it('stands in order of the nodes that watch, then of those that are watched', () => {
    const others: Row[] = [
      ['0x1000', '0x1fff', 'RAM'],
      ['0x20000000', '0x67ffffff', 'RESERVED'],
    ];
    expect(watches(others, [SECOND], [THIRD, ['0x38000000', '0x38000fff', 'RESERVED']])).toEqual([
      '0 watches 1: 0x38000000–0x50000000',
      '0 watches 2: 0x50000000–0x68000000',
      '2 watches 1: 0x38000000–0x38001000',
    ]);
    expect(watches([FIRST, ['0x50000000', '0x50000fff', 'RESERVED']], others, [THIRD])).toEqual([
      '0 watches 2: 0x50000000–0x50001000',
      '1 watches 0: 0x20000000–0x38000000',
      '1 watches 2: 0x50000000–0x68000000',
    ]);
  });
});
