/** Places in source text, and how the evaluator asks for text. Files are opaque strings (URIs in the server). */

/** A stretch of a file: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** The world the evaluator sees. It is synchronous: what is not loaded yet is reported in `Evaluation.missing`. */
export interface SourceHost {
  /** The files an `#include` may name, best first; empty when it points outside of the tree (a system header). */
  candidates(from: string, spelled: string, angled: boolean): readonly string[];
  /** The text of a file; `undefined`: not loaded yet (ask again later); `null`: there is no such file, or it cannot be read as text. */
  read(file: string): string | null | undefined;
  /** What the system says of a file that is there and cannot be read, such as `EACCES`. */
  errorOf?(file: string): string | undefined;
}
