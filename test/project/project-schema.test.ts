/** The JSON schema that editors get: a text for each key in each language, and the same files as the reader takes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProjectFile } from '../../server/src/project/project-file';
import {
  allowanceSchema,
  nodeSchema,
  projectFileJsonSchema,
  projectSchema,
} from '../../server/src/project/project-schema';
import { type JsonSchema, keeps } from './json-schema';

const RULES = ['misaligned', 'node-overlap'];
const schemas = { en: projectFileJsonSchema('en', RULES), ja: projectFileJsonSchema('ja', RULES) } as {
  readonly en: JsonSchema;
  readonly ja: JsonSchema;
};

/** `nodes[].osid` and its schema, for every key. */
function keysOf(schema: JsonSchema, path = ''): readonly (readonly [string, JsonSchema])[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [
    [`${path}${key}`, inner] as const,
    ...keysOf(inner, `${path}${key}.`),
  ]);
  const items =
    schema.items && !Array.isArray(schema.items)
      ? keysOf(schema.items as JsonSchema, `${path.slice(0, -1)}[].`)
      : [];
  return [...own, ...items];
}

describe('the JSON schema', () => {
  const described = (schema: JsonSchema) => keysOf(schema).filter(([path]) => !path.startsWith('rules.'));

  it('has a text for every key, in both languages', () => {
    const [english, japanese] = [described(schemas.en), described(schemas.ja)];
    expect(english.map(([path]) => path)).toEqual(japanese.map(([path]) => path));
    const count = [projectSchema, nodeSchema, allowanceSchema].flatMap(({ shape }) =>
      Object.keys(shape),
    ).length;
    expect(english).toHaveLength(count + 2);
    for (const [index, [path, { description }]] of english.entries()) {
      expect(description, path).toMatch(/^[^{}]{10}.*\.$/);
      expect(japanese[index]?.[1].description, path).toMatch(/[\u3040-\u30ff]/);
    }
  });

  it('offers the names of rules and their severities', () => {
    const { rules } = schemas.en.properties ?? {};
    expect(rules?.properties).toEqual(
      Object.fromEntries(
        RULES.map((name) => [
          name,
          { type: 'string', enum: ['error', 'warning', 'information', 'hint', 'off'] },
        ]),
      ),
    );
    expect(rules?.additionalProperties).toBe(false);
  });

  it('says draft 7, which editors read, and nothing that its validator would pass over', () => {
    expect(schemas.en.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(keeps(schemas.en, {})).toBe(true);
  });
});

/** What no JSON schema can say: relations between values, numbers of at most 64 bits, where a path leads. */
const BEYOND: ReadonlySet<string> = new Set([
  'project.end-before-start',
  'project.duplicate-osid',
  'project.same-node',
  'project.absolute-path',
  'project.outside-workspace',
]);

describe('the reader and the JSON schema', () => {
  const agree = (value: unknown) => {
    const { problems } = readProjectFile('file:///w/kexec-mint.json', JSON.stringify(value), ['file:///w']);
    const found = problems.map(({ message: { id } }) => id).filter((id) => !BEYOND.has(id));
    expect(found.length === 0, JSON.stringify([value, found])).toBe(keeps(schemas.en, value));
  };

  it('agree on any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), agree), { numRuns: 300 });
  });

  it('agree on any value of any key', () => {
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(
        '0x10',
        '010',
        '08',
        '0b1',
        '1uLL',
        '1Ll',
        '-1',
        '-0x2u',
        '- 1',
        'region3',
        'region',
        'a{n}',
        'OSID',
        ' ',
        'LP64',
        'off',
      ),
    );
    const more = fc.oneof(
      values,
      fc.array(values, { maxLength: 3 }),
      fc.array(fc.array(values, { maxLength: 3 }), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', '1', 'start', 'size', 'misaligned'), values, { maxKeys: 2 }),
    );
    const keys = (shape: object) =>
      fc.dictionary(fc.constantFrom(...Object.keys(shape), 'other'), more, { maxKeys: 2 });
    const node = keys(nodeSchema.shape).map((node) => ({ osid: 1, ...node }));
    const allowance = keys(allowanceSchema.shape).map((each) => ({ nodes: [0, 1], reason: 'r', ...each }));
    const files = fc.oneof(
      keys(projectSchema.shape),
      node.map((each) => ({ nodes: [each] })),
      allowance.map((each) => ({ allowOverlaps: [each] })),
    );
    // Names of rules are judged where rules are known.
    const judged = files.filter((file) => !('rules' in file) || keeps(schemas.en, file));
    fc.assert(fc.property(judged, agree), { numRuns: 3000 });
  });
});
