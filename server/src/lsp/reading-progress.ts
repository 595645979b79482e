/** Shows the first reading of a workspace where it takes long, with a button that stops it. */
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { type Locale, type Message, message, render } from '../messages';
import type { Reading } from '../service/service';

/** What is read within so many milliseconds is shown by its result alone. */
const PATIENCE = 500;

export interface ReadingProgressOptions {
  readonly locale: Locale;
  /** The client shows progress. */
  readonly isShown: boolean;
  /** Somebody does not want to wait for the rest. */
  readonly stop: () => void;
  readonly log: (error: unknown) => void;
}

export class ReadingProgress implements Reading {
  private since: number | undefined;
  private read = 0;
  private total = 0;
  private isStopped = false;
  private reporter: WorkDoneProgressServerReporter | undefined;
  private isAsked = false;

  constructor(
    private readonly connection: Connection,
    private readonly options: ReadingProgressOptions,
  ) {}

  progress(read: number, total: number): void {
    this.since ??= performance.now();
    // After a change the count begins anew, and hurries over what has been read already.
    this.read = total === this.total ? Math.max(this.read, read) : read;
    this.total = total;
    if (!this.options.isShown) return;
    if (!this.isAsked && performance.now() - this.since > PATIENCE) void this.begin();
    this.reporter?.report(this.percentage(), this.text());
  }

  end(): void {
    this.reporter?.done();
    if (this.isStopped) {
      const { read, total } = this;
      void this.connection.window.showWarningMessage(this.say(message('reading.stopped', { read, total })));
    }
    this.since = undefined;
    this.reporter = undefined;
    this.isAsked = false;
    this.isStopped = false;
    this.read = 0;
  }

  private async begin(): Promise<void> {
    const { since } = this;
    this.isAsked = true;
    try {
      const reporter = await this.connection.window.createWorkDoneProgress();
      reporter.begin(this.say(message('reading.title')), this.percentage(), this.text(), true);
      // It may have ended while the client was asked.
      if (since !== this.since) return reporter.done();
      this.reporter = reporter;
      reporter.token.onCancellationRequested(() => {
        if (this.reporter !== reporter) return;
        this.isStopped = true;
        this.options.stop();
      });
    } catch (error) {
      this.options.log(error);
    }
  }

  private percentage(): number {
    return Math.floor((100 * this.read) / Math.max(this.total, 1));
  }

  /** `12 of 200 source trees` */
  private text(): string {
    return this.say(message('reading.count', { read: this.read, total: this.total }));
  }

  private say(text: Message): string {
    return render(text, this.options.locale);
  }
}
