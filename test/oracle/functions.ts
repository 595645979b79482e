/** Random functions: with values, pointers and structures as parameters, recursive ones, and tables of them. */
import { Expressions } from './expressions';
import type { Program } from './program';
import type { CallableFunction, FunctionParameter, Kind, Scope } from './scope';
import { StatementWriter } from './statement-writer';
import { bindParameters, statement } from './statements';
import type { Tape } from './tape';

interface Signature {
  readonly name: string;
  readonly result: Kind;
  readonly resultType: string;
  readonly parameters: readonly FunctionParameter[];
  /** As spelled, one for each parameter. */
  readonly types: readonly string[];
}

/** Writes one function definition and makes it callable in `scope`. */
export function writeFunction(tape: Tape, scope: Scope, program: Program, storage: string): string[] {
  return tape.choose([
    [6, () => writePlain(tape, scope, program, storage)],
    [1, () => writeRecursive(tape, scope, program, storage)],
    [1, () => writeTable(tape, scope, program, storage)],
  ]);
}

function signature(tape: Tape, scope: Scope, program: Program, pure: boolean): Signature {
  const expressions = new Expressions(tape, scope);
  const result = tape.pick(['unsigned', 'small', 'signed'] as const);
  const types: string[] = [];
  const parameters = Array.from({ length: tape.below(4) }, (): FunctionParameter => {
    const kind = tape.pick(['unsigned', 'small', 'signed'] as const);
    const type = expressions.typeName(kind);
    const shape = tape.pick(scope.shapes);
    if (!pure && tape.chance(40)) {
      const pointer = tape.pick(scope.places.filter((place) => !place.fixed))?.type ?? type;
      types.push(`${pointer} *`);
      return { pointer };
    }
    if (shape && tape.chance(20)) {
      types.push(shape.type);
      return { record: shape };
    }
    types.push(type);
    return { kind };
  });
  return { name: program.name('f_'), result, resultType: expressions.typeName(result), parameters, types };
}

function writePlain(tape: Tape, scope: Scope, program: Program, storage: string): string[] {
  const pure = tape.chance(50);
  const made = signature(tape, scope, program, pure);
  const isVoid = !pure && tape.chance(25);
  const result = isVoid ? 'void' : made.result;
  const body = scope.functionBody(pure, result);
  bindParameters(body, made, made.types);
  const writer = new StatementWriter(tape, body, program, '\t');
  const lines: string[] = [];
  for (let left = tape.between(1, 5); left > 0; left--) lines.push(...statement(writer, 2));
  if (result !== 'void') lines.push(`\treturn ${new Expressions(tape, body).of(result, 2)};`);
  const { name, parameters } = made;
  scope.functions.push({
    name,
    result: made.result,
    parameters,
    void: isVoid,
    pure,
    cost: body.meter.spent + 2,
  });
  const type = isVoid ? 'void' : made.resultType;
  const named = made.types.map((each, index) => `${each}${each.endsWith('*') ? '' : ' '}a${index}`);
  const head = `${storage}${type} ${name}(${named.join(', ') || 'void'})`;
  const prototype = tape.chance(20) ? [`${storage}${type} ${name}(${made.types.join(', ') || 'void'});`] : [];
  return [...prototype, head, '{', ...lines, '}'];
}

function writeRecursive(tape: Tape, scope: Scope, program: Program, storage: string): string[] {
  const name = program.name('f_');
  const inner = scope.functionBody(true, undefined);
  const type = new Expressions(tape, scope).typeName('unsigned');
  inner.addPlace({ text: 'n', base: 'n', kind: 'small', fixed: true, bitField: false, type: 'unsigned' });
  inner.addPlace({ text: 'sum', base: 'sum', kind: 'unsigned', fixed: true, bitField: false, type });
  // What the expression calls is called once for each of the nine levels.
  inner.load = 9;
  const expression = new Expressions(tape, inner).unsigned(2);
  const parameters: FunctionParameter[] = [{ kind: 'small' }, { kind: 'unsigned' }];
  const cost = 20 + inner.meter.spent;
  scope.functions.push({ name, result: 'unsigned', parameters, void: false, pure: true, cost });
  const twice = tape.chance(20);
  return [
    `${storage}${type} ${name}(unsigned n, ${type} sum)`,
    '{',
    `\tif (n == 0 || n > ${twice ? 3 : 8})`,
    `\t\treturn sum ${tape.pick(['+', '^'])} n;`,
    twice
      ? `\treturn ${name}(n - 1, ${expression}) + ${name}(n - 2, sum);`
      : `\treturn ${name}(n - 1, sum + ${expression});`,
    '}',
  ];
}

/** A pointer to a function, or an array of them by OSID. */
function writeTable(tape: Tape, scope: Scope, program: Program, storage: string): string[] {
  const plain = scope.functions.filter(
    (each) => /^f_/.test(each.name) && each.pure && each.parameters.length === 0,
  );
  const callee: CallableFunction | undefined = tape.pick(plain);
  const type = new Expressions(tape, scope).typeName('unsigned');
  const name = program.name('f_');
  const lines = [
    `${storage}${type} ${name}_a(unsigned n) { return n * 3; }`,
    `${storage}${type} ${name}_b(unsigned n) { return ${callee ? `${callee.name}()` : 'n'} + 1; }`,
    `static ${type} (*const ${name}_table[])(unsigned) = { ${name}_a, &${name}_b, [2] = ${name}_a };`,
  ];
  const parameters: FunctionParameter[] = [{ kind: 'small' }];
  const cost = 3 + (callee?.cost ?? 0);
  const common = { result: 'unsigned', parameters, void: false, pure: true, cost } as const;
  scope.functions.push(
    { name: `${name}_table[OSID]`, ...common },
    { name: `(*${name}_table[1])`, ...common },
  );
  return lines;
}
