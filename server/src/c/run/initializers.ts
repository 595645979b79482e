/** Initialisation (C17 6.7.9): brace elision, designators, strings; what is not named becomes zero. */
import type { Designator, Expression, Initializer, InitializerList, Node } from '../ir';
import { sizeOf } from '../types/record-layout';
import type { CType, RecordType } from '../types/types';
import { convert } from './arithmetic';
import { integerData } from './data';
import type { Machine } from './machine';
import { Contents } from './memory';
import { type KnownPlace, store } from './places';
import type { MemoryObject } from './scope';
import { decayed } from './type-relations';
import { stringUnits, typeOf } from './typing';
import { noteFieldInitializer } from './watching';

/** Gives a new object its initial value; an array without a length gets that of its initialiser. */
export function initializeObject(
  m: Machine,
  object: MemoryObject,
  initializer: Initializer,
  node: Node,
): void {
  m.state.replace(
    object,
    Contents.filled({ kind: initializer.kind === 'initializer-list' ? 'zero' : 'uninitialized' }),
  );
  const filler = new Filler(m, object);
  const { size } = object;
  // GNU: an initialiser gives a flexible array member its length, and the object its size.
  if (hasFlexibleArray(object.type)) object.size = Number.POSITIVE_INFINITY;
  filler.whole({ type: object.type, offset: 0 }, initializer, node);
  if (hasFlexibleArray(object.type)) object.size = Math.max(size, filler.end);
  const { type } = object;
  if (type.kind !== 'array' || type.length !== undefined) return;
  object.type = { ...type, length: filler.length };
  object.size = m.storageSize(object.type);
}

function hasFlexibleArray(type: CType): boolean {
  const last = type.kind === 'record' ? type.members?.at(-1)?.type : undefined;
  return last?.kind === 'array' && !last.length;
}

/** A part of the object that is being initialised. */
interface Part {
  readonly type: CType;
  readonly offset: number;
  /** The member's name. */
  readonly name?: string;
}

type Items = InitializerList['items'];

class Filler {
  /** Elements of the outermost array so far. */
  length = 0;
  /** The end of what was stored last. */
  end = 0;
  /** Which member each union last got a value in, by the union's type and offset. */
  private readonly active = new Map<CType, Map<number, number>>();

  constructor(
    private readonly m: Machine,
    private readonly object: MemoryObject,
  ) {}

  whole(part: Part, initializer: Initializer, node: Node): void {
    if (initializer.kind !== 'initializer-list') {
      if (!this.string(part, initializer)) this.scalar(part, initializer);
      return;
    }
    const { type } = part;
    const [first] = initializer.items;
    if (type.kind === 'array' || type.kind === 'record') {
      if (
        first &&
        initializer.items.length === 1 &&
        first.designators.length === 0 &&
        this.string(part, first.value)
      )
        return;
      this.aggregate(part, initializer.items, 0, true, []);
    } else if (first) this.whole(part, first.value, node);
  }

  /** An array of characters initialised by a string literal of such, in braces or not (C17 6.7.9p14-15). */
  private string(part: Part, initializer: Initializer): boolean {
    const { m } = this;
    const { type, offset } = part;
    if (initializer.kind !== 'string' || type.kind !== 'array') return false;
    const { element } = type;
    const { element: given, units } = stringUnits(m, initializer.texts);
    if (units === undefined || element.kind !== 'integer' || element.size !== given.size) return false;
    const { size } = element;
    const contents = m.writable(this.object);
    this.end = offset + (type.length ?? units.length) * size;
    contents.fill(offset, this.end, { kind: 'zero' });
    units.slice(0, type.length).forEach((unit, i) => {
      contents.write(offset + i * size, size, integerData(element, unit));
    });
    if (offset === 0) this.length = units.length;
    return true;
  }

  private scalar(part: Part, expression: Expression): void {
    const { m } = this;
    const value = convert(m, m.parts.evaluate(m, expression), part.type, expression);
    const place: KnownPlace = { kind: 'known', object: this.object, offset: part.offset, type: part.type };
    store(m, place, value, expression);
    this.end = part.offset + (sizeOf(part.type, m.model) ?? 0);
    if (part.name !== undefined) noteFieldInitializer(m, part.name, place, value, expression);
  }

  /**
   * Initialises the parts of an aggregate from the items at `index` on, and returns the index behind the last one used.
   * Without braces of its own it takes as many as it needs; `designators` lead into it for the first one.
   */
  private aggregate(
    whole: Part,
    items: Items,
    index: number,
    braced: boolean,
    designators: readonly Designator[],
  ): number {
    const count = partCount(whole.type);
    let position = 0;
    let given = designators;
    for (let i = index; i < items.length; ) {
      this.m.bounds.step();
      const item = items[i];
      if (item === undefined) return i;
      if (given.length === 0 && item.designators.length > 0) {
        if (!braced) return i;
        given = item.designators;
      }
      const [designator, ...rest] = given;
      given = [];
      const last = designator
        ? this.locate(whole.type, designator)
        : { from: position, to: position, rest: [] };
      if (last === undefined || last.from >= count || last.from < 0) {
        if (!braced) return i;
        this.surplus(item.value);
        i++;
        continue;
      }
      const to = Math.min(last.to, count - 1);
      i = this.parts(whole, items, i, { from: last.from, to }, [...last.rest, ...rest]);
      position = whole.type.kind === 'record' && whole.type.union ? count : Math.max(last.from, to + 1);
      if (!braced && position >= count) return i;
    }
    return items.length;
  }

  /** More values than there are parts: they are evaluated, and dropped. */
  private surplus(value: Initializer): void {
    if (value.kind !== 'initializer-list') this.m.parts.evaluate(this.m, value);
  }

  /** Initialises the parts from `from` to `to`, both included, from the same items; returns the index behind the last one used. */
  private parts(
    whole: Part,
    items: Items,
    index: number,
    { from, to }: { readonly from: number; readonly to: number },
    designators: readonly Designator[],
  ): number {
    let next = index + 1;
    for (let position = from; position <= to; position++) {
      const part = partAt(this.m, whole, position);
      this.activate(whole, position);
      if (part)
        next =
          designators.length > 0
            ? this.aggregate(part, items, index, false, designators)
            : this.item(part, items, index);
      if (whole.offset === 0 && whole.type === this.object.type)
        this.length = Math.max(this.length, position + 1);
    }
    return next;
  }

  /** A union that gets a value in another member than before loses the earlier one (C17 6.7.9p19). */
  private activate({ type, offset }: Part, position: number): void {
    if (type.kind !== 'record' || !type.union) return;
    const known = this.active.get(type) ?? new Map<number, number>();
    this.active.set(type, known);
    const last = known.get(offset);
    known.set(offset, position);
    if (last === undefined || last === position) return;
    this.m.writable(this.object).fill(offset, offset + this.m.storageSize(type), { kind: 'zero' });
  }

  /** Initialises one part with the item at `index`, or a few if it is an aggregate whose braces were left out. */
  private item(part: Part, items: Items, index: number): number {
    const item = items[index];
    if (item === undefined) return index;
    const { value } = item;
    if (value.kind === 'initializer-list') {
      const contents = this.m.writable(this.object);
      const size = sizeOf(part.type, this.m.model);
      if (size !== undefined && Number.isInteger(part.offset))
        contents.fill(part.offset, part.offset + size, { kind: 'zero' });
      this.whole(part, value, value);
      return index + 1;
    }
    const { type } = part;
    if (this.string(part, value)) return index + 1;
    if (type.kind === 'array') return this.aggregate(part, items, index, false, []);
    if (type.kind === 'record') {
      const given = decayed(typeOf(this.m, value));
      if (given.kind !== 'record' && given.kind !== 'unknown')
        return this.aggregate(part, items, index, false, []);
    }
    this.scalar(part, value);
    return index + 1;
  }

  /** The positions a designator names; `rest` leads on into an anonymous member. Undefined: there are none. */
  private locate(
    type: CType,
    designator: Designator,
  ): { from: number; to: number; rest: readonly Designator[] } | undefined {
    if (designator.kind === 'field') {
      if (type.kind !== 'record') return undefined;
      const at = (type.members ?? []).findIndex(
        (one) => one.name === designator.name || hasMember(one, designator.name),
      );
      if (at < 0) return undefined;
      return { from: at, to: at, rest: type.members?.[at]?.name === designator.name ? [] : [designator] };
    }
    const from = this.number(designator.index);
    const to = designator.to ? this.number(designator.to) : from;
    return from === undefined || to === undefined ? undefined : { from, to, rest: [] };
  }

  private number(expression: Expression): number | undefined {
    const value = this.m.parts.evaluate(this.m, expression);
    return value.kind === 'integer' ? Number(value.value) : undefined;
  }
}

function hasMember(one: { readonly name: string | undefined; readonly type: CType }, name: string): boolean {
  if (one.name !== undefined || one.type.kind !== 'record') return false;
  return (one.type.members ?? []).some((inner) => inner.name === name || hasMember(inner, name));
}

function partCount(type: CType): number {
  if (type.kind === 'array') return type.length ?? Number.POSITIVE_INFINITY;
  return type.kind === 'record' ? (type.members?.length ?? 0) : 1;
}

function partAt(m: Machine, whole: Part, position: number): Part | undefined {
  const { type, offset } = whole;
  if (type.kind === 'array') {
    const size = sizeOf(type.element, m.model);
    return size === undefined ? undefined : { type: type.element, offset: offset + position * size };
  }
  if (type.kind !== 'record') return whole;
  return memberAt(type, offset, position);
}

function memberAt(type: RecordType, offset: number, position: number): Part | undefined {
  const found = type.members?.[position];
  if (found === undefined) return undefined;
  const at = offset + found.offset + (found.bitField ? found.bitField.offset / 8 : 0);
  const part = { type: found.type, offset: at };
  return found.name === undefined ? part : { ...part, name: found.name };
}
