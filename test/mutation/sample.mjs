/**
 * Tries one mutant of so many, by chance, and each by itself: a range of code would take all that lie in it. The others
 * are reported as not valid, which scores leave out.
 */
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { CheckStatus } from '@stryker-mutator/api/check';
import { commonTokens } from '@stryker-mutator/api/plugin';

export class Sample {
  static inject = [commonTokens.options];

  constructor({ oneIn, sampleSeed }) {
    this.oneIn = oneIn;
    this.seed = sampleSeed;
  }

  async init() {}

  group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  check(mutants) {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.judge(mutant)]));
  }

  judge({ fileName, location, mutatorName, replacement }) {
    const file = relative(process.cwd(), fileName).replaceAll('\\', '/');
    const text = JSON.stringify([this.seed, file, location, mutatorName, replacement]);
    const number = createHash('sha256').update(text).digest().readUInt32LE();
    if (number % this.oneIn === 0) return { status: CheckStatus.Passed };
    return { status: CheckStatus.CompileError, reason: 'Not in the sample' };
  }
}
