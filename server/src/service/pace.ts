/** Lets messages in during long work. */

/** So many milliseconds of work are done at a stretch where nothing else is said; what takes less is never interrupted. */
const STRETCH = 40;

export class Pace {
  private since = performance.now();

  /** @param stretch in milliseconds */
  constructor(private readonly stretch = STRETCH) {}

  /** Resolves at once within a stretch, else when what has arrived meanwhile has been taken in. */
  async rest(): Promise<void> {
    if (performance.now() - this.since < this.stretch) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.since = performance.now();
  }
}
