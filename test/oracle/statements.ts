/** Random C statements. No object is read before it has a value, and none is changed twice without a sequence point. */
import {
  type Body,
  block,
  conditional,
  countedLoop,
  jump,
  selection,
  splitBrace,
  splitStatements,
  switchIntoLoop,
  whileLoop,
} from './control-flow';
import { writable } from './expressions';
import { idiom } from './idioms';
import { declareLocal } from './local-declarations';
import type { CallableFunction, Scope } from './scope';
import type { StatementWriter } from './statement-writer';
import type { Production } from './tape';

/** One statement, or a declaration that later ones can use; its lines. */
export function statement(writer: StatementWriter, depth: number): string[] {
  const { tape, scope } = writer;
  scope.meter.spent += scope.load;
  if (writable(scope).length === 0) return declareLocal(writer);
  const body: Body = (inner, times, prepare) => statements(writer.inner(times), inner, prepare);
  const simple: Production<string[]>[] = [
    [8, () => writer.line(`${writer.assignment()};${comment(writer)}`)],
    [3, () => writer.line(`${compoundAssignment(writer)};`)],
    [2, () => writer.line(`${step(writer)};`)],
    [3, () => impureCall(writer)],
    [2, () => regionMacro(writer)],
    [1, () => writer.line(`${writer.assignment()}, ${writer.assignment()};`)],
    [1, () => recordAssignment(writer)],
    [1, () => writer.line(tape.pick([';', '(void)OSID;', '{ }']))],
    [1, () => splitAssignment(writer)],
    [1, () => chainedAssignment(writer)],
  ];
  if (depth <= 0) return tape.choose(simple);
  return tape.choose([
    ...simple,
    [4, () => conditional(writer, body, depth - 1)],
    [3, () => selection(writer, body, depth - 1)],
    [3, () => countedLoop(writer, body, depth - 1)],
    [2, () => whileLoop(writer, body, depth - 1)],
    [2, () => jump(writer, body, depth - 1)],
    [5, () => declareLocal(writer)],
    [1, () => block(writer, body, depth - 1)],
    [1, () => splitBrace(writer, body, depth - 1)],
    [1, () => splitStatements(writer, body, depth - 1)],
    [1, () => pointerWalk(writer)],
    [1, () => pointerStep(writer)],
    [1, () => arrayFill(writer)],
    [1, () => earlyReturn(writer)],
    [1, () => switchIntoLoop(writer)],
    [1, () => localMacro(writer)],
    [4, () => idiom(writer)],
  ]);
}

function statements(writer: StatementWriter, depth: number, prepare?: (scope: Scope) => void): string[] {
  prepare?.(writer.scope);
  const lines: string[] = [];
  for (let left = writer.tape.between(1, 3); left > 0; left--) lines.push(...statement(writer, depth));
  return lines;
}

/** Comments that look like code, strings and directives. */
function comment({ tape }: StatementWriter): string {
  if (!tape.chance(6)) return '';
  return tape.pick([
    ' /* = 5; */',
    " // it's",
    ' // "open',
    ' /* // */',
    ' // spliced \\\n\tmint_region1_size = 1;',
  ]);
}

function compoundAssignment(writer: StatementWriter): string {
  const { tape, expressions } = writer;
  const target = writer.target();
  if (!target) return '(void)0';
  const { text, kind } = target;
  const wraps = kind === 'unsigned';
  return tape.choose([
    [2, () => `${text} ${tape.pick(['&=', '|=', '^='])} ${expressions.any(2)}`],
    [2, () => `${text} ${tape.pick(['+=', '-='])} ${expressions.small(2)}`],
    [1, () => `${text} ${tape.pick(['/=', '%='])} ${tape.pick(['3', '5', '7U', '0x1000'])}`],
    [1, () => `${text} >>= ${tape.below(5)}`],
    [
      2,
      () => (wraps ? `${text} ${tape.pick(['*=', '+=', '-='])} ${expressions.unsigned(2)}` : `${text} |= 1`),
    ],
    [1, () => (wraps ? `${text} <<= ${tape.below(5)}` : `${text} &= 0xff`)],
  ]);
}

function step(writer: StatementWriter): string {
  const target = writer.target();
  if (!target) return '(void)0';
  const operator = writer.tape.pick(['++', '--'] as const);
  const text = writer.tape.pick([`${target.text}${operator}`, `${operator}${target.text}`] as const);
  const other = writer.otherTarget(target);
  return other && writer.tape.chance(40) ? `${other.text} = ${text}` : text;
}

function chainedAssignment(writer: StatementWriter): string[] {
  const { tape, expressions } = writer;
  const first = writer.target();
  const second = first && writer.otherTarget(first);
  if (!first || !second) return writer.line(';');
  const value = expressions.of(second.kind, 2);
  return tape.choose([
    [2, () => writer.line(`${first.text} = ${second.text} = ${value};`)],
    [1, () => writer.line(`${first.text} = (${second.text} = ${value}, ${second.text} ^ 5);`)],
    [1, () => writer.line(`${first.text} = ({ ${second.text} = ${value}; ${second.text}; });`)],
    [1, () => writer.line(`${expressions.truth(1)} && (${first.text} = ${value}) || (${second.text} = 3);`)],
  ]);
}

/** A call that changes objects stands alone or is the whole value assigned, so that no order is left open. */
function impureCall(writer: StatementWriter): string[] {
  const { tape, scope, expressions } = writer;
  const callees = scope.functions.filter((each) => scope.affords(each.cost));
  const callee = tape.pick(callees);
  const call = expressions.call(callee, 1);
  if (!call) return writer.line(`${writer.assignment()};`);
  const target = tape.pick(writable(scope).filter(({ text }) => /^\w+$/.test(text)));
  return writer.line(target && !callee?.void && tape.chance(60) ? `${target.text} = ${call};` : `${call};`);
}

function regionMacro(writer: StatementWriter): string[] {
  const { tape, scope, expressions } = writer;
  const macro = tape.pick(scope.regionMacros);
  if (!macro) return writer.line(`${writer.assignment()};`);
  const number = tape.between(1, 3);
  if (macro.endsWith('START')) return writer.line(`${macro}(${number}) = ${expressions.unsigned(2)};`);
  const values = [expressions.any(2), expressions.any(2)];
  // What __LINE__ is in a call of several lines is left open.
  const split = tape.chance(50) && !values.some((value) => value.includes('__LINE__'));
  const call = `${macro}(${number}, ${values.join(split ? ',\n\t\t' : ', ')});`;
  return macro.endsWith('PAIR') ? writer.braced('', writer.line(`\t${call}`)) : writer.line(call);
}

function recordAssignment(writer: StatementWriter): string[] {
  const { tape, scope, expressions } = writer;
  const object = tape.pick(scope.records.filter((each) => !writer.isFixed(each)));
  if (!object) return writer.line(`${writer.assignment()};`);
  const target = object.arrow ? `*${object.text}` : object.text;
  const same = scope.records.filter((each) => each.shape === object.shape && each.base !== object.base);
  const other = tape.pick(same);
  if (other && tape.chance(50)) return writer.line(`${target} = ${other.arrow ? '*' : ''}${other.text};`);
  const field = tape.pick(object.shape.fields);
  const plain = field && field.length === undefined;
  const initializer = plain ? `.${field.name} = ${expressions.of(field.kind, 2)}` : '0';
  return writer.line(`${target} = (${object.shape.type}){ ${initializer} };`);
}

/** A conditional directive in the middle of a statement. */
function splitAssignment(writer: StatementWriter): string[] {
  const target = writer.target();
  if (!target) return writer.line(';');
  const { tape, expressions, program, indent } = writer;
  const lines = [`${indent}${target.text} = ${expressions.of(target.kind, 1)}`];
  lines.push(`#if ${program.condition(tape)}`, `${indent}\t+ ${expressions.small(1)}`);
  if (tape.chance(50)) lines.push('#else', `${indent}\t- ${expressions.small(1)}`);
  return [...lines, '#endif', `${indent};`];
}

function earlyReturn(writer: StatementWriter): string[] {
  const { expressions, scope } = writer;
  const { result } = scope;
  if (result === undefined) return writer.line(`${writer.assignment()};`);
  const value = result === 'void' ? '' : ` ${expressions.of(result, 1)}`;
  return writer.line(`if (${expressions.truth(1)}) return${value};`);
}

/** A macro defined and forgotten between two statements. */
function localMacro(writer: StatementWriter): string[] {
  const { program, expressions } = writer;
  const target = writer.target();
  if (!target) return writer.line(';');
  const name = program.name('HERE_');
  return [
    `#define ${name}(x) ((x) + ${expressions.small(0)})`,
    ...writer.line(`${target.text} = ${name}(${expressions.of(target.kind, 1)}) & 0xffff;`),
    `#undef ${name}`,
  ];
}

function pointerWalk(writer: StatementWriter): string[] {
  const { tape, scope, program } = writer;
  const list = tape.pick(scope.lists);
  const sums = writable(scope).filter(({ kind, base }) => kind === 'unsigned' && base !== list?.base);
  const sum = tape.pick(sums);
  if (!list || !sum) return writer.line(`${writer.assignment()};`);
  const pointer = program.name('p');
  const start = `${list.fixed ? 'const ' : ''}${list.type} *${pointer} = ${list.text}`;
  const end = `${list.text} + ${list.length}`;
  return tape.choose([
    [1, () => writer.line(`for (${start}; ${pointer} < ${end}; ${pointer}++) ${sum.text} += *${pointer};`)],
    [1, () => writer.line(`{ ${start}; while (${pointer} != ${end}) ${sum.text} ^= *${pointer}++; }`)],
    [
      1,
      () =>
        writer.line(`{ ${start} + ${list.length}; ${sum.text} = (${end} - ${pointer}) + ${pointer}[-1]; }`),
    ],
    [1, () => writer.line(`{ ${start}; if (${pointer} && ${pointer} == &${list.text}[0]) ${sum.text} += ${pointer}[OSID % ${list.length}]; }`)], // biome-ignore format: one production
  ]);
}

/** Steps a pointer and writes through it. */
function pointerStep(writer: StatementWriter): string[] {
  const { tape, scope, program, expressions } = writer;
  const list = tape.pick(scope.lists.filter(({ fixed, length }) => !fixed && length > 1));
  if (!list) return writer.line(`${writer.assignment()};`);
  const pointer = program.name('p');
  const value = expressions.of(list.kind, 1);
  const uses = tape.pick([
    `*${pointer}++ = ${value}; *${pointer} = 3;`,
    `*++${pointer} = ${value}; --*${pointer};`,
    `(*${pointer})++; ++${pointer}; ${pointer}[-1] ^= 5;`,
    `${pointer} += 1; *(${pointer} - 1) = ${value}; ${pointer}--; *${pointer} |= 1;`,
  ]);
  return writer.line(`{ ${list.type} *${pointer} = ${list.text}; ${uses} }`);
}

function arrayFill(writer: StatementWriter): string[] {
  const { tape, scope, expressions, program } = writer;
  const list = tape.pick(scope.lists.filter((each) => !each.fixed));
  if (!list) return writer.line(`${writer.assignment()};`);
  const counter = program.name('i');
  const value = list.kind === 'small' ? `${counter} * 3` : expressions.of(list.kind, 1);
  const head = `for (int ${counter} = 0; ${counter} < ${list.length}; ${counter}++)`;
  return writer.line(`${head} ${list.text}[${counter}] = ${value};`);
}

/** Parameters as the body sees them. */
export function bindParameters(
  scope: Scope,
  callee: Pick<CallableFunction, 'parameters'>,
  types: readonly string[],
): void {
  for (const [index, parameter] of callee.parameters.entries()) {
    const name = `a${index}`;
    scope.hide(name);
    if ('record' in parameter) {
      scope.addRecord({ text: name, base: name, shape: parameter.record, arrow: false }, false);
    } else if ('pointer' in parameter) {
      const kind = scope.types.find((type) => type.text === parameter.pointer)?.kind ?? 'unsigned';
      const type = parameter.pointer;
      scope.addPlace({ text: `(*${name})`, base: name, kind, fixed: false, bitField: false, type });
    } else {
      const { kind } = parameter;
      const type = types[index] ?? 'int';
      scope.addPlace({ text: name, base: name, kind, fixed: false, bitField: false, type });
    }
  }
}
