/** Numbers as they are spelled in the sources: what fixes respell. */
import type { Derivation, Evaluation, Leaf } from '../../c/evaluation';
import type { Span } from '../../c/source';
import type { RuleContext } from '../context';
import { touches } from '../places';

/** An integer constant where it is spelled. */
export interface Literal {
  readonly place: Span;
  /** With its suffix. */
  readonly text: string;
}

/** Literals are looked for in the definitions of macros, and of the macros there, so many levels deep. */
const DEPTH = 5;

/** The literals a value rests on, also through the names it uses; each place once. */
export function literalsBehind(derivation: Derivation | undefined): readonly Leaf[] {
  const literals = new Map<string, Leaf>();
  const seen = new Set<Derivation>();
  const visit = (from: Derivation | undefined) => {
    if (!from || seen.has(from)) return;
    seen.add(from);
    for (const leaf of from.leaves) {
      if (leaf.kind === 'literal') literals.set(`${leaf.span.file}:${leaf.span.start}:${leaf.text}`, leaf);
      else visit(leaf.derivation);
    }
  };
  visit(derivation);
  return [...literals.values()];
}

/** The integer constants spelled at a place and in the definitions of the macros that are named there. */
export function literalsAt(context: RuleContext, evaluation: Evaluation, place: Span): readonly Literal[] {
  const found = new Map<string, Literal>();
  for (const literal of search(context, evaluation, place, DEPTH)) {
    found.set(`${literal.place.file}:${literal.place.start}`, literal);
  }
  return [...found.values()];
}

function search(
  context: RuleContext,
  evaluation: Evaluation,
  place: Span,
  depth: number,
): readonly Literal[] {
  const text = context.text(place.file);
  if (text === undefined || depth === 0) return [];
  const names = new Set(text.slice(place.start, place.end).match(/\b[A-Za-z_]\w*\b/g));
  const behind = [...names].flatMap((name) => {
    const definition = evaluation.definitions.get(name)?.at(-1);
    if (definition?.kind !== 'macro' || touches(definition.whole, place)) return [];
    return search(context, evaluation, { ...definition.whole, start: definition.span.end }, depth - 1);
  });
  return [...spelled(text, place), ...behind];
}

function spelled(text: string, span: Span): readonly Literal[] {
  const part = text.slice(span.start, span.end);
  return [...part.matchAll(/(?<![\w.'])(?:0[xX][0-9a-fA-F]+|\d+)[uUlL]*(?![\w.])/g)].map((match) => {
    const start = span.start + match.index;
    return { text: match[0], place: { file: span.file, start, end: start + match[0].length } };
  });
}

/** A hexadecimal literal without one of the zeros it ends in; undefined where it does not end in one. */
export function withoutZero(literal: string): string | undefined {
  const match = /^(0[xX][0-9a-fA-F]*?[1-9a-fA-F]0*)0([uUlL]*)$/.exec(literal);
  return match ? `${match[1]}${match[2]}` : undefined;
}
