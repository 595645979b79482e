/** Scans of files that are not run, kept from one evaluation to the next. */
import { tokenize } from '../preprocessor/lexer';
import { type Scan, scanChanges } from './run-time-changes';

/** The longest unused go first; a scan is replaced when its file's text changes. */
export class ScanCache {
  private readonly entries = new Map<string, { readonly text: string; readonly scan: Scan }>();
  private size = 0;

  /** `limit` is the length of all texts whose scans are kept, in UTF-16 units (kexec-tools' C files have 2.5 million). */
  constructor(private readonly limit = 32_000_000) {}

  get(file: string, text: string): Scan {
    const known = this.entries.get(file);
    const scan = known?.text === text ? known.scan : scanChanges(tokenize(file, text).tokens);
    if (known) this.drop(file, known.text);
    this.entries.set(file, { text, scan });
    this.size += text.length;
    for (const [oldest, entry] of this.entries) {
      if (this.size <= this.limit || this.entries.size === 1) break;
      this.drop(oldest, entry.text);
    }
    return scan;
  }

  private drop(file: string, text: string): void {
    this.entries.delete(file);
    this.size -= text.length;
  }
}
