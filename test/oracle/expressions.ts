/** Random C expressions without side effects, most of them defined; all in parentheses where it matters. */
import type { CallableFunction, FunctionParameter, Kind, List, Place, Scope } from './scope';
import type { Production, Tape } from './tape';

const addresses = [
  '0x20000000',
  '0x8000000',
  '0x20000',
  '0x18000000',
  '0x1000',
  '4096',
  '0x10000000',
] as const;
const large = ['0x48000000', '0x68000000', '0x80000000', '0xfffff000', '0x100000000', '0xffffffffffffffff', '0x600000000'] as const; // biome-ignore format: one list
const unsignedSuffixes = ['UL', 'U', 'ULL', 'u', 'ul', 'lu', 'llu', 'uLL'] as const;
const smallLiterals = ['1', '0', '2', '3', '5', '7', '010', '0x1f', '0b101', "'A'", "'\\n'", "'\\x7f'", "'\\''", '100', '255', '4L', '6LL', "'\\012'", '(__LINE__ & 7)', "'ab'", "L'x'", "'\\xff'"] as const; // biome-ignore format: one list
const comparisons = ['==', '!=', '<', '>', '<=', '>='] as const;

export class Expressions {
  constructor(
    private readonly tape: Tape,
    private readonly scope: Scope,
  ) {}

  any(depth: number): string {
    return this.of(this.tape.pick(['unsigned', 'signed', 'small', 'unsigned'] as const), depth);
  }

  of(kind: Kind, depth: number): string {
    if (kind === 'small') return this.small(depth);
    return kind === 'signed' ? this.signed(depth) : this.unsigned(depth);
  }

  /** An integer constant expression (C17 6.6p6). */
  constant(kind: Kind, depth: number): string {
    return new Expressions(this.tape, this.scope.constant()).of(kind, depth);
  }

  /** A value from 0 to `count - 1`. */
  index(count: number, depth: number): string {
    return this.tape.choose([
      [3, () => String(this.tape.below(count))],
      [2, () => (count >= 3 ? 'OSID' : '0')],
      [2, () => `(${this.unsigned(depth - 1)} % ${count}U)`],
      [1, () => (count >= 4 ? `(${this.any(depth - 1)} & 3)` : `((${this.truth(depth - 1)}) % ${count}U)`)],
    ]);
  }

  /** Something used for being zero or not. */
  truth(depth: number): string {
    const { tape } = this;
    return tape.choose([
      [3, () => `OSID ${tape.pick(comparisons)} ${tape.below(4)}`],
      [4, () => `${this.any(depth - 1)} ${tape.pick(comparisons)} ${this.any(depth - 1)}`],
      [2, () => `!${this.any(depth - 1)}`],
      [2, () => `(${this.truth(depth - 1)}) ${tape.pick(['&&', '||'])} (${this.truth(depth - 1)})`],
      [1, () => `${this.any(depth - 1)} & ${1 << tape.below(5)}`],
      [1, () => this.any(depth - 1)],
    ]);
  }

  small(depth: number): string {
    const { tape } = this;
    const leaves: Production<string>[] = [
      [3, () => tape.pick(smallLiterals)],
      [2, () => 'OSID'],
      ...this.names('small', 4),
    ];
    if (depth <= 0) return tape.choose(leaves);
    return tape.choose([
      ...leaves,
      [3, () => `(${this.truth(depth - 1)})`],
      [2, () => `(${this.any(depth - 1)} & ${tape.pick(['7', '0xf', '0x3f', '1'])})`],
      [2, () => `(${this.unsigned(depth - 1)} % ${tape.pick(['5', '3', '7u', '10UL', '16'])})`],
      [
        2,
        () =>
          `(${this.small(depth - 1)} ${tape.pick(['+', '-', '*', '|', '^', '&'])} ${this.small(depth - 1)})`,
      ],
      [1, () => `(${this.small(0)} - ${this.small(0)})`],
      [1, () => `-${this.smallOperand()}`],
      [1, () => `(${this.truth(depth - 1)} ? ${this.small(depth - 1)} : ${this.small(depth - 1)})`],
      [1, () => this.measured(depth - 1)],
      [1, () => this.cast('small', depth - 1)],
      [1, () => this.bare(['+', '-', '*', '|', '<', '==', '&'], 'small')],
      ...this.compound('small', depth),
    ]);
  }

  unsigned(depth: number): string {
    const { tape } = this;
    const leaves: Production<string>[] = [
      [4, () => tape.pick(addresses) + tape.pick(unsignedSuffixes)],
      [1, () => tape.pick(large) + tape.pick(['', ...unsignedSuffixes])],
      ...this.names('unsigned', 6),
    ];
    if (depth <= 0) return tape.choose(leaves);
    const operator = ['+', '-', '*', '&', '|', '^'] as const;
    return tape.choose([
      ...leaves,
      [6, () => `(${this.unsigned(depth - 1)} ${tape.pick(operator)} ${this.any(depth - 1)})`],
      [2, () => `(${this.any(depth - 1)} ${tape.pick(operator)} ${this.unsigned(depth - 1)})`],
      [2, () => `(${this.unsigned(depth - 1)} ${tape.pick(['>>', '<<'])} ${this.shiftCount(depth - 1)})`],
      [2, () => `(${this.unsigned(depth - 1)} ${tape.pick(['/', '%'])} (${this.unsigned(depth - 1)} | 1))`],
      [1, () => `${tape.pick(['~', '- ', '+ '])}${this.unsigned(depth - 1)}`],
      [2, () => this.cast('unsigned', depth - 1)],
      [1, () => `(${this.truth(depth - 1)} ? ${this.unsigned(depth - 1)} : ${this.any(depth - 1)})`],
      [1, () => `(${this.any(0)} ?: ${this.unsigned(depth - 1)})`],
      [1, () => this.bare(['+', '-', '*', '|', '^', '&', '<', '>=', '!='], 'unsigned')],
      ...this.compound('unsigned', depth),
    ]);
  }

  signed(depth: number): string {
    const { tape } = this;
    const leaves: Production<string>[] = [
      [4, () => tape.pick(addresses) + tape.pick(['', 'L', 'LL', '', 'l', 'll'])],
      ...this.names('signed', 4),
      [2, () => `(${tape.pick(['0x20000', '4096', '0x8000000', '12345'])} * ${this.factor()})`],
    ];
    if (depth <= 0) return tape.choose(leaves);
    return tape.choose([
      ...leaves,
      [3, () => `(${this.signed(depth - 1)} ${tape.pick(['+', '-'])} ${this.small(depth - 1)})`],
      [1, () => `(${this.signed(depth - 1)} ${tape.pick(['+', '-'])} ${this.signed(depth - 1)})`],
      [3, () => `(${this.signed(depth - 1)} ${tape.pick(['&', '|', '^'])} ${this.any(depth - 1)})`],
      [2, () => `(${this.signed(depth - 1)} >> ${this.shiftCount(depth - 1)})`],
      [1, () => `(1 << ${this.shiftCount(depth - 1)})`],
      [2, () => `(${this.signed(depth - 1)} ${tape.pick(['/', '%'])} ${this.divisor(depth - 1)})`],
      [1, () => `${tape.pick(['- ', '~', '+ '])}${this.signed(depth - 1)}`],
      [2, () => this.cast('signed', depth - 1)],
      [1, () => `(${this.truth(depth - 1)} ? ${this.signed(depth - 1)} : ${this.small(depth - 1)})`],
      ...this.compound('signed', depth),
      [1, () => (tape.chance(60) ? this.risky(depth - 1) : this.signed(depth - 1))],
    ]);
  }

  /** What is likely to be undefined, or to be so for some OSID. */
  private risky(depth: number): string {
    const { tape, scope } = this;
    const list = tape.pick(scope.lists.filter(({ pointer }) => !pointer));
    const all: Production<string>[] = [
      [2, () => `(0x7fffffff + ${this.small(0)})`],
      [1, () => `(${this.signed(depth)} * ${this.signed(depth)})`],
      [1, () => `(-0x7fffffff - OSID)`],
    ];
    // Constant expressions may overflow; gcc refuses the rest in them where it is undefined.
    if (scope.constantOnly) return tape.choose(all);
    all.push(
      [1, () => `(1 << ${this.small(0)})`],
      [1, () => `(${this.small(0)} << ${tape.pick(['30', '31', '28'])})`],
      [1, () => `((-0x7fffffff - 1) / (OSID - 2))`],
      // gcc takes a division by a _Bool for one by 1, but not where the divisor is an int's.
      [1, () => `(${this.any(depth)} ${tape.pick(['/', '%'])} ({ int by = ${this.small(0)}; by; }))`],
    );
    // gcc leaves out an access where its type alone decides a comparison, but not an initialiser.
    if (list) all.push([2, () => `({ __auto_type at = ${list.text}[${this.small(0)}]; at; })`]);
    return tape.choose(all);
  }

  /** Operators without parentheses, so that precedence counts; whatever it groups to is valid. */
  private bare(operators: readonly string[], kind: Kind): string {
    const { tape } = this;
    const parts = [this.of(kind, 0)];
    for (let left = tape.between(2, 3); left > 0; left--) {
      parts.push(tape.pick(operators) ?? '+', this.of(kind === 'unsigned' ? 'unsigned' : 'small', 0));
    }
    return `(${parts.join(' ')})`;
  }

  private smallOperand(): string {
    return `(${this.small(0)})`;
  }

  /** Mostly small enough for a product to fit. */
  private factor(): string {
    const { tape } = this;
    return tape.choose([
      [3, () => 'OSID'],
      [3, () => `(${this.small(0)} % 5)`],
      [1, () => this.smallOperand()],
    ]);
  }

  private shiftCount(depth: number): string {
    const { tape } = this;
    return tape.choose([
      [4, () => tape.pick(['1', '4', '12', '7', '20'])],
      [2, () => `(${this.any(depth)} & 15)`],
      [1, () => `(OSID * 4)`],
    ]);
  }

  /** Not zero, and not -1. */
  private divisor(depth: number): string {
    return this.tape.choose([
      [3, () => this.tape.pick(['3', '5', '7', '2', '-3', '4096'])],
      [1, () => `((${this.any(depth)} & 7) + 1)`],
    ]);
  }

  /** Named objects and constants of the kind. */
  private names(kind: Kind, weight: number): Production<string>[] {
    const { tape, scope } = this;
    const constants = scope.constants.filter((constant) => constant.kind === kind);
    const all: Production<string>[] = [];
    if (constants.length > 0) all.push([weight, () => tape.pick(constants)?.text ?? '0']);
    if (scope.constantOnly) return all;
    const places = scope.places.filter((place) => place.kind === kind);
    if (places.length > 0) all.push([weight * 2, () => tape.pick(places)?.text ?? '0']);
    return all;
  }

  /** What only richer scopes have: calls, macros, arrays, pointers, statement expressions. */
  private compound(kind: Kind, depth: number): Production<string>[] {
    const { tape, scope } = this;
    const all: Production<string>[] = [];
    const macros = scope.macros.filter(
      (macro) => macro.result === kind && (macro.constant || !scope.constantOnly),
    );
    if (macros.length > 0) all.push([4, () => this.macroCall(kind, depth - 1)]);
    if (scope.constantOnly) return all;
    const lists = scope.lists.filter((list) => list.kind === kind);
    if (lists.length > 0) all.push([3, () => this.element(tape.pick(lists), depth - 1)]);
    if (kind === 'unsigned') all.push([1, () => this.generic(depth - 1)]);
    all.push(
      [1, () => this.statementExpression(kind, depth - 1)],
      [1, () => this.literalObject(kind, depth - 1)],
    );
    const functions = scope.functions.filter(
      (each) => each.pure && !each.void && each.result === kind && scope.affords(each.cost),
    );
    if (functions.length > 0)
      all.push([4, () => this.call(tape.pick(functions), depth - 1) ?? this.of(kind, 0)]);
    return all;
  }

  private macroCall(kind: Kind, depth: number): string {
    const { tape, scope } = this;
    const macros = scope.macros.filter(
      (each) => each.result === kind && (each.constant || !scope.constantOnly),
    );
    const macro = tape.pick(macros);
    if (!macro) return this.of(kind, 0);
    // Without parentheses, so that a body without them groups its argument as C does.
    const open = tape.chance(25) && macro.parameters.length === 1;
    const values = macro.parameters.map((parameter) =>
      open ? `${this.of(parameter, 0)} + ${this.small(0)}` : this.of(parameter, depth),
    );
    return `${macro.name}(${values.join(', ')})`;
  }

  private element(list: List | undefined, depth: number): string {
    if (!list) return '0';
    const { tape } = this;
    const index = this.index(list.length, depth);
    return tape.choose([
      [4, () => `${list.text}[${index}]`],
      [1, () => `*(${list.text} + ${index})`],
      [1, () => `${index}[${list.text}]`],
      [1, () => `(*&${list.text}[${index}])`],
    ]);
  }

  /** A call with arguments of the parameters' types; undefined where nothing fits a pointer parameter. */
  call(callee: CallableFunction | undefined, depth: number): string | undefined {
    if (!callee) return undefined;
    const values = callee.parameters.map((parameter) => this.argument(parameter, depth));
    if (values.includes(undefined)) return undefined;
    this.scope.meter.spent += callee.cost * this.scope.load;
    return `${callee.name}(${values.join(', ')})`;
  }

  private argument(parameter: FunctionParameter, depth: number): string | undefined {
    const { tape, scope } = this;
    if ('kind' in parameter) return this.of(parameter.kind, depth);
    if ('record' in parameter) {
      const objects = scope.records.filter((each) => each.shape === parameter.record);
      const object = tape.pick(objects);
      return object && (object.arrow ? `*${object.text}` : object.text);
    }
    const places = scope.places.filter((place) => place.type === parameter.pointer && !place.fixed);
    const lists = scope.lists.filter((list) => list.type === parameter.pointer && !list.fixed);
    const list = lists.length > 0 && tape.chance(30) ? tape.pick(lists) : undefined;
    if (list) return `&${list.text}[${tape.below(list.length)}]`;
    const place = tape.pick(places);
    return place && `&${place.text}`;
  }

  private cast(kind: Kind, depth: number): string {
    const { tape } = this;
    const type = this.typeName(kind);
    if (kind === 'signed') return `(${type})(${this.unsigned(depth)} & 0xfffffff)`;
    return tape.choose([
      [3, () => `(${type})${this.any(depth)}`],
      [1, () => `(${type})(${this.typeName('small')})${this.any(depth)}`],
    ]);
  }

  /** A spelling of an integer type. */
  typeName(kind: Kind): string {
    const types = this.scope.types.filter((type) => type.kind === kind);
    return this.tape.pick(types)?.text ?? 'int';
  }

  /** sizeof and its like, which do not evaluate their operand. */
  private measured(depth: number): string {
    const { tape, scope } = this;
    const plain = scope.places.filter((place) => !place.bitField);
    const arrays = scope.lists.filter((list) => !list.pointer);
    const shape = tape.pick(scope.shapes);
    const field = tape.pick(shape?.fields.filter((each) => !each.bitField) ?? []);
    const all: Production<string>[] = [
      [2, () => `(int)sizeof(${this.typeName(tape.pick(['small', 'signed', 'unsigned'] as const))})`],
      [1, () => `(int)sizeof(${this.any(depth)} + 0)`],
      [
        1,
        () =>
          `(int)sizeof(${tape.pick(['"abc"', '"a" "bc\\n"', "'a'", '1 ? 1 : 2L', '(char)1', '+(char)1'])})`,
      ],
      [1, () => `(int)_Alignof(${this.typeName(tape.pick(['small', 'unsigned'] as const))})`],
    ];
    if (shape) all.push([2, () => `(int)sizeof(${shape.type})`]);
    if (shape && field) all.push([2, () => `(int)__builtin_offsetof(${shape.type}, ${field.name})`]);
    if (plain.length > 0) all.push([1, () => `(int)sizeof ${tape.pick(plain)?.text ?? '0'}`]);
    if (arrays.length > 0) {
      all.push([1, () => this.arraySize(tape.pick(arrays)?.text ?? '""')]);
    }
    return tape.choose(all);
  }

  private arraySize(text: string): string {
    return `(int)(sizeof(${text}) / sizeof(${text}[0]))`;
  }

  private generic(depth: number): string {
    const { tape } = this;
    const value = this.unsigned(depth);
    return tape.choose([
      [1, () => `__builtin_expect(${value}, 1)`],
      [1, () => `__builtin_popcountll(${value})`],
      [1, () => `__builtin_ctzll(${value} | 0x1000)`],
      [1, () => `__builtin_bswap32(${value})`],
      [
        1,
        () =>
          `_Generic(${value}, unsigned int: 0x1000U, unsigned long: 0x2000UL, default: ${this.unsigned(0)})`,
      ],
      [1, () => `__builtin_choose_expr(${this.constant('small', 1)}, ${value}, ${this.unsigned(0)})`],
      [1, () => `(__builtin_types_compatible_p(__typeof__(${value} + 0), unsigned long) * 0x1000UL)`],
    ]);
  }

  private statementExpression(kind: Kind, depth: number): string {
    const { tape } = this;
    const name = tape.pick(['_t', 'tmp', '__x']);
    const type = tape.pick([this.typeName(kind), '__auto_type']);
    // A bit-field is no initialiser for __auto_type.
    const value = `(${this.of(kind, depth)}${type === '__auto_type' ? ' + 0' : ''})`;
    return tape.choose([
      [2, () => `({ ${type} ${name} = ${value}; ${name}; })`],
      [1, () => `({ ${type} ${name} = ${value}; if (${name} > 4) ${name} >>= 1; ${name}; })`],
      [1, () => `({ typeof(${value} + 0) ${name} = ${value}; ${name} = ${name} / 3; ${name}; })`],
    ]);
  }

  private literalObject(kind: Kind, depth: number): string {
    const { tape } = this;
    const type = this.typeName(kind);
    return tape.choose([
      [1, () => `((${type}[]){${this.of(kind, depth)}, ${this.of(kind, 0)}, 3})[${this.index(3, 0)}]`],
      [
        1,
        () => `((struct { ${type} a; ${type} b; }){ .b = ${this.of(kind, depth)} }).${tape.pick(['b', 'a'])}`,
      ],
      [1, () => `(*&(${type}){ ${this.of(kind, depth)} })`],
      [
        1,
        () =>
          kind === 'small' ? `"mint"[${this.index(4, 0)}]` : `(${this.small(0)}, ${this.of(kind, depth)})`,
      ],
    ]);
  }
}

/** Places that a statement may assign. */
export function writable(scope: Scope): Place[] {
  return scope.places.filter((place) => !place.fixed);
}
