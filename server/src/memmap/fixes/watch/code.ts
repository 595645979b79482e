/** Enough of C's punctuation to copy a statement and to place another after it. What comes of it is evaluated. */
import type { Span } from '../../../c/source';

/** The text with comments, strings and character constants blanked; each character keeps its place. */
export function codeOnly(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?(?:\*\/|$)|\/\/(?:\\\r?\n|[^\n])*|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/g,
    (blanked) => blanked.replace(/[^\r\n]/g, ' '),
  );
}

type Stretch = Pick<Span, 'start' | 'end'>;

/** What stands in the braces of the function whose name stands at `from`, and its parameters. */
export interface FunctionText {
  readonly parameters: readonly string[];
  readonly body: Stretch;
}

export function functionAt(code: string, from: number): FunctionText | undefined {
  const open = code.indexOf('(', from);
  const close = open < 0 ? -1 : matching(code, open);
  const brace = close < 0 ? -1 : code.slice(close + 1).search(/\S/) + close + 1;
  if (code[brace] !== '{') return undefined;
  const end = matching(code, brace);
  if (end < 0) return undefined;
  const parameters = pieces(code, { start: open + 1, end: close }, ',').map(
    ({ start, end: last }) => /(\w+)\s*(?:\[[^\]]*\]\s*)*$/.exec(code.slice(start, last))?.[1] ?? '',
  );
  return { parameters, body: { start: brace + 1, end } };
}

/** The statements of a block, each with its `else`. */
export function statementsIn(code: string, block: Stretch): readonly Stretch[] {
  const found: Stretch[] = [];
  let start = block.start;
  let depth = 0;
  for (let at = block.start; at < block.end; at++) {
    const character = code[at] ?? '';
    if ('({['.includes(character)) depth++;
    if (')}]'.includes(character)) depth--;
    if (depth > 0 || !';}'.includes(character) || goesOn(code, at)) continue;
    found.push({ start: start + leadingOf(code.slice(start, at)), end: at + 1 });
    start = at + 1;
  }
  return found;
}

/** Whether what ends here is only a part: an `else` follows, or the brace closed an initializer. */
function goesOn(code: string, at: number): boolean {
  const rest = code.slice(at + 1, at + 200);
  return /^\s*else\b/.test(rest) || (code[at] === '}' && /^\s*[;,.[]/.test(rest));
}

/** Blanks and directives. */
function leadingOf(text: string): number {
  return /^(?:\s|#(?:\\\r?\n|[^\n])*)*/.exec(text)?.[0].length ?? 0;
}

/** The innermost statement, if it is one of the block's or of the blocks in it. */
export function statementAround(code: string, block: Stretch, place: Stretch): Stretch | undefined {
  const own = statementsIn(code, block).find(({ start, end }) => start <= place.start && place.end <= end);
  if (!own) return undefined;
  for (let at = own.start; at < place.start; at++) {
    if (code[at] !== '{') continue;
    const end = matching(code, at);
    if (end >= place.end) return statementAround(code, { start: at + 1, end }, place) ?? own;
    if (end > 0) at = end;
  }
  return own;
}

/** The offset of the bracket that closes the one at `open`; -1 where none does. */
export function matching(code: string, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    const character = code[at] ?? '';
    if ('({['.includes(character)) depth++;
    if (')}]'.includes(character) && --depth === 0) return at;
  }
  return -1;
}

/** The stretches between separators that stand in no brackets, without the blanks around them. */
export function pieces(code: string, { start, end }: Stretch, separator: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at <= end; at++) {
    const character = code[at] ?? '';
    if ('({['.includes(character)) depth++;
    if (')}]'.includes(character)) depth--;
    if (at < end && (depth > 0 || !code.startsWith(separator, at))) continue;
    found.push(trimmed(code, { start: from, end: at }));
    from = at + separator.length;
    at = from - 1;
  }
  return found;
}

function trimmed(code: string, { start, end }: Stretch): Stretch {
  const part = code.slice(start, end);
  const from = start + part.length - part.trimStart().length;
  return { start: from, end: Math.max(from, from + part.trim().length) };
}
