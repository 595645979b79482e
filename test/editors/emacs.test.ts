/** Emacs and eglot as Debian has them, without a terminal, with the lines of the manual. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addressesIn, addressesOf, linesBelow, NODE_0, useEditorHome } from './editor';

interface Seen {
  readonly root: string;
  readonly actions: readonly string[];
  readonly line: string;
  readonly messages: readonly string[];
  readonly hover: string;
  readonly symbols: readonly string[];
  readonly definition: string;
}

const home = useEditorHome();

it('the lines for Emacs show addresses and findings, and apply a fix', async () => {
  const lines = home().write('lines.el', linesBelow('Emacs'));
  const script = join(import.meta.dirname, 'emacs.el');
  const files = ['-l', lines, '-l', script];
  const seen = await home().run<Seen>('emacs', ['--batch', '-f', 'package-initialize', ...files]);
  expect(seen.root).toBe(`${home().workspace}/`);
  expect(seen.line).toBe('mint_region3_size = 0x48000000;');
  expect(home().read(NODE_0)).toContain(seen.line);

  const shown = addressesOf(await home().layout(), 'region3');
  expect(shown).toContainEqual(['0', '0x20000000', '0x48000000', '0x68000000']);
  expect(addressesIn(seen.hover)).toEqual(shown);
  for (const [osid, start] of shown.slice(1)) {
    const text = `memory that OS node ${osid} recognizes: ${start}–`;
    expect(seen.messages.filter((message) => message.includes(text))).toHaveLength(1);
  }
  expect(seen.symbols).toEqual(expect.arrayContaining(['region1', 'region2', 'region3']));
  expect(seen.definition).toMatch(/^mint\.h: .*mint_memory_start/);
});
