/**
 * What gcc says of a text does not depend on a mutant, so it is asked once: its answers are kept in
 * node_modules/.cache, which all sandboxes share.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** Functions that ask gcc, by module. */
const ASKING = {
  'test/c/gcc.ts': ['complaintsByLine', 'objectBytes', 'run'],
  'test/c/preprocessing.ts': ['gccExpansion', 'gccMacros', 'gccPreprocessText'],
  'test/c/evaluate-gcc.ts': ['runWithGcc'],
  'test/oracle/gcc.ts': ['canRun', 'runTrees'],
  'test/memmap/gcc-table.ts': ['gccTable'],
  'test/watch/compiled.ts': ['compiled'],
};

/** Answers by the question and the code that asks it. */
export class KeptAnswers {
  /** Serialized, as a test may change what it gets. */
  known = new Map();

  /** @param isTrying whether a mutant is active: what is asked for it alone is not kept */
  constructor(root, isTrying) {
    this.folder = join(root, 'node_modules', '.cache', 'mutation');
    mkdirSync(this.folder, { recursive: true });
    this.isTrying = isTrying;
  }

  /** Stand-ins for the functions of a module that ask gcc. */
  of(module, code) {
    const names = ASKING[module] ?? [];
    return Object.fromEntries(names.map((name) => [name, (ask) => this.keeping(`${name} ${code}`, ask)]));
  }

  keeping(asker, ask) {
    return (...question) => {
      const key = createHash('sha256').update(asker).update(serialize(question)).digest('hex');
      const known = this.find(key);
      if (known) return deserialize(known);
      const answer = ask(...question);
      if (!(answer instanceof Promise)) return this.keep(key, answer);
      return answer.then((value) => this.keep(key, value));
    };
  }

  find(key) {
    const file = join(this.folder, key);
    if (!this.known.has(key) && existsSync(file)) this.known.set(key, readFileSync(file));
    return this.known.get(key);
  }

  keep(key, answer) {
    if (this.isTrying()) return answer;
    const bytes = serialize(answer);
    writeFileSync(join(this.folder, key), bytes);
    this.known.set(key, bytes);
    return answer;
  }
}
