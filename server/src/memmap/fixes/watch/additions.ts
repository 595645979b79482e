/**
 * Statements that add ranges to a tree's table, in the manner of the statements that are there: proposals, of which the
 * first that evaluates to what is wanted is taken.
 */
import type { Span } from '../../../c/source';
import { type AddressRange, formatHex, lengthOf } from '../../../range';
import type { TextEdit } from '../../finding';
import type { LayoutNode, MemoryRange, Region } from '../../layout';
import { FUNCTION } from '../../memory/table';
import { deeper, indentationAt, lineEndOf } from '../source-text';
import { codeOnly, functionAt, matching, pieces, statementAround, statementsIn } from './code';

type Stretch = Pick<Span, 'start' | 'end'>;

/** Where the table is filled, in the text of one file. */
export interface Filling {
  readonly file: string;
  readonly text: string;
  /** The text without comments and strings. */
  readonly code: string;
  /** The statements of the function that fills the table. */
  readonly body: Stretch;
  readonly statements: readonly Stretch[];
  /** The name of the table, and of the pointer to the number of its ranges. */
  readonly table: string;
  readonly count: string;
  /** The region that is copied from, and what wrote its range. */
  readonly region: Region;
  readonly origin: Stretch;
  /** The last statement that fills the table, or counts what fills it. */
  readonly last: Stretch;
}

/** Undefined where the table is not filled by statements of the function itself, or calls in it. */
export function fillingOf(
  node: LayoutNode,
  region: Region,
  read: (file: string) => string | undefined,
): Filling | undefined {
  const { ranges } = node.memory;
  const model = ranges.find((one) => one.region?.name === region.name);
  const origin = model?.entry?.start?.origin;
  const text = origin && read(origin.file);
  const name = node.evaluation.definitions.get(FUNCTION)?.findLast(({ span }) => span.file === origin?.file);
  if (!origin || text === undefined || !name) return undefined;
  const { file } = origin;
  const code = codeOnly(text);
  const found = functionAt(code, name.span.end);
  const [table = '', count = ''] = found?.parameters ?? [];
  if (!found || table === '' || count === '') return undefined;
  const { body } = found;
  const statements = statementsIn(code, body);
  const last = lastFilling(code, statements, ranges, file);
  return last && { file, text, code, body, statements, table, count, region, origin, last };
}

function lastFilling(
  code: string,
  statements: readonly Stretch[],
  ranges: readonly MemoryRange[],
  file: string,
): Stretch | undefined {
  const origins = ranges
    .flatMap(({ entry }) => [entry?.start?.origin, entry?.end?.origin, entry?.type?.origin])
    .filter((origin) => origin?.file === file);
  const filling = statements.findLastIndex(({ start, end }) =>
    origins.some((origin) => origin && start <= origin.start && origin.end <= end),
  );
  if (filling < 0) return undefined;
  const others = statements.slice(filling + 1);
  const counting = others.findIndex(({ start, end }) => !COUNTS.test(code.slice(start, end)));
  return statements[filling + (counting < 0 ? others.length : counting)];
}

/** `i++;`, `i = 3;`, `i += 3;` */
const COUNTS = /^(?:\+\+\s*\w+|\w+\s*\+\+|\w+\s*\+?=\s*\d+)\s*;$/;

/**
 * @param condition under which the statements are to run; undefined: always
 * @returns edits that add all ranges, each an alternative
 */
export function* additions(
  filling: Filling,
  ranges: readonly AddressRange[],
  condition: string | undefined,
): Iterable<readonly TextEdit[]> {
  const copied = copiedCalls(filling, ranges);
  if (copied) yield [inserted(filling, filling.last, copied, condition)];
  const counter = counterOf(filling);
  if (counter !== undefined) {
    const lines = members(filling, counter, `${counter}++;`, ranges);
    yield [inserted(filling, filling.last, lines, condition)];
  }
  const { code, count, statements, last } = filling;
  const isNumber = new RegExp(`^\\*\\s*${count}\\s*=`);
  const set = statements.findLast(({ start, end }) => isNumber.test(code.slice(start, end)));
  const lines = members(filling, `*${count}`, `(*${count})++;`, ranges);
  yield [inserted(filling, set ?? last, lines, condition)];
}

/** The call that adds the region's range, repeated with other numbers. */
function copiedCalls(filling: Filling, ranges: readonly AddressRange[]): readonly string[] | undefined {
  const { text, code, body, origin } = filling;
  const statement = statementAround(code, body, origin);
  if (!statement) return undefined;
  const pattern = callPattern(code, text, statement, origin);
  const namesType = pattern.includes('RANGE_RAM');
  const copies = ranges.map((range) => substituted(pattern, filling.region, range));
  if (copies.some((copy) => copy === undefined)) return undefined;
  return copies.flatMap((copy = '') => {
    const lines = copy.replace(/\bRANGE_RAM\b/g, 'RANGE_RESERVED').split(/\r?\n/);
    return namesType ? lines : [...lines, `${filling.table}[${lastIndex(filling)}].type = RANGE_RESERVED;`];
  });
}

/** The statement; of a condition that chains several calls the one call. Continuation lines lose its indentation. */
function callPattern(code: string, text: string, statement: Stretch, origin: Stretch): string {
  const indentation = indentationAt(text, statement.start);
  const whole = (stretch: Stretch) =>
    text.slice(stretch.start, stretch.end).replace(new RegExp(`(\\r?\\n)${indentation}`, 'g'), '$1');
  const isIf = /^if\s*\(/.exec(code.slice(statement.start, statement.end));
  if (!isIf) return whole(statement);
  const open = statement.start + isIf[0].length - 1;
  const close = matching(code, open);
  const operand = pieces(code, { start: open + 1, end: close }, '||').find(
    ({ start, end }) => start <= origin.start && origin.end <= end,
  );
  if (!operand) return whole(statement);
  const condition = text.slice(operand.start, operand.end).replace(/\s*\r?\n\s*/g, ' ');
  return `if (${condition}${whole({ start: close, end: statement.end })}`;
}

/** With the region's start and size replaced; undefined where the text does not name both. */
function substituted(pattern: string, { start, size }: Region, range: AddressRange): string | undefined {
  const named = (name: string) => new RegExp(`\\b${name}\\b`, 'g');
  if (!named(start.variable).test(pattern) || !named(size.variable).test(pattern)) return undefined;
  const suffix = suffixFor(range);
  return pattern
    .replace(named(start.variable), formatHex(range.start) + suffix)
    .replace(named(size.variable), formatHex(lengthOf(range)) + suffix);
}

/** Sums of hexadecimal constants stay below INT_MAX without one (C17 6.4.4.1). */
function suffixFor({ end }: AddressRange): string {
  return end > 0x7fffffffn ? 'ULL' : '';
}

/** The variable that counts, where the number of ranges is set from one behind. */
function counterOf({ code, body, count, last }: Filling): string | undefined {
  const behind = code.slice(last.end, body.end);
  return new RegExp(`\\*\\s*${count}\\s*=\\s*([A-Za-z_]\\w*)\\s*;`).exec(behind)?.[1];
}

function lastIndex(filling: Filling): string {
  return `${counterOf(filling) ?? `*${filling.count}`} - 1`;
}

/** Member by member, and counted. */
function members(
  { table }: Filling,
  index: string,
  counted: string,
  ranges: readonly AddressRange[],
): readonly string[] {
  const entry = `${table}[${index}]`;
  return ranges.flatMap((range) => [
    `${entry}.start = ${formatHex(range.start)}${suffixFor(range)};`,
    `${entry}.end = ${formatHex(range.end)}${suffixFor(range)} - 1;`,
    `${entry}.type = RANGE_RESERVED;`,
    counted,
  ]);
}

/** The lines behind a statement, in its indentation. */
function inserted(
  { file, text, code }: Filling,
  { start, end }: Stretch,
  lines: readonly string[],
  condition: string | undefined,
): TextEdit {
  const indentation = indentationAt(text, start);
  const inner = condition === undefined ? indentation : deeper(indentation);
  const written = lines.map((line) => inner + line);
  const whole =
    condition === undefined ? written : [`${indentation}if (${condition}) {`, ...written, `${indentation}}`];
  // A comment behind the statement stays with it.
  const at = end + (/^[ \t]*(?=\r?\n|$)/.exec(code.slice(end))?.[0].length ?? 0);
  return { place: { file, start: at, end: at }, newText: ['', ...whole].join(lineEndOf(text)) };
}
