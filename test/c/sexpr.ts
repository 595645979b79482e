/** The IR as a compact S-expression, for tests. */
import type {
  Declaration,
  Declarator,
  Derivation,
  Designator,
  Expression,
  External,
  Initializer,
  Parameter,
  Specifiers,
  Statement,
  TypeName,
  TypeSpecifier,
} from '../../server/src/c/ir';

const list = (...parts: (string | undefined)[]) =>
  `(${parts.filter((part) => part !== undefined).join(' ')})`;

export function external(node: External): string {
  switch (node.kind) {
    case 'function':
      return list('function', declarator(node.declarator), specifiers(node.specifiers), statement(node.body));
    case 'empty':
      return '(empty)';
    default:
      return statement(node);
  }
}

function declaration(node: Declaration): string {
  const declared = node.declarators.map((each) =>
    each.initializer
      ? list('=', declarator(each.declarator), initializer(each.initializer))
      : declarator(each.declarator),
  );
  return list('declare', specifiers(node.specifiers), ...declared);
}

/** `unsigned long`, `static const int`, `struct s`. */
function specifiers(node: Specifiers): string {
  const words = [node.storage, node.const ? 'const' : undefined, node.volatile ? 'volatile' : undefined];
  const all = [...words, typeSpecifier(node.type), node.altered ? 'altered' : undefined].filter(
    (word) => word,
  );
  return all.length === 1 ? `${all[0]}` : `[${all.join(' ')}]`;
}

function typeSpecifier(node: TypeSpecifier): string {
  switch (node.kind) {
    case 'keywords':
      return node.words.length === 1 ? `${node.words[0]}` : `<${node.words.join(' ')}>`;
    case 'name':
      return `'${node.name}`;
    case 'record': {
      const members = node.members?.map((member) => {
        const declared = member.declarators.map((each) => {
          const name = each.declarator ? declarator(each.declarator) : '_';
          return each.bits ? `${name}:${expression(each.bits)}` : name;
        });
        return list(specifiers(member.specifiers), ...declared);
      });
      const head = [node.packed ? 'packed' : undefined, node.union ? 'union' : 'struct', node.tag];
      return members ? list(...head, '{', ...members, '}') : list(...head);
    }
    case 'enum': {
      const enumerators = node.enumerators?.map((each) =>
        each.value ? list('=', each.name, expression(each.value)) : each.name,
      );
      return enumerators ? list('enum', node.tag, '{', ...enumerators, '}') : list('enum', node.tag);
    }
    case 'typeof':
      return list('typeof', operand(node.operand));
    case 'auto':
      return 'auto';
  }
}

function declarator(node: Declarator): string {
  return node.derivations.length === 0
    ? (node.name ?? '_')
    : list(node.name ?? '_', ...node.derivations.map(derivation));
}

function derivation(node: Derivation): string {
  switch (node.kind) {
    case 'pointer':
      return node.const ? '*const' : '*';
    case 'array':
      return node.length ? `[${expression(node.length)}]` : '[]';
    case 'function':
      return list('fn', ...node.parameters.map(parameter), node.variadic ? '...' : undefined);
  }
}

function parameter(node: Parameter): string {
  return list(specifiers(node.specifiers), node.declarator ? declarator(node.declarator) : undefined);
}

function typeName(node: TypeName): string {
  return list('type', specifiers(node.specifiers), node.declarator ? declarator(node.declarator) : undefined);
}

function operand(node: Expression | TypeName): string {
  return node.kind === 'type' ? typeName(node) : expression(node);
}

function designator(node: Designator): string {
  if (node.kind === 'field') return `.${node.name}`;
  return node.to ? `[${expression(node.index)}...${expression(node.to)}]` : `[${expression(node.index)}]`;
}

function initializer(node: Initializer): string {
  if (node.kind !== 'initializer-list') return expression(node);
  const items = node.items.map((item) => `${item.designators.map(designator).join('')}${item.designators.length > 0 ? '=' : ''}${initializer(item.value)}`); // biome-ignore format: one item
  return `{${items.join(' ')}}`;
}

export function expression(node: Expression): string {
  switch (node.kind) {
    case 'number':
      return /^\.?\d/.test(node.text) ? node.text : list('number', node.text);
    case 'character':
      return node.text;
    case 'string':
      return node.texts.join('');
    case 'identifier':
      return node.name;
    case 'unary':
      return list(`u${node.operator}`, expression(node.operand));
    case 'step':
      return list(node.prefix ? `${node.operator}_` : `_${node.operator}`, expression(node.operand));
    case 'binary':
      return list(node.operator, expression(node.left), expression(node.right));
    case 'assignment':
      return list(node.operator, expression(node.target), expression(node.value));
    case 'conditional':
      return list('?', expression(node.condition), node.then ? expression(node.then) : '_', expression(node.otherwise)); // biome-ignore format: one node
    case 'comma':
      return list(',', expression(node.left), expression(node.right));
    case 'call':
      return list('call', expression(node.callee), ...node.arguments.map(expression));
    case 'index':
      return list('index', expression(node.base), expression(node.index));
    case 'member':
      return list(node.arrow ? '->' : '.', expression(node.base), node.name);
    case 'cast':
      return list('cast', typeName(node.type), expression(node.operand));
    case 'sizeof':
    case 'alignof':
      return list(node.kind, operand(node.operand));
    case 'offsetof':
      return list('offsetof', typeName(node.type), node.designators.map(designator).join(''));
    case 'compound-literal':
      return list('literal', typeName(node.type), initializer(node.initializer));
    case 'statement-expression':
      return list('statements', ...node.body.body.map(statement));
    case 'type-argument':
      return typeName(node.type);
    case 'generic':
      return list('generic', expression(node.control), ...node.associations.map((each) => list(each.type ? typeName(each.type) : 'default', expression(each.value)))); // biome-ignore format: one node
    case 'malformed':
      return list('malformed', node.what, `"${node.detail}"`);
  }
}

export function statement(node: Statement): string {
  switch (node.kind) {
    case 'block':
      return list('block', ...node.body.map(statement));
    case 'expression':
      return expression(node.expression);
    case 'declaration':
      return declaration(node);
    case 'if':
      return list('if', expression(node.condition), statement(node.then), node.otherwise && statement(node.otherwise)); // biome-ignore format: one node
    case 'switch':
      return list('switch', expression(node.value), statement(node.body));
    case 'case':
      return list(
        node.value ? 'case' : 'default',
        node.value && expression(node.value),
        node.to && `... ${expression(node.to)}`,
        node.body && statement(node.body),
      );
    case 'while':
      return list('while', expression(node.condition), statement(node.body));
    case 'do':
      return list('do', statement(node.body), expression(node.condition));
    case 'for': {
      const initial = node.initial && (node.initial.kind === 'declaration' ? declaration(node.initial) : expression(node.initial)); // biome-ignore format: one part
      return list('for', initial ?? '_', node.condition ? expression(node.condition) : '_', node.step ? expression(node.step) : '_', statement(node.body)); // biome-ignore format: one node
    }
    case 'goto':
      return list('goto', node.label);
    case 'label':
      return list('label', node.name, node.body && statement(node.body));
    case 'return':
      return list('return', node.value && expression(node.value));
    case 'malformed':
      return expression(node);
    default:
      return list(node.kind);
  }
}
