/** One batch: trees from a seed, compiled together, each compared; the first that is wrong is made smaller. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import { type CParser, createParser } from '../../server/src/c/parser';
import type { DataModel } from '../../server/src/c/value';
import { addTally, compareTree, emptyTally, type Tally } from './compare';
import { runTrees } from './gcc';
import { type Tree, trees } from './tree';
import { formatTree } from './tree-text';

export interface BatchRequest {
  readonly count: number;
  readonly seed: number;
  readonly model: DataModel;
}

export interface BatchResult {
  readonly tally: Tally;
  /** Complaints about each wrong tree. */
  readonly wrong: readonly (readonly string[])[];
  /** The first wrong tree, shrunk, with what is wrong with it. */
  readonly example?: string;
}

/** How long one wrong tree may take to shrink, in milliseconds. */
const shrinkTime = 60_000;

export async function loadParser(): Promise<CParser> {
  const { resolve } = createRequire(join(process.cwd(), 'package.json'));
  return createParser({
    runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
    language: readFileSync(resolve('tree-sitter-c/tree-sitter-c.wasm')),
  });
}

export function runBatch({ count, seed, model }: BatchRequest, parser: CParser): BatchResult {
  const batch = fc.sample(trees, { numRuns: count, seed });
  const outcomes = runTrees(batch, model);
  const tally = emptyTally();
  const wrong: (readonly string[])[] = [];
  let first: number | undefined;
  for (const [index, tree] of batch.entries()) {
    const comparison = compareTree(tree, outcomes[index] ?? [], model, parser);
    addTally(tally, comparison.tally);
    if (comparison.wrong.length > 0) {
      first ??= index;
      wrong.push([`tree ${index} of seed ${seed}`, ...comparison.wrong]);
    }
  }
  return first === undefined
    ? { tally, wrong }
    : { tally, wrong, example: shrink(seed, first, model, parser) };
}

/** Complaints about one tree by itself. */
export function judgeTree(tree: Tree, model: DataModel, parser: CParser): readonly string[] {
  const [outcomes] = runTrees([tree], model);
  return compareTree(tree, outcomes ?? [], model, parser).wrong;
}

function shrink(seed: number, index: number, model: DataModel, parser: CParser): string {
  const property = fc.property(trees, (tree) => judgeTree(tree, model, parser).length === 0);
  const details = fc.check(property, {
    seed,
    path: String(index),
    numRuns: 1,
    interruptAfterTimeLimit: shrinkTime,
  });
  const tree = details.counterexample?.[0];
  if (!tree) return 'the wrong tree is right by itself';
  return [...judgeTree(tree, model, parser), formatTree(tree)].join('\n');
}
