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

const THEMES = { light: 'Light 2026', dark: 'Dark 2026' };

const SETTINGS = { 'editor.stickyScroll.enabled': false, 'workbench.colorTheme': THEMES.light };

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

/** Changes the colours of the window, and of the pages in it. */
export async function useTheme({ page, configure }, theme) {
  await configure({ ...SETTINGS, 'workbench.colorTheme': THEMES[theme] });
  await page.locator(`.monaco-workbench.${theme === 'dark' ? 'vs-dark' : 'vs'}`).waitFor();
  for (const frame of page.frames()) {
    const other = frame.locator(`body.vscode-${theme === 'dark' ? 'light' : 'dark'}`);
    await other.waitFor({ state: 'detached' }).catch(() => undefined);
  }
}
