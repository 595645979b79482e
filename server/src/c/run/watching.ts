/** Notes each assignment to a watched name: variables, fields, and macros that stand for either. */
import type { Write } from '../evaluation';
import type { Declarator, Expression, Initializer, Node } from '../ir';
import type { CType } from '../types/types';
import type { Data } from './data';
import type { Machine } from './machine';
import { noteMember } from './outside';
import { type KnownPlace, load, type Place, partOf } from './places';
import { type MemoryObject, newObject } from './scope';
import { wholeUses } from './spans';

interface Assignment {
  readonly operator: Write['operator'];
  readonly node: Node;
  readonly target: Expression;
  readonly expression: Node | undefined;
  readonly place: Place;
  readonly value: Data;
}

/** Notes what an assignment expression did. */
export function noteAssignment(m: Machine, assignment: Assignment): void {
  const { place, target, node, value, expression } = assignment;
  noteSite(m, place, node);
  const named = lastNamed(target);
  if (m.outside && named?.kind === 'member') noteMember(m, named.name, value, place, node, expression);
  if (value.kind === 'aggregate') return noteParts(m, place, assignment, node);
  const name = watchedName(m, target, place);
  if (name !== undefined) note(m, name, { ...assignment, target });
}

/** The watched name that the target goes by: a macro for it, its last name, or that of the object it turns out to be. */
function watchedName(m: Machine, target: Expression, place: Place): string | undefined {
  const alias = wholeUses(m.chunk, target).find(({ macro }) => m.program.isWatched(macro));
  if (alias) return alias.macro;
  const written = lastNamed(target)?.name;
  if (written !== undefined && m.program.isWatched(written)) return written;
  const found = place.kind === 'known' ? nameAt(place) : undefined;
  return found !== undefined && m.program.isWatched(found) ? found : undefined;
}

function lastNamed(target: Expression): Extract<Expression, { kind: 'identifier' | 'member' }> | undefined {
  switch (target.kind) {
    case 'identifier':
    case 'member':
      return target;
    case 'index':
      return lastNamed(target.base);
    case 'cast':
      return lastNamed(target.operand);
    default:
      return undefined;
  }
}

/** The name of the object or innermost member that starts at the place. */
function nameAt(place: KnownPlace): string | undefined {
  if (typeof place.offset !== 'number') return undefined;
  return memberName(place.object.type, place.offset) ?? place.object.name;
}

function memberName(type: CType, offset: number): string | undefined {
  if (type.kind !== 'record') return undefined;
  for (const one of type.members ?? []) {
    const at = one.offset + (one.bitField ? one.bitField.offset / 8 : 0);
    if (one.type.kind === 'record' && offset >= at && offset < at + one.type.size)
      return memberName(one.type, offset - at);
    if (at === offset) return one.name;
  }
  return undefined;
}

function note(
  m: Machine,
  name: string,
  assignment: Omit<Assignment, 'target'> & { readonly target: Node },
): void {
  const { watch } = m;
  const { place, value, operator, node, target, expression } = assignment;
  if (hidesWatched(m, name, place)) return;
  m.notes.effects++;
  m.state.wrote = true;
  let shadow = watch.shadows.get(name);
  if (shadow === undefined) {
    shadow = newObject({ name, type: value.type, size: 16, storage: 'static' });
    watch.shadows.set(name, shadow);
  }
  if (value.kind !== 'aggregate' && m.state.live) m.state.writable(shadow).write(0, 16, value);
  if (m.muted > 0 || !m.state.live) return;
  const { chunk } = m;
  m.notes.add(() => {
    watch.places.set(name, place);
    const notes = watch.writes.get(name) ?? [];
    watch.writes.set(name, notes);
    const known = notes.find((one) => one.chunk === chunk && one.node === node && one.target === target);
    if (known) known.values.push(value);
    else notes.push({ name, operator, chunk, node, target, expression, values: [value] });
  });
}

/** The name is that of an object of file scope, and what was written is another one of that name, or a member. */
function hidesWatched(m: Machine, name: string, place: Place): boolean {
  const outer = m.program.fileObject(name);
  if (outer === undefined) return false;
  const places = place.kind === 'several' ? place.alternatives.map((one) => one.place) : [place];
  return !places.some((one) => one.kind === 'known' && one.object === outer);
}

/** An aggregate was assigned: the watched names in it were, too. */
function noteParts(
  m: Machine,
  place: Place,
  assignment: Omit<Assignment, 'target'> & { readonly target: Node },
  node: Node,
): void {
  if (place.kind !== 'known') return;
  for (const { name, part } of watchedParts(m, place))
    note(m, name, { ...assignment, place: part, value: load(m, part, node) });
}

/** Scalars within the place whose names are watched. */
function watchedParts(m: Machine, place: KnownPlace): { readonly name: string; readonly part: KnownPlace }[] {
  const { type } = place;
  if (type.kind === 'integer') {
    const name = nameAt(place);
    return name !== undefined && m.program.isWatched(name) ? [{ name, part: place }] : [];
  }
  if (type.kind !== 'record') return [];
  return (type.members ?? []).flatMap((one) => {
    const offset = one.offset + (one.bitField ? one.bitField.offset / 8 : 0);
    return watchedParts(m, partOf(place, one.type, offset));
  });
}

/** Notes the initialiser of an object. */
export function noteInitializer(
  m: Machine,
  object: MemoryObject,
  declarator: Declarator,
  initializer: Initializer,
): void {
  const place: KnownPlace = { kind: 'known', object, offset: 0, type: object.type };
  if (object.type.kind === 'array' || object.type.kind === 'record') {
    // Its members note where their own values come from.
    if (initializer.kind === 'initializer-list') return;
  }
  noteSite(m, place, initializer);
  const muted = m.muted > 0;
  const value = load(m, place, declarator);
  if (!muted) m.record(declarator, value);
  const whole: Node = { first: declarator.first, last: initializer.last };
  const assignment = {
    operator: 'initializer',
    node: declarator,
    place,
    value,
    expression: initializer,
  } as const;
  if (value.kind === 'aggregate')
    return noteParts(m, place, { ...assignment, target: nameNode(declarator) }, whole);
  if (object.watched) note(m, object.name, { ...assignment, target: nameNode(declarator) });
}

function nameNode(declarator: Declarator): Node {
  const { nameToken } = declarator;
  return nameToken === undefined ? declarator : { first: nameToken, last: nameToken };
}

/** Notes a member's part of an initialiser list. */
export function noteFieldInitializer(
  m: Machine,
  name: string,
  place: KnownPlace,
  value: Data,
  expression: Node,
): void {
  noteSite(m, place, expression);
  if (m.outside) noteMember(m, name, value, place, expression, expression);
  if (!m.program.isWatched(name)) return;
  const { tokens } = m.chunk;
  const designated =
    tokens[expression.first - 1]?.text === '=' && tokens[expression.first - 2]?.text === name;
  const at = expression.first - 2;
  const target: Node = designated ? { first: at, last: at } : expression;
  note(m, name, { operator: 'initializer', node: expression, target, expression, place, value });
}

/** Notes that a call, or code that cannot be read, may have changed an object. */
export function noteCallWrite(m: Machine, object: MemoryObject, node: Node): void {
  const place: KnownPlace = { kind: 'known', object, offset: 0, type: object.type };
  noteSite(m, place, node);
  for (const { name, part } of watchedParts(m, place)) {
    const value = load(m, part, node);
    note(m, name, { operator: 'call', node, target: node, expression: undefined, place: part, value });
  }
}

/** Notes where an object's scalar was written, so that a value can be followed to its one origin. */
function noteSite(m: Machine, place: Place, node: Node): void {
  if (m.muted > 0 || m.hypothetical || place.kind !== 'known' || typeof place.offset !== 'number') return;
  const { sites, storage } = place.object;
  if (storage === 'static') m.notes.effects++;
  const { offset } = place;
  const { chunk } = m;
  m.notes.add(() => {
    const known = sites.get(offset);
    if (known === undefined) sites.set(offset, { chunk, node });
    else if (known !== 'several' && (known.node !== node || known.chunk !== chunk))
      sites.set(offset, 'several');
  });
}
