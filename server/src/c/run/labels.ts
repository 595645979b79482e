/** Where control can enter a statement from outside: labels, and cases of a switch around it. */
import type { Statement } from '../ir';

export type Case = Extract<Statement, { kind: 'case' }>;

const known = new WeakMap<Statement, boolean>();

/** True when a `goto` or `switch` outside of the statement may lead into it. */
export function hasLabels(statement: Statement): boolean {
  switch (statement.kind) {
    case 'label':
    case 'case':
      return true;
    case 'block':
    case 'if':
    case 'switch':
    case 'while':
    case 'do':
    case 'for': {
      let found = known.get(statement);
      if (found === undefined) {
        found = partsOf(statement).some(hasLabels);
        known.set(statement, found);
      }
      return found;
    }
    default:
      return false;
  }
}

function partsOf(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'block':
      return statement.body;
    case 'if':
      return statement.otherwise ? [statement.then, statement.otherwise] : [statement.then];
    case 'switch':
    case 'while':
    case 'do':
    case 'for':
      return [statement.body];
    case 'label':
    case 'case':
      return statement.body ? [statement.body] : [];
    default:
      return [];
  }
}

/** The cases that belong to the switch with this body, in order. */
export function casesOf(body: Statement): readonly Case[] {
  const own: Case[] = body.kind === 'case' ? [body] : [];
  if (body.kind === 'switch') return own;
  return [...own, ...partsOf(body).flatMap(casesOf)];
}
