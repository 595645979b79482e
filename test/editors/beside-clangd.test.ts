/** clangd as a second server on the same file, in Neovim: what one says, the other adds to. */
import { expect, it } from 'vitest';
import { addressesIn, addressesOf, linesBelow, useEditorHome } from './editor';
import { neovimArguments } from './neovim';

/** By the servers' names. */
interface Both<Answer> {
  readonly clangd?: Answer;
  readonly 'kexec-mint'?: Answer;
}

interface Seen {
  readonly hovers: Readonly<Record<'mint_region3_size' | 'mint_memory_size', Both<string>>>;
  readonly definitions: Both<readonly string[]>;
  readonly symbols: Both<readonly string[]>;
  readonly line: string;
}

const home = useEditorHome();

/** @param more what a person adds to the manual's lines, beside `cmd` */
function beside(more: string): Promise<Seen> {
  const lines = linesBelow('Neovim 0.7 to 0.10');
  const configured = lines.replace(/^(\s*)cmd = .*$/m, `$&\n$1${more}`);
  expect(configured.includes(more)).toBe(true);
  return home().run<Seen>(
    'nvim',
    neovimArguments(home().write('lines.lua', configured), 'beside-clangd.lua'),
  );
}

const common = ({ clangd = [], 'kexec-mint': own = [] }: Both<readonly string[]>) =>
  own.filter((one) => clangd.includes(one));

it('with the line of the manual, definitions and C names come from clangd alone, and hovers add', async () => {
  const more = linesBelow('Beside another C language server').trim();
  const shown = addressesOf(await home().layout(), 'region3');
  const seen = await beside(more);

  expect(seen.definitions.clangd).toHaveLength(1);
  expect(seen.definitions['kexec-mint'] ?? []).toEqual([]);
  expect(seen.line).toContain('mint_memory_start');
  expect(seen.symbols.clangd).toContain('mint_memory_size');
  expect(common(seen.symbols)).toEqual([]);

  for (const { clangd = '', 'kexec-mint': own = '' } of Object.values(seen.hovers)) {
    const [, type = '', declaration = ''] = /Type: (`.*?`).*```cpp\n(.*)\n```/s.exec(clangd) ?? [];
    expect(declaration).toContain('mint_');
    expect(own).not.toContain(declaration);
    expect(own).not.toContain(type.replace('const ', ''));
  }
  expect(addressesIn(seen.hovers.mint_region3_size['kexec-mint'] ?? '')).toEqual(shown);
});

it('without it both answer, and what both have comes twice', async () => {
  const { definitions, symbols } = await beside(
    "init_options = { kexecMint = { cLanguageFeatures = 'auto' } },",
  );
  expect(common(definitions)).toEqual(definitions.clangd);
  expect(common(symbols)).toContain('mint_memory_size');
});
