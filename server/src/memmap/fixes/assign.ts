/** The exact edit that gives a region's start or size another expression. */
import type { Write } from '../../c/evaluation';
import { type Message, message } from '../../messages';
import { sharesTree } from '../build-layout';
import type { RuleContext } from '../context';
import type { TextEdit } from '../finding';
import type { LayoutNode, Quantity } from '../layout';
import { lastWrite, samePlace } from '../places';
import { osidName } from './osid-name';
import { deeper, endOfStatement, indentationAt, lineEndOf, slice } from './source-text';

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
  const edit = replaceWrite(context, write, expression);
  return 'id' in edit ? edit : { edits: [edit], alone: true };
}

/** Makes `expression` what the last write assigns, for every node that it serves. */
export function assignForAll(
  context: RuleContext,
  quantity: Quantity,
  expression: string,
): Assignment | Message {
  const write = lastWrite(quantity);
  const edit = write ? replaceWrite(context, write, expression) : message('fix.not-assigned');
  return 'id' in edit ? edit : { edits: [edit], alone: false };
}

function replaceWrite(context: RuleContext, write: Write, expression: string): TextEdit | Message {
  const isPlain = write.operator === '=' || write.operator === 'initializer';
  // In a macro call the expression is an argument: evaluating the edited text shows whether it stands for this alone.
  if (isPlain && write.expression) return { place: write.expression, newText: expression };
  const text = context.text(write.target.file);
  const isCompound = write.operator.endsWith('=') && !isPlain;
  if (!isCompound || write.macro || text === undefined) {
    return message('fix.no-expression', { variable: write.name, place: { place: write.target } });
  }
  return { place: write.span, newText: `${slice(text, write.target)} = ${expression}` };
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
  const text = context.text(write.span.file);
  const name = osidName(context, node);
  if (name === undefined) return message('fix.no-osid-name');
  const isStatement = !write.macro && write.operator.endsWith('=') && text !== undefined;
  const at = isStatement ? endOfStatement(text, write.span.end) : undefined;
  if (at === undefined || text === undefined) {
    return message('fix.no-statement', { variable: write.name, place: { place: write.target } });
  }
  const indentation = indentationAt(text, write.span.start);
  const condition = `${name} == ${node.osid}`;
  const lines = [
    '',
    `${indentation}if (${condition})`,
    `${deeper(indentation)}${slice(text, write.target)} = ${expression};`,
  ];
  const place = { file: write.span.file, start: at, end: at };
  return { edits: [{ place, newText: lines.join(lineEndOf(text)) }], alone: true, condition };
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
  const body = /^[ \t]+(?<body>\S(?:.*\S)?)\s*$/s.exec(directive)?.groups?.['body'];
  if (body === undefined || /\/[/*]/.test(body)) {
    return message('fix.no-expression', { variable: quantity.variable, place: { place: definition.span } });
  }
  const start = end + directive.indexOf(body);
  return { edits: [{ place: { file, start, end: start + body.length }, newText: expression }], alone: true };
}
