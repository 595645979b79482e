/** Vim and ALE as Debian has them, without a terminal, with the lines of the manual. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addressesIn, addressesOf, linesBelow, NODE_0, useEditorHome } from './editor';

interface Seen {
  readonly error?: string;
  readonly actions: readonly string[];
  readonly line: string;
  readonly hover: string;
  readonly definition: string;
  readonly hoverInHeader: string;
}

const home = useEditorHome();

it('the lines for Vim show addresses and findings, and apply a fix', async () => {
  const lines = home().write('lines.vim', linesBelow('Vim'));
  const script = join(import.meta.dirname, 'vim.vim');
  const seen = await home().run<Seen>('vim', [
    '-N',
    '-n',
    '--not-a-term',
    '-i',
    'NONE',
    '-u',
    lines,
    '-S',
    script,
  ]);
  expect(seen.error).toBeUndefined();
  expect(seen.line).toBe('\tmint_region3_size = 0x48000000;');
  expect(home().read(NODE_0)).toContain(seen.line);
  const shown = addressesOf(await home().layout(), 'region3');
  expect(shown).toContainEqual(['0', '0x20000000', '0x48000000', '0x68000000']);
  expect(addressesIn(seen.hover)).toEqual(shown);
  expect(seen.hover).not.toMatch(/[`|]/);
  expect(seen.definition).toContain('mint_memory_start');
  expect(addressesIn(seen.hoverInHeader)).toContainEqual(['0', '0x20000000']);
});
