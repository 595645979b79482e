/** The package that users get, installed in a real editor: when it starts, what that costs, and how it ends. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { goTo, palette, runCommand } from '../../scripts/lib/editor/quick-input.mjs';
import { lenses } from '../../scripts/lib/editor/scene.mjs';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { useScene } from './use-scene';

const sample = join(import.meta.dirname, '../../samples/three-nodes');
const FILE = 'kexec-mint-os0/kexec/firmware_memmap.c';
const BLOCK = 142;
/** All of `activate`, with the server's start and the first layout, on a machine that is busy with other tests. */
const ACTIVATION_LIMIT_MS = 5000;

describe.each([
  ['Node', false],
  ['browser', true],
])("in the editor's %s extension host", (host, inBrowser) => {
  const scene = useScene({ sample, inBrowser });

  it('starts with the folder, quickly and without an error', async () => {
    const { page, open } = scene();
    const errors = errorsOf(page);
    await open(FILE, BLOCK);
    await lenses(page)
      .filter({ hasText: /seen in os0\.iomem/ })
      .first()
      .waitFor();
    const row = await runningExtension(page);
    const milliseconds = Number(/Activation: (\d+)ms/.exec(row)?.[1]);
    console.log(`Activation in the ${host} extension host: ${milliseconds} ms`);
    expect(milliseconds).toBeLessThan(ACTIVATION_LIMIT_MS);
    expect(row).toContain(inBrowser ? 'web worker' : '127.0.0.1');
    expect(row).not.toMatch(/uncaught/i);
    expect(errors).toEqual([]);
  });
});

describe('a C project without one of our files', () => {
  const scene = useScene({ sample: join(import.meta.dirname, 'unrelated') });

  it('does not start it, whatever is opened, until a command does', async () => {
    const { page, open } = scene();
    for (const file of ['main.c', 'tsconfig.json', 'kernel/mint.h']) await open(file);
    await showRunning(page);
    expect(await ours(page).count()).toBe(0);
    await runCommand(page, 'Kexec-Mint: Show Output');
    await showRunning(page);
    await ours(page).waitFor();
  });
});

describe('its end', () => {
  const scene = useScene({ sample });

  it('ends the server where it is restarted, and with the window', async () => {
    const { page, data, open } = scene();
    await open(FILE, BLOCK);
    await lenses(page).first().waitFor();
    const [first] = serversOf(data);
    await runCommand(page, 'Kexec-Mint: Restart Language Server');
    await expect.poll(() => serversOf(data)).not.toContain(first);
    await expect.poll(() => serversOf(data)).toHaveLength(1);
    await page.goto('about:blank');
    await expect.poll(() => serversOf(data)).toEqual([]);
  });
});

describe('a server that is killed', () => {
  const scene = useScene({ sample });

  it('is started again, knows what is open, and the person is told once', async () => {
    const { page, data, open } = scene();
    await open(FILE, BLOCK);
    const overlap = lenses(page).filter({ hasText: /0: 0x20000000–0x68000000/ });
    await lenses(page)
      .filter({ hasText: /0x20000000–0x38000000/ })
      .first()
      .waitFor();
    // What is typed and not saved is what the next server has to know.
    await goTo(page, 147, 25);
    await page.keyboard.press('Shift+End');
    await page.keyboard.type('0x48000000;');
    await overlap.waitFor();
    const told = page.locator('.notification-toast', { hasText: 'ended unexpectedly' });
    for (let kills = 1; kills <= 2; kills++) {
      const [server = Number.NaN] = serversOf(data);
      process.kill(server, 'SIGKILL');
      await expect.poll(() => serversOf(data)).not.toContain(server);
      if (kills === 1) await told.waitFor();
      await hoverTells(page, '1152 MiB');
    }
    expect(await told.count()).toBeLessThan(2);
  });

  it('is tried again where that happens while it starts, and the person is told once', async () => {
    const { page, data, open } = scene();
    await open(FILE, BLOCK);
    await lenses(page).first().waitFor();
    const killed = new Set(serversOf(data));
    await runCommand(page, 'Kexec-Mint: Restart Language Server');
    for (let kills = 1; kills <= 2; kills++) {
      // Node itself takes longer to start than this to see its process.
      const unborn = () => serversOf(data).find((server) => !killed.has(server));
      const server = await expect.poll(unborn, { interval: 5 }).toBeDefined().then(unborn);
      if (server === undefined) throw new Error('no server is started again');
      process.kill(server, 'SIGKILL');
      killed.add(server);
    }
    await hoverTells(page, '0x20000000');
    const toasts = page.locator('.notification-toast');
    expect(await toasts.filter({ hasText: 'ended unexpectedly' }).count()).toBeLessThan(2);
    expect(await toasts.filter({ hasText: /connection|server initialization/i }).count()).toBe(0);
  });
});

describe('a folder that is not trusted', () => {
  const scene = useScene({
    sample,
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
  });

  it('has everything but what runs its code', async () => {
    const { page, open } = scene();
    await open(FILE, BLOCK);
    await lenses(page)
      .filter({ hasText: /0x20000000–0x38000000/ })
      .first()
      .waitFor();
    const rows = await palette(page, 'Kexec-Mint:');
    await rows.filter({ hasText: 'Open Memory Map' }).first().waitFor();
    expect(await rows.filter({ hasText: 'QEMU' }).count()).toBe(0);
  });
});

/** What is logged of the extension as an error, from now on: by it, or with its files in the stack. */
function errorsOf(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('console', (message) => {
    // The repository may stand in a folder of that name, and the editor in the repository.
    const text = message.text().replaceAll(ROOT, '');
    if (message.type() === 'error' && /kexec-?mint/i.test(text)) errors.push(text);
  });
  return errors;
}

async function showRunning(page: Page): Promise<void> {
  await runCommand(page, 'Developer: Show Running Extensions');
  await page.locator('.runtime-extensions-editor .monaco-list-row').first().waitFor();
}

const ours = (page: Page) =>
  page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Kexec-Mint' });

async function runningExtension(page: Page): Promise<string> {
  await showRunning(page);
  return (await ours(page).innerText()).replaceAll('\u00a0', ' ');
}

/** Asks at the region's size until the server answers: one that has just been started may not yet. */
async function hoverTells(page: Page, text: string): Promise<void> {
  const hover = page.locator('.monaco-hover', { hasText: text }).first();
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Escape');
        await goTo(page, 147, 4);
        await page.keyboard.press('Control+k');
        await page.keyboard.press('Control+i');
        return hover.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
      },
      { timeout: 120_000 },
    )
    .toBe(true);
  await page.keyboard.press('Escape');
  await hover.waitFor({ state: 'hidden' });
}

/** The language servers of the editor whose data folder this is. */
function serversOf(data: string): number[] {
  const isServer = (pid: string) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return words.some((word) => word.startsWith(data) && word.endsWith('dist/server.js'));
    } catch {
      // It has ended meanwhile.
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isServer(name))
    .map(Number);
}
