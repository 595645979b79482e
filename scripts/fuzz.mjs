/**
 * Runs the random tests of test/reliability again and again, each round from a seed of its own.
 *
 *   npm run fuzz -- [MINUTES [SEED]]
 *
 * Prints how often each was tried and the most memory that its process had. Ends with 1 at the first round that fails or
 * hangs, and says how to repeat it.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main, Stop, text } from './lib/messages.mjs';
import { ROOT } from './lib/paths.mjs';
import { node } from './lib/run.mjs';

const MINUTE = 60_000;
/** Tries of a round, as a multiple of those in an ordinary test run. */
const TIMES = 5;
/** A round that takes longer than this hangs where no test's own limit reaches. */
const HANG_MS = 30 * MINUTE;

const [minutes = 10, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);

main(async () => {
  if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Stop('fuzz.usage');
  const folder = await mkdtemp(join(tmpdir(), 'kexec-mint-fuzz-'));
  const counts = join(folder, 'counts');
  const end = Date.now() + minutes * MINUTE;
  try {
    let rounds = 0;
    for (let code = 0; code === 0 && Date.now() < end; rounds++) {
      code = await round(seed + rounds, counts);
      if (code !== 0) throw new Stop('fuzz.failed', { seed: seed + rounds, times: TIMES });
    }
    report(await readFile(counts, 'utf8'));
    console.log(text('fuzz.done', { rounds, seed }));
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

function round(seed, counts) {
  const env = { ...process.env, FUZZ_SEED: String(seed), FUZZ_TIMES: String(TIMES), FUZZ_COUNTS: counts };
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  return node(vitest, ['run', 'test/reliability'], { env, timeout: HANG_MS, killSignal: 'SIGKILL' });
}

/** @param counts lines of name, tries and bytes, separated by tabs */
function report(counts) {
  const totals = {};
  for (const line of counts.trimEnd().split('\n')) {
    const [name, tries, bytes] = line.split('\t');
    const before = totals[name] ?? { tries: 0, MiB: 0 };
    const MiB = Math.max(before.MiB, Math.round(Number(bytes) / 2 ** 20));
    totals[name] = { tries: before.tries + Number(tries), MiB };
  }
  console.table(totals);
}
