/** What others have written, on a terminal. */

/** A file or a program does not command the terminal. */
export function printable(line: string): string {
  return line.replace(/[^\P{Cc}\t]/gu, '\ufffd');
}
