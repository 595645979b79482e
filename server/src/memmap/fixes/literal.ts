/** Fixes that respell a number. */
import type { Derivation, Leaf } from '../../c/evaluation';
import type { Span } from '../../c/source';

/** An integer constant without a suffix, with the places of its digits. */
export interface Literal {
  readonly place: Span;
  readonly text: string;
}

/** The literals a value rests on, also through the names it uses; each place once. */
export function literalsBehind(derivation: Derivation | undefined): readonly Leaf[] {
  const literals = new Map<string, Leaf>();
  const seen = new Set<Derivation>();
  const visit = (from: Derivation | undefined) => {
    if (!from || seen.has(from)) return;
    seen.add(from);
    for (const leaf of from.leaves) {
      if (leaf.kind === 'literal') literals.set(`${leaf.span.file}:${leaf.span.start}`, leaf);
      else visit(leaf.derivation);
    }
  };
  visit(derivation);
  return [...literals.values()];
}

/** A hexadecimal literal without one of the zeros it ends in; undefined where it does not end in one. */
export function withoutZero(literal: string): string | undefined {
  const match = /^(0[xX][0-9a-fA-F]*?[1-9a-fA-F]0*)0([uUlL]*)$/.exec(literal);
  return match ? `${match[1]}${match[2]}` : undefined;
}

/** The unsuffixed integer constants that are spelled in a stretch of a file. */
export function plainLiterals(text: string, span: Span): readonly Literal[] {
  const part = text.slice(span.start, span.end);
  return [...part.matchAll(/(?<![\w.'])(?:0[xX][0-9a-fA-F]+|\d+)(?![\w.])/g)].map((match) => {
    const start = span.start + match.index;
    return { text: match[0], place: { file: span.file, start, end: start + match[0].length } };
  });
}
