/** Memory with its kinds, as prediction, kexec and kernel are compared by. */
import type { MemoryKind, ReportedRange } from '../../evidence/evidence';
import { type AddressRange, formatHex, sameRange, subtract, union } from '../../range';

/** A range that is RAM, reserved, or of another kind; `end` is exclusive. */
export interface TypedRange extends AddressRange {
  readonly kind: MemoryKind;
}

/** Ascending, ranges of a kind that touch or share memory made one: kernels print them so. */
export function merged(ranges: readonly TypedRange[]): readonly TypedRange[] {
  const kinds = [...new Set(ranges.map(({ kind }) => kind))];
  return kinds
    .flatMap((kind) => union(ofKind(ranges, kind)).map((range) => ({ ...range, kind })))
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
}

/** The addresses of one kind. */
export function ofKind(ranges: readonly TypedRange[], kind: MemoryKind): readonly TypedRange[] {
  return ranges.filter((range) => range.kind === kind);
}

/** What is left of the ranges without those addresses of `holes` that are of the same kind. */
export function without(ranges: readonly TypedRange[], holes: readonly TypedRange[]): readonly TypedRange[] {
  return ranges.flatMap((range) =>
    subtract([range], ofKind(holes, range.kind)).map(({ start, end }) => ({ start, end, kind: range.kind })),
  );
}

export function sameMemory(a: readonly TypedRange[], b: readonly TypedRange[]): boolean {
  return (
    a.length === b.length &&
    a.every((range, index) => {
      const other = b[index];
      return other !== undefined && range.kind === other.kind && sameRange(range, other);
    })
  );
}

export function typed(ranges: readonly ReportedRange[]): readonly TypedRange[] {
  return ranges.map(({ range, kind }) => ({ ...range, kind }));
}

/** Types are named as `map --format json` names them. */
export interface JsonTypedRange {
  readonly start: string;
  readonly end: string;
  readonly type: string;
}

export function jsonTyped({ start, end, kind }: TypedRange): JsonTypedRange {
  return { start: formatHex(start), end: formatHex(end), type: kind === 'persistent' ? 'pmem' : kind };
}
