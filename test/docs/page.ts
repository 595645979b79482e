/** What must be the same on a page in every language: its shape, and all that is no prose. */
import { readFileSync } from 'node:fs';
import { lexer, type Token, walkTokens } from 'marked';

export interface Block {
  /** `heading 2`, `table 3×8`. */
  readonly kind: string;
  /** Code, addresses, and where links lead, sorted, each once. */
  readonly facts: readonly string[];
}

export interface Page {
  readonly blocks: readonly Block[];
  /** Where links and pictures lead, as they stand there. */
  readonly targets: readonly string[];
  readonly headings: readonly string[];
}

export function readPage(file: string): Page {
  return pageOf(readFileSync(file, 'utf8'));
}

export function pageOf(text: string): Page {
  const tokens = lexer(text).filter(({ type }) => type !== 'space');
  const headings = tokens.flatMap((token) => (token.type === 'heading' ? [String(token.text)] : []));
  return { blocks: tokens.map(blockOf), targets: tokens.flatMap(targetsIn), headings };
}

function blockOf(token: Token): Block {
  const facts = token.type === 'code' ? withoutComments(token.text) : factsIn(token);
  return { kind: kindOf(token), facts: [...new Set(facts)].sort() };
}

function kindOf(token: Token): string {
  if (token.type === 'heading') return `heading ${token.depth}`;
  if (token.type === 'list') return `${token.ordered ? 'numbered' : 'list'} ${token.items.length}`;
  if (token.type === 'table') return `table ${token.header.length}×${token.rows.length}`;
  return token.type;
}

function factsIn(token: Token): readonly string[] {
  const found = [...token.raw.matchAll(/0x[0-9a-f]+/g)].map(([address]) => address);
  walkTokens([token], (inner) => {
    if (inner.type === 'codespan') found.push(inner.text);
  });
  return [...found, ...targetsIn(token).map(inEnglish)];
}

function targetsIn(token: Token): readonly string[] {
  const found: string[] = [];
  walkTokens([token], (inner) => {
    if (inner.type === 'link' || inner.type === 'image') found.push(inner.href);
    if (inner.type !== 'html') return;
    found.push(...[...inner.raw.matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, href = '']) => href));
  });
  return [...new Set(found)];
}

/** The same place on the English page; anchors are named for headings, which have other words. */
function inEnglish(target: string): string {
  return target.replace(/\.ja\b/, target.includes('images/') ? '.en' : '').replace(/#.*/, '#');
}

/** Lines of code without the comments of C, JSON and the shell. */
function withoutComments(code: string): readonly string[] {
  return code.split('\n').map((line) => line.replace(/\s*(\/\/|#) .*$/, ''));
}
