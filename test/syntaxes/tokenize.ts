/** TextMate grammars as the editor runs them: the same tokenizer, regular expressions and C grammar. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { installEditor } from '../../scripts/lib/editor/install.mjs';

const root = join(import.meta.dirname, '../..');
const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');

interface Manifest {
  readonly contributes: {
    readonly grammars: readonly { scopeName: string; path: string; injectTo?: readonly string[] }[];
  };
}

/** The scopes of each stretch of a line. */
export type Tokenizer = (text: string) => readonly (readonly textmate.IToken[])[];

/** A tokenizer for `scopeName` with what package.json contributes, injections included. */
export async function tokenizer(scopeName: string): Promise<Tokenizer> {
  await oniguruma.loadWASM(readFileSync(wasm));
  const { contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const files = await editorGrammars();
  for (const { scopeName: name, path } of contributes.grammars) files.set(name, join(root, path));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => oniguruma.createOnigScanner(sources),
      createOnigString: (text) => oniguruma.createOnigString(text),
    }),
    loadGrammar: async (name) => {
      const file = files.get(name);
      return file ? textmate.parseRawGrammar(readFileSync(file, 'utf8'), file) : null;
    },
    getInjections: (name) =>
      contributes.grammars.filter(({ injectTo }) => injectTo?.includes(name)).map((each) => each.scopeName),
  });
  const grammar = await registry.loadGrammar(scopeName);
  if (!grammar) throw new Error(`There is no grammar ${scopeName}.`);
  return (text) => {
    let state = textmate.INITIAL;
    return text.split('\n').map((line) => {
      const result = grammar.tokenizeLine(line, state);
      state = result.ruleStack;
      return result.tokens;
    });
  };
}

/** The grammars of C and C++ that the editor ships. */
async function editorGrammars(): Promise<Map<string, string>> {
  const { server } = await installEditor();
  const folder = join(server, '../../extensions/cpp/syntaxes');
  return new Map(
    readdirSync(folder).map((name) => {
      const file = join(folder, name);
      return [JSON.parse(readFileSync(file, 'utf8')).scopeName, file];
    }),
  );
}

/**
 * Reads a fixture: lines of text behind `>`, each followed by marks below it: `^^^^ a scope that this stretch has`, or
 * `^^^^ !a scope that it has not`. Returns the text and the marks.
 */
export function readFixture(fixture: string): { text: string; marks: readonly Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of fixture.split('\n')) {
    const mark = /^ (\s*)(\^+) (!?)(\S+)$/.exec(line);
    if (line.startsWith('>')) lines.push(line.slice(1));
    else if (mark) {
      const [, indent = '', carets = '', not, scope = ''] = mark;
      const start = indent.length;
      marks.push({ line: lines.length - 1, start, end: start + carets.length, scope, has: !not });
    } else if (line.trim()) throw new Error(`Neither text nor mark: ${line}`);
  }
  return { text: lines.join('\n'), marks };
}

export interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly scope: string;
  readonly has: boolean;
}
