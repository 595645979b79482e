/**
 * The random decisions of one piece of a program. A tape of numbers shrinks well: a shorter one or one of smaller
 * numbers still makes a valid program, and past its end every decision is the first, simplest choice.
 */
export class Tape {
  #at = 0;

  constructor(private readonly numbers: readonly number[]) {}

  /** A number from 0 to `count - 1`. */
  below(count: number): number {
    const number = this.numbers[this.#at++] ?? 0;
    return number % count;
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True in about `percent` of a hundred; an exhausted tape says no. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  pick<const C extends readonly [unknown, ...unknown[]]>(choices: C): C[number];
  pick<T>(choices: readonly T[]): T | undefined;
  pick(choices: readonly unknown[]): unknown {
    return choices[this.below(Math.max(choices.length, 1))];
  }

  /** Runs one of the productions by weight; the first is the simplest and must end. */
  choose<T>(productions: readonly Production<T>[]): T {
    let left = this.below(productions.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, make] of productions) {
      if (left < weight) return make();
      left -= weight;
    }
    throw new Error('no production');
  }
}

export type Production<T> = readonly [weight: number, make: () => T];
