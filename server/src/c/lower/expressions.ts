/** Expressions (C17 6.5) from tree-sitter's tree. */
import type { BinaryOperator, Designator, Expression, Malformed, Node, UnaryOperator } from '../ir';
import type { SyntaxNode } from '../parser';
import { type Context, Unlowerable } from './context';

/** Lowers an expression; throws `Unlowerable` where the tree is broken or too deep. */
export function lowerExpression(c: Context, outer: SyntaxNode): Expression {
  let node = outer;
  while (node.type === 'parenthesized_expression') node = child(node, 1);
  c.enter();
  const lowered = lowerUnparenthesized(c, node);
  c.leave();
  // The parentheses belong to the expression as written.
  return node === outer ? lowered : { ...lowered, ...c.range(outer) };
}

/** The child at `index`; throws where the tree has none or has an error there. */
export function child(node: SyntaxNode, index: number): SyntaxNode {
  const found = node.children[index];
  if (found === undefined || found.type === 'ERROR') throw new Unlowerable('syntax-error');
  return found;
}

function lowerUnparenthesized(c: Context, node: SyntaxNode): Expression {
  const at = c.range(node);
  switch (node.type) {
    case 'number_literal':
    case 'identifier': {
      // Names are written as numbers, too, where they stand for values.
      if (c.words[at.first] === '0') return { kind: 'number', text: c.text(at.first), ...at };
      return { kind: 'identifier', name: c.name(node), ...at };
    }
    case 'char_literal':
      return { kind: 'character', text: c.text(at.first), ...at };
    case 'string_literal':
      return lowerString(c, at);
    case 'unary_expression':
    case 'pointer_expression':
      return lowerUnary(c, node, at);
    case 'update_expression': {
      const operator = c.word(child(node, 0)) === '++' ? '++' : '--';
      return { kind: 'step', operator, prefix: true, operand: lowerExpression(c, child(node, 1)), ...at };
    }
    case 'binary_expression':
    case 'comma_expression':
      return lowerChain(c, node);
    case 'assignment_expression':
      return {
        kind: 'assignment',
        operator: c.word(child(node, 1)) as '=',
        target: lowerExpression(c, child(node, 0)),
        value: lowerExpression(c, child(node, 2)),
        ...at,
      };
    case 'conditional_expression':
      return lowerConditional(c, node, at);
    case 'call_expression':
      return lowerCall(c, node, at);
    case 'subscript_expression':
      return {
        kind: 'index',
        base: lowerExpression(c, child(node, 0)),
        index: lowerExpression(c, child(node, 2)),
        ...at,
      };
    case 'field_expression':
      return lowerMember(c, node, at);
    case 'cast_expression':
      return {
        kind: 'cast',
        type: c.parts.typeName(c, child(node, 1)),
        operand: lowerExpression(c, child(node, 3)),
        ...at,
      };
    case 'compound_literal_expression': {
      const type = c.parts.typeName(c, child(node, 1));
      return {
        kind: 'compound-literal',
        type,
        initializer: c.parts.initializerList(c, child(node, 3)),
        ...at,
      };
    }
    case 'sizeof_expression':
      return lowerSizeof(c, node, at);
    case 'compound_statement':
      return { kind: 'statement-expression', body: c.parts.block(c, node), ...at };
    case 'generic_expression':
      return lowerGeneric(c, node, at);
    default:
      throw new Unlowerable('syntax-error');
  }
}

function lowerString(c: Context, at: Node): Expression {
  const texts: string[] = [];
  for (let i = at.first; i <= at.last; i++) {
    if (!c.isString(i)) return c.malformed(at, 'unsupported');
    texts.push(c.text(i));
  }
  return { kind: 'string', texts, ...at };
}

function lowerUnary(c: Context, node: SyntaxNode, at: Node): Expression {
  const operator = c.word(child(node, 0));
  // The writer stands `-` for __real__ and `&` for the address of a label.
  if (!['+', '-', '~', '!', '&', '*'].includes(operator)) return c.malformed(at, 'unsupported');
  return {
    kind: 'unary',
    operator: operator as UnaryOperator,
    operand: lowerExpression(c, child(node, 1)),
    ...at,
  };
}

/** Binary operators nest to the left and commas to the right, maybe 100,000 times, so both are taken in a loop. */
function lowerChain(c: Context, node: SyntaxNode): Expression {
  const { depth } = c;
  const steps: { operator: SyntaxNode; right: SyntaxNode }[] = [];
  let left = node;
  if (node.type === 'comma_expression') {
    left = child(node, 0);
    for (let rest = node; rest.type === 'comma_expression'; rest = child(rest, 2)) {
      const right = child(rest, 2);
      steps.push({
        operator: child(rest, 1),
        right: right.type === 'comma_expression' ? child(right, 0) : right,
      });
    }
  } else {
    for (; left.type === 'binary_expression'; left = child(left, 0)) {
      steps.push({ operator: child(left, 1), right: child(left, 2) });
    }
    steps.reverse();
  }
  for (let i = 1; i < steps.length; i++) c.enter();
  let result = lowerExpression(c, left);
  for (const { operator, right } of steps) {
    const value = lowerExpression(c, right);
    const at = { first: result.first, last: value.last };
    const word = c.word(operator);
    result =
      word === ',' || word === '...'
        ? { kind: 'comma', left: result, right: value, ...at }
        : { kind: 'binary', operator: word as BinaryOperator, left: result, right: value, ...at };
  }
  c.depth = depth;
  return result;
}

function lowerConditional(c: Context, node: SyntaxNode, at: Node): Expression {
  const omitted = child(node, 2).type === ':';
  const condition = lowerExpression(c, child(node, 0));
  const otherwise = lowerExpression(c, child(node, omitted ? 3 : 4));
  if (omitted) return { kind: 'conditional', condition, otherwise, ...at };
  const consequence = lowerExpression(c, child(node, 2));
  // biome-ignore lint/suspicious/noThenProperty: the IR's name for it; never awaited
  return { kind: 'conditional', condition, then: consequence, otherwise, ...at };
}

function lowerCall(c: Context, node: SyntaxNode, at: Node): Expression {
  const callee = lowerExpression(c, child(node, 0));
  const given = child(node, 1).children.filter((each) => !['(', ',', ')'].includes(each.type));
  if (c.word(node) === 'offsetof' && callee.kind === 'identifier') return lowerOffsetof(c, given, at);
  return { kind: 'call', callee, arguments: given.map((each) => lowerArgument(c, each)), ...at };
}

/** An argument; `sizeof` of the writer's own stands for a bare type. */
function lowerArgument(c: Context, node: SyntaxNode): Expression {
  if (node.type === 'compound_statement') throw new Unlowerable('syntax-error');
  if (!isTypeArgument(c, node)) return lowerExpression(c, node);
  return { kind: 'type-argument', type: c.parts.typeName(c, child(node, 2)), ...c.range(node) };
}

function isTypeArgument(c: Context, node: SyntaxNode): boolean {
  return node.type === 'sizeof_expression' && c.token(node) < 0;
}

function lowerOffsetof(c: Context, given: readonly SyntaxNode[], at: Node): Expression {
  const [type, member] = given;
  if (given.length !== 2 || !type || !member || !isTypeArgument(c, type))
    return c.malformed(at, 'syntax-error');
  const designators: Designator[] = [];
  let place = lowerExpression(c, member);
  for (;;) {
    if (place.kind === 'member' && !place.arrow) {
      designators.unshift({ kind: 'field', name: place.name });
      place = place.base;
    } else if (place.kind === 'index') {
      designators.unshift({ kind: 'index', index: place.index });
      place = place.base;
    } else break;
  }
  if (place.kind !== 'identifier') return c.malformed(at, 'syntax-error');
  designators.unshift({ kind: 'field', name: place.name });
  return { kind: 'offsetof', type: c.parts.typeName(c, child(type, 2)), designators, ...at };
}

/** A member, or a suffix `++`, which is written as one. */
function lowerMember(c: Context, node: SyntaxNode, at: Node): Expression {
  const base = lowerExpression(c, child(node, 0));
  const operator = c.word(child(node, 1));
  if (operator === '++' || operator === '--')
    return { kind: 'step', operator, prefix: false, operand: base, ...at };
  return { kind: 'member', base, name: c.name(child(node, 2)), arrow: operator === '->', ...at };
}

function lowerSizeof(c: Context, node: SyntaxNode, at: Node): Expression {
  const kind = c.word(node) === '_Alignof' ? 'alignof' : 'sizeof';
  const type = node.children.find((each) => each.type === 'type_descriptor');
  // In C `sizeof (type)` is complete; the grammar goes on to a cast.
  if (!type && child(node, 1).type === 'cast_expression') throw new Unlowerable('syntax-error');
  const operand = type ? c.parts.typeName(c, type) : lowerExpression(c, child(node, 1));
  return { kind, operand, ...at };
}

function lowerGeneric(c: Context, node: SyntaxNode, at: Node): Expression {
  const control = lowerExpression(c, child(node, 2));
  const associations = [];
  for (let i = 4; i + 2 < node.children.length; i += 4) {
    const type = child(node, i);
    const value = lowerExpression(c, child(node, i + 2));
    associations.push(c.word(type) === 'default' ? { value } : { type: c.parts.typeName(c, type), value });
  }
  return { kind: 'generic', control, associations, ...at };
}

/** Lowers an expression that stands on its own in a statement, so that an error in it leaves the rest of the statement. */
export function lowerPart(c: Context, node: SyntaxNode): Expression | Malformed {
  if (node.broken) return c.malformed(c.range(node), 'syntax-error');
  return c.guarded(node, () => lowerExpression(c, node));
}
