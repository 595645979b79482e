/** A running embedded editor. It listens on this machine only and answers only who knows its token. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Stop } from '../messages.mjs';

const HOST = '127.0.0.1';
const STOP_TIMEOUT_MS = 5000;

/**
 * @typedef {object} EditorServer
 * @property {(folder?: string, payload?: Payload) => string} url of a window on a folder, or of an empty one
 * @property {(path: string) => string} uri of a file or folder as the workbench names it
 * @property {Promise<void>} stopped resolves when the server has ended by itself or by `stop`
 * @property {() => Promise<void>} stop
 */

/** @typedef {readonly (readonly [string, string])[]} Payload what the workbench is told beside the folder */

/**
 * Starts the editor's server.
 * @param {{node: string, server: string}} editor
 * @param {object} options
 * @param {string} options.data folder for settings, extensions and logs
 * @param {number} [options.port] the port to take where it is free
 * @param {string} [options.locale] display language, where a language pack for it is registered
 * @param {boolean} [options.testing] lets a window load an extension from its source folder and run tests in it
 * @param {NodeJS.ProcessEnv} [options.env]
 * @returns {Promise<EditorServer>}
 */
export async function startServer(
  editor,
  { data, port = 0, locale = 'en', testing = false, env = process.env },
) {
  const token = randomBytes(16).toString('hex');
  const tokenFile = join(data, 'token');
  const logFile = join(data, 'server.log');
  await mkdir(data, { recursive: true });
  await writeFile(tokenFile, token, { mode: 0o600 });
  const log = createWriteStream(logFile);
  const child = spawn(
    editor.node,
    [
      editor.server,
      ...['--host', HOST, '--port', String((await isFree(port)) ? port : 0)],
      ...['--connection-token-file', tokenFile, '--server-data-dir', data],
      ...['--locale', locale, '--accept-server-license-terms', '--telemetry-level', 'off'],
      ...(testing ? ['--enable-smoke-test-driver'] : []),
    ],
    // A group of its own: its extension hosts end with it, and Ctrl-C reaches it through `stop` alone.
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env },
  );
  const killGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  };
  const killNow = () => killGroup('SIGKILL');
  process.once('exit', killNow);
  const stopped = new Promise((resolve) => child.once('exit', () => resolve())).then(() => {
    process.removeListener('exit', killNow);
    killNow();
  });
  child.stderr.pipe(log, { end: false });
  const authority = `${HOST}:${await listeningPort(child, log, logFile)}`;
  return {
    url(folder, payload = []) {
      const opened = folder === undefined ? { ew: 'true' } : { folder };
      const query = new URLSearchParams({ tkn: token, ...opened });
      if (payload.length > 0) query.set('payload', JSON.stringify(payload));
      return `http://${authority}/?${query}`;
    },
    uri: (path) => `vscode-remote://${authority}${encodeURI(path)}`,
    stopped,
    async stop() {
      killGroup('SIGTERM');
      const timer = setTimeout(killNow, STOP_TIMEOUT_MS);
      await stopped;
      clearTimeout(timer);
      log.end();
    },
  };
}

/** The port the server says it has taken. */
function listeningPort(child, log, logFile) {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (data) => {
      log.write(data);
      printed = (printed + data).slice(-10_000);
      const port = /listening on (\d+)/.exec(printed)?.[1];
      if (port) resolve(port);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Stop('editor.died', { code: code ?? signal, log: logFile })),
    );
  });
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}
