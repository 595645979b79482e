/** Code that could not be parsed: what it seems to assign becomes unknown, nothing else changes. */
import type { Malformed } from '../ir';
import type { Reason } from '../reason';
import type { Token } from '../token';
import { type Data, unknownData } from './data';
import type { Machine } from './machine';
import { behindPostfix } from './scan';
import { noteCallWrite } from './watching';

const ASSIGNS = /^(?:[-+*/%&^|]|<<|>>)?=$|^\+\+$|^--$/;

/** Executes malformed code: forgets what it seems to assign; its value is unknown. */
export function forgetAssigned(m: Machine, node: Malformed): Data {
  const reason = reasonFor(m, node);
  if (m.state.live) {
    const { tokens } = m.chunk;
    for (let i = node.first; i <= node.last; i++) {
      const name = tokens[i];
      if (name?.kind !== 'identifier' || isMember(tokens[i - 1])) continue;
      const behind = tokens[behindPostfix(tokens, i + 1)];
      const before = tokens[i - 1];
      const assigned = ASSIGNS.test(behind?.text ?? '') || before?.text === '++' || before?.text === '--';
      if (!assigned) continue;
      const symbol = m.scope.find(name.text);
      if (symbol?.kind !== 'object') continue;
      m.forget(symbol.object, reason);
      noteCallWrite(m, symbol.object, node);
    }
  }
  return unknownData(m.int, reason);
}

export function reasonFor(m: Machine, node: Malformed): Reason {
  switch (node.what) {
    case 'syntax-error':
      return m.reason('syntax-error', { text: m.textOf(node) }, node);
    case 'unsupported':
      return m.reason('unsupported', { what: m.textOf(node) }, node);
    case 'nesting-limit':
      return m.reason('nesting-limit', { limit: node.detail }, node);
  }
}

function isMember(before: Token | undefined): boolean {
  return before?.text === '.' || before?.text === '->';
}
