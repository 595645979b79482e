/** The tests of a room, collected by Vitest's runner and run one by one, in any order. */
import { join } from 'node:path';
import { collectTests, getFn, getHooks } from '@vitest/runner';
import { TOO_LONG, testFilesOf } from './rooms.mjs';

export class RoomTests {
  /**
   * Tests by id, by file; those of files that were not needed yet are missing. An id is the numbers of the file and of
   * the test in it, no longer, as Stryker sends for each mutant those of all tests that come by it.
   */
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
    const number = this.files.indexOf(file);
    const wanted = testsIn(collected).filter(({ name }) => name !== TOO_LONG);
    const tests = new Map(wanted.map((test, index) => [`${number}.${index}`, test]));
    this.byFile.set(file, tests);
    return tests;
  }

  /** Of the test that is known by this id. */
  fileOf(id) {
    return this.files[Number.parseInt(id, 10)];
  }

  /** Runs a test; it throws where the test fails. */
  async run(id) {
    const test = (await this.of(this.fileOf(id))).get(id);
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

/** Its file and its names. */
export function nameOf(test, file) {
  return [
    file,
    ...suitesAround(test)
      .slice(1)
      .map(({ name }) => name),
    test.name,
  ].join(' ');
}
