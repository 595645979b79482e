/** What one evaluation may take, so that no text keeps the editor waiting. */
import type { Reason } from '../reason';

export const LIMITS = {
  /** Expressions and statements executed in one evaluation, and the work of going several ways, in units of that. */
  steps: 2_000_000,
  /** Steps within one loop before it is taken as one that runs any number of times. */
  loopSteps: 250_000,
  /** The same within a loop that is taken so already. */
  innerLoopSteps: 5_000,
  /** What joining one more way costs, in steps: each value is compared under what is assumed for it. */
  way: 100,
  /** Ways that are joined within one loop before it is taken as one that runs any number of times. */
  loopWays: 2_500,
  /** Times round a loop, or calls of a function within itself, that undecided conditions may have ended. */
  undecidedRounds: 8,
  /** Calls within each other. */
  calls: 80,
  /** Expressions and statements within each other, calls included. */
  nesting: 1_200,
} as const;

/** Ends the run of a root function: a bound was hit that leaves nothing known. */
export class Stop extends Error {
  constructor(readonly reason: Reason) {
    super(reason.code);
  }
}

export class Bounds {
  /** Expressions and statements that were executed. */
  steps = 0;
  /** Ways that were joined with others. */
  ways = 0;
  /** The work of going several ways, in steps. */
  private overhead = 0;
  private budget: number = LIMITS.steps;
  private nesting = 0;

  /** What counts against {@link LIMITS}.steps. */
  get work(): number {
    return this.steps + this.overhead;
  }

  /** A run begins, which may take half of the steps that are left, so that others have some, too. */
  begin(): void {
    this.nesting = 0;
    this.budget = this.work + (LIMITS.steps - this.work) / 2;
  }

  /** Counts steps; throws `Stop` when there has been too much work. */
  step(cost = 1): void {
    this.steps += cost;
    this.check();
  }

  /** The same of work that is no step. */
  spend(work: number): void {
    this.overhead += work;
    this.check();
  }

  /** Counts ways that are joined with another one. */
  join(ways: number): void {
    this.ways += ways;
    this.spend(ways * LIMITS.way);
  }

  private check(): void {
    if (this.work > this.budget)
      throw new Stop({ code: 'step-limit', args: { limit: String(LIMITS.steps) } });
  }

  /** Counts the work of a run that is not made again; false where there is not enough left of it for that. */
  charge(work: number): boolean {
    if (this.work + work > this.budget) return false;
    this.overhead += work;
    return true;
  }

  /** Runs `action`; the reason where a bound, or the stack, ended it. */
  attempt(action: () => void): Reason | undefined {
    try {
      action();
      return undefined;
    } catch (error) {
      if (error instanceof Stop) return error.reason;
      if (!(error instanceof RangeError)) throw error;
      return { code: 'nesting-limit', args: { limit: String(LIMITS.nesting) } };
    }
  }

  /** Goes one level deeper; false where that is too deep. Every `true` is followed by a call of `leave`. */
  enter(): boolean {
    if (this.nesting >= LIMITS.nesting) return false;
    this.nesting++;
    return true;
  }

  leave(): void {
    this.nesting--;
  }
}
