/**
 * What the guest says on its second serial line, a line each:
 * `@begin NAME`, what a program prints, `@end NAME STATUS`; `@beat N`; `@read ADDRESS VALUE`; `@stuck`.
 */

export type GuestEvent =
  | { readonly kind: 'section'; readonly name: string; readonly text: string; readonly status: number }
  /** The second kernel has done a round of work. */
  | { readonly kind: 'beat' }
  /** It has read 8 bytes as a number; undefined where it may not. */
  | { readonly kind: 'read'; readonly address: bigint; readonly value: bigint | undefined }
  /** kexec did not start the second kernel. */
  | { readonly kind: 'stuck' };

const NUMBER = /^0x[0-9a-f]+$/i;

/** Collects the events of a guest for whoever waits for them. */
export class GuestEvents {
  private readonly queue: GuestEvent[] = [];
  private rest = '';
  private section: { readonly name: string; readonly lines: string[] } | undefined;
  private wake: () => void = () => {};
  private closed = false;

  /** What came over the line, in pieces as they come. */
  feed(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.take(line.replace(/\r$/, ''));
    this.wake();
  }

  /** The guest is gone. */
  close(): void {
    this.closed = true;
    this.wake();
  }

  /** The next event; `gone` where there will be none, `silence` where none came within the time. */
  async next(milliseconds: number): Promise<GuestEvent | 'gone' | 'silence'> {
    const event = this.queue.shift();
    if (event) return event;
    if (this.closed) return 'gone';
    let timer: NodeJS.Timeout | undefined;
    const isSilent = await new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(true), milliseconds);
      this.wake = () => resolve(false);
    });
    clearTimeout(timer);
    this.wake = () => {};
    if (isSilent) return 'silence';
    return this.next(milliseconds);
  }

  /** Forgets what has come so far. */
  clear(): void {
    this.queue.length = 0;
  }

  private take(line: string): void {
    const [word, name = '', rest = ''] = line.split(' ');
    if (this.section) {
      if (word !== '@end' || name !== this.section.name) {
        this.section.lines.push(line);
        return;
      }
      const text = this.section.lines.map((each) => `${each}\n`).join('');
      this.queue.push({ kind: 'section', name, text, status: Number(rest) });
      this.section = undefined;
      return;
    }
    if (word === '@begin') this.section = { name, lines: [] };
    else if (word === '@beat') this.queue.push({ kind: 'beat' });
    else if (word === '@stuck') this.queue.push({ kind: 'stuck' });
    else if (word === '@read' && NUMBER.test(name)) {
      const value = NUMBER.test(rest) ? BigInt(rest) : undefined;
      this.queue.push({ kind: 'read', address: BigInt(name), value });
    }
  }
}
