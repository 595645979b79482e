/** npm run screenshots: builds the extension and takes the pictures of docs/images. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  applyFix,
  goTo,
  lenses,
  lines,
  mapOf,
  openScene,
  pageOf,
  runCommand,
  squiggles,
} from './lib/editor/scene.mjs';
import { buildExtension } from './lib/extension.mjs';
import { main } from './lib/messages.mjs';
import { ROOT, SAMPLE } from './lib/paths.mjs';

const IMAGES = join(ROOT, 'docs', 'images');
const FILE = 'kexec-mint-os0/kexec/firmware_memmap.c';
const BLOCK = 142;
const SIZE = { line: 147, column: 22 };

/** What the titles of two quick fixes and a command hold. */
const TITLES = {
  en: { window: 'size 0x48000000', explain: 'Explain the overlaps', openMap: 'Kexec-Mint: Open memory map' },
  ja: { window: 'サイズ 0x48000000', explain: '重なりを説明', openMap: 'Kexec-Mint: メモリマップを開く' },
};

const THEMES = { light: 'Default Light Modern', dark: 'Default Dark Modern' };

/** Large enough to be read in a page. */
const SCENE = {
  sample: SAMPLE,
  size: { width: 1280, height: 720 },
  settings: { 'editor.stickyScroll.enabled': false },
};

main(async () => {
  await buildExtension();
  await mkdir(IMAGES, { recursive: true });
  for (const locale of ['en', 'ja']) {
    const scene = await openScene({ ...SCENE, locale });
    try {
      await takeAll(scene, locale);
      await takeMaps(scene, locale);
    } finally {
      await scene.close();
    }
  }
});

const take = async (page, name) => {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
};

/** The map beside the extended node, as it was and as it is, in a light and a dark theme. */
async function takeMaps({ page, folder, open }, locale) {
  for (const [name, theme] of Object.entries(THEMES)) {
    await mkdir(join(folder, '.vscode'), { recursive: true });
    await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
    await open(FILE, BLOCK);
    await lenses(page).first().waitFor();
    await runCommand(page, TITLES[locale].openMap);
    const map = await mapOf(page);
    await map.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
    await goTo(page, SIZE.line, SIZE.column);
    await map.locator('.region.lit').waitFor();
    // Room for both sheets.
    await page.keyboard.press('Control+b');
    await take(page, `panel-${name}.${locale}`);
    await page.keyboard.press('Control+b');
  }
}

/** A dump; the sample as it is, a hover, the quick fixes, what comes of the window's, and its explanation. */
async function takeAll({ page, open }, locale) {
  const picture = (name) => take(page, `${name}.${locale}`);
  const hint = (value) => lines(page).filter({ hasText: new RegExp(`mint_region3_size.*=\\s${value}`) });
  await open('dumps/os2.iomem', 6);
  await page.locator('.monaco-editor .detected-link').first().waitFor();
  await goTo(page, 6, 4);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+i');
  await page.locator('.monaco-hover:visible', { hasText: '0x5f000000' }).first().waitFor();
  await picture('dump');
  await open(FILE, BLOCK);
  await lenses(page).filter({ hasText: '0x20000000–0x38000000' }).first().waitFor();
  await hint('0x18000000').waitFor();
  await goTo(page, SIZE.line, SIZE.column);
  await picture('map');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+i');
  await page.locator('.monaco-hover:visible', { hasText: '384 MiB' }).first().waitFor();
  await picture('hover');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: TITLES[locale].window }).first().waitFor();
  await picture('fixes');
  await page.keyboard.press('Escape');
  await applyFix(page, TITLES[locale].window);
  await squiggles(page, 'error').first().waitFor();
  await lenses(page).filter({ hasText: '0: 0x20000000–0x68000000' }).waitFor();
  await hint('0x48000000').waitFor();
  // Room for the findings' sentences.
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Control+Shift+m');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'node-overlap' }).first().waitFor();
  await picture('overlap');
  await page.keyboard.press('Control+j');
  await goTo(page, SIZE.line, SIZE.column);
  await applyFix(page, TITLES[locale].explain);
  await pageOf(page, 'RANGE_RESERVED');
  await picture('explain');
}
