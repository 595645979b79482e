/** Random branches, loops and jumps. Loops end by construction: nothing else writes their counters. */
import type { Scope } from './scope';
import type { StatementWriter } from './statement-writer';

/** Writes statements for a block within, executed `times` as often; `prepare` adds what only it can see. */
export type Body = (depth: number, times: number, prepare?: (scope: Scope) => void) => string[];

export function block(writer: StatementWriter, body: Body, depth: number): string[] {
  return writer.braced('', body(depth, 1));
}

export function conditional(writer: StatementWriter, body: Body, depth: number): string[] {
  const { tape, expressions } = writer;
  const head = `if (${condition(writer)})`;
  if (tape.chance(25)) {
    const simple = (): string[] => {
      const inner = writer.inner();
      return inner.line(`${inner.assignment()};`);
    };
    const otherwise = tape.chance(30) ? `else if (${expressions.truth(1)})` : 'else';
    return [...writer.line(head), ...simple(), ...writer.line(otherwise), ...simple()];
  }
  const lines = writer.braced(head, body(depth, 1));
  return tape.chance(50) ? [...lines, ...writer.braced('else', body(depth, 1))] : lines;
}

/** Sometimes it assigns, too. */
function condition(writer: StatementWriter): string {
  const { tape, expressions } = writer;
  const target = tape.chance(15) ? writer.target() : undefined;
  if (!target) return expressions.truth(2);
  return `(${target.text} = ${expressions.of(target.kind, 1)}) ${tape.pick(['> 3', '!= 0', '& 1', '== OSID'])}`;
}

/** A conditional directive that leaves out one of two opening braces. */
export function splitBrace(writer: StatementWriter, body: Body, depth: number): string[] {
  const { expressions, program, tape, indent } = writer;
  return [
    `#if ${program.condition(tape)}`,
    `${indent}if (${expressions.truth(1)}) {`,
    '#else',
    `${indent}if (${expressions.truth(1)}) {`,
    '#endif',
    ...body(depth, 1),
    `${indent}}`,
  ];
}

/** Statements under directives. */
export function splitStatements(writer: StatementWriter, body: Body, depth: number): string[] {
  const { program, tape } = writer;
  const lines = [`#if ${program.condition(tape)}`, ...block(writer, body, depth)];
  if (tape.chance(40)) lines.push(`#elif ${program.condition(tape)}`, ...block(writer, body, depth));
  if (tape.chance(60)) lines.push('#else', ...block(writer, body, depth));
  return [...lines, '#endif'];
}

export function selection(writer: StatementWriter, body: Body, depth: number): string[] {
  const { tape, expressions, indent } = writer;
  const last = tape.pick(['default:', "case 'A':", 'case 3 ... 9:', 'case 2 + 1:', 'default: case 7:']);
  const labels = ['case 0:', 'case 1:', 'case 2:', last];
  if (tape.chance(30)) labels.unshift(labels.pop() ?? 'default:');
  const value = tape.pick(['OSID', expressions.small(2), `${expressions.any(2)} & 3`]);
  const lines: string[] = [];
  for (const label of labels) {
    lines.push(`${indent}${label}`);
    if (tape.chance(85)) lines.push(...writer.braced('', body(depth, 1)));
    if (tape.chance(60)) lines.push(`${indent}\tbreak;`);
  }
  return writer.braced(`switch (${value})`, [...lines, `${indent}\t;`]);
}

/** A switch into the middle of a loop, as Duff wrote it. */
export function switchIntoLoop(writer: StatementWriter): string[] {
  const { program } = writer;
  const counter = program.name('n');
  const inner = writer.inner(9);
  const turns = ['case 0:', 'case 2:', 'case 1:'].flatMap((label) =>
    inner.line(`${label} ${inner.assignment()};`),
  );
  return writer.braced('', [
    ...inner.line(`int ${counter} = 3;`),
    ...inner.braced('switch (OSID)', inner.braced('do', turns, `} while (--${counter} > 0);`)),
  ]);
}

export function countedLoop(writer: StatementWriter, body: Body, depth: number): string[] {
  const { tape, program } = writer;
  const times = tape.between(1, 5);
  const counter = program.name('i');
  const type = tape.pick(['int', 'unsigned int', 'unsigned char', 'long']);
  const head = tape.pick([
    `for (${type} ${counter} = 0; ${counter} < ${times}; ${counter}++)`,
    `for (${type} ${counter} = ${times}; ${counter} > 0; --${counter})`,
    `for (${type} ${counter} = 0, last = ${times * 2}; ${counter} < last; ${counter} += 2)`,
    `for (${type} ${counter} = 1; ${counter} < 1 << ${times}; ${counter} *= 2)`,
  ]);
  const lines = body(depth, times, (inner) => {
    inner.hide('last');
    inner.addPlace({ text: counter, base: counter, kind: 'small', fixed: true, bitField: false });
  });
  return writer.braced(head, [...loopExit(writer), ...lines]);
}

/** Inside of a loop: perhaps leave it, or its turn, early. */
function loopExit(writer: StatementWriter): string[] {
  const { tape, expressions, indent } = writer;
  if (!tape.chance(30)) return [];
  return [`${indent}\tif (${expressions.truth(1)}) ${tape.pick(['continue', 'break'])};`];
}

export function whileLoop(writer: StatementWriter, body: Body, depth: number): string[] {
  const { tape, program, indent } = writer;
  const times = tape.between(1, 4);
  const counter = program.name('n');
  const lines = body(depth, times, (inner) =>
    inner.addPlace({ text: counter, base: counter, kind: 'small', fixed: true, bitField: false }),
  );
  const loop = tape.choose<string[]>([
    [1, () => writer.braced(`while (${counter}-- > 0)`, [...loopExit(writer), ...lines])],
    [1, () => writer.braced('do', [...loopExit(writer), ...lines], `} while (--${counter} > 0);`)],
    [1, () => writer.braced('for (;;)', [`${indent}\tif (${counter}-- == 0) break;`, ...lines])],
    [1, () => writer.braced(`for (; ${counter} && ${counter} < 9; --${counter})`, lines)],
  ]);
  return writer.braced('', [...writer.line(`\tint ${counter} = ${times};`), ...loop]);
}

export function jump(writer: StatementWriter, body: Body, depth: number): string[] {
  const { tape, expressions, program } = writer;
  const label = program.name('out');
  if (tape.chance(50)) {
    return [
      ...writer.line(`if (${expressions.truth(1)}) goto ${label};`),
      ...block(writer, body, depth),
      ...writer.line(`${label}: ;`),
    ];
  }
  const counter = program.name('n');
  const times = tape.between(1, 3);
  return writer.braced('', [
    ...writer.line(`\tunsigned ${counter} = 0;`),
    ...writer.line(`${label}:`),
    ...writer.braced('', body(depth, times)),
    ...writer.line(`\tif (++${counter} < ${times}) goto ${label};`),
  ]);
}
