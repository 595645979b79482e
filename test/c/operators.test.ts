import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IntegerName, integerTypes } from '../../server/src/c/types/integers';
import {
  binary,
  type Integer,
  type IntegerBinaryOperator,
  type IntegerUnaryOperator,
  integer,
  isReason,
  type Result,
  unary,
} from '../../server/src/c/types/operators';
import type { DataModel } from '../../server/src/c/value';
import { complaintsByLine, isUndefinedBehaviour, run, seed } from './gcc';
import { integerOf, spelled, typedefs, typeNames, valueText } from './integer-arbitraries';

type Tree =
  | { readonly kind: 'leaf'; readonly leaf: Integer }
  | { readonly kind: 'cast'; readonly type: IntegerName; readonly operand: Tree }
  | { readonly kind: 'unary'; readonly operator: IntegerUnaryOperator; readonly operand: Tree }
  | {
      readonly kind: 'binary';
      readonly operator: IntegerBinaryOperator;
      readonly left: Tree;
      readonly right: Tree;
    };

const unaryOperators = ['+', '-', '~', '!'] as const;
const binaryOperators = [
  '*', '/', '%', '+', '-', '<<', '>>', '<', '>', '<=', '>=', '==', '!=', '&', '^', '|'] as const; // biome-ignore format: one table

function trees(model: DataModel): fc.Arbitrary<Tree> {
  const { tree } = fc.letrec<{ tree: Tree; leaf: Tree }>((tie) => ({
    leaf: integerOf(model).map((leaf) => ({ kind: 'leaf', leaf }) as const),
    tree: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      tie('leaf'),
      fc.record({
        kind: fc.constant('binary' as const),
        operator: fc.constantFrom(...binaryOperators),
        left: tie('tree'),
        right: tie('tree'),
      }),
      fc.record({
        kind: fc.constant('unary' as const),
        operator: fc.constantFrom(...unaryOperators),
        operand: tie('tree'),
      }),
      fc.record({
        kind: fc.constant('cast' as const),
        type: fc.constantFrom(...typeNames(model)),
        operand: tie('tree'),
      }),
    ),
  }));
  return tree;
}

function evaluate(tree: Tree, model: DataModel): Result {
  switch (tree.kind) {
    case 'leaf':
      return tree.leaf;
    case 'cast': {
      const operand = evaluate(tree.operand, model);
      return isReason(operand) ? operand : integer(operand.value, integerTypes(model)[tree.type]);
    }
    case 'unary': {
      const operand = evaluate(tree.operand, model);
      return isReason(operand) ? operand : unary(tree.operator, operand, model);
    }
    case 'binary': {
      const left = evaluate(tree.left, model);
      const right = evaluate(tree.right, model);
      if (isReason(left)) return left;
      return isReason(right) ? right : binary(tree.operator, left, right, model);
    }
  }
}

function text(tree: Tree): string {
  switch (tree.kind) {
    case 'leaf':
      return valueText(tree.leaf);
    case 'cast':
      return `(${spelled(tree.type)})${text(tree.operand)}`;
    case 'unary':
      return `(${tree.operator}${text(tree.operand)})`;
    case 'binary':
      return `(${text(tree.left)} ${tree.operator} ${text(tree.right)})`;
  }
}

/** Checks each tree's type and value, or that it is undefined, in one run of gcc; the complaints. */
function judge(batch: readonly Tree[], model: DataModel): string[] {
  const results = batch.map((tree) => evaluate(tree, model));
  const lines = batch.map((tree, index) => {
    const result = results[index];
    const expression = text(tree);
    if (!result || isReason(result)) return `_Static_assert(${expression} || 1, "");`;
    const sameType = `__builtin_types_compatible_p(__typeof__(${expression}), ${spelled(result.type.name)})`;
    return `_Static_assert(${sameType} && ${expression} == ${valueText(result)}, "");`;
  });
  const complaints = complaintsByLine(`${model === 'LP64' ? typedefs : ''}\n${lines.join('\n')}`, model);
  return batch.flatMap((tree, index) => {
    const result = results[index];
    const found = complaints.get(index + 2) ?? [];
    const wanted = result && isReason(result) ? 'undefined' : 'defined';
    const undefinedToGcc = found.length > 0 && found.every(isUndefinedBehaviour);
    const agrees = wanted === 'undefined' ? undefinedToGcc : found.length === 0;
    const shown = result && !isReason(result) ? `${result.type.name} ${result.value}` : result?.code;
    return agrees ? [] : [`${model}: ${text(tree)} is ${shown} to us; gcc: ${found.join('; ')}`];
  });
}

describe.each(['LP64', 'ILP32'] as const)('integer operators agree with gcc under %s', (model) => {
  it(`in random expressions (ORACLE_SEED=${seed})`, () => {
    const batch = fc.sample(trees(model), { seed, numRuns: 1500 });
    expect(judge(batch, model)).toEqual([]);
    const defined = batch.filter((tree) => !isReason(evaluate(tree, model))).length;
    expect(defined, 'the cases are not all undefined').toBeGreaterThan(batch.length / 2);
  });

  it('for every operator and pair of types, at the edges', () => {
    const { batch } = edgeCases(model);
    expect(judge(batch, model)).toEqual([]);
  });
});

/** Each operator on each pair of types, with a few of their edge values. */
function edgeCases(model: DataModel): { batch: Tree[] } {
  const batch: Tree[] = [];
  const names = typeNames(model).filter((name) => !name.includes('128'));
  const types = names.map((name) => integerTypes(model)[name]);
  for (const [index, type] of types.entries()) {
    const edge = integer(1n << BigInt(type.size * 8 - 1), type);
    const left: Tree = { kind: 'leaf', leaf: edge };
    for (const operator of unaryOperators) batch.push({ kind: 'unary', operator, operand: left });
    for (const other of types.slice(index)) {
      for (const value of [-1n, 2n]) {
        const right: Tree = { kind: 'leaf', leaf: integer(value, other) };
        for (const operator of binaryOperators) batch.push({ kind: 'binary', operator, left, right });
      }
    }
  }
  return { batch };
}

describe('undefined behaviour says what is wrong', () => {
  const { int } = integerTypes('LP64');
  const least: Integer = { type: int, value: -0x80000000n };
  const of = (value: bigint): Integer => ({ type: int, value });
  it.each<[string, () => Result, unknown]>([
    [
      '+',
      () => binary('+', of(0x7fffffffn), of(1n), 'LP64'),
      { operator: '+', value: '0x80000000', type: 'int' },
    ],
    ['/', () => binary('/', least, of(-1n), 'LP64'), { operator: '/', value: '0x80000000', type: 'int' }],
    ['%', () => binary('%', least, of(-1n), 'LP64'), { operator: '%', value: '0x80000000', type: 'int' }],
    ['-', () => unary('-', least, 'LP64'), { operator: '-', value: '0x80000000', type: 'int' }],
    ['-', () => binary('-', least, of(1n), 'LP64'), { operator: '-', value: '-0x80000001', type: 'int' }],
    ['<<', () => binary('<<', of(1n), of(31n), 'LP64'), { operator: '<<', value: '0x80000000', type: 'int' }],
  ])('signed overflow of %s', (_, result, args) =>
    expect(result()).toEqual({ code: 'signed-overflow', args }),
  );

  it('other cases', () => {
    expect(binary('/', of(1n), of(0n), 'LP64')).toEqual({
      code: 'division-by-zero',
      args: { operator: '/' },
    });
    expect(binary('<<', of(1n), of(32n), 'LP64')).toEqual({
      code: 'shift-out-of-range',
      args: { count: '32', width: '32', type: 'int' },
    });
    expect(binary('<<', of(-1n), of(1n), 'LP64')).toEqual({
      code: 'shift-of-negative',
      args: { value: '-1' },
    });
  });
});

describe('bit-fields in expressions', () => {
  it(`are promoted as gcc does (ORACLE_SEED=${seed})`, () => {
    const fields = fc
      .record({
        name: fc.constantFrom<IntegerName>(
          'int',
          'unsigned int',
          'long',
          'unsigned long long',
          'unsigned char',
        ),
        // About the width of `int` much changes.
        wanted: fc.oneof(fc.integer({ min: 1, max: 64 }), fc.constantFrom(31, 32, 33)),
        bits: fc.bigInt(0n, (1n << 64n) - 1n),
        operator: fc.constantFrom(...binaryOperators),
        other: integerOf('LP64').filter((other) => other.type.size <= 8),
      })
      .map(({ name, wanted, bits, operator, other }) => {
        const type = integerTypes('LP64')[name];
        const width = Math.min(wanted, type.size * 8);
        const field = integer(bits, width < type.size * 8 ? { ...type, bits: width } : type);
        return { name, width, field, operator, other };
      });
    const batch = fc.sample(fields, { seed, numRuns: 1000 });
    const cases = batch
      .map((each) => ({ ...each, result: binary(each.operator, each.field, each.other, 'LP64') }))
      .filter(({ result }) => !isReason(result));
    const prints = cases.map(({ name, width, field, operator, other }) => {
      const expression = `s.f ${operator} o`;
      return `{ struct { ${name} f : ${width}; } s = { ${valueText(field)} }; ${other.type.name} o = ${valueText(other)};
        printf("%d %d %lld\\n", (__typeof__(${expression}))-1 < 0, (int)sizeof(${expression}), (long long)(${expression})); }`;
    });
    const lines = run(`#include <stdio.h>\nint main(void) {\n${prints.join('\n')}\n}`)
      .trim()
      .split('\n');
    const ours = cases.map(({ result }) =>
      isReason(result)
        ? ''
        : `${result.type.signed ? 1 : 0} ${result.type.size} ${BigInt.asIntN(64, result.value)}`,
    );
    const wrong = cases.flatMap((_, index) =>
      lines[index] === ours[index] ? [] : [`${prints[index]}: gcc ${lines[index]}, we ${ours[index]}`],
    );
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(500);
  });
});
