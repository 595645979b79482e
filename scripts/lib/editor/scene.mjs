/** The editor as a user sees it: the packed extension installed, a copy of a sample open, a browser on it. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { installExtension, packExtension } from '../extension.mjs';
import { installEditor } from './install.mjs';
import { registerLanguage } from './language.mjs';
import { installMemoryFiles } from './memory.mjs';
import { openPage } from './page.mjs';
import { pick, quickInput } from './quick-input.mjs';
import { startServer } from './server.mjs';
import { FIXED_SETTINGS, writeSettings } from './settings.mjs';

const IN_BROWSER = { 'remote.extensionKind': { 'kexec-mint.kexec-mint': ['web'] } };

/** The packed extension, for all scenes of a process: packing takes longer than most of what a scene is opened for. */
let packed;

/**
 * @typedef {object} Scene
 * @property {import('playwright-core').Page} page
 * @property {string} folder the copy that is open; with virtual files their URI
 * @property {string} data where the editor keeps its settings and logs
 * @property {(path: string, line?: number) => Promise<void>} open shows a file of the folder, with the cursor on a line
 * @property {() => Promise<void>} openEmpty shows a window without a folder
 * @property {() => Promise<void>} close ends the editor and removes everything
 */

/**
 * Opens an editor on a copy of `sample`.
 * @param {object} options
 * @param {string} options.sample folder that is copied
 * @param {'en' | 'ja'} [options.locale]
 * @param {object} [options.settings]
 * @param {{width: number, height: number}} [options.size]
 * @param {boolean} [options.inBrowser] the extension runs in the browser's extension host
 * @param {boolean} [options.virtual] and the copy is on no disk
 * @returns {Promise<Scene>}
 */
export async function openScene({
  sample,
  locale = 'en',
  settings = {},
  size,
  inBrowser = false,
  virtual = false,
}) {
  const closing = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const editor = await installEditor();
    const temporary = await mkdtemp(join(tmpdir(), 'kexec-mint-scene-'));
    closing.push(() => rm(temporary, { recursive: true, force: true }));
    const data = join(temporary, 'data');
    const copy = join(temporary, basename(sample));
    await cp(sample, copy, { recursive: true });
    await writeSettings(data, { ...FIXED_SETTINGS, ...(inBrowser ? IN_BROWSER : {}), ...settings });
    packed ??= packExtension();
    installExtension(editor, data, await packed);
    const folder = virtual ? await installMemoryFiles(editor, data, sample) : copy;
    await registerLanguage(data, locale);
    const server = await startServer(editor, { data, locale });
    closing.push(server.stop);
    const { page, close: closePage } = await openPage({ locale, ...size });
    closing.push(closePage);
    return {
      page,
      folder,
      data,
      close,
      open: (path, line) => open(page, server, folder, path, line),
      openEmpty: async () => {
        await page.goto(server.url());
        await page.locator('.monaco-workbench .part.editor').waitFor();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(page, server, folder, path, line = 1) {
  const payload = [
    ['gotoLineMode', 'true'],
    ['openFile', `${folder.startsWith('/') ? server.uri(join(folder, path)) : `${folder}/${path}`}:${line}`],
  ];
  await page.goto(server.url(folder, payload));
  await page.locator('.monaco-editor .view-line').first().waitFor();
}

/** The text of a rendered part of the window, with ordinary spaces. */
export async function textOf(locator) {
  return (await locator.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
}

/** Code lenses. */
export const lenses = (page) => page.locator('.monaco-editor .codelens-decoration');

/** Lines of the editor, with inlay hints in them. */
export const lines = (page) => page.locator('.monaco-editor .view-lines .view-line');

/** Wavy lines below errors and warnings. */
export const squiggles = (page, kind) => page.locator(`.monaco-editor .squiggly-${kind}`);

/**
 * Opens the quick fixes at the cursor and takes the one whose title holds `title`. As a person would, it asks again where
 * the editor had nothing to offer yet.
 */
export async function applyFix(page, title) {
  const row = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
  const isOffered = () =>
    row.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
  await page.keyboard.press('Control+.');
  while (!(await isOffered())) {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
  }
  await row.click();
  await row.waitFor({ state: 'hidden' });
}

/** The rendered page (a Markdown preview, say) that holds `text`: it stands in frames within frames. */
export const pageOf = (page, text) => frameWith(page, (frame) => frame.locator('body', { hasText: text }));

/** The frame of a webview in which `locate` finds something. */
export async function frameWith(page, locate) {
  for (;;) {
    for (const frame of page.frames()) {
      const found = await locate(frame)
        .count()
        .catch(() => 0);
      if (found > 0 && frame !== page.mainFrame()) return frame;
    }
    await page.waitForEvent('frameattached', { timeout: 500 }).catch(() => undefined);
  }
}

/** The page of the map panel, once it shows a picture. */
export const mapOf = (page) => frameWith(page, (frame) => frame.locator('#sheet svg.memory-map'));

/** What pages in the window call the kind of each theme, by the theme's name in the list. */
export const THEMES = {
  'Light 2026': 'vscode-light',
  'Dark 2026': 'vscode-dark',
  'Dark High Contrast': 'vscode-high-contrast',
  'Light High Contrast': 'vscode-high-contrast-light',
};

/** Chooses a theme as a person does; resolves once the window and the pages in it have it. */
export async function chooseTheme(page, theme) {
  await pick(page, ['Control+k', 'Control+t'], theme, theme);
  await quickInput(page).waitFor({ state: 'hidden' });
  for (const frame of page.frames()) {
    const other = frame.locator(
      `body[data-vscode-theme-kind]:not([data-vscode-theme-kind="${THEMES[theme]}"])`,
    );
    await other.waitFor({ state: 'detached' }).catch(() => undefined);
  }
}
