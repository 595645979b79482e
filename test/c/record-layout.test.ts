import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IntegerName, integerTypes, typeFromKeywords } from '../../server/src/c/types/integers';
import {
  alignOf,
  completeRecord,
  findMember,
  type MemberSpecification,
  sizeOf,
} from '../../server/src/c/types/record-layout';
import type { CType, RecordType } from '../../server/src/c/types/types';
import type { DataModel } from '../../server/src/c/value';
import { ints, objectBytes, seed } from './gcc';

/** A record as text and as a type are made from. */
interface Shape {
  readonly union: boolean;
  readonly packed: boolean;
  readonly members: readonly MemberShape[];
}
type MemberShape =
  | { readonly kind: 'plain'; readonly keywords: string }
  | { readonly kind: 'pointer' }
  | { readonly kind: 'array'; readonly keywords: string; readonly length: number }
  | { readonly kind: 'bits'; readonly type: IntegerName; readonly part: number; readonly named: boolean }
  | { readonly kind: 'record'; readonly shape: Shape; readonly anonymous: boolean }
  | { readonly kind: 'flexible'; readonly keywords: string };

const plainTypes = [
  'char',
  'short',
  'int',
  'unsigned long',
  'long long',
  '_Bool',
  'float',
  'double',
  'long double',
];
const bitFieldTypes: IntegerName[] = ['char', 'unsigned short', 'int', 'unsigned int', 'long', 'unsigned long long', '_Bool']; // biome-ignore format: one list

const { shape } = fc.letrec<{ shape: Shape; member: MemberShape }>((tie) => ({
  member: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('plain'), keywords: fc.constantFrom(...plainTypes) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('pointer') }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('array'),
        keywords: fc.constantFrom(...plainTypes),
        length: fc.integer({ min: 0, max: 5 }),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('bits'),
        type: fc.constantFrom(...bitFieldTypes),
        part: fc.double({ min: 0, max: 1, noNaN: true }),
        named: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('record'), shape: tie('shape'), anonymous: fc.boolean() }),
    },
  ) as fc.Arbitrary<MemberShape>,
  shape: fc
    .record({
      union: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      packed: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      members: fc.array(tie('member'), { minLength: 1, maxLength: 6 }),
      flexible: fc.option(fc.constantFrom('char', 'long long'), { freq: 8 }),
    })
    .map(({ union, packed, members, flexible }) => {
      const last: MemberShape[] =
        flexible === null || union ? [] : [{ kind: 'flexible', keywords: flexible }];
      // A flexible array follows at least one named member.
      const first: MemberShape[] = last.length > 0 ? [{ kind: 'plain', keywords: 'char' }] : [];
      return { union, packed, members: [...first, ...members, ...last] };
    }),
}));

const bits = (type: IntegerName, width: number, named = true): MemberShape => ({
  kind: 'bits',
  type,
  part: width / integerTypes('LP64')[type].size / 8,
  named,
});
const char: MemberShape = { kind: 'plain', keywords: 'char' };

/** Members among which every rule about bit-fields counts, whatever is random. */
const bitFieldMembers: readonly (readonly MemberShape[])[] = [
  [char, bits('int', 31), bits('int', 2), bits('int', 31), char],
  [char, bits('unsigned long long', 64), bits('unsigned long long', 8), bits('unsigned short', 9), char],
  [
    bits('unsigned long long', 40),
    bits('unsigned long long', 24),
    bits('unsigned long long', 33),
    bits('int', 31),
  ],
  [
    bits('char', 3),
    bits('int', 0, false),
    bits('char', 3),
    bits('unsigned long long', 0, false),
    bits('_Bool', 8),
  ],
  [char, bits('int', 7, false), char],
  [
    char,
    bits('int', 7, false),
    bits('unsigned short', 12, false),
    char,
    bits('unsigned int', 32),
    bits('int', 3),
  ],
];
const bitFieldShapes: readonly Shape[] = bitFieldMembers.flatMap((members) =>
  [false, true].flatMap((union) => [false, true].map((packed) => ({ union, packed, members }))),
);

/** What is to be asked of gcc about one record. */
interface Built {
  readonly type: RecordType;
  readonly text: string;
  /** Names reachable from the record, its anonymous members' included. */
  readonly plain: readonly string[];
  readonly bitFields: readonly string[];
}

/** @param limit that of `#pragma pack` around all of it */
function build(shape: Shape, prefix: string, model: DataModel, limit: number | undefined): Built {
  const type: RecordType = {
    kind: 'record',
    union: shape.union,
    tag: undefined,
    packed: shape.packed,
    pack: limit,
    members: undefined,
    size: 0,
    alignment: 1,
  };
  const parts = shape.members.map((member, index) => buildMember(member, `${prefix}${index}`, model, limit));
  completeRecord(
    type,
    parts.map(({ specification }) => specification),
    model,
  );
  const attribute = shape.packed ? ' __attribute__((packed))' : '';
  return {
    type,
    text: `${shape.union ? 'union' : 'struct'}${attribute} { ${parts.map(({ text }) => text).join(' ')} }`,
    plain: parts.flatMap(({ plain }) => plain),
    bitFields: parts.flatMap(({ bitFields }) => bitFields),
  };
}

function buildMember(
  member: MemberShape,
  name: string,
  model: DataModel,
  limit: number | undefined,
): Pick<Built, 'text' | 'plain' | 'bitFields'> & { specification: MemberSpecification } {
  const plain = [name];
  const bitFields: string[] = [];
  switch (member.kind) {
    case 'plain': {
      const type = keywordType(member.keywords, model);
      return { specification: { name, type }, text: `${member.keywords} ${name};`, plain, bitFields };
    }
    case 'pointer': {
      const type: CType = { kind: 'pointer', target: { kind: 'void' } };
      return { specification: { name, type }, text: `void *${name};`, plain, bitFields };
    }
    case 'array': {
      const type: CType = {
        kind: 'array',
        element: keywordType(member.keywords, model),
        length: member.length,
      };
      const text = `${member.keywords} ${name}[${member.length}];`;
      return { specification: { name, type }, text, plain, bitFields };
    }
    case 'flexible': {
      const type: CType = { kind: 'array', element: keywordType(member.keywords, model), length: undefined };
      const specification = { name, type, flexible: true };
      return { specification, text: `${member.keywords} ${name}[];`, plain, bitFields };
    }
    case 'bits': {
      const type = integerTypes(model)[member.type];
      const widest = type.name === '_Bool' ? 1 : type.size * 8;
      const bits = Math.max(member.named ? 1 : 0, Math.round(member.part * widest));
      const shown = member.named ? name : undefined;
      return {
        specification: { name: shown, type, bits },
        text: `${member.type} ${shown ?? ''} : ${bits};`,
        plain: [],
        bitFields: shown ? [shown] : [],
      };
    }
    case 'record': {
      const built = build(member.shape, `${name}_`, model, limit);
      if (member.anonymous) {
        return { ...built, specification: { name: undefined, type: built.type }, text: `${built.text};` };
      }
      return { specification: { name, type: built.type }, text: `${built.text} ${name};`, plain, bitFields };
    }
  }
}

function keywordType(keywords: string, model: DataModel): CType {
  const type = typeFromKeywords(keywords.split(' '), model);
  if (!type) throw new Error(keywords);
  return type;
}

describe.each(['LP64', 'ILP32'] as const)('record layout under %s', (model) => {
  it(`is gcc's: sizes, alignments, offsets and bits (ORACLE_SEED=${seed})`, () => {
    const limits = [undefined, undefined, 1, 2, 4, 8, 16];
    const limitOf = (index: number) => limits[index % limits.length];
    const chosen = bitFieldShapes.flatMap((each) => limits.map(() => each));
    const batch = [...chosen, ...fc.sample(shape, { seed, numRuns: 400 })].map((each, index) =>
      build(each, 'm', model, limitOf(index)),
    );
    const text = batch.map(({ text, plain, bitFields }, index) => {
      const offsets = plain.map((name) => `, __builtin_offsetof(struct w${index}, r.${name})`);
      const all = bitFields.map((name) => `struct w${index} b${index}_${name} = { .r.${name} = -1 };`);
      return `#pragma pack(${limitOf(index) ?? ''})
        struct w${index} { ${text} r; };
        int r${index}[] = { sizeof(struct w${index}), _Alignof(struct w${index})${offsets.join('')} };
        ${all.join('\n')}`;
    });
    const objects = objectBytes(text.join('\n'), model);
    let bitFieldCount = 0;
    for (const [index, { type, text, plain, bitFields }] of batch.entries()) {
      const ours = [
        sizeOf(type, model),
        alignOf(type, model),
        ...plain.map((name) => findMember(type, name)?.offset),
      ];
      expect(ours, text).toEqual(ints(objects.get(`r${index}`)));
      for (const name of bitFields) {
        bitFieldCount++;
        expect(bitsOf(type, name), `${name} in ${text}`).toEqual(setBits(objects.get(`b${index}_${name}`)));
      }
    }
    expect(bitFieldCount).toBeGreaterThan(400);
  });

  it('is unknown where a member is, and members still have places of their own', () => {
    const type: RecordType = { ...emptyRecord(), union: false };
    const unknown: CType = { kind: 'unknown', name: 'DIR' };
    const { int } = integerTypes(model);
    const specifications = [
      { name: 'a', type: int },
      { name: 'dir', type: unknown },
      { name: 'list', type: { kind: 'array', element: int, length: undefined } as const },
      { name: 'b', type: int },
    ];
    completeRecord(type, specifications, model);
    expect(sizeOf(type, model)).toBeUndefined();
    expect(alignOf(type, model)).toBeUndefined();
    const found = specifications.map(({ name }) => findMember(type, name));
    expect(new Set(found.map((each) => each?.offset)).size).toBe(4);
    expect(found.map((each) => each?.exact)).toEqual([false, false, false, false]);
    expect(findMember(type, 'c')).toBeUndefined();
    expect(sizeOf(emptyRecord(), model), 'an incomplete type').toBeUndefined();
    expect(findMember(emptyRecord(), 'a')).toBeUndefined();
    const ofUnknown = recordOf([{ name: 'a', type: unknown, bits: 3 }], model);
    expect(sizeOf(ofUnknown, model), 'a bit-field of an unknown type').toBeUndefined();
  });

  it('is known of a member that an unknown one does not move', () => {
    const { int } = integerTypes(model);
    const unknown: CType = { kind: 'unknown', name: 'DIR' };
    const members = [
      { name: 'dir', type: unknown },
      { name: 'a', type: int },
    ];
    const union = recordOf(members, model, true);
    const exact = (record: RecordType, name: string) => findMember(record, name)?.exact;
    expect(findMember(union, 'a')).toEqual({ name: 'a', offset: 0, type: int, exact: true });
    const anonymous = (type: RecordType) => [
      { name: undefined, type },
      { name: 'b', type: int },
    ];
    expect(exact(recordOf(anonymous(recordOf([{ name: 'a', type: int }], model)), model), 'a')).toBe(true);
    expect(exact(recordOf(anonymous(recordOf(members, model)), model, true), 'a')).toBe(false);
    expect(exact(recordOf(anonymous(union), model), 'b')).toBe(false);
    expect(exact(recordOf([{ name: 'first', type: unknown }, ...anonymous(union)], model), 'a')).toBe(false);
  });

  it('gives a bit-field its width, and members of a named member only through it', () => {
    const { int } = integerTypes(model);
    const inner = recordOf(
      [
        { name: 'narrow', type: int, bits: 31 },
        { name: 'whole', type: int, bits: 32 },
      ],
      model,
    );
    expect(findMember(inner, 'narrow')?.type).toEqual({ ...int, bits: 31 });
    expect(findMember(inner, 'whole')?.type).toEqual(int);
    expect(findMember(recordOf([{ name: 'inner', type: inner }], model), 'narrow')).toBeUndefined();
  });

  it("of what is no object is gcc's, and of an array without a length there is none", () => {
    const sizes = 'int a[] = { sizeof(void), sizeof(int(void)), _Alignof(void), _Alignof(int(void)) };';
    const { int } = integerTypes(model);
    const returning: CType = { kind: 'function', result: int, parameters: [], variadic: false };
    const list: CType = { kind: 'array', element: int, length: undefined };
    const all = [sizeOf({ kind: 'void' }, model), sizeOf(returning, model), alignOf({ kind: 'void' }, model), alignOf(returning, model)]; // biome-ignore format: one list
    expect(all).toEqual(ints(objectBytes(sizes, model).get('a')));
    expect([sizeOf(list, model), alignOf(list, model)]).toEqual([undefined, undefined]);
  });
});

function recordOf(
  specifications: readonly MemberSpecification[],
  model: DataModel,
  union = false,
): RecordType {
  const record = { ...emptyRecord(), union };
  completeRecord(record, specifications, model);
  return record;
}

function emptyRecord(): RecordType {
  return {
    kind: 'record',
    union: false,
    tag: 'r',
    packed: false,
    pack: undefined,
    members: undefined,
    size: 0,
    alignment: 1,
  };
}

/** Indices of the bits a bit-field covers. */
function bitsOf(type: RecordType, name: string): number[] {
  const found = findMember(type, name);
  const first = (found?.offset ?? 0) * 8 + (found?.bitField?.offset ?? 0);
  return Array.from({ length: found?.bitField?.width ?? 0 }, (_, index) => first + index);
}

function setBits(bytes: readonly number[] | undefined): number[] {
  return (bytes ?? []).flatMap((byte, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => index * 8 + bit),
  );
}
