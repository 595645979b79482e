/** Statements (C17 6.8) and external declarations (6.9) from tree-sitter's tree. */
import type {
  Block,
  Declaration,
  Declarator,
  Expression,
  External,
  FunctionDefinition,
  Statement,
} from '../ir';
import type { SyntaxNode } from '../parser';
import { type Context, NESTING_LIMIT, Unlowerable } from './context';
import {
  declarationOf,
  isSpecifier,
  lowerDeclaration,
  lowerDeclarator,
  lowerSpecifiers,
} from './declarations';
import { child, lowerExpression, lowerPart } from './expressions';
import { STATEMENTS } from './words';

/** Lowers a block; what is malformed in it is malformed by itself. */
export function lowerBlock(c: Context, node: SyntaxNode): Block {
  const body: Statement[] = [];
  const items = node.children.filter((each) => each.type !== '{' && each.type !== '}');
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item === undefined) continue;
    const next = items[i + 1];
    if (isSpecifier(item) && next?.type === ';') {
      i++;
      body.push(lowerEmptyDeclaration(c, item, next));
    } else {
      const reported = c.problems.length;
      append(c, body, lowerStatement(c, item), reported);
    }
  }
  const at = c.range(node);
  const brackets = [node.children[0], node.children[node.children.length - 1]];
  // Braces that are not in the text leave the statements as they are.
  if (brackets.some((each) => each === undefined || (each.broken && each.type !== 'ERROR')))
    c.malformed({ first: at.first, last: at.first }, 'syntax-error');
  return { kind: 'block', body, ...at };
}

/**
 * Appends `next` to `all`. Where the last of them is a syntax error that ends neither in a semicolon nor in a brace,
 * and `next` is its rest, both become one. `reported` is the number of problems before `next`.
 */
function append<T extends Statement | External>(c: Context, all: T[], next: T, reported: number): void {
  const last = all[all.length - 1];
  if (last === undefined || !isError(last) || !isRest(c, last, next)) {
    all.push(next);
    return;
  }
  c.problems.length = reported - 1;
  const merged = c.malformed({ first: last.first, last: next.last }, 'syntax-error');
  all.splice(-1, 1, merged as T);
}

/**
 * True when `next` seems to belong to the syntax error before it: more of the error, its semicolon, the block of a
 * macro such as `for_each (x) { … }`, which may run any number of times, or what a broken `if` or `for` governs.
 */
function isRest(c: Context, error: Statement | External, next: Statement | External): boolean {
  if ([';', '}'].includes(c.words[error.last] ?? '')) return false;
  return (
    isError(next) ||
    next.kind === 'block' ||
    next.kind === 'empty' ||
    STATEMENTS.has(c.words[error.first] ?? '')
  );
}

function isError(node: Statement | External): boolean {
  return node.kind === 'malformed' && node.what === 'syntax-error';
}

/** `struct s { … };`, which the grammar gives as two nodes. */
function lowerEmptyDeclaration(c: Context, type: SyntaxNode, semicolon: SyntaxNode): Statement & External {
  const at = { first: c.range(type).first, last: c.range(semicolon).last };
  if (type.broken || semicolon.broken) return c.malformed(at, 'syntax-error');
  const whole = { ...type, end: semicolon.end };
  return c.guarded(whole, () => declarationOf(c, [type], at));
}

/** Lowers a statement; never throws. */
export function lowerStatement(c: Context, node: SyntaxNode): Statement {
  if (c.depth >= NESTING_LIMIT) return c.malformed(c.range(node), 'nesting-limit');
  return c.guarded(node, () => {
    c.enter();
    const lowered = lowerKind(c, node);
    c.leave();
    return lowered;
  });
}

function lowerKind(c: Context, node: SyntaxNode): Statement {
  if (node.type === 'compound_statement') return lowerBlock(c, node);
  if (node.children.some((each) => each.type === 'ERROR')) throw new Unlowerable('syntax-error');
  switch (node.type) {
    case 'if_statement':
      return lowerIf(c, node);
    case 'while_statement':
      return lowerWhile(c, node);
    case 'labeled_statement':
      return lowerLabel(c, node);
    case 'do_statement': {
      // A `case` is written as `while`, too.
      if (c.word(child(node, 2)) !== 'while') throw new Unlowerable('syntax-error');
      const body = lowerStatement(c, child(node, 1));
      return { kind: 'do', body, condition: lowerPart(c, controlOf(node)), ...c.range(node) };
    }
    case 'for_statement':
      return lowerFor(c, node);
  }
  if (node.broken) throw new Unlowerable('syntax-error');
  return lowerSimple(c, node);
}

function lowerSimple(c: Context, node: SyntaxNode): Statement {
  const at = c.range(node);
  switch (node.type) {
    case 'declaration':
      return lowerDeclaration(c, node);
    case 'expression_statement': {
      if (node.children.length < 2) return { kind: 'empty', ...at };
      if (c.word(node) === 'asm') return { kind: 'assembly', ...at };
      return { kind: 'expression', expression: lowerExpression(c, child(node, 0)), ...at };
    }
    case 'return_statement':
      if (c.word(node) === 'goto') throw new Unlowerable('unsupported');
      if (node.children.length < 3) return { kind: 'return', ...at };
      return { kind: 'return', value: lowerExpression(c, child(node, 1)), ...at };
    case 'break_statement':
      return { kind: 'break', ...at };
    case 'continue_statement':
      return { kind: 'continue', ...at };
    case 'goto_statement':
      return { kind: 'goto', label: c.name(child(node, 1)), ...at };
    case 'function_definition':
      throw new Unlowerable('unsupported');
    default:
      throw new Unlowerable('syntax-error');
  }
}

/** The expression inside of a statement's parentheses; the parentheses, where they or the statement's words are broken. */
function controlOf(node: SyntaxNode): SyntaxNode {
  const control = node.children.find((each) => each.type === 'parenthesized_expression');
  if (control === undefined) throw new Unlowerable('syntax-error');
  const [open, inner, close, ...rest] = control.children;
  const sound = !control.broken && !node.children.some((each) => each.broken && each.children.length === 0);
  return sound && open && inner && close && rest.length === 0 ? inner : { ...control, broken: true };
}

/** A chain of `else if` may be thousands long: it is collected first, and built from its end. */
function lowerIf(c: Context, outer: SyntaxNode): Statement {
  const links: { node: SyntaxNode; condition: Expression; body: Statement }[] = [];
  let otherwise: Statement | undefined;
  let node = outer;
  for (;;) {
    const condition = lowerPart(c, controlOf(node));
    links.push({ node, condition, body: lowerStatement(c, child(node, 2)) });
    const branch = node.children[3];
    if (branch === undefined) break;
    const next = child(branch, 1);
    if (branch.children.length > 2) throw new Unlowerable('syntax-error');
    if (next.type !== 'if_statement') {
      otherwise = lowerStatement(c, next);
      break;
    }
    node = next;
  }
  for (const { node: link, condition, body } of links.reverse()) {
    const rest = otherwise ? { otherwise } : {};
    // biome-ignore lint/suspicious/noThenProperty: the IR's name for it; never awaited
    otherwise = { kind: 'if', condition, then: body, ...rest, ...c.range(link) };
  }
  if (otherwise === undefined) throw new Unlowerable('syntax-error');
  return otherwise;
}

/** `while`, and the statements that are written as one: `switch`, `case`, `default`. */
function lowerWhile(c: Context, node: SyntaxNode): Statement {
  const at = c.range(node);
  const word = c.word(node);
  const inner = node.children[node.children.length - 1];
  if (inner === undefined || node.children.length < 3) throw new Unlowerable('syntax-error');
  if (word === 'case' || word === 'default') {
    const body = ownBody(c, inner);
    if (word === 'default') return { kind: 'case', ...body, ...at };
    const value = lowerPart(c, controlOf(node));
    if (value.kind !== 'comma') return { kind: 'case', value, ...body, ...at };
    return { kind: 'case', value: value.left, to: value.right, ...body, ...at };
  }
  const control = lowerPart(c, controlOf(node));
  const body = lowerStatement(c, inner);
  return word === 'switch'
    ? { kind: 'switch', value: control, body, ...at }
    : { kind: 'while', condition: control, body, ...at };
}

/** The statement a label belongs to; none where the writer has put `;`, and the next item is meant. */
function ownBody(c: Context, node: SyntaxNode): { body?: Statement } {
  return c.token(node) < 0 ? {} : { body: lowerStatement(c, node) };
}

function lowerLabel(c: Context, node: SyntaxNode): Statement {
  const name = c.name(child(node, 0));
  return { kind: 'label', name, ...ownBody(c, child(node, 2)), ...c.range(node) };
}

function lowerFor(c: Context, node: SyntaxNode): Statement {
  const body = child(node, node.children.length - 1);
  const header = node.children.slice(2, -2);
  if (header.some((each) => each.broken)) throw new Unlowerable('syntax-error');
  const parts: (SyntaxNode | undefined)[] = [undefined];
  for (const each of header) {
    if (each.type === ';') parts.push(undefined);
    else {
      parts[parts.length - 1] = each;
      if (each.type === 'declaration') parts.push(undefined);
    }
  }
  const [initial, condition, step] = parts;
  return {
    kind: 'for',
    ...(initial && { initial: lowerForInitial(c, initial) }),
    ...(condition && { condition: lowerExpression(c, condition) }),
    ...(step && { step: lowerExpression(c, step) }),
    body: lowerStatement(c, body),
    ...c.range(node),
  };
}

function lowerForInitial(c: Context, node: SyntaxNode): Expression | Declaration {
  return node.type === 'declaration' ? lowerDeclaration(c, node) : lowerExpression(c, node);
}

/** Lowers all external declarations of a chunk's tree. */
export function lowerExternals(c: Context, root: SyntaxNode): External[] {
  const externals: External[] = [];
  if (root.type === 'ERROR') return [c.malformed(c.range(root), 'syntax-error')];
  for (let i = 0; i < root.children.length; i++) {
    const node = root.children[i];
    if (node === undefined) continue;
    const next = root.children[i + 1];
    if (isSpecifier(node) && next?.type === ';') {
      i++;
      externals.push(lowerEmptyDeclaration(c, node, next));
    } else {
      const reported = c.problems.length;
      append(
        c,
        externals,
        c.guarded(node, () => lowerExternal(c, node)),
        reported,
      );
    }
  }
  return externals;
}

function lowerExternal(c: Context, node: SyntaxNode): External {
  if (node.type === 'function_definition') return lowerFunctionDefinition(c, node);
  if (node.broken) throw new Unlowerable('syntax-error');
  if (node.type === 'declaration') return lowerDeclaration(c, node);
  const empty =
    node.type === ';' || c.word(node) === ';' || c.word(node) === 'asm' || c.word(node) === '_Static_assert';
  if (empty) return { kind: 'empty', ...c.range(node) };
  throw new Unlowerable('syntax-error');
}

function lowerFunctionDefinition(c: Context, node: SyntaxNode): FunctionDefinition {
  const [type, declarator, body, ...rest] = node.children;
  if (!type || !declarator || body?.type !== 'compound_statement' || rest.length > 0)
    throw new Unlowerable('syntax-error');
  if (type.broken || declarator.broken) throw new Unlowerable('syntax-error');
  const specifiers = lowerSpecifiers(c, type);
  const lowered = lowerDeclarator(c, declarator);
  if (lowered.name === undefined) throw new Unlowerable('syntax-error');
  const block = lowerBlock(c, body);
  const at = c.range(node);
  const brace = block.body.findIndex((each) => each.kind === 'empty' && c.words[each.first] === '{');
  if (brace < 0) return { kind: 'function', specifiers, declarator: lowered, body: block, ...at };
  // K&R: the declarations of the parameters were written at the beginning of the body.
  const statements = block.body.slice(brace + 1);
  const first = block.body[brace]?.first ?? block.first;
  return {
    kind: 'function',
    specifiers,
    declarator: withParameterTypes(lowered, block.body.slice(0, brace)),
    body: { ...block, first, body: statements },
    ...at,
  };
}

/** Gives the parameters of a K&R definition the types that `declarations` say; the rest stay int. */
function withParameterTypes(declarator: Declarator, declarations: readonly Statement[]): Declarator {
  const declared = new Map<string, { specifiers: Declaration['specifiers']; declarator: Declarator }>();
  for (const each of declarations) {
    if (each.kind !== 'declaration') continue;
    for (const one of each.declarators) {
      if (one.declarator.name !== undefined) {
        declared.set(one.declarator.name, { specifiers: each.specifiers, declarator: one.declarator });
      }
    }
  }
  const [head, ...others] = declarator.derivations;
  if (head?.kind !== 'function') return declarator;
  const parameters = head.parameters.map((each) => {
    const found = declared.get(each.declarator?.name ?? '');
    return found ? { ...found, first: found.declarator.first, last: found.declarator.last } : each;
  });
  return { ...declarator, derivations: [{ ...head, parameters }, ...others] };
}
