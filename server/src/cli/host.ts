/** What the process gives the command line, and what it gets back. */
import type { CParser } from '../c/parser';
import type { FileAccess } from '../project/files';

export interface Host {
  files(folders: () => readonly string[]): FileAccess;
  parser(): Promise<CParser>;
  /** Of the environment, such as `ja_JP.UTF-8`. */
  readonly language: string | undefined;
  readonly version: string;
  out(text: string): void;
  err(text: string): void;
}

/** Exit codes. */
export const OK = 0;
export const HAS_ERRORS = 1;
export const UNREADABLE = 2;
