/** Random C statements. Loops end by construction and no object is read before it has a value. */
import { Expressions, writable } from './expressions';
import type { Program } from './program';
import type { CallableFunction, List, Place, RecordObject, Scope } from './scope';
import type { Production, Tape } from './tape';

export class Statements {
  private readonly expressions: Expressions;

  constructor(
    private readonly tape: Tape,
    private readonly scope: Scope,
    private readonly program: Program,
    private readonly indent: string,
  ) {
    this.expressions = new Expressions(tape, scope);
  }

  /** One statement, or a declaration that later ones can use; its lines. */
  statement(depth: number): string[] {
    const { tape } = this;
    this.scope.meter.spent += this.scope.load;
    const simple: Production<string[]>[] = [
      [8, () => this.line(`${this.assignment()};`)],
      [3, () => this.line(`${this.compoundAssignment()};`)],
      [2, () => this.line(`${this.step()};`)],
      [3, () => this.impureCall()],
      [2, () => this.regionMacro()],
      [1, () => this.line(`${this.assignment()}, ${this.assignment()};`)],
      [1, () => this.recordAssignment()],
      [1, () => this.line(tape.pick([';', '(void)OSID;', '{ }']))],
      [1, () => this.splitAssignment()],
      [1, () => this.chainedAssignment()],
    ];
    if (depth <= 0) return tape.choose(simple);
    return tape.choose([
      ...simple,
      [4, () => this.conditional(depth - 1)],
      [3, () => this.selection(depth - 1)],
      [3, () => this.counted(depth - 1)],
      [2, () => this.whileLoop(depth - 1)],
      [2, () => this.jump(depth - 1)],
      [5, () => this.declaration()],
      [1, () => this.block(depth - 1)],
      [1, () => this.splitBrace(depth - 1)],
      [1, () => this.pointerWalk()],
      [1, () => this.arrayFill()],
      [1, () => this.earlyReturn()],
    ]);
  }

  private line(text: string): string[] {
    return [this.indent + text];
  }

  /** Statements in a scope of their own, executed `times` as often. */
  private body(depth: number, times: number, prepare?: (scope: Scope) => void): string[] {
    const inner = this.scope.child();
    inner.load = this.scope.load * times;
    prepare?.(inner);
    const statements = new Statements(this.tape, inner, this.program, `${this.indent}\t`);
    const lines: string[] = [];
    for (let left = this.tape.between(1, 3); left > 0; left--) lines.push(...statements.statement(depth));
    return lines;
  }

  private braced(head: string, body: readonly string[], tail = '}'): string[] {
    return [`${this.indent}${head} {`, ...body, `${this.indent}${tail}`];
  }

  private target(): Place | undefined {
    const places = writable(this.scope);
    const regions = places.filter((place) => place.text.includes('mint_region'));
    return regions.length > 0 && this.tape.chance(50) ? this.tape.pick(regions) : this.tape.pick(places);
  }

  private assignment(): string {
    const target = this.target();
    if (!target) return '(void)0';
    const kind = target.kind === 'unsigned' ? undefined : target.kind;
    const value = kind ? this.expressions.of(kind, 3) : this.expressions.any(3);
    return `${target.text} = ${value}`;
  }

  private compoundAssignment(): string {
    const { tape, expressions } = this;
    const target = this.target();
    if (!target) return '(void)0';
    const { text, kind } = target;
    return tape.choose([
      [2, () => `${text} ${tape.pick(['&=', '|=', '^='])} ${expressions.any(2)}`],
      [2, () => `${text} ${tape.pick(['+=', '-='])} ${expressions.small(2)}`],
      [1, () => `${text} ${tape.pick(['/=', '%='])} ${tape.pick(['3', '5', '7U', '0x1000'])}`],
      [1, () => `${text} >>= ${tape.below(5)}`],
      [2, () => (kind === 'unsigned' ? `${text} ${tape.pick(['*=', '+=', '-='])} ${expressions.unsigned(2)}` : `${text} |= 1`)], // biome-ignore format: one production
      [1, () => (kind === 'unsigned' ? `${text} <<= ${tape.below(5)}` : `${text} &= 0xff`)],
    ]);
  }

  private step(): string {
    const target = this.target();
    if (!target) return '(void)0';
    const operator = this.tape.pick(['++', '--'] as const);
    const step = this.tape.pick([`${target.text}${operator}`, `${operator}${target.text}`] as const);
    const other = this.otherTarget(target);
    return other && this.tape.chance(40) ? `${other.text} = ${step}` : step;
  }

  /** A place that cannot be part of the same object. */
  private otherTarget(target: Place): Place | undefined {
    const others = writable(this.scope).filter(
      ({ text, base }) => base !== target.base && /^\w+$/.test(text),
    );
    return /^\w+$/.test(target.text) ? this.tape.pick(others) : undefined;
  }

  private chainedAssignment(): string[] {
    const first = this.target();
    const second = first && this.otherTarget(first);
    if (!first || !second) return this.line(';');
    return this.line(`${first.text} = ${second.text} = ${this.expressions.of(second.kind, 2)};`);
  }

  /** A call that changes objects stands alone or is the whole value assigned, so that no order is left open. */
  private impureCall(): string[] {
    const { tape, scope } = this;
    const callees = scope.functions.filter((each) => scope.affords(each.cost));
    const callee = tape.pick(callees);
    const call = this.expressions.call(callee, 1);
    if (!call) return this.line(`${this.assignment()};`);
    const target = tape.pick(writable(scope).filter(({ text }) => /^\w+$/.test(text)));
    return this.line(target && !callee?.void && tape.chance(60) ? `${target.text} = ${call};` : `${call};`);
  }

  private regionMacro(): string[] {
    const { tape, scope, expressions } = this;
    const macro = tape.pick(scope.regionMacros);
    if (!macro) return this.line(`${this.assignment()};`);
    const number = tape.between(1, 3);
    if (macro.endsWith('START')) return this.line(`${macro}(${number}) = ${expressions.unsigned(2)};`);
    const values = `${macro}(${number}, ${expressions.any(2)}, ${expressions.any(2)});`;
    return macro.endsWith('PAIR') ? [...this.braced('', this.line(`\t${values}`))] : this.line(values);
  }

  private recordAssignment(): string[] {
    const { tape, scope, expressions } = this;
    const object = tape.pick(scope.records.filter((each) => !this.isFixed(each)));
    if (!object) return this.line(`${this.assignment()};`);
    const target = object.arrow ? `*${object.text}` : object.text;
    const same = scope.records.filter((each) => each.shape === object.shape && each.base !== object.base);
    const other = tape.pick(same);
    if (other && tape.chance(50)) return this.line(`${target} = ${other.arrow ? '*' : ''}${other.text};`);
    const field = tape.pick(object.shape.fields);
    const initializer =
      field && field.length === undefined ? `.${field.name} = ${expressions.of(field.kind, 2)}` : '0';
    return this.line(`${target} = (${object.shape.type}){ ${initializer} };`);
  }

  private isFixed(object: RecordObject): boolean {
    const member = this.scope.places.find(({ base }) => base === object.base);
    return member === undefined || member.fixed;
  }

  /** A conditional directive in the middle of a statement. */
  private splitAssignment(): string[] {
    const target = this.target();
    if (!target) return this.line(';');
    const { tape, expressions } = this;
    const kind = target.kind;
    const lines = [`${this.indent}${target.text} = ${expressions.of(kind, 1)}`];
    lines.push(`#if ${this.program.condition(tape)}`, `${this.indent}\t+ ${expressions.small(1)}`);
    if (tape.chance(50)) lines.push('#else', `${this.indent}\t- ${expressions.small(1)}`);
    return [...lines, '#endif', `${this.indent};`];
  }

  /** A conditional directive that leaves out one of two opening braces. */
  private splitBrace(depth: number): string[] {
    const { tape, expressions } = this;
    return [
      `#if ${this.program.condition(tape)}`,
      `${this.indent}if (${expressions.truth(1)}) {`,
      '#else',
      `${this.indent}if (${expressions.truth(1)}) {`,
      '#endif',
      ...this.body(depth, 1),
      `${this.indent}}`,
    ];
  }

  private block(depth: number): string[] {
    return [`${this.indent}{`, ...this.body(depth, 1), `${this.indent}}`];
  }

  private conditional(depth: number): string[] {
    const { tape } = this;
    const head = `if (${this.expressions.truth(2)})`;
    if (tape.chance(25)) {
      const simple = new Statements(tape, this.scope.child(), this.program, `${this.indent}\t`);
      return [...this.line(head), ...this.unbraced(simple), ...this.line('else'), ...this.unbraced(simple)];
    }
    const lines = this.braced(head, this.body(depth, 1));
    return tape.chance(50) ? [...lines, ...this.braced('else', this.body(depth, 1))] : lines;
  }

  /** One line that is one statement, for use without braces. */
  private unbraced(statements: Statements): string[] {
    return [`${statements.indent}${statements.assignment()};`];
  }

  private selection(depth: number): string[] {
    const { tape, expressions } = this;
    const labels = [
      'case 0:',
      'case 1:',
      'case 2:',
      tape.pick(['default:', "case 'A':", 'case 3 ... 9:', 'case 2 + 1:']),
    ];
    if (tape.chance(30)) labels.unshift(labels.pop() ?? 'default:');
    const value = tape.pick(['OSID', expressions.small(2), `${expressions.any(2)} & 3`]);
    const lines: string[] = [];
    for (const label of labels) {
      lines.push(`${this.indent}${label}`);
      if (tape.chance(85)) lines.push(...this.braced('', this.body(depth, 1)));
      if (tape.chance(60)) lines.push(`${this.indent}\tbreak;`);
    }
    return this.braced(`switch (${value})`, [...lines, `${this.indent}\t;`]);
  }

  private counted(depth: number): string[] {
    const { tape } = this;
    const times = tape.between(1, 5);
    const counter = this.program.name('i');
    const type = tape.pick(['int', 'unsigned int', 'unsigned char', 'long', 'size_t'].slice(0, 4));
    const head = tape.pick([
      `for (${type} ${counter} = 0; ${counter} < ${times}; ${counter}++)`,
      `for (${type} ${counter} = ${times}; ${counter} > 0; --${counter})`,
      `for (${type} ${counter} = 0, last = ${times * 2}; ${counter} < last; ${counter} += 2)`,
    ]);
    const body = this.body(depth, times, (inner) => {
      inner.hide('last');
      inner.addPlace({ text: counter, base: counter, kind: 'small', fixed: true, bitField: false });
    });
    return this.braced(head, [...this.loopExit(), ...body]);
  }

  /** Inside of a loop: perhaps leave it, or its turn, early. */
  private loopExit(): string[] {
    const { tape } = this;
    if (!tape.chance(30)) return [];
    return [`${this.indent}\tif (${this.expressions.truth(1)}) ${tape.pick(['continue', 'break'])};`];
  }

  private whileLoop(depth: number): string[] {
    const { tape } = this;
    const times = tape.between(1, 4);
    const counter = this.program.name('n');
    const body = this.body(depth, times, (inner) =>
      inner.addPlace({ text: counter, base: counter, kind: 'small', fixed: true, bitField: false }),
    );
    const declaration = this.line(`int ${counter} = ${times};`);
    const loop = tape.choose<string[]>([
      [1, () => this.braced(`while (${counter}-- > 0)`, [...this.loopExit(), ...body])],
      [1, () => this.braced('do', [...this.loopExit(), ...body], `} while (--${counter} > 0);`)],
      [1, () => this.braced('for (;;)', [`${this.indent}\tif (${counter}-- == 0) break;`, ...body])],
    ]);
    return [`${this.indent}{`, ...declaration, ...loop, `${this.indent}}`];
  }

  private jump(depth: number): string[] {
    const { tape } = this;
    const label = this.program.name('out');
    if (tape.chance(50)) {
      return [
        ...this.line(`if (${this.expressions.truth(1)}) goto ${label};`),
        ...this.block(depth),
        ...this.line(`${label}: ;`),
      ];
    }
    const counter = this.program.name('n');
    const times = tape.between(1, 3);
    return this.braced('', [
      ...this.line(`\tunsigned ${counter} = 0;`),
      ...this.line(`${label}:`),
      ...this.braced('', this.body(depth, times)),
      ...this.line(`\tif (++${counter} < ${times}) goto ${label};`),
    ]);
  }

  /** A local declaration, always with an initialiser; sometimes of a name that hides another. */
  private declaration(): string[] {
    const { tape, expressions, scope } = this;
    const kind = tape.pick(['unsigned', 'small', 'signed'] as const);
    const type = expressions.typeName(kind);
    const hidden = tape.pick(scope.places.filter(({ text, fixed }) => /^[gv]_?\d+$/.test(text) && !fixed));
    const name =
      hidden && tape.chance(20) && !scope.declared.has(hidden.text) ? hidden.text : this.program.name('v');
    return tape.choose([
      [6, () => this.declareScalar(name, type, kind)],
      [2, () => this.declareArray(name, type, kind)],
      [2, () => this.declareRecord(name)],
      [3, () => this.declarePointer(name)],
      [1, () => this.declareStatic(name, type, kind)],
    ]);
  }

  private declareScalar(name: string, type: string, kind: Place['kind']): string[] {
    const { tape, expressions, scope } = this;
    // The name is in scope in its own initialiser, without a value yet.
    scope.hide(name);
    const value = expressions.of(kind, 3);
    const fixed = tape.chance(15);
    scope.declared.add(name);
    scope.addPlace({ text: name, base: name, kind, fixed, bitField: false, type });
    const qualifier = fixed ? 'const ' : tape.chance(5) ? 'volatile ' : '';
    if (qualifier === 'volatile ') return this.line(`volatile ${type} ${name} = ${value};`);
    return this.line(`${qualifier}${type} ${name} = ${value};`);
  }

  private declareStatic(name: string, type: string, kind: Place['kind']): string[] {
    const { expressions, scope } = this;
    if (scope.pure) return this.declareScalar(name, type, kind);
    scope.hide(name);
    scope.declared.add(name);
    const value = expressions.constant(kind, 1);
    scope.addPlace({ text: name, base: name, kind, fixed: false, bitField: false, type });
    return this.line(`static ${type} ${name} = ${value};`);
  }

  private declareArray(name: string, type: string, kind: Place['kind']): string[] {
    const { tape, expressions, scope } = this;
    scope.hide(name);
    scope.declared.add(name);
    const { length, initializer } = arrayInitializer(tape, () => expressions.of(kind, 1));
    const explicit = tape.chance(50) ? String(length) : '';
    scope.lists.push({ text: name, base: name, kind, type, length, fixed: false, pointer: false });
    return this.line(`${type} ${name}[${explicit}] = ${initializer};`);
  }

  private declareRecord(name: string): string[] {
    const { tape, expressions, scope } = this;
    const shape = tape.pick(scope.shapes);
    scope.hide(name);
    scope.declared.add(name);
    if (!shape) return this.declareScalar(name, 'int', 'signed');
    const field = shape.fields.find((each) => each.length === undefined);
    const other = tape.pick(scope.records.filter((each) => each.shape === shape));
    const copied = other && `${other.arrow ? '*' : ''}${other.text}`;
    const value = field ? `.${field.name} = ${expressions.of(field.kind, 1)}` : '0';
    const initializer = copied && tape.chance(40) ? copied : `{ ${value} }`;
    scope.addRecord({ text: name, base: name, shape, arrow: false }, false);
    return this.line(`${shape.type} ${name} = ${initializer};`);
  }

  private declarePointer(name: string): string[] {
    const { tape, scope } = this;
    const places = scope.places.filter((place) => place.type !== undefined && !place.fixed);
    const lists = scope.lists.filter((list) => !list.fixed);
    const records = scope.records.filter((record) => !this.isFixed(record));
    const place = tape.pick(places);
    const list = tape.pick(lists);
    const record = tape.pick(records);
    if (record && tape.chance(30)) return this.pointerToRecord(name, record);
    if (list && tape.chance(50)) return this.pointerIntoList(name, list);
    if (!place?.type) return this.declareScalar(name, 'int', 'signed');
    scope.hide(name);
    scope.declared.add(name);
    const { kind, type } = place;
    scope.addPlace({ text: `(*${name})`, base: name, kind, fixed: false, bitField: false, type });
    return this.line(`${type} *${name} = &${place.text};`);
  }

  private pointerToRecord(name: string, record: RecordObject): string[] {
    if (record.base === name) return this.line(';');
    this.scope.hide(name);
    this.scope.declared.add(name);
    this.scope.addRecord({ text: name, base: name, shape: record.shape, arrow: true }, false);
    return this.line(`${record.shape.type} *${name} = ${record.arrow ? '' : '&'}${record.text};`);
  }

  private pointerIntoList(name: string, list: List): string[] {
    const { tape, scope } = this;
    if (list.base === name) return this.line(';');
    const from = tape.below(list.length);
    scope.hide(name);
    scope.declared.add(name);
    const { kind, type } = list;
    const target = tape.pick([`&${list.text}[${from}]`, `${list.text} + ${from}`]);
    scope.lists.push({
      text: name,
      base: name,
      kind,
      type,
      length: list.length - from,
      fixed: false,
      pointer: true,
    });
    return this.line(`${type} *${name} = ${target};`);
  }

  private pointerWalk(): string[] {
    const { tape, scope } = this;
    const list = tape.pick(scope.lists);
    const sum = tape.pick(
      writable(scope).filter(({ kind, base }) => kind === 'unsigned' && base !== list?.base),
    );
    if (!list || !sum) return this.line(`${this.assignment()};`);
    const pointer = this.program.name('p');
    const qualifier = list.fixed ? 'const ' : '';
    const start = `${qualifier}${list.type} *${pointer} = ${list.text}`;
    const end = `${list.text} + ${list.length}`;
    return tape.choose([
      [1, () => this.line(`for (${start}; ${pointer} < ${end}; ${pointer}++) ${sum.text} += *${pointer};`)],
      [1, () => this.line(`{ ${start}; while (${pointer} != ${end}) ${sum.text} ^= *${pointer}++; }`)],
      [
        1,
        () =>
          this.line(`{ ${start} + ${list.length}; ${sum.text} = (${end} - ${pointer}) + ${pointer}[-1]; }`),
      ],
    ]);
  }

  private earlyReturn(): string[] {
    const { result } = this.scope;
    if (result === undefined) return this.line(`${this.assignment()};`);
    const value = result === 'void' ? '' : ` ${this.expressions.of(result, 1)}`;
    return this.line(`if (${this.expressions.truth(1)}) return${value};`);
  }

  private arrayFill(): string[] {
    const { tape, scope, expressions } = this;
    const list = tape.pick(scope.lists.filter((each) => !each.fixed));
    if (!list) return this.line(`${this.assignment()};`);
    const counter = this.program.name('i');
    const value = list.kind === 'small' ? `${counter} * 3` : expressions.of(list.kind, 1);
    return this.line(
      `for (int ${counter} = 0; ${counter} < ${list.length}; ${counter}++) ${list.text}[${counter}] = ${value};`,
    );
  }
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
      scope.addPlace({
        text: name,
        base: name,
        kind,
        fixed: false,
        bitField: false,
        type: types[index] ?? 'int',
      });
    }
  }
}
