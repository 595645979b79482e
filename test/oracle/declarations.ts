/** Random macros, types and objects of file scope, as headers have them. */
import { Expressions } from './expressions';
import { writeFunction } from './functions';
import { headerIdiom } from './header-idioms';
import { arrayInitializer } from './local-declarations';
import type { Program } from './program';
import type { Field, Kind, RecordShape, Scope } from './scope';
import type { Tape } from './tape';

export class Declarations {
  private readonly expressions: Expressions;

  constructor(
    private readonly tape: Tape,
    private readonly scope: Scope,
    private readonly program: Program,
  ) {
    this.expressions = new Expressions(tape, scope);
  }

  /** One item of a header; its lines. */
  item(): string[] {
    const { tape } = this;
    return tape.choose([
      [4, () => this.constantMacro()],
      [2, () => this.conditionalMacro()],
      [4, () => this.functionMacro()],
      [2, () => this.textMacro()],
      [1, () => this.listMacro()],
      [1, () => this.redefinition()],
      [2, () => this.typedef()],
      [2, () => this.enumeration()],
      [4, () => this.record()],
      [4, () => this.object()],
      [3, () => this.array()],
      [2, () => this.matrix()],
      [3, () => this.recordObject()],
      [2, () => this.pointer()],
      [1, () => this.pointerTable()],
      [1, () => this.check()],
      [4, () => headerIdiom(tape, this.scope, this.program)],
      [1, () => this.perNodeObjects()],
      [2, () => writeFunction(tape, this.scope, this.program, 'static inline ')],
    ]);
  }

  private constantMacro(): string[] {
    const { tape, scope, program } = this;
    const name = program.name('MINT_');
    const [body, kind] = tape.choose<[string, Kind]>([
      [3, () => [tape.pick(['0x20000', '0x8000000', '0x20000000', '512', '03']), 'signed']],
      [2, () => ['0x20000000 + OSID*0x18000000', 'signed']],
      [2, () => [`(${tape.pick(['5', '3', '010', "'a'"])} + OSID)`, 'small']],
      [2, () => [`(0x${(tape.between(1, 15) * 0x8000000).toString(16)}UL)`, 'unsigned']],
      [1, () => ['1 + 2', 'small']],
      [1, () => [`${tape.pick(program.directiveMacros) ?? '7'} /* as before */`, 'signed']],
      [1, () => ['(0x18000000ULL \\\n\t* OSID)', 'unsigned']],
    ]);
    scope.constants.push({ text: name, kind, inDirectives: true });
    program.directiveMacros.push(name);
    return [`${tape.pick(['#define', '# define', '#\tdefine'])} ${name} ${body}`];
  }

  private conditionalMacro(): string[] {
    const { tape, scope, program } = this;
    const name = program.name('MINT_');
    const values = ['0x20000UL', '0x8000000UL', '(0x1000UL * 3)'];
    const lines = [`#if ${program.condition(tape)}`, `#define ${name} ${tape.pick(values)}`];
    if (tape.chance(40))
      lines.push(`#elif ${program.condition(tape)}`, `#define ${name} ${tape.pick(values)}`);
    lines.push('#else', `#define ${name} 0x40000UL`, '#endif');
    scope.constants.push({ text: name, kind: 'unsigned', inDirectives: true });
    program.directiveMacros.push(name);
    if (!tape.chance(20)) return lines;
    return [`#ifndef ${name}`, ...lines, '#else', '#error twice', '#endif'];
  }

  private functionMacro(): string[] {
    const { tape, scope, program } = this;
    const name = program.name('MINT_');
    const object = tape.pick(scope.constants.filter(({ kind }) => kind === 'unsigned'))?.text ?? '0x20000UL';
    const add = (result: Kind, parameters: readonly Kind[], body: string, constant = true): string[] => {
      scope.macros.push({ name, result, parameters, constant });
      const names = ['n', 'm', 'k'].slice(0, parameters.length).join(', ');
      return [`#define ${name}(${names}) ${body}`];
    };
    return tape.choose([
      [2, () => add('unsigned', ['small'], '((n) * 0x20000UL)')],
      [2, () => add('signed', ['small'], '(((n) % 5) * 0x20000)')],
      [2, () => add('small', ['small'], 'n * 2 + 1')],
      [2, () => add('unsigned', ['unsigned'], `${object} + n & ~0xfffUL`)],
      [2, () => add('unsigned', ['unsigned', 'unsigned'], '((n) < (m) ? (n) : (m))')],
      [2, () => add('unsigned', ['unsigned', 'signed'], typeofMacro('>'), false)],
      [1, () => add('signed', ['signed', 'small'], typeofMacro('<'), false)],
      [
        2,
        () =>
          add('unsigned', ['unsigned'], '(((n) + (0x1000) - 1) & ~((typeof((n) + 0))(0x1000) - 1))', false),
      ],
      [1, () => add('unsigned', ['small'], '(1UL << ((n) & 15))')],
      [1, () => add('unsigned', ['unsigned', 'small'], `(((n) * \\\n\t(m)) + ${object})`)],
      [1, () => add('small', ['small'], '(sizeof(char[((n) & 3) + 1]) > 2)')],
      [1, () => this.variadic(name)],
    ]);
  }

  private variadic(name: string): string[] {
    const { scope } = this;
    const add = (text: string, kind: Kind): void => {
      scope.constants.push({ text, kind, inDirectives: false });
    };
    return this.tape.choose([
      [
        1,
        () => {
          add(`${name}(1, 2)`, 'small');
          add(`${name}(OSID)`, 'small');
          add(`${name}(a, b, (c, d))`, 'small');
          return [
            `#define ${name}_(a, b, c, n, ...) n`,
            `#define ${name}(...) ${name}_(__VA_ARGS__, 3, 2, 1, 0)`,
          ];
        },
      ],
      [
        1,
        () => {
          add(`${name}(0x20000UL)`, 'unsigned');
          add(`${name}(0x20000UL, + 0x1000, * 2)`, 'unsigned');
          return [`#define ${name}_(first, ...) first`, `#define ${name}(x, ...) (x ${name}_(__VA_ARGS__ ))`];
        },
      ],
      [
        1,
        () => {
          add(`${name}(3)`, 'small');
          add(`${name}(3, 4)`, 'small');
          return [
            `#define ${name}_(a, b, ...) (a - b)`,
            `#define ${name}(x, rest...) ${name}_(x, ## rest, 1, 2)`,
          ];
        },
      ],
      [
        1,
        () => {
          add(`${name}(7)`, 'small');
          add(`${name}(7, 2, 1)`, 'small');
          return [`#define ${name}_(a, b, ...) (a * 10 + b)`, `#define ${name}(x, ...) ${name}_(x __VA_OPT__(,) __VA_ARGS__, 5)`]; // biome-ignore format: two lines of C
        },
      ],
    ]);
  }

  /** Strings and pasted tokens. */
  private textMacro(): string[] {
    const { tape, scope, program } = this;
    const name = program.name('MINT_');
    const add = (text: string, kind: Kind): void => {
      scope.constants.push({ text, kind, inDirectives: false });
    };
    return tape.choose([
      [
        1,
        () => {
          add(`(int)sizeof(${name}(a  +  b))`, 'small');
          add(`(int)sizeof(${name}(OSID))`, 'small');
          add(`(int)sizeof(${name}_X(OSID))`, 'small');
          add(`(int)sizeof(${name}("x\\n" 'c'))`, 'small');
          return [`#define ${name}(x) #x`, `#define ${name}_X(x) ${name}(x)`];
        },
      ],
      [
        1,
        () => {
          add(`${name}(0x2, 0000)`, 'signed');
          add(`${name}(0x1000, UL)`, 'unsigned');
          add(`${name}(1, ${name}_Y(2, 3))`, 'small');
          return [`#define ${name}_Y(a, b) a ## b`, `#define ${name}(a, b) ${name}_Y(a, b)`];
        },
      ],
      [
        1,
        () => {
          // Placemarkers: an empty argument of ## leaves nothing.
          add(`${name}(,)`, 'small');
          add(`${name}(1,)`, 'small');
          add(`${name}(,20)`, 'small');
          return [`#define ${name}(a, b) (4 + 0##a##b + 0 ## b)`];
        },
      ],
      [1, () => this.selfReference(name)],
    ]);
  }

  /** A macro that names itself stands for the object of its name the second time. */
  private selfReference(name: string): string[] {
    const object = `${name.toLowerCase()}_self`;
    this.scope.addPlace({ text: object, base: object, kind: 'unsigned', fixed: true, bitField: false });
    return [`static unsigned long ${object} = 0x3000;`, `#define ${object} (${object} + 1)`];
  }

  private listMacro(): string[] {
    const { scope, program } = this;
    const name = program.name('NODES_');
    const lower = name.toLowerCase();
    scope.constants.push({ text: `${lower}_count`, kind: 'small', inDirectives: false });
    scope.constants.push({ text: `${lower}_2`, kind: 'small', inDirectives: false });
    const list = {
      text: `${lower}_base`,
      base: `${lower}_base`,
      kind: 'unsigned',
      type: 'unsigned long',
      length: 3,
    } as const;
    scope.lists.push({ ...list, fixed: true, pointer: false });
    return [
      `#define ${name}(X) X(0, 0x20000000) X(1, 0x38000000) X(2, ${this.expressions.constant('unsigned', 1)})`,
      `#define ${name}_NAME(n, base) ${lower}_##n,`,
      `enum { ${name}(${name}_NAME) ${lower}_count };`,
      `#define ${name}_BASE(n, base) [n] = base,`,
      `static const unsigned long ${lower}_base[] = { ${name}(${name}_BASE) };`,
    ];
  }

  private redefinition(): string[] {
    const { tape, scope, program } = this;
    const name = program.name('MINT_');
    const frozen = program.name('g_');
    scope.constants.push({ text: name, kind: 'unsigned', inDirectives: true });
    scope.addPlace({
      text: frozen,
      base: frozen,
      kind: 'unsigned',
      fixed: false,
      bitField: false,
      type: 'unsigned long',
    });
    program.directiveMacros.push(name);
    return [
      `#define ${name} ${tape.pick(['0x1000', '0x20000 + 1'])}`,
      `static unsigned long ${frozen} = ${name} * 2;`,
      `#undef ${name}`,
      `#define ${name} ${tape.pick(['0x2000UL', '(0x8000000UL * OSID)'])}`,
    ];
  }

  private typedef(): string[] {
    const { tape, scope, program, expressions } = this;
    const kind = tape.pick(['unsigned', 'signed', 'small'] as const);
    const name = program.name('t_');
    const type = expressions.typeName(kind);
    scope.types.push({ text: name, kind });
    return [`typedef ${type} ${name};`];
  }

  private enumeration(): string[] {
    const { tape, scope, program, expressions } = this;
    const tag = program.name('e_');
    const names = ['a', 'b', 'c'].map((letter) => `${tag}_${letter}`);
    const values = names.map((_, index) =>
      index > 0 && tape.chance(50) ? '' : ` = ${expressions.constant('small', 1)} & 0xff`,
    );
    const lines = [`enum ${tag} { ${names.map((name, index) => `${name}${values[index]}`).join(', ')} };`];
    for (const text of names) scope.constants.push({ text, kind: 'small', inDirectives: false });
    const object = program.name('g_');
    scope.addPlace({
      text: object,
      base: object,
      kind: 'small',
      fixed: true,
      bitField: false,
      type: `enum ${tag}`,
    });
    return [...lines, `static enum ${tag} ${object} = ${tape.pick(names) ?? 0};`];
  }

  private record(): string[] {
    const { tape, scope, program } = this;
    const tag = program.name('s_');
    const { lines, fields } = this.fields('', '\t', 2);
    const union = tape.chance(10);
    const packed = tape.chance(15) ? '__attribute__((packed)) ' : '';
    const spelled = `${union ? 'union' : 'struct'} ${tag}`;
    const typedef = tape.chance(40);
    const overlaps = union || lines.some((line) => line.includes('union {'));
    const shape: RecordShape = { type: typedef ? `${tag}_t` : spelled, overlaps, fields };
    scope.shapes.push(shape);
    const head = `${typedef ? 'typedef ' : ''}${union ? 'union' : 'struct'} ${packed}${tag} {`;
    return [head, ...lines, typedef ? `} ${tag}_t;` : '};'];
  }

  private fields(path: string, indent: string, depth: number): { lines: string[]; fields: Field[] } {
    const { tape, program, expressions } = this;
    const lines: string[] = [];
    const fields: Field[] = [];
    for (let left = tape.between(1, 4); left > 0; left--) {
      const name = program.name('m');
      const kind = tape.pick(['unsigned', 'small', 'signed'] as const);
      const type = expressions.typeName(kind);
      const full = path + name;
      const plain = (length?: number): void => {
        lines.push(`${indent}${type} ${name}${length === undefined ? '' : `[${length}]`};`);
        fields.push({ name: full, kind, type, bitField: false, ...(length === undefined ? {} : { length }) });
      };
      tape.choose<void>([
        [5, () => plain()],
        [2, () => plain(3)],
        [2, () => this.bitField(name, full, indent, lines, fields)],
        [depth > 0 ? 2 : 0, () => this.nested(name, path, indent, depth, lines, fields)],
      ]);
    }
    return { lines, fields };
  }

  private bitField(name: string, full: string, indent: string, lines: string[], fields: Field[]): void {
    const { tape } = this;
    const [type, width, kind] = tape.pick([
      ['unsigned int', 5, 'small'], ['unsigned long long', 12, 'small'], ['int', 9, 'small'], ['unsigned', 32, 'unsigned'], ['_Bool', 1, 'small'], ['unsigned char', 3, 'small'], ['signed int', 17, 'signed'], ['uint64_t', 40, 'unsigned']] as const); // biome-ignore format: one table
    if (tape.chance(15)) lines.push(`${indent}unsigned int : ${tape.pick(['0', '3'])};`);
    lines.push(`${indent}${type === 'uint64_t' ? 'unsigned long long' : type} ${name} : ${width};`);
    fields.push({ name: full, kind, type, bitField: true });
  }

  private nested(
    name: string,
    path: string,
    indent: string,
    depth: number,
    lines: string[],
    fields: Field[],
  ): void {
    const { tape } = this;
    const anonymous = tape.chance(50);
    const inner = this.fields(anonymous ? path : `${path}${name}.`, `${indent}\t`, depth - 1);
    const keyword = tape.chance(30) ? 'union' : 'struct';
    lines.push(`${indent}${keyword} {`, ...inner.lines, `${indent}}${anonymous ? '' : ` ${name}`};`);
    fields.push(...inner.fields);
  }

  private object(): string[] {
    const { tape, scope, program, expressions } = this;
    const kind = tape.pick(['unsigned', 'signed', 'small'] as const);
    const type = expressions.typeName(kind);
    const name = program.name('g_');
    const fixed = tape.chance(25);
    const value = tape.chance(85) ? ` = ${expressions.constant(kind, 2)}` : '';
    scope.addPlace({ text: name, base: name, kind, fixed, bitField: false, type });
    if (!tape.chance(15)) return [`static ${fixed ? 'const ' : ''}${type} ${name}${value};`];
    // Tentative definitions (C17 6.9.2) and a split initialiser.
    return [
      `static ${fixed ? 'const ' : ''}${type} ${name};`,
      `static ${fixed ? 'const ' : ''}${type} ${name} =`,
      `#if ${program.condition(tape)}`,
      `\t${expressions.constant(kind, 1)}`,
      '#else',
      `\t${expressions.constant(kind, 1)}`,
      '#endif',
      '\t;',
    ];
  }

  private array(): string[] {
    const { tape, scope, program, expressions } = this;
    const kind = tape.pick(['unsigned', 'small', 'signed'] as const);
    const type = expressions.typeName(kind);
    const name = program.name('g_');
    const fixed = tape.chance(30);
    const { length, initializer } = arrayInitializer(tape, () => expressions.constant(kind, 1));
    scope.lists.push({ text: name, base: name, kind, type, length, fixed, pointer: false });
    return [
      `static ${fixed ? 'const ' : ''}${type} ${name}[${tape.pick(['', String(length), `2 + ${length - 2}`])}] = ${initializer};`,
    ];
  }

  private matrix(): string[] {
    const { tape, scope, program, expressions } = this;
    const type = expressions.typeName('unsigned');
    const name = program.name('g_');
    const value = (): string => expressions.constant('unsigned', 1);
    const initializer = tape.choose([
      [2, () => `{ { ${value()}, ${value()} }, { ${value()} }, { [1] = ${value()} } }`],
      [1, () => `{ ${value()}, ${value()}, ${value()}, ${value()}, ${value()} }`],
      [1, () => `{ [2] = { ${value()}, ${value()} }, [0][1] = ${value()}, ${value()} }`],
    ]);
    const row = { base: name, kind: 'unsigned', type, fixed: false, pointer: false } as const;
    scope.lists.push({ ...row, text: `${name}[OSID]`, length: 2 }, { ...row, text: `${name}[1]`, length: 2 });
    return [`static ${type} ${name}[][2] = ${initializer};`.replace('[][2]', '[3][2]')];
  }

  private recordObject(): string[] {
    const { tape, scope, program, expressions } = this;
    const shape = tape.pick(scope.shapes);
    if (!shape) return this.object();
    const name = program.name('g_');
    // gcc 12 folds what it reads of a const union: `{ .words = { [1] = 8 } }` reads as 0 through another member.
    const fixed = tape.chance(20) && !shape.overlaps;
    const prefix = `static ${fixed ? 'const ' : ''}${shape.type} ${name}`;
    const value = (): string => this.recordInitializer(shape);
    const inOrder = (): string => `{ ${expressions.constant('small', 0)} }`;
    if (tape.chance(40)) {
      for (const index of ['0', '1', 'OSID'])
        scope.addRecord({ text: `${name}[${index}]`, base: name, shape, arrow: false }, fixed);
      return [`${prefix}[3] = { ${value()}, [2] = ${value()}, [1] = ${inOrder()} };`];
    }
    scope.addRecord({ text: name, base: name, shape, arrow: false }, fixed);
    return [`${prefix} = ${tape.chance(60) ? value() : inOrder()};`];
  }

  private recordInitializer(shape: RecordShape): string {
    const { tape, expressions } = this;
    const chosen = shape.fields.filter(() => tape.chance(60));
    const parts = chosen.map((field) => {
      const value = expressions.constant(field.kind, 1);
      return field.length === undefined ? `.${field.name} = ${value}` : `.${field.name} = { [1] = ${value} }`;
    });
    return `{ ${parts.join(', ') || '0'} }`;
  }

  private pointer(): string[] {
    const { tape, scope, program } = this;
    const name = program.name('g_');
    const global = /^g_\d+$/;
    const places = scope.places.filter(
      ({ text, type, fixed }) => global.test(text) && type !== undefined && !fixed,
    );
    const lists = scope.lists.filter(({ text, fixed, pointer }) => global.test(text) && !fixed && !pointer);
    const place = tape.pick(places);
    const list = tape.pick(lists);
    if (list && tape.chance(50)) {
      const from = tape.below(list.length);
      const { kind, type } = list;
      scope.lists.push({
        text: name,
        base: name,
        kind,
        type,
        length: list.length - from,
        fixed: false,
        pointer: true,
      });
      return [
        `static ${type} *${name} = ${tape.pick([`&${list.text}[${from}]`, `${list.text} + ${from}`])};`,
      ];
    }
    if (!place?.type) return this.object();
    const { kind, type } = place;
    scope.addPlace({ text: `(*${name})`, base: name, kind, fixed: false, bitField: false, type });
    return [`static ${type} *${tape.pick(['', 'const '])}${name} = &${place.text};`];
  }

  /** Pointers to objects, one for each OS node. */
  private pointerTable(): string[] {
    const { tape, scope, program } = this;
    const places = scope.places.filter(({ text, type, fixed }) => /^g_\d+$/.test(text) && type && !fixed);
    const place = tape.pick(places);
    if (!place?.type) return this.object();
    const { kind, type } = place;
    const others = places.filter((each) => each.type === type);
    const chosen = [place, tape.pick(others) ?? place, tape.pick(others) ?? place];
    const name = program.name('g_');
    const common = { base: name, kind, fixed: false, bitField: false, type };
    scope.addPlace({ ...common, text: `(*${name}[OSID])` });
    scope.addPlace({ ...common, text: `${name}[1][0]` });
    return [`static ${type} *const ${name}[] = { ${chosen.map(({ text }) => `&${text}`).join(', ')} };`];
  }

  private check(): string[] {
    const { tape, program } = this;
    return tape.choose([
      [1, () => [`_Static_assert(sizeof(int) == 4, "int");`]],
      [1, () => [`/* #define MINT_H 5 */ // 'c`]],
      [1, () => [`#if 0`, `it's "not" C #else`, `#elif ${program.condition(tape)}`, '#else', '#endif']],
      [1, () => ['#pragma GCC diagnostic ignored "-Wunused"', '#line 100', '#']],
      [1, () => ['extern int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));']],
    ]);
  }

  /** An object for each OS node, chosen by a name built from OSID. */
  private perNodeObjects(): string[] {
    const { tape, scope, program, expressions } = this;
    const name = program.name('mint_node_');
    const macro = name.toUpperCase();
    const type = expressions.typeName('unsigned');
    scope.addPlace({
      text: macro,
      base: macro,
      kind: 'unsigned',
      fixed: tape.chance(50),
      bitField: false,
      type,
    });
    return [
      ...[0, 1, 2].map((node) => `static ${type} ${name}_${node} = ${expressions.constant('unsigned', 1)};`),
      `#define ${macro}_PASTE(a, b) a##b`,
      `#define ${macro}_PASTE_VALUE(a, b) ${macro}_PASTE(a, b)`,
      `#define ${macro} ${macro}_PASTE_VALUE(${name}_, OSID)`,
    ];
  }
}

function typeofMacro(operator: string): string {
  return `({ typeof((n) + 0) _n = (n); __typeof__((m) + 0) _m = (m); _n ${operator} _m ? _n : _m; })`;
}
