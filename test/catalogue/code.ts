/** What code says in strings: the values of its literals, types and comments left out. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Node, parse } from 'acorn';
import { ancestor } from 'acorn-walk';
import { transformSync } from 'esbuild';

/** A call that names a text of the catalogue, such as `message('rule.empty', { nodes })`. */
export interface TextCall {
  readonly file: string;
  readonly id: string;
  /** Names of the values it hands over; undefined where they are put together elsewhere. */
  readonly values: readonly string[] | undefined;
}

export interface CodeStrings {
  /** Whole literals. */
  readonly literals: ReadonlySet<string>;
  /** Literals with parts put in: the texts around the parts. */
  readonly templates: readonly (readonly string[])[];
  readonly calls: readonly TextCall[];
  /**
   * Literals and templates, with the file, `…` where a template has a part put in. Those of errors that are thrown are left
   * out, which end in logs, and those of {@link OF_MACHINES}.
   */
  readonly written: readonly { readonly file: string; readonly text: string }[];
}

/** Functions and classes whose first argument is an id. */
const SAYING = new Set(['message', 'text', 'Stop']);

/** The strings of all code below some folders of the repository. */
export function codeStrings(...folders: readonly string[]): CodeStrings {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const code = files.filter((file) => /\.(ts|mjs)$/.test(file));
  return stringsOf(new Map(code.map((file) => [file, readFileSync(file, 'utf8')])));
}

/** @param sources texts of files by name */
export function stringsOf(sources: ReadonlyMap<string, string>): CodeStrings {
  const literals = new Set<string>();
  const templates: string[][] = [];
  const calls: TextCall[] = [];
  const written: { file: string; text: string }[] = [];
  for (const [file, source] of sources) {
    const write = (text: string, ancestors: readonly Node[]) => {
      if (!ancestors.some(isOfDeveloper)) written.push({ file, text });
    };
    ancestor(program(file, source), {
      Literal({ value }, _state, ancestors) {
        if (typeof value !== 'string') return;
        literals.add(value);
        write(value, ancestors);
      },
      TemplateLiteral({ quasis }, _state, ancestors) {
        const texts = quasis.map((quasi) => quasi.value.cooked ?? quasi.value.raw);
        if (texts.length === 1) literals.add(texts.join(''));
        else templates.push(texts);
        write(texts.join('…'), ancestors);
      },
      CallExpression: (node) => calls.push(...callOf(file, node)),
      NewExpression: (node) => calls.push(...callOf(file, node)),
    });
  }
  return { literals, templates, calls, written };
}

function program(file: string, source: string): Node {
  const code = file.endsWith('.ts') ? transformSync(source, { loader: 'ts' }).code : source;
  return parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
}

/** Properties whose texts are no language's: classes of style sheets, and command lines. */
const OF_MACHINES = new Set(['class', 'examples']);

/** Names of modules and of classes, and what is thrown where the program itself is wrong. */
function isOfDeveloper(node: Node): boolean {
  if (node.type === 'ImportDeclaration' || node.type.startsWith('Export'))
    return 'source' in node && Boolean(node.source);
  if (node.type === 'Property') return 'key' in node && isNamed(node.key) && OF_MACHINES.has(node.key.name);
  if (node.type !== 'NewExpression' || !('callee' in node)) return false;
  const { callee } = node;
  return isNamed(callee) && /Error$|^NoTexts$/.test(callee.name);
}

function callOf(file: string, node: { callee: Node; arguments: readonly Node[] }): readonly TextCall[] {
  const [id, values] = node.arguments;
  if (!isNamed(node.callee) || !SAYING.has(node.callee.name)) return [];
  if (!id || !isText(id)) return [];
  return [{ file, id: id.value, values: values === undefined ? [] : namesIn(values) }];
}

function namesIn(node: Node): readonly string[] | undefined {
  if (node.type !== 'ObjectExpression' || !('properties' in node)) return undefined;
  const properties: readonly Node[] = Array.isArray(node.properties) ? node.properties : [];
  const names = properties.map((property) =>
    'key' in property && isNamed(property.key) ? property.key.name : undefined,
  );
  return names.every((name) => name !== undefined) ? names : undefined;
}

function isNamed(node: unknown): node is { readonly name: string } {
  return typeof node === 'object' && node !== null && 'name' in node && typeof node.name === 'string';
}

function isText(node: Node): node is Node & { readonly value: string } {
  return node.type === 'Literal' && 'value' in node && typeof node.value === 'string';
}
