/**
 * Before each file of tests that judges mutants: random cases are the same in every run, and gcc is asked once. What it
 * says of a text does not depend on the mutant, so it is kept in node_modules/.cache, which all sandboxes share.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { vi } from 'vitest';

type Ask = (...question: unknown[]) => unknown;

const KEPT = join('node_modules', '.cache', 'mutation');
mkdirSync(KEPT, { recursive: true });

// What fails is not shrunk: that it fails is all that is asked.
fc.configureGlobal({ seed: 1, endOnFailure: true });

keepAnswers('../c/gcc', ['complaintsByLine', 'objectBytes', 'run']);
keepAnswers('../c/preprocessing', ['gccPreprocessText']);
keepAnswers('../c/evaluate-gcc', ['runWithGcc']);
keepAnswers('../oracle/gcc', ['canRun', 'runTrees']);
keepAnswers('../memmap/gcc-table', ['gccTable']);
keepAnswers('../watch/compiled', ['compiled']);

function keepAnswers(module: string, names: readonly string[]): void {
  vi.doMock(module, async (original) => {
    const actual = await original<Record<string, Ask>>();
    return {
      ...actual,
      ...Object.fromEntries(names.map((name) => [name, keeping(name, actual[name] as Ask)])),
    };
  });
}

function keeping(name: string, ask: Ask): Ask {
  return (...question) => {
    const key = createHash('sha256').update(name).update(serialize(question)).digest('hex');
    const file = join(KEPT, key);
    if (existsSync(file)) return deserialize(readFileSync(file));
    const answer = ask(...question);
    if (!(answer instanceof Promise)) return keep(file, answer);
    return answer.then((value) => keep(file, value));
  };
}

function keep<T>(file: string, answer: T): T {
  writeFileSync(file, serialize(answer));
  return answer;
}
