/** The parser in WebAssembly against tree-sitter's C library, and its bounds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeExternal } from '../../server/src/c/lower/write';
import { createParser } from '../../server/src/c/parser';
import { preprocess } from '../../server/src/c/preprocessor/preprocess';
import type { SourceHost } from '../../server/src/c/source';
import type { Token } from '../../server/src/c/token';
import { chunksOf, parser, tokensOf } from './c-parser';
import { difference, nativeTrees, treeText } from './native-parser';

const ROOT = join(import.meta.dirname, '../..');

/** Files that are C only after their macros are replaced: the preprocessor's. */
const TOKENS_ONLY = join(ROOT, 'test/c/fixtures/preprocess');

/** Every C file of the repository and every line of the lowering's tables, as they stand and as they are parsed. */
function fixtures(): { name: string; texts: string[] }[] {
  return ['samples', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || path.startsWith(TOKENS_ONLY)) return [];
      const name = relative(ROOT, path);
      if (/fixtures[\\/]lower/.test(path)) return [{ name, texts: linesOf(readFileSync(path, 'utf8')) }];
      if (!/\.[ch]$/.test(path)) return [];
      return [{ name, texts: [readFileSync(path, 'utf8'), ...written(expandedTokens(path))] }];
    }),
  );
}

function linesOf(table: string): string[] {
  const [before, after] = table.includes('\nstatements\n') ? ['void f(void) { ', ' }'] : ['', ''];
  const lines = [...table.matchAll(/^(.*?) => /gm)].map(([, line]) => before + line + after);
  return [...lines, ...lines.flatMap((line) => written(tokensOf(line)))];
}

/** What the extension parses of a unit: its chunks as they are written for the parser. */
function written(tokens: readonly Token[]): string[] {
  const scope = new Map<string, boolean>();
  return chunksOf(tokens).map((chunk) => writeExternal(chunk.words, scope).text);
}

function expandedTokens(path: string): readonly Token[] {
  const host: SourceHost = {
    candidates: (from, spelled, angled) => (angled ? [] : [join(dirname(from), spelled)]),
    read: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null),
  };
  const definitions = new Map([['OSID', '1']]);
  return preprocess({ file: path, host, dataModel: 'LP64', pinned: new Map(), definitions }).tokens;
}

describe('the WebAssembly parser makes the same trees as the C library', () => {
  const files = fixtures();
  const native = nativeTrees(files.flatMap(({ texts }) => texts));

  it.each(files)('$name', ({ texts }) => {
    const trees = native.splice(0, texts.length);
    expect(texts.length).toBeGreaterThan(0);
    texts.forEach((text, i) => {
      const tree = treeText(parser.parse(text));
      // Long trees are compared here: vitest would print them whole.
      if (tree !== trees[i]) expect.soft(difference(tree, trees[i] ?? ''), text.slice(0, 200)).toBe('');
    });
  });

  it('of text outside of ASCII and outside of the basic plane, with UTF-16 offsets', () => {
    const text = '/* 認識メモリ領域 */ int x = 3; // 𝒳\nint y = ;';
    expect(treeText(parser.parse(text))).toBe(nativeTrees([text])[0]);
    const declaration = parser.parse(text).children.find((node) => node.type === 'declaration');
    expect(text.slice(declaration?.start, declaration?.end)).toBe('int x = 3;');
  });
});

describe('createParser', () => {
  it('finds the runtime by itself when only the language is given', async () => {
    const language = join(ROOT, 'node_modules/tree-sitter-c/tree-sitter-c.wasm');
    const own = await createParser({ language });
    expect(own.parse('x;').type).toBe('translation_unit');
    own.dispose();
  });

  it('rejects a language that is no WebAssembly', async () => {
    await expect(createParser({ language: new Uint8Array([1, 2, 3, 4]) })).rejects.toThrow();
  });

  it('takes the bytes of any file as text', () => {
    for (const text of ['', '\0', '\uffff\ud800', '\u0000int\u0001', '}'.repeat(1000)]) {
      expect(parser.parse(text).end).toBeLessThanOrEqual(text.length);
    }
  });
});
