/** Lvalues (C17 6.3.2.1p1): where a value is read from and stored to. */
import type { Node } from '../ir';
import type { Reason } from '../reason';
import type { CType } from '../types/types';
import { both, type Path } from './assumptions';
import { along, choicesOf, type Data, type Scalar, type Single, unknownData } from './data';
import type { Machine } from './machine';
import { Contents } from './memory';
import type { MemoryObject } from './scope';
import { pointerTo, spellType } from './type-relations';

export type Place = SinglePlace | SeveralPlaces;
export type SinglePlace = KnownPlace | UnknownPlace | PinnedPlace;

export interface KnownPlace {
  readonly kind: 'known';
  readonly object: MemoryObject;
  /** In bytes, in eighths for bit-fields; a reason where it is not known. */
  readonly offset: number | Reason;
  readonly type: CType;
  /** An index that is outside of its array, though maybe not outside of the object. */
  readonly beyond?: { readonly index: string; readonly length: string };
}

export interface UnknownPlace {
  readonly kind: 'unknown';
  readonly type: CType;
  readonly reason: Reason;
}

/** A name whose value is given from outside: storing to it changes nothing. */
export interface PinnedPlace {
  readonly kind: 'pinned';
  readonly type: CType;
  readonly value: Single;
}

export interface SeveralPlaces {
  readonly kind: 'several';
  readonly type: CType;
  readonly alternatives: readonly { readonly place: SinglePlace; readonly when: Path }[];
}

/** The place that `change` makes of each place that `place` may be. */
export function mapPlace(place: Place, type: CType, change: (place: SinglePlace) => Place): Place {
  if (place.kind !== 'several') return change(place);
  const alternatives = place.alternatives.flatMap(({ place: one, when }) => withPath(change(one), when));
  return { kind: 'several', type, alternatives };
}

function withPath(place: Place, path: Path): SeveralPlaces['alternatives'] {
  if (place.kind !== 'several') return [{ place, when: path }];
  return place.alternatives.flatMap(({ place: one, when }) => {
    const whole = both(path, when);
    return whole ? [{ place: one, when: whole }] : [];
  });
}

/** What a pointer points to (C17 6.5.3.2p4), as an object of `type`. */
export function dereference(m: Machine, pointer: Scalar, type: CType, node: Node): Place {
  if (pointer.kind !== 'one-of') return target(m, pointer, type, node);
  const alternatives = choicesOf(pointer).flatMap(({ value, when }) =>
    withPath(target(m, value, type, node), when),
  );
  return { kind: 'several', type, alternatives };
}

function target(m: Machine, pointer: Single, type: CType, node: Node): SinglePlace {
  const known = pointer.kind === 'unknown' ? m.pointee(pointer) : pointer;
  if (known.kind === 'unknown') return { kind: 'unknown', type, reason: known.reason };
  if (known.kind === 'integer')
    return { kind: 'unknown', type, reason: { code: 'address', args: { name: m.textOf(node) } } };
  switch (known.target.kind) {
    case 'object': {
      const { object, offset } = known.target;
      const unknownOffset: Reason = { code: 'address', args: { name: object.name } };
      return { kind: 'known', object, offset: offset ?? known.target.reason ?? unknownOffset, type };
    }
    case 'null':
      return { kind: 'unknown', type, reason: m.problem({ code: 'null-pointer' }, node) };
    default:
      return { kind: 'unknown', type, reason: { code: 'address', args: { name: m.textOf(node) } } };
  }
}

/** The pointer to a place (C17 6.5.3.2p3). */
export function addressOf(m: Machine, place: Place, node: Node): Scalar {
  const type = pointerTo(place.type);
  const choices = withPath(place, []).map(({ place: one, when }) => ({
    value: addressOfSingle(m, one, type, node),
    when,
  }));
  return m.oneOf(type, choices);
}

function addressOfSingle(m: Machine, place: SinglePlace, type: CType, node: Node): Single {
  if (place.kind === 'unknown') return unknownData(type, place.reason);
  if (place.kind === 'pinned') return unknownData(type, m.reason('address', { name: m.textOf(node) }, node));
  const { object, offset } = place;
  const known = typeof offset === 'number';
  return {
    kind: 'pointer',
    type,
    target: known
      ? { kind: 'object', object, offset }
      : { kind: 'object', object, offset: undefined, reason: offset },
  };
}

/** The value stored at a place. Reading outside of an object, or what was never stored, is reported at `node`. */
export function load(m: Machine, place: Place, node: Node): Data {
  if (place.kind !== 'several') return loadSingle(m, place, node);
  const loaded = place.alternatives
    .filter(({ when }) => both(when, m.state.path) !== undefined)
    .map(({ place: one, when }) => ({ data: loadSingle(m, one, node), when }));
  return m.joinAll(place.type, loaded);
}

function loadSingle(m: Machine, place: SinglePlace, node: Node): Data {
  const { type } = place;
  if (place.kind === 'pinned') return place.value;
  if (place.kind === 'unknown') return m.unknownOf(type, place.reason);
  if (typeof place.offset !== 'number') return m.unknownOf(type, place.offset);
  const size = sizeAt(m, place);
  const fault = faultOf(m, place, size);
  if (fault) return m.unknownOf(type, m.problem(fault, node));
  const contents = m.contents(place.object);
  if (type.kind === 'record' || type.kind === 'array') {
    return { kind: 'aggregate', type, contents: contents.slice(place.offset, size) };
  }
  if (contents.isUninitialized(place.offset, size)) {
    const reason: Reason = { code: 'uninitialized', args: { name: m.textOf(node) } };
    return unknownData(type, m.problem(reason, node));
  }
  if (type.kind !== 'integer' && type.kind !== 'pointer') {
    const value = contents.read(place.offset, type, size);
    return value.kind === 'unknown'
      ? value
      : unknownData(type, m.reason('not-an-integer', { type: spellType(type) }, node));
  }
  return along(contents.read(place.offset, type, size), m.state.path);
}

/** The bytes that an object of the place's type takes there; a bit-field's are fractions. */
export function sizeAt(m: Machine, place: SinglePlace): number {
  const { type } = place;
  if (type.kind === 'integer' && type.bits !== undefined) return type.bits / 8;
  const size = m.storageSize(type);
  if (size !== Number.POSITIVE_INFINITY) return size;
  return type.kind === 'record' || type.kind === 'array' ? size : 1;
}

function faultOf(m: Machine, place: KnownPlace, size: number): Reason | undefined {
  const { object, offset, beyond } = place;
  if (beyond) return { code: 'index-out-of-bounds', args: { ...beyond } };
  if (typeof offset !== 'number') return undefined;
  if (object.storage === 'automatic' && !m.state.holds(object)) return { code: 'invalid-pointer' };
  if (offset >= 0 && (size === Number.POSITIVE_INFINITY || offset + size <= object.size)) return undefined;
  const unit = Math.max(1, Math.ceil(size));
  const index = String(Math.floor(offset / unit));
  return { code: 'index-out-of-bounds', args: { index, length: String(Math.floor(object.size / unit)) } };
}

/** Stores a value of the place's type. */
export function store(m: Machine, place: Place, data: Data, node: Node): void {
  if (place.kind !== 'several') return storeSingle(m, place, data, node);
  const before = m.state;
  const states = place.alternatives.map(({ place: one, when }) => {
    m.state = m.fork(before);
    if (m.assume(when)) storeSingle(m, one, data, node);
    return m.state;
  });
  m.state = m.joined(states);
}

function storeSingle(m: Machine, place: SinglePlace, data: Data, node: Node): void {
  if (place.kind === 'pinned') return;
  if (place.kind === 'unknown') {
    m.giveUp(data);
    m.forgetEscaped(place.reason);
    return;
  }
  const { object, offset } = place;
  const size = sizeAt(m, place);
  const fault = faultOf(m, place, size);
  if (fault) {
    m.problem(fault, node);
    return;
  }
  if (typeof offset !== 'number') {
    m.giveUp(data);
    m.forget(object, offset);
    return;
  }
  if (object.escaped) m.giveUp(data);
  const contents = m.writable(object);
  if (data.kind !== 'aggregate') contents.write(offset, size, data);
  else if (size === Number.POSITIVE_INFINITY) m.state.replace(object, data.contents.clone());
  else contents.paste(offset, size, data.contents);
}

/** A part of a place: a member or an element. */
export function partOf(place: KnownPlace, type: CType, offset: number | Reason): KnownPlace;
export function partOf(place: SinglePlace, type: CType, offset: number | Reason): SinglePlace;
export function partOf(place: SinglePlace, type: CType, offset: number | Reason): SinglePlace {
  if (place.kind === 'unknown') return { kind: 'unknown', type, reason: place.reason };
  if (place.kind === 'pinned') return { kind: 'unknown', type, reason: { code: 'address' } };
  if (typeof place.offset !== 'number') return { ...place, type };
  return { ...place, type, offset: typeof offset === 'number' ? place.offset + offset : offset };
}

/** A new object for a value that has no place of its own, so that members of it can be read. */
export function temporary(m: Machine, node: Node, data: Data): KnownPlace {
  const object = m.localObject(node, () => m.newTemporary(m.textOf(node), data.type));
  const contents =
    data.kind === 'aggregate' ? data.contents.clone() : Contents.filled(m.unknownFill(reasonOf(data)));
  m.state.replace(object, contents);
  return { kind: 'known', object, offset: 0, type: data.type };
}

export function reasonOf(data: Scalar): Reason {
  if (data.kind === 'unknown') return data.reason;
  if (data.kind === 'one-of') {
    for (const { value } of data.alternatives) if (value.kind === 'unknown') return value.reason;
  }
  return { code: 'not-an-integer' };
}
