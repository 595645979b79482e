import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../server/src/c/evaluate';
import { seed } from '../c/gcc';
import { judgeTree, loadEngine, runBatch } from './batch';
import { unknownCount } from './compare';
import { canRun } from './gcc';
import { parseTree } from './tree-text';

const folder = fileURLToPath(new URL('../c/fixtures/oracle/', import.meta.url));
const models = (['LP64', 'ILP32'] as const).filter((model) => model === 'LP64' || canRun(model));
let engine: Engine;

beforeAll(async () => {
  engine = await loadEngine();
});

describe.each(models)('the evaluator agrees with gcc under %s', (model) => {
  it(`on random source trees (ORACLE_SEED=${seed})`, { timeout: 600_000 }, () => {
    const count = model === 'LP64' ? 200 : 100;
    const { tally, wrong, example } = runBatch({ count, seed, model }, engine);
    expect(wrong, example).toEqual([]);
    const unknown = unknownCount(tally);
    expect(unknown, JSON.stringify(tally.unknown)).toBeLessThan((unknown + tally.agreed) / 100);
    expect(tally.unconfirmedRuns, 'overflows gcc does not see').toBeLessThan(tally.runs / 50);
    expect(tally.agreed, 'most programs are defined').toBeGreaterThan(count * 3 * 6 * 0.8);
  });

  it.each(readdirSync(folder))('on what it once got wrong: %s', (name) => {
    const tree = parseTree(readFileSync(`${folder}${name}`, 'utf8'));
    expect(judgeTree(tree, model, engine)).toEqual([]);
  });
});
