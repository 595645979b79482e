/** What an evaluation tells: the façade's answers, made of what the runs left. */
import type {
  Called,
  CallRequest,
  Constant,
  Definition,
  Evaluated,
  Evaluation,
  Problem,
  Watched,
  Write,
} from '../evaluation';
import type { Declarator, External } from '../ir';
import type { Span } from '../source';
import type { MacroCall } from '../token';
import { callFromOutside } from './called';
import { constantIn } from './constant';
import { type DefinitionMap, definitionsOf, ofDeclarator } from './definitions';
import { bare, Deriver } from './derivation';
import { Ending, type Run } from './ending';
import { ExpressionIndex } from './index';
import { oneOfAll, toValue } from './outcome';
import type { TreeProgram } from './program';
import type { Chunk, Site } from './scope';
import { callOf, outerSpan, placesOf } from './spans';
import { spellType } from './type-relations';
import { isUnderCondition } from './under-condition';
import { reasonFor } from './unreadable';
import type { WriteNote } from './watch';

/** What was not run. */
export interface LeftOut {
  /** Names of the functions that only roots which were left out lead to. */
  readonly functions: ReadonlySet<string>;
  /** Runs all roots. */
  whole(): Result;
}

export class Result implements Evaluation {
  readonly watched: ReadonlyMap<string, Watched>;
  readonly problems: readonly Problem[];
  readonly definitions: DefinitionMap;
  readonly macroCalls: readonly MacroCall[];
  readonly inactive: readonly Span[];
  private readonly deriver: Deriver;
  private readonly ending: Ending;
  private readonly index: ExpressionIndex;
  private readonly calls = new Map<string, Called>();
  /** Rules ask for the same names at each keystroke, also in trees that stay as they are. */
  private readonly values = new Map<string, Evaluated | undefined>();

  constructor(
    private readonly program: TreeProgram,
    private readonly start: Run,
    private readonly runs: readonly Run[],
    private readonly leftOut: LeftOut | undefined,
  ) {
    const { preprocessed } = program.main;
    this.definitions = definitionsOf(program.units);
    this.deriver = new Deriver({
      textAt: (span) => this.textAt(span),
      read: (file) => this.read(file),
      ofSite: (site) => this.definitionAt(site),
      ofName: (name, kind) =>
        kind ? this.definitions.get(name)?.find((one) => one.kind === kind) : this.definitionOf(name),
    });
    this.ending = new Ending(program, start, runs, this.deriver);
    this.index = new ExpressionIndex(
      () => program.units.flatMap(({ chunks }) => chunks),
      (file) => this.read(file),
      (chunk, expression) => this.deriver.ofExpression(chunk, expression, 0),
    );
    this.watched = this.gatherWatched();
    this.problems = this.gatherProblems();
    this.macroCalls = preprocessed.macroCalls;
    this.inactive = preprocessed.inactive;
  }

  get files(): readonly string[] {
    return this.program.files;
  }

  get missing(): readonly string[] {
    return this.program.missing;
  }

  constant(name: string): Constant | undefined {
    const { main, request } = this.program;
    return constantIn(main.preprocessed, request, name);
  }

  valueOf(name: string): Evaluated | undefined {
    if (!this.values.has(name)) this.values.set(name, this.evaluated(name));
    return this.values.get(name);
  }

  private evaluated(name: string): Evaluated | undefined {
    const { main, request } = this.program;
    const known =
      main.preprocessed.macros.has(name) ||
      main.unit.scope.find(name) !== undefined ||
      request.pinned.has(name);
    if (!known) return undefined;
    const definition = this.definitionOf(name);
    const { data, derivation } = this.ending.named(name);
    const span = definition?.span ?? { file: request.file, start: 0, end: 0 };
    return { span, text: name, value: toValue(data), ...(derivation ? { derivation } : {}) };
  }

  /** Of an expression that is the name, so that fields do not count. */
  private definitionOf(name: string): Definition | undefined {
    return this.definitions.get(name)?.find(({ kind }) => kind !== 'field');
  }

  expressionsAt(file: string, offset: number): readonly Evaluated[] {
    const { index } = this.about({ file, start: offset, end: offset });
    return [...index.at(file, offset), ...this.conditionsAt(file, offset)];
  }

  /** The controlling expression of a conditional at the offset. */
  private conditionsAt(file: string, offset: number): readonly Evaluated[] {
    const found = this.program.main.preprocessed.conditions.find(
      ({ place }) => place.file === file && place.start <= offset && offset <= place.end,
    );
    if (!found) return [];
    const { place: span, holds } = found;
    return [{ span, text: this.textAt(span), value: { kind: 'known', type: 'int', value: holds ? 1n : 0n } }];
  }

  call(request: CallRequest): Called {
    const key = JSON.stringify(request, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
    const known = this.calls.get(key) ?? callFromOutside(this.program, request);
    this.calls.set(key, known);
    return known;
  }

  expressionsIn(span: Span): readonly Evaluated[] {
    return this.about(span).index.within(span);
  }

  /** This result, or that of the whole program, whichever knows of all values that expressions at the place had. */
  private about(place: Span): Result {
    if (!this.leftOut || this.isRun(place, this.leftOut)) return this;
    this.whole ??= this.leftOut.whole();
    return this.whole;
  }

  private whole: Result | undefined;

  /** Whether the place is in a declaration or function of the main unit that no root which was left out leads to. */
  private isRun(place: Span, { functions }: LeftOut): boolean {
    const around = this.program.main.chunks.filter((chunk) => holds(chunk, place));
    const names = around.flatMap(({ externals }) => externals.map(nameOf));
    return around.length > 0 && !names.some((name) => name !== undefined && functions.has(name));
  }

  private read(file: string): string | undefined {
    return this.program.request.host.read(file) ?? undefined;
  }

  private textAt(span: Span): string {
    const text = this.read(span.file)?.slice(span.start, span.end) ?? '';
    return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|\\\r?\n/g, ' ').replace(/\s+/g, ' ');
  }

  private gatherWatched(): ReadonlyMap<string, Watched> {
    const { request, main } = this.program;
    const names = new Set<string>();
    for (const run of [this.start, ...this.runs]) for (const name of run.watch.writes.keys()) names.add(name);
    const declared = [...main.unit.scope.names].flatMap(([name, { kind }]) =>
      kind === 'object' ? [name] : [],
    );
    for (const name of [...declared, ...main.preprocessed.macros.keys(), ...this.definitions.keys()]) {
      if (request.watch(name)) names.add(name);
    }
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
    const data = this.ending.valueOf(name);
    if (data === undefined) return undefined;
    const type = data.type.kind === 'unknown' ? undefined : spellType(data.type);
    const assignments = writes.filter(({ operator }) => operator !== 'initializer');
    const telling = assignments.length > 0 ? assignments : writes;
    const isMacro = this.program.main.preprocessed.macros.has(name) && writes.length === 0;
    const written = telling.length === 1 ? telling[0]?.derivation : undefined;
    const derivation = isMacro ? this.ending.ofMacro(name) : written;
    return {
      name,
      value: toValue(data),
      writes,
      ...(type === undefined ? {} : { type }),
      ...(derivation ? { derivation } : {}),
      ...(definition ? { definition } : {}),
    };
  }

  private toWrite(note: WriteNote): Write {
    const { chunk, name, operator, node, target, expression, values } = note;
    const macro = callOf(chunk, target);
    const end = Math.max(node.last, expression?.last ?? node.last);
    const read = (file: string): string | undefined => this.read(file);
    // A macro's body may put an argument in parentheses of its own.
    const [place] = expression
      ? [...placesOf(chunk, expression, read), ...placesOf(chunk, bare(chunk.tokens, expression), read)]
      : [];
    const derivation = this.deriver.ofWrite(note);
    return {
      name,
      operator,
      target: outerSpan(chunk, target.first, target.last),
      span: outerSpan(chunk, Math.min(node.first, target.first), end),
      value: oneOfAll(values),
      ...(place ? { expression: place } : {}),
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
    if (!local) return undefined;
    const { file, start } = local.span;
    const known = this.definitions.get(local.name);
    return known?.find(({ span }) => span.start === start && span.file === file) ?? local;
  }

  private gatherProblems(): readonly Problem[] {
    const m = this.program.machine;
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

function nameOf(external: External): string | undefined {
  return external.kind === 'function' ? external.declarator.name : undefined;
}

function holds({ tokens }: Chunk, { file, start, end }: Span): boolean {
  const [from, to] = [tokens[0], tokens.at(-1)].map((token) => token?.expansion?.span ?? token?.span);
  return from?.file === file && to?.file === file && from.start <= start && end <= to.end;
}
