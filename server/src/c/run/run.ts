/** Runs a program's root functions and gathers what they leave. */
import type {
  Definition,
  Evaluated,
  Evaluation,
  EvaluationRequest,
  Problem,
  Watched,
  Write,
} from '../evaluation';
import type { Declarator, Expression, Node } from '../ir';
import type { Reason } from '../reason';
import { findMember } from '../record-layout';
import type { Span } from '../source';
import type { Assumed } from './assumptions';
import { runRoot } from './calls';
import { type Data, unknownData } from './data';
import { type DefinitionMap, definitionsOf, ofDeclarator } from './definitions';
import { Deriver } from './derivation';
import { evaluate as evaluateExpression, place as placeOf } from './expressions';
import { ExpressionIndex } from './index';
import { type Machine, newFrame, Stop } from './machine';
import { oneOfAll, toValue } from './outcome';
import { load, type Place } from './places';
import { type Engine, TreeProgram } from './program';
import type { Chunk, FunctionSymbol, Site } from './scope';
import { callOf, outerSpan, sourceSpan } from './spans';
import { State } from './state';
import { spellType } from './type-relations';
import { isUnderCondition } from './under-condition';
import { reasonFor } from './unreadable';
import type { Watch, WriteNote } from './watch';

/** What a run left behind. */
interface Run {
  readonly state: State;
  readonly watch: Watch;
  readonly root: FunctionSymbol | undefined;
}

export function runProgram(request: EvaluationRequest, engine: Engine): Evaluation {
  const program = new TreeProgram(request, engine);
  const m = program.machine;
  const start: Run = { state: new State(), watch: m.watch, root: undefined };
  bounded(m, () => program.initialize());
  const run = (root: FunctionSymbol): Run => {
    m.begin();
    m.state = new State();
    program.markRunTimeChanges(root);
    return { state: runToEnd(m, root), watch: m.watch, root };
  };
  const { called, uncalled } = program.roots();
  const runs = called.map(run);
  // Nothing can call these: they are run for the values in them only.
  m.hypothetical = true;
  uncalled.forEach(run);
  m.hypothetical = false;
  m.begin();
  return new Result(program, start, runs);
}

/** Runs a root; where a bound is hit, everything it might have changed is unknown. */
function runToEnd(m: Machine, root: FunctionSymbol): State {
  const begun = m.state.fork();
  let ends: State[] = [];
  const stopped = bounded(m, () => {
    ends = runRoot(m, root);
  });
  if (stopped) {
    m.state = begun;
    m.state.wrote = m.watch.writes.size > 0;
    m.muted = 0;
    const { definition, chunk } = root.body ?? {};
    if (definition && chunk) {
      m.chunk = chunk;
      m.problem(stopped, definition.declarator);
    }
    m.forgetAll(stopped);
    return m.state;
  }
  const all = ends.length > 0 ? ends : m.stuck;
  // What returns before any watched name is written has failed on the way.
  const telling = all.filter((state) => state.wrote);
  return State.joinAll(telling.length > 0 ? telling : all);
}

/** Runs `action`; the reason where a bound or the stack ended it. */
function bounded(m: Machine, action: () => void): Reason | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Stop) return error.reason;
    if (error instanceof RangeError)
      return { code: 'nesting-limit', args: { limit: String(m.limits.nesting) } };
    throw error;
  }
}

class Result implements Evaluation {
  readonly watched: ReadonlyMap<string, Watched>;
  readonly problems: readonly Problem[];
  readonly definitions: DefinitionMap;
  readonly macroCalls;
  readonly inactive;
  readonly files: readonly string[];
  readonly missing: readonly string[];
  private readonly machine: Machine;
  private readonly deriver: Deriver;
  private readonly index: ExpressionIndex;
  /** The run whose end stands for the program's. */
  private readonly main: Run;

  constructor(
    private readonly program: TreeProgram,
    private readonly start: Run,
    private readonly runs: readonly Run[],
  ) {
    const { preprocessed } = program.main;
    this.machine = program.machine;
    this.main = runs.find(({ watch }) => watch.writes.size > 0) ?? runs.at(-1) ?? start;
    this.definitions = definitionsOf(this.units());
    this.deriver = new Deriver({
      textAt: (span) => this.textAt(span),
      ofMacro: (call) => this.definitions.get(call.macro)?.find(({ kind }) => kind === 'macro'),
      ofSite: (site) => this.definitionAt(site),
      ofName: (name) => this.definitions.get(name)?.[0],
    });
    this.index = new ExpressionIndex(
      () => this.units().flatMap(({ chunks }) => chunks),
      (file) => program.request.host.read(file) ?? undefined,
      (chunk, expression) => this.deriver.ofExpression(chunk, expression, 0),
    );
    this.watched = this.gatherWatched();
    this.problems = this.gatherProblems();
    this.macroCalls = preprocessed.macroCalls;
    this.inactive = preprocessed.inactive;
    this.files = [...new Set(this.units().flatMap((unit) => unit.preprocessed.files))];
    this.missing = [
      ...new Set([...this.units().flatMap((unit) => unit.preprocessed.missing), ...program.missing]),
    ];
  }

  valueOf(name: string): Evaluated | undefined {
    const { main, request } = this.program;
    const known =
      main.preprocessed.macros.has(name) ||
      main.unit.scope.find(name) !== undefined ||
      request.pinned.has(name);
    if (!known) return undefined;
    const [definition] = this.definitions.get(name) ?? [];
    const { data, derivation } = this.evaluateName(name);
    const span = definition?.span ?? { file: request.file, start: 0, end: 0 };
    return { span, text: name, value: toValue(data), ...(derivation ? { derivation } : {}) };
  }

  expressionsAt(file: string, offset: number): readonly Evaluated[] {
    return this.index.at(file, offset);
  }

  expressionsIn(span: Span): readonly Evaluated[] {
    return this.index.within(span);
  }

  private units() {
    return [this.program.main, ...this.program.others.values()];
  }

  private textAt(span: Span): string {
    const text = this.program.request.host.read(span.file)?.slice(span.start, span.end) ?? '';
    return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|\\\r?\n/g, ' ').replace(/\s+/g, ' ');
  }

  /** A name as an expression at the end of the program. */
  private evaluateName(name: string) {
    const { expression, chunk } = this.program.parseAt(name);
    const m = this.machine;
    const { data, at } = this.atEnd(this.main, chunk, () => {
      const data = evaluateExpression(m, expression);
      return { data, at: isPlace(expression) ? placeOf(m, expression) : undefined };
    });
    const derivation = this.deriver.ofExpression(chunk, expression, 0);
    return {
      data,
      at,
      derivation: derivation.source === name && derivation.leaves.length === 0 ? undefined : derivation,
    };
  }

  /** Does something in the state that a run left, in the main file's scope. */
  private atEnd<T>(run: Run, chunk: Chunk, action: () => T): T {
    const m = this.machine;
    const before = { state: m.state, scope: m.scope, chunk: m.chunk, frame: m.frame };
    m.state = run.state.live ? run.state.fork([]) : new State();
    m.scope = this.program.main.unit.scope;
    m.chunk = chunk;
    m.frame = newFrame('', undefined, [], undefined);
    m.observed = chunk;
    m.muted++;
    try {
      return action();
    } finally {
      m.observed = undefined;
      m.muted--;
      Object.assign(m, before);
    }
  }

  private gatherWatched(): ReadonlyMap<string, Watched> {
    const { request, main } = this.program;
    const names = new Set<string>();
    for (const run of [this.start, ...this.runs]) for (const name of run.watch.writes.keys()) names.add(name);
    for (const [name, symbol] of main.unit.scope.names)
      if (symbol.kind === 'object' && request.watch(name)) names.add(name);
    for (const name of main.preprocessed.macros.keys()) if (request.watch(name)) names.add(name);
    for (const name of this.definitions.keys()) if (request.watch(name)) names.add(name);
    const watched = new Map<string, Watched>();
    for (const name of names) {
      const found = this.watchedName(name);
      if (found) watched.set(name, found);
    }
    return watched;
  }

  private watchedName(name: string): Watched | undefined {
    const notes = [this.start, ...this.runs].flatMap((run) => run.watch.writes.get(name) ?? []);
    const writes = notes.map((note) => this.toWrite(note));
    const [definition] = this.definitions.get(name) ?? this.localDefinition(name);
    const data = this.finalValue(name);
    if (data === undefined) return undefined;
    const type = data.type.kind === 'unknown' ? undefined : spellType(data.type);
    const assignments = writes.filter(({ operator }) => operator !== 'initializer');
    const [single] = assignments.length > 0 ? assignments : writes;
    const isMacro = this.program.main.preprocessed.macros.has(name) && writes.length === 0;
    const derivation = isMacro
      ? this.macroDerivation(name)
      : assignments.length <= 1
        ? single?.derivation
        : undefined;
    return {
      name,
      value: toValue(data),
      writes,
      ...(type === undefined ? {} : { type }),
      ...(derivation ? { derivation } : {}),
      ...(definition ? { definition } : {}),
    };
  }

  private macroDerivation(name: string) {
    const { derivation } = this.evaluateName(name);
    const [leaf] = derivation?.leaves ?? [];
    return derivation?.source === name && derivation.leaves.length === 1
      ? (leaf?.derivation ?? derivation)
      : derivation;
  }

  /** The value in the end: of the run that wrote the name, of each where several did, else the initial one. */
  private finalValue(name: string): Data | undefined {
    const m = this.machine;
    const wrote = this.runs.filter(({ watch }) => watch.writes.has(name));
    if (wrote.length === 0) return this.unwrittenValue(name);
    const parts = wrote.map((run) => {
      const body = run.root?.body;
      const when: Assumed[] = [];
      if (wrote.length > 1 && body && run.root) {
        m.chunk = body.chunk;
        const condition = m.condition(undefined, body.definition.declarator, `${run.root.name}()`, {
          group: 'roots',
        });
        when.push({ condition, holds: true });
      }
      return { data: this.valueAfter(run, name), when };
    });
    return m.joinAll(parts[0]?.data.type ?? m.int, parts);
  }

  private unwrittenValue(name: string): Data | undefined {
    const { main } = this.program;
    if (main.preprocessed.macros.has(name)) return this.evaluateName(name).data;
    const symbol = main.unit.scope.find(name);
    if (symbol?.kind === 'object' || symbol?.kind === 'enumerator') return this.evaluateName(name).data;
    const place = this.start.watch.places.get(name) ?? this.placeOfField(name);
    return place && this.read(this.main, place, name);
  }

  /** The member of that name in the first object of file scope that has one. */
  private placeOfField(name: string): Place | undefined {
    for (const symbol of this.program.main.unit.scope.names.values()) {
      if (symbol.kind !== 'object') continue;
      const { object } = symbol;
      const found = object.type.kind === 'record' ? findMember(object.type, name) : undefined;
      if (!found || object.undefinedExtern) continue;
      const offset = found.offset + (found.bitField ? found.bitField.offset / 8 : 0);
      return { kind: 'known', object, offset, type: found.type };
    }
    return undefined;
  }

  private valueAfter(run: Run, name: string): Data {
    const place = run.watch.places.get(name);
    if (place && isAlive(run, place)) return this.read(run, place, name);
    const shadow = run.watch.shadows.get(name);
    if (!shadow) return unknownData(this.machine.int, { code: 'not-executed' });
    return this.read(run, { kind: 'known', object: shadow, offset: 0, type: shadow.type }, name);
  }

  private read(run: Run, place: Place, name: string): Data {
    const m = this.machine;
    const node: Node = { first: 0, last: 0 };
    const chunk = this.program.parseAt(name).chunk;
    return this.atEnd(run, chunk, () => load(m, place, node));
  }

  private toWrite(note: WriteNote): Write {
    const { chunk, name, operator, node, target, expression, values } = note;
    const macro = callOf(chunk, target);
    const targetSpan = outerSpan(chunk, target.first, target.last);
    const expressionSpan = expression && expressionPlace(chunk, expression);
    const end = Math.max(node.last, expression?.last ?? node.last);
    const derivation = this.deriver.ofWrite(note);
    return {
      name,
      operator,
      target: targetSpan,
      span: outerSpan(chunk, Math.min(node.first, target.first), end),
      value: oneOfAll(values),
      ...(expressionSpan ? { expression: expressionSpan } : {}),
      ...(derivation ? { derivation } : {}),
      ...(macro ? { macro } : {}),
      ...(isUnderCondition(chunk, node) ? { conditional: true } : {}),
    };
  }

  private localDefinition(name: string): readonly Definition[] {
    for (const run of this.runs) {
      const place = run.watch.places.get(name);
      if (place?.kind !== 'known' || !place.object.declared) continue;
      const definition = this.definitionAt(place.object.declared);
      if (definition) return [definition];
    }
    return [];
  }

  private definitionAt({ chunk, node }: Site): Definition | undefined {
    const declarator = node as Declarator;
    const [local] = ofDeclarator(chunk, declarator, 'local', declarator);
    const known =
      local &&
      this.definitions
        .get(local.name)
        ?.find(({ span }) => span.start === local.span.start && span.file === local.span.file);
    return known ?? local;
  }

  private gatherProblems(): readonly Problem[] {
    const m = this.machine;
    const problems: Problem[] = [...this.program.main.preprocessed.problems];
    for (const chunk of this.program.main.chunks) {
      m.chunk = chunk;
      for (const malformed of chunk.problems) {
        problems.push({ reason: reasonFor(m, malformed), place: m.spanOf(malformed) });
      }
    }
    for (const { reason, chunk, node } of m.problems.values()) {
      m.chunk = chunk;
      problems.push({ reason, place: reason.place ?? m.spanOf(node) });
    }
    return problems;
  }
}

function isPlace(expression: Expression): boolean {
  return ['identifier', 'member', 'index'].includes(expression.kind);
}

/** The assigned expression's place where its text is there in one piece. */
function expressionPlace(chunk: Chunk, expression: Node): Span | undefined {
  return sourceSpan(chunk, expression);
}

function isAlive(run: Run, place: Place): boolean {
  if (place.kind !== 'known') return false;
  return place.object.storage !== 'automatic' || run.state.holds(place.object);
}
