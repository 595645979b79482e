/** Block scope (C17 6.2.1p4) and the lifetime of what a block declares (6.2.4p6). */
import type { Machine } from './machine';
import { Contents } from './memory';
import { Scope } from './scope';
import type { State } from './state';

/** Runs `body` in a scope of its own; objects declared in it end with it. */
export function inScope<T>(m: Machine, body: () => T): T {
  const outer = m.scope;
  const inner = new Scope(outer);
  m.scope = inner;
  const result = body();
  m.scope = outer;
  if (m.state.live) {
    for (const symbol of inner.names.values()) {
      if (symbol.kind === 'object' && symbol.object.storage === 'automatic' && !symbol.object.watched) {
        m.state.drop(symbol.object);
      }
    }
  }
  return result;
}

/** Begins the lifetimes of what the blocks at hand have declared, for a state that jumps into them. */
export function enterScope(m: Machine, state: State): void {
  for (let scope: Scope | undefined = m.scope; scope && scope !== m.unit.scope; scope = scope.parent) {
    for (const symbol of scope.names.values()) {
      if (symbol.kind === 'object' && symbol.object.storage === 'automatic' && !state.holds(symbol.object))
        state.replace(symbol.object, Contents.filled({ kind: 'uninitialized' }));
    }
  }
}
