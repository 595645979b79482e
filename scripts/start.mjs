/**
 * npm start [-- [--embedded] [--no-browser] [--data=FOLDER] DIR]: builds the extension and opens DIR, or the three-node sample, in
 * an editor with it: the desktop's VS Code where there is one, else the embedded editor.
 *
 * `--embedded` takes the embedded editor in any case, `--data` keeps its settings elsewhere than in the cache.
 *
 * It runs on a machine that has Node and npm and nothing else, so only Node's own modules are imported.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { installEditor } from './lib/editor/install.mjs';
import { registerLanguage } from './lib/editor/language.mjs';
import { startServer } from './lib/editor/server.mjs';
import { FIRST_SETTINGS, writeSettings } from './lib/editor/settings.mjs';
import { buildExtension, installExtension, packExtension } from './lib/extension.mjs';
import { locale, main, Stop, text } from './lib/messages.mjs';
import { CACHE, ROOT, SAMPLE } from './lib/paths.mjs';
import { must, run, which } from './lib/run.mjs';

/** The address stays the same from start to start where it can, so that the browser's own state is found again. */
const PREFERRED_PORT = 41286;
const FIRST_FILE = join('kexec', 'firmware_memmap.c');

main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      embedded: { type: 'boolean' },
      'no-browser': { type: 'boolean' },
      data: { type: 'string', default: join(CACHE, 'editor-data') },
    },
  });
  const folder = resolve(process.env.INIT_CWD ?? '.', positionals[0] ?? SAMPLE);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Stop('start.folder', { folder });
  await ensureDependencies();
  const code = values.embedded ? undefined : desktopCode();
  await (code ? openDesktop(code, folder) : openEmbedded(folder, values.data, !values['no-browser']));
});

/** VS Code's command, where a window can be opened. */
function desktopCode() {
  const { DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME, VSCODE_IPC_HOOK_CLI } = process.env;
  const windows = process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME;
  if (!windows && !VSCODE_IPC_HOOK_CLI) return undefined;
  return which(process.platform === 'win32' ? 'code.cmd' : 'code');
}

async function openDesktop(code, folder) {
  await buildExtension();
  console.log(text('start.desktop', { folder: pretty(folder) }));
  const place = firstPlace(folder);
  await must(code, [
    '--new-window',
    `--extensionDevelopmentPath=${ROOT}`,
    folder,
    ...(place ? ['--goto', `${place.file}:${place.line}`] : []),
  ]);
}

/**
 * The extension is packed and installed, so that a person gets what users get, at an address that needs no
 * development window and survives a reload.
 */
async function openEmbedded(folder, data, browse) {
  const editor = await installEditor();
  await writeSettings(data, FIRST_SETTINGS);
  await registerLanguage(data, locale);
  installExtension(editor, data, await packExtension());
  const server = await startServer(editor, { data, locale, port: PREFERRED_PORT });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.stop());
  const place = firstPlace(folder);
  const payload = place
    ? [
        ['gotoLineMode', 'true'],
        ['openFile', `${server.uri(place.file)}:${place.line}`],
      ]
    : [];
  const url = server.url(folder, payload);
  console.log(`\n${text('start.embedded', { folder: pretty(folder), url })}\n`);
  if (browse) await openBrowser(url);
  await server.stopped;
}

/** The first tree's map and the line where its regions are set. */
function firstPlace(folder) {
  const folders = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
  const file = ['', ...folders].map((name) => join(folder, name, FIRST_FILE)).find(existsSync);
  if (!file) return undefined;
  const lines = readFileSync(file, 'latin1').split('\n');
  return { file, line: lines.findIndex((line) => /\bmint_region\d+_start\b.*=/.test(line)) + 1 || 1 };
}

/** Opens a browser where a person would see it. */
async function openBrowser(url) {
  const { BROWSER, CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI) return;
  const screen = process.platform === 'darwin' || DISPLAY || WAYLAND_DISPLAY;
  const command = BROWSER || (screen && which(process.platform === 'darwin' ? 'open' : 'xdg-open'));
  // A browser that cannot be opened is no failure: the address has been printed.
  if (command) await run(command, [url], { stdio: 'ignore' }).catch(() => undefined);
}

const pretty = (folder) => (folder.startsWith(ROOT) ? relative(ROOT, folder) : folder);
