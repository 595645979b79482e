/** An OS node booted from the editor, as a person does it: a real kernel in QEMU, the result beside the map, the log. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choice, runCommand } from '../../scripts/lib/editor/quick-input.mjs';
import { lenses, lines, mapOf, openScene, pageOf, type Scene } from '../../scripts/lib/editor/scene.mjs';
import { processesIn } from '../boot/boot-command';
import { builtSource, debianKernel } from '../boot/kexec-source';
import { tellWhatFailed } from './use-scene';

const root = join(import.meta.dirname, '../..');
const FILE = 'kexec-mint-os0/kexec/firmware_memmap.c';
const BLOCK = 142;

const en = (file: string): Record<string, string> => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { 'command.boot': COMMAND = '' } = en('package.nls.json');
const say = (id: string, args: Record<string, string> = {}) =>
  Object.entries(args).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, value),
    en('l10n/en/boot.json')[id] ?? id,
  );

const toast = (page: Page, text: string) => page.locator('.notification-toast', { hasText: text });

describe('a node booted from the editor', () => {
  let scene: Scene;
  let temporary: string;
  const { TMPDIR } = process.env;

  beforeAll(async () => {
    const settings = {
      'kexecMint.boot.kernel': debianKernel(),
      'kexecMint.boot.kexecSource': builtSource(),
    };
    // Whatever the editor starts has this folder and no other to leave something in.
    temporary = mkdtempSync(join(tmpdir(), 'kexec-mint-booting-'));
    process.env.TMPDIR = temporary;
    scene = await openScene({ sample: join(root, 'samples/three-nodes'), settings });
    // The machine has more to do than the editor.
    scene.page.setDefaultTimeout(180_000);
    await scene.open(FILE, BLOCK);
    await lenses(scene.page).first().waitFor();
    // kexec's source is built the first time.
  }, 600_000);

  tellWhatFailed(() => scene?.page);

  afterAll(async () => {
    await scene?.close();
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    // The browser may still be writing what it ends with.
    rmSync(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  });

  const machines = () => processesIn(temporary).filter((command) => command.includes('qemu-system'));
  const folders = () => readdirSync(temporary).filter((name) => name.startsWith('kexec-mint-boot-'));

  /** Up to the moment at which a machine runs. */
  async function start(): Promise<void> {
    const { page } = scene;
    await runCommand(page, COMMAND);
    await choice(page, say('client.boot.node', { osid: '0' })).click();
    await choice(page, say('client.boot.compare')).click();
    await page
      .locator('.monaco-dialog-box .monaco-button', { hasText: say('client.boot.confirm.yes') })
      .click();
    await toast(page, say('boot.step', { osid: '0', what: say('boot.step.first') })).waitFor();
    expect(folders()).toHaveLength(1);
    await expect.poll(machines).toHaveLength(1);
  }

  it('ends with its machine when it is cancelled, and leaves no file', async () => {
    const { page } = scene;
    await start();
    const progress = toast(page, say('boot.step.first'));
    await progress.locator('.monaco-button', { hasText: 'Cancel' }).click();
    await progress.waitFor({ state: 'detached' });
    await expect.poll(machines).toEqual([]);
    await expect.poll(folders).toEqual([]);
    expect(await page.locator('.notification-toast').count()).toBe(0);
  });

  it('shows its steps, then what agrees below the code and beside the map, and the log', async () => {
    const { page } = scene;
    await start();
    await toast(page, say('client.boot.agree')).waitFor({ timeout: 180_000 });
    const result = await pageOf(page, say('boot.title'));
    const text = (await result.locator('body').innerText()).replaceAll('\u00a0', ' ');
    expect(text).toContain(say('boot.verdict.agrees', { osid: '0', tree: 'kexec-mint-os0' }));
    expect(text).toContain('0x20000000–0x38000000');
    expect(text).toContain('0x34c00000');
    // All three are on screen.
    expect(await (await mapOf(page)).locator('#sheet svg').first().isVisible()).toBe(true);
    expect(await result.locator('h1').isVisible()).toBe(true);
    await lines(page).filter({ hasText: 'mint_region1_start' }).first().waitFor();
    expect({ machines: machines(), folders: folders() }).toEqual({ machines: [], folders: [] });

    await toast(page, say('client.boot.agree'))
      .locator('.monaco-button', { hasText: say('client.boot.show-log') })
      .click();
    await page.locator('.tab.active', { hasText: say('client.boot.log') }).waitFor();
    await lines(page)
      .filter({ hasText: /building\skexec\sfrom\skexec-mint-os0/ })
      .first()
      .waitFor();
  });
});
