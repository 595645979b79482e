/** The project's command line as a process of its own. */
import { spawn } from 'node:child_process';
import { type CancellationToken, env } from 'vscode';

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  /** Standard output. */
  readonly out: string;
  /** The last line of standard error that is no other program's; empty where it was cancelled. */
  readonly said: string;
}

/** Runs it with these words. @param heard a line of standard error */
export type CommandLine = (
  words: readonly string[],
  token?: CancellationToken,
  heard?: (line: string) => void,
) => Promise<Ended>;

/** How long it may take to end what it has started. */
const LAST_MILLISECONDS = 10_000;

/** @param file the bundle of the command line, which the editor's own Node runs */
export function commandLine(file: string): CommandLine {
  return (words, token, heard = () => {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [file, ...words, '--lang', env.language], {
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let out = '';
      let said = '';
      let rest = '';
      const hear = (line: string) => {
        if (line === '') return;
        if (!line.startsWith('| ')) said = line;
        heard(line);
      };
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(hear);
      });
      const cancel = token?.onCancellationRequested(() => {
        child.kill('SIGTERM');
        const last = setTimeout(() => child.kill('SIGKILL'), LAST_MILLISECONDS);
        child.on('close', () => clearTimeout(last));
      });
      child.on('error', reject);
      child.on('close', (code) => {
        cancel?.dispose();
        hear(rest);
        resolve({ code, out, said: token?.isCancellationRequested ? '' : said });
      });
    });
}
