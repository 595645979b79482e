/** Neovim as Debian has it, without a screen, with the lines of the manual. */
import { expect, it } from 'vitest';
import { addressesIn, addressesOf, linesBelow, NODE_0, useEditorHome } from './editor';
import { neovimArguments } from './neovim';

interface Seen {
  readonly actions: readonly string[];
  readonly line: string;
  readonly rules: readonly string[];
  readonly hover: string;
  readonly lenses: readonly string[];
  readonly commands: readonly string[];
  readonly hints: readonly string[];
  readonly symbols: readonly string[];
  readonly definition: string;
}

const home = useEditorHome();

it('the lines for Neovim 0.7 show addresses and findings, and apply a fix', async () => {
  const lines = home().write('lines.lua', linesBelow('Neovim 0.7 to 0.10'));
  const seen = await home().run<Seen>('nvim', neovimArguments(lines, 'neovim.lua'));
  expect(seen.line).toBe('\tmint_region3_size = 0x48000000;');
  expect(home().read(NODE_0)).toContain(seen.line);
  expect(seen.rules).toEqual(expect.arrayContaining(['node-overlap', 'node-overlap']));

  const layout = await home().layout();
  const shown = addressesOf(layout, 'region3');
  expect(shown).toContainEqual(['0', '0x20000000', '0x48000000', '0x68000000']);
  expect(shown).toContainEqual(['1', '0x38000000', '0x30000000', '0x68000000']);
  // Node 1 was changed after the hover.
  const [node0, , node2] = addressesIn(seen.hover);
  expect([node0, node2]).toEqual([shown[0], shown[2]]);

  expect(seen.lenses[0]).toBe('3 OS nodes · window 0x20000000–0x68000000 · 2 overlaps');
  expect(new Set(seen.commands)).toEqual(new Set(['']));
  expect(seen.actions.filter((title) => title.endsWith('…'))).toEqual([]);
  expect(seen.hints).toContain('= 0x48000000 (1152 MiB)');
  expect(seen.symbols).toEqual(expect.arrayContaining(['region1', 'region2', 'region3']));
  expect(seen.definition).toContain('mint_memory_start');
});
