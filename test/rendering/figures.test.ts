/** Figures in a browser with its fonts, those of the manual and as a narrow panel has them: no text leaves its bar or the sheet. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage } from '../../scripts/lib/editor/page.mjs';
import { pictureStyle } from '../../server/src/picture/style';
import { draw } from '../picture/drawn';
import { figure1, figure2, figure3 } from '../picture/project';

const IMAGES = join(import.meta.dirname, '../../docs/images');
const figures = readdirSync(IMAGES).filter((name) => /^figures?(-\d)?\..*\.svg$/.test(name));

let page: Page;
let close: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ page, close } = await openPage({}));
});
afterAll(() => close?.());

it.each(figures)('%s', (name) => expectInside(readFileSync(join(IMAGES, name), 'utf8')));

describe.each(['en', 'ja'] as const)('in a narrow panel, in %s', (locale) => {
  it.each([575, 750])('of %i pixels', async (width) => {
    const style = `<style>${pictureStyle('editor')}</style>`;
    const before = { title: '1a2b3c4', snapshot: figure1 };
    await expectInside(style + draw(figure2, { before, width, locale }).svg);
    await expectInside(style + draw(figure3, { width, locale }).svg);
  });
});

async function expectInside(figure: string): Promise<void> {
  await page.setContent(`<body style="margin: 0">${figure}</body>`);
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
}
