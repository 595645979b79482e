/** Block scope (C17 6.2.1p4) and the lifetime of what a block declares (6.2.4p6). */
import type { Machine } from './machine';
import { Scope } from './scope';

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
