/** One batch: trees from a seed, compiled together, each compared; the first that is wrong is made smaller. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import { createEngine, type Engine } from '../../server/src/c/evaluate';
import { createParser } from '../../server/src/c/parser';
import type { DataModel } from '../../server/src/c/value';
import { addTally, compareTree, emptyTally, type Tally } from './compare';
import { runTrees } from './gcc';
import { reduceTree } from './reduce';
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

/** How long either way of making a wrong tree smaller may take, in milliseconds. */
const shrinkTime = 40_000;

export async function loadEngine(): Promise<Engine> {
  const { resolve } = createRequire(join(process.cwd(), 'package.json'));
  const parser = await createParser({
    runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
    language: readFileSync(resolve('tree-sitter-c/tree-sitter-c.wasm')),
  });
  return createEngine(parser);
}

export function runBatch({ count, seed, model }: BatchRequest, engine: Engine): BatchResult {
  const batch = fc.sample(trees, { numRuns: count, seed });
  const outcomes = runTrees(batch, model);
  const tally = emptyTally();
  const wrong: (readonly string[])[] = [];
  let first: { readonly index: number; readonly complaint: string } | undefined;
  for (const [index, tree] of batch.entries()) {
    const outcome = outcomes[index];
    if (!outcome) continue;
    const comparison = compareTree(tree, outcome, model, engine);
    addTally(tally, comparison.tally);
    if (comparison.wrong.length > 0) {
      first ??= { index, complaint: comparison.wrong[0] ?? '' };
      wrong.push([`tree ${index} of seed ${seed}`, ...comparison.wrong]);
    }
  }
  return first === undefined
    ? { tally, wrong }
    : { tally, wrong, example: shrink(seed, first.index, first.complaint, model, engine) };
}

/** Complaints about one tree by itself. */
export function judgeTree(tree: Tree, model: DataModel, engine: Engine): readonly string[] {
  const [outcomes] = runTrees([tree], model);
  return outcomes ? compareTree(tree, outcomes, model, engine).wrong : [];
}

/** Two complaints that differ in nothing but names and numbers. */
function sameKind(a: string, b: string): boolean {
  const shape = (text: string) =>
    text.replace(/\b(?:0x[\da-f]+|\d+|(?:mint|g)_\w+)/g, '').replace(/ or .*/, '');
  return shape(a) === shape(b);
}

/** The first wrong tree made smaller, as text, and what is wrong with it then. */
function shrink(seed: number, index: number, complaint: string, model: DataModel, engine: Engine): string {
  const complaints = (tree: Tree): readonly string[] => {
    try {
      // A tree that is wrong in another way is not a smaller form of this one.
      const all = judgeTree(tree, model, engine);
      return all.filter((each) => sameKind(each, complaint));
    } catch {
      return []; // gcc refuses it, or it does not end
    }
  };
  const property = fc.property(trees, (tree) => complaints(tree).length === 0);
  const details = fc.check(property, {
    seed,
    path: String(index),
    numRuns: 1,
    interruptAfterTimeLimit: shrinkTime,
  });
  const tree = details.counterexample?.[0];
  if (!tree) return 'The wrong tree is right by itself.';
  const reduced = reduceTree(tree, (each) => complaints(each).length > 0, shrinkTime);
  return [...complaints(reduced), formatTree(reduced)].join('\n');
}
