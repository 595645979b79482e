/** What a person sees: the packed extension in a browser, judged by the text that is rendered. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goTo, palette, quickInput } from '../../scripts/lib/editor/quick-input.mjs';
import { applyFix, lenses, lines, pageOf, squiggles, textOf } from '../../scripts/lib/editor/scene.mjs';
import { useScene } from './use-scene';

const samples = join(import.meta.dirname, '../../samples');
const sample = join(samples, 'three-nodes');
const FILE = 'kexec-mint-os0/kexec/firmware_memmap.c';
/** Where the regions are set, and where the expression of region 3's size begins. */
const BLOCK = 142;
const SIZE = { line: 147, column: 22 };

describe('the sample with a tree per node', () => {
  const scene = useScene({ sample });

  it('shows addresses beside the code, an overlap as soon as node 0 is extended, and none once that is undone', async () => {
    const { page, open } = scene();
    await open(FILE, BLOCK);
    const sound = lenses(page).filter({ hasText: /3 OS nodes.*0x20000000–0x68000000.*no overlap/ });
    await sound.waitFor();
    expect(await textOf(lenses(page))).toContain('0x20000000–0x38000000');
    await lines(page)
      .filter({ hasText: /mint_region3_size.*0x18000000/ })
      .waitFor();
    expect(await squiggles(page, 'error').count()).toBe(0);

    await goTo(page, SIZE.line, SIZE.column);
    await applyFix(page, 'size 0x48000000');
    await squiggles(page, 'error').first().waitFor();
    await lenses(page)
      .filter({ hasText: /0: 0x20000000–0x68000000/ })
      .waitFor();
    await sound.waitFor({ state: 'detached' });

    await page.keyboard.press('Control+z');
    await sound.waitFor();
    await squiggles(page, 'error').first().waitFor({ state: 'detached' });
  });

  it('tells the derivation in a hover', async () => {
    const { page, open } = scene();
    await open(FILE, BLOCK);
    await lines(page)
      .filter({ hasText: /mint_region3_size.*0x18000000/ })
      .waitFor();
    await goTo(page, SIZE.line, 4);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const hover = page.locator('.monaco-hover', { hasText: '384 MiB' }).first();
    await hover.waitFor();
    expect(await textOf(hover)).toContain('0x20000000 - 0x8000000 = 0x18000000');
  });

  it('extends to an address that is asked for, and judged while it is typed', async () => {
    const { page, open } = scene();
    await open(FILE, BLOCK);
    await lines(page)
      .filter({ hasText: /mint_region3_size.*0x18000000/ })
      .waitFor();
    await goTo(page, SIZE.line, SIZE.column);
    await applyFix(page, 'region3 to any address');
    const widget = quickInput(page);
    const input = widget.locator('input.input');
    await widget.filter({ hasText: 'End address (exclusive)' }).waitFor();
    expect(await input.inputValue()).toBe('0x68000000');
    await input.fill('0x10000000');
    await widget.filter({ hasText: 'above the start, 0x20000000' }).waitFor();
    await input.fill('0x60000000');
    await widget.filter({ hasText: 'region3 becomes 0x20000000–0x60000000 (1 GiB)' }).waitFor();
    await page.keyboard.press('Enter');
    await lines(page)
      .filter({ hasText: /mint_region3_size\s=\s0x40000000/ })
      .waitFor();
    await squiggles(page, 'error').first().waitFor();
    await page.keyboard.press('Control+z');
    await squiggles(page, 'error').first().waitFor({ state: 'detached' });
  });
});

describe('the sample with its dumps', () => {
  const scene = useScene({ sample });

  it('tells the story of the dumps: what is not covered, the fix, what it means, and that it is allowed', async () => {
    const { page, open, folder } = scene();
    await open(FILE, BLOCK);
    await squiggles(page, 'warning').first().waitFor();
    await lenses(page).filter({ hasText: 'seen in os0.iomem' }).first().waitFor();
    await goTo(page, SIZE.line, SIZE.column);
    await applyFix(page, 'over the kernel text of OS nodes 1, 2');
    await squiggles(page, 'error').first().waitFor();

    await goTo(page, SIZE.line, SIZE.column);
    await applyFix(page, 'Explain the overlaps');
    const explanation = await pageOf(page, 'Who writes there');
    expect(await explanation.locator('body').innerText()).toContain('0x5f000000–0x5fe02480');
    await page.locator('.editor-group-container').first().locator('.view-lines').click();

    const reasons = () =>
      readFileSync(join(folder, 'kexec-mint.json'), 'utf8').match(/health check/g)?.length ?? 0;
    for (const osid of [1, 2]) {
      await goTo(page, SIZE.line, SIZE.column);
      await applyFix(page, `Allow this overlap of OS nodes 0 and ${osid}`);
      const reason = quickInput(page).locator('input.input');
      await reason.fill('health check');
      await reason.press('Enter');
      await quickInput(page).waitFor({ state: 'hidden' });
      await expect.poll(reasons).toBe(osid);
    }
    await squiggles(page, 'error').first().waitFor({ state: 'detached' });
  });
});

describe('in Japanese', () => {
  const scene = useScene({ sample, locale: 'ja' });

  it('lenses and commands are Japanese', async () => {
    const { page, open } = scene();
    await open(FILE, BLOCK);
    await lenses(page)
      .filter({ hasText: /OS ノード.*ウィンドウ 0x20000000–0x68000000/ })
      .waitFor();
    const found = await palette(page, '言語サーバー');
    await found.filter({ hasText: '言語サーバーを再起動' }).first().waitFor();
  });
});

describe('the slip of the printed listing', () => {
  const scene = useScene({ sample: join(samples, 'seed-slip') });

  it('is underlined where it stands', async () => {
    const { page, open } = scene();
    await open('kexec-mint/kexec/firmware_memmap.c', BLOCK);
    await squiggles(page, 'error').first().waitFor();
    await squiggles(page, 'warning').first().waitFor();
  });
});
