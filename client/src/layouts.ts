/** The layout of every project as the server has it now, for what stands around the editor. */
import { Disposable, EventEmitter } from 'vscode';
import { LAYOUT_REQUEST, type LayoutResult, type ProjectItem } from '../../server/src/protocol';
import type { ServerSession } from './session';

export class Layouts implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly server: Disposable;
  private current: readonly ProjectItem[] = [];
  /** Counts what has been asked, so that an older answer never replaces a newer one. */
  private turn = 0;
  private asking: Promise<void> = Promise.resolve();
  private settle: () => void = () => undefined;
  private readonly settled = new Promise<void>((resolve) => {
    this.settle = resolve;
  });

  constructor(private readonly session: ServerSession) {
    this.server = Disposable.from(
      session.onLayoutChanged(() => this.ask()),
      session.onRunning((isRunning) => (isRunning ? this.ask() : this.set(++this.turn, []))),
    );
  }

  /** Those that have OS nodes. */
  get projects(): readonly ProjectItem[] {
    return this.current;
  }

  /** The same, once there is a first answer or it is known that there will be none. */
  async first(): Promise<readonly ProjectItem[]> {
    await this.settled;
    return this.current;
  }

  /** Called once the server has been started, or is not needed yet. */
  async started(): Promise<void> {
    // What is asked again meanwhile makes an answer that is waited for stale: it is the last one that counts.
    for (let waitedFor: unknown; waitedFor !== this.asking; ) {
      waitedFor = this.asking;
      await this.asking;
    }
    this.settle();
  }

  dispose(): void {
    this.server.dispose();
    this.changed.dispose();
  }

  private ask(): void {
    this.asking = this.answer(++this.turn);
  }

  private async answer(turn: number): Promise<void> {
    try {
      const result = await this.session.connection?.sendRequest<LayoutResult>(LAYOUT_REQUEST);
      this.set(turn, result?.projects ?? []);
    } catch (error) {
      // One that has stopped meanwhile is no failure.
      if (turn === this.turn) this.session.output.error(String(error));
    }
  }

  private set(turn: number, projects: readonly ProjectItem[]): void {
    if (turn !== this.turn) return;
    this.current = projects;
    this.settle();
    this.changed.fire();
  }
}
