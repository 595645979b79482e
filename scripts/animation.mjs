/** npm run animation: builds the extension and makes docs/images/extend.*.gif: a size is typed beside the map, and undone. */
import { join } from 'node:path';
import { BLOCK, FILE, hint, IMAGES, inBothLanguages, OPEN_MAP, SIZE, still } from './lib/editor/pictures.mjs';
import { goTo, runCommand } from './lib/editor/quick-input.mjs';
import { lenses, lines, mapOf, squiggles } from './lib/editor/scene.mjs';
import { writeGif } from './lib/gif.mjs';
import { main } from './lib/messages.mjs';

/** So wide that the edited line fits in beside the map; as high as two sheets below each other. */
const SIZE_OF_FRAMES = { width: 1620, height: 1060 };
/** Where the expression begins, as the editor counts columns: a tab is as many as it is wide. */
const EXPRESSION = SIZE.column + 3;
const TYPED = '0x48000000';

/** How long a frame stays: long enough to be read, or as fast as somebody types. */
const MILLISECONDS = { reading: 3500, selecting: 700, typing: 160 };

main(() => inBothLanguages(SIZE_OF_FRAMES, animate));

async function animate(scene, locale) {
  const name = `extend.${locale}.gif`;
  await writeGif(join(IMAGES, name), await frames(scene, locale));
  console.log(`docs/images/${name}`);
}

async function frames({ page, open }, locale) {
  const taken = [];
  const take = async (milliseconds) => {
    await still(page);
    taken.push({ png: await page.screenshot(), milliseconds });
  };
  await open(FILE, BLOCK);
  // Keys count from here on: the window has read its key bindings, and the extension is running.
  await asSaved(page);
  await page.keyboard.press('Control+b');
  await runCommand(page, OPEN_MAP[locale]);
  const map = await mapOf(page);
  await page.keyboard.press('Control+1');
  await page.locator('.monaco-editor.focused').first().waitFor();
  await goTo(page, SIZE.line, EXPRESSION);
  await map.locator('.region.lit[data-node="0"][data-region="region3"]').waitFor();
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
  await map.locator('.sheet.now .overlap').first().waitFor();
  await map.locator('.end[role][data-node="0"][data-end="0x68000000"]').waitFor({ state: 'attached' });
  await take(MILLISECONDS.reading);
  const original = lines(page).filter({ hasText: /mint_region3_size.*mint_memory_size\s-\s0x8000000/ });
  while ((await original.count()) === 0) await page.keyboard.press('Control+z');
  await asSaved(page);
  await map.locator('.sheet.before').waitFor({ state: 'detached' });
  await take(MILLISECONDS.reading);
  return taken;
}

/** The sample as it stands on disk: addresses beside the code, no overlap. */
async function asSaved(page) {
  await hint(page, '0x18000000').waitFor();
  await lenses(page).filter({ hasText: '0: 0x20000000–0x38000000' }).waitFor();
  await squiggles(page, 'error').first().waitFor({ state: 'detached' });
}
