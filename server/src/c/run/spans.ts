/**
 * Where nodes of the IR stand in the source, through macro calls. A token has a place at several levels: at level 0
 * that of the outermost macro call it comes out of, at level 1 where what that call's body or argument spells stands,
 * and so on, down to where the token itself is spelled.
 */
import type { Node } from '../ir';
import type { Span } from '../source';
import type { MacroCall, MacroUse, Token } from '../token';

/** Tokens of a chunk. */
export interface Tokens {
  readonly tokens: readonly Token[];
}

/** The text of a file; undefined where there is none. */
export type ReadText = (file: string) => string | undefined;

/** Macro uses within each other are followed so far. */
const LEVELS_LIMIT = 32;

const NONE: readonly MacroUse[] = [];
const chains = new WeakMap<MacroUse, readonly MacroUse[]>();

/** The macro uses that a token came out of, the outermost first. */
export function usesOf(token: Token | undefined): readonly MacroUse[] {
  if (!token?.use) return NONE;
  let chain = chains.get(token.use);
  if (!chain) {
    const inner: MacroUse[] = [];
    for (let use: MacroUse | undefined = token.use; use; use = use.outer) inner.push(use);
    chain = inner.reverse().slice(0, LEVELS_LIMIT);
    chains.set(token.use, chain);
  }
  return chain;
}

/** Where a person sees the tokens: at their own place, or at the outermost macro call they come out of. */
export function outerSpan({ tokens }: Tokens, first: number, last: number): Span {
  const start = placeAt(tokens[first] ?? tokens[tokens.length - 1], 0);
  const end = placeAt(tokens[last] ?? tokens[tokens.length - 1], 0);
  if (start.file !== end.file || end.end < start.end) return start;
  return { file: start.file, start: start.start, end: end.end };
}

function placeAt(token: Token | undefined, level: number): Span {
  if (!token) return { file: '', start: 0, end: 0 };
  if (level === 0) return token.expansion?.span ?? token.span;
  return usesOf(token)[level]?.span ?? token.span;
}

/** The places where the node's text stands in one piece, from the outermost level to where it is spelled. */
export function placesOf(chunk: Tokens, node: Node, read: ReadText): readonly Span[] {
  const places: Span[] = [];
  const levels = commonLevels(chunk, node);
  for (let level = 0; level <= levels; level++) {
    const place = placeOnLevel(chunk, node, level, read);
    if (place) places.push(place);
  }
  return places;
}

/** The node's place in the source where its text is there in one piece: plain text with whole macro calls in it. */
export function sourceSpan(chunk: Tokens, node: Node, read: ReadText): Span | undefined {
  return placeOnLevel(chunk, node, 0, read);
}

/** The number of macro uses that all tokens of the node have in common. */
export function commonLevels({ tokens }: Tokens, node: Node): number {
  const chain = usesOf(tokens[node.first]);
  let common = chain.length;
  for (let i = node.first + 1; i <= node.last && common > 0; i++) {
    const other = usesOf(tokens[i]);
    while (common > 0 && other[common - 1] !== chain[common - 1]) common--;
  }
  return common;
}

/** The place at a level; undefined where the node is only part of what a macro use yields, or other text lies in between. */
export function placeOnLevel(
  { tokens }: Tokens,
  node: Node,
  level: number,
  read: ReadText,
): Span | undefined {
  const first = tokens[node.first];
  const last = tokens[node.last];
  if (!first || !last) return undefined;
  if (isCut(first, tokens[node.first - 1], level) || isCut(last, tokens[node.last + 1], level))
    return undefined;
  const { file, start } = placeAt(first, level);
  let { end } = placeAt(first, level);
  let use = usesOf(first)[level];
  let text: string | undefined;
  for (let i = node.first + 1; i <= node.last; i++) {
    const token = tokens[i];
    const next = usesOf(token)[level];
    if (next !== undefined && next === use) continue;
    use = next;
    const place = placeAt(token, level);
    if (place.file !== file || place.start < end) return undefined;
    text ??= read(file);
    if (place.start > end && (text === undefined || !isBlank(text, end, place.start))) return undefined;
    end = place.end;
  }
  return { file, start, end };
}

/** The neighbour comes out of the same macro use, so that the node is not all of it. */
function isCut(token: Token, neighbour: Token | undefined, level: number): boolean {
  const use = usesOf(token)[level];
  return use !== undefined && usesOf(neighbour)[level] === use;
}

const BLANK = /^(?:\s|\\|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*$/;

/** White space, comments and line splices only, no directive. */
function isBlank(text: string, start: number, end: number): boolean {
  return (end - start === 1 && text[start] === ' ') || BLANK.test(text.slice(start, end));
}

/** The macro call in the source that all tokens of the node come out of, where there is one. */
export function callOf({ tokens }: Tokens, node: Node): MacroCall | undefined {
  const call = tokens[node.first]?.expansion;
  if (!call) return undefined;
  for (let i = node.first + 1; i <= node.last; i++) if (tokens[i]?.expansion !== call) return undefined;
  return call;
}

/** The macro uses that yield the node and nothing else, the outermost first. */
export function wholeUses(chunk: Tokens, node: Node): readonly MacroUse[] {
  const { tokens } = chunk;
  const first = tokens[node.first];
  const last = tokens[node.last];
  if (!first || !last) return NONE;
  return usesOf(first)
    .slice(0, commonLevels(chunk, node))
    .filter(
      (_, level) =>
        !isCut(first, tokens[node.first - 1], level) && !isCut(last, tokens[node.last + 1], level),
    );
}

/** Tokens as one line of text, which ends with the token that takes it to `limit` characters. */
export function tokensText(
  tokens: readonly Token[],
  first: number,
  last: number,
  limit = Number.POSITIVE_INFINITY,
): string {
  let text = '';
  for (let i = first; i <= last && text.length < limit; i++) {
    const token = tokens[i];
    if (token) text += i > first && token.spaceBefore ? ` ${token.text}` : token.text;
  }
  return text;
}
