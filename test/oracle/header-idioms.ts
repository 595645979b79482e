/** What headers hold in larger pieces: tables included twice, kernel macros, functions that hand out pointers. */
import { Expressions } from './expressions';
import type { Program } from './program';
import type { Scope } from './scope';
import type { Tape } from './tape';

/** One idiom of a header; its lines. */
export function headerIdiom(tape: Tape, scope: Scope, program: Program): string[] {
  const expressions = new Expressions(tape, scope);
  return tape.choose([
    [1, () => includedTwice(tape, scope, program, expressions)],
    [1, () => isEnabled(tape, scope, program)],
    [1, () => bitMacros(tape, scope, program)],
    [1, () => handsOutPointer(scope, program, expressions)],
    [1, () => returnsRecord(scope, program, expressions)],
    [1, () => callsBack(tape, scope, program, expressions)],
    [1, () => arrayParameter(tape, scope, program, expressions)],
    [1, () => namedTypes(tape, scope, program, expressions)],
    [1, () => wideProduct(scope, program)],
    [1, () => mutualRecursion(scope, program, expressions)],
    [1, () => nestedRecords(tape, scope, program, expressions)],
  ]);
}

/** A table of macro calls in a file, included for its names and again for its values. */
function includedTwice(tape: Tape, scope: Scope, program: Program, expressions: Expressions): string[] {
  const name = program.name('mint_table_');
  const rows = ['a', 'b', 'c'].map((row) => `ITEM(${name}_${row}, ${expressions.constant('unsigned', 1)})`);
  const file = tape.chance(30)
    ? [`#if ${program.condition(tape)}`, ...rows, '#else', ...rows.reverse(), '#endif']
    : rows;
  program.extraFiles.set(`include/${name}.def`, `${file.join('\n')}\n`);
  for (const row of ['a', 'b', 'c'])
    scope.constants.push({ text: `${name}_${row}`, kind: 'small', inDirectives: false });
  const list = { base: `${name}_values`, kind: 'unsigned', type: 'unsigned long', pointer: false } as const;
  scope.lists.push({ ...list, text: `${name}_values`, length: 3, fixed: true });
  const include = `#include <${name}.def>`;
  return [
    '#define ITEM(name, value) name,',
    `enum ${name} {`,
    include,
    '};',
    '#undef ITEM',
    '#define ITEM(name, value) [name] = (value),',
    `static const unsigned long ${name}_values[] = {`,
    include,
    '};',
    '#undef ITEM',
  ];
}

/** The Linux kernel's way to ask whether a macro is defined as 1. */
function isEnabled(tape: Tape, scope: Scope, program: Program): string[] {
  const name = program.name('CONFIG_');
  const defined = tape.pick(['1', '', '0', '2']);
  const call = `${name}_IS_ENABLED(${name}_NODE)`;
  scope.constants.push({ text: call, kind: 'small', inDirectives: true });
  program.directiveCalls.push(call);
  return [
    ...(tape.chance(75) ? [`#define ${name}_NODE ${defined}`] : []),
    `#define ${name}_PLACEHOLDER_1 0,`,
    `#define ${name}_SECOND(ignored, value, ...) value`,
    `#define ${name}_IS_ENABLED(option) ${name}_IS_(option)`,
    `#define ${name}_IS_(value) ${name}_IS__(${name}_PLACEHOLDER_##value)`,
    `#define ${name}_IS__(comma) ${name}_SECOND(comma 1, 0)`,
  ];
}

function bitMacros(tape: Tape, scope: Scope, program: Program): string[] {
  const name = program.name('MINT_');
  scope.macros.push({ name, result: 'unsigned', parameters: ['unsigned'], constant: false });
  scope.constants.push({ text: `${name}_MASK(27, 12)`, kind: 'unsigned', inDirectives: false });
  const get = tape.pick([
    `((unsigned long)((value) & ${name}_MASK(23, 8)) >> __builtin_ctzl(${name}_MASK(23, 8)))`,
    '((value) ? 1UL << (__builtin_clzll(1) - __builtin_clzll((value) | 1)) : 0UL)',
    '((value) & -(value))',
    '(!((value) & ((value) - 1)) ? 1UL : 2UL + !!(value))',
    '((unsigned long)__builtin_ffs((int)(value)))',
    '(((value) / 0x1000 + !!((value) % 0x1000)) * 0x1000UL)',
  ]);
  return [
    `#define ${name}_MASK(high, low) ((~0UL << (low)) & (~0UL >> (sizeof(long) * 8 - 1 - (high))))`,
    `#define ${name}(value) ${get}`,
  ];
}

function handsOutPointer(scope: Scope, program: Program, expressions: Expressions): string[] {
  const name = program.name('f_');
  const type = expressions.typeName('unsigned');
  const values = [0, 1, 2].map(() => expressions.constant('unsigned', 1));
  scope.addPlace({ text: `(*${name}(OSID))`, base: name, kind: 'unsigned', fixed: false, bitField: false });
  scope.addPlace({ text: `${name}(7)[0]`, base: name, kind: 'unsigned', fixed: false, bitField: false });
  return [
    `static ${type} *${name}(unsigned n)`,
    '{',
    `\tstatic ${type} values[] = { ${values.join(', ')} };`,
    '\treturn n < 3 ? &values[n] : values;',
    '}',
  ];
}

function returnsRecord(scope: Scope, program: Program, expressions: Expressions): string[] {
  const name = program.name('f_');
  const type = expressions.typeName('unsigned');
  const call = (arguments_: string): string => `${name}(${arguments_})`;
  const add = (text: string): void =>
    scope.addPlace({ text, base: name, kind: 'unsigned', fixed: true, bitField: false });
  add(`${call('3, 4')}.size`);
  add(`${call('OSID, 0x20000000')}.pair[OSID & 1]`);
  return [
    `struct ${name}_range { ${type} start, size, pair[2]; };`,
    `static struct ${name}_range ${name}(unsigned n, ${type} size)`,
    '{',
    `\tstruct ${name}_range made = { .start = n * ${expressions.constant('unsigned', 1)}, .size = size };`,
    '\tmade.pair[0] = made.start + made.size, made.pair[1] = n;',
    '\treturn made;',
    '}',
  ];
}

function callsBack(tape: Tape, scope: Scope, program: Program, expressions: Expressions): string[] {
  const name = program.name('f_');
  const type = expressions.typeName('unsigned');
  scope.functions.push({
    name,
    result: 'unsigned',
    parameters: [{ kind: 'unsigned' }],
    void: false,
    pure: true,
    cost: 12,
  });
  const given = tape.pick([`${name}_double`, `&${name}_double`, `n & 1 ? ${name}_double : ${name}_next`]);
  return [
    `typedef ${type} ${name}_step(${type});`,
    `static ${type} ${name}_double(${type} n) { return n * 2; }`,
    `static ${name}_step ${name}_next;`,
    `static ${type} ${name}_next(${type} n) { return n + 0x1000; }`,
    `static ${type} ${name}_twice(${name}_step *step, ${type} n) { return step((*step)(n)); }`,
    `static ${type} ${name}(${type} n) { return ${name}_twice(${given}, n); }`,
  ];
}

function arrayParameter(tape: Tape, scope: Scope, program: Program, expressions: Expressions): string[] {
  const name = program.name('f_');
  const type = expressions.typeName('unsigned');
  const parameter = tape.pick(['values[]', 'values[3]', '*values', 'values[static 3]']);
  const initial = `{ ${expressions.constant('unsigned', 0)}, ${expressions.constant('small', 1)}, 3 }`;
  const add = (text: string): void =>
    scope.addPlace({ text, base: name, kind: 'unsigned', fixed: true, bitField: false });
  add(`${name}(${name}_all, 3)`);
  add(`${name}(&${name}_all[1], 2)`);
  return [
    `static const ${type} ${name}_all[3] = ${initial};`,
    `static ${type} ${name}(const ${type} ${parameter}, unsigned count)`,
    '{',
    `\t${type} sum = sizeof(values) == sizeof(void *);`,
    `\twhile (count--) sum = sum * 3 + ${tape.pick(['values[count]', '*values++'])};`,
    '\treturn sum;',
    '}',
  ];
}

function namedTypes(tape: Tape, scope: Scope, program: Program, expressions: Expressions): string[] {
  const name = program.name('t_');
  const object = program.name('g_');
  const type = expressions.typeName('unsigned');
  const value = (): string => expressions.constant('unsigned', 1);
  scope.lists.push({
    text: `${object}[1]`,
    base: object,
    kind: 'unsigned',
    type,
    length: 2,
    fixed: false,
    pointer: false,
  });
  scope.lists.push({
    text: `(*${object}_to)`,
    base: object,
    kind: 'unsigned',
    type,
    length: 2,
    fixed: false,
    pointer: false,
  });
  return [
    `typedef ${type} ${name}_pair[2], *${name}_pointer;`,
    `static ${name}_pair ${object}[] = { { ${value()} }, { ${value()}, ${value()} } };`,
    `static ${name}_pair *${object}_to = ${tape.pick([object, `&${object}[1]`, `${object} + 1`])};`,
    `static ${name}_pointer const ${object}_at ${tape.pick([`= ${object}[0]`, `= &${object}[1][1]`])};`,
  ];
}

function wideProduct(scope: Scope, program: Program): string[] {
  const name = program.name('MINT_');
  scope.macros.push({ name, result: 'unsigned', parameters: ['unsigned', 'unsigned'], constant: true });
  return [
    '#ifdef __SIZEOF_INT128__',
    `#define ${name}(n, m) ((unsigned long)((unsigned __int128)(n) * (m) >> 32))`,
    '#else',
    `#define ${name}(n, m) ((unsigned long)((unsigned long long)(n) * (m) >> 16))`,
    '#endif',
  ];
}

function mutualRecursion(scope: Scope, program: Program, expressions: Expressions): string[] {
  const name = program.name('f_');
  const type = expressions.typeName('unsigned');
  const parameters = [{ kind: 'small' }] as const;
  scope.functions.push({ name, result: 'unsigned', parameters, void: false, pure: true, cost: 30 });
  return [
    `static ${type} ${name}_odd(unsigned n);`,
    `static ${type} ${name}(unsigned n) { return n > 9 || n == 0 ? 1 : n + ${name}_odd(n - 1); }`,
    `static ${type} ${name}_odd(unsigned n) { return n ? ${name}(n - 1) * 2 : ${expressions.constant('unsigned', 0)}; }`,
  ];
}

/** Structures in arrays in structures, with a member that names its own type. */
function nestedRecords(tape: Tape, scope: Scope, program: Program, expressions: Expressions): string[] {
  const tag = program.name('s_');
  const object = program.name('g_');
  const type = expressions.typeName('unsigned');
  const value = (): string => expressions.constant('unsigned', 1);
  const add = (text: string, fixed = false): void =>
    scope.addPlace({ text, base: object, kind: 'unsigned', fixed, bitField: false, type });
  add(`${object}.nodes[1].start`);
  add(`${object}.self->nodes[OSID].size`);
  add(`${object}.current->start`);
  const initial = tape.pick([
    `{ .nodes = { { ${value()}, 1 }, [2] = { .size = ${value()} } }, &${object}, &${object}.nodes[1] }`,
    `{ { ${value()}, ${value()}, ${value()} }, .self = &${object}, .current = ${object}.nodes + 2 }`,
    `{ .nodes[1].start = ${value()}, .nodes[1].size = 2, .nodes[0] = { 1, ${value()} }, .self = &${object}, .current = ${object}.nodes }`,
  ]);
  return [
    `struct ${tag};`,
    `struct ${tag} { struct ${tag}_node { ${type} start, size; } nodes[3]; struct ${tag} *self; struct ${tag}_node *current; };`,
    `static struct ${tag} ${object} = ${initial};`,
  ];
}
