/** An end that a person is told about: a tool that is missing, a step that failed, an interruption. */
import type { Message } from '../../messages';

export class Stop extends Error {
  constructor(
    readonly text: Message,
    /** What a program printed before it failed. */
    readonly output = '',
  ) {
    super(text.id);
  }
}

/** Ctrl-C, or the editor's cancel button. */
export class Interrupted extends Error {}
