/** Addresses and half-open address ranges: arithmetic, overlap and the one way they are written out. */

/** A range of physical addresses in bytes; `end` is exclusive and never below `start`. */
export interface AddressRange {
  readonly start: bigint;
  readonly end: bigint;
}

/** The length of `range` in bytes. */
export function lengthOf(range: AddressRange): bigint {
  return range.end - range.start;
}

/** The length of all of them together in bytes; what two of them share counts twice. */
export function totalLength(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((sum, range) => sum + lengthOf(range), 0n);
}

export function sameRange(a: AddressRange, b: AddressRange): boolean {
  return a.start === b.start && a.end === b.end;
}

/** The addresses both ranges hold, or undefined where they share none. */
export function intersection(a: AddressRange, b: AddressRange): AddressRange | undefined {
  const start = a.start > b.start ? a.start : b.start;
  const end = a.end < b.end ? a.end : b.end;
  return start < end ? { start, end } : undefined;
}

/** What is left of `ranges` without the addresses of `holes`, in the order of `ranges`. */
export function subtract(
  ranges: readonly AddressRange[],
  holes: readonly AddressRange[],
): readonly AddressRange[] {
  return holes.reduce<readonly AddressRange[]>(
    (left, hole) =>
      left.flatMap((range) => {
        if (!intersection(range, hole)) return [range];
        const parts = [
          { start: range.start, end: hole.start },
          { start: hole.end, end: range.end },
        ];
        return parts.filter(({ start, end }) => start < end);
      }),
    ranges,
  );
}

/** The addresses of all ranges: ascending, adjacent and overlapping ranges made one. */
export function union(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const merged: AddressRange[] = [];
  for (const range of [...ranges].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))) {
    const last = merged.at(-1);
    if (last === undefined || range.start > last.end) merged.push(range);
    else if (range.end > last.end) merged[merged.length - 1] = { start: last.start, end: range.end };
  }
  return merged;
}

/** The next multiple of `alignment` from `value` on. */
export function alignUp(value: bigint, alignment: bigint): bigint {
  return ((value + alignment - 1n) / alignment) * alignment;
}

/** True when every address of `inner` lies in `outer`. */
export function contains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Lower-case hexadecimal without leading zeros, `-0x…` for negative numbers. */
export function formatHex(value: bigint): string {
  return value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;
}

/** `0x20000000–0x38000000`, end exclusive, with an en dash. */
export function formatRange(range: AddressRange): string {
  return `${formatHex(range.start)}–${formatHex(range.end)}`;
}

const UNITS = [
  ['TiB', 1n << 40n],
  ['GiB', 1n << 30n],
  ['MiB', 1n << 20n],
  ['KiB', 1n << 10n],
] as const;

/**
 * `384 MiB`, `17 bytes`: a size in bytes in the largest binary unit that divides it, so that no digit
 * is lost. GiB and TiB are used only for whole numbers of them, as 1152 MiB reads better beside 384 MiB than 1.125 GiB.
 */
export function formatSize(bytes: bigint): string {
  const magnitude = bytes < 0n ? -bytes : bytes;
  for (const [unit, size] of UNITS) {
    if (magnitude >= size && magnitude % size === 0n) return `${bytes / size} ${unit}`;
  }
  return `${bytes} bytes`;
}

/** `14 MiB` where that is exact, else `≈14.0 MiB`: for sizes that are what they are, such as a kernel's. */
export function formatRoughSize(bytes: bigint): string {
  const [unit, size] = UNITS.slice(2).find(([, each]) => bytes >= each) ?? [];
  if (unit === undefined || size === undefined || bytes % size === 0n) return formatSize(bytes);
  const tenths = (bytes * 10n + size / 2n) / size;
  return `≈${tenths / 10n}.${tenths % 10n} ${unit}`;
}
