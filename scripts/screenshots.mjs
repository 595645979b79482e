/** npm run screenshots: builds the extension and takes the pictures of docs/images. */
import { join } from 'node:path';
import {
  BLOCK,
  DARK,
  FILE,
  hint,
  IMAGES,
  inBothLanguages,
  LIGHT,
  OPEN_MAP,
  SIZE,
  still,
} from './lib/editor/pictures.mjs';
import { goTo, runCommand } from './lib/editor/quick-input.mjs';
import { applyFix, chooseTheme, lenses, mapOf, pageOf, squiggles } from './lib/editor/scene.mjs';
import { main } from './lib/messages.mjs';

/** What the titles of two quick fixes hold. */
const TITLES = {
  en: { window: 'size 0x48000000', explain: 'Explain the overlaps' },
  ja: { window: 'サイズ 0x48000000', explain: '重なりを説明' },
};

/** Large enough to be read in a page. */
const SIZE_OF_PICTURES = { width: 1280, height: 720 };

main(() => inBothLanguages(SIZE_OF_PICTURES, takeAll));

/** A dump; of the sample a hover, the quick fixes, what comes of the window's, its map, and its explanation. */
async function takeAll(scene, locale) {
  const { page, open } = scene;
  const take = async (name) => {
    await still(page);
    await page.screenshot({ path: join(IMAGES, `${name}.png`) });
    console.log(`docs/images/${name}.png`);
  };
  const takeLightAndDark = async (name) => {
    await take(`${name}.${locale}`);
    await chooseTheme(page, DARK);
    await take(`${name}.${locale}.dark`);
    await chooseTheme(page, LIGHT);
  };
  await open('dumps/os2.iomem', 6);
  await page.locator('.monaco-editor .detected-link').first().waitFor();
  await goTo(page, 6, 4);
  await showHover(page, '0x5f000000');
  await take(`dump.${locale}`);
  await open(FILE, BLOCK);
  await lenses(page).filter({ hasText: '0x20000000–0x38000000' }).first().waitFor();
  await hint(page, '0x18000000').waitFor();
  await goTo(page, SIZE.line, SIZE.column);
  await showHover(page, '384 MiB');
  await take(`hover.${locale}`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: TITLES[locale].window }).first().waitFor();
  await take(`fixes.${locale}`);
  await page.keyboard.press('Escape');
  await applyFix(page, TITLES[locale].window);
  await squiggles(page, 'error').first().waitFor();
  await lenses(page).filter({ hasText: '0: 0x20000000–0x68000000' }).waitFor();
  await hint(page, '0x48000000').waitFor();
  // Room for the findings' sentences.
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Control+Shift+m');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'node-overlap' }).first().waitFor();
  // Where the quick fix was is a finding now, whose hover would cover the others.
  await page.mouse.move(SIZE_OF_PICTURES.width / 2, 10);
  await takeLightAndDark('overlap');
  await page.keyboard.press('Control+j');
  await runCommand(page, OPEN_MAP[locale]);
  const map = await mapOf(page);
  await map.locator('.sheet.before').waitFor();
  await goTo(page, SIZE.line, SIZE.column);
  await map.locator('.region.lit').first().waitFor();
  await takeLightAndDark('panel');
  await applyFix(page, TITLES[locale].explain);
  await pageOf(page, 'RANGE_RESERVED');
  await takeLightAndDark('explain');
}

/** Shows the hover at the cursor, and waits for one that holds `text`. */
async function showHover(page, text) {
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+i');
  await page.locator('.monaco-hover:visible', { hasText: text }).first().waitFor();
}
