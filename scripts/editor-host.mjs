#!/usr/bin/env node
/**
 * Stands in for VS Code's executable: takes the arguments that @vscode/test-electron passes, opens the folder in the
 * embedded editor in a headless browser, and exits as the tests in its extension host end.
 *
 *   editor-host.mjs --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [--user-data-dir=DIR] [--locale=TAG] FOLDER
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installEditor } from './lib/editor/install.mjs';
import { openPage } from './lib/editor/page.mjs';
import { startServer } from './lib/editor/server.mjs';
import { settingsFile } from './lib/editor/settings.mjs';
import { main } from './lib/messages.mjs';

/** Of the editor itself: a native logger that no install script has built, and what it says of accounts. */
const NOISE = /^Error: Could not locate the bindings file|^\[AccountPolicyGate\]/;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    locale: { type: 'string', default: 'en' },
  },
});

main(async () => {
  const data = await mkdtemp(join(tmpdir(), 'kexec-mint-editor-'));
  await copySettings(data);
  const server = await startServer(await installEditor(), { data, locale: values.locale, testing: true });
  try {
    const { page, close } = await openPage({ locale: values.locale });
    try {
      return await runTests(page, server);
    } finally {
      await close();
    }
  } finally {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
});

/** The settings of a desktop editor's profile, which the embedded one keeps elsewhere. */
async function copySettings(data) {
  const given = join(values['user-data-dir'] ?? '', 'User', 'settings.json');
  if (!existsSync(given)) return;
  await mkdir(dirname(settingsFile(data)), { recursive: true });
  await copyFile(given, settingsFile(data));
}

/** Opens the window; the exit code is the one that the workbench reports when the tests have ended. */
async function runTests(page, server) {
  const ended = new Promise((done, failed) => {
    page.exposeFunction('codeAutomationExit', done);
    page.on('crash', () => failed(new Error('The browser page crashed.')));
    page.on('close', () => failed(new Error('The browser page was closed.')));
    server.stopped.then(() => failed(new Error('The editor server ended.')));
  });
  // Whoever waits for it comes later.
  ended.catch(() => undefined);
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    if (NOISE.test(String(args[0]))) return;
    (type === 'error' ? console.error : console.log)(...args);
  });
  const payload = [
    ['extensionDevelopmentPath', server.uri(resolve(values.extensionDevelopmentPath))],
    ['extensionTestsPath', server.uri(resolve(values.extensionTestsPath))],
    ['skipWelcome', 'true'],
  ];
  await page.goto(server.url(resolve(positionals[0]), payload));
  return ended;
}
