/** Pictures of the editor for the documentation. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildExtension } from '../extension.mjs';
import { ROOT, SAMPLE } from '../paths.mjs';
import { lines, openScene } from './scene.mjs';

export const IMAGES = join(ROOT, 'docs', 'images');

/** The file that the pictures show, the line above the regions, and the expression that is edited. */
export const FILE = 'kexec-mint-os0/kexec/firmware_memmap.c';
export const BLOCK = 142;
export const SIZE = { line: 147, column: 22 };

/** The command that opens the map, as the palette has it. */
export const OPEN_MAP = { en: 'Kexec-Mint: Open Memory Map', ja: 'Kexec-Mint: メモリマップを開く' };

export const LIGHT = 'Light 2026';
export const DARK = 'Dark 2026';

const SETTINGS = { 'editor.stickyScroll.enabled': false, 'workbench.colorTheme': LIGHT };

/** A picture is worth waiting for, on a busy machine too. */
const TIMEOUT_MS = 600_000;

/**
 * Builds the extension, and opens the sample once in each language and in the light theme for somebody to take pictures.
 * @param {{width: number, height: number}} size
 * @param {(scene: import('./scene.mjs').Scene, locale: 'en' | 'ja') => Promise<void>} take
 */
export async function inBothLanguages(size, take) {
  await buildExtension();
  await mkdir(IMAGES, { recursive: true });
  for (const locale of ['en', 'ja']) {
    const scene = await openPicture({ size, locale });
    try {
      await take(scene, locale);
    } finally {
      await scene.close();
    }
  }
}

async function openPicture(options) {
  const scene = await openScene({ sample: SAMPLE, settings: SETTINGS, ...options });
  scene.page.setDefaultTimeout(TIMEOUT_MS);
  return scene;
}

/** The line of region 3's size, with the hint that shows `value`. */
export function hint(page, value) {
  return lines(page).filter({ hasText: new RegExp(`mint_region3_size.*=\\s${value}`) });
}

/** Nothing moves any more. */
export async function still(page) {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
}
