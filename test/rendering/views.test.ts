/** What stands around the code, as a person sees and uses it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { choice, palette, pick, quickInput, runCommand } from '../../scripts/lib/editor/quick-input.mjs';
import { lenses, lines, pageOf, squiggles, textOf } from '../../scripts/lib/editor/scene.mjs';
import type { JsonReport } from '../../server/src/cli/reports/json';
import { useScene } from './use-scene';

const root = join(import.meta.dirname, '../..');
const sample = join(root, 'samples/three-nodes');
const FILE = 'kexec-mint-os0/kexec/firmware_memmap.c';
const BLOCK = 142;

/** The rows of the view "OS Nodes". */
const rows = (page: Page) => page.locator('.pane-body .monaco-list-row');
const statusItem = (page: Page) => page.locator('.statusbar-item[id$="kexecMint.layout"]');
const steps = (page: Page) => page.locator('.getting-started-step');

/** A click on what is open would close it. */
async function openView(page: Page): Promise<void> {
  const icon = page.locator('.activitybar .action-item', {
    has: page.locator('a[aria-label="Kexec-Mint"]'),
  });
  if (!(await icon.getAttribute('class'))?.includes('checked')) await icon.click();
}

function texts(locale: 'en' | 'ja'): Record<string, string> {
  return JSON.parse(
    readFileSync(join(root, locale === 'en' ? 'package.nls.json' : 'package.nls.ja.json'), 'utf8'),
  );
}

/** What the command line says of a folder. */
function mapOf(folder: string): JsonReport {
  const args = [join(root, 'dist/cli.js'), 'map', folder, '--format', 'json'];
  return JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout);
}

describe('around the sample', () => {
  const scene = useScene({ sample, size: { width: 1600, height: 1000 } });

  it('are the OS nodes with the addresses of the command line, and the layout in the status bar', async () => {
    const { page, open, folder } = scene();
    await open(FILE, BLOCK);
    await lenses(page).first().waitFor();
    await openView(page);
    await rows(page).filter({ hasText: 'OS node 2' }).first().waitFor();
    const shown = await textOf(rows(page));
    for (const { osid, source, regions } of mapOf(folder).nodes) {
      expect(shown).toContain(`OS node ${osid}`);
      expect(shown).toContain(source);
      for (const { start, end } of regions) expect(shown).toContain(`${start}–${end}`);
    }
    await statusItem(page).filter({ hasText: '3 OS nodes · no overlap' }).waitFor();
    expect(await statusItem(page).locator('a').getAttribute('aria-label')).toContain(
      'Kexec-Mint: 3 OS nodes',
    );
  });

  it('leads from a region to its line, and shows nothing in the status bar of other files', async () => {
    const { page } = scene();
    await rows(page).filter({ hasText: '0x38000000–0x50000000' }).first().click();
    await page.locator('.statusbar', { hasText: 'Ln 147' }).waitFor();
    await page.locator('.breadcrumbs-control', { hasText: 'kexec-mint-os1' }).waitFor();
    await pick(page, ['Control+p'], 'README.md', 'README.md');
    await page.locator('.tab.active', { hasText: 'README.md' }).waitFor();
    await statusItem(page).waitFor({ state: 'detached' });
  });

  it('extend a node in steps: back, an address that is judged, the difference, and nothing after Escape', async () => {
    const { page, open } = scene();
    await open(FILE, BLOCK);
    await statusItem(page).waitFor();
    await openView(page);
    const command = texts('en')['command.extendNode'] ?? '';
    const before = await palette(page, 'Kexec-Mint');
    await before.filter({ hasText: command }).first().waitFor();
    expect(await textOf(before)).not.toContain(texts('en')['command.explainOverlaps']);
    await page.keyboard.press('Escape');
    await runCommand(page, command);

    await choice(page, 'OS node 1').click();
    await quickInput(page).filter({ hasText: 'Extend region3 of OS node 1' }).waitFor();
    await quickInput(page).locator('.quick-input-left-action-bar a').click();
    await choice(page, 'OS node 0').click();
    await choice(page, 'Behind the kernel text of OS node 2')
      .filter({ hasText: '0x20000000–0x60000000' })
      .waitFor();
    await choice(page, 'An address…').click();
    // The list before it has an input of the same looks: what is typed there is lost.
    await quickInput(page).filter({ hasText: 'region3 becomes 0x20000000–0x68000000' }).waitFor();
    await quickInput(page).locator('input.input').fill('0x10');
    await quickInput(page).filter({ hasText: 'above the start, 0x20000000' }).waitFor();
    await quickInput(page).locator('.quick-input-left-action-bar a').click();
    await choice(page, "The window's end").filter({ hasText: 'also memory of OS nodes 1, 2' }).click();

    await page.locator('.monaco-diff-editor .modified .view-line', { hasText: '0x48000000' }).waitFor();
    await page
      .locator('.monaco-diff-editor .original .view-line', { hasText: /mint_memory_size\s-/ })
      .waitFor();
    expect(await textOf(statusItem(page))).not.toContain('2 overlaps');
    await page.keyboard.press('Escape');
    await page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
    await statusItem(page).filter({ hasText: 'no overlap' }).waitFor();
  });

  it('extend a node from its row: the difference, then the change, then undo', async () => {
    const { page, open } = scene();
    await open(FILE, BLOCK);
    await statusItem(page).waitFor();
    await openView(page);
    await rows(page).filter({ hasText: 'OS node 0' }).first().hover();
    await rows(page).first().locator('.action-label[aria-label^="Extend"]').click();
    await choice(page, "The window's end").click();
    await page.locator('.monaco-diff-editor .modified .view-line', { hasText: '0x48000000' }).waitFor();
    await choice(page, 'Apply').click();
    await lines(page)
      .filter({ hasText: /mint_region3_size\s=\s0x48000000/ })
      .waitFor();
    await statusItem(page).filter({ hasText: '3 OS nodes · 2 overlaps' }).waitFor();
    await rows(page).filter({ hasText: '0x20000000–0x68000000' }).first().waitFor();
    await squiggles(page, 'error').first().waitFor();

    const after = await palette(page, 'Kexec-Mint: Explain');
    await after
      .filter({ hasText: texts('en')['command.explainOverlaps'] })
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.editor-group-container').first().locator('.view-lines').click();
    await page.keyboard.press('Control+z');
    await statusItem(page).filter({ hasText: 'no overlap' }).waitFor();
  });
});

describe.each(['en', 'ja'] as const)('in an empty window, in %s', (locale) => {
  const scene = useScene({ sample, locale, size: { width: 1600, height: 1000 } });
  const say = (id: string) => texts(locale)[id] ?? id;
  const [sampleLabel = ''] =
    /(?<=\[)[^\]]+(?=\]\(command:kexecMint\.openSample\))/.exec(say('welcome.noFolder')) ?? [];

  it('the view says how to begin', async () => {
    const { page, openEmpty } = scene();
    await openEmpty();
    await openView(page);
    await page.locator('.welcome-view .monaco-button', { hasText: sampleLabel }).waitFor();
    expect(await page.locator('.welcome-view .monaco-button').count()).toBe(2);
  });

  it('the palette has what needs no layout', async () => {
    const { page } = scene();
    const found = await palette(page, 'Kexec-Mint');
    await found
      .filter({ hasText: say('command.openSample') })
      .first()
      .waitFor();
    const shown = await textOf(found);
    for (const id of [
      'extendNode',
      'openMap',
      'explainOverlaps',
      'createProjectFile',
      'extendTo',
      'goToSource',
    ]) {
      expect(shown).not.toContain(say(`command.${id}`));
    }
    await page.keyboard.press('Escape');
  });

  it('the walkthrough opens the sample, and goes on beside it', async () => {
    const { page } = scene();
    await runCommand(page, 'Open Walkthrough');
    await choice(page, say('walkthrough.title')).first().click();
    for (const step of ['openSample', 'map', 'extend', 'explain', 'export']) {
      const shown = steps(page).filter({ hasText: say(`walkthrough.${step}.title`) });
      await shown.click();
      // The picture stands in a page of its own, in the language of the editor.
      await pageOf(page, say(`walkthrough.${step}.alt`));
    }
    await steps(page)
      .filter({ hasText: say('walkthrough.openSample.title') })
      .click();
    await steps(page).locator('.monaco-button', { hasText: sampleLabel }).click();
    await quickInput(page).locator('.monaco-list-row').first().click();
    await lenses(page)
      .filter({ hasText: /3.*0x20000000–0x68000000/ })
      .first()
      // The whole window is loaded again, which takes what it takes.
      .waitFor({ timeout: 200_000 });
    // The walkthrough has the keys; the line that it speaks of is on screen.
    await lines(page)
      .filter({ hasText: /mint_region3_size\s=/ })
      .first()
      .waitFor();
    await steps(page)
      .filter({ hasText: say('walkthrough.map.title') })
      .waitFor();
    // OS nodes are open now, which ends the first step.
    await page.locator('.gettingStartedContainer').getByRole('checkbox', { checked: true }).first().waitFor();
  });
});
