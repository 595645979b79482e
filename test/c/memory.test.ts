/** The bytes of objects, against an array of bits; and what stands in them beside known numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../../server/src/c/run/assumptions';
import {
  type Data,
  integerData,
  type PointerData,
  type Scalar,
  unknownData,
} from '../../server/src/c/run/data';
import { addressTarget, Contents, type Fill, joinData } from '../../server/src/c/run/memory';
import { newObject } from '../../server/src/c/run/scope';
import { integerTypes } from '../../server/src/c/types/integers';
import type { CType, IntegerType } from '../../server/src/c/types/types';

const types = integerTypes('LP64');
const SIZE = 24;
const BYTES: readonly IntegerType[] = [types['unsigned char'], types['unsigned short'], types['unsigned int'], types['unsigned long'], types.int, types.long]; // biome-ignore format: one list
const zero: Fill = { kind: 'zero' };
const reason = { code: 'unknown-call' } as const;

const bits = (width: number): IntegerType => ({ ...types['unsigned long'], bits: width });
const unsigned = (data: Scalar): bigint | string =>
  data.kind === 'integer' ? BigInt.asUintN(8 * data.type.size, data.value) : data.kind;

/** The same memory, bit by bit. */
class Bits {
  private readonly bits = new Uint8Array(8 * SIZE);

  write(from: number, width: number, value: bigint): void {
    for (let i = 0; i < width; i++) this.bits[from + i] = Number((value >> BigInt(i)) & 1n);
  }

  read(from: number, width: number): bigint {
    let value = 0n;
    for (let i = width - 1; i >= 0; i--) value = (value << 1n) | BigInt(this.bits[from + i] ?? 0);
    return value;
  }

  move(to: number, from: number, width: number): void {
    this.bits.copyWithin(to, from, from + width);
  }
}

const aType = fc.constantFrom(...BYTES);
const aStretch = fc.tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: SIZE }));
const anOperation = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), type: aType, at: fc.nat(SIZE), value: fc.bigInt(0n, 2n ** 64n - 1n) }),
  fc.record({ kind: fc.constant('bits' as const), at: fc.nat(8 * SIZE), width: fc.integer({ min: 1, max: 40 }), value: fc.bigInt(0n, 2n ** 40n - 1n) }),
  fc.record({ kind: fc.constant('fill' as const), stretch: aStretch }),
  fc.record({ kind: fc.constant('move' as const), stretch: aStretch, to: fc.nat(SIZE - 1) }),
); // biome-ignore format: one line each
type Operation = typeof anOperation extends fc.Arbitrary<infer T> ? T : never;

function apply(contents: Contents, model: Bits, operation: Operation): void {
  if (operation.kind === 'write') {
    const { type, value } = operation;
    const at = Math.min(operation.at, SIZE - type.size);
    contents.write(at, type.size, integerData(type, value));
    model.write(8 * at, 8 * type.size, value);
  } else if (operation.kind === 'bits') {
    const { width, value } = operation;
    const at = Math.min(operation.at, 8 * SIZE - width);
    contents.write(at / 8, width / 8, integerData(bits(width), value));
    model.write(at, width, value);
  } else {
    const [from, length] = operation.stretch;
    const end = Math.min(from + length, SIZE);
    if (operation.kind === 'fill') {
      contents.fill(from, end, zero);
      model.write(8 * from, 8 * (end - from), 0n);
    } else {
      const to = Math.min(operation.to, SIZE - (end - from));
      contents.paste(to, end - from, contents.slice(from, end - from));
      model.move(8 * to, 8 * from, 8 * (end - from));
    }
  }
}

function compare(contents: Contents, model: Bits): void {
  for (const type of BYTES) {
    for (let at = 0; at <= SIZE - type.size; at++)
      expect(unsigned(contents.read(at, type, type.size)), `${type.name} at ${at}`).toBe(
        model.read(8 * at, 8 * type.size),
      );
  }
  for (const [at, width] of [[3, 5], [8, 12], [62, 4], [100, 40]] as const) // biome-ignore format: one list
    expect(unsigned(contents.read(at / 8, bits(width), width / 8)), `${width} bits at ${at}`).toBe(
      model.read(at, width),
    );
}

it('bytes and bits are what was written to them last', () => {
  fc.assert(
    fc.property(fc.array(anOperation, { minLength: 1, maxLength: 8 }), (operations) => {
      const contents = Contents.filled(zero);
      const model = new Bits();
      for (const operation of operations) apply(contents, model, operation);
      compare(contents, model);
    }),
    { numRuns: 60 },
  );
});

const path = (id: number, holds: boolean) => {
  const condition: Condition = { id, span: { file: 'a.c', start: id, end: id }, text: `c${id}` };
  return [{ condition, holds }];
};
const number = (value: number, type: IntegerType = types.int) => integerData(type, BigInt(value));
const int = (contents: Contents, at: number, type: CType = types.int, size = 4) =>
  told(contents.read(at, type, size));

function told(data: Data): string {
  switch (data.kind) {
    case 'integer':
      return `${data.value}${data.changed ? ` @${data.changed.map(({ start }) => start).join()}` : ''}`;
    case 'unknown':
      return [data.reason.code, ...(data.symbol === undefined ? [] : [data.symbol])].join(' ');
    case 'pointer':
      return data.target.kind === 'address' ? `&${data.target.value}` : data.target.kind;
    case 'one-of':
      return data.alternatives.map(({ value, when }) => `${told(value)} if ${when[0]?.holds}`).join(' | ');
    case 'aggregate':
      return 'aggregate';
  }
}

describe('what was never stored', () => {
  const fresh = () => Contents.filled({ kind: 'uninitialized' });

  it('is told apart from what was', () => {
    const contents = fresh();
    expect(contents.isUninitialized(0, 4)).toBe(true);
    contents.write(4, 4, number(5));
    expect([0, 1, 4, 6, 8].map((at) => contents.isUninitialized(at, 4))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
    expect(int(contents, 0)).toBe('uninitialized');
    expect(int(contents, 2)).toBe('uninitialized');
    contents.fill(8, 12, zero);
    expect([8, 10, 12].map((at) => contents.isUninitialized(at, 4))).toEqual([false, false, true]);
    contents.fill(0, Number.POSITIVE_INFINITY, zero);
    expect(contents.isUninitialized(0, 4)).toBe(false);
    expect(int(contents, 4)).toBe('0');
  });
});

describe('an unknown stretch', () => {
  const unknown: Fill = { kind: 'unknown', reason, symbol: '#1' };

  it('has a symbol for each place and type in it', () => {
    const contents = Contents.filled(unknown);
    expect(int(contents, 0)).toBe('unknown-call #1+0:int');
    expect(int(contents, 4, types.long, 8)).toBe('unknown-call #1+4:long');
    expect(int(contents, 8, { kind: 'pointer', target: types.int }, 8)).toBe('unknown-call #1+8:pointer');
    expect(int(Contents.filled({ kind: 'unknown', reason }), 0)).toBe('unknown-call');
  });

  it('keeps its symbol where it is read as what it is, and only there', () => {
    const contents = Contents.filled(zero);
    contents.write(0, 4, unknownData(types.int, reason, '#2'));
    expect(int(contents, 0)).toBe('unknown-call #2');
    expect(int(contents, 0, { ...types.int })).toBe('unknown-call #2');
    expect(int(contents, 0, types['unsigned int'])).toBe('unknown-call #2:unsigned int');
    expect(int(contents, 0, { kind: 'floating', name: 'float', size: 4 } as CType)).toBe(
      'unknown-call #2:floating',
    );
    expect(int(contents, 1, types['unsigned char'], 1)).toBe('unknown-call');
    expect(int(contents, 2)).toBe('unknown-call');
    expect(int(contents, 4)).toBe('0');
  });

  it('lies over others where it came later, and under what is written', () => {
    const contents = Contents.filled(zero);
    contents.fill(4, 12, unknown);
    contents.write(6, 2, number(7, types.short));
    expect([0, 4, 8, 12].map((at) => int(contents, at))).toEqual([
      '0',
      'unknown-call',
      'unknown-call #1+8:int',
      '0',
    ]);
    expect(int(contents, 6, types.short, 2)).toBe('7');
    expect(int(contents, 2)).toBe('unknown-call');
    contents.fill(4, 8, zero);
    expect([4, 8].map((at) => int(contents, at))).toEqual(['0', 'unknown-call #1+8:int']);
    const copy = contents.slice(6, 6);
    expect([0, 2].map((at) => int(copy, at))).toEqual(['unknown-call', 'unknown-call #1+2:int']);
    contents.paste(16, 6, copy);
    expect(int(contents, 16, types.short, 2)).toBe('0');
    expect(int(contents, 18)).toBe('unknown-call #1+18:int');
    expect(int(contents, 22)).toBe('0');
  });

  it('is no number of another kind', () => {
    const contents = Contents.filled(zero);
    expect(int(contents, 0, { kind: 'floating', name: 'double', size: 8 } as CType, 8)).toBe(
      'not-an-integer',
    );
    expect(int(contents, 0, { kind: 'pointer', target: types.int }, 8)).toBe('null');
    contents.write(0, 8, number(16, types.long));
    expect(int(contents, 0, { kind: 'pointer', target: types.int }, 8)).toBe('&16');
    expect(int(contents, 0, { kind: 'floating', name: 'double', size: 8 } as CType, 8)).toBe(
      'not-an-integer',
    );
    expect(int(contents, 0, types.int, 32)).toBe('not-an-integer');
  });
});

describe('pointers', () => {
  const pointer = (target: PointerData['target']): PointerData => ({
    kind: 'pointer',
    type: { kind: 'pointer', target: types.int },
    target,
  });
  const made = (target: PointerData['target']) => {
    const contents = Contents.filled(zero);
    contents.write(0, 8, pointer(target));
    return contents;
  };

  it('are read as numbers where they are such', () => {
    expect(int(made(addressTarget(0x1234n)), 0, types.long, 8)).toBe('4660');
    expect(int(made(addressTarget(0n)), 0, types.long, 8)).toBe('0');
    expect(int(made(addressTarget(0x1234n)), 0, types['unsigned char'], 1)).toBe('52');
    expect(int(made({ kind: 'null' }), 1, types['unsigned char'], 1)).toBe('0');
    expect(int(made(addressTarget(0x1234n)), 0, { kind: 'pointer', target: types.long }, 8)).toBe('&4660');
  });

  it('let go of what they point to where their bytes are looked at', () => {
    for (const [type, size] of [
      [types.long, 8],
      [types['unsigned char'], 1],
    ] as const) {
      // biome-ignore format: one list
      const object = newObject({ name: 'x', type: types.int, size: 4, storage: 'static' });
      const contents = made({ kind: 'object', object, offset: 0 });
      expect(int(contents, 0, { kind: 'pointer', target: types.long }, 8)).toBe('object');
      expect(object.escaped).toBe(false);
      expect(int(contents, 0, type, size)).toBe('address');
      expect(object.escaped).toBe(true);
    }
  });

  it('are given up together', () => {
    const object = newObject({ name: 'x', type: types.int, size: 4, storage: 'static' });
    const contents = made({ kind: 'object', object, offset: 0 });
    expect(contents.values()).toHaveLength(1);
    contents.markEscaped();
    expect(object.escaped).toBe(true);
  });
});

describe('joined', () => {
  const yes = path(1, true);
  const no = path(1, false);
  const of = (at: number, value: number, fill: Fill = zero) => {
    const contents = Contents.filled(fill);
    contents.write(at, 4, number(value));
    return contents;
  };

  it('memory holds one thing or the other', () => {
    const both = of(0, 5).join(yes, of(0, 6), no);
    expect(int(both, 0)).toBe('5 if true | 6 if false');
    expect(int(both, 4)).toBe('0');
    const apart = of(0, 5).join(yes, of(4, 6), no);
    expect([0, 4].map((at) => int(apart, at))).toEqual(['5 if true | 0 if false', '0 if true | 6 if false']);
    const across = of(0, 0x10000).join(yes, of(2, 5), no);
    expect(int(across, 0)).toBe('65536 if true | 327680 if false');
    expect(int(of(0, 5).join(yes, Contents.filled(zero), no), 0)).toBe('5 if true | 0 if false');
  });

  it('where its rest differs the rest is not known', () => {
    const mixed = of(0, 5).join(yes, of(0, 6, { kind: 'uninitialized' }), no);
    expect(int(mixed, 0)).toBe('5 if true | 6 if false');
    expect(int(mixed, 4)).toBe('unknown-condition');
    const known = of(0, 5).join(yes, of(0, 6, { kind: 'unknown', reason }), no);
    expect(int(known, 4)).toBe('unknown-call');
    const uninitialized = of(0, 5, { kind: 'uninitialized' }).join(
      yes,
      of(0, 6, { kind: 'uninitialized' }),
      no,
    );
    expect(int(uninitialized, 4)).toBe('uninitialized');
    const marked: Fill = { kind: 'zero', changed: [{ file: 'a.c', start: 1, end: 2 }] };
    expect(int(of(0, 5).join(yes, of(0, 6, marked), no), 4)).toBe('unknown-condition');
    const split = of(0, 5);
    split.fill(8, 12, { kind: 'uninitialized' });
    const same = of(0, 6);
    same.fill(8, 12, { kind: 'uninitialized' });
    expect(int(split.join(yes, same, no), 4)).toBe('0');
    same.fill(12, 16, { kind: 'uninitialized' });
    expect(int(split.join(yes, same, no), 4)).toBe('unknown-condition');
  });

  it('aggregates are joined part by part, others as they are', () => {
    const type: CType = { kind: 'array', element: types.int, length: 2 };
    const aggregate = (contents: Contents): Data => ({ kind: 'aggregate', type, contents });
    const both = joinData(aggregate(of(0, 5)), yes, aggregate(of(0, 6)), no);
    expect(both.kind === 'aggregate' && int(both.contents, 0)).toBe('5 if true | 6 if false');
    expect(told(joinData(number(1), yes, number(2), no))).toBe('1 if true | 2 if false');
    expect(told(joinData(aggregate(of(0, 5)), yes, number(2), no))).toBe('2');
    expect(told(joinData(number(1), yes, aggregate(of(0, 5)), no))).toBe('1');
  });
});

describe('widened', () => {
  const unknown = unknownData(types.int, reason);
  const widen = (before: Contents, after: Contents) =>
    before.widen(
      after,
      () => ({ kind: 'unknown', reason }),
      () => unknown,
    );

  it('memory loses what differs, and nothing else', () => {
    const before = Contents.filled(zero);
    before.write(0, 4, number(5));
    before.write(4, 4, number(6));
    const after = before.clone();
    expect(widen(before, after)).toBeUndefined();
    after.write(4, 4, number(7));
    after.write(8, 4, number(8));
    const wide = widen(before, after);
    expect([0, 4, 8, 12].map((at) => wide && int(wide, at))).toEqual([
      '5',
      'unknown-call',
      'unknown-call',
      '0',
    ]);
    expect(int(before, 4)).toBe('6');
    expect(
      before.widen(
        after,
        () => zero,
        (same) => same,
      ),
    ).toBeUndefined();
  });

  it('its rest, too, once', () => {
    const before = Contents.filled(zero);
    const after = Contents.filled({ kind: 'uninitialized' });
    const wide = widen(before, after);
    expect(wide && int(wide, 0)).toBe('unknown-call');
    expect(wide && widen(wide, after)).toBeUndefined();
  });
});

it('marked memory says so of everything that is known', () => {
  const contents = Contents.filled(zero);
  contents.write(0, 4, number(5));
  contents.fill(8, 12, { kind: 'unknown', reason });
  const marked = contents.marked([{ file: 'a.c', start: 7, end: 8 }]);
  expect([0, 4, 8].map((at) => int(marked, at))).toEqual(['5 @7', '0 @7', 'unknown-call']);
  expect(int(marked, 2)).toBe('0 @7');
  expect([0, 4].map((at) => int(contents, at))).toEqual(['5', '0']);
  expect([contents.weight, marked.weight]).toEqual([1, 1]);
});

it('a truth that is neither 0 nor 1 is no value', () => {
  const contents = Contents.filled(zero);
  for (const [value, said] of [
    [0, '0'],
    [1, '1'],
    [2, 'invalid-value'],
    [255, 'invalid-value'],
  ] as const) {
    // biome-ignore format: one list
    contents.write(0, 1, number(value, types['unsigned char']));
    expect(int(contents, 0, types._Bool, 1)).toBe(said);
  }
  contents.write(0, 1, number(-1, types['signed char']));
  expect(int(contents, 0, types._Bool, 1)).toBe('invalid-value');
});
