/** Statements (C17 6.8). Each leaves the machine's state behind it, dead where control goes elsewhere. */
import type { Block, Expression, Statement } from '../ir';
import { convert } from './arithmetic';
import { executeAssembly } from './assembly';
import { LIMITS, Stop } from './bounds';
import { branch, waysOf } from './branches';
import { type Data, unknownData } from './data';
import { declare } from './declarations';
import { hasLabels } from './labels';
import { runLoop } from './loops';
import type { Machine } from './machine';
import { store } from './places';
import { State } from './state';
import { enterScope, inScope } from './statement-scope';
import { runSwitch } from './switch';
import { lastStatement } from './typing';
import { forgetAssigned } from './unreadable';

export function execute(m: Machine, statement: Statement): void {
  if (!m.state.live && !hasLabels(statement) && statement.kind !== 'declaration') return;
  m.bounds.step();
  if (!m.bounds.enter()) {
    throw new Stop(m.reason('nesting-limit', { limit: String(LIMITS.nesting) }, statement));
  }
  perform(m, statement);
  m.bounds.leave();
}

function perform(m: Machine, s: Statement): void {
  switch (s.kind) {
    case 'block':
      return executeBlock(m, s);
    case 'expression':
      return discard(m, s.expression);
    case 'declaration':
      return declare(m, s);
    case 'if':
      return executeIf(m, s);
    case 'switch':
      return runSwitch(m, s);
    case 'while':
    case 'do':
    case 'for':
      return runLoop(m, s);
    case 'case':
      arrive(m, s);
      if (s.body) execute(m, s.body);
      return;
    case 'label':
      arrive(m, s.name);
      if (s.body) execute(m, s.body);
      return;
    case 'break':
      return go(m, m.frame.breaks);
    case 'continue':
      return go(m, m.frame.continues);
    case 'goto':
      return goTo(m, s.label);
    case 'return':
      return executeReturn(m, s);
    case 'empty':
      return;
    case 'assembly':
      return executeAssembly(m, s, (label) => goTo(m, label));
    case 'malformed':
      forgetAssigned(m, s);
  }
}

/** Control goes on elsewhere with the current state. */
function go(m: Machine, states: State[]): void {
  if (m.state.live) states.push(m.state);
  m.state = State.dead();
}

function goTo(m: Machine, label: string): void {
  const { pending } = m.frame;
  const states = pending.get(label) ?? [];
  pending.set(label, states);
  go(m, states);
}

/** States on their way to this label join the current one. */
function arrive(m: Machine, label: string | object): void {
  const states = m.frame.pending.get(label);
  if (states === undefined) return;
  m.frame.pending.delete(label);
  for (const state of states) enterScope(m, state);
  m.state = m.joined(m.state.live ? [m.state, ...states] : states);
}

/** The value of an expression statement is not used, so that a function without `return` may be called. */
function discard(m: Machine, expression: Expression): void {
  m.discarded = expression;
  m.parts.evaluate(m, expression);
  m.discarded = undefined;
}

function executeBlock(m: Machine, block: Block): void {
  inScope(m, () => {
    for (const statement of block.body) execute(m, statement);
  });
}

/** The value of a GNU statement expression: that of its last statement. */
export function blockValue(m: Machine, block: Block): Data {
  return inScope(m, () => {
    const last = lastStatement(block);
    for (const statement of block.body) {
      if (statement === last && statement.kind === 'expression') {
        return m.parts.evaluate(m, statement.expression);
      }
      execute(m, statement);
    }
    return unknownData({ kind: 'void' }, { code: 'not-an-integer', args: { type: 'void' } });
  });
}

function executeIf(m: Machine, s: Extract<Statement, { kind: 'if' }>): void {
  const { otherwise } = s;
  if (!m.state.live) {
    // Only labels within the branches are reached.
    execute(m, s.then);
    const then = m.state;
    m.state = State.dead();
    if (otherwise) execute(m, otherwise);
    m.state = State.join(then, m.state);
    return;
  }
  const condition = m.parts.evaluate(m, s.condition);
  const ways = waysOf(m, condition, s.condition);
  branch(
    m,
    ways,
    () => execute(m, s.then),
    () => otherwise && execute(m, otherwise),
  );
}

function executeReturn(m: Machine, s: Extract<Statement, { kind: 'return' }>): void {
  const { result } = m.frame;
  const expression = s.value;
  if (expression) {
    const value = m.parts.evaluate(m, expression);
    if (result && m.state.live) {
      const converted = convert(m, value, result.type, expression);
      const type = result.type;
      store(m, { kind: 'known', object: result, offset: 0, type }, converted, expression);
    }
  }
  m.state.exit = s;
  go(m, m.frame.returns);
}
