/** Markdown as a terminal shows it: without marks, its tables in columns, its links by their names. */
import { lexer, type Token } from 'marked';
import { alignedRows } from '../picture/text-table';

export function plainText(markdown: string): string {
  return lexer(markdown)
    .flatMap((token) => (token.type === 'space' ? [] : [block(token)]))
    .join('\n\n');
}

function block(token: Token): string {
  if (token.type === 'table') {
    const rows: readonly (readonly { readonly tokens: Token[] }[])[] = [token.header, ...token.rows];
    return alignedRows(rows.map((row) => row.map(({ tokens }) => inline(tokens)))).join('\n');
  }
  if (token.type === 'list') {
    const items: readonly { readonly tokens: Token[] }[] = token.items;
    return items.map(({ tokens }) => `- ${tokens.map(block).join('\n  ')}`).join('\n');
  }
  return inline([token]);
}

function inline(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n';
      if ('tokens' in token && token.tokens) return inline(token.tokens);
      return 'text' in token ? String(token.text) : token.raw;
    })
    .join('');
}
