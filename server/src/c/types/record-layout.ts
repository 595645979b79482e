/**
 * Sizes, alignments and offsets as gcc lays them out on x86: the System V ABI of x86-64 for LP64 and of i386 for
 * ILP32 (C17 6.7.2.1, 6.5.3.4). Sizes and offsets are in bytes.
 */
import type { DataModel } from '../value';
import { integerAlignment } from './integers';
import type { CType, IntegerType, Member, Qualifiers, RecordType } from './types';

/** A member as its declaration has it. One whose width or type cannot be worked out has an `UnknownType`. */
export interface MemberSpecification {
  /** Undefined for an anonymous structure or union and for an unnamed bit-field. */
  readonly name: string | undefined;
  readonly type: CType;
  readonly qualifiers?: Qualifiers | undefined;
  /** Width of a bit-field. */
  readonly bits?: number;
  /** An array declared with `[]` (C17 6.7.2.1p18); without this, an array without a length has an unknown one. */
  readonly flexible?: boolean;
}

/** What `findMember` finds; offsets are from the start of the record that was asked, through anonymous members. */
export interface FoundMember extends Member {
  /** The offset is the compiled program's, so that `offsetof` may give it. */
  readonly exact: boolean;
}

/** Storage to set aside for an object: `exact` where that is the compiled program's. */
export interface Extent {
  readonly size: number;
  readonly alignment: number;
  readonly exact: boolean;
}

/** Stands in for a type of unknown size, so that objects of it have a place of their own. */
const unknownExtent: Extent = { size: 16, alignment: 16, exact: false };

/** `sizeof` (C17 6.5.3.4; gcc: 1 for void and functions); undefined for incomplete and unknown types. */
export function sizeOf(type: CType, model: DataModel): number | undefined {
  const { size, exact } = extentOf(type, model);
  return exact ? size : undefined;
}

/** `_Alignof`; undefined for incomplete and unknown types. gcc's `__alignof__` differs for 8-byte types in ILP32. */
export function alignOf(type: CType, model: DataModel): number | undefined {
  const { alignment, exact } = extentOf(type, model);
  return exact ? alignment : undefined;
}

/** Size and alignment of an object of any type, made up where they cannot be known. */
export function extentOf(type: CType, model: DataModel): Extent {
  switch (type.kind) {
    case 'integer':
      return { size: type.size, alignment: integerAlignment(type, model), exact: true };
    case 'floating':
      return { size: type.size, alignment: type.alignment, exact: true };
    case 'pointer': {
      const size = model === 'LP64' ? 8 : 4;
      return { size, alignment: size, exact: true };
    }
    case 'void':
    case 'function':
      return { size: 1, alignment: 1, exact: true };
    case 'array': {
      const element = extentOf(type.element, model);
      if (type.length === undefined) return { ...element, exact: false };
      return { ...element, size: element.size * type.length };
    }
    case 'record':
      if (type.members === undefined) return unknownExtent;
      return { size: type.size, alignment: type.alignment, exact: type.inexact !== true };
    case 'unknown':
      return unknownExtent;
  }
}

/** Completes a structure or union type with its members, laid out in order. */
export function completeRecord(
  record: RecordType,
  specifications: readonly MemberSpecification[],
  model: DataModel,
): void {
  const layout: Layout = { record, model, end: 0, bits: 0, alignment: 1, exact: true };
  const members = specifications.flatMap((specification) => {
    if (record.union) layout.end = 0;
    const member =
      specification.bits !== undefined && specification.type.kind === 'integer'
        ? placeBitField(layout, specification, specification.type, specification.bits)
        : placeMember(layout, specification);
    layout.bits = Math.max(layout.bits, layout.end);
    return member;
  });
  record.members = members;
  record.alignment = layout.alignment;
  record.size = roundUp(Math.ceil(layout.bits / 8), layout.alignment);
  if (!layout.exact) record.inexact = true;
}

/** The layout under way; `end` and `bits` count bits, since bit-fields share bytes. */
interface Layout {
  readonly record: RecordType;
  readonly model: DataModel;
  /** Where the next member may begin. */
  end: number;
  /** The furthest end so far. */
  bits: number;
  alignment: number;
  exact: boolean;
}

function placeMember(layout: Layout, specification: MemberSpecification): Member[] {
  const { name, type, flexible, qualifiers } = specification;
  const whole = extentOf(type, layout.model);
  const extent = flexible && type.kind === 'array' ? flexibleExtent(type.element, layout.model) : whole;
  const alignment = layout.record.packed ? 1 : limited(extent.alignment, layout);
  const offset = roundUp(Math.ceil(layout.end / 8), alignment);
  layout.end = (offset + extent.size) * 8;
  layout.alignment = Math.max(layout.alignment, alignment);
  layout.exact &&= extent.exact;
  return [{ name, type, offset, qualifiers }];
}

/** An alignment within the record's limit. */
function limited(alignment: number, { record }: Layout): number {
  return record.pack === undefined ? alignment : Math.min(alignment, record.pack);
}

function flexibleExtent(element: CType, model: DataModel): Extent {
  return { ...extentOf(element, model), size: 0 };
}

/**
 * A bit-field goes right after the bits before it unless it would then touch more units of its type's alignment
 * than an object of that type covers; in a packed record, or where alignment is limited, it always does. Width zero moves on to the next unit.
 */
function placeBitField(
  layout: Layout,
  { name }: MemberSpecification,
  type: IntegerType,
  width: number,
): Member[] {
  const alignment = integerAlignment(type, layout.model);
  const unit = alignment * 8;
  if (width === 0) {
    layout.end = roundUp(layout.end, unit);
    return [];
  }
  const { packed, pack } = layout.record;
  const touched = Math.ceil(((layout.end % unit) + width) / unit);
  const start =
    !packed && pack === undefined && touched > type.size / alignment ? roundUp(layout.end, unit) : layout.end;
  layout.end = start + width;
  if (name === undefined) return [];
  if (!packed || pack !== undefined)
    layout.alignment = Math.max(layout.alignment, limited(alignment, layout));
  const narrow = width < type.size * 8 ? { ...type, bits: width } : type;
  return [{ name, type: narrow, offset: Math.floor(start / 8), bitField: { offset: start % 8, width } }];
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}

/** A member by name, also of anonymous structures and unions within the record (C17 6.7.2.1p13). */
export function findMember(record: RecordType, name: string): FoundMember | undefined {
  for (const member of record.members ?? []) {
    // A union's members all begin at its start, whatever their sizes.
    const exact = record.inexact !== true || record.union;
    if (member.name === name) return { ...member, exact };
    if (member.name === undefined && member.type.kind === 'record') {
      const inner = findMember(member.type, name);
      if (inner) return { ...inner, offset: member.offset + inner.offset, exact: exact && inner.exact };
    }
  }
  return undefined;
}
