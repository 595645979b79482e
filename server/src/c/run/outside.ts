/**
 * The world that a call from outside of the tree is made in: what library functions are taken to do there, and what is
 * noted of it. Functions are models by name, handed in with the call; this folder knows none of them.
 */
import type { LibraryModel } from '../evaluation';
import type { Node } from '../ir';
import type { Reason } from '../reason';
import type { CType } from '../types/types';
import { addToPointer } from './arithmetic';
import { type Data, integerData, type PointerData } from './data';
import type { Frame, Machine } from './machine';
import { Contents } from './memory';
import type { Place } from './places';
import { newObject, type Site } from './scope';
import { pointerTo } from './type-relations';

export interface Outside {
  readonly library: ReadonlyMap<string, LibraryModel>;
  /** What went wrong, in order of execution. */
  readonly problems: Reason[];
  readonly members: MemberNote[];
}

/** An assignment to a member of a structure. */
export interface MemberNote {
  readonly member: string;
  readonly value: Data;
  readonly place: Place;
  readonly site: Site;
  readonly expression: Node | undefined;
  /** The site, or the call it is in, in the function called from outside. */
  readonly origin: Site;
}

export function noteMember(
  m: Machine,
  member: string,
  value: Data,
  place: Place,
  node: Node,
  expression: Node | undefined,
): void {
  if (!m.state.live) return;
  const site = { chunk: m.chunk, node };
  m.outside?.members.push({ member, value, place, site, expression, origin: originOf(m, site) });
}

function originOf(m: Machine, site: Site): Site {
  let origin = site;
  for (let frame: Frame | undefined = m.frame; frame?.from; frame = frame.caller) origin = frame.from;
  return origin;
}

/** The result of a function that is taken to return something known. */
export function modelled(
  m: Machine,
  model: Exclude<LibraryModel, 'sort'>,
  type: CType,
  name: string,
  reason: Reason,
): Data {
  // A function that no header of the tree declares has the type int here, and a pointer for a result all the same.
  const pointer = type.kind === 'pointer' ? type : pointerTo({ kind: 'void' });
  switch (model) {
    case 'zero':
      return type.kind === 'integer' ? integerData(type, 0n) : integerData(m.int, 0n);
    case 'null':
      return { kind: 'pointer', type: pointer, target: { kind: 'null' } };
    case 'object': {
      const object = newObject({
        name,
        type: pointer.target,
        size: Number.POSITIVE_INFINITY,
        storage: 'static',
        initial: Contents.filled(m.unknownFill(reason)),
        escaped: true,
      });
      return { kind: 'pointer', type: pointer, target: { kind: 'object', object, offset: 0 } };
    }
  }
}

/**
 * Puts the elements of an array in order; equal ones keep theirs. False, and nothing changed, where the array or an
 * answer of `compare` is not known.
 */
export function sortElements(
  m: Machine,
  base: PointerData,
  length: number,
  size: number,
  node: Node,
  compare: (a: Data, b: Data) => number | undefined,
): boolean {
  const { target } = base;
  if (target.kind !== 'object' || target.offset === undefined) return false;
  const { object, offset } = target;
  if (offset < 0 || offset + length * size > object.size) return false;
  const bytes = { ...base, type: pointerTo({ kind: 'void' }) };
  const elementAt = (index: number) =>
    addToPointer(m, bytes, integerData(m.size, BigInt(index * size)), 1, node);
  let isKnown = true;
  const order = Array.from({ length }, (_, index) => index).sort((a, b) => {
    m.bounds.step();
    const answer = isKnown ? compare(elementAt(a), elementAt(b)) : undefined;
    isKnown &&= answer !== undefined;
    return answer ?? 0;
  });
  if (!isKnown) return false;
  const contents = m.writable(object);
  const elements = order.map((index) => contents.slice(offset + index * size, size));
  elements.forEach((element, index) => {
    contents.paste(offset + index * size, size, element);
  });
  return true;
}
