/**
 * Function calls (C17 6.5.2.2). A function whose body is in the tree is run. Of one that is not, the result is unknown,
 * and what it is handed a pointer to, with everything that can be reached from there, is unknown afterwards; nothing
 * else changes: such functions are the C library's, and know no other object of the program.
 */
import type { Block, Expression, FunctionDefinition, Node, Parameter } from '../ir';
import type { Reason } from '../reason';
import type { CType } from '../types/types';
import { convert, scalar } from './arithmetic';
import { LIMITS } from './bounds';
import { branch } from './branches';
import { builtins, isAllocator, onlyReads } from './builtins';
import { type Data, type Single, unknownData } from './data';
import { designationOfParameter, isVoidList, typeOfName } from './declared-types';
import { repeat, Widener } from './loops';
import { type Designation, type Frame, type Machine, newFrame } from './machine';
import { Contents } from './memory';
import { modelled, sortElements } from './outside';
import { load, store } from './places';
import { type FunctionSymbol, type MemoryObject, newObject, Scope } from './scope';
import { State } from './state';
import { targetOf } from './typing';
import { noteCallWrite } from './watching';

type Call = Extract<Expression, { kind: 'call' }>;

export function callExpression(m: Machine, e: Call): Data {
  const { discarded } = m;
  m.discarded = undefined;
  const value = callResult(m, e, !discarded || !isDropped(m, e, discarded));
  m.discarded = discarded;
  return value;
}

/** Whether the value of a call is dropped where that of the whole expression is (C17 6.3.2.2). */
function isDropped(m: Machine, call: Call, whole: Expression): boolean {
  if (whole.kind === 'comma') return isDropped(m, call, whole.left) || isDropped(m, call, whole.right);
  if (whole.kind === 'cast')
    return typeOfName(m, whole.type).kind === 'void' && isDropped(m, call, whole.operand);
  return whole === call;
}

function callResult(m: Machine, e: Call, isUsed: boolean): Data {
  if (e.callee.kind === 'identifier') {
    const { name } = e.callee;
    const symbol = m.scope.find(name);
    if (symbol === undefined || symbol.kind === 'function') return callByName(m, e, name, symbol, isUsed);
  }
  const callee = scalar(m, m.parts.evaluate(m, e.callee), e.callee);
  const values = e.arguments.map((argument) => m.parts.evaluate(m, argument));
  const type = resultOf(callee.type);
  const ways = m.choices(callee).map(({ value, when }) => ({ holds: true, when, value }));
  const called = ({ value }: { readonly value: Single }): Data =>
    value.kind === 'pointer' && value.target.kind === 'function'
      ? callFunction(m, withBody(m, value.target.function), values, e, isUsed)
      : callUnknown(m, m.textOf(e.callee), type, values, e);
  return m.joinAll(
    type,
    branch(m, ways, called, called).map(({ result, when }) => ({ data: result, when })),
  );
}

function resultOf(callee: CType): CType {
  const called = callee.kind === 'pointer' ? targetOf(callee) : callee;
  return called.kind === 'function' ? called.result : { kind: 'unknown', name: '' };
}

function callByName(
  m: Machine,
  e: Call,
  name: string,
  symbol: FunctionSymbol | undefined,
  isUsed: boolean,
): Data {
  const known = symbol && withBody(m, symbol);
  if (known?.body) {
    return callFunction(
      m,
      known,
      e.arguments.map((argument) => m.parts.evaluate(m, argument)),
      e,
      isUsed,
    );
  }
  const builtin = builtins.get(name);
  if (builtin) return builtin(m, e);
  const elsewhere = symbol ? undefined : m.program.findFunction(m, name);
  const values = e.arguments.map((argument) => m.parts.evaluate(m, argument));
  if (elsewhere?.body) return callFunction(m, elsewhere, values, e, isUsed);
  return callUnknown(m, name, symbol?.type.result ?? m.int, values, e);
}

/** The function with its body where another file of the tree has it. */
function withBody(m: Machine, symbol: FunctionSymbol): FunctionSymbol {
  if (symbol.body || symbol.internal) return symbol;
  return m.program.findFunction(m, symbol.name) ?? symbol;
}

function callFunction(
  m: Machine,
  symbol: FunctionSymbol,
  values: readonly Data[],
  node: Node,
  isUsed: boolean,
): Data {
  const { body } = symbol;
  if (!body) return callUnknown(m, symbol.name, symbol.type.result, values, node);
  if (!m.state.live) return m.unknownOf(symbol.type.result, { code: 'not-executed' });
  if (isTooDeep(m, symbol)) {
    const args = { limit: String(LIMITS.calls), name: symbol.name };
    const reason = m.problem({ code: 'call-depth-limit', args }, node);
    m.forgetAll(reason);
    return m.unknownOf(symbol.type.result, reason);
  }
  const caller = { frame: m.frame, scope: m.scope, chunk: m.chunk };
  const result = resultObject(m, symbol);
  m.frame = newFrame(symbol.name, caller.frame, m.state.path, result, { chunk: m.chunk, node });
  m.chunk = body.chunk;
  m.scope = new Scope(body.chunk.unit.scope);
  if (result) m.state.replace(result, Contents.filled({ kind: 'uninitialized' }));
  bindParameters(m, body.definition, values);
  const ends = runBody(m, body.definition.body);
  m.state = m.joined(ends);
  const value = result ? takeResult(m, symbol, result, isUsed, body.definition) : undefined;
  for (const object of m.frame.objects.values()) if (!object.watched) m.state.drop(object);
  if (result) m.state.drop(result);
  Object.assign(m, caller);
  return value ?? unknownData({ kind: 'void' }, { code: 'not-an-integer', args: { type: 'void' } });
}

/** Calls nest too deeply, or a function calls itself again and again where nobody knows when it ends. */
function isTooDeep(m: Machine, symbol: FunctionSymbol): boolean {
  if (m.frame.depth >= LIMITS.calls) return true;
  let undecided = 0;
  for (let frame: Frame | undefined = m.frame; frame; frame = frame.caller) {
    if (frame.name !== symbol.name || frame.path.length >= m.state.path.length) continue;
    if (++undecided > LIMITS.undecidedRounds) return true;
  }
  return false;
}

function resultObject(m: Machine, symbol: FunctionSymbol): MemoryObject | undefined {
  const { result } = symbol.type;
  if (result.kind === 'void') return undefined;
  return newObject({ name: symbol.name, type: result, size: m.storageSize(result), storage: 'automatic' });
}

/** What `return` left; the value of a function that ended without one must not be used (C17 6.9.1p12). */
function takeResult(
  m: Machine,
  symbol: FunctionSymbol,
  result: MemoryObject,
  isUsed: boolean,
  definition: FunctionDefinition,
): Data {
  const { type } = result;
  const contents = m.state.contents(result);
  const size = m.storageSize(type);
  if (m.state.live && Number.isFinite(size) && contents.isUninitialized(0, size)) {
    const missing: Reason = { code: 'missing-return', args: { name: symbol.name } };
    const place = m.spanOf(definition.declarator);
    if (isUsed) m.problem({ ...missing, place }, definition.declarator);
    return m.unknownOf(type, { ...missing, place });
  }
  if (!m.state.live) return m.unknownOf(type, { code: 'not-executed' });
  return load(m, { kind: 'known', object: result, offset: 0, type }, definition.declarator);
}

/** Gives parameters their values; what is not passed is unknown. */
function bindParameters(
  m: Machine,
  definition: FunctionDefinition,
  values: readonly (Data | undefined)[],
): void {
  parametersOf(definition).forEach((parameter, i) => {
    const declared = designationOfParameter(m, parameter);
    const { type } = declared;
    const name = parameter.declarator?.name;
    const given = values[i];
    const value = given
      ? convert(m, given, type, parameter)
      : unknownParameter(m, type, name ?? '', parameter);
    bindParameter(m, parameter, declared, value);
  });
}

export function parametersOf(definition: FunctionDefinition): readonly Parameter[] {
  const [head] = definition.declarator.derivations;
  if (head?.kind !== 'function' || isVoidList(head.parameters)) return [];
  return head.parameters;
}

export function unknownParameter(m: Machine, type: CType, name: string, node: Node): Data {
  const reason = m.reason('parameter', { name }, node);
  if (type.kind === 'pointer') return m.freshPointer(type, name, reason);
  return type.kind === 'record' ? m.unknownOf(type, reason) : m.fresh(type, reason);
}

function bindParameter(
  m: Machine,
  { declarator }: Parameter,
  { type, qualifiers }: Designation,
  value: Data,
): void {
  const name = declarator?.name;
  if (!declarator || name === undefined) return;
  const object = m.localObject(declarator, () =>
    newObject({
      name,
      type,
      size: m.storageSize(type),
      storage: 'automatic',
      qualifiers,
      watched: m.program.isWatched(name),
      declared: { chunk: m.chunk, node: declarator },
    }),
  );
  m.scope.names.set(name, { kind: 'object', object, declared: { chunk: m.chunk, node: declarator } });
  m.state.replace(object, Contents.filled({ kind: 'uninitialized' }));
  store(m, { kind: 'known', object, offset: 0, type }, value, declarator);
  m.record(declarator, value);
}

/** Runs a function's body; returns the states in which it ends. Labels that were passed are gone back to. */
function runBody(m: Machine, body: Block): State[] {
  const { frame } = m;
  const { path } = m.state;
  const begun = m.bounds.steps;
  m.parts.execute(m, body);
  const ends = [m.state];
  const heads: Heads = new Map();
  const widener = new Widener(m, m.reason('changed-in-loop', { name: frame.name }, body));
  for (let round = 0; frame.pending.size > 0; round++) {
    const limit = m.widening > 0 ? LIMITS.innerLoopSteps : LIMITS.loopSteps;
    const undecided = [...frame.pending.values()].flat().some((state) => state.path.length > path.length);
    const tooLong = m.bounds.steps - begun > limit;
    if (heads.size > 0 || tooLong || (undecided && round > LIMITS.undecidedRounds)) {
      widenPending(frame, heads, (head, state) => widener.widen(head, state, round > 50), path);
      if (frame.pending.size === 0) break;
    }
    m.bounds.step();
    const waiting = [...frame.pending];
    m.state = State.dead();
    m.parts.execute(m, body);
    ends.push(m.state);
    // A label that does not exist is never reached.
    for (const [label, states] of waiting)
      if (frame.pending.get(label) === states) frame.pending.delete(label);
  }
  for (const end of ends) end.exit = undefined;
  return [...ends, ...frame.returns].filter((state) => state.live);
}

/** By label, the states in which the body was gone back to it, joined. */
type Heads = Map<string | object, State>;

/** Joins what waits at each label with what it was gone back to in before; labels that get nothing new are done. */
function widenPending(
  frame: Frame,
  heads: Heads,
  widen: (head: State, state: State) => State | undefined,
  path: State['path'],
): void {
  for (const [label, states] of [...frame.pending]) {
    const state = State.joinAll(states);
    const head = heads.get(label);
    const next = head ? widen(head, state) : state;
    frame.pending.delete(label);
    if (next === undefined) continue;
    next.path = path;
    heads.set(label, next);
    frame.pending.set(label, [next.fork()]);
  }
}

/** A call of a function of which there is no body in the tree. */
function callUnknown(m: Machine, name: string, type: CType, values: readonly Data[], node: Node): Data {
  const reason = m.reason('unknown-call', { name }, node);
  if (!m.state.live) return m.unknownOf(type, reason);
  const model = m.outside?.library.get(name);
  if (model === 'sort' && sort(m, values, node)) return unknownData({ kind: 'void' }, reason);
  if (!onlyReads(name)) forgetReachable(m, name, values, node);
  callBack(m, values, node);
  if (model && model !== 'sort') return modelled(m, model, type, name, reason);
  if (type.kind === 'pointer' && isAllocator(name)) return m.freshPointer(type, name, reason);
  return type.kind === 'record' ? m.unknownOf(type, reason) : m.fresh(type, reason);
}

/** Makes unknown what can be reached from the values' pointers. */
export function forgetReachable(m: Machine, callee: string, values: readonly Data[], node: Node): void {
  const reached = new Set<MemoryObject>();
  const follow = (data: Data): void => {
    if (data.kind === 'aggregate') data.contents.values().forEach(follow);
    else for (const { value } of m.choices(data)) visit(value);
  };
  const visit = (value: Data): void => {
    const pointer = value.kind === 'unknown' && value.type.kind === 'pointer' ? m.pointee(value) : value;
    if (pointer.kind !== 'pointer' || pointer.target.kind !== 'object') return;
    const { object } = pointer.target;
    if (reached.has(object)) return;
    reached.add(object);
    m.contents(object).values().forEach(follow);
  };
  values.forEach(follow);
  for (const object of reached) {
    object.escaped = true;
    const reason = m.reason('changed-by-call', { name: object.name, callee }, node);
    m.forget(object, reason);
    noteCallWrite(m, object, node);
  }
}

/** A function handed to an unknown one may be called by it any number of times, with arguments nobody knows. */
function callBack(m: Machine, values: readonly Data[], node: Node): void {
  const given = values.flatMap((value) => (value.kind === 'aggregate' ? [] : m.choices(value)));
  for (const { value } of given) {
    if (value.kind !== 'pointer' || value.target.kind !== 'function') continue;
    const symbol = withBody(m, value.target.function);
    if (!symbol.body || m.frame.depth >= LIMITS.calls) continue;
    const reason = m.reason('changed-in-loop', { name: symbol.name }, node);
    repeat(m, reason, () => {
      const exits = [m.fork()];
      callFunction(m, symbol, [], node, false);
      return exits;
    });
  }
}

/** Sorts an array as qsort() does; false where its length, or what the comparison yields, is not known. */
function sort(m: Machine, [base, length, size, compare]: readonly Data[], node: Node): boolean {
  if (compare?.kind !== 'pointer' || compare.target.kind !== 'function') return false;
  if (base?.kind !== 'pointer' || length?.kind !== 'integer' || size?.kind !== 'integer') return false;
  const symbol = withBody(m, compare.target.function);
  if (!symbol.body) return false;
  return sortElements(m, base, Number(length.value), Number(size.value), node, (a, b) => {
    const order = callFunction(m, symbol, [a, b], node, true);
    return order.kind === 'integer' ? Number(order.value) : undefined;
  });
}

/** A function run as the program's entry: the states in which it ends, and where each has its result. */
export interface RootRun {
  readonly ends: State[];
  readonly result: MemoryObject | undefined;
}

/**
 * Runs a function as the program's entry.
 *
 * @param values of its parameters; those beyond are unknown
 */
export function runRoot(
  m: Machine,
  symbol: FunctionSymbol,
  values: readonly (Data | undefined)[] = [],
): RootRun {
  const { body } = symbol;
  if (!body) return { ends: [], result: undefined };
  const result = resultObject(m, symbol);
  m.frame = newFrame(symbol.name, undefined, m.state.path, result);
  m.chunk = body.chunk;
  m.scope = new Scope(body.chunk.unit.scope);
  if (result) m.state.replace(result, Contents.filled({ kind: 'uninitialized' }));
  bindParameters(m, body.definition, values);
  return { ends: runBody(m, body.definition.body), result };
}
