/** One question at a time: while one is being answered, only the newest of those that follow is kept. */
export class Latest<Question> {
  private waiting: { readonly question: Question } | undefined;
  private isRunning = false;

  /** @param answer shows the answer itself; what it throws ends this question alone */
  constructor(
    private readonly answer: (question: Question) => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Answers come in the order of their questions, so an older one never replaces a newer one. */
  ask(question: Question): void {
    this.waiting = { question };
    if (!this.isRunning) void this.run();
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    for (let next = this.waiting; next; next = this.waiting) {
      this.waiting = undefined;
      await this.answer(next.question).catch(this.failed);
    }
    this.isRunning = false;
  }
}
