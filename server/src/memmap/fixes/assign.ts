/** The exact edit that gives a region's start or size another expression. */
import type { Write } from '../../c/evaluation';
import type { Span } from '../../c/source';
import { type Message, message } from '../../messages';
import type { RuleContext } from '../context';
import type { TextEdit } from '../finding';
import { type LayoutNode, type Quantity, sharesTree } from '../layout';
import { lastWrite, samePlace } from '../places';
import { evaluationAfter } from '../what-if';
import { osidName } from './osid-name';
import { deeper, endOfStatement, indentationAt, lineEndOf, macroArguments, slice } from './source-text';

export interface Assignment {
  readonly edits: readonly TextEdit[];
  /** Only this node's value changes, because the text stands under a condition on the OSID. */
  readonly alone: boolean;
  /** The condition where the edit adds one: `OSID == 0`. */
  readonly condition?: string;
}

/** An answer of `assign` that is no edit but says why there is none. */
export function isMessage(answer: Assignment | Message): answer is Message {
  return 'id' in answer;
}

/**
 * Makes `expression` what `quantity` of `node` is set to. Where the tree serves other nodes with the same assignment, a
 * statement under a condition on the OSID is added after it, so that this node alone changes.
 */
export function assign(
  context: RuleContext,
  node: LayoutNode,
  quantity: Quantity,
  expression: string,
): Assignment | Message {
  const write = lastWrite(quantity);
  if (!write) return assignMacro(context, node, quantity, expression);
  if (sharesTree(context.layout, node) && servesOthers(context, node, quantity, write)) {
    return assignUnderCondition(context, node, write, expression);
  }
  const edit = replaceWrite(context, node, write, expression);
  return 'id' in edit ? edit : { edits: [edit], alone: true };
}

/** Makes `expression` what the last write assigns, for every node that it serves. */
export function assignForAll(
  context: RuleContext,
  node: LayoutNode,
  quantity: Quantity,
  expression: string,
): Assignment | Message {
  const write = lastWrite(quantity);
  const edit = write
    ? replaceWrite(context, node, write, expression)
    : message('fix.not-assigned', { variable: quantity.variable });
  return 'id' in edit ? edit : { edits: [edit], alone: false };
}

function replaceWrite(
  context: RuleContext,
  node: LayoutNode,
  write: Write,
  expression: string,
): TextEdit | Message {
  const isPlain = write.operator === '=' || write.operator === 'initializer';
  const place = isPlain ? (write.expression ?? argumentOf(context, node, write, expression)) : undefined;
  if (place) return { place, newText: expression };
  const text = context.text(write.target.file);
  const isCompound = write.operator.endsWith('=') && !isPlain;
  if (!isCompound || write.macro || text === undefined) {
    return message('fix.no-expression', { variable: write.name, place: { place: write.target } });
  }
  return { place: write.span, newText: `${slice(text, write.target)} = ${expression}` };
}

/**
 * The argument of a macro call that the quantity rests on: the one whose change changes its value. Undefined where none
 * does, or several do. What else it stands for is found when the fix is checked.
 */
function argumentOf(
  context: RuleContext,
  node: LayoutNode,
  { macro, name }: Write,
  expression: string,
): Span | undefined {
  const text = macro && context.text(macro.span.file);
  const before = node.evaluation.watched.get(name);
  if (text === undefined || !macro || before?.value.kind !== 'known') return undefined;
  const { value } = before.value;
  const [only, ...others] = macroArguments(text, macro).filter((place) => {
    const after = evaluationAfter(context, node, [{ place, newText: expression }])?.watched.get(name);
    // An argument that the variable's name is built from takes an assignment away.
    const isStillSet = after?.writes.length === before.writes.length;
    return isStillSet && after.value.kind === 'known' && after.value.value !== value;
  });
  return others.length === 0 ? only : undefined;
}

/** Whether another node's value comes out of the same assignment. */
function servesOthers(context: RuleContext, node: LayoutNode, quantity: Quantity, write: Write): boolean {
  return context.layout.nodes.some(
    (other) =>
      other !== node &&
      other.tree.root === node.tree.root &&
      other.evaluation.watched
        .get(quantity.variable)
        ?.writes.some(({ target }) => samePlace(target, write.target)),
  );
}

function assignUnderCondition(
  context: RuleContext,
  node: LayoutNode,
  write: Write,
  expression: string,
): Assignment | Message {
  const span = write.macro?.span ?? write.span;
  const text = context.text(span.file);
  const name = osidName(context, node);
  if (name === undefined) return message('fix.no-osid-name');
  const target = text === undefined ? undefined : targetOf(text, node, write);
  const at = text === undefined || target === undefined ? undefined : endOfStatement(text, span.end);
  if (at === undefined || text === undefined) {
    return message('fix.no-statement', { variable: write.name, place: { place: write.target } });
  }
  const indentation = indentationAt(text, span.start);
  const condition = `${name} == ${node.osid}`;
  const lines = ['', `${indentation}if (${condition})`, `${deeper(indentation)}${target} = ${expression};`];
  const place = { file: span.file, start: at, end: at };
  return { edits: [{ place, newText: lines.join(lineEndOf(text)) }], alone: true, condition };
}

/** What a further assignment is to be written to; undefined where no assignment statement can follow. */
function targetOf(text: string, { evaluation }: LayoutNode, write: Write): string | undefined {
  if (!write.operator.endsWith('=')) return undefined;
  if (!write.macro) return slice(text, write.target);
  // The macro's own spelling is not at hand; a variable goes by its name everywhere.
  return evaluation.definitions.get(write.name)?.at(-1)?.kind === 'object' ? write.name : undefined;
}

/** `#define mint_region3_size (…)` in a tree of one node: its replacement list. */
function assignMacro(
  context: RuleContext,
  node: LayoutNode,
  quantity: Quantity,
  expression: string,
): Assignment | Message {
  const definition = quantity.watched?.definition;
  const text = definition && context.text(definition.span.file);
  if (definition?.kind !== 'macro' || text === undefined || sharesTree(context.layout, node)) {
    return message('fix.not-assigned', { variable: quantity.variable });
  }
  const { file, end } = definition.span;
  const directive = text.slice(end, definition.whole.end);
  const body = directive.trim();
  // What follows the name without a space is the parameters of a function-like macro.
  if (body === '' || !/^\s/.test(directive) || /\/[/*]/.test(body)) {
    return message('fix.no-expression', { variable: quantity.variable, place: { place: definition.span } });
  }
  const start = end + directive.indexOf(body);
  return { edits: [{ place: { file, start, end: start + body.length }, newText: expression }], alone: true };
}
