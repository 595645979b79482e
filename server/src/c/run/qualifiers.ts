/** What qualifies types (C17 6.7.3): only `_Generic` and its like tell by what is behind a pointer. */
import type { Declarator, Expression, Specifiers, TypeName } from '../ir';
import type { CType, Qualifiers } from '../types/types';
import type { Machine } from './machine';
import { arrayOf } from './type-relations';

/** Of what the specifiers name. */
export function specifiedQualifiers(m: Machine, specifiers: Specifiers): Qualifiers | undefined {
  const { type } = specifiers;
  const symbol = type.kind === 'name' ? m.scope.find(type.name) : undefined;
  const own = spelledQualifiers(specifiers);
  if (type.kind === 'typeof') return together(own, qualifiersOfOperand(m, type.operand));
  return symbol?.kind === 'typedef' ? together(own, symbol.qualifiers) : own;
}

/** Those that stand among specifiers, or behind the `*` of a pointer. */
export function spelledQualifiers(spelled: Pick<Specifiers, 'const' | 'volatile'>): Qualifiers | undefined {
  if (spelled.const) return spelled.volatile ? 'const volatile' : 'const';
  return spelled.volatile ? 'volatile' : undefined;
}

function qualifiersOfOperand(m: Machine, operand: Expression | TypeName): Qualifiers | undefined {
  return operand.kind === 'type'
    ? declaredQualifiers(m, operand.specifiers, operand.declarator)
    : m.parts.designation(m, operand).qualifiers;
}

/** Of what is declared; of an array, those of its elements. */
export function declaredQualifiers(
  m: Machine,
  specifiers: Specifiers,
  declarator: Declarator | undefined,
): Qualifiers | undefined {
  const derivation = declarator?.derivations.find(({ kind }) => kind !== 'array');
  if (!derivation) return specifiedQualifiers(m, specifiers);
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
