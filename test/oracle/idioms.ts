/** Statements as C programmers combine them, with random parts: tables searched, lists walked, bytes looked at. */
import { writable } from './expressions';
import type { Place } from './scope';
import type { StatementWriter } from './statement-writer';

/** One idiom that ends in an assignment to a random place. */
export function idiom(writer: StatementWriter): string[] {
  const target = writer.target();
  if (!target) return writer.line(';');
  const { tape } = writer;
  return tape.choose([
    [2, () => searchTable(writer, target)],
    [1, () => linkedList(writer, target)],
    [1, () => bytesOf(writer, target)],
    [1, () => literalByPointer(writer, target)],
    [1, () => chosenPointer(writer, target)],
    [1, () => chosenRecord(writer, target)],
    [1, () => nestedArrays(writer, target)],
    [1, () => leaveTwoLoops(writer, target)],
    [1, () => copyLoop(writer, target)],
    [1, () => containerOf(writer, target)],
    [1, () => severalDeclarators(writer, target)],
    [1, () => unionView(writer, target)],
    [1, () => countDown(writer, target)],
    [1, () => localRecords(writer, target)],
    [1, () => onceLoop(writer, target)],
  ]);
}

/** A block of its own, so that names can be used again. */
function inBlock({ indent }: StatementWriter, lines: readonly string[]): string[] {
  return [`${indent}{`, ...lines.map((line) => `${indent}\t${line}`), `${indent}}`];
}

function searchTable(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape } = writer;
  const type = expressions.typeName('unsigned');
  const row = (node: number): string =>
    `{ ${node}, ${expressions.unsigned(1)}, .size = ${expressions.any(0)} }`;
  const stop = tape.pick(['break;', '{ found = &nodes[n]; break; }', 'continue; else found = &nodes[n];']);
  return inBlock(writer, [
    `const struct { int osid; ${type} start, size; } nodes[] = { ${row(2)}, ${row(0)}, ${row(1)} }, *found = nodes;`,
    'unsigned long n;',
    `for (n = 0; n < sizeof(nodes) / sizeof(*nodes); n++)`,
    `\tif (nodes[n].osid ${tape.pick(['==', '!=', '>='])} OSID) ${stop}`,
    `if (n < 3) ${text} = nodes[n].start;`,
    `else ${text} = found->size + n;`,
  ]);
}

function linkedList(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape } = writer;
  const type = expressions.typeName('unsigned');
  return inBlock(writer, [
    `struct link { struct link *next; ${type} value; };`,
    `struct link last = { 0, ${expressions.unsigned(1)} }, first = { .next = &last, .value = ${expressions.any(1)} };`,
    `struct link *head = ${tape.pick(['&first', 'OSID ? &first : &last', '&last'])};`,
    `${type} sum = 0;`,
    tape.pick([
      'for (struct link *at = head; at; at = at->next) sum += at->value;',
      'while (head) { sum = sum * 3 + head->value; head = head->next; }',
      'for (struct link **at = &head; *at != 0; at = &(*at)->next) sum ^= (*at)->value;',
    ]),
    `${text} = sum;`,
  ]);
}

function bytesOf(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape } = writer;
  return inBlock(writer, [
    `unsigned int word = ${expressions.any(1)};`,
    `unsigned char *bytes = (unsigned char *)&word;`,
    tape.pick(['bytes[1] = 0x7f;', '*(short *)(bytes + 2) = -2;', ';', '*bytes ^= bytes[3];']),
    `${text} = ${tape.pick(['word', 'bytes[OSID]', '(*(unsigned short *)bytes)', '(bytes[0] << 8 | bytes[1])'])};`,
  ]);
}

function literalByPointer(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape, scope } = writer;
  const shape = tape.pick(scope.shapes);
  const field = tape.pick(shape?.fields.filter((each) => each.length === undefined) ?? []);
  const type = expressions.typeName('unsigned');
  if (!shape || !field || tape.chance(50)) {
    return inBlock(writer, [
      `${type} *list = (${type}[]){ ${expressions.any(1)}, [2] = ${expressions.any(1)} };`,
      `list[1] = ${expressions.unsigned(1)};`,
      `${text} = list[0] + *(list + ${expressions.index(3, 1)});`,
    ]);
  }
  return inBlock(writer, [
    `${shape.type} *made = &(${shape.type}){ .${field.name} = ${expressions.of(field.kind, 1)} };`,
    `${shape.type} copy = *made;`,
    `made->${field.name} = ${expressions.of(field.kind, 0)};`,
    `${text} = ${tape.pick(['copy.', 'made->'])}${field.name};`,
  ]);
}

function chosenPointer(writer: StatementWriter, target: Place): string[] {
  const { expressions, tape, scope } = writer;
  const plain = writable(scope).filter(({ type }) => type !== undefined);
  const first = tape.pick(plain);
  const second = tape.pick(plain.filter(({ type }) => type === first?.type)) ?? first;
  if (!first || !second) return writer.line(`${writer.assignment()};`);
  const pointer = `(${expressions.truth(1)} ? &${first.text} : &${second.text})`;
  return inBlock(writer, [
    `${first.type} *one = ${pointer};`,
    `*one = ${expressions.of(first.kind, 1)};`,
    `${target.text} = one == &${first.text} ? 7 : *one & 0xff;`,
  ]);
}

function chosenRecord(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape, scope } = writer;
  const objects = scope.records.filter(({ arrow }) => !arrow);
  const first = tape.pick(objects);
  const second = tape.pick(objects.filter(({ shape }) => shape === first?.shape)) ?? first;
  const field = tape.pick(first?.shape.fields.filter((each) => each.length === undefined) ?? []);
  if (!first || !second || !field) return writer.line(`${writer.assignment()};`);
  return writer.line(`${text} = (${expressions.truth(1)} ? ${first.text} : ${second.text}).${field.name};`);
}

function nestedArrays(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape } = writer;
  const type = expressions.typeName(tape.pick(['unsigned', 'small'] as const));
  return inBlock(writer, [
    `${type} grid[3][2] = { { ${expressions.small(1)} }, [2] = { 1, ${expressions.small(1)} } }, (*row)[2] = grid;`,
    'for (int y = 0; y < 3; y++)',
    '\tfor (int x = 0; x < 2; ++x)',
    `\t\tgrid[y][x] ${tape.pick(['+=', '=', '^=', '|='])} ${tape.pick(['x * 3 + y', 'y << x', 'x ? y : OSID'])};`,
    tape.pick(['row++;', 'row = &grid[1];', 'row += OSID;', ';']),
    `${text} = ${tape.pick(['(*row)[1]', 'row[0][0]', '*(*grid + 1)', '*grid[2]', 'sizeof(grid) / sizeof *row'])};`,
  ]);
}

function leaveTwoLoops(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, program, tape } = writer;
  const label = program.name('done');
  return inBlock(writer, [
    'int x, y;',
    'for (x = 0; x < 4; x++)',
    '\tfor (y = 3; y >= 0; y--)',
    `\t\tif (x * y == ${tape.pick(['4', 'OSID', '6', '100', expressions.small(0)])}) goto ${label};`,
    `${label}:`,
    `${text} = x * 10 + (x < 4 ? y : 0);`,
  ]);
}

function copyLoop(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape } = writer;
  const type = expressions.typeName('unsigned');
  const loop = tape.pick([
    'while (from < end) *to++ = *from++;',
    'while (end - from > 0) { *to = *from; to++, from++; }',
    'do *to++ = *--end; while (end != from);',
    'for (int i = 0; i < 3;) { into[i++] = *from; if (i & 1) ++from; }',
  ]);
  return inBlock(writer, [
    `${type} source[3] = { ${expressions.any(0)}, ${expressions.any(0)}, ${expressions.any(0)} }, into[3] = { 0 };`,
    `${type} *from = source, *end = source + 3, *to = into;`,
    loop,
    `${text} = into[${expressions.index(3, 0)}];`,
  ]);
}

function containerOf(writer: StatementWriter, { text }: Place): string[] {
  const { expressions } = writer;
  const type = expressions.typeName('unsigned');
  return inBlock(writer, [
    `struct outer { char tag; ${type} value; int inner; } whole = { 1, ${expressions.any(1)}, 3 };`,
    'int *inside = &whole.inner;',
    `${text} = ((struct outer *)((char *)inside - __builtin_offsetof(struct outer, inner)))->value;`,
  ]);
}

function severalDeclarators(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape } = writer;
  const type = expressions.typeName('unsigned');
  return inBlock(writer, [
    `${type} one = ${expressions.any(1)}, *to = &one, many[2] = { one, *to + 1 }, (*all)[2] = &many;`,
    tape.pick(['*to = 3;', 'to = many; to[1] = 9;', '(*all)[0]++;', 'all[0][1] = one ^ 5;']),
    `${text} = ${tape.pick(['one', 'many[1]', '*to', '(*all)[0]', 'sizeof *all'])};`,
  ]);
}

function unionView(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape } = writer;
  return inBlock(writer, [
    'union { unsigned long long whole; struct { unsigned int low, high; }; unsigned char bytes[8]; } view;',
    `view.whole = ${expressions.unsigned(2)};`,
    tape.pick(['view.high = 3;', 'view.bytes[OSID] = 0x5a;', 'view.low++;', ';']),
    `${text} = ${tape.pick(['view.whole', 'view.low', 'view.high', 'view.bytes[3]'])};`,
  ]);
}

function countDown(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape } = writer;
  const type = tape.pick(['unsigned', 'int', 'unsigned char', 'signed char']);
  return inBlock(writer, [
    `unsigned long sum = ${expressions.any(1)};`,
    tape.pick([
      `for (${type} n = 5; n-- > 0;) sum += n * 2;`,
      `for (${type} n = 0, m = 6; n < m; n++, --m) sum = sum << 1 ^ n;`,
      `for (${type} n = 1; (n = n * 2) > 0 && n < 100;) { if (n == 8) continue; sum -= n; }`,
      `${type} n = 100; while (n /= 3) sum |= n;`,
    ]),
    `${text} = sum;`,
  ]);
}

function localRecords(writer: StatementWriter, { text }: Place): string[] {
  const { expressions, tape } = writer;
  const type = expressions.typeName(tape.pick(['unsigned', 'small', 'signed'] as const));
  return inBlock(writer, [
    `typedef struct { ${type} start; struct { unsigned char kind : 3, rest : 5; } flags; } entry_t;`,
    `entry_t entries[3] = { { ${expressions.small(1)}, { 1, 2 } }, { .flags.rest = ${expressions.small(0)} & 31 } };`,
    tape.pick([
      'entries[2] = entries[0];',
      'entries[1].flags = entries[0].flags;',
      'entries[0].flags.kind--;',
    ]),
    `entry_t *entry = entries + ${expressions.index(3, 0)};`,
    'entry->flags.rest += entry->flags.kind << 1;',
    `${text} = ${tape.pick(['entry->flags.rest', 'entry->start', 'entries[2].start', '(int)sizeof(entry_t)', '(entry - entries)'])};`,
  ]);
}

function onceLoop(writer: StatementWriter, { text }: Place): string[] {
  const { expressions } = writer;
  return inBlock(writer, [
    'do {',
    `\tif (${expressions.truth(2)}) break;`,
    `\tif (${expressions.truth(1)}) continue;`,
    `\t${text} = ${expressions.any(1)};`,
    '} while (0);',
  ]);
}
