/** Preprocessing directives (C17 6.10) other than those of conditional inclusion. */
import { conditionalDirective } from './conditionals';
import type { Frame } from './frame';
import { headerName } from './header-name';
import { parseMacro } from './macro';
import { type PreprocessingToken, spanOf, spelling } from './preprocessing-token';
import type { Unit } from './unit';

type Line = readonly PreprocessingToken[];

/** Carries out the directive `line`, whose first token is the `#`; `inArguments`: it stands in those of a macro call. */
export function executeDirective(unit: Unit, frame: Frame, line: Line, inArguments: boolean): void {
  const name = line[1];
  if (!name || conditionalDirective(unit, frame, line)) return;
  if (name.kind === 'number') {
    renumber(unit, frame, line, line.slice(1));
    return;
  }
  switch (name.text) {
    case 'define':
      define(unit, line);
      break;
    case 'undef':
      undefine(unit, line);
      break;
    case 'include':
    case 'include_next':
    case 'import':
      include(unit, line, inArguments);
      break;
    case 'line':
      renumber(unit, frame, line, line.slice(2));
      break;
    case 'pragma':
      executePragma(unit, frame, line.slice(2));
      break;
    case 'error':
      unit.report(
        { code: 'error-directive', args: { text: spelling(line.slice(2)) } },
        spanOf(line[0] ?? name, line.at(-1) ?? name),
      );
      break;
    // A warning is for who builds; gcc's assertions and identification strings have no effect on what a program computes.
    case 'warning':
    case 'ident':
    case 'sccs':
    case 'assert':
    case 'unassert':
      break;
    default:
      unit.reportLine('malformed-directive', line);
      break;
  }
}

function define(unit: Unit, line: Line): void {
  const macro = parseMacro(line.slice(2), (name) => ({
    kind: 'macro',
    name: name.text,
    span: name.span,
    whole: spanOf(line[0] ?? name, line.at(-1) ?? name),
  }));
  if (!macro) {
    unit.reportLine('malformed-directive', line);
    return;
  }
  if (macro.definition) unit.define(macro.definition);
  if (!unit.pinned.has(macro.name)) unit.macros.set(macro.name, macro);
}

function undefine(unit: Unit, line: Line): void {
  const name = line[2];
  if (name?.kind !== 'identifier') {
    unit.reportLine('malformed-directive', line);
    return;
  }
  unit.macros.delete(name.text);
}

function include(unit: Unit, line: Line, inArguments: boolean): void {
  const [hash, directive, ...operand] = line;
  if (!hash || !directive) return;
  let tokens = operand;
  const isLiteral = operand[0]?.kind === 'string' || operand[0]?.kind === 'other';
  if (!isLiteral) tokens = unit.withPinnedValues(unit.expander.expand(operand));
  if (unit.expander.takeAbandoned()) return;
  const rest = tokens[Symbol.iterator]();
  const name = headerName(() => rest.next().value);
  if (!name || inArguments) {
    unit.reportLine('malformed-directive', line);
    return;
  }
  const place = operand[0] ? spanOf(operand[0], operand.at(-1) ?? operand[0]) : directive.span;
  unit.inclusion.include(name, place, directive.text === 'include_next', directive.text === 'import');
}

/** `#line` and the line markers `# 12 "file"` that preprocessors leave. */
function renumber(unit: Unit, frame: Frame, line: Line, operand: Line): void {
  const [number, file] = unit.expander.expand(operand);
  if (unit.expander.takeAbandoned()) return;
  const isFile = file === undefined || (file.kind === 'string' && file.text.startsWith('"'));
  if (number?.kind !== 'number' || !/^[0-9]+$/.test(number.text) || !isFile) {
    unit.reportLine('malformed-directive', line);
    return;
  }
  if (file) frame.presumedFile = file.text;
  frame.renumber(Number(number.text), line.at(-1)?.span.end ?? 0);
}

/** `#pragma` and `_Pragma` (C17 6.10.6, 6.10.9): those of gcc that macros, inclusion and layouts depend on; all others are dropped. */
export function executePragma(unit: Unit, frame: Frame, operand: Line): void {
  const [name, open, argument] = operand;
  if (name?.text === 'once') unit.inclusion.includeOnce(frame.file);
  if (name?.text === 'pack' && open?.text === '(') unit.pack.execute(operand.slice(1));
  if (open?.text !== '(' || argument?.kind !== 'string') return;
  const macro = argument.text.slice(1, -1);
  if (name?.text === 'push_macro') unit.pushMacro(macro);
  else if (name?.text === 'pop_macro') unit.popMacro(macro);
}
