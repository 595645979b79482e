/**
 * Plain objects for parsed C, lowered once and evaluated for every OSID. Types stay as they are spelled (specifiers
 * and declarators): what a name means is decided when the declaration is executed. Every node names its first and
 * last token (inclusive) in the chunk it was lowered from, so that a chunk of equal spelling can be reused anywhere;
 * an expression's parentheses belong to it. Nesting is bounded (`NESTING_LIMIT`), but for the `otherwise` branches of `if`.
 */

export interface Node {
  /** Index of the node's first token in its chunk. */
  readonly first: number;
  /** Index of the node's last token in its chunk, inclusive. */
  readonly last: number;
}

export type UnaryOperator = '+' | '-' | '~' | '!' | '&' | '*';
export type BinaryOperator =
  | '*' | '/' | '%' | '+' | '-' | '<<' | '>>' | '<' | '>' | '<=' | '>=' | '==' | '!=' | '&' | '^' | '|' | '&&' | '||'; // biome-ignore format: one table
export type AssignmentOperator = '=' | '*=' | '/=' | '%=' | '+=' | '-=' | '<<=' | '>>=' | '&=' | '^=' | '|=';

export type Expression =
  | (Node & { readonly kind: 'number'; readonly text: string })
  | (Node & { readonly kind: 'character'; readonly text: string })
  | (Node & { readonly kind: 'string'; readonly texts: readonly string[] })
  | (Node & { readonly kind: 'identifier'; readonly name: string })
  | (Node & { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression })
  | (Node & {
      readonly kind: 'step';
      readonly operator: '++' | '--';
      readonly prefix: boolean;
      readonly operand: Expression;
    })
  | (Node & {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Node & {
      readonly kind: 'assignment';
      readonly operator: AssignmentOperator;
      readonly target: Expression;
      readonly value: Expression;
    })
  /** `then` is absent in GNU's `a ?: b`. */
  | (Node & {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then?: Expression;
      readonly otherwise: Expression;
    })
  | (Node & { readonly kind: 'comma'; readonly left: Expression; readonly right: Expression })
  | (Node & { readonly kind: 'call'; readonly callee: Expression; readonly arguments: readonly Expression[] })
  | (Node & { readonly kind: 'index'; readonly base: Expression; readonly index: Expression })
  | (Node & {
      readonly kind: 'member';
      readonly base: Expression;
      readonly name: string;
      readonly arrow: boolean;
    })
  | (Node & { readonly kind: 'cast'; readonly type: TypeName; readonly operand: Expression })
  | (Node & { readonly kind: 'sizeof'; readonly operand: Expression | TypeName })
  | (Node & { readonly kind: 'alignof'; readonly operand: Expression | TypeName })
  | (Node & {
      readonly kind: 'offsetof';
      readonly type: TypeName;
      readonly designators: readonly Designator[];
    })
  | (Node & {
      readonly kind: 'compound-literal';
      readonly type: TypeName;
      readonly initializer: InitializerList;
    })
  | (Node & { readonly kind: 'statement-expression'; readonly body: Block })
  /** A type where a call has an argument: `va_arg(ap, int)`, `__builtin_types_compatible_p(a, b)`. */
  | (Node & { readonly kind: 'type-argument'; readonly type: TypeName })
  | (Node & {
      readonly kind: 'generic';
      readonly control: Expression;
      readonly associations: readonly { readonly type?: TypeName; readonly value: Expression }[];
    })
  | Malformed;

/** What could not be parsed, or is not supported; evaluating it gives an unknown value. */
export type Malformed = Node & {
  readonly kind: 'malformed';
  readonly what: 'syntax-error' | 'unsupported' | 'nesting-limit';
  readonly detail: string;
};

export type Block = Node & { readonly kind: 'block'; readonly body: readonly Statement[] };

export type Statement =
  | Block
  | (Node & { readonly kind: 'expression'; readonly expression: Expression })
  | Declaration
  | (Node & {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly then: Statement;
      readonly otherwise?: Statement;
    })
  | (Node & { readonly kind: 'switch'; readonly value: Expression; readonly body: Statement })
  /** `value` is absent for `default:`; `to` is the end of a GNU `case 1 ... 5:`. The labelled statement is the next one in the block where `body` is absent. */
  | (Node & {
      readonly kind: 'case';
      readonly value?: Expression;
      readonly to?: Expression;
      readonly body?: Statement;
    })
  | (Node & { readonly kind: 'while'; readonly condition: Expression; readonly body: Statement })
  | (Node & { readonly kind: 'do'; readonly body: Statement; readonly condition: Expression })
  | (Node & {
      readonly kind: 'for';
      readonly initial?: Expression | Declaration;
      readonly condition?: Expression;
      readonly step?: Expression;
      readonly body: Statement;
    })
  | (Node & { readonly kind: 'break' })
  | (Node & { readonly kind: 'continue' })
  | (Node & { readonly kind: 'goto'; readonly label: string })
  | (Node & { readonly kind: 'label'; readonly name: string; readonly body?: Statement })
  | (Node & { readonly kind: 'return'; readonly value?: Expression })
  | (Node & { readonly kind: 'empty' })
  | (Node & { readonly kind: 'assembly' })
  | Malformed;

export type StorageClass = 'typedef' | 'static' | 'extern' | 'register' | 'auto';

/** Declaration specifiers (C17 6.7) as spelled. */
export interface Specifiers {
  readonly storage?: StorageClass;
  readonly const: boolean;
  readonly volatile: boolean;
  readonly type: TypeSpecifier;
  /**
   * An attribute (`aligned`, `mode`, `vector_size`, `packed` on a member) or `_Alignas` changes the type or its layout
   * in a way that is not followed: sizes, offsets and, for `mode`, values are unknown.
   */
  readonly altered?: true;
}

export type TypeSpecifier =
  /** `unsigned long`, `_Bool`, `double`: the keywords in order, without gcc's underscores (`signed` for `__signed__`); empty means implicit int. */
  | { readonly kind: 'keywords'; readonly words: readonly string[] }
  /** A typedef name, the program's own or a standard header's (`uint32_t`). */
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'record';
      readonly union: boolean;
      readonly tag?: string;
      readonly packed: boolean;
      /** The greatest alignment of members in bytes under `#pragma pack`. */
      readonly pack?: number;
      readonly members?: readonly MemberDeclaration[];
    }
  | {
      readonly kind: 'enum';
      readonly tag?: string;
      readonly enumerators?: readonly (Node & { readonly name: string; readonly value?: Expression })[];
    }
  | { readonly kind: 'typeof'; readonly operand: Expression | TypeName }
  /** `__auto_type`: the initialiser's type. */
  | { readonly kind: 'auto' };

/** One step from a declared name to its type, nearest to the name first: `int (*a)[3]` is pointer, then array of 3. */
export type Derivation =
  | { readonly kind: 'pointer'; readonly const: boolean; readonly volatile: boolean }
  | { readonly kind: 'array'; readonly length?: Expression }
  | { readonly kind: 'function'; readonly parameters: readonly Parameter[]; readonly variadic: boolean };

export type Declarator = Node & {
  readonly name?: string;
  /** Index of the token that is the name; absent in abstract declarators. */
  readonly nameToken?: number;
  readonly derivations: readonly Derivation[];
};

export type Parameter = Node & { readonly specifiers: Specifiers; readonly declarator?: Declarator };
/** `bits` is the width of a bit-field; a member without declarators is an anonymous structure or union. */
export type MemberDeclaration = Node & {
  readonly specifiers: Specifiers;
  readonly declarators: readonly { readonly declarator?: Declarator; readonly bits?: Expression }[];
};
export type TypeName = Node & {
  readonly kind: 'type';
  readonly specifiers: Specifiers;
  readonly declarator?: Declarator;
};

export type Declaration = Node & {
  readonly kind: 'declaration';
  readonly specifiers: Specifiers;
  readonly declarators: readonly { readonly declarator: Declarator; readonly initializer?: Initializer }[];
};
export type Initializer = Expression | InitializerList;
export type InitializerList = Node & {
  readonly kind: 'initializer-list';
  readonly items: readonly { readonly designators: readonly Designator[]; readonly value: Initializer }[];
};
/** `to` is the end of a GNU `[1 ... 3]`. */
export type Designator =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: Expression; readonly to?: Expression };

export type FunctionDefinition = Node & {
  readonly kind: 'function';
  readonly specifiers: Specifiers;
  readonly declarator: Declarator;
  readonly body: Block;
};
/** An external declaration (C17 6.9). */
export type External = FunctionDefinition | Declaration | Malformed | (Node & { readonly kind: 'empty' });
