/** Edits of sizes and starts in the many forms they are written in: exact, of one node alone, and kept promises. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fix } from '../../server/src/memmap/finding';
import { extendRegion, isFix } from '../../server/src/memmap/fixes/move-end';
import { fixesAt, regionAt, sizeFixes } from '../../server/src/memmap/fixes/size-fixes';
import { rangesOf, type Workspace, workspace } from './workspace';

const FILE = 'mint/kexec/firmware_memmap.c';
const END = 0x60000000n;

const HEAD = `#define mint_memory_start (0x20000000UL + OSID*0x18000000UL)
#define mint_memory_size 0x20000000UL
unsigned long mint_region2_start, mint_region2_size = 0x8000000;
unsigned long mint_region3_start, mint_region3_size;
`;

/** One tree, of one node unless `nodeCount` says more; `body` sets the regions. */
function tree(body: string, nodeCount = 1, head = `#define OSID 0\n${HEAD}`): Workspace {
  const start =
    '\tmint_region2_start = 0x8000000UL + OSID*0x8000000UL;\n\tmint_region3_start = mint_memory_start;\n';
  const text = `${head}void setup(int argument)\n{\n${start}${body}\n}\n`;
  return workspace(new Map([[FILE, text]]), { nodeCount });
}

const answer = (space: Workspace, address = END, osid = 0) =>
  extendRegion(space.context, osid, 'region3', address);

/** The text after the edit, from the line that sets the size on; the promise is checked. */
function edited(space: Workspace, given: ReturnType<typeof answer>): string {
  if (!isFix(given)) return `no: ${space.english(given)}`;
  const after = kept(space, given);
  const text = after.context.text(space.find(FILE, 'void').file) ?? '';
  const from = text.indexOf('mint_region3_start = mint_memory_start;');
  return text.slice(text.indexOf('\n', from) + 1, text.lastIndexOf('}'));
}

function kept(space: Workspace, fix: Fix): Workspace {
  const after = space.edited(fix.edits);
  const node = after.layout.nodes.find(({ osid }) => osid === fix.promise?.osid);
  expect(node?.regions.find(({ name }) => name === fix.promise?.region)?.range).toEqual(fix.promise?.range);
  expect(after.layout.nodes.map(({ evaluation }) => evaluation.problems)).toEqual(
    space.layout.nodes.map(({ evaluation }) => evaluation.problems),
  );
  return after;
}

describe('the size of a node that has its tree for itself', () => {
  it.each([
    [
      'an expression',
      '\tmint_region3_size = mint_memory_size - 0x8000000;',
      '\tmint_region3_size = 0x40000000;\n',
    ],
    ['parentheses', '\tmint_region3_size = (0x1000 + 1);', '\tmint_region3_size = 0x40000000;\n'],
    [
      'a comment in it',
      '\tmint_region3_size = 0x1000 /* x */ + 1; // y',
      '\tmint_region3_size = 0x40000000; // y\n',
    ],
    [
      'several lines',
      '\tmint_region3_size =\n\t\t0x1000 +\n\t\t1;',
      '\tmint_region3_size =\n\t\t0x40000000;\n',
    ],
    [
      'the last of several assignments',
      '\tmint_region3_size = 1;\n\tmint_region3_size = 2;',
      '\tmint_region3_size = 1;\n\tmint_region3_size = 0x40000000;\n',
    ],
    [
      'a compound assignment',
      '\tmint_region3_size = mint_memory_size;\n\tmint_region3_size -= 0x8000000;',
      '\tmint_region3_size = mint_memory_size;\n\tmint_region3_size = 0x40000000;\n',
    ],
    [
      'a condition that holds',
      '\tif (OSID == 0) {\n\t\tmint_region3_size = 0x1000;\n\t}',
      '\tif (OSID == 0) {\n\t\tmint_region3_size = 0x40000000;\n\t}\n',
    ],
    [
      'a chain of assignments',
      '\tunsigned long size;\n\tsize = mint_region3_size = 0x1000;',
      '\tunsigned long size;\n\tsize = mint_region3_size = 0x40000000;\n',
    ],
  ])('in %s', (_, body, expected) => {
    const space = tree(body);
    expect(edited(space, answer(space))).toBe(expected);
  });

  it('in a macro that sets it: the argument', () => {
    const set = '#define OSID 0\n#define SET(n, size) (mint_region##n##_size = (size))\n';
    const space = tree('\tSET(3, mint_memory_size - 0x8000000);', 1, set + HEAD);
    expect(edited(space, answer(space))).toBe('\tSET(3, 0x40000000);\n');
  });

  it.each([
    [
      '(mint_region3_size = (size) + (rest))',
      'SET(0x1000, 0);',
      'no: mint_region3_size is not set by a plain expression',
    ],
    ['(mint_region3_size = (size) - 0)', 'SET( 0x1000 , (1, 2));', 'SET( 0x40000000 , (1, 2));'],
    [
      '(mint_region3_size = (size) + (rest))',
      'SET(0x1000, 0x1000);',
      'no: mint_region3_size is not set by a plain expression',
    ],
    ['(mint_region3_size = size rest)', 'SET(0x1, + 2);', 'no: There is no single edit'],
    ['(mint_region3_size = (size) - 0)', 'SET(argument, 1);', 'no: mint_region3_size is not set'],
    ['(mint_region##size##_size = (rest) - 0)', 'SET(3, 0x1000);', 'SET(3, 0x40000000);'],
    ['(mint_region3_size = 0x1000 + 1)', 'SET(1, 2);', '(mint_region3_size = 0x40000000)'],
  ])('in a macro that works it out, %s: what its change changes', (definition, call, expected) => {
    const set = `#define OSID 0\n#define SET(size, rest) ${definition}\n`;
    const space = tree(`\t${call}`, 1, set + HEAD);
    const given = answer(space);
    const text = isFix(given)
      ? kept(space, given).context.text(space.find(FILE, 'void').file)
      : edited(space, given);
    expect(text).toContain(expected);
  });

  it.each([
    ['#define mint_region3_size 0x1000 /* x */ + 1', 1, 'mint_region3_size is not set by a plain expression'],
    ['#define mint_region3_size 0x1000 /* x */* 2', 1, 'mint_region3_size is not set by a plain expression'],
    ['unsigned long mint_region3_size;', 1, 'No assignment in the tree sets mint_region3_size.'],
    ['#define mint_region3_size', 1, 'mint_region3_size is not set by a plain expression'],
    ['#define mint_region3_size(x) (x)', 1, 'mint_region3_size is not set by a plain expression'],
    ['#define mint_region3_size 0x1000', 3, 'No assignment in the tree sets mint_region3_size.'],
  ])('in a macro that is the size, %s, of %d nodes: it says why not', (definition, count, why) => {
    const head = `#define OSID 0\n${HEAD.replace(', mint_region3_size;', ';')}${definition}\n`;
    const space = tree('', count, head);
    expect(edited(space, answer(space))).toContain(`no: ${why}`);
  });

  it('in its initialiser', () => {
    const space = tree(
      '',
      1,
      `#define OSID 0\n${HEAD.replace('mint_region3_size;', 'mint_region3_size = 0x1000;')}`,
    );
    const fix = answer(space);
    expect(isFix(fix) && fix.edits.map(({ place }) => space.text(place))).toEqual(['0x1000']);
    edited(space, fix);
  });

  it('in a macro that is the size: its definition', () => {
    const head = `#define OSID 0\n${HEAD.replace(', mint_region3_size;', ';')}#define mint_region3_size (mint_memory_size - 0x8000000)\n`;
    const space = tree('\tunsigned long end = mint_region3_start + mint_region3_size;', 1, head);
    const fix = answer(space);
    expect(isFix(fix) && fix.edits.map(({ place }) => space.text(place))).toEqual([
      '(mint_memory_size - 0x8000000)',
    ]);
    edited(space, fix);
  });

  it.each([
    [
      'the argument sets another size too',
      '#define SET(size) (mint_region2_size = mint_region3_size = (size))',
      '\tSET(0x1000);',
    ],
    ['it is counted up', '', '\tmint_region3_size = 0x1000;\n\tmint_region3_size++;'],
    [
      'a condition is not decided',
      '',
      '\tmint_region3_size = 0x1000;\n\tif (argument)\n\t\tmint_region3_size = 0x2000;',
    ],
    [
      'a loop sets it',
      '',
      '\tfor (int i = 0; i < 3; i++)\n\t\tmint_region3_size += 0x1000;\n\tmint_region3_size *= 2, mint_region2_size = mint_region3_size;',
    ],
    ['another region rests on it', '', '\tmint_region2_size = mint_region3_size = 0x1000;'],
    ['nothing sets it', '', ''],
  ])('is left alone where %s', (_, macro, body) => {
    const space = tree(body, 1, `#define OSID 0\n${macro}\n${HEAD}`);
    const given = answer(space);
    expect(
      isFix(given) ? space.edited(given.edits).context.text(space.find(FILE, 'void').file) : 'refused',
    ).toBe('refused');
  });
});

describe('the size of one of several nodes of a tree', () => {
  const size = 'mint_region3_size = mint_memory_size - 0x8000000;';
  const others = { 1: { region3: '0x38000000–0x50000000' }, 2: { region3: '0x50000000–0x68000000' } };

  it.each([
    ['tabs', `\t${size}`, `\t${size}\n\tif (OSID == 0)\n\t\tmint_region3_size = 0x40000000;\n`],
    ['spaces', `    ${size}`, `    ${size}\n    if (OSID == 0)\n        mint_region3_size = 0x40000000;\n`],
    [
      'a comment behind',
      `\t${size} /* all */`,
      `\t${size} /* all */\n\tif (OSID == 0)\n\t\tmint_region3_size = 0x40000000;\n`,
    ],
    [
      'code behind',
      `\t${size} argument = 1;`,
      `\t${size}\n\tif (OSID == 0)\n\t\tmint_region3_size = 0x40000000; argument = 1;\n`,
    ],
    [
      'a macro that sets it',
      '\tSET(3, mint_memory_size - 0x8000000);',
      '\tSET(3, mint_memory_size - 0x8000000);\n\tif (OSID == 0)\n\t\tmint_region3_size = 0x40000000;\n',
    ],
    [
      'a condition for another node',
      `\t${size}\n\tif (OSID == 1)\n\t\tmint_region3_size = 0x18000000;`,
      `\t${size}\n\tif (OSID == 0)\n\t\tmint_region3_size = 0x40000000;\n\tif (OSID == 1)\n\t\tmint_region3_size = 0x18000000;\n`,
    ],
    [
      'a compound assignment',
      '\tmint_region3_size = mint_memory_size;\n\tmint_region3_size -= 0x8000000;',
      '\tmint_region3_size = mint_memory_size;\n\tmint_region3_size -= 0x8000000;\n\tif (OSID == 0)\n\t\tmint_region3_size = 0x40000000;\n',
    ],
  ])('is set under a condition: %s', (_, body, expected) => {
    const set = '#define SET(n, size) (mint_region##n##_size = (size))';
    const space = tree(body, 3, `#define OSID 0\n${set}\n${HEAD}`);
    const fix = answer(space);
    expect(edited(space, fix)).toBe(expected);
    expect(isFix(fix) && rangesOf(space.edited(fix.edits))).toMatchObject({
      0: { region3: '0x20000000–0x60000000' },
      ...others,
    });
  });

  it('is edited where a condition for this node stands already, also as #if, ?: and switch', () => {
    for (const [body, text] of [
      [`\t${size}\n\tif (OSID == 0)\n\t\tmint_region3_size = 0x1000;`, '0x1000'],
      [`\t${size}\n#if OSID == 0\n\tmint_region3_size = 0x1000;\n#endif`, '0x1000'],
      [
        `\tswitch (OSID) {\n\tcase 0:\n\t\tmint_region3_size = 0x1000;\n\t\tbreak;\n\tdefault:\n\t\t${size}\n\t}`,
        '0x1000',
      ],
    ] as const) {
      const space = tree(body, 3);
      const fix = answer(space);
      expect(isFix(fix) && fix.edits.map(({ place }) => space.text(place))).toEqual([text]);
      expect(isFix(fix) && rangesOf(kept(space, fix))).toMatchObject(others);
    }
  });

  it('keeps CRLF line ends', () => {
    const unix = tree(`\t${size}`, 3);
    const text = (unix.context.text(unix.find(FILE, 'void').file) ?? '').replaceAll('\n', '\r\n');
    const space = workspace(new Map([[FILE, text]]), { nodeCount: 3 });
    const fix = answer(space);
    const after = isFix(fix) ? kept(space, fix).context.text(space.find(FILE, 'void').file) : '';
    expect(after).toContain(`${size}\r\n\tif (OSID == 0)\r\n\t\tmint_region3_size = 0x40000000;\r\n}`);
    expect(after?.replaceAll('\r\n', '')).not.toContain('\r');
  });

  it('uses the name that the tree has for the OSID', () => {
    for (const [name, definition, used = name] of [
      ['mint_osid', 'static const int mint_osid = 0;'],
      ['MINT_OSID', 'enum { MINT_OSID };'],
      ['osid', ''],
      ['OSID', '#define OSID osid', 'osid'],
      ['MINT_OSID', 'enum { MINT_OSID };', 'osid'],
    ] as const) {
      const head = `${definition}\n${HEAD.replaceAll('OSID', used)}`;
      const space = workspace(
        new Map([
          [FILE, `${head}void setup(void)\n{\n\tmint_region3_start = mint_memory_start;\n\t${size}\n}\n`],
        ]),
        { nodeCount: 3 },
      );
      expect(edited(space, answer(space))).toContain(`\tif (${name} == 0)\n`);
    }
  });

  it.each([
    [
      'no name for the OSID',
      `\t${size}`,
      HEAD.replace('OSID*0x18000000UL', '0'),
      'The tree has no name for the OSID',
    ],
    [
      'an initialiser',
      '',
      `#define OSID 0\n${HEAD.replace('mint_region3_size;', 'mint_region3_size = 0x1000;')}`,
      'not set by a statement of its own',
    ],
    [
      'no statement of its own',
      `\tif (argument, ${size.slice(0, -1)}) {}`,
      `#define OSID 0\n${HEAD}`,
      'not set by a statement of its own',
    ],
    [
      'an else behind it',
      `\tif (OSID < 9)\n\t\t${size}\n\telse\n\t\targument = 1;`,
      `#define OSID 0\n${HEAD}`,
      'not set by a statement of its own',
    ],
  ])('says why not: %s', (_, body, head, why) => {
    const text = `${head}void setup(int argument)\n{\n\tmint_region3_start = mint_memory_start;\n${body}\n}\n`;
    const space = workspace(new Map([[FILE, text]]), { nodeCount: 3 });
    expect(edited(space, answer(space))).toMatch(new RegExp(`^no: .*${why}`));
  });

  it('is offered for the lowest node the assignment serves', () => {
    const space = tree(`\t${size}\n\tif (OSID >= 1)\n\t\tmint_region3_size = 0x10000000;`, 3);
    const at = (text: string) => regionAt(space.context, space.find(FILE, text));
    expect(at(size)?.node.osid).toBe(0);
    expect(at('0x10000000')?.node.osid).toBe(1);
    expect(at('mint_region3_start = mint_memory_start')).toMatchObject({ part: 'start' });
    expect(at('void')).toBeUndefined();
  });

  it('is restored for all where it was changed for all', () => {
    const space = tree('\tmint_region3_size = 0x30000000;', 3);
    const fixes = fixesAt(space.context, space.find(FILE, '0x30000000'));
    expect(fixes.map(({ title }) => space.english(title))).toEqual([
      'Restore region3 to mint_memory_size - 0x8000000 for all OS nodes: 0x20000000–0x38000000 for OS node 0',
      expect.stringContaining("Extend OS node 0's region3 to 0x68000000"),
      expect.stringContaining("Shrink OS node 0's region3 to 0x38000000"),
      expect.stringContaining("Extend OS node 0's region3 to 0x60000000"),
    ]);
    const [restore] = fixes;
    expect(restore && rangesOf(kept(space, restore))).toMatchObject({
      0: { region3: '0x20000000–0x38000000' },
      ...others,
    });
  });
});

describe('for any address', () => {
  const bodies = fc.constantFrom(
    '\tmint_region3_size = mint_memory_size - 0x8000000;',
    '\tmint_region3_size = mint_memory_size;\n\tmint_region3_size -= 0x8000000;',
    '\tmint_region3_size = 0x1000;\n\tif (OSID != 1)\n\t\tmint_region3_size = 0x2000;',
    '\tmint_region3_size = OSID ? 0x1000 : 0x2000;',
    '\tif (OSID == 2)\n\t\tmint_region3_size = 0x1000;\n\telse\n\t\tmint_region3_size = 0x2000;',
  );

  it('a fix changes that node to that address and nothing else, or there is a reason', () => {
    fc.assert(
      fc.property(
        bodies,
        fc.bigInt({ min: 0n, max: 1n << 65n }),
        fc.nat(2),
        fc.constantFrom(1, 3),
        (body, address, osid, count) => {
          const space = tree(body, count);
          const given = answer(space, address, osid);
          if (!isFix(given)) {
            expect(space.english(given)).not.toBe('');
            return;
          }
          const before = rangesOf(space);
          const after = rangesOf(kept(space, given));
          const [start] = before[osid]?.region3?.split('–') ?? [];
          const changed = { ...before[osid], region3: `${start}–0x${address.toString(16)}` };
          expect(after).toEqual({ ...before, [osid]: changed });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('every fix of a size keeps its promise', () => {
    fc.assert(
      fc.property(bodies, fc.constantFrom(1, 3), (body, count) => {
        const space = tree(body, count);
        for (const node of space.layout.nodes)
          for (const fix of sizeFixes(space.context, node)) kept(space, fix);
      }),
      { numRuns: 10 },
    );
  });
});
