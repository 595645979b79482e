/** What is true of the whole program being written: names in use, and what its directives can ask for. */
import type { Tape } from './tape';

export class Program {
  #count = 0;
  /** Macros with an integer value that the preprocessor can work out. */
  readonly directiveMacros: string[] = [];
  /** Calls of macros that it can work out. */
  readonly directiveCalls: string[] = [];
  /** Files that headers include besides. */
  readonly extraFiles = new Map<string, string>();

  /** A name no other declaration has. */
  name(prefix: string): string {
    this.#count++;
    return `${prefix}${this.#count}`;
  }

  /** The controlling expression of an `#if`. */
  condition(tape: Tape): string {
    const macro = tape.pick(this.directiveMacros) ?? 'MINT_UNDEFINED';
    const value = tape.pick([...this.directiveMacros, ...this.directiveCalls]) ?? 'MINT_UNDEFINED';
    return tape.choose([
      [6, () => `OSID == ${tape.below(3)}`],
      [3, () => `OSID ${tape.pick(['>', '<', '>=', '!='])} ${tape.below(3)}`],
      [2, () => `${tape.pick(['', '!'])}defined${tape.pick([`(${macro})`, ` ${macro}`])}`],
      [
        2,
        () =>
          `(${value}) ${tape.pick(['>', '<=', '=='])} ${tape.pick(['0x20000', '3', '0x20000000UL', '0'])}`,
      ],
      [1, () => `defined(${macro}) && OSID == ${tape.below(3)} || !OSID`],
      [1, () => `(OSID + ${tape.below(3)}) % 2 ? OSID : ${tape.below(2)}`],
      [1, () => tape.pick(["'A' == 65", '-1 < 0U', '(0 ? 1u : -1) > 0', 'MINT_UNDEFINED == 0', '1 << OSID & 3', '~0 == -1'])], // biome-ignore format: one production
      [1, () => `__has_include(${tape.pick(['"mint.h"', '"mint_absent.h"'])})`],
    ]);
  }
}
