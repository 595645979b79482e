/** What qualifies types (C17 6.7.3): only `_Generic` and its like tell by what is behind a pointer. */
import type { Declarator, Specifiers } from '../ir';
import type { CType, Qualifiers } from '../types/types';
import type { Designation } from './machine';
import { arrayOf } from './type-relations';

/** Those that stand among specifiers, or behind the `*` of a pointer. */
export function spelledQualifiers(spelled: Pick<Specifiers, 'const' | 'volatile'>): Qualifiers | undefined {
  if (spelled.const) return spelled.volatile ? 'const volatile' : 'const';
  return spelled.volatile ? 'volatile' : undefined;
}

/** Of what is declared with specifiers that denote `base`; of an array, those of its elements. */
export function declaredQualifiers(
  base: Designation,
  declarator: Declarator | undefined,
): Qualifiers | undefined {
  const derivation = declarator?.derivations.find(({ kind }) => kind !== 'array');
  if (!derivation) return base.qualifiers;
  return derivation.kind === 'pointer' ? spelledQualifiers(derivation) : undefined;
}

/** A type within something that is qualified, which the elements of an array then are, too (C17 6.7.3p9). */
export function within(type: CType, qualifiers: Qualifiers | undefined): CType {
  if (type.kind !== 'array' || qualifiers === undefined) return type;
  return arrayOf(within(type.element, qualifiers), type.length, together(type.qualifiers, qualifiers));
}

export function together(a: Qualifiers | undefined, b: Qualifiers | undefined): Qualifiers | undefined {
  if (a === undefined || a === b) return b;
  return b === undefined ? a : 'const volatile';
}
