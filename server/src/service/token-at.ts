/** The preprocessing token (C17 6.4) at a position of a source text. */
import { tokenize } from '../c/preprocessor/lexer';
import type { Token } from '../c/token';

/** The token that holds the offset, else the name or constant that ends there; undefined in white space and comments. */
export function tokenAt(file: string, text: string, offset: number): Token | undefined {
  const { tokens } = tokenize(file, text);
  const holding = tokens.find(({ span }) => span.start <= offset && offset < span.end);
  if (holding && isWord(holding)) return holding;
  return tokens.find((token) => token.span.end === offset && isWord(token)) ?? holding;
}

function isWord({ kind }: Token): boolean {
  return kind === 'identifier' || kind === 'number' || kind === 'character';
}
