/** The IR back to C text with every operand in parentheses, so that gcc can tell whether it means the same as its source. */
import type {
  Block,
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

export function unparse(node: External): string {
  switch (node.kind) {
    case 'function':
      return `${specifiers(node.specifiers)} ${declarator(node.declarator)} ${block(node.body)}`;
    case 'empty':
      return '';
    case 'declaration':
      return declaration(node);
    case 'malformed':
      throw new Error(`malformed: ${node.detail}`);
  }
}

function declaration(node: Declaration): string {
  const declared = node.declarators.map(
    (each) => declarator(each.declarator) + (each.initializer ? ` = ${initializer(each.initializer)}` : ''),
  );
  return `${specifiers(node.specifiers)} ${declared.join(', ')};`;
}

function specifiers(node: Specifiers): string {
  const words = [
    node.storage,
    node.const ? 'const' : '',
    node.volatile ? 'volatile' : '',
    typeSpecifier(node.type),
  ];
  return words.filter((word) => word).join(' ');
}

function typeSpecifier(node: TypeSpecifier): string {
  switch (node.kind) {
    case 'keywords':
      return node.words.join(' ');
    case 'name':
      return node.name;
    case 'record': {
      const head = `${node.union ? 'union' : 'struct'} ${node.packed ? '__attribute__((packed)) ' : ''}${node.tag ?? ''}`;
      const members = node.members?.map((member) => {
        const declared = member.declarators.map(
          (each) =>
            (each.declarator ? declarator(each.declarator) : '') +
            (each.bits ? ` : ${operand(each.bits)}` : ''),
        );
        return `${specifiers(member.specifiers)} ${declared.join(', ')};`;
      });
      return members ? `${head} { ${members.join(' ')} }` : head;
    }
    case 'enum': {
      const head = `enum ${node.tag ?? ''}`;
      const list = node.enumerators?.map(
        (each) => each.name + (each.value ? ` = ${operand(each.value)}` : ''),
      );
      return list ? `${head} { ${list.join(', ')} }` : head;
    }
    case 'typeof':
      return `typeof(${node.operand.kind === 'type' ? typeName(node.operand) : expression(node.operand)})`;
    case 'auto':
      return '__auto_type';
  }
}

/** Each derivation wraps the text so far, pointers in parentheses, from the name outwards. */
function declarator(node: Declarator): string {
  let text = node.name ?? '';
  let wrap = false;
  for (const derivation of node.derivations) {
    if (derivation.kind === 'pointer') {
      text = `*${derivation.const ? ' const ' : ''}${text}`;
      wrap = true;
    } else {
      text = (wrap ? `(${text})` : text) + suffix(derivation);
      wrap = false;
    }
  }
  return text;
}

function suffix(node: Exclude<Derivation, { kind: 'pointer' }>): string {
  if (node.kind === 'array') return `[${node.length ? expression(node.length) : ''}]`;
  const parameters = node.parameters.map(parameter);
  return `(${[...parameters, ...(node.variadic ? ['...'] : [])].join(', ')})`;
}

function parameter(node: Parameter): string {
  return `${specifiers(node.specifiers) || 'int'} ${node.declarator ? declarator(node.declarator) : ''}`;
}

function typeName(node: TypeName): string {
  return `${specifiers(node.specifiers)} ${node.declarator ? declarator(node.declarator) : ''}`;
}

function initializer(node: Initializer): string {
  if (node.kind !== 'initializer-list') return isString(node) ? expression(node) : operand(node);
  const items = node.items.map(
    (item) =>
      item.designators.map(designator).join('') +
      (item.designators.length > 0 ? ' = ' : '') +
      initializer(item.value),
  );
  return `{ ${items.join(', ')} }`;
}

/** A string literal initialises an array only without parentheses. */
function isString(node: Expression): boolean {
  return node.kind === 'string';
}

function designator(node: Designator): string {
  if (node.kind === 'field') return `.${node.name}`;
  return `[${expression(node.index)}${node.to ? ` ... ${expression(node.to)}` : ''}]`;
}

function operand(node: Expression): string {
  const atom = node.kind === 'identifier' || node.kind === 'number' || node.kind === 'character';
  return atom ? expression(node) : `(${expression(node)})`;
}

export function expression(node: Expression): string {
  switch (node.kind) {
    case 'number':
    case 'character':
      return node.text;
    case 'string':
      return node.texts.join(' ');
    case 'identifier':
      return node.name;
    case 'unary':
      return `${node.operator}${operand(node.operand)}`;
    case 'step':
      return node.prefix
        ? `${node.operator}${operand(node.operand)}`
        : `${operand(node.operand)}${node.operator}`;
    case 'binary':
      return `${operand(node.left)} ${node.operator} ${operand(node.right)}`;
    case 'assignment':
      return `${operand(node.target)} ${node.operator} ${operand(node.value)}`;
    case 'conditional':
      return `${operand(node.condition)} ? ${node.then ? operand(node.then) : ''} : ${operand(node.otherwise)}`;
    case 'comma':
      return `${operand(node.left)}, ${operand(node.right)}`;
    case 'call':
      return `${operand(node.callee)}(${node.arguments.map((each) => (each.kind === 'type-argument' ? typeName(each.type) : operand(each))).join(', ')})`;
    case 'index':
      return `${operand(node.base)}[${expression(node.index)}]`;
    case 'member':
      return `${operand(node.base)}${node.arrow ? '->' : '.'}${node.name}`;
    case 'cast':
      return `(${typeName(node.type)})${operand(node.operand)}`;
    case 'sizeof':
    case 'alignof': {
      const of = node.operand.kind === 'type' ? typeName(node.operand) : expression(node.operand);
      return `${node.kind === 'sizeof' ? 'sizeof' : '__alignof__'}(${of})`;
    }
    case 'offsetof':
      return `__builtin_offsetof(${typeName(node.type)}, ${node.designators.map(designator).join('').slice(1)})`;
    case 'compound-literal':
      return `(${typeName(node.type)})${initializer(node.initializer)}`;
    case 'statement-expression':
      return `(${block(node.body)})`;
    case 'type-argument':
      return typeName(node.type);
    case 'generic': {
      const list = node.associations.map(
        (each) => `${each.type ? typeName(each.type) : 'default'}: ${operand(each.value)}`,
      );
      return `_Generic(${operand(node.control)}, ${list.join(', ')})`;
    }
    case 'malformed':
      throw new Error(`malformed: ${node.detail}`);
  }
}

function block(node: Block): string {
  return `{ ${node.body.map(statement).join('\n')} }`;
}

function statement(node: Statement): string {
  switch (node.kind) {
    case 'block':
      return block(node);
    case 'expression':
      return `${expression(node.expression)};`;
    case 'declaration':
      return declaration(node);
    case 'if': {
      const otherwise = node.otherwise ? ` else ${statement(node.otherwise)}` : '';
      return `if (${expression(node.condition)}) ${braced(node.then)}${otherwise}`;
    }
    case 'switch':
      return `switch (${expression(node.value)}) ${statement(node.body)}`;
    case 'case': {
      const value = node.value ? `case ${operand(node.value)}` : 'default';
      return `${value}${node.to ? ` ... ${operand(node.to)}` : ''}: ${node.body ? statement(node.body) : ''}`;
    }
    case 'while':
      return `while (${expression(node.condition)}) ${statement(node.body)}`;
    case 'do':
      return `do ${statement(node.body)} while (${expression(node.condition)});`;
    case 'for': {
      const initial =
        node.initial?.kind === 'declaration'
          ? declaration(node.initial)
          : `${node.initial ? expression(node.initial) : ''};`;
      const step = node.step ? expression(node.step) : '';
      return `for (${initial} ${node.condition ? expression(node.condition) : ''}; ${step}) ${statement(node.body)}`;
    }
    case 'goto':
      return `goto ${node.label};`;
    case 'label':
      return `${node.name}: ${node.body ? statement(node.body) : ''}`;
    case 'return':
      return `return ${node.value ? expression(node.value) : ''};`;
    case 'break':
    case 'continue':
      return `${node.kind};`;
    case 'empty':
      return ';';
    case 'assembly':
      return '__asm__("");';
    case 'malformed':
      throw new Error(`malformed: ${node.detail}`);
  }
}

/** An `if` without else inside of one with else needs braces to stay with its own. */
function braced(node: Statement): string {
  return node.kind === 'if' ? `{ ${statement(node)} }` : statement(node);
}
