/** What is noted of the code that is run; code that is only tried leaves nothing. */
export class Notes {
  /** Counts what code does that can be seen once its state is gone: see `IdleRoots`. */
  effects = 0;
  /** What counts if the code at hand turns out to be more than a try. */
  private pending: (() => void)[] | undefined;

  /** A run begins. */
  begin(): void {
    this.pending = undefined;
  }

  /** Carries out a note, or keeps it until it is known whether the code at hand is only tried. */
  add(note: () => void): void {
    if (this.pending) this.pending.push(note);
    else note();
  }

  /** Runs code that was only a try where it returns false: what it noted then is forgotten. */
  attempt(action: () => boolean): boolean {
    const outer = this.pending;
    const notes: (() => void)[] = [];
    this.pending = notes;
    let counts = false;
    try {
      counts = action();
    } finally {
      this.pending = outer;
    }
    if (counts) for (const note of notes) this.add(note);
    return counts;
  }
}
