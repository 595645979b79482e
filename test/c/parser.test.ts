/** The parser in WebAssembly against tree-sitter's C library, and its bounds. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chunksOf } from '../../server/src/c/chunks';
import { writeExternal } from '../../server/src/c/lower/write';
import { createParser, type SyntaxNode } from '../../server/src/c/parser';
import { parser, tokensOf } from './c-parser';
import { nativeTrees } from './native-parser';

const ROOT = join(import.meta.dirname, '../..');

/** Every C file of the repository, and every C text of the lowering's tables. */
function fixtures(): { name: string; texts: string[] }[] {
  const files = ['samples', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const isC = /\.[ch]$/.test(entry.name) || /fixtures[\\/]lower/.test(entry.parentPath);
      return entry.isFile() && isC ? [join(entry.parentPath, entry.name)] : [];
    }),
  );
  return files.map((path) => {
    const text = readFileSync(path, 'utf8');
    const [before, after] = text.includes('\nstatements\n') ? ['void f(void) { ', ' }'] : ['', ''];
    const cases = [...text.matchAll(/^(.*?) => /gm)].map(([, line]) => before + line + after);
    return { name: relative(ROOT, path), texts: path.endsWith('.txt') ? cases : [text] };
  });
}

/** What the extension parses of a text: its chunks as they are written for the parser. */
function written(text: string): string[] {
  const scope = new Map<string, boolean>();
  return chunksOf(tokensOf(text)).map((chunk) => writeExternal(chunk.words, scope).text);
}

/** A tree as `nativeTrees` prints it. */
function print(root: SyntaxNode): string {
  let out = '';
  const todo: (SyntaxNode | undefined)[] = [root];
  while (todo.length > 0) {
    const node = todo.pop();
    if (node === undefined) {
      out += ')';
      continue;
    }
    out += `(${node.type} ${node.start} ${node.end}${node.broken ? '!' : ''}`;
    todo.push(undefined, ...[...node.children].reverse());
  }
  return out;
}

/** Where two trees part. */
function difference(one: string, other: string): string {
  let i = 0;
  while (one[i] === other[i]) i++;
  return `${one.slice(Math.max(0, i - 40), i + 60)} <> ${other.slice(Math.max(0, i - 40), i + 60)}`;
}

describe('the WebAssembly parser makes the same trees as the C library', () => {
  const files = fixtures().map(({ name, texts }) => ({ name, texts: [...texts, ...texts.flatMap(written)] }));
  const native = nativeTrees(files.flatMap(({ texts }) => texts));

  it.each(files)('$name', ({ texts }) => {
    const trees = native.splice(0, texts.length);
    expect(texts.length).toBeGreaterThan(0);
    texts.forEach((text, i) => {
      const tree = print(parser.parse(text));
      // Long trees are compared here: vitest would print them whole.
      if (tree !== trees[i]) expect.soft(difference(tree, trees[i] ?? ''), text.slice(0, 200)).toBe('');
    });
  });

  it('of text outside of ASCII and outside of the basic plane, with UTF-16 offsets', () => {
    const text = '/* 認識メモリ領域 */ int x = 3; // 𝒳\nint y = ;';
    expect(print(parser.parse(text))).toBe(nativeTrees([text])[0]);
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
