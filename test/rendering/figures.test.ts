/** The figures of the manual in a browser with its fonts: no text leaves its bar or the sheet. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPage } from '../../scripts/lib/editor/page.mjs';

const IMAGES = join(import.meta.dirname, '../../docs/images');
const figures = readdirSync(IMAGES).filter((name) => /^figures?(-\d)?\..*\.svg$/.test(name));

let page: Page;
let close: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ page, close } = await openPage({}));
});
afterAll(() => close?.());

it.each(figures)('%s', async (name) => {
  await page.setContent(`<body style="margin: 0">${readFileSync(join(IMAGES, name), 'utf8')}</body>`);
  const texts = await page.locator('svg text').evaluateAll((found) =>
    found.map((text) => {
      const frame = text.closest('.region')?.querySelector('.bar') ?? text.closest('svg');
      const [inner, outer] = [text.getBoundingClientRect(), frame?.getBoundingClientRect()];
      if (!outer) return { text: text.textContent, isInside: false };
      const isBeside = inner.left < outer.left - 0.5 || inner.right > outer.right + 0.5;
      const isAbove = inner.top < outer.top - 2 || inner.bottom > outer.bottom + 2;
      return { text: text.textContent, isInside: !isBeside && !isAbove };
    }),
  );
  expect(texts.length).toBeGreaterThan(20);
  expect(texts.filter(({ isInside }) => !isInside)).toEqual([]);
});
