/** JSON with comments and trailing commas as people write it: its values with their places, and its mistakes. */
import {
  createScanner,
  getNodeValue,
  type JSONPath,
  type Node as JsonNode,
  type ParseError,
  parseTree,
  printParseErrorCode,
  type SyntaxKind,
} from 'jsonc-parser';
import type { MessageId } from '../messages';

export type { JSONPath, JsonNode };

export interface JsonText {
  /** Undefined where there is no value, or none that can be read. */
  readonly root: JsonNode | undefined;
  readonly mistakes: readonly JsonMistake[];
}

/** UTF-16 offsets; `end` exclusive. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

export interface JsonMistake extends JsonSpan {
  readonly id: MessageId;
}

/** How a text breaks its lines, and what it indents by. */
export interface JsonForm {
  readonly eol: '\n' | '\r\n';
  readonly unit: string;
}

/** Nobody nests deeper by intent, and the parser calls itself for each level. */
const DEEPEST = 100;

export function parseJson(text: string): JsonText {
  // Some editors keep the byte order mark in the text; with a blank in its place all offsets stay.
  const marked = text.replace(/^\uFEFF/, ' ');
  const deep = tooDeepAt(marked);
  if (deep !== undefined) {
    return { root: undefined, mistakes: [{ id: 'project.too-deep', start: deep, end: deep + 1 }] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(marked, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const mistakes = firstOfEachLine(marked, errors);
  if (root || mistakes.length > 0) return { root, mistakes };
  return { root, mistakes: [{ id: 'project.empty', start: 0, end: text.length }] };
}

/** The node at a path; of several values for one key the last, which is the one that counts. */
export function nodeAt(root: JsonNode | undefined, path: JSONPath): JsonNode | undefined {
  return path.reduce<JsonNode | undefined>((node, part) => {
    if (typeof part === 'number') return node?.type === 'array' ? node.children?.[part] : undefined;
    if (node?.type !== 'object') return undefined;
    return node.children?.findLast(({ children }) => children?.[0]?.value === part && children[1])
      ?.children?.[1];
  }, root);
}

/** Objects have no prototype, so that every key is a key. */
export function jsonValue(root: JsonNode): unknown {
  return getNodeValue(root);
}

/** The form of a text; where it does not show, VS Code's own. */
export function formOf(text: string, root: JsonNode | undefined): JsonForm {
  const [first] = root?.children ?? [];
  const [, unit] = /\n([ \t]+)$/.exec(text.slice(0, first?.offset ?? 0)) ?? [];
  return { eol: text.includes('\r\n') ? '\r\n' : '\n', unit: unit ?? '  ' };
}

/**
 * Between a value and what follows it: the comma, where there is one, and `rest`, where the line of both ends or, on one
 * line, the last comment does.
 */
export function separators(
  text: string,
  start: number,
  end: number,
): { readonly comma: JsonSpan | undefined; readonly rest: number } {
  const scanner = createScanner(text.slice(start, end), false);
  let comma: JsonSpan | undefined;
  let lineBreak: number | undefined;
  for (let token = scanner.scan(); token !== END; token = scanner.scan()) {
    const at = start + scanner.getTokenOffset();
    if (token === COMMA) {
      comma = { start: at, end: at + 1 };
      lineBreak = undefined;
    } else if (token === LINE_BREAK) lineBreak ??= at;
  }
  return { comma, rest: lineBreak ?? start + text.slice(start, end).trimEnd().length };
}

/** Where the first bracket stands that is nested too deeply. A closing bracket counts where it fits, as for the parser. */
function tooDeepAt(text: string): number | undefined {
  const scanner = createScanner(text, true);
  const open: SyntaxKind[] = [];
  for (let token = scanner.scan(); token !== END; token = scanner.scan()) {
    if (CLOSING.has(token)) {
      if (open.length === DEEPEST) return scanner.getTokenOffset();
      open.push(token);
    } else if (CLOSING.get(open.at(-1) ?? END) === token) open.pop();
  }
  return undefined;
}

// jsonc-parser declares its enumerations for the compiler alone.
const END: SyntaxKind.EOF = 17;
const COMMA: SyntaxKind.CommaToken = 5;
const LINE_BREAK: SyntaxKind.LineBreakTrivia = 14;
const CLOSING: ReadonlyMap<SyntaxKind, SyntaxKind> = new Map<SyntaxKind, SyntaxKind>([
  [1 satisfies SyntaxKind.OpenBraceToken, 2 satisfies SyntaxKind.CloseBraceToken],
  [3 satisfies SyntaxKind.OpenBracketToken, 4 satisfies SyntaxKind.CloseBracketToken],
]);

/** One slip, such as a key without quotes, makes the parser stumble several times on its line. */
function firstOfEachLine(text: string, errors: readonly ParseError[]): readonly JsonMistake[] {
  let lineEnd = -1;
  return errors.flatMap(({ error, offset, length }) => {
    if (offset <= lineEnd) return [];
    const next = text.indexOf('\n', offset);
    lineEnd = next < 0 ? text.length : next;
    return [
      { id: SYNTAX[printParseErrorCode(error)] ?? 'project.syntax', start: offset, end: offset + length },
    ];
  });
}

/** By the names of jsonc-parser's error codes. */
const SYNTAX: Readonly<Record<string, MessageId | undefined>> = {
  PropertyNameExpected: 'project.syntax.key',
  ValueExpected: 'project.syntax.value',
  ColonExpected: 'project.syntax.colon',
  CommaExpected: 'project.syntax.comma',
  CloseBraceExpected: 'project.syntax.brace',
  CloseBracketExpected: 'project.syntax.bracket',
  UnexpectedEndOfComment: 'project.syntax.comment',
  UnexpectedEndOfString: 'project.syntax.string',
  InvalidEscapeCharacter: 'project.syntax.escape',
  InvalidUnicode: 'project.syntax.escape',
  InvalidCharacter: 'project.syntax.character',
  EndOfFileExpected: 'project.syntax.end',
};
