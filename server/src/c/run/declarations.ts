/** Declarations (C17 6.7) and function definitions (6.9.1): names come into scope, objects come into being. */
import type { Declaration, Declarator, FunctionDefinition, Initializer, Specifiers } from '../ir';
import type { CType, FunctionType, Qualifiers } from '../types/types';
import { declaredType, specified } from './declared-types';
import { initializeObject } from './initializers';
import type { Designation, Machine } from './machine';
import { Contents } from './memory';
import { declaredQualifiers } from './qualifiers';
import { type FunctionSymbol, type MemoryObject, newObject } from './scope';
import { State } from './state';
import { decayed } from './type-relations';
import { typeOf } from './typing';
import { noteInitializer } from './watching';

/** Executes a declaration. Along a path that has ended only the names are declared, for labels behind. */
export function declare(m: Machine, declaration: Declaration): void {
  const { specifiers } = declaration;
  const base = specified(m, specifiers);
  for (const { declarator, initializer } of declaration.declarators) {
    if (declarator.name === undefined) continue;
    const type = typeOfDeclarator(m, specifiers, base, declarator, initializer);
    if (specifiers.storage === 'typedef') declareTypedef(m, declarator.name, type, declarator, base);
    else if (type.kind === 'function') declareFunction(m, declarator.name, type, specifiers);
    else {
      const qualifiers = declaredQualifiers(base, declarator);
      declareObject(m, { name: declarator.name, specifiers, declarator, type, qualifiers, initializer });
    }
  }
}

function typeOfDeclarator(
  m: Machine,
  specifiers: Specifiers,
  base: Designation,
  declarator: Declarator,
  initializer: Initializer | undefined,
): CType {
  if (specifiers.type.kind !== 'auto' || !initializer || initializer.kind === 'initializer-list') {
    return declaredType(m, base, declarator);
  }
  return decayed(typeOf(m, initializer));
}

function declareTypedef(
  m: Machine,
  name: string,
  type: CType,
  { derivations }: Declarator,
  base: Designation,
): void {
  const qualifiers = derivations.length === 0 ? base.qualifiers : undefined;
  m.scope.names.set(name, { kind: 'typedef', type, ...(qualifiers ? { qualifiers } : {}) });
}

/** Declares a function, or defines it where `definition` is given. */
export function declareFunction(
  m: Machine,
  name: string,
  type: FunctionType,
  specifiers: Specifiers,
  definition?: FunctionDefinition,
): void {
  const file = m.unit.scope;
  if (m.scope !== file) m.notes.effects++;
  const known = file.names.get(name);
  const symbol: FunctionSymbol =
    known?.kind === 'function'
      ? known
      : { kind: 'function', name, type, body: undefined, internal: specifiers.storage === 'static' };
  if (definition) {
    symbol.type = type;
    symbol.body = { definition, chunk: m.chunk };
  }
  file.names.set(name, symbol);
  if (m.scope !== file) m.scope.names.set(name, symbol);
}

interface ObjectDeclaration {
  readonly name: string;
  readonly specifiers: Specifiers;
  readonly declarator: Declarator;
  readonly type: CType;
  readonly qualifiers: Qualifiers | undefined;
  readonly initializer: Initializer | undefined;
}

function declareObject(m: Machine, d: ObjectDeclaration): void {
  if (m.scope === m.unit.scope || d.specifiers.storage === 'extern') declareLinked(m, d);
  else if (d.specifiers.storage === 'static') declareStatic(m, d);
  else declareAutomatic(m, d);
}

/** An object of file scope, or one that a block declares `extern` (C17 6.2.2). */
function declareLinked(m: Machine, d: ObjectDeclaration): void {
  const { name, specifiers, initializer } = d;
  const isExtern = specifiers.storage === 'extern' && !initializer;
  const file = m.unit.scope;
  if (m.scope !== file) m.notes.effects++;
  const known = file.names.get(name);
  const linked = known?.kind === 'object' ? known.object : undefined;
  const object =
    linked ??
    (specifiers.storage === 'static' ? undefined : m.externals.get(name)) ??
    newStatic(m, d, { undefinedExtern: isExtern });
  if (object.type.kind === 'array' && object.type.length === undefined && d.type.kind === 'array') {
    object.type = d.type;
    object.size = m.storageSize(d.type);
  }
  if (!isExtern) object.undefinedExtern = false;
  if (specifiers.storage !== 'static' && !linked) m.externals.set(name, object);
  const symbol = { kind: 'object', object, declared: { chunk: m.chunk, node: d.declarator } } as const;
  file.names.set(name, symbol);
  if (m.scope !== file) m.scope.names.set(name, symbol);
  if (initializer) initialize(m, object, d, initializer);
}

/** A block's static object is initialised once, before the program runs (C17 6.2.4p3). */
function declareStatic(m: Machine, d: ObjectDeclaration): void {
  let object = m.chunk.statics.get(d.declarator);
  const isNew = object === undefined;
  object ??= newStatic(m, d, {});
  m.chunk.statics.set(d.declarator, object);
  m.scope.names.set(d.name, { kind: 'object', object, declared: { chunk: m.chunk, node: d.declarator } });
  if (!isNew || !d.initializer) return;
  const running = m.state;
  m.state = new State();
  initialize(m, object, d, d.initializer);
  m.state.freeze();
  m.state = running;
}

function declareAutomatic(m: Machine, d: ObjectDeclaration): void {
  const object = m.localObject(d.declarator, () =>
    newObject({
      name: d.name,
      type: d.type,
      size: m.storageSize(d.type),
      storage: 'automatic',
      qualifiers: d.qualifiers,
      watched: m.program.isWatched(d.name),
      declared: { chunk: m.chunk, node: d.declarator },
    }),
  );
  m.scope.names.set(d.name, { kind: 'object', object, declared: { chunk: m.chunk, node: d.declarator } });
  if (!m.state.live) return;
  // The length of a variable length array may differ each time.
  object.type = d.type;
  object.size = m.storageSize(d.type);
  m.state.replace(object, Contents.filled({ kind: 'uninitialized' }));
  if (d.initializer) initialize(m, object, d, d.initializer);
}

function initialize(m: Machine, object: MemoryObject, d: ObjectDeclaration, initializer: Initializer): void {
  initializeObject(m, object, initializer, d.declarator);
  noteInitializer(m, object, d.declarator, initializer);
}

function newStatic(m: Machine, d: ObjectDeclaration, more: Partial<MemoryObject>): MemoryObject {
  const object = newObject({
    name: d.name,
    type: d.type,
    size: m.storageSize(d.type),
    storage: 'static',
    qualifiers: d.qualifiers,
    watched: m.program.isWatched(d.name),
    declared: { chunk: m.chunk, node: d.declarator },
    ...more,
  });
  m.statics.push(object);
  m.notes.effects++;
  return object;
}
