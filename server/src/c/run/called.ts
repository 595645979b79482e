/** Calls of the main file's functions from outside of the tree, with arguments and a world that are given. */
import type { CallArgument, Called, CallRequest, MemberAssignment, Problem } from '../evaluation';
import type { Node } from '../ir';
import type { Reason } from '../reason';
import type { Span } from '../source';
import { findMember, sizeOf } from '../types/record-layout';
import type { CType, PointerType } from '../types/types';
import type { Value } from '../value';
import { addToPointer, scalar } from './arithmetic';
import { parametersOf, type RootRun, runRoot } from './calls';
import { type Data, integerData, mapData, type PointerData, type Scalar, unknownData } from './data';
import { parameterType } from './declared-types';
import { type Machine, newFrame } from './machine';
import { toValue } from './outcome';
import type { MemberNote, Outside } from './outside';
import { dereference, load, mapPlace, type Place, partOf } from './places';
import { emptyChunk, type TreeProgram } from './program';
import { type FunctionSymbol, type MemoryObject, newObject, Scope, type Site } from './scope';
import { outerSpan, placesOf } from './spans';
import { State } from './state';
import { spellType } from './type-relations';
import { targetOf } from './typing';

const NOWHERE: Node = { first: 0, last: 0 };
/** The machine is afterwards as it was. */
export function callFromOutside(program: TreeProgram, request: CallRequest): Called {
  const symbol = program.main.unit.scope.names.get(request.function);
  if (symbol?.kind !== 'function' || !symbol.body) {
    return failedCall({ code: 'unknown-call', args: { name: request.function } });
  }
  const { body } = symbol;
  const outside: Outside = { library: new Map(Object.entries(request.library)), problems: [], members: [] };
  return inWorld(program.machine, outside, () => new Call(program, { symbol, body }, request, outside).run());
}

function failedCall(failed: Reason, problems: readonly Problem[] = []): Called {
  const value: Value = { kind: 'unknown', reason: failed };
  return { failed, parameters: 0, wrote: () => false, read: () => value, assignments: [], problems };
}

/** Does something in the world of a call; what the machine had at hand comes back. */
function inWorld<T>(m: Machine, outside: Outside, action: () => T): T {
  const { state, frame, scope, chunk, watch, discarded } = m;
  m.begin();
  m.outside = outside;
  m.muted++;
  try {
    return action();
  } finally {
    m.begin();
    Object.assign(m, { state, frame, scope, chunk, watch, discarded, outside: undefined });
  }
}

type Body = NonNullable<FunctionSymbol['body']>;

class Call {
  private readonly m: Machine;
  private pointers: readonly (PointerData | undefined)[] = [];
  private names: readonly string[] = [];
  private readonly structures = new Map<MemoryObject, Map<number, number>>();
  private structureCount = 0;

  constructor(
    private readonly program: TreeProgram,
    private readonly callee: { readonly symbol: FunctionSymbol; readonly body: Body },
    private readonly request: CallRequest,
    private readonly outside: Outside,
  ) {
    this.m = program.machine;
  }

  run(): Called {
    const { m, program } = this;
    const { symbol } = this.callee;
    let end: State | Reason = { code: 'not-executed' };
    const stopped = m.bounds.attempt(() => {
      m.state = new State();
      program.roots.markChangesBefore(symbol);
      this.pointers = this.passed();
      end = this.successful(runRoot(m, symbol, this.pointers));
    });
    const problems = this.problems();
    return stopped ? failedCall(stopped, problems) : this.answer(end, problems);
  }

  private answer(end: State | Reason, problems: readonly Problem[]): Called {
    if (!(end instanceof State)) return failedCall(end, problems);
    const { outside, pointers } = this;
    const values = new Map<string, Value>();
    return {
      parameters: pointers.length,
      wrote: (argument) => {
        const target = pointers[argument]?.target;
        return target?.kind === 'object' && end.contents(target.object) !== target.object.initial;
      },
      read: (argument, index, member) => {
        const key = `${argument} ${index} ${member}`;
        const value = values.get(key) ?? this.read(end, argument, index, member);
        values.set(key, value);
        return value;
      },
      assignments: outside.members.map((note) => this.assignment(note)),
      problems,
    };
  }

  /** What is passed for each parameter, undefined where that is not known. */
  private passed(): readonly (PointerData | undefined)[] {
    const { m, request } = this;
    const { definition, chunk } = this.callee.body;
    m.chunk = chunk;
    m.scope = new Scope(chunk.unit.scope);
    const parameters = parametersOf(definition);
    this.names = parameters.map(({ declarator }) => declarator?.name ?? '');
    return parameters.map((parameter, index) => {
      const argument = request.arguments[index];
      const type = parameterType(m, parameter);
      if (!argument || type.kind !== 'pointer') return undefined;
      return this.array(this.names[index] ?? '', type, argument);
    });
  }

  /** The address of a new array; undefined where the type's size is not known. */
  private array(name: string, type: PointerType, { length, first }: CallArgument): PointerData | undefined {
    const { m } = this;
    const element = type.target;
    const size = sizeOf(element, m.model);
    if (!size) return undefined;
    const array: CType = { kind: 'array', element, length };
    const object = newObject({ name, type: array, size: size * length, storage: 'static' });
    if (first !== undefined && element.kind === 'integer') {
      object.initial = object.initial.clone();
      object.initial.write(0, size, integerData(element, first));
    }
    return { kind: 'pointer', type, target: { kind: 'object', object, offset: 0 } };
  }

  /** The state in which the call has succeeded, or why it has not. */
  private successful({ ends, result }: RootRun): State | Reason {
    const { m, request } = this;
    const { symbol, body } = this.callee;
    const returned = (state: State): Data | undefined => {
      const size = result && m.storageSize(result.type);
      const isInteger = result?.type.kind === 'integer';
      return isInteger ? state.contents(result).read(0, result.type, size ?? 0) : undefined;
    };
    const fails = (state: State): boolean => {
      const value = returned(state);
      return value?.kind === 'integer' && value.value !== request.success;
    };
    const successes = ends.filter((state) => !fails(state));
    if (successes.length > 0) return State.joinAll(successes);
    const [first] = ends;
    const value = first && returned(first);
    const args = {
      name: symbol.name,
      value: value?.kind === 'integer' ? String(value.value) : '',
    };
    const place = first?.exit && this.placeOf({ chunk: body.chunk, node: first.exit });
    return { code: 'returned', args, ...(place ? { place } : {}) };
  }

  private read(state: State, argument: number, index: number, member: string | undefined): Value {
    const { m, program } = this;
    return inWorld(m, { library: new Map(), problems: [], members: [] }, () => {
      m.state = state.fork([]);
      m.scope = program.main.unit.scope;
      m.chunk = emptyChunk(program.main.unit);
      m.frame = newFrame('', undefined, [], undefined);
      const reason: Reason = { code: 'parameter', args: { name: this.names[argument] ?? '' } };
      const pointer = this.pointers[argument] ?? unknownData({ kind: 'void' }, reason);
      return toValue(this.element(pointer, index, member));
    });
  }

  private element(argument: Scalar, index: number, member: string | undefined): Data {
    const { m } = this;
    let pointer = argument;
    let type = targetOf(pointer.type);
    while (type.kind === 'pointer') {
      pointer = scalar(m, load(m, dereference(m, pointer, type, NOWHERE), NOWHERE), NOWHERE);
      type = type.target;
    }
    const address = mapData(pointer, pointer.type, (one) =>
      addToPointer(m, one, integerData(m.size, BigInt(index)), 1, NOWHERE),
    );
    const place = dereference(m, address, type, NOWHERE);
    if (member === undefined) return load(m, place, NOWHERE);
    const found = type.kind === 'record' ? findMember(type, member) : undefined;
    if (!found) return unknownData(type, { code: 'unknown-type', args: { type: spellType(type) } });
    const offset = found.offset + (found.bitField ? found.bitField.offset / 8 : 0);
    return load(
      m,
      mapPlace(place, found.type, (one) => partOf(one, found.type, offset)),
      NOWHERE,
    );
  }

  /** A number for the structure, or element of an array, that a place is in. */
  private structureOf(place: Place): number | undefined {
    if (place.kind !== 'known' || typeof place.offset !== 'number') return undefined;
    const { object, offset } = place;
    const size = sizeOf(object.type.kind === 'array' ? object.type.element : object.type, this.m.model);
    const elements = this.structures.get(object) ?? new Map<number, number>();
    this.structures.set(object, elements);
    const element = size ? Math.floor(offset / size) : 0;
    const known = elements.get(element) ?? ++this.structureCount;
    elements.set(element, known);
    return known;
  }

  private assignment({ member, value, place, site, expression, origin }: MemberNote): MemberAssignment {
    const read = (file: string) => this.program.request.host.read(file) ?? undefined;
    const [inOnePiece] = expression ? placesOf(site.chunk, expression, read) : [];
    return {
      member,
      value: toValue(value),
      structure: this.structureOf(place),
      place: inOnePiece ?? this.placeOf(site),
      origin: this.placeOf(origin),
      ...(inOnePiece ? { expression: inOnePiece } : {}),
    };
  }

  private placeOf({ chunk, node }: Site): Span {
    return outerSpan(chunk, node.first, node.last);
  }

  private problems(): readonly Problem[] {
    return this.outside.problems.flatMap((reason) => (reason.place ? [{ reason, place: reason.place }] : []));
  }
}
