/** Random declarations in blocks: always with an initialiser, sometimes of a name that hides another. */
import type { List, Place, RecordObject } from './scope';
import type { StatementWriter } from './statement-writer';
import type { Tape } from './tape';

export function declareLocal(writer: StatementWriter): string[] {
  const { tape, expressions, scope, program } = writer;
  const kind = tape.pick(['unsigned', 'small', 'signed'] as const);
  const type = expressions.typeName(kind);
  const hidden = tape.pick(scope.places.filter(({ text, fixed }) => /^[gv]_?\d+$/.test(text) && !fixed));
  const hides = hidden && tape.chance(20) && !scope.declared.has(hidden.text);
  const name = hides ? hidden.text : program.name('v');
  return tape.choose([
    [6, () => declareScalar(writer, name, type, kind)],
    [2, () => declareArray(writer, name, type, kind)],
    [2, () => declareRecord(writer, name)],
    [3, () => declarePointer(writer, name)],
    [1, () => declareStatic(writer, name, type, kind)],
    [1, () => declareEnumerators(writer)],
    [1, () => declareType(writer, type, kind)],
    [1, () => declareString(writer, name)],
  ]);
}

function begin(writer: StatementWriter, name: string): void {
  writer.scope.hide(name);
  writer.scope.declared.add(name);
}

function declareScalar(writer: StatementWriter, name: string, type: string, kind: Place['kind']): string[] {
  const { tape, expressions, scope } = writer;
  // The name is in scope in its own initialiser, without a value yet.
  begin(writer, name);
  const value = expressions.of(kind, 3);
  const qualifier = tape.pick([
    '',
    '',
    '',
    '',
    'const ',
    'volatile ',
    'register ',
    '__attribute__((unused)) ',
  ]);
  const fixed = qualifier === 'const ';
  // No pointers to the qualified ones.
  const plain = qualifier === '' ? { type } : {};
  scope.addPlace({ text: name, base: name, kind, fixed, bitField: false, ...plain });
  return writer.line(`${qualifier}${type} ${name} = ${value};`);
}

function declareStatic(writer: StatementWriter, name: string, type: string, kind: Place['kind']): string[] {
  const { expressions, scope } = writer;
  if (scope.pure) return declareScalar(writer, name, type, kind);
  begin(writer, name);
  const value = expressions.constant(kind, 1);
  scope.addPlace({ text: name, base: name, kind, fixed: false, bitField: false, type });
  return writer.line(`static ${type} ${name} = ${value};`);
}

function declareArray(writer: StatementWriter, name: string, type: string, kind: Place['kind']): string[] {
  const { tape, expressions, scope } = writer;
  begin(writer, name);
  const { length, initializer } = arrayInitializer(tape, () => expressions.of(kind, 1));
  const explicit = tape.chance(50) ? String(length) : '';
  scope.lists.push({ text: name, base: name, kind, type, length, fixed: false, pointer: false });
  return writer.line(`${type} ${name}[${explicit}] = ${initializer};`);
}

function declareString(writer: StatementWriter, name: string): string[] {
  const { tape, scope } = writer;
  begin(writer, name);
  const list = { text: name, base: name, kind: 'small', type: 'char', length: 5 } as const;
  if (tape.chance(50)) {
    scope.lists.push({ ...list, fixed: true, pointer: true });
    return writer.line(`const char *${name} = "mi\\x6e" "t";`);
  }
  scope.lists.push({ ...list, fixed: false, pointer: false });
  return writer.line(`char ${name}[${tape.pick(['', '8', '5'])}] = "m\\151nt";`);
}

function declareRecord(writer: StatementWriter, name: string): string[] {
  const { tape, expressions, scope } = writer;
  const shape = tape.pick(scope.shapes);
  if (!shape) return declareScalar(writer, name, 'int', 'signed');
  begin(writer, name);
  const field = shape.fields.find((each) => each.length === undefined);
  const other = tape.pick(scope.records.filter((each) => each.shape === shape));
  const copied = other && `${other.arrow ? '*' : ''}${other.text}`;
  const value = field ? `.${field.name} = ${expressions.of(field.kind, 1)}` : '0';
  const initializer = copied && tape.chance(40) ? copied : `{ ${value} }`;
  scope.addRecord({ text: name, base: name, shape, arrow: false }, false);
  return writer.line(`${shape.type} ${name} = ${initializer};`);
}

function declarePointer(writer: StatementWriter, name: string): string[] {
  const { tape, scope } = writer;
  const places = scope.places.filter(
    (place) => place.type !== undefined && !place.fixed && place.base !== name,
  );
  const lists = scope.lists.filter((list) => !list.fixed && list.base !== name);
  const records = scope.records.filter((record) => !writer.isFixed(record) && record.base !== name);
  const place = tape.pick(places);
  const list = tape.pick(lists);
  const record = tape.pick(records);
  if (record && tape.chance(30)) return pointerToRecord(writer, name, record);
  if (list && tape.chance(50)) return pointerIntoList(writer, name, list);
  if (!place?.type) return declareScalar(writer, name, 'int', 'signed');
  begin(writer, name);
  const { kind, type } = place;
  const common = { base: name, kind, fixed: false, bitField: false, type };
  if (tape.chance(15)) {
    scope.addPlace({ ...common, text: `(**${name})` });
    return writer.line(`${type} *${name}_to = &${place.text}, **${name} = &${name}_to;`);
  }
  scope.addPlace({ ...common, text: `(*${name})` });
  return writer.line(`${type} *${name} = &${place.text};`);
}

function pointerToRecord(writer: StatementWriter, name: string, record: RecordObject): string[] {
  begin(writer, name);
  writer.scope.addRecord({ text: name, base: name, shape: record.shape, arrow: true }, false);
  return writer.line(`${record.shape.type} *${name} = ${record.arrow ? '' : '&'}${record.text};`);
}

function pointerIntoList(writer: StatementWriter, name: string, list: List): string[] {
  const { tape, scope } = writer;
  const from = tape.below(list.length);
  begin(writer, name);
  const { kind, type } = list;
  const target = tape.pick([`&${list.text}[${from}]`, `${list.text} + ${from}`]);
  const length = list.length - from;
  scope.lists.push({ text: name, base: name, kind, type, length, fixed: false, pointer: true });
  return writer.line(`${type} *${name} = ${target};`);
}

function declareEnumerators(writer: StatementWriter): string[] {
  const { scope, program, expressions } = writer;
  const name = program.name('E_');
  const value = expressions.constant('small', 1);
  for (const text of [`${name}_A`, `${name}_B`])
    scope.constants.push({ text, kind: 'small', inDirectives: false });
  return writer.line(`enum { ${name}_A = ${value} & 0xff, ${name}_B };`);
}

function declareType(writer: StatementWriter, type: string, kind: Place['kind']): string[] {
  const { tape, scope, program } = writer;
  const name = program.name('t_');
  const { types } = scope;
  scope.types = [...types, { text: name, kind }];
  return writer.line(
    `typedef ${tape.pick([type, `__typeof__(${type})`, `__typeof__((${type})1)`])} ${name};`,
  );
}

/** Braces for an array: in order, designated, with ranges, or fewer values than elements. */
export function arrayInitializer(tape: Tape, value: () => string): { length: number; initializer: string } {
  const length = tape.between(3, 5);
  const last = length - 1;
  const initializer = tape.choose([
    [3, () => `{ ${Array.from({ length }, value).join(', ')} }`],
    [2, () => `{ [${last}] = ${value()}, [0] = ${value()}, ${value()} }`],
    [1, () => `{ [0 ... ${last - 1}] = ${value()}, ${value()}, }`],
    [1, () => `{ ${value()}, [1 ... ${last}] = ${value()}, [1] = ${value()} }`],
  ]);
  return { length, initializer };
}
