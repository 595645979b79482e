/** npm run animation: builds the extension and makes docs/images/extend.*.gif: a size is typed, overlaps appear, undo. */
import { join } from 'node:path';
import { BLOCK, FILE, hint, IMAGES, inBothLanguages, SIZE, still } from './lib/editor/pictures.mjs';
import { goTo, lenses, lines, squiggles } from './lib/editor/scene.mjs';
import { writeGif } from './lib/gif.mjs';
import { main } from './lib/messages.mjs';

/** As wide as a page of documentation. */
const SIZE_OF_FRAMES = { width: 960, height: 600 };
const TYPED = '0x48000000';

/** How long a frame stays: long enough to be read, or as fast as somebody types. */
const MILLISECONDS = { reading: 3000, selecting: 700, typing: 140 };

main(() => inBothLanguages(SIZE_OF_FRAMES, animate));

async function animate(scene, locale) {
  const name = `extend.${locale}.gif`;
  await writeGif(join(IMAGES, name), await frames(scene));
  console.log(`docs/images/${name}`);
}

async function frames({ page, open }) {
  const taken = [];
  const take = async (milliseconds) => {
    await still(page);
    taken.push({ png: await page.screenshot(), milliseconds });
  };
  const original = lines(page).filter({ hasText: /mint_region3_size.*mint_memory_size\s-\s0x8000000/ });
  await open(FILE, BLOCK);
  // Keys count from here on: the window has read its key bindings, and the extension is running.
  await asSaved(page);
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Control+Shift+m');
  await page.locator('.markers-panel .monaco-list-row').first().waitFor();
  // The middle of the view: the whole block can be seen.
  const middle = SIZE.line - 3;
  await goTo(page, middle, SIZE.column);
  for (let line = middle; line < SIZE.line; line++) await page.keyboard.press('ArrowDown');
  await asSaved(page);
  await take(MILLISECONDS.reading);
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Shift+ArrowLeft');
  await take(MILLISECONDS.selecting);
  for (const character of TYPED) {
    await page.keyboard.type(character);
    await take(MILLISECONDS.typing);
  }
  await hint(page, TYPED).waitFor();
  await squiggles(page, 'error').first().waitFor();
  await lenses(page).filter({ hasText: '0: 0x20000000–0x68000000' }).waitFor();
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'known-failure' }).first().waitFor();
  await take(MILLISECONDS.reading);
  while ((await original.count()) === 0) await page.keyboard.press('Control+z');
  await asSaved(page);
  await take(MILLISECONDS.reading);
  return taken;
}

/** The sample as it stands on disk: addresses beside the code, no overlap. */
async function asSaved(page) {
  await hint(page, '0x18000000').waitFor();
  await lenses(page).filter({ hasText: '0: 0x20000000–0x38000000' }).waitFor();
  await squiggles(page, 'error').first().waitFor({ state: 'detached' });
}
