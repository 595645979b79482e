/**
 * How long and from which seed the tests of this folder try: a moment from the same seed in each test run, so that what
 * fails there is due to a change; for as long as is asked and from new ones in `npm run fuzz`.
 */
import { appendFileSync } from 'node:fs';
import fc from 'fast-check';

const { FUZZ_SEED = '20261129', FUZZ_TIMES = '1', FUZZ_COUNTS } = process.env;
const seed = Number(FUZZ_SEED);

/** A test's own limit, in milliseconds, where one try takes part of a second. */
export const TIMEOUT_MS = 120_000 * Number(FUZZ_TIMES);

/**
 * Tries a property, and notes how often for `npm run fuzz`.
 *
 * @param count tries of an ordinary test run
 */
export async function holds<Values>(
  name: string,
  count: number,
  property: fc.IAsyncProperty<Values>,
  options: Pick<fc.Parameters<Values>, 'endOnFailure'> = {},
): Promise<void> {
  const numRuns = count * Number(FUZZ_TIMES);
  console.log(`${name}: ${numRuns} tries, FUZZ_SEED=${seed}`);
  await fc.assert(property, { ...options, numRuns, seed });
  if (FUZZ_COUNTS !== undefined)
    appendFileSync(FUZZ_COUNTS, `${name}\t${numRuns}\t${process.memoryUsage.rss()}\n`);
}
