/** A stranger who has read nothing: from an empty window to both figures in a report, by what is on screen alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { choice } from '../../scripts/lib/editor/quick-input.mjs';
import { lines, mapOf } from '../../scripts/lib/editor/scene.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { end, endIs, gripOf, region, saveReport } from './map-page';
import { useScene } from './use-scene';

const texts: Record<string, string> = JSON.parse(readFileSync(join(ROOT, 'package.nls.json'), 'utf8'));
const sample = join(ROOT, 'samples/three-nodes');

/** Column headings and addresses of a picture that was saved. */
const writtenIn = (svg: Buffer) =>
  [...svg.toString().matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);

describe('a stranger', () => {
  const scene = useScene({ sample, size: { width: 1600, height: 1000 } });
  let map: Frame;

  it('opens the sample, and sees where the three nodes are', async () => {
    const { page, openEmpty } = scene();
    await openEmpty();
    await page
      .locator('.activitybar .action-item', { has: page.locator('a[aria-label="Kexec-Mint"]') })
      .click();
    await page.locator('.welcome-view .monaco-button', { hasText: 'sample' }).click();
    await choice(page, '').first().click();
    // The window is loaded again; the view stays what it was.
    await lines(page)
      .filter({ hasText: /mint_region3_size\s=/ })
      .first()
      .waitFor({ timeout: 200_000 });
    await page
      .locator(`.part.sidebar .action-label[aria-label="${texts['command.openMap']}"]`)
      .first()
      .click();
    map = await mapOf(page);
    await map.locator('#summary', { hasText: 'no overlap' }).waitFor();
    for (const [osid, address] of ['0x38000000', '0x50000000', '0x68000000'].entries()) {
      await endIs(map, osid, 'region3', address);
    }
  });

  it('extends node 0, and sees what is shared beside what was', async () => {
    const { page } = scene();
    const row = page.locator('.pane-body .monaco-list-row', { hasText: 'OS node 0' }).first();
    // Out of the way of the button's own hover.
    await page.mouse.move(800, 500);
    await row.hover();
    await row.locator('.action-label[aria-label^="Extend"]').click();
    await choice(page, "The window's end").click();
    await choice(page, 'Apply').click();
    await endIs(map, 0, 'region3', '0x68000000');
    await map.locator('#summary', { hasText: '2 overlaps' }).waitFor();
    await map.locator('.sheet.before').waitFor();
    expect(await map.locator('.sheet.now .overlap').count()).toBeGreaterThan(0);
    expect(await map.locator('.sheet.before .overlap').count()).toBe(0);
  });

  it('takes both figures into a report', async () => {
    const { page } = scene();
    const written = writtenIn(await saveReport(page, map, 'SVG'));
    expect(written.filter((text) => text === 'OS node 0')).toHaveLength(2);
    expect(written).toContain('0x20000000–0x38000000');
    expect(written).toContain('0x20000000–0x68000000');
  });

  it('drags the end back, and nothing is shared', async () => {
    const { page } = scene();
    const grip = await gripOf(map, end(0, 'region3'));
    const goal = await map.locator(`.sheet.now ${region(1, 'region3')}`).boundingBox();
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    await page.mouse.move(grip.x, goal?.y ?? Number.NaN, { steps: 10 });
    await endIs(map, 0, 'region3', '0x38000000');
    await page.mouse.up();
    await map.locator('#apply').click();
    await map.locator('#summary', { hasText: 'no overlap' }).waitFor();
    await map.locator('.sheet.before').waitFor({ state: 'detached' });
    await lines(page)
      .filter({ hasText: /mint_region3_size.*0x18000000/ })
      .first()
      .waitFor();
  });
});
