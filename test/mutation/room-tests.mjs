/** The tests of a room, collected by Vitest's runner and run one by one, in any order. */
import { join } from 'node:path';
import { collectTests, getFn, getHooks } from '@vitest/runner';
import { TOO_LONG, testFilesOf } from './rooms.mjs';

/** Of the test that is known by this id. */
export function fileOf(id) {
  return id.slice(0, id.indexOf('#'));
}

export class RoomTests {
  /** Tests by id, by file; those of files that were not needed yet are missing. */
  byFile = new Map();
  /** Suites whose `beforeAll` has run. */
  begun = [];

  constructor(room, root, modules) {
    this.files = testFilesOf(room, root);
    this.root = root;
    this.modules = modules;
  }

  /** All is as if nothing had run: modules, and what tests share. */
  async renew(mutated) {
    for (const suite of this.begun.splice(0).reverse()) await end(suite);
    this.byFile.clear();
    this.modules.renew(mutated);
  }

  /** The tests of a file by id. */
  async of(file) {
    const known = this.byFile.get(file);
    if (known) return known;
    const [collected] = await collectTests([join(this.root, file)], {
      config: this.config,
      importFile: (path) => this.modules.import(path),
    });
    const error = collected.result?.errors?.[0];
    if (error) throw new Error(`${file}: ${error.stack ?? error.message}`);
    const tests = new Map();
    for (const test of testsIn(collected).filter(({ name }) => name !== TOO_LONG))
      tests.set(idFor(test, file, tests), test);
    this.byFile.set(file, tests);
    return tests;
  }

  /** Runs a test; it throws where the test fails. */
  async run(id) {
    const test = (await this.of(fileOf(id))).get(id);
    const suites = suitesAround(test);
    for (const suite of suites) await this.begin(suite);
    for (const suite of suites)
      for (const hook of getHooks(suite).beforeEach) await hook(test.context, suite);
    await getFn(test)();
    for (const suite of suites.reverse())
      for (const hook of getHooks(suite).afterEach) await hook(test.context, suite);
  }

  async begin(suite) {
    if (this.begun.includes(suite)) return;
    this.begun.push(suite);
    for (const hook of getHooks(suite).beforeAll) await hook(suite);
  }

  /** Of Vitest's settings those that count for collecting tests. */
  get config() {
    return {
      root: this.root,
      setupFiles: [],
      sequence: { hooks: 'stack', setupFiles: 'list' },
      // None: Stryker ends what takes too long.
      testTimeout: 0,
      hookTimeout: 0,
      tags: [],
    };
  }
}

async function end(suite) {
  try {
    for (const hook of getHooks(suite).afterAll) await hook(suite);
  } catch {
    // A mutant may have kept what was to be ended from beginning.
  }
}

function testsIn(task) {
  if (task.mode === 'skip' || task.mode === 'todo') return [];
  return task.type === 'test' ? [task] : task.tasks.flatMap(testsIn);
}

/** The file first. */
function suitesAround(task) {
  const outer = task.suite ?? (task.file === task ? undefined : task.file);
  return outer ? [...suitesAround(outer), outer] : [];
}

/** Its file and its names; a number, too, where others have the same. */
function idFor(test, file, others) {
  const names = [...suitesAround(test).slice(1), test].map(({ name }) => name);
  const id = `${file}#${names.join(' ')}`;
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? id : `${id} (${number})`;
    if (!others.has(numbered)) return numbered;
  }
}
