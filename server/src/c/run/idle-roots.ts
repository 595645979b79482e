/**
 * Root functions that come to nothing: nothing watched is written in them, nothing is wrong with them, and nothing that
 * other code could see is left. As long as what they rest on is the same they are not run again, so that an edit costs as
 * much as the edited function and not as much as the file.
 */
import type { External } from '../ir';
import type { TreeProgram } from './program';
import { reachableFrom } from './run-time-changes';
import type { Chunk, FunctionSymbol } from './scope';

/** What is known of a run that came to nothing. */
export interface IdleRun {
  /** What was in sight of others, and read, when it began; see `escapesOf`. */
  readonly escapes: string;
  /** What it took, as `Bounds.work` counts. */
  readonly work: number;
}

/** Those of all evaluations of a process. */
export class IdleRuns {
  private readonly runs = new Map<string, IdleRun>();
  private readonly worlds = new Map<string, number>();
  private readonly numbers = new WeakMap<object, number>();
  private count = 0;
  private size = 0;

  /** `limit` is the length of all keys and worlds, in UTF-16 units, beyond which everything is forgotten. */
  constructor(private readonly limit = 4_000_000) {}

  get(key: string): IdleRun | undefined {
    return this.runs.get(key);
  }

  set(key: string, run: IdleRun): void {
    if (!this.runs.has(key)) this.makeRoom(key.length);
    this.runs.set(key, run);
  }

  delete(key: string): void {
    if (this.runs.delete(key)) this.size -= key.length;
  }

  /** A number that stands for the object. */
  numberOf(part: object): number {
    const number = this.numbers.get(part) ?? ++this.count;
    this.numbers.set(part, number);
    return number;
  }

  /** A number that stands for all that functions find outside of themselves, however long it takes to say. */
  worldOf(text: string): number {
    const known = this.worlds.get(text);
    if (known !== undefined) return known;
    this.makeRoom(text.length);
    this.worlds.set(text, ++this.count);
    return this.count;
  }

  private makeRoom(length: number): void {
    this.size += length;
    if (this.size <= this.limit) return;
    this.runs.clear();
    this.worlds.clear();
    this.size = length;
  }
}

/** A root, and what is known of running it. */
interface Root {
  readonly symbol: FunctionSymbol;
  /** The functions of the main unit that it may lead to. */
  readonly reach: ReadonlySet<string>;
  /** Equal keys: runs that begin with equal escapes come to the same. */
  readonly key: string;
}

/** The roots of one program. */
export class IdleRoots {
  /** Names of the functions that only roots which are left out lead to. */
  readonly functions = new Set<string>();
  private readonly roots = new Map<FunctionSymbol, Root>();
  private readonly idle = new Map<FunctionSymbol, IdleRun>();

  /** @param program elaborated, and not run */
  constructor(private readonly program: TreeProgram) {
    // The value of a name is what the whole program makes it.
    if ([...program.request.pinned.values()].some((text) => !/^-?\d\w*$/.test(text))) return;
    const { called, uncalled } = program.roots;
    const world = new World(program);
    for (const symbol of called) this.roots.set(symbol, world.root(symbol, true));
    for (const symbol of uncalled) this.roots.set(symbol, world.root(symbol, false));
    // Where no root writes anything, the end of the last one stands for the program's.
    this.choose(called.at(-1));
  }

  /** What is known of the run of a root that need not be made. */
  get(root: FunctionSymbol): IdleRun | undefined {
    return this.idle.get(root);
  }

  /** A run has come to nothing. */
  note(root: FunctionSymbol, run: IdleRun): void {
    const known = this.roots.get(root);
    if (known) this.program.engine.idle.set(known.key, run);
  }

  /** What was known of those that were to be left out does not hold here. */
  forget(): void {
    for (const symbol of this.idle.keys()) {
      const known = this.roots.get(symbol);
      if (known) this.program.engine.idle.delete(known.key);
    }
  }

  /** A root that shares a function with one that is run is run, too: the function's values are those of all its runs. */
  private choose(last: FunctionSymbol | undefined): void {
    const { idle } = this.program.engine;
    let waiting: Root[] = [];
    const run: Root[] = [];
    for (const root of this.roots.values()) {
      const isIdle = root.symbol !== last && idle.get(root.key) !== undefined;
      (isIdle ? waiting : run).push(root);
    }
    const reached = new Set<string>();
    for (const { reach } of run) {
      for (const name of reach) reached.add(name);
      const shares = waiting.filter((root) => intersects(root.reach, reached));
      if (shares.length === 0) continue;
      waiting = waiting.filter((root) => !shares.includes(root));
      run.push(...shares);
    }
    for (const { symbol, key, reach } of waiting) {
      const known = idle.get(key);
      if (known) this.idle.set(symbol, known);
      for (const name of reach) this.functions.add(name);
    }
  }
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const item of a) if (b.has(item)) return true;
  return false;
}

/** What is outside of functions, as they find it when they are run, and the functions themselves. */
class World {
  /** The code of each function, as a number. */
  private readonly functions = new Map<string, string>();
  private readonly number: number;

  constructor(private readonly program: TreeProgram) {
    const { engine, request, main, model } = program;
    const declarations: number[] = [];
    for (const chunk of main.chunks) {
      const code = engine.idle.numberOf(chunk.externals);
      const name = functionOf(chunk);
      if (name === undefined) declarations.push(code);
      else this.functions.set(name, `${this.functions.get(name) ?? ''}+${code}`);
    }
    const scans = program.otherScans().map((scan) => engine.idle.numberOf(scan));
    const watch = engine.idle.numberOf(request.watch);
    const pinned = [...request.pinned].flat();
    this.number = engine.idle.worldOf(
      [model, watch, pinned, declarations, scans, program.roots.changesInShort()].join('|'),
    );
  }

  root(symbol: FunctionSymbol, isCalled: boolean): Root {
    const { name } = symbol;
    const reach = this.reachOf(name);
    const { mentions } = this.program.roots.scan;
    // Where the tokens do not tell what a function leads to, nothing is known of it.
    const isTold = [...reach].every((each) => mentions.has(each) || !this.functions.has(each));
    const code = isTold
      ? [...reach].map((each) => this.functions.get(each) ?? '')
      : [this.program.engine.idle.numberOf({})];
    return { symbol, reach, key: `${this.number} ${isCalled} ${name} ${code.join(' ')}` };
  }

  /** Through objects of file scope a function may come to those whose addresses initialisers hold. */
  private reachOf(name: string): ReadonlySet<string> {
    const { program } = this;
    const scan = program.roots.scan;
    const direct = reachableFrom([name], [scan]);
    if (scan.initial.size === 0) return direct;
    const { names } = program.main.unit.scope;
    const mentionsObject = [...direct].some((each) =>
      [...(scan.mentions.get(each) ?? [])].some((other) => names.get(other)?.kind === 'object'),
    );
    return mentionsObject ? reachableFrom([...direct, ...scan.initial], [scan]) : direct;
  }
}

/** The function whose definition the chunk is; undefined where it declares anything that others see. */
function functionOf({ externals }: Chunk): string | undefined {
  const [only] = externals;
  if (externals.length !== 1 || only?.kind !== 'function' || declaresType(only)) return undefined;
  return only.declarator.name;
}

/** `struct s { int a; } f(void) {…}` */
function declaresType({ specifiers }: Extract<External, { kind: 'function' }>): boolean {
  const { type } = specifiers;
  return (type.kind === 'record' && type.members !== undefined) || type.kind === 'enum';
}

/**
 * Which static objects a pointer has got out of sight of: what is written through pointers nobody knows may change them.
 * And which further files are read: who calls a function of theirs first reads them.
 */
export function escapesOf({ machine, others }: TreeProgram): string {
  return [machine.statics.map(({ escaped }) => (escaped ? 1 : 0)).join(''), ...others.keys()].join();
}
