/** From expanded tokens to the IR: cut into chunks, written for tree-sitter, parsed, lowered, and kept by their text. */
import { type Chunk, Cutter } from '../chunks';
import type { Expression, Malformed } from '../ir';
import type { CParser } from '../parser';
import type { Token } from '../token';
import type { ChunkCache, Lowered } from './chunk-cache';
import { Context, type Parts } from './context';
import { lowerInitializerList, lowerTypeName } from './declarations';
import { lowerPart } from './expressions';
import type { Scope } from './names';
import type { Written } from './pieces';
import { lowerBlock, lowerExternals } from './statements';
import { wordOf } from './words';
import { writeExpressionText, writeExternal } from './write';

/** A translation unit's external declarations, in order. */
export interface LoweredUnit {
  readonly chunks: readonly LoweredChunk[];
  /** The typedef names that the program declares at file scope. */
  readonly typedefNames: ReadonlySet<string>;
}

/** What one stretch of tokens was lowered to; `first` and `last` of its nodes count within `tokens`. */
export interface LoweredChunk extends Lowered {
  readonly tokens: readonly Token[];
}

const parts: Parts = { block: lowerBlock, typeName: lowerTypeName, initializerList: lowerInitializerList };

/** Lowers a whole unit. Chunks that `cache` has are not parsed again and keep their identity. */
export function lowerUnit(tokens: readonly Token[], parser: CParser, cache: ChunkCache): LoweredUnit {
  const fileScope: Scope = new Map();
  cache.reserve(tokens.length);
  const cutter = new Cutter(tokens);
  const lowerAt = (start: number) => {
    const cut = cutter.cut(start);
    const { length } = cut.chunk.tokens;
    return (
      cache.find(tokens, start, fileScope, start + length) ?? {
        length,
        lowered: cache.add(cut, fileScope, (scope) => {
          const written = writeExternal(cut.chunk.words, scope);
          return { text: written.text, lower: () => lowerChunk(cut.chunk, written, parser) };
        }),
      }
    );
  };
  const chunks: LoweredChunk[] = [];
  for (let start = 0; start < tokens.length; ) {
    const known = cache.find(tokens, start, fileScope);
    const { lowered, length } = known ?? lowerAt(start);
    chunks.push({ ...lowered, tokens: tokens.slice(start, start + length) });
    start += length;
  }
  const typedefNames = new Set([...fileScope].filter(([, typedef]) => typedef).map(([name]) => name));
  return { chunks, typedefNames };
}

function lowerChunk({ tokens, words }: Chunk, written: Written, parser: CParser): Lowered {
  const context = new Context(written, words, tokens, parts);
  return { externals: lowerExternals(context, parser.parse(written.text)), problems: context.problems };
}

/** An expression on its own; `first` and `last` count within the tokens it was lowered from. */
export interface LoweredExpression {
  readonly expression: Expression;
  readonly problems: readonly Malformed[];
}

/** Lowers tokens that form one expression, such as a macro's body; malformed where they do not. */
export function lowerExpression(
  tokens: readonly Token[],
  typedefNames: ReadonlySet<string>,
  parser: CParser,
): LoweredExpression {
  const words = tokens.map(wordOf);
  const written = writeExpressionText(words, new Map([...typedefNames].map((name) => [name, true])));
  const context = new Context(written, words, tokens, parts);
  const root = parser.parse(written.text);
  const body = root.children[0]?.children.find((each) => each.type === 'compound_statement');
  const [statement] = body?.children.slice(1, -1) ?? [];
  const value = statement?.children[1];
  const whole =
    root.children.length === 1 && body?.children.length === 3 && statement?.type === 'return_statement';
  const expression =
    whole && value && !root.broken && statement.children.length === 3
      ? lowerPart(context, value)
      : context.malformed({ first: 0, last: Math.max(0, tokens.length - 1) }, 'syntax-error');
  return { expression, problems: context.problems };
}
