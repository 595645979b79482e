/**
 * tree-sitter's own C library as the judge of its WebAssembly build. It is compiled from the sources that the packages
 * tree-sitter and tree-sitter-c ship: the former's prebuilt binding wants a newer libstdc++ than gcc 12 comes with.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SyntaxNode } from '../../server/src/c/parser';

const require = createRequire(import.meta.url);

/** The trees of the texts, one S-expression each: `(type start end` with `!` where there are errors, children, `)`. */
export function nativeTrees(texts: readonly string[]): string[] {
  return run(texts, []).split('\0').slice(0, -1);
}

/** Milliseconds that each of `times` full parses of the text takes. */
export function nativeParseTimes(text: string, times: number): number[] {
  return run([text], [String(times)])
    .trim()
    .split('\n')
    .map((nanoseconds) => Number(nanoseconds) / 1e6);
}

function run(texts: readonly string[], words: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-tree-sitter-'));
  try {
    const program = build(folder);
    const input = texts.flatMap((text) => {
      const bytes = Buffer.from(text, 'utf16le');
      return [Buffer.from(`${bytes.length}\n`), bytes];
    });
    const { status, stdout, stderr } = spawnSync(program, words, {
      input: Buffer.concat(input),
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    if (status !== 0) throw new Error(`the parser stopped with ${status}: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function build(folder: string): string {
  const library = join(dirname(require.resolve('tree-sitter/package.json')), 'vendor/tree-sitter/lib');
  const grammar = join(dirname(require.resolve('tree-sitter-c/package.json')), 'src');
  const program = join(folder, 'parse');
  const includes = [`-I${library}/include`, `-I${library}/src`, `-I${grammar}`];
  const sources = [
    join(import.meta.dirname, 'native-parser.c'),
    `${library}/src/lib.c`,
    `${grammar}/parser.c`,
  ];
  const { status, stderr } = spawnSync('gcc', ['-O2', '-w', ...includes, ...sources, '-o', program], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return program;
}

/** A tree as `nativeTrees` prints it. */
export function treeText(root: SyntaxNode): string {
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
export function difference(one: string, other: string): string {
  let i = 0;
  while (one[i] === other[i]) i++;
  return `${one.slice(Math.max(0, i - 40), i + 60)} <> ${other.slice(Math.max(0, i - 40), i + 60)}`;
}
