/**
 * The bytes of one object: cells that hold values where something was stored, and fills for the rest. A read that
 * matches no cell puts its bytes together (little-endian), so that unions, copies and access through `char *` work.
 */
import type { Reason } from '../reason';
import type { Span } from '../source';
import { convertInteger } from '../types/conversions';
import { integerTypes } from '../types/integers';
import type { CType, IntegerType } from '../types/types';
import type { Path } from './assumptions';
import {
  type AggregateData,
  type Data,
  integerData,
  joinScalars,
  mapData,
  mapPairs,
  markEscaped,
  type Scalar,
  type Single,
  sameScalar,
  type UnknownData,
  unknownData,
  withMarks,
} from './data';
import { spellType } from './type-relations';

/** What a stretch without a cell holds. `changed`: places that may change it at run time. */
export type Fill =
  | { readonly kind: 'zero'; readonly changed?: readonly Span[] }
  | { readonly kind: 'uninitialized' }
  | { readonly kind: 'unknown'; readonly reason: Reason; readonly symbol?: string };

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly fill: Fill;
}

interface Cell {
  readonly size: number;
  readonly value: Scalar;
}

/** No scalar is larger. */
const LARGEST = 16;
const BYTE: IntegerType = integerTypes('LP64')['unsigned char'];
/** Bytes put together, before they are read as a type. */
const RAW: IntegerType = { ...BYTE, name: 'bytes', size: LARGEST };

export class Contents {
  /** Who may change it in place; everyone else copies it first. */
  owner: object | undefined;
  private readonly cells: Map<number, Cell>;
  /** The first covers everything; later ones lie over earlier ones. */
  private stretches: readonly Stretch[];
  /** The smallest step between cells in bytes: 1, or 1/8 where bit-fields lie at fractions of bytes. */
  private unit: number;

  private constructor(cells: Map<number, Cell>, stretches: readonly Stretch[], unit = 1) {
    this.cells = cells;
    this.stretches = stretches;
    this.unit = unit;
  }

  static filled(fill: Fill): Contents {
    return new Contents(new Map(), [{ start: 0, end: Number.POSITIVE_INFINITY, fill }]);
  }

  clone(): Contents {
    return new Contents(new Map(this.cells), this.stretches, this.unit);
  }

  /** Roughly what copying costs. */
  get weight(): number {
    return this.cells.size;
  }

  /** The scalar of `type` at `offset`; both offset and size of a bit-field may be fractions, in eighths. */
  read(offset: number, type: CType, size: number): Scalar {
    this.refine(offset, size);
    const cell = this.cells.get(offset);
    if (cell !== undefined && cell.size === size) return reinterpret(cell.value, type);
    if (!this.touches(offset, size)) {
      const fill = this.fillOf(offset, size);
      if (fill) return filledWith(fill, type, offset);
    }
    return this.assemble(offset, type, size);
  }

  /** True when the read would yield storage that nothing was stored to. */
  isUninitialized(offset: number, size: number): boolean {
    this.refine(offset, size);
    if (this.cells.size > 0 && this.touches(offset, size)) return false;
    return this.fillOf(offset, size)?.kind === 'uninitialized';
  }

  /** The caller owns the contents. */
  write(offset: number, size: number, value: Scalar): void {
    const cell = this.cells.get(offset);
    if (cell === undefined || cell.size !== size) {
      this.refine(offset, size);
      this.clear(offset, size);
    }
    this.cells.set(offset, { size, value });
  }

  /** Gives the stretch one content; the caller owns the contents. */
  fill(start: number, end: number, fill: Fill): void {
    if (start <= 0 && end === Number.POSITIVE_INFINITY) {
      this.cells.clear();
      this.stretches = [{ start: 0, end, fill }];
      return;
    }
    this.clear(start, end - start);
    const kept = this.stretches.filter((other, i) => i === 0 || other.start < start || other.end > end);
    this.stretches = [...kept, { start, end, fill }];
  }

  /** A copy of `size` bytes from `offset` on, to be held as a value. */
  slice(offset: number, size: number): Contents {
    if (offset === 0 && size === Number.POSITIVE_INFINITY) return this.clone();
    const copy = new Contents(new Map(), [], this.unit);
    const end = offset + size;
    copy.stretches = this.stretches
      .filter((other) => other.start < end && other.end > offset)
      .map((other, i) =>
        i === 0
          ? { start: 0, end: Number.POSITIVE_INFINITY, fill: other.fill }
          : {
              start: Math.max(other.start - offset, 0),
              end: Math.min(other.end, end) - offset,
              fill: other.fill,
            },
      );
    this.eachWithin(offset, end, (at, cell) => copy.cells.set(at - offset, cell));
    for (const at of this.straddling(offset, size)) {
      for (let i = Math.max(at, offset); i < Math.min(at + this.sizeAt(at), end); i += this.unit) {
        copy.cells.set(i - offset, { size: this.unit, value: this.unitAt(i) });
      }
    }
    return copy;
  }

  /** Writes a slice back; the caller owns the contents. */
  paste(offset: number, size: number, source: Contents): void {
    const end = offset + size;
    const [first, ...rest] = source.stretches;
    this.unit = Math.min(this.unit, source.unit);
    if (first) this.fill(offset, end, first.fill);
    for (const { start, end: stop, fill } of rest) {
      this.fill(offset + start, Math.min(offset + stop, end), fill);
    }
    source.eachWithin(0, size, (at, cell) => this.cells.set(at + offset, cell));
  }

  /** What to read where it is `this` along `pathA` and `other` along `pathB`. */
  join(pathA: Path, other: Contents, pathB: Path): Contents {
    const unit = Math.min(this.unit, other.unit);
    const joined = new Contents(new Map(), this.joinStretches(other), unit);
    for (const offset of this.offsets(other)) {
      const cell = this.cells.get(offset) ?? other.cells.get(offset);
      if (cell === undefined || joined.touches(offset, cell.size)) continue;
      const mine = this.read(offset, cell.value.type, cell.size);
      const theirs = other.read(offset, cell.value.type, cell.size);
      joined.cells.set(offset, { size: cell.size, value: joinScalars(mine, pathA, theirs, pathB) });
    }
    return joined;
  }

  /** `this` with all values marked. */
  marked(places: readonly Span[]): Contents {
    const stretches = this.stretches.map((stretch) =>
      stretch.fill.kind === 'zero' ? { ...stretch, fill: { ...stretch.fill, changed: places } } : stretch,
    );
    const copy = new Contents(new Map(), stretches, this.unit);
    for (const [offset, { size, value }] of this.cells) {
      copy.cells.set(offset, { size, value: mapData(value, value.type, (v) => withMarks(v, places)) });
    }
    return copy;
  }

  /**
   * `this` with each scalar that differs in `other` replaced by what `widen` makes of it; undefined where nothing
   * differs. What `widen` returns unchanged counts as no difference.
   */
  widen(
    other: Contents,
    fillOf: () => Fill,
    widen: (before: Scalar, after: Scalar) => Scalar,
  ): Contents | undefined {
    const offsets = this.offsets(other);
    const wide = this.clone();
    wide.unit = Math.min(this.unit, other.unit);
    let changed = false;
    const isUnknown = this.stretches.length === 1 && this.stretches[0]?.fill.kind === 'unknown';
    if (!isUnknown && !sameStretches(this.stretches, other.stretches)) {
      wide.stretches = [{ start: 0, end: Number.POSITIVE_INFINITY, fill: fillOf() }];
      changed = true;
    }
    for (const offset of offsets) {
      const cell = this.cells.get(offset) ?? other.cells.get(offset);
      if (cell === undefined) continue;
      const before = this.read(offset, cell.value.type, cell.size);
      const after = other.read(offset, cell.value.type, cell.size);
      const result = sameScalar(before, after) ? before : widen(before, after);
      if (result === before) continue;
      changed = true;
      wide.write(offset, cell.size, result);
    }
    return changed ? wide : undefined;
  }

  /** Every value stored, for following pointers. */
  values(): Scalar[] {
    return [...this.cells.values()].map((cell) => cell.value);
  }

  /** Gives up every pointer stored: what they point to may be changed through others. */
  markEscaped(): void {
    for (const value of this.values()) markEscaped(value);
  }

  /** Looks at bits from now on where a bit-field is asked for. */
  private refine(offset: number, size: number): void {
    if (!Number.isInteger(offset) || !Number.isInteger(size)) this.unit = 1 / 8;
  }

  private offsets(other: Contents): Iterable<number> {
    if (other.cells.size === 0) return [...this.cells.keys()];
    return new Set([...this.cells.keys(), ...other.cells.keys()]);
  }

  private joinStretches(other: Contents): readonly Stretch[] {
    if (sameStretches(this.stretches, other.stretches)) return this.stretches;
    const fills = [...this.stretches, ...other.stretches].map((stretch) => stretch.fill);
    const unknown = fills.find((one) => one.kind === 'unknown');
    const reason: Reason = unknown?.reason ?? { code: 'unknown-condition' };
    const fill: Fill = { kind: 'unknown', reason };
    return [{ start: 0, end: Number.POSITIVE_INFINITY, fill }];
  }

  private sizeAt(offset: number): number {
    return this.cells.get(offset)?.size ?? 0;
  }

  private eachWithin(start: number, end: number, visit: (offset: number, cell: Cell) => void): void {
    for (const [offset, cell] of this.cells)
      if (offset >= start && offset + cell.size <= end) visit(offset, cell);
  }

  /** True when a cell overlaps the stretch. */
  private touches(offset: number, size: number): boolean {
    if (this.cells.size === 0) return false;
    for (let at = offset - LARGEST + this.unit; at < offset + size; at += this.unit) {
      const cell = this.cells.get(at);
      if (cell !== undefined && at + cell.size > offset) return true;
    }
    return false;
  }

  /** Offsets of cells that lie partly within the stretch and partly outside. */
  private straddling(offset: number, size: number): number[] {
    const found: number[] = [];
    const end = offset + size;
    const { unit } = this;
    for (let at = offset - LARGEST + unit; at < offset; at += unit) {
      if (at + this.sizeAt(at) > offset) found.push(at);
    }
    if (end === Number.POSITIVE_INFINITY) return found;
    for (let at = Math.max(end - LARGEST + unit, offset); at < end; at += unit) {
      if (at + this.sizeAt(at) > end) found.push(at);
    }
    return found;
  }

  /** Removes the stretch's cells; what straddles its borders is left in units outside. */
  private clear(offset: number, size: number): void {
    if (this.cells.size === 0) return;
    const end = offset + size;
    for (const at of this.straddling(offset, size)) {
      const stop = at + this.sizeAt(at);
      const outside: [number, Scalar][] = [];
      for (let i = at; i < stop; i += this.unit) {
        if (i < offset || i >= end) outside.push([i, this.unitAt(i)]);
      }
      this.cells.delete(at);
      for (const [i, value] of outside) this.cells.set(i, { size: this.unit, value });
    }
    if (size / this.unit <= this.cells.size) {
      for (let at = offset; at < end; at += this.unit) this.cells.delete(at);
    } else {
      for (const at of this.cells.keys()) if (at >= offset && at < end) this.cells.delete(at);
    }
  }

  /** The one fill of the stretch, undefined where several meet in it. */
  private fillOf(offset: number, size: number): Fill | undefined {
    for (let i = this.stretches.length - 1; i >= 0; i--) {
      const stretch = this.stretches[i];
      if (!stretch || stretch.end <= offset || stretch.start >= offset + size) continue;
      return stretch.start <= offset && offset + size <= stretch.end ? stretch.fill : undefined;
    }
    return this.stretches[0]?.fill;
  }

  /** The unit at `offset`, a byte or a bit, as an unsigned number. */
  private unitAt(offset: number): Scalar {
    for (let at = offset; at > offset - LARGEST; at -= this.unit) {
      const cell = this.cells.get(at);
      if (cell === undefined || at + cell.size <= offset) continue;
      return mapData(cell.value, BYTE, (value) => unitOf(value, (offset - at) * 8, this.unit * 8));
    }
    const fill = this.fillOf(offset, this.unit);
    return fill ? filledWith(fill, BYTE, offset) : integerData(BYTE, 0n);
  }

  private assemble(offset: number, type: CType, size: number): Scalar {
    if (size > LARGEST) return notAnInteger(type);
    const bits = BigInt(this.unit * 8);
    let value: Scalar = integerData(RAW, 0n);
    for (let at = offset + size - this.unit; at >= offset; at -= this.unit) {
      value = mapPairs(value, this.unitAt(at), RAW, (high, low) => {
        if (high.kind !== 'integer' || low.kind !== 'integer') {
          const unknown = high.kind === 'unknown' ? high : low;
          // Without the part's symbol, which tells only the part apart from others.
          return unknownData(RAW, unknown.kind === 'unknown' ? unknown.reason : { code: 'address' });
        }
        const whole = withMarks(integerData(RAW, (high.value << bits) | low.value), high.changed);
        return withMarks(whole, low.changed);
      });
    }
    return reinterpret(value, type);
  }
}

function sameStretches(a: readonly Stretch[], b: readonly Stretch[]): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((x, i) => {
      const y = b[i];
      return y !== undefined && x.start === y.start && x.end === y.end && sameFill(x.fill, y.fill);
    })
  );
}

function sameFill(a: Fill, b: Fill): boolean {
  if (a === b) return true;
  if (a.kind === 'zero') return b.kind === 'zero' && a.changed === b.changed;
  return a.kind === b.kind && a.kind === 'uninitialized';
}

function filledWith(fill: Fill, type: CType, offset: number): Scalar {
  if (fill.kind === 'uninitialized') return unknownData(type, { code: 'uninitialized' });
  if (fill.kind === 'unknown') {
    return unknownData(type, fill.reason, fill.symbol && `${fill.symbol}+${offset}:${sizeName(type)}`);
  }
  if (type.kind === 'integer') return withMarks({ kind: 'integer', type, value: 0n }, fill.changed);
  if (type.kind === 'pointer')
    return withMarks({ kind: 'pointer', type, target: { kind: 'null' } }, fill.changed);
  return notAnInteger(type);
}

function notAnInteger(type: CType): UnknownData {
  return unknownData(type, { code: 'not-an-integer', args: { type: spellType(type) } });
}

function sizeName(type: CType): string {
  return type.kind === 'integer' ? type.name : type.kind;
}

/** `width` bits of a value from bit `shift` on. */
function unitOf(value: Single, shift: number, width: number): Scalar {
  if (value.kind === 'unknown') return unknownData(BYTE, value.reason);
  if (value.kind === 'pointer' && (value.target.kind === 'object' || value.target.kind === 'function')) {
    markEscaped(value);
    return unknownData(BYTE, { code: 'address' });
  }
  const bits = BigInt.asUintN(width, bitsOf(value) >> BigInt(shift));
  return withMarks({ kind: 'integer', type: BYTE, value: bits }, value.changed);
}

function bitsOf(value: Single): bigint {
  if (value.kind === 'integer') return value.value;
  return value.kind === 'pointer' && value.target.kind === 'address' ? value.target.value : 0n;
}

/** The same bytes read as another type of the same size (C17 6.5p6, 6.5.2.3 footnote 97). */
function reinterpret(data: Scalar, type: CType): Scalar {
  if (data.type === type) return data;
  return mapData(data, type, (value) => reinterpretSingle(value, type));
}

function reinterpretSingle(value: Single, type: CType): Scalar {
  if (value.kind === 'unknown') {
    const sameType =
      value.type.kind === 'integer' && type.kind === 'integer' && value.type.name === type.name;
    return unknownData(
      type,
      value.reason,
      value.symbol && (sameType ? value.symbol : `${value.symbol}:${sizeName(type)}`),
    );
  }
  if (type.kind === 'integer') {
    if (value.kind === 'integer') {
      // A byte other than 0 and 1 is no value of _Bool (C17 6.2.6.1p5).
      if (type.name === '_Bool' && (value.value < 0n || value.value > 1n)) {
        const args = { value: value.value.toString(), type: type.name };
        return unknownData(type, { code: 'invalid-value', args });
      }
      return { ...value, type, value: convertInteger(value.value, type) };
    }
    if (value.target.kind === 'null') return withMarks(integerData(type, 0n), value.changed);
    if (value.target.kind === 'address') return integerData(type, value.target.value);
    markEscaped(value);
    return unknownData(type, { code: 'address' });
  }
  if (type.kind === 'pointer') {
    if (value.kind === 'pointer') return { ...value, type };
    return withMarks({ kind: 'pointer', type, target: addressTarget(value.value) }, value.changed);
  }
  return notAnInteger(type);
}

export function addressTarget(value: bigint): { kind: 'null' } | { kind: 'address'; value: bigint } {
  return value === 0n ? { kind: 'null' } : { kind: 'address', value };
}

/** Two aggregates of one type, one for each path. */
export function joinData(a: Data, pathA: Path, b: Data, pathB: Path): Data {
  if (a.kind === 'aggregate' && b.kind === 'aggregate') {
    const joined: AggregateData = { ...a, contents: a.contents.join(pathA, b.contents, pathB) };
    return joined;
  }
  if (a.kind === 'aggregate' || b.kind === 'aggregate') return a.kind === 'aggregate' ? b : a;
  return joinScalars(a, pathA, b, pathB);
}
