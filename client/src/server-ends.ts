/** How often a server that ends by itself is started again, and when the person is told. */

/** A server that ends more often than this within {@link WINDOW_MS} would end again. */
const ENDS = 4;
const WINDOW_MS = 3 * 60_000;

export type Told = 'client.server.restarted' | 'client.server.given-up';

export class ServerEnds {
  private ends: readonly number[] = [];

  /** @param tell told of the first end, and of the one after which it is given up */
  constructor(private readonly tell: (id: Told, count: number) => void) {}

  /** @returns whether the server that has just ended, or did not start, is to be started again */
  isStartedAgain(now = Date.now()): boolean {
    this.ends = [...this.ends.filter((time) => now - time < WINDOW_MS), now];
    const count = this.ends.length;
    if (count === 1) this.tell('client.server.restarted', count);
    if (count > ENDS) this.tell('client.server.given-up', count);
    return count <= ENDS;
  }
}
