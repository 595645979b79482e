/** A program: its translation units, what links them, and the functions that nothing calls. */
import type { EvaluationRequest } from '../evaluation';
import type { Expression, External, FunctionDefinition } from '../ir';
import type { ChunkCache } from '../lower/chunk-cache';
import { lowerExpression, lowerUnit } from '../lower/lower';
import type { CParser } from '../parser';
import { type Lexed, tokenize } from '../preprocessor/lexer';
import { expand, type Preprocessed, preprocess } from '../preprocessor/preprocess';
import type { TextCache } from '../text-cache';
import type { DataModel } from '../value';
import { callExpression } from './calls';
import type { Single } from './data';
import { declare, declareFunction } from './declarations';
import { typeOfName } from './declared-types';
import { evaluate } from './expressions';
import type { IdleRuns } from './idle-roots';
import { initializeObject } from './initializers';
import { Machine, newFrame, type Parts, type Program } from './machine';
import { Contents } from './memory';
import { Roots } from './roots';
import type { Scan } from './scan';
import { type Chunk, type FunctionSymbol, type MemoryObject, Scope, type Unit } from './scope';
import { State } from './state';
import { blockValue, execute } from './statements';
import { designation, typeOf } from './typing';

/** What parses, and keeps what was parsed, for all evaluations of a process. */
export interface Engine {
  readonly parser: CParser;
  readonly cache: ChunkCache;
  /** Of files as they are spelled, and what functions of files that are not run change. */
  readonly lexed: TextCache<Lexed>;
  readonly scans: TextCache<Scan>;
  readonly idle: IdleRuns;
}

export interface LoadedUnit {
  readonly preprocessed: Preprocessed;
  readonly unit: Unit;
  readonly chunks: readonly Chunk[];
  readonly typedefNames: ReadonlySet<string>;
}

/** A unit of the request's program, before it is parsed. */
export function preprocessedUnit(
  { host, dataModel, pinned, definitions }: EvaluationRequest,
  file: string,
  { lexed }: Engine,
): Preprocessed {
  const tokenize = (of: string, text: string) => lexed.get(of, text);
  return preprocess({ file, host, dataModel, pinned, definitions, tokenize });
}

const parts: Parts = { evaluate, typeOf, designation, execute, callExpression, blockValue, initializeObject };

export class TreeProgram implements Program {
  readonly model: DataModel;
  readonly machine: Machine;
  readonly main: LoadedUnit;
  readonly others = new Map<string, LoadedUnit>();
  /** Of all units that are loaded. */
  files: readonly string[];
  /** Units and scanned files whose text the host has not loaded. */
  private readonly notLoaded = new Set<string>();
  private readonly pins = new Map<string, Single | undefined>();
  private readonly watched = new Map<string, boolean>();

  constructor(
    readonly request: EvaluationRequest,
    readonly engine: Engine,
    main: Preprocessed,
  ) {
    this.model = request.dataModel;
    this.main = this.lowered(request.file, main);
    this.files = main.files;
    this.machine = new Machine(this, parts, this.main.chunks[0] ?? emptyChunk(this.main.unit));
  }

  /** The main one first; running it may load further ones. */
  get units(): readonly LoadedUnit[] {
    return [this.main, ...this.others.values()];
  }

  get missing(): readonly string[] {
    const included = this.units.flatMap(({ preprocessed }) => preprocessed.missing);
    return [...new Set([...included, ...this.notLoaded])];
  }

  /** Executes the main file's external declarations; `machine.watch` has the initialisers of watched names then. */
  initialize(): void {
    this.elaborate(this.main);
    this.machine.state.freeze();
  }

  isWatched(name: string): boolean {
    let known = this.watched.get(name);
    if (known === undefined) {
      known = this.request.watch(name);
      this.watched.set(name, known);
    }
    return known;
  }

  fileObject(name: string): MemoryObject | undefined {
    const symbol = this.main.unit.scope.names.get(name);
    return symbol?.kind === 'object' ? symbol.object : undefined;
  }

  pinned(name: string): Single | undefined {
    const text = this.request.pinned.get(name);
    if (text === undefined) return undefined;
    if (!this.pins.has(name)) {
      // An expression that names itself has no value.
      this.pins.set(name, undefined);
      const value = this.quietly(this.machine, () => evaluate(this.machine, this.parse(text)));
      this.pins.set(name, value.kind === 'integer' || value.kind === 'unknown' ? value : undefined);
    }
    return this.pins.get(name);
  }

  /** Text as an expression at the end of the main file. */
  parse(text: string): Expression {
    return this.parseAt(text).expression;
  }

  parseAt(text: string): { readonly expression: Expression; readonly chunk: Chunk } {
    const { tokens } = tokenize('', text);
    const expanded = expand(tokens, this.main.preprocessed.macros, this.request.pinned);
    const { expression } = lowerExpression(expanded.tokens, this.main.typedefNames, this.engine.parser);
    const chunk = { ...emptyChunk(this.main.unit), tokens: expanded.tokens };
    return { expression, chunk };
  }

  /** Runs `action` in the main file's scope without a note. */
  quietly<T>(m: Machine, action: () => T, chunk: Chunk = emptyChunk(this.main.unit)): T {
    const before = { scope: m.scope, chunk: m.chunk, discarded: m.discarded };
    m.muted++;
    m.scope = this.main.unit.scope;
    m.chunk = chunk;
    try {
      return action();
    } finally {
      m.muted--;
      Object.assign(m, before);
    }
  }

  define(m: Machine, object: MemoryObject): void {
    m.notes.effects++;
    object.undefinedExtern = false;
    for (const file of this.request.others) {
      if (!this.scanOf(file)?.fileScope.has(object.name)) continue;
      object.undefinedExtern = true;
      this.loadOther(m, file);
      if (!object.undefinedExtern) return;
    }
    object.undefinedExtern = false;
    const reason = { code: 'declared-elsewhere', args: { name: object.name } } as const;
    object.initial = Contents.filled(m.unknownFill(reason));
  }

  findFunction(m: Machine, name: string): FunctionSymbol | undefined {
    for (const file of this.request.others) {
      // Every file mentions printf and its like; only one that has the body is worth reading.
      if (!this.scanOf(file)?.mentions.has(name)) continue;
      const found = this.loadOther(m, file).unit.scope.names.get(name);
      if (found?.kind === 'function' && found.body && !found.internal) return found;
    }
    return undefined;
  }

  private read(file: string): string | undefined {
    const text = this.request.host.read(file);
    if (text === undefined) this.notLoaded.add(file);
    return text ?? undefined;
  }

  private lowered(file: string, preprocessed: Preprocessed): LoadedUnit {
    const { chunks, typedefNames } = lowerUnit(preprocessed.tokens, this.engine.parser, this.engine.cache);
    const unit: Unit = { file, scope: new Scope(undefined) };
    return {
      preprocessed,
      unit,
      typedefNames,
      chunks: chunks.map((chunk) => ({
        ...chunk,
        unit,
        trace: new Map(),
        places: new Map(),
        statics: new Map(),
      })),
    };
  }

  /** A unit other than the main one, its objects initialised. */
  private loadOther(m: Machine, file: string): LoadedUnit {
    const known = this.others.get(file);
    if (known) return known;
    m.notes.effects++;
    const loaded = this.lowered(file, preprocessedUnit(this.request, file, this.engine));
    this.others.set(file, loaded);
    this.files = [...new Set([...this.files, ...loaded.preprocessed.files])];
    const before = { state: m.state, frame: m.frame, scope: m.scope, chunk: m.chunk, discarded: m.discarded };
    m.muted++;
    m.state = new State();
    m.frame = newFrame('', undefined, [], undefined);
    this.elaborate(loaded);
    m.state.freeze();
    m.muted--;
    Object.assign(m, before);
    return loaded;
  }

  /** Executes a unit's external declarations. */
  private elaborate(loaded: LoadedUnit): void {
    const m = this.machine;
    for (const chunk of loaded.chunks) {
      m.chunk = chunk;
      m.scope = loaded.unit.scope;
      for (const external of chunk.externals) elaborateExternal(m, external);
    }
  }

  /** Once it is initialized. */
  get roots(): Roots {
    this.knownRoots ??= new Roots(this);
    return this.knownRoots;
  }

  private knownRoots: Roots | undefined;

  /** What the other .c files of the tree change, as far as they are loaded. */
  otherScans(): readonly Scan[] {
    return this.request.others.flatMap((file) => this.scanOf(file) ?? []);
  }

  private scanOf(file: string): Scan | undefined {
    const text = this.read(file);
    return text === undefined ? undefined : this.engine.scans.get(file, text);
  }
}

function elaborateExternal(m: Machine, external: External): void {
  if (external.kind === 'declaration') declare(m, external);
  else if (external.kind === 'function') defineFunction(m, external);
}

function defineFunction(m: Machine, definition: FunctionDefinition): void {
  const { specifiers, declarator } = definition;
  const type = typeOfName(m, definition);
  if (declarator.name !== undefined && type.kind === 'function') {
    declareFunction(m, declarator.name, type, specifiers, definition);
  }
}

export function emptyChunk(unit: Unit): Chunk {
  return {
    tokens: [],
    externals: [],
    problems: [],
    unit,
    trace: new Map(),
    places: new Map(),
    statics: new Map(),
  };
}
