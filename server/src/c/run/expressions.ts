/** Expressions (C17 6.5): what they are worth, and what they do. */
import type { AssignmentOperator, BinaryOperator, Designator, Expression, Node } from '../ir';
import type { Reason } from '../reason';
import { readCharacter, readNumber } from '../types/literal';
import { alignOf, findMember, sizeOf } from '../types/record-layout';
import type { CType } from '../types/types';
import { addToPointer, binary, convert, scalar, unary } from './arithmetic';
import { LIMITS, Stop } from './bounds';
import { branch, waysOf } from './branches';
import { constantAddress } from './constant-expressions';
import { type Data, integerData, mapData, mapPairs, type Scalar, unknownData } from './data';
import { typeOfName } from './declared-types';
import type { Machine } from './machine';
import { Contents } from './memory';
import {
  addressOf,
  dereference,
  type KnownPlace,
  load,
  mapPlace,
  type Place,
  partOf,
  store,
  temporary,
} from './places';
import { type MemoryObject, newObject } from './scope';
import { decayed, pointerTo, spellType } from './type-relations';
import { chooseGeneric, stringUnits, targetOf, typeOf } from './typing';
import { forgetAssigned } from './unreadable';
import { noteAssignment } from './watching';

/** Executes an expression and yields its value; arrays and functions yield pointers. */
export function evaluate(m: Machine, e: Expression): Data {
  m.bounds.step();
  if (!m.bounds.enter()) throw new Stop(m.reason('nesting-limit', { limit: String(LIMITS.nesting) }, e));
  const data = dataOf(m, e);
  m.bounds.leave();
  m.record(e, data);
  return data;
}

function dataOf(m: Machine, e: Expression): Data {
  switch (e.kind) {
    case 'number':
    case 'character':
      return constant(m, e);
    case 'identifier':
    case 'index':
    case 'member':
    case 'string':
    case 'compound-literal':
      return valueAt(m, place(m, e), e);
    case 'unary':
      return evaluateUnary(m, e);
    case 'step':
      return step(m, e);
    case 'binary':
      return evaluateBinary(m, e);
    case 'assignment':
      return assign(m, e);
    case 'conditional':
      return conditional(m, e);
    case 'comma':
      evaluate(m, e.left);
      return evaluate(m, e.right);
    case 'call':
      return m.parts.callExpression(m, e);
    case 'cast':
      return convert(m, evaluate(m, e.operand), typeOfName(m, e.type), e);
    case 'sizeof':
    case 'alignof':
      return sizeOrAlignment(m, e);
    case 'offsetof':
      return offsetOf(m, typeOfName(m, e.type), e.designators, e);
    case 'statement-expression':
      return m.parts.blockValue(m, e.body);
    case 'generic': {
      const chosen = chooseGeneric(m, e);
      return chosen ? evaluate(m, chosen) : m.unknown(m.int, 'unsupported', { what: '_Generic' }, e);
    }
    case 'type-argument':
      return m.unknown(typeOfName(m, e.type), 'unsupported', { what: m.textOf(e) }, e);
    case 'malformed':
      return forgetAssigned(m, e);
  }
}

/** The value at a place, arrays and functions as pointers (C17 6.3.2.1p2-4). */
function valueAt(m: Machine, at: Place, node: Node): Data {
  const { type } = at;
  if (type.kind === 'array') {
    const pointer = scalar(m, addressOf(m, at, node), node);
    const to = decayed(type);
    return mapData(pointer, to, (value) =>
      value.kind === 'pointer' ? { ...value, type: to } : unknownData(to, reasonOf(value)),
    );
  }
  if (at.kind === 'known' && typeof at.offset === 'number') m.recordPlace(node, at.object, at.offset);
  return load(m, at, node);
}

function reasonOf(value: Scalar): Reason {
  return value.kind === 'unknown' ? value.reason : { code: 'address' };
}

function constant(m: Machine, e: Extract<Expression, { kind: 'number' | 'character' }>): Data {
  const known = m.constants.get(e.text);
  if (known) return known;
  const read = e.kind === 'number' ? readNumber(e.text, m.model) : readCharacter(e.text, m.model);
  if ('code' in read) return unknownData(m.int, m.problem(read, e));
  if ('floating' in read) return m.unknown(read.floating, 'not-an-integer', { type: read.floating.name }, e);
  const data: Data = { kind: 'integer', type: read.type, value: read.value };
  m.constants.set(e.text, data);
  return data;
}

/** The place that an expression designates; a value without one gets a temporary (C17 6.2.4p8). */
export function place(m: Machine, e: Expression): Place {
  switch (e.kind) {
    case 'identifier':
      return placeOfName(m, e.name, e);
    case 'index':
      return element(m, e);
    case 'member':
      return member(m, e);
    case 'string':
      return literal(m, e.texts, e);
    case 'compound-literal':
      return compoundLiteral(m, e);
    case 'unary':
      if (e.operator !== '*') break;
      {
        const pointer = scalar(m, evaluate(m, e.operand), e.operand);
        return dereference(m, pointer, targetOf(pointer.type), e);
      }
    case 'generic': {
      const chosen = chooseGeneric(m, e);
      if (chosen) return place(m, chosen);
      break;
    }
  }
  const data = evaluate(m, e);
  if (data.kind === 'unknown') return { kind: 'unknown', type: data.type, reason: data.reason };
  return temporary(m, e, data);
}

function placeOfName(m: Machine, name: string, node: Node): Place {
  const symbol = m.scope.find(name);
  const pinned = m.program.pinned(name);
  if (pinned) {
    const type =
      symbol?.kind === 'object' && symbol.object.type.kind === 'integer' ? symbol.object.type : pinned.type;
    const value = convert(m, pinned, type, node);
    return {
      kind: 'pinned',
      type,
      value: value.kind === 'aggregate' || value.kind === 'one-of' ? pinned : value,
    };
  }
  switch (symbol?.kind) {
    case 'object':
      return { kind: 'known', object: symbol.object, offset: 0, type: symbol.object.type };
    case 'enumerator':
      return { kind: 'pinned', type: symbol.value.type, value: symbol.value };
    case 'function': {
      const type = pointerTo(symbol.type);
      return {
        kind: 'pinned',
        type,
        value: { kind: 'pointer', type, target: { kind: 'function', function: symbol } },
      };
    }
  }
  if (name === '__func__' || name === '__FUNCTION__' || name === '__PRETTY_FUNCTION__') {
    return literal(m, [`"${m.frame.name}"`], node);
  }
  return { kind: 'unknown', type: m.int, reason: m.reason('unknown-name', { name }, node) };
}

function literal(m: Machine, texts: readonly string[], node: Node): Place {
  const { element, units } = stringUnits(m, texts);
  if (units === undefined)
    return { kind: 'unknown', type: pointerTo(element), reason: m.reason('string', undefined, node) };
  const object = m.literal(node, () => {
    const { length } = units;
    const made = newObject({
      name: texts.join(' '),
      type: { kind: 'array', element, length },
      size: length * element.size,
      storage: 'literal',
      qualifiers: 'const',
    });
    const contents = Contents.filled({ kind: 'zero' });
    units.forEach((unit, i) => {
      contents.write(i * element.size, element.size, integerData(element, unit));
    });
    made.initial = contents;
    return made;
  });
  return { kind: 'known', object, offset: 0, type: object.type };
}

function compoundLiteral(m: Machine, e: Extract<Expression, { kind: 'compound-literal' }>): Place {
  const type = typeOfName(m, e.type);
  const object = m.localObject(e, () => newLiteral(m, m.textOf(e), type));
  m.parts.initializeObject(m, object, e.initializer, e);
  return { kind: 'known', object, offset: 0, type: object.type };
}

/** The object of a compound literal lives as long as the program outside of functions (C17 6.5.2.5p5). */
function newLiteral(m: Machine, name: string, type: CType): MemoryObject {
  if (m.scope.parent !== undefined) return m.newTemporary(name, type);
  const object = newObject({ name, type, size: m.storageSize(type), storage: 'static' });
  m.statics.push(object);
  return object;
}

function element(m: Machine, e: Extract<Expression, { kind: 'index' }>): Place {
  const base = typeOf(m, e.base);
  if (base.kind === 'array' && isPlace(e.base)) {
    const array = place(m, e.base);
    const index = scalar(m, evaluate(m, e.index), e.index);
    // Values of variable length arrays' sizes are known to the place only.
    const known = array.type.kind === 'array' ? array.type : base;
    return mapPlace(array, known.element, (one) => elementOf(m, one, known.element, known.length, index, e));
  }
  const left = scalar(m, evaluate(m, e.base), e.base);
  const right = scalar(m, evaluate(m, e.index), e.index);
  const [pointer, index] = right.type.kind === 'pointer' ? [right, left] : [left, right];
  const moved = mapPairs(pointer, index, pointer.type, (p, i) => addToPointer(m, p, i, 1, e));
  return dereference(m, moved, targetOf(pointer.type), e);
}

/** True for expressions that designate an object without a pointer being followed to an array's start. */
function isPlace(e: Expression): boolean {
  return ['identifier', 'member', 'index', 'unary', 'string', 'compound-literal'].includes(e.kind);
}

/** The element at `index`, checked against the array's length (as `-fsanitize=bounds` does). */
function elementOf(
  m: Machine,
  array: Exclude<Place, { kind: 'several' }>,
  type: CType,
  length: number | undefined,
  index: Scalar,
  node: Node,
): Place {
  const size = sizeOf(type, m.model);
  const places = m.choices(index).map(({ value, when }) => {
    if (value.kind !== 'integer') {
      const reason = value.kind === 'unknown' ? value.reason : m.reason('address', undefined, node);
      return { place: partOf(array, type, reason), when };
    }
    if (size === undefined) {
      return { place: partOf(array, type, m.reason('unknown-type', { type: spellType(type) }, node)), when };
    }
    const part = partOf(array, type, Number(value.value) * size);
    // GNU's array of length 0 goes on to the end of its object.
    const outside = length ? value.value < 0n || value.value >= BigInt(length) : false;
    if (!outside || part.kind !== 'known') return { place: part, when };
    const beyond = { index: value.value.toString(), length: String(length) };
    return { place: { ...part, beyond }, when };
  });
  const [only] = places;
  return only && places.length === 1 && only.when.length === 0
    ? only.place
    : { kind: 'several', type, alternatives: places };
}

function member(m: Machine, e: Extract<Expression, { kind: 'member' }>): Place {
  const whole = e.arrow ? behindArrow(m, e.base) : place(m, e.base);
  const { type: record } = whole;
  const found = record.kind === 'record' ? findMember(record, e.name) : undefined;
  if (!found) {
    const reason: Reason =
      record.kind === 'unknown' || record.kind === 'record'
        ? m.reason('unknown-type', { type: spellType(record) }, e)
        : m.reason('unknown-name', { name: e.name }, e);
    const type: CType = { kind: 'unknown', name: e.name };
    return { kind: 'unknown', type, reason: whole.kind === 'unknown' ? whole.reason : reason };
  }
  const offset = found.offset + (found.bitField ? found.bitField.offset / 8 : 0);
  const type = found.bitField ? bitFieldType(found.type, found.bitField.width) : found.type;
  return mapPlace(whole, type, (one) => partOf(one, type, offset));
}

/** A bit-field of its type's full width is stored like others: by its bits. */
function bitFieldType(type: CType, width: number): CType {
  return type.kind === 'integer' && type.bits === undefined && width < type.size * 8
    ? { ...type, bits: width }
    : type;
}

function behindArrow(m: Machine, base: Expression): Place {
  const pointer = scalar(m, evaluate(m, base), base);
  return dereference(m, pointer, targetOf(pointer.type), base);
}

function evaluateUnary(m: Machine, e: Extract<Expression, { kind: 'unary' }>): Data {
  switch (e.operator) {
    case '*':
      return valueAt(m, functionOrPlace(m, e), e);
    case '&': {
      if (e.operand.kind === 'unary' && e.operand.operator === '*') return evaluate(m, e.operand.operand);
      const address = constantAddress(m, e.operand);
      if (address) return address;
      const at = place(m, e.operand);
      if (at.kind === 'pinned' && at.type.kind === 'pointer' && at.type.target.kind === 'function')
        return at.value;
      return addressOf(m, withoutBound(at), e);
    }
    default:
      return unary(m, e.operator, scalar(m, evaluate(m, e.operand), e.operand), e);
  }
}

/** `*f` of a function is the function again (C17 6.5.3.2p4). */
function functionOrPlace(m: Machine, e: Extract<Expression, { kind: 'unary' }>): Place {
  const pointer = scalar(m, evaluate(m, e.operand), e.operand);
  const target = targetOf(pointer.type);
  if (target.kind === 'function' && pointer.kind === 'pointer')
    return { kind: 'pinned', type: pointer.type, value: pointer };
  return dereference(m, pointer, target, e);
}

/** `&a[n]` may be one past the end; whether it is followed there shows later. */
function withoutBound(at: Place): Place {
  return mapPlace(at, at.type, (one) => {
    if (one.kind !== 'known' || !one.beyond || one.beyond.index !== one.beyond.length) return one;
    const { beyond: _, ...rest } = one;
    return rest satisfies KnownPlace;
  });
}

function evaluateBinary(m: Machine, e: Extract<Expression, { kind: 'binary' }>): Data {
  if (e.operator === '&&' || e.operator === '||') return logical(m, e, e.operator);
  const left = evaluate(m, e.left);
  const right = evaluate(m, e.right);
  return binary(m, e.operator, left, right, e);
}

/** `&&` and `||` leave their right operand alone where the left one decides (C17 6.5.13, 6.5.14). */
function logical(m: Machine, e: Extract<Expression, { kind: 'binary' }>, operator: '&&' | '||'): Data {
  const left = evaluate(m, e.left);
  const decided: Data = integerData(m.int, operator === '&&' ? 0n : 1n);
  const right = (): Data => {
    const value = scalar(m, evaluate(m, e.right), e.right);
    // Its condition is called as the operand is spelled, also where only the whole is asked for.
    waysOf(m, value, e.right);
    return mapData(unary(m, '!', value, e.right), m.int, (negated) =>
      negated.kind === 'integer'
        ? { ...negated, value: 1n - negated.value }
        : unknownData(
            m.int,
            reasonOf(negated),
            negated.kind === 'unknown' ? negated.symbol && `(!${negated.symbol})` : undefined,
          ),
    );
  };
  const same = (): Data => decided;
  const [then, otherwise] = operator === '&&' ? [right, same] : [same, right];
  return joinResults(m, m.int, branch(m, waysOf(m, left, e.left), then, otherwise));
}

function joinResults(
  m: Machine,
  type: CType,
  results: readonly { readonly result: Data; readonly when: import('./assumptions').Path }[],
): Data {
  const [only] = results;
  if (only && results.length === 1) return only.result;
  return m.joinAll(
    type,
    results.map(({ result, when }) => ({ data: result, when })),
  );
}

function conditional(m: Machine, e: Extract<Expression, { kind: 'conditional' }>): Data {
  const condition = evaluate(m, e.condition);
  const type = typeOf(m, e);
  const to = (data: Data, node: Node): Data =>
    type.kind === 'unknown' || type.kind === 'record' ? data : convert(m, data, type, node);
  const { then } = e;
  return joinResults(
    m,
    type,
    branch(
      m,
      waysOf(m, condition, e.condition),
      () => (then ? to(evaluate(m, then), then) : to(condition, e.condition)),
      () => to(evaluate(m, e.otherwise), e.otherwise),
    ),
  );
}

function assign(m: Machine, e: Extract<Expression, { kind: 'assignment' }>): Data {
  const given = evaluate(m, e.value);
  const at = place(m, e.target);
  let value = given;
  if (e.operator !== '=') {
    const before = load(m, at, e.target);
    m.record(e.target, before);
    value = binary(m, binaryOf(e.operator), before, given, e);
  }
  return finishAssignment(m, at, value, {
    operator: e.operator,
    node: e,
    target: e.target,
    expression: e.value,
  });
}

function binaryOf(operator: Exclude<AssignmentOperator, '='>): Exclude<BinaryOperator, '&&' | '||'> {
  return operator.slice(0, -1) as Exclude<BinaryOperator, '&&' | '||'>;
}

interface AssignmentNodes {
  readonly operator: AssignmentOperator | '++' | '--';
  readonly node: Node;
  readonly target: Expression;
  readonly expression: Expression | undefined;
}

function finishAssignment(m: Machine, at: Place, value: Data, nodes: AssignmentNodes): Data {
  const converted = at.type.kind === 'unknown' ? value : convert(m, value, at.type, nodes.node);
  store(m, at, converted, nodes.target);
  if (nodes.operator === '=') m.record(nodes.target, converted);
  noteAssignment(m, { ...nodes, place: at, value: converted });
  return converted;
}

/** `++` and `--` (C17 6.5.2.4, 6.5.3.1). */
function step(m: Machine, e: Extract<Expression, { kind: 'step' }>): Data {
  const at = place(m, e.operand);
  const before = load(m, at, e.operand);
  const value = binary(m, e.operator === '++' ? '+' : '-', before, integerData(m.int, 1n), e);
  const after = finishAssignment(m, at, value, {
    operator: e.operator,
    node: e,
    target: e.operand,
    expression: undefined,
  });
  m.record(e.operand, before);
  return e.prefix ? after : before;
}

function sizeOrAlignment(m: Machine, e: Extract<Expression, { kind: 'sizeof' | 'alignof' }>): Data {
  const type = e.operand.kind === 'type' ? typeOfName(m, e.operand) : typeOf(m, e.operand);
  const size = e.kind === 'sizeof' ? sizeOf(type, m.model) : alignOf(type, m.model);
  if (size === undefined) return m.unknown(m.size, 'unknown-type', { type: spellType(type) }, e);
  return integerData(m.size, BigInt(size));
}

/** `offsetof` (C17 7.19p3). */
function offsetOf(m: Machine, type: CType, designators: readonly Designator[], node: Node): Data {
  let at = type;
  let offset = integerData(m.size, 0n);
  for (const designator of designators) {
    if (designator.kind === 'field') {
      const found = at.kind === 'record' ? findMember(at, designator.name) : undefined;
      if (!found?.exact) return m.unknown(m.size, 'unknown-type', { type: spellType(at) }, node);
      offset = integerData(m.size, offset.value + BigInt(found.offset));
      at = found.type;
    } else {
      const index = evaluate(m, designator.index);
      const size = at.kind === 'array' ? sizeOf(at.element, m.model) : undefined;
      if (index.kind !== 'integer' || size === undefined || at.kind !== 'array') {
        return m.unknown(m.size, 'unknown-type', { type: spellType(at) }, node);
      }
      offset = integerData(m.size, offset.value + index.value * BigInt(size));
      at = at.element;
    }
  }
  return offset;
}
