/** Declarations, declarators, type names and initialisers (C17 6.7) from tree-sitter's tree. */
import type {
  Declaration,
  Declarator,
  Derivation,
  Designator,
  Expression,
  Initializer,
  InitializerList,
  MemberDeclaration,
  Node,
  Parameter,
  Specifiers,
  StorageClass,
  TypeName,
  TypeSpecifier,
} from '../ir';
import type { SyntaxNode } from '../parser';
import { type Context, Unlowerable } from './context';
import { child, lowerExpression } from './expressions';
import { isSound, type SpecifierRun } from './specifiers';

const TYPES = new Set(['primitive_type', 'struct_specifier', 'enum_specifier']);

/** True for what the writer puts in place of declaration specifiers. */
export function isSpecifier(node: SyntaxNode): boolean {
  return TYPES.has(node.type);
}

/** Lowers a declaration; throws `Unlowerable` where it is broken. */
export function lowerDeclaration(c: Context, node: SyntaxNode): Declaration {
  return declarationOf(c, node.children, c.range(node));
}

/** Lowers the declaration whose parts are `parts`, the specifiers first. */
export function declarationOf(c: Context, parts: readonly SyntaxNode[], at: Node): Declaration {
  const [type, ...rest] = parts;
  if (type === undefined) throw new Unlowerable('syntax-error');
  const specifiers = lowerSpecifiers(c, type);
  const declarators = rest
    .filter((each) => each.type !== ',' && each.type !== ';')
    .map((each) =>
      each.type === 'init_declarator'
        ? { declarator: lowerNamed(c, child(each, 0)), initializer: lowerInitializer(c, child(each, 2)) }
        : { declarator: lowerNamed(c, each) },
    );
  return { kind: 'declaration', specifiers, declarators, ...at };
}

/** Lowers what the word at `node` stands for. */
export function lowerSpecifiers(c: Context, node: SyntaxNode): Specifiers {
  const run = c.written.specifiersAt(node.start);
  if (run === undefined || !isSpecifier(node) || !isSound(run)) throw new Unlowerable('syntax-error');
  return {
    ...(run.storage === undefined ? {} : { storage: run.storage as StorageClass }),
    const: run.const,
    volatile: run.volatile,
    type: lowerTypeSpecifier(c, run, node),
    ...(run.altered ? { altered: true } : {}),
  };
}

function lowerTypeSpecifier(c: Context, run: SpecifierRun, node: SyntaxNode): TypeSpecifier {
  const { other } = run;
  if (other === undefined) return { kind: 'keywords', words: run.words };
  if (other.kind === 'name' || other.kind === 'auto') return other;
  const body = node.children.find((each) => each.type.endsWith('_list'));
  if (other.kind === 'typeof') return lowerTypeof(c, body);
  if (other.tag === undefined && !body) throw new Unlowerable('syntax-error');
  const tag = other.tag === undefined ? {} : { tag: other.tag };
  c.enter();
  const type: TypeSpecifier =
    other.kind === 'enum'
      ? { kind: 'enum', ...tag, ...(body ? { enumerators: lowerEnumerators(c, body) } : {}) }
      : {
          kind: 'record',
          union: other.kind === 'union',
          ...tag,
          packed: other.packed,
          ...(other.pack === undefined ? {} : { pack: other.pack }),
          ...(body ? { members: lowerMembers(c, body) } : {}),
        };
  c.leave();
  return type;
}

/** The operand stands as the width of a bit-field, under `sizeof`. */
function lowerTypeof(c: Context, body: SyntaxNode | undefined): TypeSpecifier {
  const field = body?.children.find((each) => each.type === 'field_declaration');
  const width = field?.children.find((each) => each.type === 'bitfield_clause');
  if (width === undefined) throw new Unlowerable('syntax-error');
  const size = child(width, 1);
  const type = size.children.find((each) => each.type === 'type_descriptor');
  return { kind: 'typeof', operand: type ? lowerTypeName(c, type) : lowerExpression(c, child(size, 1)) };
}

function lowerMembers(c: Context, body: SyntaxNode): MemberDeclaration[] {
  return body.children
    .filter((each) => each.type !== '{' && each.type !== '}')
    .map((each) => {
      if (each.type !== 'field_declaration') throw new Unlowerable('syntax-error');
      return lowerMember(c, each);
    });
}

function lowerMember(c: Context, node: SyntaxNode): MemberDeclaration {
  const declarators: { declarator?: Declarator; bits?: Expression }[] = [];
  for (const each of node.children.slice(1)) {
    const last = declarators[declarators.length - 1];
    if (each.type === 'bitfield_clause' && last) last.bits = lowerExpression(c, child(each, 1));
    else if (each.type !== ',' && each.type !== ';') {
      // An unnamed bit-field is written with a name, which the grammar wants.
      declarators.push(c.token(each) < 0 ? {} : { declarator: lowerNamed(c, each) });
    }
  }
  return { specifiers: lowerSpecifiers(c, child(node, 0)), declarators, ...c.range(node) };
}

function lowerEnumerators(c: Context, body: SyntaxNode) {
  return body.children
    .filter((each) => each.type === 'enumerator')
    .map((each) => {
      const name = c.name(each);
      const at = c.range(each);
      return each.children.length > 1
        ? { name, value: lowerExpression(c, child(each, 2)), ...at }
        : { name, ...at };
    });
}

/** Lowers a declarator that must have a name. */
function lowerNamed(c: Context, node: SyntaxNode): Declarator {
  const declarator = lowerDeclarator(c, node);
  if (declarator.name === undefined) throw new Unlowerable('syntax-error');
  return declarator;
}

/** Lowers a declarator, abstract or not: from the outside, where the type's last derivation is, to the name. */
export function lowerDeclarator(c: Context, outer: SyntaxNode): Declarator {
  const derivations: Derivation[] = [];
  const at = c.range(outer);
  const { depth } = c;
  for (let node: SyntaxNode | undefined = outer; node; node = innerDeclarator(node)) {
    c.enter();
    switch (node.type) {
      case 'identifier':
      case 'field_identifier':
      case 'type_identifier': {
        c.depth = depth;
        const nameToken = c.token(node);
        return { name: c.name(node), nameToken, derivations: derivations.reverse(), ...at };
      }
      case 'pointer_declarator':
      case 'abstract_pointer_declarator': {
        const words = node.children.map((each) => (each.type === 'type_qualifier' ? c.word(each) : ''));
        derivations.push({
          kind: 'pointer',
          const: words.includes('const'),
          volatile: words.includes('volatile'),
        });
        break;
      }
      case 'array_declarator':
      case 'abstract_array_declarator':
        derivations.push(lowerArray(c, node));
        break;
      case 'function_declarator':
      case 'abstract_function_declarator':
        derivations.push(lowerFunction(c, node));
        break;
      case 'parenthesized_declarator':
      case 'abstract_parenthesized_declarator':
        break;
      default:
        throw new Unlowerable('syntax-error');
    }
  }
  c.depth = depth;
  return { derivations: derivations.reverse(), ...at };
}

/** The declarator inside of another one; undefined in the innermost of an abstract declarator. */
function innerDeclarator(node: SyntaxNode): SyntaxNode | undefined {
  return node.children.find((each) => each.type.endsWith('declarator') || isDeclaredName(node, each));
}

function isDeclaredName(declarator: SyntaxNode, node: SyntaxNode): boolean {
  if (!/^(field_|type_)?identifier$/.test(node.type)) return false;
  // An array's length may be an identifier, too, behind the bracket.
  return declarator.children.find((each) => each.type === '[' || each === node) === node;
}

function lowerArray(c: Context, node: SyntaxNode): Derivation {
  const open = node.children.findIndex((each) => each.type === '[');
  const length = child(node, open + 1);
  return length.type === ']' ? { kind: 'array' } : { kind: 'array', length: lowerExpression(c, length) };
}

function lowerFunction(c: Context, node: SyntaxNode): Derivation {
  const list = node.children.find((each) => each.type === 'parameter_list');
  // The grammar takes names of macros behind the parameters.
  if (list !== node.children[node.children.length - 1]) throw new Unlowerable('syntax-error');
  const parameters: Parameter[] = [];
  let variadic = false;
  for (const each of list?.children ?? []) {
    if (each.type === 'variadic_parameter') variadic = true;
    else if (each.type === 'parameter_declaration') parameters.push(lowerParameter(c, each));
    else if (!['(', ',', ')'].includes(each.type)) throw new Unlowerable('syntax-error');
  }
  return { kind: 'function', parameters, variadic };
}

function lowerParameter(c: Context, node: SyntaxNode): Parameter {
  const specifiers = lowerSpecifiers(c, child(node, 0));
  const declarator = node.children[1];
  return {
    specifiers,
    ...(declarator ? { declarator: lowerDeclarator(c, declarator) } : {}),
    ...c.range(node),
  };
}

export function lowerTypeName(c: Context, node: SyntaxNode): TypeName {
  c.enter();
  const specifiers = lowerSpecifiers(c, child(node, 0));
  const declarator = node.children[1];
  const lowered = declarator ? { declarator: lowerDeclarator(c, declarator) } : {};
  c.leave();
  return { kind: 'type', specifiers, ...lowered, ...c.range(node) };
}

function lowerInitializer(c: Context, node: SyntaxNode): Initializer {
  return node.type === 'initializer_list' ? lowerInitializerList(c, node) : lowerExpression(c, node);
}

export function lowerInitializerList(c: Context, node: SyntaxNode): InitializerList {
  c.enter();
  const items = node.children
    .filter((each) => !['{', ',', '}'].includes(each.type))
    .map((each) =>
      each.type === 'initializer_pair'
        ? lowerPair(c, each)
        : { designators: [], value: lowerInitializer(c, each) },
    );
  c.leave();
  return { kind: 'initializer-list', items, ...c.range(node) };
}

function lowerPair(c: Context, node: SyntaxNode) {
  const designators: Designator[] = [];
  for (const each of node.children.slice(0, -2)) {
    if (each.type === 'field_designator') designators.push({ kind: 'field', name: c.name(child(each, 1)) });
    else if (each.type === 'field_identifier') designators.push({ kind: 'field', name: c.name(each) });
    else if (each.type === 'subscript_designator') {
      designators.push({ kind: 'index', index: lowerExpression(c, child(each, 1)) });
    } else if (each.type === 'subscript_range_designator') {
      const index = lowerExpression(c, child(each, 1));
      designators.push({ kind: 'index', index, to: lowerExpression(c, child(each, 3)) });
    } else throw new Unlowerable('syntax-error');
  }
  return { designators, value: lowerInitializer(c, child(node, node.children.length - 1)) };
}
