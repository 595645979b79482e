/** How types relate to each other (C17 6.2.7, 6.3.2.1). */
import type { ArrayType, CType, PointerType, Qualifiers } from '../types/types';

export function pointerTo(target: CType, qualifiers?: Qualifiers): PointerType {
  return { kind: 'pointer', target, ...(qualifiers ? { qualifiers } : {}) };
}

export function arrayOf(element: CType, length: number | undefined, qualifiers?: Qualifiers): ArrayType {
  return { kind: 'array', element, length, ...(qualifiers ? { qualifiers } : {}) };
}

/** Arrays and functions as values are pointers (C17 6.3.2.1p3-4). */
export function decayed(type: CType): CType {
  if (type.kind === 'array') return pointerTo(type.element, type.qualifiers);
  if (type.kind === 'function') return { kind: 'pointer', target: type };
  return type;
}

/** Compatible types, qualifiers aside (C17 6.2.7p1). */
export function isCompatible(a: CType, b: CType): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'integer':
      // A bit-field is of a type of its own, as gcc has it.
      return b.kind === 'integer' && a.name === b.name && a.bits === b.bits;
    case 'floating':
    case 'unknown':
      return b.kind === a.kind && a.name === b.name;
    case 'void':
      return b.kind === 'void';
    case 'pointer':
      return b.kind === 'pointer' && isCompatible(a.target, b.target);
    case 'array':
      return (
        b.kind === 'array' &&
        (a.length === b.length || a.length === undefined || b.length === undefined) &&
        isCompatible(a.element, b.element)
      );
    case 'record':
      return false;
    case 'function':
      return (
        b.kind === 'function' &&
        a.variadic === b.variadic &&
        isCompatible(a.result, b.result) &&
        a.parameters.length === b.parameters.length &&
        a.parameters.every((parameter, i) => {
          const other = b.parameters[i];
          return other !== undefined && isCompatible(parameter, other);
        })
      );
  }
}

/** Compatible types, qualifiers behind pointers included. */
export function isSameType(a: CType, b: CType): boolean {
  return isCompatible(a, b) && sameQualifiers(a, b);
}

/** @param b compatible with `a` */
function sameQualifiers(a: CType, b: CType): boolean {
  if (a.kind === 'function' && b.kind === 'function') {
    const others = [b.result, ...b.parameters];
    return [a.result, ...a.parameters].every((type, i) => sameQualifiers(type, others[i] ?? type));
  }
  if (a.kind === 'array' && b.kind === 'array') return sameQualifiers(decayed(a), decayed(b));
  if (a.kind !== 'pointer' || b.kind !== 'pointer') return true;
  return a.qualifiers === b.qualifiers && sameQualifiers(a.target, b.target);
}

/** A type as C writes it, declarators simplified: `unsigned long *`, `struct s`, `int [3]`. */
export function spellType(type: CType): string {
  switch (type.kind) {
    case 'integer':
    case 'floating':
    case 'unknown':
      return type.name;
    case 'void':
      return 'void';
    case 'pointer': {
      const target = spellType(type.target);
      return target.endsWith('*') ? `${target}*` : `${target} *`;
    }
    case 'array':
      return `${spellType(type.element)} [${type.length ?? ''}]`;
    case 'record':
      return `${type.union ? 'union' : 'struct'}${type.tag === undefined ? '' : ` ${type.tag}`}`;
    case 'function':
      return `${spellType(type.result)} ()`;
  }
}
