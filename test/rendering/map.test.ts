/** The map panel as a person sees and uses it: the packed extension in a browser. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goTo, pick, runCommand } from '../../scripts/lib/editor/quick-input.mjs';
import {
  chooseTheme,
  lenses,
  lines,
  mapOf,
  openScene,
  type Scene,
  THEMES,
} from '../../scripts/lib/editor/scene.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { end, endIs, gripOf, region, saveReport } from './map-page';
import { tellWhatFailed } from './use-scene';

const sample = join(ROOT, 'samples/three-nodes');
const FILE = 'kexec-mint-os0/kexec/firmware_memmap.c';
/** Where region 3's start and size of node 0 are set; the expression's column as the editor counts it, tabs by their width. */
const START = { line: 146, column: 2 };
const SIZE = { line: 147, column: 25 };
const ORIGINAL = 'mint_memory_size - 0x8000000';

interface MapScene {
  readonly page: Page;
  readonly folder: string;
  /** The map's page; another one after it was hidden or loaded again. */
  map(): Promise<Frame>;
  /** What a person would find in the developer tools. */
  readonly complaints: readonly string[];
}

/** Opens the sample with the cursor on region 3's size, and the map beside it. */
function useMap(options: Partial<Parameters<typeof openScene>[0]>, prepare?: (folder: string) => void) {
  let scene: Scene | undefined;
  const complaints: string[] = [];
  beforeAll(async () => {
    scene = await openScene({ sample, size: { width: 1500, height: 900 }, ...options });
    prepare?.(scene.folder);
    scene.page.on('console', (message) => {
      const isOurs =
        /Content Security Policy|Refused to/.test(message.text()) || /map\.js/.test(message.location().url);
      if (isOurs && message.type() === 'error') complaints.push(message.text());
    });
    scene.page.on('pageerror', (error) => {
      if (/map\.js/.test(error.stack ?? '')) complaints.push(error.message);
    });
    await scene.open(FILE, SIZE.line);
    await lenses(scene.page).first().waitFor();
    await runCommand(scene.page, 'Kexec-Mint: Open Memory Map');
    await mapOf(scene.page);
  });
  tellWhatFailed(() => scene?.page);
  afterAll(() => scene?.close());
  return (): MapScene => {
    if (!scene) throw new Error('There is no scene.');
    const { page, folder } = scene;
    return { page, folder, complaints, map: () => mapOf(page) };
  };
}

const cli = (folder: string, ...args: readonly string[]) =>
  execFileSync(process.execPath, [join(ROOT, 'dist/cli.js'), 'map', folder, ...args], { encoding: 'utf8' });

const source = (folder: string) => readFileSync(join(folder, FILE), 'utf8');

const cursor = (page: Page) => page.locator('#status\\.editor\\.selection');

/** By its key: where a click lands depends on how far the text is scrolled. */
async function focusEditor(page: Page): Promise<void> {
  await page.keyboard.press('Control+1');
  await page.locator('.monaco-editor.focused').first().waitFor();
}

/** Replaces the expression of region 3's size. */
async function typeSize(page: Page, text: string): Promise<void> {
  await focusEditor(page);
  await goTo(page, SIZE.line, SIZE.column);
  await page.keyboard.press('Shift+End');
  await page.keyboard.type(`${text};`);
}

async function undo(page: Page): Promise<void> {
  await focusEditor(page);
  await page.keyboard.press('Control+z');
}

describe('the map of the sample', () => {
  const scene = useMap({});

  it('shows the numbers of the command line', async () => {
    const { folder, map } = scene();
    const { nodes }: Told = JSON.parse(cli(folder, '--format', 'json'));
    const told = nodes.flatMap(({ osid, regions }) =>
      regions.map(({ name, start, end }) => ({ osid, name, start, end })),
    );
    expect(told).toHaveLength(9);
    const frame = await map();
    const drawn = await frame.locator('.end[role]').evaluateAll((ends) =>
      ends.map((each) => ({
        osid: Number(each.getAttribute('data-node')),
        name: each.getAttribute('data-region'),
        start: each.getAttribute('data-start'),
        end: each.getAttribute('data-end'),
      })),
    );
    expect(drawn).toEqual(told);
    expect(await frame.locator('#tables').textContent()).toContain('0x38000000');
  });

  it('follows the text as it is typed, and back', async () => {
    const { page, map } = scene();
    const frame = await map();
    await typeSize(page, '0x48000000');
    await endIs(frame, 0, 'region3', '0x68000000');
    await frame.locator('#summary', { hasText: '2 overlaps' }).waitFor();
    await page.locator('.view-lines .view-line', { hasText: '0x48000000' }).first().waitFor();
    await frame.locator('.overlap').first().waitFor();
    await typeSize(page, ORIGINAL);
    await endIs(frame, 0, 'region3', '0x38000000');
    await frame.locator('#summary', { hasText: 'no overlap' }).waitFor();
  });

  it('lights up the region that the line with the cursor sets', async () => {
    const { page, map } = scene();
    const frame = await map();
    await focusEditor(page);
    await goTo(page, START.line, START.column);
    await frame.locator(`${region(0, 'region3')}.lit`).waitFor();
    await goTo(page, START.line - 1, START.column);
    await frame.locator(`${region(0, 'region2')}.lit`).waitFor();
    expect(await frame.locator('.lit').count()).toBe(1);
    await goTo(page, 1, 1);
    await frame.locator('.lit').waitFor({ state: 'detached' });
  });

  it('leads from a region to its line, by mouse and by keys', async () => {
    const { page, map } = scene();
    const frame = await map();
    await frame.locator(region(0, 'region2')).click({ position: { x: 20, y: 5 } });
    await cursor(page).filter({ hasText: 'Ln 144,' }).waitFor();
    await frame.locator(region(0, 'region3')).press('Enter');
    await cursor(page).filter({ hasText: 'Ln 147,' }).waitFor();
    // Another node's file opens beside the map, not over it.
    await frame.locator(region(2, 'region3')).press(' ');
    await page.locator('.tab.active', { hasText: 'firmware_memmap.c' }).filter({ hasText: 'os2' }).waitFor();
    await frame.locator('#sheet svg').waitFor();
    await page.keyboard.press('Control+w');
  });

  it('has a table for those who want to read it', async () => {
    const { map } = scene();
    const frame = await map();
    const button = frame.locator('#table');
    expect((await frame.locator('#tables').boundingBox())?.height).toBeLessThan(5);
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    expect((await frame.locator('#tables').boundingBox())?.height).toBeGreaterThan(50);
    await button.click();
  });
});

describe('an end that is moved', () => {
  const scene = useMap({});

  it('by keys shows what it would overlap, offers the edit, and makes it one that is undone at once', async () => {
    const { page, folder, map } = scene();
    const frame = await map();
    const handle = frame.locator(end(0, 'region3'));
    await handle.focus();
    await page.keyboard.press('Shift+ArrowDown');
    await endIs(frame, 0, 'region3', '0x40000000');
    await frame
      .locator('#live', { hasText: '0x20000000–0x40000000' })
      .filter({ hasText: '512 MiB' })
      .waitFor();
    await frame.locator('.overlap').first().waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('End');
    await endIs(frame, 0, 'region3', '0x68000000');
    expect(await handle.evaluate((each) => each.ownerDocument.activeElement === each)).toBe(true);
    await page.keyboard.press('Enter');
    await frame.locator('#offer', { hasText: '0x68000000' }).waitFor();
    await page.keyboard.press('Enter');
    await frame.locator('#offer', { hasText: 'firmware_memmap.c' }).waitFor();
    await sizeIs(page, '0x48000000');
    await frame.locator('#summary', { hasText: '2 overlaps' }).waitFor();
    await undo(page);
    await sizeIs(page, ORIGINAL);
    await endIs(frame, 0, 'region3', '0x38000000');
    expect(source(folder)).toContain(`mint_region3_size = ${ORIGINAL};`);
  });

  it('is where it was after Escape', async () => {
    const { page, map } = scene();
    const frame = await map();
    await frame.locator(end(0, 'region3')).focus();
    await page.keyboard.press('ArrowDown');
    await endIs(frame, 0, 'region3', '0x38200000');
    await page.keyboard.press('Escape');
    await endIs(frame, 0, 'region3', '0x38000000');
    expect(await frame.locator('#offer').isVisible()).toBe(false);
  });

  it('by the mouse, in a file that is not open yet', async () => {
    const { page, map } = scene();
    const frame = await map();
    await gripOf(frame, end(2, 'region3'));
    const grip = await gripOf(frame, end(1, 'region3'));
    const goal = await gripOf(frame, end(2, 'region3'));
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    await page.mouse.move(grip.x, (grip.y + goal.y) / 2, { steps: 5 });
    await frame.locator('.region.trial, .overlap').first().waitFor();
    await page.mouse.move(grip.x, goal.y + 2, { steps: 5 });
    await endIs(frame, 1, 'region3', '0x68000000');
    await page.mouse.up();
    await frame.locator('#offer', { hasText: '0x68000000' }).waitFor();
    await frame.locator('#apply').click();
    await frame.locator('#offer', { hasText: 'kexec-mint-os1/kexec/firmware_memmap.c' }).waitFor();
    await page.locator('.tab.active.dirty', { hasText: 'firmware_memmap.c' }).waitFor();
    await sizeIs(page, '0x30000000');
    await frame.locator('#sheet svg').waitFor();
    await undo(page);
    await sizeIs(page, ORIGINAL);
    await endIs(frame, 1, 'region3', '0x50000000');
  });

  it('by the mouse is given up by the button that says so', async () => {
    const { page, map } = scene();
    const frame = await map();
    const grip = await gripOf(frame, end(0, 'region3'));
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    await page.mouse.move(grip.x, grip.y - 40, { steps: 4 });
    await page.mouse.up();
    await frame.locator('#cancel').click();
    await endIs(frame, 0, 'region3', '0x38000000');
    await frame.locator('#offer').waitFor({ state: 'hidden' });
  });

  it('complains of nothing', () => expect(scene().complaints).toEqual([]));
});

describe('before and after', () => {
  const scene = useMap({ settings: { 'git.enabled': true } }, commitAll);

  it('shows one sheet, and says so, while the layout is that of the last commit', async () => {
    const { map } = scene();
    const frame = await map();
    await frame.locator('#note', { hasText: 'Same layout as in the last commit' }).waitFor();
    expect(await frame.locator('#compare').inputValue()).toBe('commit');
    expect(await frame.locator('.sheet').count()).toBe(1);
  });

  it('shows the last commit beside what is typed, and what moved', async () => {
    const { page, map } = scene();
    const frame = await map();
    await typeSize(page, '0x48000000');
    await endIs(frame, 0, 'region3', '0x68000000');
    await frame.locator('.sheet.before').waitFor();
    await frame.locator('.sheet.before', { hasText: /commit [0-9a-f]{7}/ }).waitFor();
    await frame.locator('.sheet.before', { hasText: '0x20000000–0x38000000' }).waitFor();
    expect(await frame.locator('.sheet.now .was').count()).toBeGreaterThan(0);
    await frame.locator('.sheet.now .moved').first().waitFor();
    // A saved file differs from the commit, not from the disk.
    await page.keyboard.press('Control+s');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    await frame.locator('#compare').selectOption('saved');
    await frame.locator('#note', { hasText: 'Same layout as in the saved files' }).waitFor();
    await frame.locator('#compare').selectOption('commit');
    await frame.locator('.sheet.before').waitFor();
  });

  it('keeps what was chosen when the window is loaded again, and when the map was hidden', async () => {
    const { page, map } = scene();
    await (await map()).locator('#compare').selectOption('none');
    await (await map()).locator('#table').click();
    await (await map()).locator('.sheet.before').waitFor({ state: 'detached' });
    // Without the file that the address names: that one would be shown instead of what was open.
    await page.evaluate("history.replaceState(null, '', location.href.replace(/&payload=[^&]*/, ''))");
    const loaded = page.waitForEvent('load');
    await runCommand(page, 'Developer: Reload Window');
    await loaded;
    const frame = await map();
    await endIs(frame, 0, 'region3', '0x68000000');
    expect(await frame.locator('#compare').inputValue()).toBe('none');
    expect(await frame.locator('#table').getAttribute('aria-pressed')).toBe('true');
    await frame.locator('#table').click();
    // Another tab before it: the page is gone until its tab is in front again.
    await page.locator('.tab', { hasText: 'Memory map' }).click();
    await pick(page, ['Control+p'], 'kexec-mint.json', 'kexec-mint.json');
    await page.locator('.tab.active', { hasText: 'kexec-mint.json' }).waitFor();
    await page.locator('.tab', { hasText: 'Memory map' }).click();
    const again = await map();
    await endIs(again, 0, 'region3', '0x68000000');
    expect(await again.locator('#compare').inputValue()).toBe('none');
    expect(await again.locator('#table').getAttribute('aria-pressed')).toBe('false');
  });

  it('complains of nothing', () => expect(scene().complaints).toEqual([]));
});

/** Makes the folder a repository with one commit of all that is in it. */
function commitAll(folder: string): void {
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  git('init', '--initial-branch=main');
  git('add', '.');
  git('-c', 'user.name=test', '-c', 'user.email=test@example.org', 'commit', '--message=As it was');
}

describe('a report', () => {
  const scene = useMap({});

  const save = async (format: string, name: string) => {
    const { page, folder, map } = scene();
    return saveReport(page, await map(), format, join(folder, name));
  };

  it('is SVG as the command line makes it', async () => {
    const saved = await save('SVG', 'report.svg');
    expect(saved.toString()).toBe(cli(scene().folder, '--format', 'svg').trimEnd());
  });

  it('is Markdown as the command line makes it', async () => {
    const saved = await save('Markdown', 'report.md');
    expect(saved.toString()).toBe(cli(scene().folder, '--format', 'markdown').trimEnd());
  });

  it('is PNG, twice the size of the SVG', async () => {
    const png = await save('PNG', 'report.png');
    const [, width, height] =
      /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(cli(scene().folder, '--format', 'svg')) ?? [];
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([Number(width) * 2, Number(height) * 2]);
    // More than an empty canvas.
    expect(png.length).toBeGreaterThan(20_000);
  });

  it('is text in the clipboard', async () => {
    const { page, map } = scene();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await (await map()).locator('#copy').click();
    await page.locator('.statusbar-item', { hasText: 'clipboard' }).waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('0x38000000');
  });

  it('complains of nothing', () => expect(scene().complaints).toEqual([]));
});

/** A bar's label says in one sentence, with the node first, what is written in it in pieces. */
const AXE: axe.RunOptions = { rules: { 'label-content-name-mismatch': { enabled: false } } };

describe('accessibility', () => {
  const scene = useMap({});

  it.each(Object.entries(THEMES))('axe finds nothing serious in %s', async (theme, kind) => {
    const { page, map } = scene();
    await chooseTheme(page, theme);
    const frame = await map();
    await frame.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
    await frame.locator('#table').click();
    await frame.locator(end(0, 'region3')).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await frame.locator('#apply').waitFor();
    await frame.evaluate(axe.source);
    const { violations } = await frame.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(AXE)})`);
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await frame.locator('#cancel').click();
    await frame.locator('#table').click();
  });
});

async function sizeIs(page: Page, expression: string): Promise<void> {
  const shown = new RegExp(`mint_region3_size\\s=\\s${expression.replaceAll(' ', '\\s')}`);
  await lines(page).filter({ hasText: shown }).waitFor();
}

interface Told {
  readonly nodes: readonly {
    readonly osid: number;
    readonly regions: readonly { readonly name: string; readonly start: string; readonly end: string }[];
  }[];
}
