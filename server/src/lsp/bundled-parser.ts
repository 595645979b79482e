/** The parser, whose WebAssembly lies beside the bundle. */
import { fileURLToPath } from 'node:url';
import { type CParser, createParser } from '../c/parser';

export function bundledParser(): Promise<CParser> {
  return createParser({ runtime: beside('web-tree-sitter.wasm'), language: beside('tree-sitter-c.wasm') });
}

function beside(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
