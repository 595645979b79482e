/** The functions that a program is run from, and what other code may have changed before. */
import type { TreeProgram } from './program';
import { RunTimeChanges } from './run-time-changes';
import { type Scan, scanChunks } from './scan';
import { type FunctionSymbol, isConstant, type MemoryObject } from './scope';

export class Roots {
  /** Functions of the main file that no other function of it mentions; all of them where each is mentioned. */
  readonly called: readonly FunctionSymbol[];
  /** Apart from them those that nothing can call: of internal linkage, or of a header and mentioned nowhere. */
  readonly uncalled: readonly FunctionSymbol[];
  /** Of the main file with what it includes. */
  readonly scan: Scan;
  private readonly changes: RunTimeChanges;
  /** Objects of file scope that are not constant. */
  private readonly objects: readonly MemoryObject[];

  /** @param program initialized, and not run */
  constructor(private readonly program: TreeProgram) {
    const { main } = program;
    this.scan = scanChunks(main.chunks);
    this.changes = new RunTimeChanges(this.scan, program.otherScans());
    this.objects = [...main.unit.scope.names.values()].flatMap((symbol) =>
      symbol.kind === 'object' && !isConstant(symbol.object) ? symbol.object : [],
    );
    const { own, included } = functionsOf(program);
    const [byOwn, byIncluded] = [this.mentionedBy(own), this.mentionedBy(included)];
    const unused = included.filter(({ name }) => !byOwn.has(name) && !byIncluded.has(name));
    const roots = own.filter(({ name }) => !byOwn.has(name));
    const called = roots.filter(({ internal }) => !internal);
    if (called.length > 0) {
      this.called = called;
      this.uncalled = [...roots.filter(({ internal }) => internal), ...unused];
    } else {
      this.called = roots.length > 0 ? roots : own;
      this.uncalled = unused;
    }
  }

  /** What functions mention but for themselves. */
  private mentionedBy(callers: readonly FunctionSymbol[]): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { name } of callers)
      for (const other of this.scan.mentions.get(name) ?? []) if (other !== name) names.add(other);
    return names;
  }

  /** Marks the initial values that code which is not run may change before `root` is run. */
  markChangesBefore(root: FunctionSymbol): void {
    const m = this.program.machine;
    const changesOf = this.changes.before(root.name);
    for (const object of this.objects) {
      const places = changesOf(object.name, this.isLinked(object));
      if (places.length > 0)
        m.state.replace(object, m.contents(object).marked(places.map(({ place }) => place)));
    }
  }

  /** Which functions change which objects of file scope, in one line; what a root leads to is among them. */
  changesInShort(): string {
    return this.objects
      .flatMap((object) => this.changes.of(object.name, this.isLinked(object)))
      .map(({ name, by }) => `${name} ${by}`)
      .join();
  }

  /** Other files know the object by its name. */
  private isLinked(object: MemoryObject): boolean {
    return this.program.machine.externals.get(object.name) === object;
  }
}

/** Functions that the main file defines, and those that files it includes define. */
function functionsOf({ main, request }: TreeProgram): {
  readonly own: readonly FunctionSymbol[];
  readonly included: readonly FunctionSymbol[];
} {
  const own: FunctionSymbol[] = [];
  const included: FunctionSymbol[] = [];
  for (const chunk of main.chunks) {
    for (const external of chunk.externals) {
      if (external.kind !== 'function') continue;
      const { name = '', nameToken = 0 } = external.declarator;
      const symbol = main.unit.scope.names.get(name);
      if (symbol?.kind !== 'function' || symbol.body?.definition !== external) continue;
      const place = chunk.tokens[nameToken];
      const isOwn = (place?.expansion?.span ?? place?.span)?.file === request.file;
      (isOwn ? own : included).push(symbol);
    }
  }
  return { own, included };
}
