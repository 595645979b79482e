/** The C parser and the way from C text to the IR, as tests use them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Chunk, Cutter } from '../../server/src/c/chunks';
import { ChunkCache } from '../../server/src/c/lower/chunk-cache';
import { type LoweredUnit, lowerUnit } from '../../server/src/c/lower/lower';
import { createParser } from '../../server/src/c/parser';
import { tokenize } from '../../server/src/c/preprocessor/lexer';
import type { Token } from '../../server/src/c/token';

const require = createRequire(import.meta.url);

/** The parser made of the files that the extension ships. */
export const parser = await createParser({
  runtime: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
  language: readFileSync(require.resolve('tree-sitter-c/tree-sitter-c.wasm')),
});

/** The tokens of text without directives other than line markers. */
export function tokensOf(text: string): readonly Token[] {
  return tokenize('test.c', text.replace(/^#.*$/gm, '')).tokens;
}

export function lowerText(text: string, cache = new ChunkCache()): LoweredUnit {
  return lowerUnit(tokensOf(text), parser, cache);
}

/** All chunks of a unit, one after the other. */
export function chunksOf(tokens: readonly Token[]): readonly Chunk[] {
  const cutter = new Cutter(tokens);
  const chunks: Chunk[] = [];
  for (let start = 0; start < tokens.length; ) {
    const { chunk } = cutter.cut(start);
    chunks.push(chunk);
    start += chunk.tokens.length;
  }
  return chunks;
}
