/** What get_firmware_memmap_ranges() leaves in its table, in the styles people write it in: gcc's program is the judge. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LayoutNode, MemoryType } from '../../server/src/memmap/layout';
import { render } from '../../server/src/messages';
import { formatHex } from '../../server/src/range';
import { gccTable } from './gcc-table';
import { repositoryFolder, workspace } from './workspace';

const FIXTURES = repositoryFolder('test/memmap/tables');
const NODES = [0, 1, 2];
const NUMBERS: Readonly<Record<MemoryType, number>> = {
  ram: 0,
  reserved: 1,
  acpi: 2,
  'acpi-nvs': 3,
  uncached: 4,
  pmem: 6,
};

const namesIn = (kind: string) => readdirSync(join(FIXTURES, kind)).map((file) => file.slice(0, -2));

/** The text and what its first line says behind `////`. */
function fixture(kind: string, name: string): { readonly text: string; readonly says: string } {
  const text = readFileSync(join(FIXTURES, kind, `${name}.c`), 'utf8');
  return { text, says: /^\/\/\/\/ (.*)/.exec(text)?.[1] ?? '' };
}

function nodesOf(text: string): readonly LayoutNode[] {
  const header = (name: string) =>
    [`mint/kexec/${name}`, readFileSync(join(FIXTURES, name), 'utf8')] as const;
  const files = new Map([['mint/kexec/firmware_memmap.c', text], header('kexec.h'), header('mint.h')]);
  return workspace(files, { nodeCount: NODES.length }).layout.nodes;
}

/** The table as the C program prints it. */
function printed({ memory }: LayoutNode): readonly string[] {
  if (memory.from === 'regions') return ['fails'];
  return memory.ranges.map(({ range, type }) => {
    const number = typeof type === 'number' ? type : NUMBERS[type];
    return `${formatHex(range.start)} ${formatHex(range.end - 1n)} ${number}`;
  });
}

describe('the table of a function written in the style of', () => {
  it.each(namesIn('known'))('%s is what the compiled program leaves', async (name) => {
    const { text, says } = fixture('known', name);
    const options = says.split(' ').filter((word) => word !== '');
    const expected = await Promise.all(NODES.map((osid) => gccTable(FIXTURES, text, osid, options)));
    expect(nodesOf(text).map(printed)).toEqual(expected);
  });
});

describe('where it cannot be told what is left, the regions stand in, and the reason says why:', () => {
  it.each(namesIn('unknown'))('%s', (name) => {
    const { text, says } = fixture('unknown', name);
    expect(says).not.toBe('');
    for (const { memory, regions } of nodesOf(text)) {
      expect(memory.from === 'regions' ? render(memory.why, 'en') : 'known').toContain(says);
      expect(memory.ranges.map(({ region }) => region)).toEqual(regions);
    }
  });
});
