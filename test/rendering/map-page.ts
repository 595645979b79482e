/** The map's page, as tests find their way in it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { choice, quickInput } from '../../scripts/lib/editor/quick-input.mjs';

/** Selectors of a region and of its end, which can be moved. */
export const region = (osid: number, name: string) =>
  `.region[role][data-node="${osid}"][data-region="${name}"]`;
export const end = (osid: number, name: string) => `.end[role][data-node="${osid}"][data-region="${name}"]`;

/** What the map says of a region's end, as soon as it says so. */
export const endIs = (map: Frame, osid: number, name: string, address: string) =>
  map.locator(`${end(osid, name)}[data-end="${address}"]`).waitFor({ state: 'attached' });

/** Where in the window the mouse takes hold of a region's end. */
export async function gripOf(map: Frame, selector: string): Promise<{ x: number; y: number }> {
  const hit = map.locator(`${selector} .hit`);
  await hit.scrollIntoViewIfNeeded();
  const box = await hit.boundingBox();
  if (!box) throw new Error(`${selector} is not on screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Takes the format, gives the file's path or takes the one that is suggested, and reads what was written. */
export async function saveReport(page: Page, map: Frame, format: string, given?: string): Promise<Buffer> {
  await map.locator('#export').click();
  await choice(page, format).click();
  const input = quickInput(page).locator('input.input');
  await expect.poll(() => input.inputValue()).toContain('memory-map');
  const file = given ?? (await input.inputValue());
  // The dialog takes no Enter while it looks at what has been typed.
  const isTaken = async () => {
    if (given !== undefined) await input.fill(given, { timeout: 5000 }).catch(() => undefined);
    await page.keyboard.press('Enter');
    return quickInput(page)
      .waitFor({ state: 'hidden', timeout: 5000 })
      .then(
        () => true,
        () => false,
      );
  };
  await expect.poll(isTaken, { timeout: 120_000 }).toBe(true);
  // A file is there before its content is.
  await expect.poll(() => existsSync(file) && statSync(file).size).toBeGreaterThan(0);
  return readFileSync(file);
}
