/** What the process gives the command line, and what it gets back. */
import type { CParser } from '../c/parser';
import type { FileAccess, SearchListener } from '../project/files';

export interface Host {
  files(folders: () => readonly string[], listener?: SearchListener): FileAccess;
  parser(): Promise<CParser>;
  /** Of the environment, such as `ja_JP.UTF-8`. */
  readonly language: string | undefined;
  readonly version: string;
  /** Whether a person's terminal shows what is written. */
  readonly isTerminal: boolean;
  /** Whether it may be coloured. */
  readonly colours: boolean;
  /** Aborts when the process is told to end, which it then does not do by itself: what it has started has to end first. */
  interruption(): AbortSignal;
  /** Is the language server until the client ends it. */
  serve(): Promise<number>;
  /** All of standard input. */
  input(): Promise<Uint8Array>;
  /** Writes a line, or lines. */
  out(text: string): void;
  /** Writes bytes as they are. */
  write(bytes: Uint8Array): void;
  err(text: string): void;
}

/** Exit codes. */
export const OK = 0;
export const HAS_ERRORS = 1;
export const UNREADABLE = 2;
/** As shells have it for a program that Ctrl-C has ended. */
export const INTERRUPTED = 130;
