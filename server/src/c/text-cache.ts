/** What was made of the texts of files, kept from one evaluation to the next. */

/** What was made of a file, and of which text. */
export interface Made<Result> {
  readonly text: string;
  readonly result: Result;
}

/** The longest unused go first; a result is replaced when its file's text changes. */
export class TextCache<Result> {
  private readonly entries = new Map<string, Made<Result>>();
  private size = 0;

  /**
   * @param limit the length of all texts whose results are kept, in UTF-16 units (kexec-tools' C files have 2.5 million)
   * @param make is told what was made of the file's text before, too
   */
  constructor(
    private readonly limit: number,
    private readonly make: (file: string, text: string, before: Made<Result> | undefined) => Result,
  ) {}

  get(file: string, text: string): Result {
    const known = this.entries.get(file);
    const result = known?.text === text ? known.result : this.make(file, text, known);
    if (known) this.drop(file, known.text);
    this.entries.set(file, { text, result });
    this.size += text.length;
    for (const [oldest, entry] of this.entries) {
      if (this.size <= this.limit || this.entries.size === 1) break;
      this.drop(oldest, entry.text);
    }
    return result;
  }

  private drop(file: string, text: string): void {
    this.entries.delete(file);
    this.size -= text.length;
  }
}
