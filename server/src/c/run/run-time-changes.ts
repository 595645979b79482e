/** Which objects code that is not run may change. */
import type { Change, Scan } from './scan';

/** What code may change before a root function is run: all that may be called and that the root does not lead to. */
export class RunTimeChanges {
  private readonly all: readonly Scan[];
  /** Those of functions that may be called, by the name they change. */
  private readonly own: ChangesByName;
  private readonly foreign: ChangesByName;

  /** @param main the file whose functions are run */
  constructor(main: Scan, others: readonly Scan[]) {
    this.all = [main, ...others];
    const possible = callable(this.all);
    this.own = byName([main], possible);
    this.foreign = byName(others, possible);
  }

  /**
   * What may change an object before the root is run, by the object's name.
   *
   * The answer's `linked`: other files know the object by that name.
   */
  before(root: string): (name: string, linked: boolean) => readonly Change[] {
    const executed = reachableFrom([root], this.all);
    return (name, linked) => this.of(name, linked).filter(({ by }) => !executed.has(by));
  }

  /** What may change an object at any time, by the object's name; see `before`. */
  of(name: string, linked: boolean): readonly Change[] {
    return [...(this.own.get(name) ?? []), ...(linked ? (this.foreign.get(name) ?? []) : [])];
  }
}

type ChangesByName = ReadonlyMap<string, readonly Change[]>;

/** Changes in functions that may be called. */
function byName(scans: readonly Scan[], possible: ReadonlySet<string>): ChangesByName {
  const found = new Map<string, Change[]>();
  for (const change of scans.flatMap(({ changes }) => changes)) {
    if (!possible.has(change.by)) continue;
    const known = found.get(change.name);
    if (known) known.push(change);
    else found.set(change.name, [change]);
  }
  return found;
}

/** Functions of which nothing is known to keep them from being called: some code may call them, or has their address. */
function callable(scans: readonly Scan[]): ReadonlySet<string> {
  return reachableFrom(
    scans.flatMap((scan) => [...scan.external, ...scan.initial]),
    scans,
  );
}

/** Names of functions that may be called, directly or not, once `roots` are. */
export function reachableFrom(roots: Iterable<string>, scans: readonly Scan[]): ReadonlySet<string> {
  const reached = new Set(roots);
  for (const name of reached) {
    for (const scan of scans) {
      for (const mentioned of scan.mentions.get(name) ?? []) {
        if (scans.some((other) => other.mentions.has(mentioned))) reached.add(mentioned);
      }
    }
  }
  return reached;
}
