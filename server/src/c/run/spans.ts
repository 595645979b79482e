/** Where nodes of the IR stand in the source, through macro calls. */
import type { Node } from '../ir';
import type { Span } from '../source';
import type { MacroCall, Token } from '../token';

/** Tokens of a chunk. */
interface Tokens {
  readonly tokens: readonly Token[];
}

/** Where a person sees the tokens: at their own place, or at the outermost macro call they come out of. */
export function outerSpan({ tokens }: Tokens, first: number, last: number): Span {
  const start = outer(tokens[first] ?? tokens[tokens.length - 1]);
  const end = outer(tokens[last] ?? tokens[tokens.length - 1]);
  if (start.file !== end.file || end.end < start.end) return start;
  return { file: start.file, start: start.start, end: end.end };
}

function outer(token: Token | undefined): Span {
  return token?.expansion?.span ?? token?.span ?? { file: '', start: 0, end: 0 };
}

/**
 * The node's place in the source where its text is there in one piece: plain text with whole macro calls in it, or the
 * whole of one call. Undefined where the node is only part of what a macro call yields.
 */
export function sourceSpan(chunk: Tokens, node: Node): Span | undefined {
  const { tokens } = chunk;
  const first = tokens[node.first];
  const last = tokens[node.last];
  if (!first || !last) return undefined;
  if (first.expansion && tokens[node.first - 1]?.expansion === first.expansion) return undefined;
  if (last.expansion && tokens[node.last + 1]?.expansion === last.expansion) return undefined;
  const span = outerSpan(chunk, node.first, node.last);
  return span.end >= outer(last).end && outer(first).file === outer(last).file ? span : undefined;
}

/**
 * Where the node is spelled where all of it comes out of one macro call: in the macro's body or in an argument.
 * Undefined where its tokens are spelled in several places.
 */
export function spelledSpan(
  { tokens }: Tokens,
  node: Node,
  read: (file: string) => string | undefined,
): Span | undefined {
  const first = tokens[node.first];
  if (!first?.expansion) return undefined;
  const { file, start } = first.span;
  const text = read(file);
  if (text === undefined) return undefined;
  let { end } = first.span;
  for (let i = node.first + 1; i <= node.last; i++) {
    const token = tokens[i];
    if (token?.expansion !== first.expansion || token.span.file !== file || token.span.start < end)
      return undefined;
    if (!BLANK.test(text.slice(end, token.span.start))) return undefined;
    end = token.span.end;
  }
  return { file, start, end };
}

/** White space, comments and line splices. */
const BLANK = /^(?:\s|\\|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*$/;

/** The call that all tokens of the node come out of, where there is one. */
export function callOf({ tokens }: Tokens, node: Node): MacroCall | undefined {
  const call = tokens[node.first]?.expansion;
  if (!call) return undefined;
  for (let i = node.first + 1; i <= node.last; i++) if (tokens[i]?.expansion !== call) return undefined;
  return call;
}

/** True when the node is all of what the call it comes out of yields. */
export function isWholeCall({ tokens }: Tokens, node: Node, call: MacroCall): boolean {
  return tokens[node.first - 1]?.expansion !== call && tokens[node.last + 1]?.expansion !== call;
}
