/** What a boot says while it goes on, on standard error: a line for each step, and on request what programs print. */
import { type Locale, type Message, message, render } from '../../messages';
import type { Host } from '../host';
import { printable } from '../printable';

/** Lines of a program's output that are shown when it failed. */
const TAIL = 30;
/** Programs' lines are told from our own by this. */
export const RAW = '| ';

export class Log {
  private readonly rest = new Map<number | undefined, string>();

  constructor(
    private readonly host: Host,
    readonly locale: Locale,
    private readonly verbose: boolean,
  ) {}

  render(text: Message): string {
    return render(text, this.locale);
  }

  say(text: Message): void {
    this.host.err(this.render(text));
  }

  step(osid: number, what: Message): void {
    this.say(message('boot.step', { osid, what }));
  }

  /** What a program prints, as it comes. @param osid the node whose machine prints it */
  raw(text: string, osid?: number): void {
    if (!this.verbose) return;
    const lines = ((this.rest.get(osid) ?? '') + text).split(/\r?\n/);
    this.rest.set(osid, lines.pop() ?? '');
    for (const line of lines) this.host.err(rawLine(line, osid));
  }

  /** The end of what a program printed before it failed. */
  tail(output: string): void {
    const lines = output.trimEnd().split(/\r?\n/);
    for (const line of output === '' ? [] : lines.slice(-TAIL)) this.host.err(rawLine(line));
  }
}

function rawLine(line: string, osid?: number): string {
  return `${RAW}${osid === undefined ? '' : `${osid} `}${printable(line)}`;
}
