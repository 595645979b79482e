/** The end of the program: what names and places hold in the states that runs left. */
import type { Derivation } from '../evaluation';
import type { Expression, Node } from '../ir';
import { findMember } from '../types/record-layout';
import type { Assumed } from './assumptions';
import { type Data, unknownData } from './data';
import type { Deriver } from './derivation';
import { evaluate } from './expressions';
import { type Machine, newFrame } from './machine';
import { load, type Place } from './places';
import { emptyChunk, type TreeProgram } from './program';
import type { Chunk, FunctionSymbol } from './scope';
import { State } from './state';
import type { Watch } from './watch';

/** What a run left behind. */
export interface Run {
  readonly state: State;
  readonly watch: Watch;
  readonly root: FunctionSymbol | undefined;
}

/** A name's value, and how it came about. */
export interface Named {
  readonly data: Data;
  readonly derivation: Derivation | undefined;
}

const NOWHERE: Node = { first: 0, last: 0 };

export class Ending {
  private readonly machine: Machine;
  /** The run whose end stands for the program's. */
  private readonly main: Run;

  constructor(
    private readonly program: TreeProgram,
    private readonly start: Run,
    private readonly runs: readonly Run[],
    private readonly deriver: Deriver,
  ) {
    this.machine = program.machine;
    this.main = runs.find(({ watch }) => watch.writes.size > 0) ?? runs.at(-1) ?? start;
  }

  /** A name as an expression behind the last line of the main file. */
  named(name: string): Named {
    const { expression, chunk } = this.program.parseAt(name);
    const data = this.inState(this.main, chunk, expression);
    const derivation = this.deriver.ofExpression(chunk, expression, 0);
    const says = derivation.source !== name || derivation.leaves.length > 0;
    return { data, derivation: says ? derivation : undefined };
  }

  /** How a macro's value comes about, the macro's own name left out. */
  ofMacro(name: string): Derivation | undefined {
    const { derivation } = this.named(name);
    const [leaf] = derivation?.leaves ?? [];
    const isName = derivation?.source === name && derivation.leaves.length === 1;
    return isName ? (leaf?.derivation ?? derivation) : derivation;
  }

  /** A watched name in the end: after the run that wrote it, after each where several did, else its initial value. */
  valueOf(name: string): Data | undefined {
    const m = this.machine;
    const wrote = this.runs.filter(({ watch }) => watch.writes.has(name));
    if (wrote.length === 0) return this.unwritten(name);
    const parts = wrote.map((run) => {
      const body = run.root?.body;
      const when: Assumed[] = [];
      if (wrote.length > 1 && body && run.root) {
        m.chunk = body.chunk;
        const text = `${run.root.name}()`;
        const condition = m.condition(undefined, body.definition.declarator, text, { group: 'roots' });
        when.push({ condition, holds: true });
      }
      return { data: this.afterRun(run, name), when };
    });
    return m.joinAll(parts[0]?.data.type ?? m.int, parts);
  }

  private unwritten(name: string): Data | undefined {
    const { main } = this.program;
    const symbol = main.unit.scope.find(name);
    const isExpression =
      main.preprocessed.macros.has(name) || symbol?.kind === 'object' || symbol?.kind === 'enumerator';
    if (isExpression) return this.named(name).data;
    const place = this.start.watch.places.get(name) ?? this.placeOfField(name);
    return place && this.read(this.main, place);
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

  private afterRun(run: Run, name: string): Data {
    const place = run.watch.places.get(name);
    if (place && isAlive(run, place)) return this.read(run, place);
    const shadow = run.watch.shadows.get(name);
    if (!shadow) return unknownData(this.machine.int, { code: 'not-executed' });
    return this.read(run, { kind: 'known', object: shadow, offset: 0, type: shadow.type });
  }

  private read(run: Run, place: Place): Data {
    return this.atEnd(run, emptyChunk(this.program.main.unit), () => load(this.machine, place, NOWHERE));
  }

  private inState(run: Run, chunk: Chunk, expression: Expression): Data {
    return this.atEnd(run, chunk, () => evaluate(this.machine, expression));
  }

  /** Does something in the state that a run left, in the main file's scope; unknown where a bound is hit. */
  private atEnd(run: Run, chunk: Chunk, action: () => Data): Data {
    const m = this.machine;
    const before = { state: m.state, scope: m.scope, chunk: m.chunk, frame: m.frame };
    m.state = run.state.live ? run.state.fork([]) : new State();
    m.scope = this.program.main.unit.scope;
    m.chunk = chunk;
    m.frame = newFrame('', undefined, [], undefined);
    m.observed = chunk;
    m.muted++;
    let data: Data | undefined;
    const stopped = m.bounds.attempt(() => {
      data = action();
    });
    m.observed = undefined;
    m.muted--;
    Object.assign(m, before);
    return data ?? unknownData(m.int, stopped ?? { code: 'not-executed' });
  }
}

function isAlive(run: Run, place: Place): boolean {
  if (place.kind !== 'known') return false;
  return place.object.storage !== 'automatic' || run.state.holds(place.object);
}
