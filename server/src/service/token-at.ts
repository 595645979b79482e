/** The preprocessing token (C17 6.4) at a position of a source text. */
import type { Position, TextDocument } from 'vscode-languageserver-textdocument';
import { tokenize } from '../c/preprocessor/lexer';
import type { Token } from '../c/token';
import { memoize } from '../memoize';

const tokensOf = memoize((document: TextDocument) => tokenize(document.uri, document.getText()).tokens);

/** The token that holds the position, else the name or constant that ends there; undefined in white space and comments. */
export function tokenAt(document: TextDocument, position: Position): Token | undefined {
  const offset = document.offsetAt(position);
  const tokens = tokensOf(document);
  const holding = tokens.find(({ span }) => span.start <= offset && offset < span.end);
  if (holding && isWord(holding)) return holding;
  return tokens.find((token) => token.span.end === offset && isWord(token)) ?? holding;
}

function isWord({ kind }: Token): boolean {
  return kind === 'identifier' || kind === 'number' || kind === 'character';
}
