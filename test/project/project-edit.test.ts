/** Edits of kexec-mint.json: read again the file says what was wanted, and everything else is as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowOverlap,
  newProjectFile,
  type ProjectEdit,
  removeAllowance,
  setNodeKey,
} from '../../server/src/project/project-edit';
import { readProjectFile } from '../../server/src/project/project-file';

const URI = 'file:///w/kexec-mint.json';
const read = (text: string) => readProjectFile(URI, text, ['file:///w']);

function applied(text: string, edits: readonly ProjectEdit[]): string {
  return [...edits]
    .sort((a, b) => b.place.start - a.place.start)
    .reduce(
      (now, { place: { start, end }, newText }) => now.slice(0, start) + newText + now.slice(end),
      text,
    );
}

const allowance = { nodes: [0, 2], regions: ['region3', 'region3'], reason: 'health check' } as const;
const ITEM = '{ "nodes": [0, 2], "regions": ["region3", "region3"], "reason": "health check" }';

const allow = (text: string) => applied(text, allowOverlap(URI, text, allowance));
const remove = (text: string, index: number) => applied(text, removeAllowance(URI, text, index));
const set = (
  text: string,
  osid: number,
  ...[key, value]: ['source' | 'kernelTextStart', string] | ['define', Record<string, string>]
) =>
  applied(
    text,
    key === 'define'
      ? setNodeKey(read(text), text, osid, key, value)
      : setNodeKey(read(text), text, osid, key, value),
  );

describe('an allowance', () => {
  it.each([
    ['a new file', '', `{\n  "allowOverlaps": [\n    ${ITEM}\n  ]\n}\n`],
    [
      'a file of comments',
      '// later\r\n',
      `// later\r\n{\r\n  "allowOverlaps": [\r\n    ${ITEM}\r\n  ]\r\n}\r\n`,
    ],
    ['an empty object', '{}\n', `{\n  "allowOverlaps": [\n    ${ITEM}\n  ]\n}\n`],
    [
      'an object with a comment',
      '{\n  // nothing yet\n}\n',
      `{\n  // nothing yet\n  "allowOverlaps": [\n    ${ITEM}\n  ]\n}\n`,
    ],
    [
      'other keys, behind their comments',
      '{\n    "nodeCount": 3 // three\n    // end\n}\n',
      `{\n    "nodeCount": 3, // three\n    "allowOverlaps": [\n        ${ITEM}\n    ]\n    // end\n}\n`,
    ],
    [
      'a trailing comma, which stays',
      '{\n\t"nodeCount": 3,\n}\n',
      `{\n\t"nodeCount": 3,\n\t"allowOverlaps": [\n\t\t${ITEM}\n\t],\n}\n`,
    ],
    [
      'CRLF',
      '{\r\n  "nodeCount": 3\r\n}\r\n',
      `{\r\n  "nodeCount": 3,\r\n  "allowOverlaps": [\r\n    ${ITEM}\r\n  ]\r\n}\r\n`,
    ],
    [
      'a list of lines',
      '{\n  "allowOverlaps": [\n    { "nodes": [0, 1], "reason": "a" } // one, two\n    // { "nodes": [1, 2], "reason": "b" }\n  ]\n}',
      `{\n  "allowOverlaps": [\n    { "nodes": [0, 1], "reason": "a" }, // one, two\n    ${ITEM}\n    // { "nodes": [1, 2], "reason": "b" }\n  ]\n}`,
    ],
    [
      'a list on one line',
      '{ "allowOverlaps": [{ "nodes": [0, 1], "reason": "a" }] }',
      `{ "allowOverlaps": [{ "nodes": [0, 1], "reason": "a" }, ${ITEM}] }`,
    ],
    [
      'an item that ends beside the bracket',
      '{ "allowOverlaps": [{\n  "nodes": [0, 1], "reason": "a"\n}] }',
      `{ "allowOverlaps": [{\n  "nodes": [0, 1], "reason": "a"\n},\n  ${ITEM}] }`,
    ],
    ['an empty list', '{\n  "allowOverlaps": []\n}', `{\n  "allowOverlaps": [\n    ${ITEM}\n  ]\n}`],
    [
      'commas that lead',
      '{ "allowOverlaps": [\n    { "nodes": [0, 1], "reason": "a" }\n  ,\n  ] }',
      `{ "allowOverlaps": [\n    { "nodes": [0, 1], "reason": "a" }\n  ,\n    ${ITEM},\n  ] }`,
    ],
  ])('is added to %s', (_, before, after) => {
    expect(allow(before)).toBe(after);
    expect(read(after).problems).toEqual([]);
    expect(read(after).allowances.at(-1)).toMatchObject(allowance);
  });

  it('of any regions, and one whose reason is in Japanese', () => {
    const text = applied(
      '',
      allowOverlap(URI, '', { nodes: [1, 0], regions: undefined, reason: '"測定" の\nため' }),
    );
    expect(text).toContain('{ "nodes": [1, 0], "reason": "\\"測定\\" の\\nため" }');
    expect(read(text).allowances).toMatchObject([
      { nodes: [1, 0], regions: undefined, reason: '"測定" の\nため' },
    ]);
  });

  it('is taken away with its line, and comments stay', () => {
    const text = `{
  "allowOverlaps": [
    // first
    { "nodes": [0, 1], "reason": "a" },
    { "nodes": [0, 2], "reason": "b" }, // second
    { "nodes": [0, 3], "reason": "c" }
  ]
}`;
    const without = [0, 1, 2].map((index) => remove(text, index));
    expect(without).toEqual([
      text.replace('    { "nodes": [0, 1], "reason": "a" },\n', ''),
      text.replace('{ "nodes": [0, 2], "reason": "b" }, // second', '// second'),
      text
        .replace('}, // second', '} // second')
        .replace('"b" },', '"b" }')
        .replace('    { "nodes": [0, 3], "reason": "c" }\n', ''),
    ]);
    expect(
      without.map((each) =>
        read(each)
          .allowances.map(({ reason }) => reason)
          .join(''),
      ),
    ).toEqual(['bc', 'ac', 'ab']);
  });

  it.each([
    ['{"allowOverlaps": [{"nodes": [0, 1], "reason": "a"}]}', 0, '{"allowOverlaps": []}'],
    ['{"allowOverlaps": [{"nodes": [0, 1], "reason": "a"}, {}]}', 0, '{"allowOverlaps": [{}]}'],
    ['{"allowOverlaps": [{}, {"nodes": [0, 1], "reason": "a"}]}', 1, '{"allowOverlaps": [{}]}'],
    ['{"allowOverlaps": [ {}, {"nodes": [0, 1], "reason": "a"}, ]}', 1, '{"allowOverlaps": [ {}, ]}'],
    ['{"allowOverlaps": [\r\n  {"nodes": [0, 1], "reason": "a"}\r\n]}', 0, '{"allowOverlaps": [\r\n]}'],
    [
      '{"allowOverlaps": [{"nodes": [0, 1], "reason": "a"} /* x */ , {}]}',
      0,
      '{"allowOverlaps": [/* x */ {}]}',
    ],
  ])('is taken away from %s', (before, index, after) => expect(remove(before, index)).toBe(after));

  it('that is not there is not taken away', () => {
    expect(removeAllowance(URI, '{}', 0)).toEqual([]);
    expect(removeAllowance(URI, '', 0)).toEqual([]);
    expect(removeAllowance(URI, '{"allowOverlaps": [1]}', 1)).toEqual([]);
  });
});

describe("a node's key", () => {
  it('is set in its place', () => {
    const text = '{ "nodes": [{ "osid": 1, "source": "a" /* old */ }, {\n  "osid": 2\n}] }';
    expect(set(text, 1, 'source', 'b')).toBe(text.replace('"a"', '"b"'));
    expect(set(text, 1, 'kernelTextStart', '0x10')).toBe(
      text.replace('"a" /* old */', '"a", /* old */ "kernelTextStart": "0x10"'),
    );
    expect(set(text, 2, 'source', 'b')).toBe(text.replace('2\n', '2,\n  "source": "b"\n'));
    expect(set(text, 1, 'define', { a: '1', b: '2' })).toContain('"define": { "a": "1", "b": "2" }');
  });

  it('is added with its node', () => {
    expect(set('', 2, 'source', 'b')).toBe('{\n  "nodes": [\n    { "osid": 2, "source": "b" }\n  ]\n}\n');
    expect(set('{ "nodes": [{ "osid": 1 }] }', 2, 'source', 'b')).toBe(
      '{ "nodes": [{ "osid": 1 }, { "osid": 2, "source": "b" }] }',
    );
  });

  it('is set where the reader sees it: the last of several', () => {
    const text = '{ "nodes": [{ "osid": 1, "source": "a", "source": "b" }] }';
    expect(set(text, 1, 'source', 'c')).toBe(text.replace('"b"', '"c"'));
  });
});

it.each(['[]', '1', '{"allowOverlaps": {}, "nodes": 1}', '{"allowOverlaps": [', 'garbage', '{ nodes: [] }'])(
  'a text that cannot take an edit gets none: %s',
  (text) => {
    expect(allowOverlap(URI, text, allowance)).toEqual([]);
    expect(setNodeKey(read(text), text, 1, 'source', 'a')).toEqual([]);
  },
);

describe('in files of any form', () => {
  const blank = fc.constantFrom(
    '',
    ' ',
    '\n',
    '\r\n',
    '\n  ',
    '\t',
    ' // c\n',
    '\n// c, ]\n  ',
    '/* c */',
    ' /* } */ ',
    '\n/*\n*/\n',
  );
  const allowances = fc.array(
    fc.tuple(
      blank,
      fc.constantFrom('{ "nodes": [0, 1], "reason": "a" }', '{"nodes":[1,0],\n"reason":"b"}'),
      blank,
    ),
  );
  /** A file with a list of allowances, and which of them there are. */
  const files = fc
    .tuple(
      blank,
      blank,
      allowances,
      blank,
      fc.boolean(),
      fc.constantFrom('', '"nodeCount": 3,'),
      fc.boolean(),
      blank,
    )
    .map(([a, b, items, c, trailing, other, outer, d]) => ({
      text: `${a}{${other}"allowOverlaps":${b}[${items.map((item) => item.join('')).join(',')}${trailing && items.length > 0 ? ',' : ''}${c}]${outer ? ',' : ''}${d}}${a}`,
      count: items.length,
    }));
  const commentsIn = (text: string) => (text.match(/\/\/[^\r\n]*|\/\*[^*]*\*\//g) ?? []).sort();
  const reasons = (text: string) => read(text).allowances.map(({ reason }) => reason);

  it('an allowance is added at the end', () => {
    fc.assert(
      fc.property(files, ({ text }) => {
        const after = allow(text);
        expect(read(after).problems).toEqual([]);
        expect(reasons(after)).toEqual([...reasons(text), 'health check']);
        expect(commentsIn(after)).toEqual(commentsIn(text));
        expect(after.replace(/\s/g, '')).toHaveLength(
          text.replace(/\s/g, '').length +
            ITEM.replace(/\s/g, '').length +
            (reasons(text).length > 0 ? 1 : 0),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('an allowance is taken away', () => {
    fc.assert(
      fc.property(
        files
          .filter(({ count }) => count > 0)
          .chain((file) => fc.tuple(fc.constant(file), fc.nat(file.count - 1))),
        ([{ text }, index]) => {
          const after = remove(text, index);
          expect(read(after).problems).toEqual([]);
          expect(reasons(after)).toEqual(reasons(text).toSpliced(index, 1));
          expect(commentsIn(after)).toEqual(commentsIn(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('an addition that is taken away leaves the values as they were', () => {
    fc.assert(
      fc.property(files, ({ text, count }) => {
        expect(reasons(remove(allow(text), count))).toEqual(reasons(text));
      }),
    );
  });
});

it('a new project file has comments above its keys and a line for each item', () => {
  const text = newProjectFile([
    { comments: ['The window'], key: 'window', value: ['0x1', '0x2'] },
    { comments: [], key: 'nodes', value: [{ osid: 0, source: 'a' }, { osid: 1 }] },
    { comments: ['"rules": {}'] },
  ]);
  expect(text).toBe(`{
  // The window
  "window": ["0x1", "0x2"],
  "nodes": [
    { "osid": 0, "source": "a" },
    { "osid": 1 }
  ]
  // "rules": {}
}
`);
  expect(read(text).problems).toEqual([]);
});
