/** The extension in the browser's extension host, on files that are on no disk: there is neither Node nor a process. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choice, goTo, palette, runCommand } from '../../scripts/lib/editor/quick-input.mjs';
import { applyFix, lenses, lines, mapOf, squiggles, textOf } from '../../scripts/lib/editor/scene.mjs';
import type { JsonReport } from '../../server/src/cli/reports/json';
import { useScene } from './use-scene';

const root = join(import.meta.dirname, '../..');
const sample = join(root, 'samples/three-nodes');
const FILE = 'kexec-mint-os0/kexec/firmware_memmap.c';
/** Where the regions are set, and where the expression of region 3's size begins. */
const BLOCK = 142;
const SIZE = { line: 147, column: 22 };

describe('on a virtual file system', () => {
  const scene = useScene({ sample, inBrowser: true, virtual: true });

  it('opens the map by the button of a file, with the addresses of the command line beside the code', async () => {
    const { page, open } = scene();
    await open(FILE, BLOCK);
    // No file system without search tells an editor what its folders contain.
    await page.locator('.editor-actions .codicon-layers').click();
    await lenses(page)
      .filter({ hasText: /3 OS nodes.*no overlap/ })
      .waitFor();
    await lenses(page).filter({ hasText: 'seen in os0.iomem' }).first().waitFor();
    const shown = await textOf(lenses(page));
    for (const { start, end } of nodesOf(sample).flatMap(({ regions }) => regions)) {
      expect(shown).toContain(`${start}–${end}`);
    }
    await lines(page)
      .filter({ hasText: /mint_region3_size.*0x18000000/ })
      .waitFor();
    const map = await mapOf(page);
    await map.locator('#summary', { hasText: '3 OS nodes · no overlap' }).waitFor();
  });

  it('reports an overlap that a fix makes, in the map too, and takes it back', async () => {
    const { page } = scene();
    const map = await mapOf(page);
    await page.locator('.editor-group-container').first().locator('.view-lines').click();
    await goTo(page, SIZE.line, SIZE.column);
    await applyFix(page, 'size 0x48000000');
    await squiggles(page, 'error').first().waitFor();
    await map.locator('#summary', { hasText: '2 overlaps' }).waitFor();
    await page.keyboard.press('Control+z');
    await squiggles(page, 'error').first().waitFor({ state: 'detached' });
    await map.locator('#summary', { hasText: 'no overlap' }).waitFor();
  });

  it('has every command but the one that needs a process', async () => {
    const { page } = scene();
    const rows = await palette(page, 'Kexec-Mint:');
    for (const title of [
      'Open Memory Map',
      'Extend an OS Node',
      'Create Project File',
      'Export Memory Map',
    ]) {
      await rows.filter({ hasText: title }).first().waitFor();
    }
    expect(await rows.filter({ hasText: 'QEMU' }).count()).toBe(0);
  });
});

describe('in an empty window', () => {
  const scene = useScene({ sample, inBrowser: true });

  it('opens a copy of the sample, kept by the browser', async () => {
    const { page, openEmpty } = scene();
    await openEmpty();
    await runCommand(page, 'Kexec-Mint: Open the Sample');
    await choice(page, "In the extension's own storage").click();
    await lenses(page)
      .filter({ hasText: /3 OS nodes.*no overlap/ })
      .first()
      .waitFor();
  });
});

function nodesOf(folder: string): JsonReport['nodes'] {
  const args = [join(root, 'dist/cli.js'), 'map', folder, '--format', 'json'];
  const report: JsonReport = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  return report.nodes;
}
