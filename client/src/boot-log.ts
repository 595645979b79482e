/** What a boot says as it goes on, as a page that can be read meanwhile; the newest boot's. */
import type { Disposable } from 'vscode';
import type { Pages } from './pages';
import { text } from './texts';

/** A page that is open is read anew at each change: lines that come together are one. */
const GATHERED_MILLISECONDS = 300;

export class BootLog implements Disposable {
  private readonly lines: string[] = [];
  private pending: NodeJS.Timeout | undefined;

  constructor(private readonly pages: Pages) {}

  clear(): void {
    this.lines.length = 0;
    this.write();
  }

  append(line: string): void {
    this.lines.push(line);
    this.pending ??= setTimeout(() => this.write(), GATHERED_MILLISECONDS);
  }

  async show(): Promise<void> {
    await this.pages.showText(this.write());
  }

  dispose(): void {
    clearTimeout(this.pending);
  }

  private write() {
    clearTimeout(this.pending);
    this.pending = undefined;
    return this.pages.set(`/${text('client.boot.log')}.log`, this.lines.join('\n'));
  }
}
