/** The C parser: tree-sitter's grammar for C in WebAssembly. The only file that knows web-tree-sitter. */
import { Language, Parser, type TreeCursor } from 'web-tree-sitter';

/** A WebAssembly file: its bytes, or where to load it from (a URL in a browser, a path in Node). */
export type WasmFile = Uint8Array | string;

/** A node of the concrete syntax tree as a plain object; offsets are UTF-16, `end` exclusive. */
export interface SyntaxNode {
  /** The grammar's name for it: `if_statement`, `;`, `ERROR`. */
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
  /** The node is an error, stands for text that is missing, or holds such a node. */
  readonly broken: boolean;
}

export interface CParser {
  /** Parses `text`; never fails on account of the text. The tree in WebAssembly is freed before this returns. */
  parse(text: string): SyntaxNode;
  /** Frees the parser, which must not be used afterwards. */
  dispose(): void;
}

/**
 * Loads the parser. `runtime` is web-tree-sitter.wasm (where it is absent the package looks for it beside its own
 * script) and `language` tree-sitter-c.wasm. Rejects when a file cannot be loaded or is not what it should be.
 */
export async function createParser(wasm: {
  readonly runtime?: WasmFile;
  readonly language: WasmFile;
}): Promise<CParser> {
  await Parser.init(runtimeOptions(wasm.runtime));
  const language = await Language.load(wasm.language);
  const parser = new Parser();
  parser.setLanguage(language);
  return {
    parse(text) {
      const tree = parser.parse(text);
      if (tree === null) throw new Error('the C parser has no language');
      const cursor = tree.walk();
      try {
        return plainTree(cursor, language, tree.rootNode.hasError);
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
    dispose: () => parser.delete(),
  };
}

function runtimeOptions(runtime: WasmFile | undefined): Parameters<typeof Parser.init>[0] {
  if (runtime === undefined) return undefined;
  // The package makes up an address in any case, of its own script's where it may have none.
  return typeof runtime === 'string'
    ? { locateFile: () => runtime }
    : { wasmBinary: runtime, locateFile: (name: string) => name };
}

interface Building {
  type: string;
  start: number;
  end: number;
  children: Building[];
  broken: boolean;
}

const LEAF: Building[] = [];

/** Copies the tree out of WebAssembly in one walk without recursion, as trees may be 100,000 levels deep. */
function plainTree(cursor: TreeCursor, language: Language, hasError: boolean): SyntaxNode {
  const visit = (): Building => {
    const type = language.types[cursor.nodeTypeId] ?? 'ERROR';
    const broken = hasError && (type === 'ERROR' || cursor.nodeIsMissing);
    return { type, start: cursor.startIndex, end: cursor.endIndex, children: LEAF, broken };
  };
  const root = visit();
  const open: Building[] = [];
  let node = root;
  for (;;) {
    if (cursor.gotoFirstChild()) {
      open.push(node);
      node.children = [];
    } else {
      while (!cursor.gotoNextSibling()) {
        const done = open.pop();
        if (done === undefined || !cursor.gotoParent()) return root;
        const parent = open[open.length - 1];
        if (parent !== undefined && done.broken) parent.broken = true;
      }
    }
    const parent = open[open.length - 1];
    if (parent === undefined) return root;
    node = visit();
    parent.children.push(node);
    if (node.broken) parent.broken = true;
  }
}
