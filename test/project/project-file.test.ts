/** What kexec-mint.json may hold, and what is said of everything else, at which place. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { render } from '../../server/src/messages';
import { type ProjectFile, readProjectFile } from '../../server/src/project/project-file';
import {
  allowanceSchema,
  EVIDENCE_KEYS,
  nodeSchema,
  projectSchema,
} from '../../server/src/project/project-schema';
import { formatRange } from '../../server/src/range';

const FOLDER = 'file:///w';
const URI = `${FOLDER}/mint/kexec-mint.json`;

const read = (text: string | undefined, folders = [FOLDER]) => readProjectFile(URI, text, folders);

/** Each problem as `text at its place: message`, the message up to what remedies it. */
function problems(text: string, { problems: found } = read(text)): readonly string[] {
  return found.map(({ place, message }) => {
    expect(place.file).toBe(URI);
    return `${text.slice(place.start, place.end)}: ${render(message, 'en')}`;
  });
}

const ids = ({ problems: found }: ProjectFile) => found.map(({ message: { id } }) => id);
/** What is wrong with a node's keys beside its OSID. */
const inNode = (keys: string) => problems(`{"nodes": [{"osid": 1, ${keys}}]}`);
const sources = ({ nodes }: ProjectFile) => nodes.map(({ osid, source }) => `${osid} ${source}`);

const WHOLE = `{
  // The machine in the corner
  "$schema": "https://example.org/kexec-mint.schema.json",
  "window": ["0x20000000", "0x68000000UL"],
  "memory": [["0", "0x9f000"], ["0x100000", "0x80000000"],],
  "dataModel": "ILP32",
  "nodeCount": 3,
  "osidNames": ["OSID", "ME"],
  "regionNames": { "start": "r{n}_from", "size": "r{n}_size" },
  "nodes": [
    {
      "osid": 2, "name": "監視", "role": "monitor", "source": "../os2/",
      "define": { "mint_memory_region": "2", "offset": "-0x10" },
      "reserved": ["region4"],
      "iomem": "dumps/os2.iomem", "kexecOutput": "dumps/os2.kexec", "kernelLog": "dumps/os 2.dmesg",
      "firmwareMemmap": "dumps/memmap", "systemMap": "boot/System.map", "vmlinux": "boot/vmlinux",
      "bzImage": "boot\\\\vmlinuz", "kernelTextStart": "0x51000000",
      "memMin": "0x50000000", "memMax": "0x67ffffff",
    },
    { "osid": 0 }, /* the others */
  ],
  "allowOverlaps": [
    { "nodes": [0, 2], "regions": ["region3", "region1"], "reason": "health check" },
    { "nodes": [2, 0], "reason": "測定" }
  ],
  "rules": { "misaligned": "off" },
}
`;

describe('every key', () => {
  const file = read(WHOLE);

  it('is read without a problem', () => expect(problems(WHOLE, file)).toEqual([]));

  it('of the project stands for settings', () => {
    expect(file.settings).toEqual({
      window: { start: 0x20000000n, end: 0x68000000n },
      dataModel: 'ILP32',
      nodeCount: 3,
      osidNames: ['OSID', 'ME'],
      regionNames: { start: 'r{n}_from', size: 'r{n}_size' },
      rules: { misaligned: 'off' },
    });
    expect(file.memory.map((range) => formatRange(range))).toEqual(['0x0–0x9f000', '0x100000–0x80000000']);
  });

  it('of a node is resolved against the folder of the file', () => {
    const [node, other] = file.nodes;
    expect(node).toMatchObject({ osid: 2, name: '監視', role: 'monitor', index: 0, reserved: ['region4'] });
    expect(node?.source).toBe('file:///w/os2');
    expect([...(node?.define ?? [])]).toEqual([
      ['mint_memory_region', '2'],
      ['offset', '-0x10'],
    ]);
    expect(node?.evidence).toEqual({
      iomem: 'file:///w/mint/dumps/os2.iomem',
      kexecOutput: 'file:///w/mint/dumps/os2.kexec',
      kernelLog: 'file:///w/mint/dumps/os%202.dmesg',
      firmwareMemmap: 'file:///w/mint/dumps/memmap',
      systemMap: 'file:///w/mint/boot/System.map',
      vmlinux: 'file:///w/mint/boot/vmlinux',
      bzImage: 'file:///w/mint/boot/vmlinuz',
    });
    expect(node).toMatchObject({ kernelTextStart: 0x51000000n, memMin: 0x50000000n, memMax: 0x67ffffffn });
    expect(other).toMatchObject({ osid: 0, source: undefined, evidence: {}, reserved: [], index: 1 });
  });

  it('of an allowance is read, and its regions may be any', () => {
    expect(file.allowances).toMatchObject([
      { nodes: [0, 2], regions: ['region3', 'region1'], reason: 'health check', index: 0 },
      { nodes: [2, 0], regions: undefined, reason: '測定', index: 1 },
    ]);
  });

  it('tells its place', () => {
    const text = ({ start, end }: { start: number; end: number }) => WHOLE.slice(start, end);
    const [node, other] = file.nodes;
    expect(text(node?.place('iomem') ?? { start: 0, end: 0 })).toBe('"dumps/os2.iomem"');
    expect(text(other?.place('iomem') ?? { start: 0, end: 0 })).toBe('{ "osid": 0 }');
    expect(text(other?.place() ?? { start: 0, end: 0 })).toBe('{ "osid": 0 }');
    expect(text(file.allowances[1]?.place ?? { start: 0, end: 0 })).toBe(
      '{ "nodes": [2, 0], "reason": "測定" }',
    );
    expect(text(file.placeOf(['rules', 'misaligned']))).toBe('"misaligned"');
  });
});

it('the example of the README has every key, and no mistake', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, example = ''] = /^```jsonc\n(.*?)^```$/ms.exec(readme) ?? [];
  expect(problems(example)).toEqual([]);
  const rest = new Set(['$schema', 'nodeCount']);
  const keys = [projectSchema, nodeSchema, allowanceSchema].flatMap(({ shape }) => Object.keys(shape));
  expect(keys.filter((key) => !example.includes(`"${key}":`) && !rest.has(key))).toEqual([]);
});

describe('a path', () => {
  it.each([
    ['.', 'file:///w/mint'],
    ['..', 'file:///w'],
    ['../os1/', 'file:///w/os1'],
    ['a//b/./c/../d', 'file:///w/mint/a/b/d'],
    ['a\\\\b', 'file:///w/mint/a/b'],
    ['%2e%2e/%2e%2e/x', 'file:///w/mint/%252e%252e/%252e%252e/x'],
    ['ツリー', `file:///w/mint/${encodeURIComponent('ツリー')}`],
    ['dump:2', 'file:///w/mint/dump%3A2'],
    ['~/x', 'file:///w/mint/~/x'],
    ['a?b#c', 'file:///w/mint/a%3Fb%23c'],
  ])('%s stays in the workspace', (path, uri) => {
    const file = read(`{"nodes": [{"osid": 1, "source": "${path}"}]}`);
    expect(ids(file)).toEqual([]);
    expect(file.nodes[0]?.source).toBe(uri);
  });

  it.each(['../..', '../../w2', '../../../../etc/passwd', 'a/../../../x', '..\\\\..\\\\x', '../../W/mint'])(
    '%s leaves it',
    (path) => {
      const shown = JSON.parse(`"${path}"`);
      expect(inNode(`"iomem": "${path}"`)).toEqual([
        `"${path}": ${shown} leaves the workspace, so it is not read. Copy it into the workspace, or open a folder that holds both.`,
      ]);
    },
  );

  it.each([
    '/etc/passwd',
    'C:/x',
    'c:x',
    'C:\\\\x',
    '\\\\\\\\server\\\\share',
    '//server/share',
    'file:///etc/passwd',
    'http://x/y',
  ])('%s is absolute', (path) => {
    const shown = JSON.parse(`"${path}"`);
    expect(inNode(`"vmlinux": "${path}"`)).toEqual([
      `"${path}": ${shown} is not used: write a path relative to this file's folder.`,
    ]);
  });

  it('may lead to any of several workspace folders, and to none where the name only begins alike', () => {
    const text =
      '{"nodes": [{"osid": 1, "source": "../../other/x"}, {"osid": 2, "source": "../../other2/x"}]}';
    const file = read(text, [FOLDER, 'file:///other/']);
    expect(sources(file)).toEqual(['1 file:///other/x', '2 undefined']);
    expect(ids(file)).toEqual(['project.outside-workspace']);
  });

  it('that cannot be followed costs the node nothing else', () => {
    const text = '{"nodes": [{"osid": 1, "source": "/x", "iomem": "a", "kernelTextStart": "0x10"}]}';
    expect(read(text).nodes[0]).toMatchObject({
      source: undefined,
      evidence: { iomem: 'file:///w/mint/a' },
      kernelTextStart: 16n,
    });
  });
});

describe('a mistake is told at its key, and everything else counts:', () => {
  it('an unknown key, at each level', () => {
    const text = `{
      "colour": 1, "window": ["0x10", "0x20"],
      "nodes": [{ "osid": 1, "sourc": "a", "name": "n" }],
      "regionNames": { "start": "a{n}", "size": "b{n}", "end": "c{n}" },
      "allowOverlaps": [{ "nodes": [0, 1], "reason": "r", "why": "" }]
    }`;
    const file = read(text);
    expect(problems(text, file)).toEqual([
      '"colour": There is no key `colour` here, so it is left out. Keys that may stand here: window, memory, dataModel, nodeCount, osidNames, regionNames, nodes, allowOverlaps, rules.',
      '"sourc": There is no key `sourc` here, so it is left out. Keys that may stand here: osid, name, role, source, define, reserved, iomem, kexecOutput, kernelLog, firmwareMemmap, systemMap, vmlinux, bzImage, kernelTextStart, memMin, memMax.',
      '"end": There is no key `end` here, so it is left out. Keys that may stand here: start, size.',
      '"why": There is no key `why` here, so it is left out. Keys that may stand here: nodes, regions, reason.',
    ]);
    expect(file.settings).toEqual({
      window: { start: 16n, end: 32n },
      regionNames: { start: 'a{n}', size: 'b{n}' },
    });
    expect(file.nodes).toMatchObject([{ osid: 1, name: 'n' }]);
    expect(file.allowances).toEqual([]);
  });

  it('a missing key, at what lacks it', () => {
    const text =
      '{"nodes": [{"name": "a"}, {"osid": 1}], "allowOverlaps": [{"nodes": [0, 1]}], "regionNames": {"start": "a{n}"}}';
    const file = read(text);
    expect(problems(text, file)).toEqual([
      '{"name": "a"}: `osid` is missing, so this is left out. What it holds: The OS node\'s number: a whole number from 0.',
      '{"nodes": [0, 1]}: `reason` is missing, so this is left out. What it holds: Why the overlap is wanted: a text that is not empty.',
      '{"start": "a{n}"}: `size` is missing, so this is left out. What it holds: The name of a region\'s size with {n} for its number, such as "mint_region{n}_size".',
    ]);
    expect(file.nodes.map(({ osid, index }) => [osid, index])).toEqual([[1, 1]]);
    expect(file.settings).toEqual({});
  });

  it('a wrong osid, once, with the node that goes with it', () => {
    const text = '{"nodes": [{"osid": "2", "source": "a"}, {"osid": 3}]}';
    expect(problems(text)).toEqual([
      '"2": This does not fit `osid`, so the entry around it is left out. What it holds: The OS node\'s number: a whole number from 0.',
    ]);
    expect(read(text).nodes.map(({ osid }) => osid)).toEqual([3]);
  });

  it.each(['-1', '1.5', '1000000', '1e999', 'null', '"0"', '[0]', 'true', '{}'])('osid %s', (osid) => {
    expect(ids(read(`{"nodes": [{"osid": ${osid}}]}`))).toEqual(['project.wrong-required']);
  });

  it.each([
    ['"source": 1', '1', 'source'],
    ['"source": ""', '""', 'source'],
    ['"name": null', 'null', 'name'],
    ['"role": "Monitor"', '"Monitor"', 'role'],
    ['"define": []', '[]', 'define'],
    ['"define": {"a": 1}', '1', 'define'],
    ['"define": {"a": "1 + 1"}', '"1 + 1"', 'define'],
    ['"define": {"a": "08"}', '"08"', 'define'],
    ['"define": {"a": "0x10000000000000000"}', '"0x10000000000000000"', 'define'],
    ['"reserved": "region4"', '"region4"', 'reserved'],
    ['"reserved": ["Region4"]', '"Region4"', 'reserved'],
    ['"iomem": ["a"]', '["a"]', 'iomem'],
    ['"kernelTextStart": 1', '1', 'kernelTextStart'],
    ['"kernelTextStart": "0x51000000 "', '"0x51000000 "', 'kernelTextStart'],
    ['"kernelTextStart": "0x1ffffffffffffffff"', '"0x1ffffffffffffffff"', 'kernelTextStart'],
  ])('a wrong value: %s', (keys, place, key) => {
    const found = inNode(keys);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${place}: This does not fit \`${key}\`, so it is left out. What it holds: `);
  });

  it.each([
    ['{"window": "0x10"}', '"0x10"', 'window'],
    ['{"window": ["0x10"]}', '["0x10"]', 'window'],
    ['{"window": ["0x10", "20g"]}', '"20g"', 'window'],
    ['{"window": ["0x10", "0x20", "0x30"]}', '["0x10", "0x20", "0x30"]', 'window'],
    ['{"memory": ["0x10", "0x20"]}', '"0x10"', 'memory'],
    ['{"memory": {}}', '{}', 'memory'],
    ['{"dataModel": "lp64"}', '"lp64"', 'dataModel'],
    ['{"nodeCount": 65}', '65', 'nodeCount'],
    ['{"nodeCount": 0}', '0', 'nodeCount'],
    ['{"osidNames": []}', '[]', 'osidNames'],
    ['{"osidNames": ["a b"]}', '"a b"', 'osidNames'],
    ['{"regionNames": "r{n}"}', '"r{n}"', 'regionNames'],
    ['{"nodes": {}}', '{}', 'nodes'],
    ['{"nodes": [[]]}', '[]', 'nodes'],
    ['{"allowOverlaps": [0]}', '0', 'allowOverlaps'],
    ['{"rules": {"misaligned": "no"}}', '"no"', 'rules'],
    ['{"rules": []}', '[]', 'rules'],
    ['{"$schema": 1}', '1', '$schema'],
  ])('a wrong value: %s', (text, place, key) => {
    expect(problems(text)[0]).toContain(
      `${place}: This does not fit \`${key}\`, so it is left out. What it holds: `,
    );
  });

  it.each([
    ['{"regionNames": {"start": "mint_start", "size": "b{n}"}}', '"mint_start"', 'start'],
    ['{"allowOverlaps": [{"nodes": [0, 1], "reason": " "}]}', '" "', 'reason'],
    ['{"allowOverlaps": [{"nodes": [0], "reason": "a"}]}', '[0]', 'nodes'],
    ['{"allowOverlaps": [{"nodes": [0, "1"], "reason": "a"}]}', '"1"', 'nodes'],
    ['{"allowOverlaps": [{"nodes": [0, 1], "reason": "a", "regions": ["region3", "4"]}]}', '"4"', 'regions'],
  ])('a wrong value that its surroundings cannot go without: %s', (text, place, key) => {
    expect(problems(text)).toHaveLength(1);
    expect(problems(text)[0]).toContain(
      `${place}: This does not fit \`${key}\`, so the entry around it is left out.`,
    );
  });

  it('a misspelt key of an allowance, which without its regions would allow any overlap of the two nodes', () => {
    const text = '{"allowOverlaps": [{"nodes": [0, 2], "region": ["region3", "region3"], "reason": "a"}]}';
    const file = read(text);
    expect(file.allowances).toEqual([]);
    expect(file.problems).toHaveLength(1);
  });

  it('wrong regions of an allowance, which without them would allow any overlap of the two nodes', () => {
    const regions = ['["region 3", "region3"]', '["region3"]', '3'];
    for (const wrong of regions) {
      const entry = `{"nodes": [0, 2], "regions": ${wrong}, "reason": "a"}`;
      expect(read(`{"allowOverlaps": [${entry}]}`).allowances).toEqual([]);
    }
  });

  it('each of several in one list or range, whose other items stay', () => {
    const text = '{"osidNames": [1, "A", 2, "B"], "window": [1, 2], "rules": {"a": 1, "b": "off"}}';
    const file = read(text);
    expect(file.problems.map(({ place }) => text.slice(place.start, place.end))).toEqual([
      '1',
      '2',
      '1',
      '2',
      '1',
    ]);
    expect(file.settings).toEqual({ osidNames: ['A', 'B'], rules: { b: 'off' } });
  });

  it('a name that is none in C', () => {
    expect(inNode('"define": {"2a": "1", "mint-x": "1", "ok": "1"}')).toEqual([
      '"2a": `2a` is no name in C, so it is left out: write letters, digits and underscores, no digit first.',
      '"mint-x": `mint-x` is no name in C, so it is left out: write letters, digits and underscores, no digit first.',
    ]);
    expect([
      ...(read('{"nodes": [{"osid": 1, "define": {"2a": "1", "ok": "1"}}]}').nodes[0]?.define ?? []),
    ]).toEqual([['ok', '1']]);
  });

  it('an end that does not lie above its start', () => {
    const text = '{"window": ["0x20", "0x20"], "memory": [["0x30", "0x20"], ["0x0", "0x10"]]}';
    const file = read(text);
    expect(problems(text, file)).toEqual([
      '["0x20", "0x20"]: The start 0x20 has to lie below the exclusive end 0x20, so this range is left out.',
      '["0x30", "0x20"]: The start 0x30 has to lie below the exclusive end 0x20, so this range is left out.',
    ]);
    expect(file.settings).toEqual({});
    expect(file.memory).toEqual([{ start: 0n, end: 16n }]);
  });

  it('two nodes with one OSID, of which the first counts', () => {
    const text = '{"nodes": [{"osid": 1, "source": "a"}, {"osid": 1, "source": "b"}, {"osid": 2}]}';
    expect(problems(text)).toEqual([
      '1: OS node 1 is listed already, so this entry is left out. Give it its own osid, or join the two.',
    ]);
    expect(sources(read(text))).toEqual(['1 file:///w/mint/a', '2 undefined']);
    expect(read(text).problems[0]?.place.start).toBe(text.lastIndexOf('1,'));
  });

  it('an allowance of a node with itself', () => {
    expect(problems('{"allowOverlaps": [{"nodes": [1, 1], "reason": "r"}]}')).toEqual([
      '[1, 1]: An overlap is one of two OS nodes; here both are 1, so this entry is left out. Name two OSIDs.',
    ]);
  });

  it('a key that stands twice, of which the last counts and is judged', () => {
    const text = '{"nodeCount": 2, "nodeCount": 200, "nodes": [{"osid": 1, "osid": 2}]}';
    const file = read(text);
    expect(
      file.problems.map(({ place: { start, end }, message }) => [start, text.slice(start, end), message.id]),
    ).toEqual([
      [17, '"nodeCount"', 'project.duplicate-key'],
      [30, '200', 'project.wrong-value'],
      [text.lastIndexOf('"osid"'), '"osid"', 'project.duplicate-key'],
    ]);
    expect(file.nodes[0]?.osid).toBe(2);
    expect(file.nodes[0]?.place('osid').start).toBe(text.indexOf('2}'));
  });

  it('a key that is __proto__ or the like', () => {
    const text =
      '{"__proto__": {"nodeCount": 3}, "constructor": 1, "nodes": [{"osid": 1, "__proto__": 1, "define": {"__proto__": "1", "toString": "2"}}]}';
    expect(problems(text).map((each) => each.slice(0, each.indexOf(' here')))).toEqual([
      '"__proto__": There is no key `__proto__`',
      '"constructor": There is no key `constructor`',
      '"__proto__": There is no key `__proto__`',
      '"__proto__": There is no key `__proto__`',
    ]);
    expect(read(text).settings).toEqual({});
    expect([...(read(text).nodes[0]?.define ?? [])]).toEqual([['toString', '2']]);
  });
});

describe('text that is no JSON', () => {
  it.each([
    ['{"nodeCount": 3', '', 'A closing brace } is expected here.'],
    ['{"nodes": [{"osid": 1}', '', 'A closing bracket ] is expected here.'],
    ['{"nodeCount": }', '}', 'A value is expected here.'],
    ['{"nodeCount" 3}', '3', 'A colon is expected here.'],
    ['{"nodeCount": 3 "window": ["1", "2"]}', '"window"', 'A comma is expected here.'],
    [
      '{nodeCount: 3}',
      'nodeCount',
      'This is no JSON: keys and texts stand in double quotes, comments begin with //.',
    ],
    [
      "{'nodeCount': 3}",
      "'nodeCount'",
      'This is no JSON: keys and texts stand in double quotes, comments begin with //.',
    ],
    [
      '{"nodeCount": 1x3}',
      'x3',
      'This is no JSON: keys and texts stand in double quotes, comments begin with //.',
    ],
    ['# comment\n{}', '#', 'This is no JSON: keys and texts stand in double quotes, comments begin with //.'],
    ['{} /* no end', '/* no end', 'This comment has no end.'],
    ['{"a', '"a', 'This string has no closing double quote.'],
    [
      '{"$schema": "a\\x"}',
      '"a\\x"',
      'There is no such escape sequence: a backslash is written \\\\, and paths are written with /.',
    ],
    [
      '{"$schema": "a\tb"}',
      '"a\tb"',
      'A text ends on its line: write \\n or \\t for a line break or a tab in it.',
    ],
    ['{}\n{}', '{', 'The file ends with its closing brace: what follows does not count.'],
    ['', '', 'This file is empty: what it holds stands in braces, such as { "nodes": [] }.'],
    [
      '// nothing',
      '// nothing',
      'This file is empty: what it holds stands in braces, such as { "nodes": [] }.',
    ],
  ])('%j', (text, place, message) => {
    expect(problems(text)).toEqual([`${place}: ${message}`]);
  });

  it.each(['[]', '1', '"text"', 'null', 'true'])('%s is no object', (text) => {
    expect(problems(text)).toEqual([
      `${text}: What this file holds stands in braces, such as { "nodes": [] }; so nothing in it counts.`,
    ]);
  });

  it('costs what stands beside it nothing, and each line is told once', () => {
    const text = `{
  "nodeCount": 3,
  window: ["0x10", "0x20"],
  "nodes": [{ "osid": 1 }, { osid: 2 }],
  "rules": { "misaligned": "off" }
}`;
    const file = read(text);
    expect(ids(file).filter((id) => id.startsWith('project.syntax'))).toEqual([
      'project.syntax',
      'project.syntax',
    ]);
    expect(file.settings).toEqual({ nodeCount: 3, rules: { misaligned: 'off' } });
    expect(file.nodes.map(({ osid }) => osid)).toEqual([1]);
  });

  it('no text at all', () => {
    expect(problems('', read(undefined))).toEqual([
      ': This file is no text that could be read, so nothing in it counts. Save it as UTF-8.',
    ]);
  });

  it('a byte order mark and CRLF are no mistake', () => {
    const text = '\uFEFF{\r\n  // a\r\n  "nodeCount": 3\r\n}\r\n';
    expect(problems(text)).toEqual([]);
    expect(read(text).settings).toEqual({ nodeCount: 3 });
  });
});

describe('hostile text', () => {
  it.each([
    ['arrays', '['.repeat(200_000)],
    ['objects', '{"a":'.repeat(200_000)],
    ['arrays that seem closed', '[},'.repeat(200_000)],
    ['objects that seem closed', '{"a":]'.repeat(200_000)],
    ['nested nodes', `{"nodes": ${'['.repeat(5000)}${']'.repeat(5000)}}`],
  ])('%s nested deeply are told at once', (_, text) => {
    const found = read(text).problems;
    expect(found.map(({ message: { id } }) => id)).toEqual(['project.too-deep']);
    expect(found[0]?.place.start).toBeLessThan(1000);
  });

  it('of very many mistakes has some of them told, soon', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `"key${index}": ${index}`);
    const nodes = Array.from({ length: 20_000 }, () => '{"osid": 1, "x": 2}');
    const started = performance.now();
    const file = read(`{"nodes": [${nodes}], ${keys}}`);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(file.problems).toHaveLength(100);
    expect(file.nodes).toHaveLength(1);
  });
});

describe('whatever is in it', () => {
  it('random text is read without an exception, and problems lie within it', () => {
    const piece = fc.constantFrom(
      ...'{}[]:,"\\\n/*'.split(''),
      '//',
      '/*',
      '*/',
      '"nodes"',
      '"osid"',
      '1',
      '"a"',
      'null',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join('')),
      edited(),
    );
    fc.assert(
      fc.property(text, (content) => {
        for (const { place, message } of read(content).problems) {
          expect(place.start).toBeGreaterThanOrEqual(0);
          expect(place.end).toBeGreaterThanOrEqual(place.start);
          expect(place.end).toBeLessThanOrEqual(content.length);
          expect(render(message, 'en')).not.toMatch(
            /project\.|undefined|\{(?:key|keys|expected|text|path)\}/,
          );
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('any JSON is read without an exception, and what is left keeps to the schema', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearly()), (value) => {
        const { nodes, problems: found, settings } = read(JSON.stringify(value));
        if (!projectSchema.safeParse(value).success) expect(found).not.toEqual([]);
        expect(new Set(nodes.map(({ osid }) => osid)).size).toBe(nodes.length);
        for (const { osid } of nodes) expect(Number.isInteger(osid) && osid >= 0).toBe(true);
        expect(settings.osidNames).not.toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('one wrong key costs no other key of its node', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom(...EVIDENCE_KEYS, 'name', 'define', 'reserved'),
        (value, key) => {
          const node = { osid: 7, [key]: value, role: 'service', kernelTextStart: '16' };
          expect(read(JSON.stringify({ nodes: [node], nodeCount: 2 }))).toMatchObject({
            nodes: [{ osid: 7, role: 'service', kernelTextStart: 16n }],
            settings: { nodeCount: 2 },
          });
        },
      ),
    );
  });
});

/** The whole file with one stretch taken out or written over. */
function edited(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(WHOLE.length), fc.nat(30), fc.string({ maxLength: 5 }))
    .map(([start, length, text]) => WHOLE.slice(0, start) + text + WHOLE.slice(start + length));
}

/** A project file of which some parts are wrong. */
function nearly(): fc.Arbitrary<unknown> {
  const or = <T>(right: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 4, arbitrary: right }, fc.jsonValue({ maxDepth: 2 }));
  const osid = or(fc.nat(4));
  const address = or(fc.constantFrom('0x10', '0x20000000', '1', '08'));
  const region = or(fc.constantFrom('region1', 'region3'));
  const node = fc.record(
    {
      osid,
      name: or(fc.string()),
      source: or(fc.constantFrom('a', '..', '/')),
      define: or(fc.dictionary(fc.string(), address)),
      reserved: or(fc.array(region)),
      kernelTextStart: address,
      memMax: address,
    },
    { requiredKeys: [] },
  );
  const allowance = fc.record(
    { nodes: or(fc.tuple(osid, osid)), regions: or(fc.tuple(region, region)), reason: or(fc.string()) },
    { requiredKeys: [] },
  );
  return fc.record(
    {
      window: or(fc.tuple(address, address)),
      memory: or(fc.array(or(fc.tuple(address, address)))),
      osidNames: or(fc.array(or(fc.constantFrom('OSID', 'a b')))),
      regionNames: or(
        fc.record({ start: or(fc.constant('a{n}')), size: or(fc.constant('b{n}')) }, { requiredKeys: [] }),
      ),
      nodes: or(fc.array(or(node))),
      allowOverlaps: or(fc.array(or(allowance))),
      rules: or(fc.dictionary(fc.string(), or(fc.constantFrom('off', 'error')))),
    },
    { requiredKeys: [] },
  );
}
