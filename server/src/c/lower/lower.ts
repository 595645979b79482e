/** From expanded tokens to the IR: cut into chunks, written for tree-sitter, parsed, lowered, and kept by their text. */
import { chunksOf } from '../chunks';
import type { Expression, External, Malformed } from '../ir';
import type { CParser } from '../parser';
import type { Token } from '../token';
import { Context, type Parts } from './context';
import { lowerInitializerList, lowerTypeName } from './declarations';
import { lowerPart } from './expressions';
import type { Scope } from './names';
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

/** The part of a chunk that depends on its text alone, shared by all chunks of equal text. */
interface Lowered {
  readonly externals: readonly External[];
  /** Every malformed node among the externals, in order, and blocks that are not closed. */
  readonly problems: readonly Malformed[];
}

/** Lowered chunks by their text, for all units, OSIDs and edits; the longest unused go first. */
export class ChunkCache {
  private readonly entries = new Map<string, { readonly lowered: Lowered; readonly size: number }>();
  private size = 0;

  /** `limit` is the number of tokens whose IR is kept (some 120 bytes each), more where a unit is large. */
  constructor(private limit = 100_000) {}

  /** Makes room for a unit of so many tokens and what is typed in it: were it smaller than the unit, nothing would be found. */
  reserve(tokens: number): void {
    this.limit = Math.max(this.limit, 2 * tokens);
  }

  get(key: string): Lowered | undefined {
    const found = this.entries.get(key);
    if (found === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, found);
    return found.lowered;
  }

  set(key: string, lowered: Lowered, size: number): void {
    this.entries.set(key, { lowered, size });
    this.size += size;
    for (const [oldest, entry] of this.entries) {
      if (this.size <= this.limit || this.entries.size === 1) break;
      this.entries.delete(oldest);
      this.size -= entry.size;
    }
  }
}

const parts: Parts = { block: lowerBlock, typeName: lowerTypeName, initializerList: lowerInitializerList };

/** Lowers a whole unit. Chunks that `cache` has are not parsed again and keep their identity. */
export function lowerUnit(tokens: readonly Token[], parser: CParser, cache: ChunkCache): LoweredUnit {
  const fileScope: Scope = new Map();
  cache.reserve(tokens.length);
  const chunks = chunksOf(tokens).map((chunk) => {
    const written = writeExternal(chunk.words, fileScope);
    const key = `${written.text}\n${chunk.tokens.map((token) => token.text).join('\n')}`;
    let lowered = cache.get(key);
    if (lowered === undefined) {
      const context = new Context(written, chunk.words, chunk.tokens, parts);
      lowered = {
        externals: lowerExternals(context, parser.parse(written.text)),
        problems: context.problems,
      };
      cache.set(key, lowered, chunk.tokens.length);
    }
    return { tokens: chunk.tokens, externals: lowered.externals, problems: lowered.problems };
  });
  const typedefNames = new Set([...fileScope].filter(([, typedef]) => typedef).map(([name]) => name));
  return { chunks, typedefNames };
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
