/** The machine that runs the IR: its registers, its bounds, and what it notes down along the way. */
import type { Block, Expression, Initializer, Node, Statement } from '../ir';
import type { Reason, ReasonCode } from '../reason';
import { integerTypes } from '../types/integers';
import { extentOf } from '../types/record-layout';
import type { CType, IntegerType, PointerType, Qualifiers } from '../types/types';
import type { DataModel } from '../value';
import { type Assumed, assume, both, type Condition, type Path } from './assumptions';
import { Bounds } from './bounds';
import {
  along,
  type Choice,
  choicesOf,
  type Data,
  markEscaped,
  oneOf,
  type PointerData,
  type Scalar,
  type Single,
  type UnknownData,
  unknownData,
} from './data';
import { Contents, type Fill, joinData } from './memory';
import { Notes } from './notes';
import type { Outside } from './outside';
import {
  type Chunk,
  type FunctionSymbol,
  isConstant,
  type MemoryObject,
  newObject,
  type Scope,
  type Site,
  type Unit,
  unknownObject,
} from './scope';
import { outerSpan, tokensText } from './spans';
import { State } from './state';
import { noteValue } from './trace';
import { Watch } from './watch';

/** One call of a function. */
export interface Frame {
  readonly name: string;
  readonly depth: number;
  /** The call that this one is in. */
  readonly caller: Frame | undefined;
  /** What was assumed when it began. */
  readonly path: Path;
  /** Its automatic objects, temporaries and parameters by the IR node that makes them. */
  readonly objects: Map<object, MemoryObject>;
  /** Where `return` leaves its value; undefined for void. */
  readonly result: MemoryObject | undefined;
  /** Where it was called. */
  readonly from: Site | undefined;
  /** States in which the function returned. */
  readonly returns: State[];
  /** States that leave the innermost loop or switch, and those that go on with the innermost loop's next round. */
  breaks: State[];
  continues: State[];
  /** States on their way to a label (its name) or case (its node). */
  readonly pending: Map<string | object, State[]>;
}

/** What an expression designates. */
export interface Designation {
  readonly type: CType;
  readonly qualifiers: Qualifiers | undefined;
}

/** The parts that refer to each other in a circle, as C's grammar does. */
export interface Parts {
  evaluate(m: Machine, expression: Expression): Data;
  typeOf(m: Machine, expression: Expression): CType;
  designation(m: Machine, expression: Expression): Designation;
  execute(m: Machine, statement: Statement): void;
  callExpression(m: Machine, call: Extract<Expression, { kind: 'call' }>): Data;
  blockValue(m: Machine, block: Block): Data;
  initializeObject(m: Machine, object: MemoryObject, initializer: Initializer, node: Node): void;
}

/** What the machine needs to know of the whole program. */
export interface Program {
  readonly model: DataModel;
  isWatched(name: string): boolean;
  /** The object that the name stands for in the main file outside of functions. */
  fileObject(name: string): MemoryObject | undefined;
  /** The value given from outside for a name. */
  pinned(name: string): Single | undefined;
  /** Finds the definition of an object that is declared `extern`, or makes it unknown. */
  define(m: Machine, object: MemoryObject): void;
  /** A function's body in another file of the tree. */
  findFunction(m: Machine, name: string): FunctionSymbol | undefined;
}

/** Something wrong with the program, at a node. */
export interface ProblemNote {
  readonly reason: Reason;
  readonly chunk: Chunk;
  readonly node: Node;
}

export class Machine {
  readonly model: DataModel;
  readonly int: IntegerType;
  /** `size_t`, and the integer type as wide as a pointer. */
  readonly size: IntegerType;
  readonly difference: IntegerType;

  state = new State();
  frame: Frame;
  scope: Scope;
  chunk: Chunk;
  /** Above zero while code is only tried: nothing is noted down. */
  muted = 0;
  /** The code at hand is no part of the program: its faults are not the program's. */
  hypothetical = false;
  /** The chunk whose values are noted down all the same. */
  observed: Chunk | undefined;
  /** Above zero within loops that are taken to run any number of times. */
  widening = 0;
  readonly problems = new Map<string, ProblemNote>();
  readonly bounds = new Bounds();
  readonly notes = new Notes();
  watch = new Watch();
  /** What a call from outside of the tree is made with, while it runs. */
  outside: Outside | undefined;
  /** The expression whose value is not used, while it is a statement's and outside of what it calls. */
  discarded: Expression | undefined;
  /** States in loops that never end: where the program is when it goes nowhere else. */
  readonly stuck: State[] = [];
  /** Objects with external linkage. */
  readonly externals = new Map<string, MemoryObject>();
  /** What number and character constants are worth, by their text. */
  readonly constants = new Map<string, Data>();
  private readonly literals = new Map<Node, MemoryObject>();
  /** Objects of static storage duration. */
  readonly statics: MemoryObject[] = [];
  /** Objects that unknown pointers are taken to point to, by the pointer's symbol. */
  private readonly pointees = new Map<string, MemoryObject>();
  private readonly conditions = new Map<string, Condition>();
  private numbers = 0;
  /** The last symbol's number when the run began. */
  private begunAt = 0;

  constructor(
    readonly program: Program,
    readonly parts: Parts,
    chunk: Chunk,
  ) {
    this.model = program.model;
    const types = integerTypes(this.model);
    this.int = types.int;
    this.size = this.model === 'LP64' ? types['unsigned long'] : types['unsigned int'];
    this.difference = this.model === 'LP64' ? types.long : types.int;
    this.chunk = chunk;
    this.scope = chunk.unit.scope;
    this.frame = newFrame('', undefined, [], undefined);
  }

  get unit(): Unit {
    return this.chunk.unit;
  }

  /** A state, by default the present one, to go its own way. */
  fork(state = this.state): State {
    this.bounds.spend(state.weight);
    return state.fork();
  }

  /** The states of several ways as one. */
  joined(states: readonly State[]): State {
    const live = states.filter((state) => state.live);
    for (const state of live) this.bounds.spend(state.weight);
    if (live.length > 1) this.bounds.join(live.length - 1);
    return State.joinAll(live);
  }

  /** Begins a run of its own. */
  begin(): void {
    this.bounds.begin();
    this.notes.begin();
    this.muted = 0;
    this.widening = 0;
    this.watch = new Watch();
    this.stuck.length = 0;
    this.begunAt = this.numbers;
  }

  /** A symbol that no other value has. */
  freshSymbol(): string {
    return `#${++this.numbers}`;
  }

  /** An unknown value that is the same wherever it is copied to. */
  fresh(type: CType, reason: Reason): Scalar {
    return unknownData(type, reason, this.freshSymbol());
  }

  /** An unknown value of any type; aggregates are unknown in all their parts. */
  unknown(type: CType, code: ReasonCode, args: Reason['args'], node: Node): Scalar {
    return unknownData(type, this.reason(code, args, node));
  }

  reason(code: ReasonCode, args: Reason['args'], node: Node): Reason {
    const place = this.spanOf(node);
    return args ? { code, args, place } : { code, place };
  }

  /** Where a person finds the node: its own place, or that of the macro call it comes out of. */
  spanOf(node: Node): { file: string; start: number; end: number } {
    return outerSpan(this.chunk, node.first, node.last);
  }

  /** The node's tokens as one line of text. */
  textOf(node: Node): string {
    return tokensText(this.chunk.tokens, node.first, node.last, 80);
  }

  /** Notes something wrong with the program; returns the reason with its place. */
  problem(reason: Reason, node: Node): Reason {
    const placed = reason.place ? reason : { ...reason, place: this.spanOf(node) };
    if (this.state.live) this.outside?.problems.push(placed);
    if (this.muted > 0 || this.hypothetical || !this.state.live || this.isUnlikely()) return placed;
    this.notes.effects++;
    const { problems, chunk } = this;
    this.notes.add(() => {
      const { place } = placed;
      const key = `${reason.code} ${place?.file} ${place?.start} ${place?.end}`;
      if (!problems.has(key)) problems.set(key, { reason: placed, chunk, node });
    });
    return placed;
  }

  /** True along a path that only run-time changes of initial values lead to: what initial values do there means nothing. */
  private isUnlikely(): boolean {
    return this.state.path.some(
      ({ condition, holds }) => condition.initially && condition.initially.holds !== holds,
    );
  }

  /** Notes the value that an expression had. */
  record(node: Node, data: Data): void {
    if (!this.isNoting() || !this.state.live) return;
    const { trace } = this.chunk;
    this.notes.add(() => noteValue(trace, node, data));
  }

  private isNoting(): boolean {
    return this.muted === 0 || this.chunk === this.observed;
  }

  /** Notes which object's scalar an expression designated. */
  recordPlace(node: Node, object: MemoryObject, offset: number): void {
    if (!this.isNoting()) return;
    const { places } = this.chunk;
    this.notes.add(() => places.set(node, { object, offset }));
  }

  /** The condition with this symbol; the same symbol is the same condition. */
  condition(key: string | undefined, node: Node, text: string, more: Partial<Condition> = {}): Condition {
    const known = key === undefined ? undefined : this.conditions.get(key);
    if (known) return known;
    const condition: Condition = { id: ++this.numbers, span: this.spanOf(node), text, ...more };
    if (key === undefined) return condition;
    this.conditions.set(key, condition);
    // Of a symbol that was there before this run: others read what this code is the first to say of it.
    if (!symbolsIn(key).every((number) => number > this.begunAt)) this.notes.effects++;
    return condition;
  }

  /** Whether a condition of that key has been made. */
  isKnown(key: string): boolean {
    return this.conditions.has(key);
  }

  /** Assumes more along the current path; false (and a dead state) where that contradicts it. */
  assume(path: Path): boolean {
    let whole: Path | undefined = this.state.path;
    for (const assumed of path) whole = whole && assume(whole, assumed as Assumed);
    if (whole) this.state.path = whole;
    else this.state = State.dead();
    return whole !== undefined;
  }

  /** The automatic object, parameter or temporary that `node` makes in this call. */
  localObject(node: object, make: () => MemoryObject): MemoryObject {
    const known = this.frame.objects.get(node);
    if (known) return known;
    const object = make();
    this.frame.objects.set(node, object);
    return object;
  }

  /** Bytes an object of the type takes; infinite where that is not known. */
  storageSize(type: CType): number {
    const extent = extentOf(type, this.model);
    return extent.exact ? extent.size : Number.POSITIVE_INFINITY;
  }

  /** An object for a value without a place, or of the code at hand. */
  newTemporary(name: string, type: CType): MemoryObject {
    return newObject({ name, type, size: this.storageSize(type), storage: 'automatic' });
  }

  /** The object's contents now; that of an `extern` one is looked for in other files of the tree. */
  contents(object: MemoryObject): Contents {
    if (object.undefinedExtern) this.program.define(this, object);
    return this.state.contents(object);
  }

  writable(object: MemoryObject): Contents {
    if (object.undefinedExtern) this.program.define(this, object);
    return this.state.writable(object);
  }

  /** The pointer to the object of its own that an unknown pointer is taken to point to, where it is; else the pointer. */
  pointee(pointer: UnknownData): PointerData | UnknownData {
    const object = pointer.symbol === undefined ? undefined : this.pointees.get(pointer.symbol);
    if (object === undefined) return pointer;
    return { kind: 'pointer', type: pointer.type, target: { kind: 'object', object, offset: 0 } };
  }

  /** An unknown pointer that is taken to point to an object of its own; it may be null. */
  freshPointer(type: PointerType, name: string, reason: Reason): UnknownData {
    const symbol = this.freshSymbol();
    this.pointees.set(symbol, unknownObject(name, type.target, reason, this.freshSymbol()));
    return unknownData(type, reason, symbol);
  }

  /** The alternatives of a scalar that are possible along the current path. */
  choices(data: Scalar): readonly Choice[] {
    return choicesOf(along(data, this.state.path));
  }

  /** The object of a string literal. */
  literal(node: Node, make: () => MemoryObject): MemoryObject {
    const known = this.literals.get(node);
    if (known) return known;
    const object = make();
    this.literals.set(node, object);
    return object;
  }

  oneOf(type: CType, choices: readonly Choice[]): Scalar {
    return oneOf(type, choices) ?? unknownData(type, { code: 'unknown-condition' });
  }

  /** The value that is each of several along a path. */
  joinAll(type: CType, parts: readonly { readonly data: Data; readonly when: Path }[]): Data {
    const [first, ...rest] = parts;
    if (first === undefined) return this.unknownOf(type, { code: 'unknown-condition' });
    if (first.data.kind === 'aggregate') {
      const start: { data: Data; when: Path } = first;
      const join = (a: typeof start, b: typeof start) => ({
        data: joinData(a.data, a.when, b.data, b.when),
        when: [],
      });
      return rest.reduce(join, start).data;
    }
    const choices = parts.flatMap(({ data, when }) => {
      if (data.kind === 'aggregate') return [];
      return choicesOf(data).flatMap((choice) => {
        const whole = both(choice.when, when);
        return whole ? [{ value: choice.value, when: whole }] : [];
      });
    });
    return this.oneOf(type, choices);
  }

  /** An unknown value of any type: an aggregate's parts are unknown each. */
  unknownOf(type: CType, reason: Reason): Data {
    if (type.kind !== 'record') return unknownData(type, reason);
    return { kind: 'aggregate', type, contents: Contents.filled(this.unknownFill(reason)) };
  }

  /** Makes an object's contents unknown. */
  forget(object: MemoryObject, reason: Reason): void {
    if (isConstant(object) || object.storage === 'literal') return;
    const contents = this.state.writable(object);
    contents.markEscaped();
    contents.fill(0, Number.POSITIVE_INFINITY, this.unknownFill(reason));
    if (object.watched) this.state.wrote = true;
  }

  unknownFill(reason: Reason): Fill {
    return { kind: 'unknown', reason, symbol: this.freshSymbol() };
  }

  /** Makes unknown whatever a pointer that is not known may point to. */
  forgetEscaped(reason: Reason): void {
    for (const object of new Set([...this.statics, ...this.state.changedObjects()])) {
      if (object.escaped) this.forget(object, reason);
    }
  }

  /** Makes everything unknown that code which is not run may change. */
  forgetAll(reason: Reason): void {
    for (const object of new Set([...this.statics, ...this.state.changedObjects()]))
      this.forget(object, reason);
  }

  giveUp(data: Data): void {
    if (data.kind === 'aggregate') data.contents.markEscaped();
    else markEscaped(data);
  }
}

export function newFrame(
  name: string,
  caller: Frame | undefined,
  path: Path,
  result: MemoryObject | undefined,
  from?: Site,
): Frame {
  return {
    name,
    depth: caller ? caller.depth + 1 : 0,
    caller,
    path,
    objects: new Map(),
    result,
    from,
    returns: [],
    breaks: [],
    continues: [],
    pending: new Map(),
  };
}

/** The numbers of the symbols that a value's is made of; see `Machine.freshSymbol`. */
function symbolsIn(key: string): readonly number[] {
  const numbers = [...key.matchAll(/#(\d+)/g)].map(([, digits]) => Number(digits));
  return numbers.length > 0 ? numbers : [0];
}
