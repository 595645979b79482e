/** `--watch`: a process that reports anew, and ends when it is told to. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { CLI } from './command-line';

/** The last line of a report. */
const TOTALS = /^\d+ error\(s\), .*$/gm;

/** A watching command, and the reports that it has written. */
export class Watching {
  readonly child: ChildProcessWithoutNullStreams;
  output = '';
  /** What it has said beside the reports. */
  said = '';
  private wake = () => {};

  /** @param through the program that runs it, and that program's own words */
  constructor(words: readonly string[], through: readonly string[] = []) {
    const [program = '', ...args] = [...through, process.execPath, CLI, ...words, '--watch'];
    const env = { ...process.env, LC_ALL: 'C' };
    this.child = spawn(program, args, { env });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
      this.wake();
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.said += text;
      this.wake();
    });
  }

  get reports(): readonly string[] {
    return [...this.output.matchAll(TOTALS)].map(([line]) => line);
  }

  async until(isIt: () => boolean): Promise<void> {
    while (!isIt()) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  async end(): Promise<number | null> {
    this.child.kill('SIGINT');
    const [code] = await once(this.child, 'exit');
    return code;
  }
}
