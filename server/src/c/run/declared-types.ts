/** From specifiers and declarators as spelled to types (C17 6.7.2, 6.7.6); declares tags and enumeration constants on the way. */
import type { Declarator, Expression, Parameter, Specifiers, TypeName, TypeSpecifier } from '../ir';
import { convertInteger } from '../types/conversions';
import { enumerationType, fits, integerTypes, typeFromKeywords } from '../types/integers';
import { completeRecord, type MemberSpecification } from '../types/record-layout';
import { builtInTypeName } from '../types/type-names';
import type { CType, IntegerType, RecordType } from '../types/types';
import { integerData, type Single, unknownData } from './data';
import type { Designation, Machine } from './machine';
import { declaredQualifiers, spelledQualifiers, together, within } from './qualifiers';
import { arrayOf, decayed, pointerTo, spellType } from './type-relations';

/** What specifiers alone denote. */
export function specified(m: Machine, specifiers: Specifiers): Designation {
  const { type, qualifiers: named } = namedBy(m, specifiers.type);
  const qualifiers = together(spelledQualifiers(specifiers), named);
  if (!specifiers.altered) return { type, qualifiers };
  if (type.kind !== 'record') return { type: { kind: 'unknown', name: '__attribute__' }, qualifiers };
  type.inexact = true;
  return { type, qualifiers };
}

/** @param base what the specifiers denote */
export function declaredType(
  m: Machine,
  { type: base, qualifiers }: Designation,
  declarator: Declarator | undefined,
): CType {
  let type = within(base, qualifiers);
  let of = qualifiers;
  for (const derivation of [...(declarator?.derivations ?? [])].reverse()) {
    if (derivation.kind === 'pointer') {
      type = pointerTo(type, of);
      of = spelledQualifiers(derivation);
    } else if (derivation.kind === 'array') {
      type = arrayOf(type, derivation.length && arrayLength(m, derivation.length), of);
    } else {
      of = undefined;
      const parameters = isVoidList(derivation.parameters)
        ? []
        : derivation.parameters.map((parameter) => parameterType(m, parameter));
      type = { kind: 'function', result: type, parameters, variadic: derivation.variadic };
    }
  }
  return type;
}

/** A parameter after adjustment (C17 6.7.6.3p7-8): what qualifies an array's elements does not qualify the pointer. */
export function designationOfParameter(m: Machine, parameter: Parameter): Designation {
  const { type, qualifiers } = designationOfName(m, parameter);
  return { type: decayed(type), qualifiers: type.kind === 'array' ? undefined : qualifiers };
}

export function parameterType(m: Machine, parameter: Parameter): CType {
  return designationOfParameter(m, parameter).type;
}

/** `(void)` and `()`. */
export function isVoidList(parameters: readonly Parameter[]): boolean {
  const [only] = parameters;
  if (only === undefined) return true;
  const { type } = only.specifiers;
  return (
    parameters.length === 1 &&
    only.declarator?.name === undefined &&
    !only.declarator?.derivations.length &&
    type.kind === 'keywords' &&
    type.words.length === 1 &&
    type.words[0] === 'void'
  );
}

type Named = Pick<TypeName, 'specifiers' | 'declarator'>;

/** Once for both: nested `typeof` would be worked out twice at each level. */
export function designationOfName(m: Machine, { specifiers, declarator }: Named): Designation {
  const base = specified(m, specifiers);
  return { type: declaredType(m, base, declarator), qualifiers: declaredQualifiers(base, declarator) };
}

export function typeOfName(m: Machine, name: Named): CType {
  return designationOfName(m, name).type;
}

function namedBy(m: Machine, specifier: TypeSpecifier): Designation {
  if (specifier.kind === 'typeof') {
    const { operand } = specifier;
    return operand.kind === 'type' ? designationOfName(m, operand) : m.parts.designation(m, operand);
  }
  const symbol = specifier.kind === 'name' ? m.scope.find(specifier.name) : undefined;
  if (symbol?.kind === 'typedef') return { type: symbol.type, qualifiers: symbol.qualifiers };
  return { type: namedType(m, specifier), qualifiers: undefined };
}

function namedType(m: Machine, specifier: Exclude<TypeSpecifier, { kind: 'typeof' }>): CType {
  switch (specifier.kind) {
    case 'keywords': {
      const known = typeFromKeywords(specifier.words, m.model);
      return known ?? { kind: 'unknown', name: specifier.words.join(' ') };
    }
    case 'name':
      return builtInTypeName(specifier.name, m.model) ?? { kind: 'unknown', name: specifier.name };
    case 'record':
      return recordType(m, specifier);
    case 'enum':
      return enumType(m, specifier);
    case 'auto':
      return { kind: 'unknown', name: '__auto_type' };
  }
}

/** The number of elements; undefined where it cannot be known, as in a variable length array of unknown length. */
function arrayLength(m: Machine, expression: Expression): number | undefined {
  const length = m.parts.evaluate(m, expression);
  if (length.kind !== 'integer') return undefined;
  const { value } = length;
  return value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
}

type RecordSpecifier = Extract<TypeSpecifier, { kind: 'record' }>;

function recordType(m: Machine, specifier: RecordSpecifier): CType {
  const { tag, union } = specifier;
  const known =
    tag === undefined ? undefined : specifier.members ? m.scope.tags.get(tag) : m.scope.findTag(tag);
  const usable = known?.kind === 'record' && (!specifier.members || known.type.members === undefined);
  const type: RecordType = usable
    ? known.type
    : {
        kind: 'record',
        union,
        tag,
        packed: false,
        pack: undefined,
        members: undefined,
        size: 0,
        alignment: 1,
      };
  if (!usable && tag !== undefined) m.scope.tags.set(tag, { kind: 'record', type });
  // A declaration without members says nothing of their layout.
  if (specifier.members) {
    type.packed = specifier.packed;
    type.pack = specifier.pack;
    completeRecord(type, memberSpecifications(m, specifier.members), m.model);
  }
  return type;
}

function memberSpecifications(
  m: Machine,
  members: NonNullable<RecordSpecifier['members']>,
): MemberSpecification[] {
  return members.flatMap((member): MemberSpecification[] => {
    const base = specified(m, member.specifiers);
    if (member.declarators.length === 0) {
      // One with a tag is declared, and is no member.
      const { type } = base;
      return type.kind === 'record' && type.tag === undefined ? [{ name: undefined, type }] : [];
    }
    return member.declarators.map(({ declarator, bits }): MemberSpecification => {
      const type = declaredType(m, base, declarator);
      const name = declarator?.name;
      if (bits) {
        const width = arrayLength(m, bits);
        if (width === undefined) return { name, type: { kind: 'unknown', name: m.textOf(bits) } };
        return { name, type, bits: width };
      }
      const qualifiers = declaredQualifiers(base, declarator);
      const [outermost] = declarator?.derivations ?? [];
      return {
        name,
        type,
        qualifiers,
        flexible: outermost?.kind === 'array' && outermost.length === undefined,
      };
    });
  });
}

type EnumSpecifier = Extract<TypeSpecifier, { kind: 'enum' }>;

/** Enumeration constants are `int` where they fit, else of the enumeration's type (gcc). */
function enumType(m: Machine, specifier: EnumSpecifier): CType {
  const { tag } = specifier;
  const types = integerTypes(m.model);
  if (!specifier.enumerators) {
    const known = tag === undefined ? undefined : m.scope.findTag(tag);
    return known?.kind === 'enum' ? known.type : types['unsigned int'];
  }
  const constants: { name: string; value: Single }[] = [];
  let next: Single = integerData(types.int, 0n);
  for (const enumerator of specifier.enumerators) {
    const given: Single =
      m.program.pinned(enumerator.name) ?? (enumerator.value ? single(m, enumerator.value) : next);
    const value: Single = given.kind === 'integer' ? asConstant(given.value, types.int, m) : given;
    constants.push({ name: enumerator.name, value });
    m.scope.names.set(enumerator.name, { kind: 'enumerator', type: types.int, value });
    m.record(enumerator, value);
    next =
      value.kind === 'integer'
        ? asConstant(value.value + 1n, types.int, m)
        : unknownData(types.int, value.kind === 'unknown' ? value.reason : { code: 'address' });
  }
  const values = constants.flatMap(({ value }) => (value.kind === 'integer' ? [value.value] : []));
  const type = enumerationType(values, m.model);
  for (const { name, value } of constants) {
    if (value.kind !== 'integer' || value.type === types.int) continue;
    m.scope.names.set(name, {
      kind: 'enumerator',
      type,
      value: integerData(type, convertInteger(value.value, type)),
    });
  }
  if (tag !== undefined) m.scope.tags.set(tag, { kind: 'enum', type });
  return type;
}

function single(m: Machine, expression: Expression): Single {
  const value = m.parts.evaluate(m, expression);
  if (value.kind === 'integer' || value.kind === 'unknown') return value;
  return m.fresh(m.int, m.reason('not-an-integer', { type: spellType(value.type) }, expression)) as Single;
}

function asConstant(value: bigint, int: IntegerType, m: Machine): Single {
  const type = fits(value, int) ? int : enumerationType([value], m.model);
  return integerData(type, convertInteger(value, type));
}
