/**
 * Compares the C evaluator with gcc on many random source trees, on all processors.
 *
 *   npm run oracle -- [COUNT [SEED]]
 *
 * Prints figures as it goes and every tree that comes out wrong, shrunk. Exits with 1 when a value is wrong or one
 * value in a hundred or more is unknown. A quarter of the trees are compiled for ILP32 where this machine can run that.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const batchSize = 50;
const count = Number(process.argv[2] ?? 1000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
if (!Number.isSafeInteger(count) || !Number.isSafeInteger(seed) || count < 1) {
  console.error('Usage: npm run oracle -- [COUNT [SEED]]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-oracle-'));
const worker = join(folder, 'worker.mjs');
buildSync({
  entryPoints: ['test/oracle/worker.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outfile: worker,
  logLevel: 'warning',
  sourcemap: 'inline',
  // CommonJS packages in the bundle look for `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});

const started = Date.now();
const total = { trees: 0, agreed: 0, undefinedRuns: 0, unconfirmedRuns: 0, runs: 0, unknown: {} };
let wrong = 0;
let next = 0;
let failed = false;

console.log(`${count} trees, seed ${seed}`);
await Promise.all(
  Array.from({ length: Math.min(availableParallelism(), Math.ceil(count / batchSize)) }, work),
);
rmSync(folder, { recursive: true });
report();
process.exit(failed || wrong > 0 || unknown() * 100 >= unknown() + total.agreed ? 1 : 0);

/** One worker process, given batches until there are no more. */
function work() {
  return new Promise((done) => {
    const child = fork(worker, { execArgv: ['--enable-source-maps'] });
    let narrow = false;
    const give = () => {
      const first = next * batchSize;
      if (first >= count) {
        child.disconnect();
        return;
      }
      const model = narrow && next % 4 === 3 ? 'ILP32' : 'LP64';
      child.send({ count: Math.min(batchSize, count - first), seed: seed + next, model });
      next++;
    };
    child.on('message', (message) => {
      if (message === 'ready') {
        child.send('can run ILP32');
        return;
      }
      if (typeof message === 'boolean') narrow = message;
      else collect(message);
      give();
    });
    child.on('exit', (code) => {
      if (code !== 0) failed = true;
      done();
    });
  });
}

function collect({ tally, wrong: complaints, example }) {
  for (const key of ['trees', 'agreed', 'undefinedRuns', 'unconfirmedRuns', 'runs']) total[key] += tally[key];
  for (const [reason, times] of Object.entries(tally.unknown)) {
    total.unknown[reason] = (total.unknown[reason] ?? 0) + times;
  }
  wrong += complaints.length;
  for (const lines of complaints) console.log(lines.join('\n  '));
  if (example) console.log(`\nShrunk:\n${example}\n`);
  if (total.trees % 1000 < batchSize) report();
}

function unknown() {
  return Object.values(total.unknown).reduce((sum, times) => sum + times, 0);
}

function report() {
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  const share = ((100 * unknown()) / Math.max(unknown() + total.agreed, 1)).toFixed(3);
  console.log(
    `${total.trees} trees in ${minutes} min: ${total.agreed} values agree, ${unknown()} unknown (${share} %), ` +
      `${wrong} trees wrong; undefined behaviour in ${total.undefinedRuns} of ${total.runs} runs, ` +
      `overflow that gcc does not see in ${total.unconfirmedRuns}`,
  );
  const reasons = Object.entries(total.unknown).sort(([, a], [, b]) => b - a);
  for (const [reason, times] of reasons.slice(0, 15)) console.log(`  ${times} ${reason}`);
}
