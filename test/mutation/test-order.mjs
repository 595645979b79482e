/** Which tests are tried first on a mutant, so that most of what is noticed is noticed at once. */
import { basename } from 'node:path';

/** Milliseconds of computing: longer tests come last, whatever they are about. */
const LONG = 1000;

export class TestOrder {
  /** How many mutants of a file a test noticed: by file, by test. */
  noticed = new Map();

  /** @param tests by id: names, and times in milliseconds of computing */
  constructor(tests) {
    this.tests = tests;
  }

  /** Those that noticed other mutants of the file, then those named like it, then the quick ones. */
  sort(ids, file) {
    const noticed = this.noticed.get(file) ?? new Map();
    const name = basename(file, '.ts');
    const rank = (id) => {
      const test = this.tests.get(id) ?? { name: '', time: 0 };
      const isAbout = test.name.includes(name);
      return [test.time > LONG ? 1 : 0, -(noticed.get(id) ?? 0), isAbout ? 0 : 1, test.time];
    };
    const ranks = new Map(ids.map((id) => [id, rank(id)]));
    return [...ids].sort((one, other) => compare(ranks.get(one), ranks.get(other)));
  }

  notice(id, file) {
    const noticed = this.noticed.get(file) ?? new Map();
    noticed.set(id, (noticed.get(id) ?? 0) + 1);
    this.noticed.set(file, noticed);
  }
}

function compare(one, other) {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : one[at] - other[at];
}
