/** Small questions to the text around a place. */
import type { Span } from '../../c/source';
import type { MacroCall } from '../../c/token';

/** The white space that the line of `offset` begins with. */
export function indentationAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** One level more than `indentation`: a tab, or spaces where the file indents by spaces. */
export function deeper(indentation: string): string {
  const usesSpaces = indentation.startsWith(' ');
  return indentation + (usesSpaces ? ' '.repeat(Math.min(indentation.length, 8)) : '\t');
}

/** How the file ends its lines. */
export function lineEndOf(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

export function slice(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** The arguments of a macro call, without the white space around them. */
export function macroArguments(text: string, { name, span }: MacroCall): readonly Span[] {
  const open = text.indexOf('(', name.end);
  if (open < 0 || open >= span.end) return [];
  const found: Span[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = from; at < span.end; at++) {
    const character = text[at];
    if (character === '(') depth++;
    if ((character === ',' && depth === 0) || at === span.end - 1) {
      found.push(trimmed(text, { file: span.file, start: from, end: at }));
      from = at + 1;
    } else if (character === ')') depth--;
  }
  return found;
}

function trimmed(text: string, { file, start, end }: Span): Span {
  const part = text.slice(start, end);
  const from = start + part.length - part.trimStart().length;
  return { file, start: from, end: from + part.trim().length };
}

/**
 * Where a new statement can stand after one that ends at `offset`: after its semicolon and, where nothing but a comment
 * follows on that line, after the comment. Undefined where no semicolon ends it, or an `else` follows that would
 * belong to the new statement.
 */
export function endOfStatement(text: string, offset: number): number | undefined {
  const semicolon = /^\s*;/.exec(text.slice(offset, offset + 200));
  if (!semicolon) return undefined;
  const end = offset + semicolon[0].length;
  if (/^(?:\s|\/\/.*|\/\*(?:[^*]|\*(?!\/))*\*\/)*else\b/.test(text.slice(end, end + 2000))) return undefined;
  const lineEnd = text.indexOf('\n', end);
  const rest = text.slice(end, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '');
  return /^[ \t]*(?:\/\/.*[^\\]|\/\*(?:[^*]|\*(?!\/))*\*\/[ \t]*)?$/.test(rest) ? end + rest.length : end;
}
